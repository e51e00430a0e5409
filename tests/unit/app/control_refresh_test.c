/*
 * A screen that is left on with --interval in front of a service in trouble:
 * what it asks of it, what it says meanwhile, and that it sleeps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/refresh_plan.h"
#include "control_rig.h"
#include "view_rig.h"

enum { HOUR_MS = 3600 * 1000, HOUR_CALLS_MAX = 30 };

static int
set_up(void **state)
{
	struct control_rig *rig;

	if (control_rig_set_up(state) != 0)
		return -1;
	rig = *state;
	rig->settings->interval_s = 10;
	rig->fail_code = 0;
	rig->fail_status = 503;
	return 0;
}

static void
an_hour_of_503_costs_few_calls(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_shows(rig, "100 loaded, more");
	rig->fails = -1;
	control_rig_run_ms(rig, HOUR_MS);
	assert_in_range(control_rig_pages(rig), 10, HOUR_CALLS_MAX);
	control_rig_shows(rig, "STALE");
	control_rig_shows(rig, "g1-000");
	control_rig_shows(rig, "HTTP 503");
	control_rig_shows(rig, "r now");
}

static void
an_hour_of_503_from_the_start_costs_few_calls_too(void **state)
{
	struct control_rig *rig = *state;

	rig->fails = -1;
	control_rig_open(rig);
	control_rig_run_ms(rig, HOUR_MS);
	assert_in_range(control_rig_pages(rig), 10, HOUR_CALLS_MAX);
	control_rig_shows(rig, "nothing loaded");
	control_rig_shows(rig, "r now");
}

static void
an_hour_of_a_refusal_costs_few_calls(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->fail_status = 0;
	rig->fail_code = 10007; /* not repeated: one call a refresh */
	rig->fails = -1;
	control_rig_run_ms(rig, HOUR_MS);
	assert_in_range(control_rig_pages(rig), 5, HOUR_CALLS_MAX / 2);
}

/* Each further call with it would lock out everybody. */
static void
a_refused_signature_is_not_tried_by_the_interval(void **state)
{
	static const int codes[] = { 70050, 70003 };
	struct control_rig *rig = *state;
	size_t i, pages;

	control_rig_open(rig);
	rig->fail_status = 0;
	for (i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		rig->fail_code = codes[i];
		rig->fails = -1;
		control_rig_run_ms(rig, 12 * 1000);
		control_rig_shows(rig, "STALE");
		control_rig_hides(rig, "read again in");
		pages = control_rig_pages(rig);
		control_rig_run_ms(rig, HOUR_MS);
		assert_int_equal(control_rig_pages(rig), pages);
		rig->fails = 0;
		control_rig_press(rig, "r");
		control_rig_run_ms(rig, 500);
		control_rig_hides(rig, "STALE");
	}
	pages = control_rig_pages(rig);
	control_rig_run_ms(rig, 60 * 1000);
	assert_in_range(control_rig_pages(rig) - pages, 5, 6);
}

static void
nor_is_it_where_the_list_is_empty(void **state)
{
	struct control_rig *rig = *state;

	rig->fail_status = 0;
	rig->fail_code = 70050;
	rig->fails = -1;
	control_rig_open(rig);
	control_rig_run_ms(rig, HOUR_MS);
	assert_int_equal(control_rig_pages(rig), 1);
	rig->fails = 0;
	control_rig_press(rig, "R");
	control_rig_run_ms(rig, 60 * 1000);
	control_rig_shows(rig, "100 loaded, more");
	assert_in_range(control_rig_pages(rig), 6, 8);
}

static void
an_hour_of_lists_that_break_off_costs_few_calls(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->nonext = true;
	control_rig_run_ms(rig, HOUR_MS);
	assert_in_range(control_rig_pages(rig), 5, HOUR_CALLS_MAX / 2);
}

/* A deadline that has passed and is not met would be asked about for ever. */
static void
a_failed_refresh_leaves_the_program_asleep(void **state)
{
	struct control_rig *rig = *state;
	size_t turns;

	control_rig_open(rig);
	rig->fails = -1;
	control_rig_run_ms(rig, HOUR_MS / 2);
	turns = rig->turns;
	control_rig_run_ms(rig, 60 * 1000);
	/* The countdown ticks, each second, and nothing else does. */
	assert_in_range(rig->turns - turns, 50, 150);
}

static void
a_refresh_longer_than_the_interval_is_waited_for(void **state)
{
	struct control_rig *rig = *state;
	size_t turns;

	control_rig_open(rig);
	rig->delay_ms = 60 * 1000;
	control_rig_run_ms(rig, 10 * 1000);
	assert_int_equal(control_rig_pages(rig), 2);
	turns = rig->turns;
	control_rig_run_ms(rig, 45 * 1000);
	assert_int_equal(control_rig_pages(rig), 2);
	assert_true(rig->turns - turns < 30);
}

static void
what_comes_next_is_said_and_counts_down(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->fail_status = 0;
	rig->fail_code = 10007;
	rig->fails = -1;
	control_rig_run_ms(rig, 10 * 1000);
	control_rig_shows(rig, "read again in 0:1");
	control_rig_run_ms(rig, 8 * 1000);
	control_rig_shows(rig, "read again in 0:1");
	control_rig_run_ms(rig, 5 * 1000);
	control_rig_shows(rig, "read again in 0:0");
	control_rig_run_ms(rig, 10 * 1000);
	control_rig_shows(rig, "read again in 0:3");
	assert_int_equal(control_rig_pages(rig), 3);
}

static void
r_does_not_wait(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->fails = -1;
	control_rig_run_ms(rig, HOUR_MS / 4);
	rig->fails = 0;
	control_rig_press(rig, "r");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "100 loaded, more");
	control_rig_hides(rig, "STALE");
}

static void
after_a_success_the_interval_is_as_asked_for(void **state)
{
	struct control_rig *rig = *state;
	size_t pages;

	control_rig_open(rig);
	rig->fails = -1;
	control_rig_run_ms(rig, HOUR_MS / 4);
	rig->fails = 0;
	control_rig_press(rig, "r");
	control_rig_run_ms(rig, 500);
	pages = control_rig_pages(rig);
	control_rig_run_ms(rig, 60 * 1000);
	assert_in_range(control_rig_pages(rig) - pages, 5, 6);
}

static void
a_service_that_comes_back_is_seen_by_itself(void **state)
{
	/* What runs by then has its attempts, and a refresh takes its time. */
	enum { LAST_S = REFRESH_PLAN_WAIT_MAX_S + 60 };
	struct control_rig *rig = *state;
	int s;

	control_rig_open(rig);
	rig->fails = -1;
	control_rig_run_ms(rig, HOUR_MS / 4);
	rig->fails = 0;
	rig->come = 1;
	for (s = 0; s < LAST_S; s++) {
		control_rig_run_ms(rig, 1000);
		if (strstr(control_rig_screen(rig), "g1-new0") != NULL)
			break;
	}
	control_rig_shows(rig, "g1-new0");
	control_rig_hides(rig, "STALE");
}

static void
in_a_pause_nothing_is_promised(void **state)
{
	struct control_rig *rig = *state;
	size_t pages;

	control_rig_open(rig);
	rig->fails = -1;
	control_rig_run_ms(rig, 60 * 1000);
	control_rig_press(rig, "p");
	pages = control_rig_pages(rig);
	control_rig_hides(rig, "read again in");
	control_rig_run_ms(rig, HOUR_MS);
	assert_int_equal(control_rig_pages(rig), pages);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, control_rig_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_hour_of_503_costs_few_calls),
		TEST(an_hour_of_503_from_the_start_costs_few_calls_too),
		TEST(an_hour_of_a_refusal_costs_few_calls),
		TEST(a_refused_signature_is_not_tried_by_the_interval),
		TEST(nor_is_it_where_the_list_is_empty),
		TEST(an_hour_of_lists_that_break_off_costs_few_calls),
		TEST(a_failed_refresh_leaves_the_program_asleep),
		TEST(a_refresh_longer_than_the_interval_is_waited_for),
		TEST(what_comes_next_is_said_and_counts_down),
		TEST(r_does_not_wait),
		TEST(after_a_success_the_interval_is_as_asked_for),
		TEST(a_service_that_comes_back_is_seen_by_itself),
		TEST(in_a_pause_nothing_is_promised),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
