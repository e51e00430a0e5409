/*
 * What a terminal may be sent: our own sequences, a copy for the clipboard,
 * text that is harmless. Anything else can only have come from outside.
 */
#ifndef BANTOP_TESTS_RAW_BYTES_H
#define BANTOP_TESTS_RAW_BYTES_H

#include <stddef.h>

/** @param at NUL-ended, with @p left bytes before the end.
 *  @return bytes of the one thing that may be written there; 0 for none. */
size_t raw_bytes_allowed(const char *at, size_t left);
/** @return the index of the first byte that may not be written; @p len when
 *          all may. */
size_t raw_bytes_harmful(const char *text, size_t len);

#endif
