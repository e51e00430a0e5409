#include "bantop/sim/delays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
the_soonest_comes_first_and_equals_in_turn(void **state)
{
	static const int64_t due[] = { 50, 10, 30, 10, 90, 50 };
	static const size_t order[] = { 1, 3, 2, 0, 5, 4 };
	struct sim_delays delays = { .first = NULL };
	struct sim_delay waits[6] = { { .due_ms = 0 } };
	size_t i;

	(void)state;
	for (i = 0; i < 6; i++)
		sim_delays_add(&delays, &waits[i], due[i]);
	assert_null(sim_delays_take(&delays, 9));
	for (i = 0; i < 6; i++)
		assert_ptr_equal(sim_delays_take(&delays, 90),
		    &waits[order[i]]);
	assert_null(sim_delays_take(&delays, INT64_MAX));
	assert_null(delays.first);
	assert_null(delays.last);
}

static void
any_one_can_be_taken_out(void **state)
{
	struct sim_delays delays = { .first = NULL };
	struct sim_delay waits[3] = { { .due_ms = 0 } };
	size_t gone, i;

	(void)state;
	for (gone = 0; gone < 3; gone++) {
		for (i = 0; i < 3; i++)
			sim_delays_add(&delays, &waits[i], (int64_t)i);
		sim_delays_remove(&delays, &waits[gone]);
		for (i = 0; i < 3; i++) {
			if (i != gone)
				assert_ptr_equal(sim_delays_take(&delays, 9),
				    &waits[i]);
		}
		assert_null(sim_delays_take(&delays, 9));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_soonest_comes_first_and_equals_in_turn),
		cmocka_unit_test(any_one_can_be_taken_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
