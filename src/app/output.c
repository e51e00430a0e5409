/*
 * A buffer before standard output or a new file. Standard output is shared
 * with others, so it is never made non-blocking: each write is no larger than
 * what a pipe that is ready takes at once, and is waited for together with
 * the signals.
 */
#include "bantop/app/output.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bantop/base/file.h"
#include "bantop/base/mem.h"
#include "bantop/net/http.h"

enum {
	HELD_MAX = 32 * 1024,
	PIECE_MAX = 4096, /* what a ready pipe takes at least: PIPE_BUF */
};

struct output {
	bool is_file;
	bool can_stall; /* a pipe or a terminal: somebody reads, or not */
	int signals_fd;
	struct file_new file;
	struct err failure; /* ERR_NONE: none so far */
	size_t held;
	char bytes[HELD_MAX];
};

struct output *
output_open_stdout(int signals_fd)
{
	struct output *output = mem_alloc(sizeof(*output));
	struct stat status;

	output->signals_fd = signals_fd;
	output->file.fd = -1;
	output->can_stall =
	    fstat(STDOUT_FILENO, &status) == 0 && !S_ISREG(status.st_mode);
	return output;
}

struct output *
output_open_file(const char *path, bool replace, struct err *err)
{
	struct output *output = mem_alloc(sizeof(*output));

	output->is_file = true;
	output->signals_fd = -1;
	if (file_new_open(&output->file, path, replace, err))
		return output;
	free(output);
	return NULL;
}

bool
output_is_terminal(const struct output *output)
{
	return !output->is_file && isatty(STDOUT_FILENO);
}

int
output_width_cols(const struct output *output)
{
	struct winsize size;

	if (!output_is_terminal(output) ||
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_col;
}

/* A reader that is ready is served first, unless it has @p stalled before.
 * @return false if a signal came first. */
static bool
wait_for_reader(const struct output *output, bool stalled)
{
	struct http_watch watches[] = {
		{ .fd = STDOUT_FILENO, .want_write = true },
		{ .fd = output->signals_fd },
	};
	size_t count = output->signals_fd >= 0 ? 2 : 1;

	for (;;) {
		watches[0].ready = watches[0].hung_up = false;
		watches[1].ready = watches[1].hung_up = false;
		http_wait(NULL, watches, count, -1);
		if (stalled && watches[1].ready)
			return false;
		if (watches[0].ready || watches[0].hung_up)
			return true;
		if (watches[1].ready)
			return false;
	}
}

/* To somebody who reads, or not. A terminal may be ready for less than a piece
 * and keep us with the rest of it: a signal ends that with a short count. */
static bool
write_to_reader(struct output *output, struct err *err)
{
	const char *at = output->bytes;
	size_t left = output->held;
	bool stalled = false;
	ssize_t put;

	while (left > 0) {
		size_t piece = left < PIECE_MAX ? left : PIECE_MAX;

		if (!wait_for_reader(output, stalled))
			return err_set(err, ERR_CANCELLED, 0, NULL,
			    "stopped while writing to standard output");
		put = write(STDOUT_FILENO, at, piece);
		if (put < 0 && errno != EINTR && errno != EAGAIN)
			return err_set(err, ERR_FILE, errno, NULL,
			    "cannot write standard output: %s",
			    strerror(errno));
		stalled = put < (ssize_t)piece;
		at += put > 0 ? put : 0;
		left -= put > 0 ? (size_t)put : 0;
	}
	return true;
}

static bool
write_stdout(struct output *output, struct err *err)
{
	if (output->can_stall)
		return write_to_reader(output, err);
	return file_write_all(STDOUT_FILENO, "standard output", output->bytes,
	    output->held, err);
}

/* The first failure is the one that is told, and nothing goes behind it. */
static bool
check_whole(const struct output *output, struct err *err)
{
	if (output->failure.kind == ERR_NONE)
		return true;
	*err = output->failure;
	return false;
}

bool
output_flush(struct output *output, struct err *err)
{
	bool ok;

	if (!check_whole(output, err))
		return false;
	ok = output->is_file
	    ? file_new_write(&output->file, output->bytes, output->held, err)
	    : write_stdout(output, err);
	output->held = 0;
	if (!ok)
		output->failure = *err;
	return ok;
}

bool
output_write(struct output *output, const char *data, size_t len,
    struct err *err)
{
	size_t piece;

	if (!check_whole(output, err))
		return false;
	while (len > 0) {
		piece = HELD_MAX - output->held;
		piece = len < piece ? len : piece;
		memcpy(output->bytes + output->held, data, piece);
		output->held += piece;
		data += piece;
		len -= piece;
		if (output->held == HELD_MAX && !output_flush(output, err))
			return false;
	}
	return true;
}

bool
output_finish(struct output *output, struct err *err)
{
	if (!output_flush(output, err))
		return false;
	return !output->is_file || file_new_commit(&output->file, err);
}

bool
output_finish_partial(struct output *output, struct err *err)
{
	if (!output_flush(output, err))
		return false;
	return !output->is_file || file_new_keep_partial(&output->file, err);
}

void
output_destroy(struct output *output)
{
	if (output == NULL)
		return;
	if (output->is_file)
		file_new_release(&output->file);
	free(output);
}
