/*
 * The rate of calls, as a spacing: a start moves the next one an interval
 * away. What the caller's turn was late by (up to LATE_US) is given back, or
 * waits rounded up to milliseconds would cost a part of the rate; as that is
 * less than an interval at any rate, no second ever sees more than rate + 1
 * starts. Idle time is never saved up.
 */
#include "bantop/api/limiter.h"

#include <assert.h>
#include <stdbool.h>

enum {
	SECOND_US = 1000000,
	LATE_US = 2000, /* below SECOND_US / LIMITER_RATE_MAX */
	RING = LIMITER_RATE_MAX + 1,
};

static const int64_t NEVER_MS = INT64_MIN / 2;

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

void
limiter_init(struct limiter *limiter, int rate)
{
	size_t i;

	assert(rate >= 1 && rate <= LIMITER_RATE_MAX);
	limiter->rate = rate;
	limiter->next_start_us = INT64_MIN;
	limiter->paused_until_ms = NEVER_MS;
	limiter->recent_at = 0;
	for (i = 0; i < RING; i++)
		limiter->recent_ms[i] = NEVER_MS;
}

int64_t
limiter_wait_ms(const struct limiter *limiter, int64_t mono_ms)
{
	int64_t paused_ms = later(limiter->paused_until_ms - mono_ms, 0);
	int64_t now_us = mono_ms * 1000;

	if (limiter->next_start_us <= now_us)
		return paused_ms;
	return later(paused_ms, (limiter->next_start_us - now_us + 999) / 1000);
}

void
limiter_take(struct limiter *limiter, int64_t mono_ms)
{
	int64_t from_us =
	    later(limiter->next_start_us, mono_ms * 1000 - LATE_US);

	/* Rounded up: a rate that does not divide a second stays below it. */
	limiter->next_start_us =
	    from_us + (SECOND_US + limiter->rate - 1) / limiter->rate;
	limiter->recent_ms[limiter->recent_at] = mono_ms;
	limiter->recent_at = (limiter->recent_at + 1) % RING;
}

void
limiter_pause(struct limiter *limiter, int64_t mono_ms, int64_t pause_ms)
{
	limiter->paused_until_ms =
	    later(limiter->paused_until_ms, mono_ms + pause_ms);
}

void
limiter_resume(struct limiter *limiter)
{
	limiter->paused_until_ms = NEVER_MS;
}

int
limiter_in_use(const struct limiter *limiter, int64_t mono_ms)
{
	int count = 0;
	size_t i;

	for (i = 0; i < RING; i++)
		if (limiter->recent_ms[i] > mono_ms - 1000)
			count++;
	return count;
}
