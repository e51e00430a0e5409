/*
 * The rate: never more than rate + 1 starts in any second, whatever the
 * pattern of the turns, and hardly less than the rate when wanted.
 */
#include "bantop/api/limiter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { STARTS_MAX = 4000, NOW_MS = 345678912 };

static uint64_t
draw(uint64_t *state, uint64_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state % below;
}

/* The most starts in any second, both of its ends counted. */
static int
most_in_a_second(const int64_t *starts, size_t count)
{
	size_t first = 0, last;
	int most = 0;

	for (last = 0; last < count; last++) {
		while (starts[last] - starts[first] > 1000)
			first++;
		if ((int)(last - first) + 1 > most)
			most = (int)(last - first) + 1;
	}
	return most;
}

static void
no_second_sees_more_than_rate_plus_one_starts(void **state)
{
	static int64_t starts[STARTS_MAX];
	uint64_t random = 88172645463325252u;
	int round;

	(void)state;
	for (round = 0; round < 300; round++) {
		int rate = 1 + (int)draw(&random, LIMITER_RATE_MAX);
		uint64_t pace = 1 + draw(&random, 40);
		struct limiter limiter;
		int64_t now_ms = NOW_MS;
		size_t count = 0;
		int step;

		limiter_init(&limiter, rate);
		for (step = 0; step < STARTS_MAX; step++) {
			now_ms += (int64_t)draw(&random, pace);
			if (draw(&random, 100) == 0)
				now_ms += (int64_t)draw(&random, 3000);
			if (limiter_wait_ms(&limiter, now_ms) > 0)
				continue;
			limiter_take(&limiter, now_ms);
			starts[count++] = now_ms;
		}
		assert_true(most_in_a_second(starts, count) <= rate + 1);
	}
}

static void
whoever_waits_as_told_gets_the_rate(void **state)
{
	int rate;

	(void)state;
	for (rate = 1; rate <= LIMITER_RATE_MAX; rate++) {
		struct limiter limiter;
		int64_t now_ms = NOW_MS;
		int starts = 0;

		limiter_init(&limiter, rate);
		while (now_ms + limiter_wait_ms(&limiter, now_ms) <
		    NOW_MS + 10000) {
			now_ms += limiter_wait_ms(&limiter, now_ms);
			assert_int_equal(limiter_wait_ms(&limiter, now_ms), 0);
			limiter_take(&limiter, now_ms);
			starts++;
		}
		assert_in_range(starts, 10 * rate * 98 / 100, 10 * rate + 1);
	}
}

static void
idle_time_is_not_saved_up_for_a_burst(void **state)
{
	struct limiter limiter;

	(void)state;
	limiter_init(&limiter, 10);
	limiter_take(&limiter, NOW_MS);
	limiter_take(&limiter, NOW_MS + 60000);
	assert_in_range(limiter_wait_ms(&limiter, NOW_MS + 60000), 98, 100);
}

static void
the_first_start_need_not_wait(void **state)
{
	struct limiter limiter;

	(void)state;
	limiter_init(&limiter, 1);
	assert_int_equal(limiter_wait_ms(&limiter, 0), 0);
	assert_int_equal(limiter_wait_ms(&limiter, NOW_MS), 0);
}

static void
a_pause_holds_everything_and_the_longer_one_counts(void **state)
{
	struct limiter limiter;

	(void)state;
	limiter_init(&limiter, 200);
	limiter_pause(&limiter, NOW_MS, 5000);
	limiter_pause(&limiter, NOW_MS, 700);
	assert_int_equal(limiter_wait_ms(&limiter, NOW_MS), 5000);
	assert_int_equal(limiter_wait_ms(&limiter, NOW_MS + 4999), 1);
	assert_int_equal(limiter_wait_ms(&limiter, NOW_MS + 5000), 0);
}

static void
a_resume_ends_the_pause_but_not_the_spacing(void **state)
{
	struct limiter limiter;

	(void)state;
	limiter_init(&limiter, 1);
	limiter_take(&limiter, NOW_MS);
	limiter_pause(&limiter, NOW_MS, 60000);
	limiter_resume(&limiter);
	assert_in_range(limiter_wait_ms(&limiter, NOW_MS), 998, 1000);
}

static void
what_is_in_use_counts_the_last_second_alone(void **state)
{
	struct limiter limiter;

	(void)state;
	limiter_init(&limiter, 10);
	assert_int_equal(limiter_in_use(&limiter, NOW_MS), 0);
	limiter_take(&limiter, NOW_MS);
	limiter_take(&limiter, NOW_MS + 400);
	assert_int_equal(limiter_in_use(&limiter, NOW_MS + 999), 2);
	assert_int_equal(limiter_in_use(&limiter, NOW_MS + 1000), 1);
	assert_int_equal(limiter_in_use(&limiter, NOW_MS + 1400), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_second_sees_more_than_rate_plus_one_starts),
		cmocka_unit_test(whoever_waits_as_told_gets_the_rate),
		cmocka_unit_test(idle_time_is_not_saved_up_for_a_burst),
		cmocka_unit_test(the_first_start_need_not_wait),
		cmocka_unit_test(
		    a_pause_holds_everything_and_the_longer_one_counts),
		cmocka_unit_test(a_resume_ends_the_pause_but_not_the_spacing),
		cmocka_unit_test(what_is_in_use_counts_the_last_second_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
