/*
 * The rate of calls: one budget for everything that the program asks. No
 * bursts: never more than rate + 1 starts in any second. A plain value.
 */
#ifndef BANTOP_API_LIMITER_H
#define BANTOP_API_LIMITER_H

#include <stddef.h>
#include <stdint.h>

enum { LIMITER_RATE_MAX = 200 };

struct limiter {
	int rate;                /* starts a second, 1 to LIMITER_RATE_MAX */
	int64_t next_start_us;   /* monotonic microseconds */
	int64_t paused_until_ms; /* monotonic */
	int64_t recent_ms[LIMITER_RATE_MAX + 1]; /* ring of starts, for "n/s" */
	size_t recent_at;
};

void limiter_init(struct limiter *limiter, int rate);
/** @return 0 if a call may start now, else how many ms to wait. */
int64_t limiter_wait_ms(const struct limiter *limiter, int64_t mono_ms);
/** A call starts now. */
void limiter_take(struct limiter *limiter, int64_t mono_ms);
/** Nothing starts for @p pause_ms: the service asked us to slow down. */
void limiter_pause(struct limiter *limiter, int64_t mono_ms, int64_t pause_ms);
/** Ends a pause: the user does not want to wait. The spacing holds on. */
void limiter_resume(struct limiter *limiter);
/** Calls started in the last second. */
int limiter_in_use(const struct limiter *limiter, int64_t mono_ms);

#endif
