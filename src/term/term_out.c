/*
 * The way out. Curses writes whenever its buffer is full or its cursor moves;
 * here all of it lands in a file in memory first, so that the terminal gets a
 * frame in one write and never shows half of one.
 */
#if defined(__linux__)
#define _GNU_SOURCE /* memfd_create */
#endif

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif
#include <unistd.h>

#include "bantop/base/file.h"
#include "bantop/base/mem.h"
#include "term/term_priv.h"

enum {
	BYTES_MIN = 64 * 1024,
	BYTES_MAX = 64 * 1024 * 1024,
	LAST_WAIT_MS = 50,
};

/* @return a file in memory and in no folder; -1 where there is no such thing.
 * Nothing has to be writable for it. */
static int
open_nowhere(void)
{
	int fd = -1;

#if defined(MFD_CLOEXEC)
	fd = memfd_create("bantop-screen", MFD_CLOEXEC);
	if (fd >= 0 && fcntl(fd, F_SETFL, O_APPEND) != 0) {
		(void)close(fd);
		fd = -1;
	}
#endif
	return fd;
}

/* A file without a name, in memory where the system has such a place. */
static int
open_somewhere(void)
{
	static const char *const places[] = { "/dev/shm", "/tmp", "/var/tmp" };
	size_t i;

	for (i = 0; i < sizeof places / sizeof places[0]; i++) {
		char path[64];
		int fd;

		(void)snprintf(path, sizeof path, "%s/bantop-XXXXXX",
		    places[i]);
		fd = mkstemp(path);
		if (fd < 0)
			continue;
		(void)unlink(path);
		/* Each write lands behind the one before it. */
		if (fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
		    fcntl(fd, F_SETFL, O_APPEND) == 0)
			return fd;
		(void)close(fd);
	}
	return -1;
}

int
term_out_open_memory(void)
{
	int fd = open_nowhere();

	return fd >= 0 ? fd : open_somewhere();
}

bool
term_out_open(struct term_out *out, int terminal_fd, struct err *err)
{
	out->terminal_fd = terminal_fd;
	out->memory_fd = term_out_open_memory();
	if (out->memory_fd < 0)
		return err_set(err, ERR_FILE, errno, NULL,
		    "no room for the screen in /dev/shm or /tmp: %s",
		    strerror(errno));
	out->bytes = mem_grow(NULL, BYTES_MIN, 1);
	out->cap = BYTES_MIN;
	out->len = 0;
	return true;
}

void
term_out_close(struct term_out *out)
{
	if (out->bytes == NULL)
		return;
	(void)close(out->memory_fd);
	free(out->bytes);
	out->bytes = NULL;
}

/* The first frames find the largest; then the room is there. */
static bool
make_room(struct term_out *out, size_t more)
{
	size_t cap = out->cap;

	while (cap - out->len < more && cap < BYTES_MAX)
		cap *= 2;
	if (cap - out->len < more)
		return false;
	if (cap > out->cap) {
		out->bytes = mem_grow(out->bytes, cap, 1);
		out->cap = cap;
	}
	return true;
}

/* Of the bytes from @p from on. Hardly ever is there anything: and then it is
 * longer, or curses would not have asked for it. */
static void
write_out_repeats(struct term_out *out, size_t from)
{
	size_t len = out->len - from;
	size_t full = term_repeat(out->bytes + from, len, NULL);

	if (full <= len || !make_room(out, full))
		return;
	memmove(out->bytes + from + full, out->bytes + from, len);
	out->len = from +
	    term_repeat(out->bytes + from + full, len, out->bytes + from);
}

/* @return the length that is left. */
static size_t
take_out(char *bytes, size_t len, const char *text)
{
	size_t text_len = strlen(text), at;

	if (text_len == 0)
		return len;
	for (at = 0; at + text_len <= len; at++) {
		if (memcmp(bytes + at, text, text_len) != 0)
			continue;
		len -= text_len;
		memmove(bytes + at, bytes + at + text_len, len - at);
	}
	return len;
}

void
term_out_gather(struct term_out *out)
{
	size_t from = out->len;
	off_t at = 0;

	while (make_room(out, 1)) {
		size_t room = out->cap - out->len;
		ssize_t count =
		    pread(out->memory_fd, out->bytes + out->len, room, at);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			out->failure = errno;
		if (count <= 0)
			break;
		out->len += (size_t)count;
		at += count;
		if ((size_t)count < room)
			break; /* it is no pipe: that was all */
	}
	out->len =
	    from + take_out(out->bytes + from, out->len - from, out->palette);
	out->len = from +
	    term_squeeze(&out->squeeze, out->bytes + from, out->len - from);
	write_out_repeats(out, from);
	if (at > 0 && ftruncate(out->memory_fd, 0) != 0)
		abort(); /* cannot be: it would repeat the frame for ever */
}

void
term_out_add(struct term_out *out, const char *text, size_t len)
{
	if (len == 0 || !make_room(out, len))
		return;
	memcpy(out->bytes + out->len, text, len);
	out->len += len;
}

bool
term_out_is_over(const struct term_out *out)
{
	return out->is_over != NULL && out->is_over();
}

/* A terminal that was stopped, or whose line is dead, takes nothing for ever:
 * @return false, with errno, when it was waited for long enough. */
static bool
wait_for_room(const struct term_out *out)
{
	struct pollfd fd = { .fd = out->terminal_fd, .events = POLLOUT };
	int ready = poll(&fd, 1, term_out_is_over(out) ? LAST_WAIT_MS : -1);

	if (ready == 0)
		errno = EAGAIN;
	return ready > 0 || (ready < 0 && errno == EINTR);
}

/* One write. When everything must come to an end it does not wait. */
static ssize_t
write_some(const struct term_out *out, const char *bytes, size_t len)
{
	if (term_out_is_over(out))
		return file_write_now(out->terminal_fd, bytes, len);
	return write(out->terminal_fd, bytes, len);
}

bool
term_out_flush(struct term_out *out, struct err *err)
{
	size_t len = out->len;
	size_t at = 0;
	int failure = out->failure;

	out->len = 0;
	out->failure = 0;
	if (failure != 0)
		return err_set(err, ERR_FILE, failure, NULL,
		    "the screen cannot be read back: %s", strerror(failure));
	while (at < len) {
		ssize_t count = write_some(out, out->bytes + at, len - at);

		out->stats.writes++;
		if (count > 0) {
			out->stats.bytes += (uint64_t)count;
			at += (size_t)count;
			continue;
		}
		if (count < 0 && errno == EINTR)
			continue;
		if (count == 0 || errno != EAGAIN || !wait_for_room(out))
			return err_set(err, ERR_FILE, errno, NULL,
			    "the terminal takes no more: %s", strerror(errno));
	}
	return true;
}
