#include "bantop/app/refresh_plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
without_an_interval_nothing_is_planned(void **state)
{
	struct refresh_plan plan;

	(void)state;
	refresh_plan_init(&plan, 0, 5000);
	assert_true(plan.next_ms == INT64_MAX);
	refresh_plan_fail(&plan, 6000);
	assert_true(plan.next_ms == INT64_MAX);
	refresh_plan_succeed(&plan, 7000);
	assert_true(plan.next_ms == INT64_MAX);
}

static void
an_interval_passes_between_two_refreshes(void **state)
{
	struct refresh_plan plan;

	(void)state;
	refresh_plan_init(&plan, 30, 5000);
	assert_int_equal(plan.next_ms, 35000);
	refresh_plan_renew(&plan, 35000);
	assert_int_equal(plan.next_ms, 65000);
	refresh_plan_succeed(&plan, 65500);
	assert_int_equal(plan.next_ms, 95500);
}

static void
each_failure_doubles_the_wait_up_to_a_cap(void **state)
{
	static const int waits_s[] = { 20, 40, 80, 160, 320, 640, 900, 900 };
	struct refresh_plan plan;
	size_t i;

	(void)state;
	refresh_plan_init(&plan, 10, 0);
	for (i = 0; i < sizeof waits_s / sizeof waits_s[0]; i++) {
		refresh_plan_fail(&plan, 1000);
		assert_int_equal(plan.next_ms, 1000 + waits_s[i] * 1000);
	}
	for (i = 0; i < 10000; i++)
		refresh_plan_fail(&plan, 0);
	assert_int_equal(plan.next_ms, REFRESH_PLAN_WAIT_MAX_S * 1000);
}

static void
an_interval_above_the_cap_is_never_shortened(void **state)
{
	struct refresh_plan plan;

	(void)state;
	refresh_plan_init(&plan, 86400, 0);
	refresh_plan_fail(&plan, 0);
	assert_int_equal(plan.next_ms, 86400 * 1000);
}

static void
a_success_brings_the_interval_back(void **state)
{
	struct refresh_plan plan;

	(void)state;
	refresh_plan_init(&plan, 10, 0);
	refresh_plan_fail(&plan, 0);
	refresh_plan_fail(&plan, 0);
	refresh_plan_succeed(&plan, 1000);
	assert_int_equal(plan.next_ms, 11000);
	refresh_plan_fail(&plan, 11000);
	assert_int_equal(plan.next_ms, 31000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_an_interval_nothing_is_planned),
		cmocka_unit_test(an_interval_passes_between_two_refreshes),
		cmocka_unit_test(each_failure_doubles_the_wait_up_to_a_cap),
		cmocka_unit_test(an_interval_above_the_cap_is_never_shortened),
		cmocka_unit_test(a_success_brings_the_interval_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
