/*
 * How many pages may be asked for at once: DESIGN section 9.
 */
#include "bantop/api/ahead_window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Rate and round trip allow 40 at once. */
static struct ahead_window
window_of(size_t parallel)
{
	struct ahead_window window;

	ahead_window_init(&window, parallel, 200);
	ahead_window_time(&window, 200);
	return window;
}

static void
confirm(struct ahead_window *window, int pages)
{
	while (pages-- > 0)
		ahead_window_confirm(window);
}

static void
nothing_is_asked_ahead_before_the_first_page(void **state)
{
	struct ahead_window window = window_of(64);

	(void)state;
	assert_int_equal(ahead_window_size(&window), 1);
}

static void
it_opens_with_two_and_doubles_with_each_confirmed_run(void **state)
{
	struct ahead_window window = window_of(64);
	size_t run, page;

	(void)state;
	ahead_window_confirm(&window);
	for (run = 2; run <= 16; run *= 2) {
		assert_int_equal(ahead_window_size(&window), run);
		/* Not in one leap: the pages of a run come one by one. */
		for (page = 1; page <= run; page++) {
			ahead_window_confirm(&window);
			assert_int_equal(ahead_window_size(&window),
			    run + page);
		}
	}
}

static void
it_never_passes_parallel(void **state)
{
	struct ahead_window window = window_of(5);

	(void)state;
	confirm(&window, 500);
	assert_int_equal(ahead_window_size(&window), 5);
	window = window_of(1);
	confirm(&window, 500);
	assert_int_equal(ahead_window_size(&window), 1);
}

static void
it_never_passes_rate_times_round_trip(void **state)
{
	static const struct {
		int rate;
		int64_t took_ms;
		size_t size;
	} cases[] = { { 10, 50, 1 }, { 10, 100, 1 }, { 10, 300, 3 },
		{ 1, 900, 1 }, { 200, 50, 10 }, { 200, 0, 1 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct ahead_window window;

		ahead_window_init(&window, 64, cases[i].rate);
		ahead_window_time(&window, cases[i].took_ms);
		confirm(&window, 500);
		assert_int_equal(ahead_window_size(&window), cases[i].size);
	}
}

static void
without_a_round_trip_it_stays_shut(void **state)
{
	struct ahead_window window;

	(void)state;
	ahead_window_init(&window, 64, 200);
	confirm(&window, 100);
	assert_int_equal(ahead_window_size(&window), 1);
}

static void
the_round_trip_follows_slowly(void **state)
{
	struct ahead_window window = window_of(64);

	(void)state;
	ahead_window_time(&window, 1000);
	assert_int_equal(window.round_trip_ms, 400);
}

static void
a_miss_shuts_it_for_eight_pages_and_halves_it(void **state)
{
	struct ahead_window window = window_of(64);

	(void)state;
	confirm(&window, 7);
	assert_int_equal(ahead_window_size(&window), 8);
	ahead_window_miss(&window);
	assert_int_equal(ahead_window_size(&window), 1);
	confirm(&window, 7);
	assert_int_equal(ahead_window_size(&window), 1);
	confirm(&window, 1);
	assert_int_equal(ahead_window_size(&window), 4);
}

static void
each_miss_asks_for_a_longer_run(void **state)
{
	static const int runs[] = { 8, 16, 32, 64, 64 };
	struct ahead_window window = window_of(64);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof runs / sizeof runs[0]; i++) {
		ahead_window_miss(&window);
		confirm(&window, runs[i] - 1);
		assert_int_equal(ahead_window_size(&window), 1);
		confirm(&window, 1);
		assert_int_equal(ahead_window_size(&window), 2);
	}
}

static void
a_short_page_begins_the_run_anew(void **state)
{
	struct ahead_window window = window_of(64);

	(void)state;
	ahead_window_miss(&window);
	confirm(&window, 7);
	ahead_window_miss(&window);
	confirm(&window, 8);
	assert_int_equal(ahead_window_size(&window), 1);
}

static void
a_failed_call_halves_it_and_leaves_it_open(void **state)
{
	struct ahead_window window = window_of(64);

	(void)state;
	confirm(&window, 7);
	ahead_window_fail(&window);
	assert_int_equal(ahead_window_size(&window), 4);
	ahead_window_fail(&window);
	assert_int_equal(ahead_window_size(&window), 2);
}

static void
failing_with_two_at_a_time_shuts_it_as_a_miss_does(void **state)
{
	struct ahead_window window = window_of(64);

	(void)state;
	confirm(&window, 1);
	ahead_window_fail(&window);
	ahead_window_fail(&window);
	confirm(&window, 7);
	assert_int_equal(ahead_window_size(&window), 1);
	confirm(&window, 1);
	assert_int_equal(ahead_window_size(&window), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_asked_ahead_before_the_first_page),
		cmocka_unit_test(
		    it_opens_with_two_and_doubles_with_each_confirmed_run),
		cmocka_unit_test(it_never_passes_parallel),
		cmocka_unit_test(it_never_passes_rate_times_round_trip),
		cmocka_unit_test(without_a_round_trip_it_stays_shut),
		cmocka_unit_test(the_round_trip_follows_slowly),
		cmocka_unit_test(a_miss_shuts_it_for_eight_pages_and_halves_it),
		cmocka_unit_test(each_miss_asks_for_a_longer_run),
		cmocka_unit_test(a_short_page_begins_the_run_anew),
		cmocka_unit_test(a_failed_call_halves_it_and_leaves_it_open),
		cmocka_unit_test(
		    failing_with_two_at_a_time_shuts_it_as_a_miss_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
