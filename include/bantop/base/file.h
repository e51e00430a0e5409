/*
 * Small files read whole under a cap, and files written so that a reader sees
 * the old or the new one, never half. Refuses links where it writes.
 */
#ifndef BANTOP_BASE_FILE_H
#define BANTOP_BASE_FILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "bantop/base/buf.h"
#include "bantop/base/err.h"

/**
 * Appends the content of a regular file. Anything else (a FIFO, a device) is
 * refused, without waiting for it.
 * @return false with ERR_FILE (errno) or ERR_LIMIT past the cap of @p out.
 */
MUST_CHECK bool file_read(const char *path, struct buf *out, struct err *err);

/** The same for an open descriptor, which may be a pipe; does not close it. */
MUST_CHECK bool file_read_fd(int fd, const char *what, struct buf *out,
    struct err *err);

/** A secret's file: as file_read(), refused with ERR_CREDENTIAL and the chmod
 *  to run if group or others may read or write it. */
MUST_CHECK bool file_read_private(const char *path, struct buf *out,
    struct err *err);

/* A new file that takes its name when it is done. Mode 0600. */
struct file_new {
	int fd; /* -1 when none */
	char *path;
	char *temporary;
	bool replace;
};

/**
 * Opens a temporary file beside @p path. A link, or without @p replace an
 * existing file, is refused.
 */
MUST_CHECK bool file_new_open(struct file_new *file, const char *path,
    bool replace, struct err *err);
/** Writes all of it, through EINTR and short counts. */
MUST_CHECK bool file_new_write(struct file_new *file, const char *data,
    size_t len, struct err *err);
/** fsync, rename. The file is released whatever comes. */
MUST_CHECK bool file_new_commit(struct file_new *file, struct err *err);
/** Leaves what was written as PATH.partial. */
MUST_CHECK bool file_new_keep_partial(struct file_new *file, struct err *err);
/** Removes the temporary file; takes a zeroed or released one too. */
void file_new_release(struct file_new *file);

/** Writes all bytes to @p fd. @return false with ERR_FILE. */
MUST_CHECK bool file_write_all(int fd, const char *what, const char *data,
    size_t len, struct err *err);

/** Writes what @p fd takes at once, whatever it is: never waits. Other programs
 *  may share the descriptor: it is non-blocking for that moment alone.
 *  @return as write(). */
ssize_t file_write_now(int fd, const char *data, size_t len);

#endif
