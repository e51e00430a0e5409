/*
 * How long a test waits for a state before it gives up. Every wait ends by an
 * event; the deadline only bounds a failure, so it is generous.
 */
#ifndef BANTOP_TESTS_E2E_DEADLINE_H
#define BANTOP_TESTS_E2E_DEADLINE_H

#include <stdint.h>

enum { DEADLINE_USUAL_S = 10 };

/** @return the moment so many seconds from now, on the monotonic clock;
 *          BANTOP_TEST_SLOW multiplies them (valgrind, sanitizers). */
int64_t deadline_in_s(int seconds);
/** @return milliseconds left, for poll(); 0 when it is over. */
int deadline_left_ms(int64_t deadline_ms);

#endif
