/*
 * Where the printing commands and the UI's write-to-file put their bytes:
 * standard output, or a new file that takes its name when it is done. Owns
 * its buffer and the file.
 */
#ifndef BANTOP_APP_OUTPUT_H
#define BANTOP_APP_OUTPUT_H

#include <stddef.h>

#include "bantop/base/err.h"

struct output;

/** Standard output. A reader that stalls holds us up only until a signal
 *  comes in at @p signals_fd (-1: none). */
struct output *output_open_stdout(int signals_fd);

/** A new file of mode 0600. @return owned; NULL with ERR_FILE: a link, or
 *  without @p replace a file, is there already. */
MUST_CHECK struct output *output_open_file(const char *path, bool replace,
    struct err *err);

/** Is it a terminal? */
bool output_is_terminal(const struct output *output);
/** Its columns; 0 when it is no terminal or does not say. */
int output_width_cols(const struct output *output);

/** @return false with ERR_FILE (code EPIPE: the reader has gone) or
 *  ERR_CANCELLED after a signal. After a failure nothing is taken any more,
 *  and each call fails with the first error. */
MUST_CHECK bool output_write(struct output *output, const char *data,
    size_t len, struct err *err);
/** Hands over what is held back. */
MUST_CHECK bool output_flush(struct output *output, struct err *err);

/** Flushes; a file takes its name. @return false with ERR_FILE. */
MUST_CHECK bool output_finish(struct output *output, struct err *err);
/** Flushes; a file is left as PATH.partial. */
MUST_CHECK bool output_finish_partial(struct output *output, struct err *err);

/** Removes a file that was not finished. Takes NULL. */
void output_destroy(struct output *output);

#endif
