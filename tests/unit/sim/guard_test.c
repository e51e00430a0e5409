#include "bantop/sim/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
no_second_has_more_calls_than_the_rate(void **state)
{
	struct sim_guard guard;
	int64_t now_ms;
	int admitted = 0;

	(void)state;
	sim_guard_init(&guard, 5);
	for (now_ms = 0; now_ms < 10000; now_ms += 10)
		admitted += sim_guard_admit(&guard, now_ms);
	assert_int_equal(admitted, 50);
	assert_false(sim_guard_admit(&guard, 9999));
	assert_true(sim_guard_admit(&guard, 11000));
	sim_guard_release(&guard);
}

static void
refused_calls_count_for_nothing(void **state)
{
	struct sim_guard guard;
	int i;

	(void)state;
	sim_guard_init(&guard, 1);
	assert_true(sim_guard_admit(&guard, 0));
	for (i = 1; i < 100; i++)
		assert_false(sim_guard_admit(&guard, i * 10));
	assert_true(sim_guard_admit(&guard, 1000));
	sim_guard_release(&guard);
}

static void
a_rate_of_zero_is_no_limit(void **state)
{
	struct sim_guard guard;
	int i;

	(void)state;
	sim_guard_init(&guard, 0);
	for (i = 0; i < 1000; i++)
		assert_true(sim_guard_admit(&guard, 0));
	sim_guard_release(&guard);
}

static void
the_group_list_is_had_once_a_second(void **state)
{
	struct sim_guard guard;

	(void)state;
	sim_guard_init(&guard, 200);
	assert_true(sim_guard_admit_list(&guard, 0));
	assert_false(sim_guard_admit_list(&guard, 999));
	assert_true(sim_guard_admit(&guard, 999));
	assert_true(sim_guard_admit_list(&guard, 1000));
	sim_guard_release(&guard);
}

static void
ten_bad_signatures_in_a_minute_lock_for_a_minute(void **state)
{
	struct sim_guard guard;
	int i;

	(void)state;
	sim_guard_init(&guard, 200);
	for (i = 0; i < SIM_GUARD_BAD_MAX; i++) {
		assert_false(sim_guard_is_locked(&guard, i * 1000));
		sim_guard_note_bad(&guard, i * 1000);
	}
	assert_true(sim_guard_is_locked(&guard, 9000));
	assert_true(sim_guard_is_locked(&guard, 9000 + SIM_GUARD_LOCK_MS - 1));
	assert_false(sim_guard_is_locked(&guard, 9000 + SIM_GUARD_LOCK_MS));
	sim_guard_note_bad(&guard, 9000 + SIM_GUARD_LOCK_MS);
	assert_false(sim_guard_is_locked(&guard, 9000 + SIM_GUARD_LOCK_MS));
	sim_guard_release(&guard);
}

static void
ten_bad_signatures_in_an_hour_lock_nobody(void **state)
{
	struct sim_guard guard;
	int i;

	(void)state;
	sim_guard_init(&guard, 200);
	for (i = 0; i < 50; i++)
		sim_guard_note_bad(&guard, i * INT64_C(7000));
	assert_false(sim_guard_is_locked(&guard, 49 * INT64_C(7000)));
	sim_guard_release(&guard);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_second_has_more_calls_than_the_rate),
		cmocka_unit_test(refused_calls_count_for_nothing),
		cmocka_unit_test(a_rate_of_zero_is_no_limit),
		cmocka_unit_test(the_group_list_is_had_once_a_second),
		cmocka_unit_test(
		    ten_bad_signatures_in_a_minute_lock_for_a_minute),
		cmocka_unit_test(ten_bad_signatures_in_an_hour_lock_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
