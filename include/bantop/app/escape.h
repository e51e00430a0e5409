/*
 * Texts from outside as fields of tsv and csv: nothing in them ends a field,
 * drives a terminal or is a formula.
 */
#ifndef BANTOP_APP_ESCAPE_H
#define BANTOP_APP_ESCAPE_H

#include "bantop/base/buf.h"

/** Most bytes that one byte can become. */
enum { ESCAPE_GROWTH = 4 };

/** \t \n \r \\; other control bytes (C0, DEL, C1) and bytes that are no UTF-8
 *  as \xNN. */
void escape_tsv(const char *text, size_t len, struct buf *out);

/** In quotes. A text that begins like a formula gets a leading '; control
 *  bytes but TAB, CR and LF, and bytes that are no UTF-8, become \xNN. */
void escape_csv(const char *text, size_t len, struct buf *out);

#endif
