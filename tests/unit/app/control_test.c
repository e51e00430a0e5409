/*
 * The controller and the network: what is asked for and when, what a failure
 * leaves, and that nothing of a group that was left ever comes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "control_rig.h"
#include "view_rig.h"

/* -- page by page ---------------------------------------------------------- */

static void
one_page_is_asked_for_and_then_it_rests(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_shows(rig, "100 loaded, more");
	control_rig_cursor(rig, "g1-000");
	control_rig_run_ms(rig, 3600 * 1000);
	assert_int_equal(control_rig_pages(rig), 1);
	control_rig_shows(rig, "100 loaded, more");
}

static void
the_first_frame_says_all_that_needs_no_network(void **state)
{
	struct control_rig *rig = *state;

	control_rig_begin(rig);
	control_rig_shows(rig, "g1");
	control_rig_shows(rig, "ACCOUNT");
	control_rig_shows(rig, "loading page 1");
	assert_int_equal(scripted_count(rig->scripted), 0);
}

static void
the_next_page_is_asked_for_within_a_screen_of_the_end(void **state)
{
	struct control_rig *rig = *state;
	int row;

	control_rig_open(rig);
	for (row = 0; row < 81; row++)
		control_rig_press(rig, "j");
	control_rig_cursor(rig, "g1-081");
	assert_int_equal(control_rig_pages(rig), 1);
	control_rig_press(rig, "j"); /* 18 rows are in sight: 82 to 99 */
	assert_int_equal(control_rig_pages(rig), 2);
	assert_int_equal(control_rig_offset(rig, 1), 100);
	control_rig_press(rig, "j j j");
	assert_int_equal(control_rig_pages(rig), 2); /* one at a time */
	control_rig_run_ms(rig, 1000);
	control_rig_shows(rig, "200 loaded, more");
	assert_int_equal(control_rig_pages(rig), 2);
}

static void
complete_is_what_the_service_has_ended(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "G");
	control_rig_hides(rig, "complete");
	control_rig_run_ms(rig, 500);
	control_rig_press(rig, "G");
	control_rig_hides(rig, "complete");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "250 loaded, complete");
	control_rig_press(rig, "G G A");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "end of list: 250 rows");
	assert_int_equal(control_rig_pages(rig), 3);
}

static void
an_order_or_a_filter_loads_nothing_by_itself(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "X G");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "PARTIAL");
	control_rig_shows(rig, "part of the list: A loads the rest");
	assert_int_equal(control_rig_pages(rig), 1);
	control_rig_press(rig, "g < < <"); /* away from the end */
	control_rig_hides(rig, "PARTIAL");
	control_rig_press(rig, "&");
	control_rig_type(rig, "g1-00");
	control_rig_press(rig, "Enter G");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "10 of 100 loaded, more");
	control_rig_shows(rig, "PARTIAL");
	assert_int_equal(control_rig_pages(rig), 1);
	control_rig_press(rig, "A");
	control_rig_run_ms(rig, 1000);
	control_rig_shows(rig, "10 of 250 loaded, complete");
	control_rig_hides(rig, "PARTIAL");
}

static void
no_motion_but_the_end_at_the_end_loads_all(void **state)
{
	struct control_rig *rig = *state;

	rig->settings->sort = BAN_COLUMN_ACCOUNT;
	control_rig_open(rig);
	control_rig_press(rig, "G j j PgDn C-f C-d L Down");
	control_rig_run_ms(rig, 500);
	assert_int_equal(control_rig_pages(rig), 1);
	control_rig_press(rig, "End");
	control_rig_run_ms(rig, 1000);
	control_rig_shows(rig, "250 loaded, complete");
}

static void
a_stop_keeps_what_is_loaded(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->delay_ms = SCRIPTED_NEVER_MS;
	control_rig_press(rig, "G");
	control_rig_shows(rig, "loading page 2");
	control_rig_press(rig, "Esc");
	control_rig_shows(rig, "100 loaded, stopped");
	assert_int_equal(scripted_cancelled(rig->scripted), 1);
	assert_int_equal(scripted_in_flight(rig->scripted), 0);
	control_rig_press(rig, "g G");
	assert_int_equal(control_rig_pages(rig), 2);
	rig->delay_ms = 100;
	control_rig_press(rig, "r");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "200 loaded, more");
}

/* -- failures -------------------------------------------------------------- */

static void
a_failed_page_is_tried_three_times_and_waits_for_r(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->fail_code = 60007;
	rig->fails = -1;
	control_rig_press(rig, "G");
	control_rig_run_ms(rig, 150);
	control_rig_shows(rig, "next try in 1 s (2 of 3), r now, Esc stop");
	control_rig_shows(rig, "next page failed (E60007): tried again soon");
	control_rig_run_ms(rig, 10000);
	control_rig_shows(rig, "100 loaded, failed");
	control_rig_shows(rig, "next page failed (E60007): r tries again");
	control_rig_shows(rig, "e: all 3");
	assert_int_equal(control_rig_pages(rig), 4);
	control_rig_press(rig, "k j g"); /* nothing but r goes on */
	control_rig_run_ms(rig, 60000);
	assert_int_equal(control_rig_pages(rig), 4);
	rig->fails = 0;
	control_rig_press(rig, "r");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "200 loaded, more");
}

static void
a_refusal_that_is_not_repeated_fails_at_once(void **state)
{
	struct control_rig *rig = *state;

	rig->fail_code = 10007;
	rig->fails = 1;
	control_rig_open(rig);
	control_rig_shows(rig, "nothing loaded");
	control_rig_shows(rig, "E10007 not permitted");
	assert_int_equal(control_rig_pages(rig), 1);
	control_rig_press(rig, "e");
	control_rig_shows(rig, "E10007");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "GROUP_PERMISSION_DENY");
	control_rig_press(rig, "q q");
	control_rig_hides(rig, "e: card"); /* it was looked at */
	control_rig_press(rig, "r");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "100 loaded, more");
}

static void
what_breaks_a_list_off_is_an_error_each_time(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->nonext = true;
	control_rig_press(rig, "G");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "200 loaded, broken off");
	control_rig_shows(rig, "NextOffset is absent from the reply");
	assert_int_equal(rig->context.errors.total, 1);
	control_rig_run_ms(rig, 5000);
	assert_int_equal(rig->context.errors.total, 1);
	control_rig_press(rig, "r");
	control_rig_run_ms(rig, 500);
	assert_int_equal(rig->context.errors.total, 2);
	assert_int_equal(rig->context.errors.count, 1);
	control_rig_hides(rig, "complete");
}

static void
more_rows_than_the_limit_are_cut_and_said(void **state)
{
	struct control_rig *rig = *state;

	rig->settings->max_rows = 150;
	control_rig_open(rig);
	control_rig_press(rig, "A");
	control_rig_run_ms(rig, 1000);
	control_rig_shows(rig, "150 loaded, cut");
	control_rig_press(rig, "A");
	control_rig_shows(rig, "no room for more rows: see --max-rows");
	control_rig_hides(rig, "complete");
	assert_int_equal(rig->context.errors.total, 1);
}

/* -- generations ----------------------------------------------------------- */

static void
a_late_answer_of_a_group_that_was_left_never_lands(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->delay_ms = 2000;
	control_rig_press(rig, "G");
	control_rig_run_ms(rig, 500); /* page 2 of g1 is on its way */
	assert_int_equal(scripted_in_flight(rig->scripted), 1);
	control_rig_press(rig, "q i");
	control_rig_type(rig, "g2");
	rig->delay_ms = 100;
	control_rig_press(rig, "Enter");
	control_rig_run_ms(rig, 5000);
	control_rig_shows(rig, "g2-000");
	control_rig_shows(rig, "100 loaded, more");
	control_rig_hides(rig, "g1-");
	assert_int_equal(scripted_cancelled(rig->scripted), 1);
	assert_int_equal(control_rig_pages(rig), 3);
}

static void
a_nickname_that_comes_too_late_is_nobodys(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->delay_ms = 2000;
	control_rig_press(rig, "d n");
	control_rig_shows(rig, "nickname   loading");
	control_rig_press(rig, "q q");
	assert_int_equal(scripted_cancelled(rig->scripted), 1);
	control_rig_press(rig, "Enter d");
	control_rig_run_ms(rig, 5000);
	control_rig_shows(rig, "nickname   n fetches it");
}

static void
another_region_forgets_the_one_before(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->delay_ms = 2000;
	control_rig_press(rig, "G");
	control_rig_run_ms(rig, 100);
	control_rig_press(rig, "q q");
	control_rig_cursor(rig, "sgp"); /* where it was */
	control_rig_press(rig, "j Enter");
	control_rig_run_ms(rig, 5000);
	control_rig_shows(rig, "choose a group");
	control_rig_hides(rig, "g1");
	assert_int_equal(scripted_in_flight(rig->scripted), 0);
	assert_non_null(strstr(rig->context.region->key, "kr"));
}

/* -- refresh --------------------------------------------------------------- */

static void
a_refresh_stands_beside_the_old_list(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "A");
	control_rig_run_ms(rig, 1000);
	control_rig_shows(rig, "250 loaded, complete");
	control_rig_press(rig, "g j j Space");
	rig->come = 3;
	rig->delay_ms = 1000;
	control_rig_press(rig, "R");
	control_rig_run_ms(rig, 2500); /* two pages of three */
	control_rig_shows(rig, "STALE");
	control_rig_shows(rig, "250 loaded, complete");
	control_rig_shows(rig, "refreshing: page 3");
	control_rig_hides(rig, "g1-new0");
	control_rig_run_ms(rig, 2000);
	control_rig_shows(rig, "253 loaded, complete");
	control_rig_hides(rig, "STALE");
	control_rig_shows(rig, "g1-new0");
	control_rig_cursor(rig, "g1-003"); /* with its account */
	control_rig_shows(rig, "1 marked");
	control_rig_shows(rig, " *g1-002");
	assert_int_equal(control_rig_pages(rig), 6);
}

static void
a_refresh_of_a_part_reads_as_much(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "R");
	control_rig_run_ms(rig, 1000);
	control_rig_shows(rig, "100 loaded, more");
	control_rig_hides(rig, "STALE");
	assert_int_equal(control_rig_pages(rig), 2);
}

static void
a_refresh_that_fails_leaves_the_old_list_stale(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->fail_code = 10007;
	rig->fails = 1;
	control_rig_press(rig, "R");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "STALE");
	control_rig_shows(rig, "E10007");
	control_rig_shows(rig, "g1-000");
	control_rig_shows(rig, "100 loaded");
	control_rig_press(rig, "r");
	control_rig_run_ms(rig, 500);
	control_rig_hides(rig, "STALE");
}

static void
a_cut_list_can_be_refreshed(void **state)
{
	struct control_rig *rig = *state;

	rig->settings->max_rows = 150;
	control_rig_open(rig);
	control_rig_press(rig, "A");
	control_rig_run_ms(rig, 1000);
	control_rig_press(rig, "R");
	control_rig_run_ms(rig, 1000);
	control_rig_shows(rig, "150 loaded, cut");
	control_rig_hides(rig, "STALE");
}

static void
an_interval_refreshes_by_itself_but_not_in_a_pause(void **state)
{
	struct control_rig *rig = *state;

	rig->settings->interval_s = 10;
	control_rig_open(rig);
	control_rig_run_ms(rig, 8000);
	assert_int_equal(control_rig_pages(rig), 1);
	control_rig_run_ms(rig, 2000);
	assert_int_equal(control_rig_pages(rig), 2);
	control_rig_press(rig, "p");
	control_rig_shows(rig, "PAUSED");
	control_rig_run_ms(rig, 60000);
	assert_int_equal(control_rig_pages(rig), 2);
	control_rig_press(rig, "p");
	control_rig_hides(rig, "PAUSED");
	control_rig_run_ms(rig, 10500);
	assert_int_equal(control_rig_pages(rig), 3);
}

static void
a_pause_stops_what_runs_and_goes_on_with_it(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "G p");
	assert_int_equal(scripted_cancelled(rig->scripted), 1);
	control_rig_run_ms(rig, 5000);
	control_rig_shows(rig, "PAUSED");
	control_rig_press(rig, "A R");
	control_rig_run_ms(rig, 5000);
	assert_int_equal(control_rig_pages(rig), 2);
	control_rig_press(rig, "p");
	control_rig_run_ms(rig, 500);
	control_rig_shows(rig, "200 loaded, more");
}

static void
what_slept_is_stale_and_read_once(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	fake_clock_jump_wall_ms(&rig->clock, 7200 * 1000);
	control_wake(rig->control);
	control_rig_turn(rig);
	control_rig_shows(rig, "STALE");
	control_rig_run_ms(rig, 60000);
	control_rig_hides(rig, "STALE");
	assert_int_equal(control_rig_pages(rig), 2);
}

#define TEST(name)                                                \
	cmocka_unit_test_setup_teardown(name, control_rig_set_up, \
	    control_rig_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_page_is_asked_for_and_then_it_rests),
		TEST(the_first_frame_says_all_that_needs_no_network),
		TEST(the_next_page_is_asked_for_within_a_screen_of_the_end),
		TEST(complete_is_what_the_service_has_ended),
		TEST(an_order_or_a_filter_loads_nothing_by_itself),
		TEST(no_motion_but_the_end_at_the_end_loads_all),
		TEST(a_stop_keeps_what_is_loaded),
		TEST(a_failed_page_is_tried_three_times_and_waits_for_r),
		TEST(a_refusal_that_is_not_repeated_fails_at_once),
		TEST(what_breaks_a_list_off_is_an_error_each_time),
		TEST(more_rows_than_the_limit_are_cut_and_said),
		TEST(a_late_answer_of_a_group_that_was_left_never_lands),
		TEST(a_nickname_that_comes_too_late_is_nobodys),
		TEST(another_region_forgets_the_one_before),
		TEST(a_refresh_stands_beside_the_old_list),
		TEST(a_refresh_of_a_part_reads_as_much),
		TEST(a_refresh_that_fails_leaves_the_old_list_stale),
		TEST(a_cut_list_can_be_refreshed),
		TEST(an_interval_refreshes_by_itself_but_not_in_a_pause),
		TEST(a_pause_stops_what_runs_and_goes_on_with_it),
		TEST(what_slept_is_stale_and_read_once),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
