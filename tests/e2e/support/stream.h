/*
 * The bytes that a terminal got, searched for anything that only a payload can
 * have put there.
 */
#ifndef BANTOP_TESTS_E2E_STREAM_H
#define BANTOP_TESTS_E2E_STREAM_H

#include "e2e/support/term.h"

/** Fails the test at the first byte that may not be written. @param what is
 *  said in the failure. */
void stream_expect_clean(const struct term *term, const char *what);

#endif
