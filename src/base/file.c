/*
 * Small files read whole under a cap. The file that is looked at is the one
 * that is read: what it is and who may read it is asked of the descriptor, not
 * of the name, which may mean something else a moment later.
 */
#include "bantop/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bantop/base/mem.h"

#include "base_priv.h"

enum { CHUNK = 4096, OTHERS_USE = S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH };

const char *
file_short_name(const char *path)
{
	size_t len = strlen(path);

	return len > FILE_NAME_SHOWN ? path + len - FILE_NAME_SHOWN : path;
}

bool
file_fail(struct err *err, int code, const char *did, const char *path)
{
	return err_set(err, ERR_FILE, code, NULL, "cannot %s %s%s: %s", did,
	    strlen(path) > FILE_NAME_SHOWN ? "..." : "", file_short_name(path),
	    strerror(code));
}

/* @return a descriptor, or -1 with @p err set. */
static int
open_regular(const char *path, struct stat *info, struct err *err)
{
	/* Not to wait for the writer of a FIFO, nor to gain a terminal. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0) {
		(void)file_fail(err, errno, "open", path);
		return -1;
	}
	if (fstat(fd, info) == 0 && S_ISREG(info->st_mode))
		return fd;
	if (S_ISDIR(info->st_mode))
		(void)file_fail(err, EISDIR, "read", path);
	else
		(void)err_set(err, ERR_FILE, EINVAL, NULL,
		    "cannot read %s: not a regular file",
		    file_short_name(path));
	close(fd);
	return -1;
}

static bool
refuse_long(const char *what, const struct buf *out, struct err *err)
{
	return err_set(err, ERR_LIMIT, 0, NULL, "%s: more than %zu bytes",
	    file_short_name(what), out->max);
}

bool
file_read_fd(int fd, const char *what, struct buf *out, struct err *err)
{
	char chunk[CHUNK];
	bool ok = false;

	for (;;) {
		ssize_t got = read(fd, chunk, sizeof chunk);

		if (got == 0)
			break;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			(void)file_fail(err, errno, "read", what);
			goto done;
		}
		if ((size_t)got > out->max - out->len) {
			(void)refuse_long(what, out, err);
			goto done;
		}
		buf_put(out, chunk, (size_t)got);
	}
	ok = true;
done:
	mem_wipe(chunk, sizeof chunk); /* it may have been a secret */
	return ok;
}

bool
file_read(const char *path, struct buf *out, struct err *err)
{
	struct stat info = { 0 };
	int fd = open_regular(path, &info, err);
	bool ok;

	if (fd < 0)
		return false;
	ok = file_read_fd(fd, path, out, err);
	close(fd);
	return ok;
}

bool
file_read_private(const char *path, struct buf *out, struct err *err)
{
	const char *name = file_short_name(path);
	struct stat info = { 0 };
	int fd = open_regular(path, &info, err);
	bool ok;

	if (fd < 0)
		return false;
	if ((info.st_mode & OTHERS_USE) != 0)
		ok = err_set(err, ERR_CREDENTIAL, 0,
		    "a secret must be its owner's alone",
		    "others can use %s: chmod 600 %s", name, name);
	else
		ok = file_read_fd(fd, path, out, err);
	close(fd);
	return ok;
}

/* @return false with errno. A descriptor that would block is waited for: it
 * is another program that made the terminal so. */
static bool
write_some(int fd, const char *data, size_t len, size_t *done)
{
	ssize_t put = write(fd, data, len);
	struct pollfd ready = { .fd = fd, .events = POLLOUT };

	if (put >= 0) {
		*done = (size_t)put;
		return true;
	}
	*done = 0;
	if (errno == EAGAIN || errno == EWOULDBLOCK)
		return poll(&ready, 1, -1) >= 0 || errno == EINTR;
	return errno == EINTR;
}

bool
file_write_all(int fd, const char *what, const char *data, size_t len,
    struct err *err)
{
	while (len > 0) {
		size_t done;

		if (!write_some(fd, data, len, &done))
			return file_fail(err, errno, "write", what);
		data += done;
		len -= done;
	}
	return true;
}

ssize_t
file_write_now(int fd, const char *data, size_t len)
{
	int flags = fcntl(fd, F_GETFL);
	ssize_t count;
	int saved;

	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0)
		return -1;
	count = write(fd, data, len);
	saved = errno;
	(void)fcntl(fd, F_SETFL, flags);
	errno = saved;
	return count;
}
