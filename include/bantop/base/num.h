/*
 * Strict numbers from text: the whole text, no blanks, no sign but a '-' where
 * the range allows it, in range. Nothing of the locale takes part.
 */
#ifndef BANTOP_BASE_NUM_H
#define BANTOP_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bantop/base/err.h"

/** @return false, with *out untouched, unless all of @p text is one number
 *          from @p min to @p max. */
MUST_CHECK bool num_parse(const char *text, size_t len, int64_t min,
    int64_t max, int64_t *out);
MUST_CHECK bool num_parse_u64(const char *text, size_t len, uint64_t *out);

enum { NUM_TEXT_MAX = 24 };
/** Writes @p value in decimal, NUL-terminated. @return its length. */
size_t num_write(int64_t value, char out[NUM_TEXT_MAX]);
/** Writes with a comma between thousands: 1,234,567. @return its length. */
size_t num_write_grouped(int64_t value, char out[NUM_TEXT_MAX + 8]);

#endif
