/*
 * How far the service's clock is ahead: DESIGN section 10.
 */
#include "bantop/api/service_clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int64_t NOW_MS = INT64_C(1700000000000);

/* A call of @p took_ms in whose middle the service's clock was ahead by
 * @p ahead_ms; the Date names the whole second. */
static void
observe(struct service_clock *clock, int64_t sent_ms, int64_t took_ms,
    int64_t ahead_ms)
{
	int64_t there_ms = sent_ms + took_ms / 2 + ahead_ms;

	service_clock_observe(clock, there_ms / 1000, sent_ms,
	    sent_ms + took_ms);
}

static void
nothing_is_known_before_a_date_came(void **state)
{
	struct service_clock clock;

	(void)state;
	service_clock_init(&clock);
	assert_false(service_clock_is_known(&clock));
	assert_int_equal(service_clock_offset_s(&clock), 0);
	service_clock_observe(&clock, -1, NOW_MS, NOW_MS + 100);
	assert_false(service_clock_is_known(&clock));
}

static void
the_offset_counts_from_the_middle_of_the_call(void **state)
{
	struct service_clock clock;

	(void)state;
	service_clock_init(&clock);
	service_clock_observe(&clock, NOW_MS / 1000 + 42, NOW_MS - 2000,
	    NOW_MS + 3000);
	/* 42 s and half a second against the middle, 0.5 s after NOW. */
	assert_int_equal(service_clock_offset_s(&clock), 42);
	assert_true(service_clock_is_known(&clock));
}

static void
clocks_that_agree_differ_by_nothing(void **state)
{
	int64_t at_ms;

	(void)state;
	for (at_ms = NOW_MS; at_ms < NOW_MS + 1000; at_ms += 37) {
		struct service_clock clock;

		service_clock_init(&clock);
		observe(&clock, at_ms, 80, 0);
		assert_in_range(service_clock_offset_s(&clock) + 1, 1, 1);
	}
}

static void
a_service_behind_us_gives_a_negative_offset(void **state)
{
	struct service_clock clock;

	(void)state;
	service_clock_init(&clock);
	service_clock_observe(&clock, NOW_MS / 1000 - 90, NOW_MS + 400,
	    NOW_MS + 600);
	assert_true(service_clock_offset_s(&clock) == -90);
}

static void
the_shortest_of_the_last_calls_counts(void **state)
{
	struct service_clock clock;
	int i;

	(void)state;
	service_clock_init(&clock);
	observe(&clock, NOW_MS, 9000, 30000);
	observe(&clock, NOW_MS, 40, 10000);
	for (i = 0; i < SERVICE_CLOCK_SAMPLES - 2; i++)
		observe(&clock, NOW_MS + 400, 8000, 20000);
	assert_int_equal(service_clock_offset_s(&clock), 10);
}

static void
a_sample_is_forgotten_after_eight_more(void **state)
{
	struct service_clock clock;
	int i;

	(void)state;
	service_clock_init(&clock);
	observe(&clock, NOW_MS, 40, 10000);
	for (i = 0; i < SERVICE_CLOCK_SAMPLES; i++)
		observe(&clock, NOW_MS + 400, 8000, 20000);
	assert_int_equal(service_clock_offset_s(&clock), 20);
}

static void
of_equally_short_calls_the_last_one_counts(void **state)
{
	struct service_clock clock;

	(void)state;
	service_clock_init(&clock);
	observe(&clock, NOW_MS, 100, 10000);
	observe(&clock, NOW_MS, 100, 11000);
	assert_int_equal(service_clock_offset_s(&clock), 11);
}

static void
a_call_during_which_our_clock_was_turned_back_is_ignored(void **state)
{
	struct service_clock clock;

	(void)state;
	service_clock_init(&clock);
	service_clock_observe(&clock, NOW_MS / 1000, NOW_MS, NOW_MS - 1);
	assert_false(service_clock_is_known(&clock));
}

static void
a_date_that_is_no_moment_is_ignored(void **state)
{
	struct service_clock clock;

	(void)state;
	service_clock_init(&clock);
	service_clock_observe(&clock, INT64_MAX, NOW_MS, NOW_MS);
	service_clock_observe(&clock, INT64_MIN, NOW_MS, NOW_MS);
	assert_false(service_clock_is_known(&clock));
}

static void
a_reset_forgets(void **state)
{
	struct service_clock clock;

	(void)state;
	service_clock_init(&clock);
	observe(&clock, NOW_MS, 100, 10000);
	service_clock_reset(&clock);
	assert_false(service_clock_is_known(&clock));
	assert_int_equal(service_clock_offset_s(&clock), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_known_before_a_date_came),
		cmocka_unit_test(the_offset_counts_from_the_middle_of_the_call),
		cmocka_unit_test(clocks_that_agree_differ_by_nothing),
		cmocka_unit_test(a_service_behind_us_gives_a_negative_offset),
		cmocka_unit_test(the_shortest_of_the_last_calls_counts),
		cmocka_unit_test(a_sample_is_forgotten_after_eight_more),
		cmocka_unit_test(of_equally_short_calls_the_last_one_counts),
		cmocka_unit_test(
		    a_call_during_which_our_clock_was_turned_back_is_ignored),
		cmocka_unit_test(a_date_that_is_no_moment_is_ignored),
		cmocka_unit_test(a_reset_forgets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
