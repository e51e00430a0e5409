/*
 * How long the program may sleep: never beyond a text that changes, and no
 * shorter than it must. The clock is turned to just before the deadline, where
 * the screen must still be the same, and then to it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "control_rig.h"
#include "view_rig.h"

static const int64_t DAY_S = 86400;

enum { SCREEN_MAX = 8192 };

static int
set_up(void **state)
{
	struct control_rig *rig;

	if (control_rig_set_up(state) != 0)
		return -1;
	rig = *state;
	rig->rows = 3;
	return 0;
}

/* The screen but for its first line, whose rate may be a second old. */
static const char *
below_first(struct control_rig *rig)
{
	return strchr(control_rig_screen(rig), '\n');
}

/* Turns the clock to just before the deadline, and then to it.
 * @return how long that was; -1: for ever. */
static int64_t
sleep_once(struct control_rig *rig, const char *what)
{
	int64_t now_ms = clock_mono_ms(&rig->clock.clock);
	int64_t due_ms = scripted_deadline_ms(rig->scripted);
	int64_t wait_ms = control_timeout_ms(rig->control);
	char before[SCREEN_MAX];

	if (due_ms != INT64_MAX && (wait_ms < 0 || due_ms - now_ms < wait_ms))
		wait_ms = due_ms - now_ms; /* an answer comes before */
	if (wait_ms <= 0)
		return wait_ms;
	(void)snprintf(before, sizeof before, "%s", below_first(rig));
	fake_clock_advance_ms(&rig->clock, wait_ms - 1);
	control_rig_turn(rig);
	if (strcmp(before, below_first(rig)) != 0)
		fail_msg("%s: a text changed before the deadline: from%s to%s",
		    what, before, below_first(rig));
	fake_clock_advance_ms(&rig->clock, 1);
	control_rig_turn(rig);
	return wait_ms;
}

/* -- countdowns ------------------------------------------------------------ */

struct length_case {
	int64_t left_s;      /* of the first row, when the clock begins */
	int64_t step_s;      /* the next rows end later by so much */
	const char *keys;    /* pressed first */
	int64_t at_least_ms; /* the sleep when nothing but time passes */
};

static const struct length_case lengths[] = {
	/* 12d 04h, and an hour less two seconds until it shows 12d 03h; two
	 * seconds are over when the first page is in and the rate is gone. */
	{ 12 * 86400 + 4 * 3600 + 3599, 0, "", 3500 * 1000 },
	{ 12 * 86400 + 4 * 3600 + 3599, 0, "t", 0 },
	{ 12 * 86400 + 4 * 3600 + 3599, 0, "t t", 86400 * 1000 },
	{ 5 * 3600 + 59, 0, "", 50 * 1000 },
	{ 3599, 0, "", 0 },
	{ 3605, 0, "", 0 },
	{ 3605, 0, "t t", 0 },
	{ 61, 7, "", 0 },
	{ -5, 0, "", 0 },
	{ -65, 0, "", 40 * 1000 },
	{ -3 * 3600 - 5, 0, "", 3000 * 1000 },
	{ -3 * 86400 - 5, 0, "", 86000 * 1000 },
	{ 2 * 86400 + 1, 86400, "", 0 },
	{ (int64_t)50 * 365 * 86400 + 3600, 0, "", 3500 * 1000 },
	{ (int64_t)50 * 365 * 86400 + 7, 0, "s", 0 },
};

static void
open_case(struct control_rig *rig, const struct length_case *length)
{
	rig->until_s = CONTROL_RIG_WALL_S + length->left_s;
	rig->step_s = length->step_s;
	/* A clock that shows whole seconds is an accident. */
	fake_clock_jump_wall_ms(&rig->clock, 370);
	control_rig_open(rig);
	control_rig_press(rig, length->keys);
}

static void
no_text_changes_before_the_deadline(void **state)
{
	char what[64];
	size_t i;
	int times;

	(void)state;
	for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		struct control_rig rig;

		control_rig_init(&rig);
		rig.rows = 3;
		open_case(&rig, &lengths[i]);
		(void)snprintf(what, sizeof what, "case %zu", i);
		for (times = 0; times < 300; times++)
			if (sleep_once(&rig, what) < 0)
				break;
		assert_int_equal(control_rig_pages(&rig), 1);
		control_rig_release(&rig);
	}
}

static void
the_sleep_is_as_long_as_it_can_be(void **state)
{
	int64_t wait_ms, most_ms;
	size_t i;
	int times;

	(void)state;
	for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		struct control_rig rig;

		control_rig_init(&rig);
		rig.rows = 3;
		open_case(&rig, &lengths[i]);
		most_ms = 0;
		for (times = 0; times < 3; times++) {
			wait_ms = sleep_once(&rig, "sleeping");
			if (wait_ms > most_ms || wait_ms < 0)
				most_ms = wait_ms < 0 ? INT64_MAX : wait_ms;
		}
		if (most_ms < lengths[i].at_least_ms)
			fail_msg("case %zu sleeps %lld ms", i,
			    (long long)most_ms);
		control_rig_release(&rig);
	}
}

static void
a_second_that_ticks_is_shown_at_its_second(void **state)
{
	struct control_rig *rig = *state;
	int64_t wait_ms;
	int i;

	rig->until_s = CONTROL_RIG_WALL_S + 3000;
	fake_clock_jump_wall_ms(&rig->clock, 250);
	control_rig_open(rig);
	(void)sleep_once(rig, "to a second");
	for (i = 0; i < 30; i++) {
		wait_ms = sleep_once(rig, "ticking");
		assert_in_range(wait_ms, 1, 1000);
	}
	assert_int_equal(clock_wall_ms(&rig->clock.clock) % 1000, 0);
}

static void
permanent_bans_sleep_for_ever(void **state)
{
	struct control_rig *rig = *state;

	rig->until_s = CONTROL_RIG_WALL_S + 100 * 365 * DAY_S;
	control_rig_open(rig);
	/* In 50 years they will show what is left. */
	assert_true(control_timeout_ms(rig->control) > 365 * DAY_S * 1000);
	control_rig_press(rig, "q");
	assert_int_equal(control_timeout_ms(rig->control), -1);
	control_rig_press(rig, "?");
	assert_int_equal(control_timeout_ms(rig->control), -1);
}

static void
for_a_reader_nothing_ticks(void **state)
{
	struct control_rig *rig = *state;

	rig->settings->reader = true;
	rig->until_s = CONTROL_RIG_WALL_S + 100;
	control_rig_open(rig);
	assert_int_equal(control_timeout_ms(rig->control), -1);
	control_rig_press(rig, "d");
	assert_int_equal(control_timeout_ms(rig->control), -1);
}

static void
details_tick_though_the_table_does_not(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	assert_true(control_timeout_ms(rig->control) > 60 * 1000);
	control_rig_press(rig, "d");
	control_rig_shows(rig, "remaining  12d 00h 29m 59s");
	assert_in_range(control_timeout_ms(rig->control), 1, 1000);
	(void)sleep_once(rig, "details");
	control_rig_shows(rig, "remaining  12d 00h 29m 58s");
}

/* -- what else passes ------------------------------------------------------ */

static void
a_timed_filter_lets_rows_go_when_their_time_comes(void **state)
{
	struct control_rig *rig = *state;

	rig->until_s = CONTROL_RIG_WALL_S + 2 * 3600 + 30;
	rig->step_s = 10;
	control_rig_open(rig);
	control_rig_press(rig, "&");
	control_rig_type(rig, "left>2h");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "3 of 3 loaded");
	control_rig_run_ms(rig, 35000);
	control_rig_shows(rig, "2 of 3 loaded");
	control_rig_run_ms(rig, 20000);
	control_rig_shows(rig, "no row matches left>2h");
}

static void
a_notice_is_over_after_its_time(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "r");
	control_rig_shows(rig, "no failed page to try again");
	assert_int_equal(control_timeout_ms(rig->control), UI_NOTICE_MS);
	(void)sleep_once(rig, "a notice");
	control_rig_hides(rig, "no failed page to try again");
}

static void
the_countdown_to_the_next_try_runs(void **state)
{
	struct control_rig *rig = *state;
	int i;

	rig->rows = 250;
	control_rig_open(rig);
	rig->fail_code = 60007;
	rig->fails = 2;
	control_rig_press(rig, "G");
	control_rig_run_ms(rig, 100);
	for (i = 0; i < 20; i++)
		(void)sleep_once(rig, "waiting");
	control_rig_shows(rig, "200 loaded, more");
}

static void
the_countdown_of_a_refresh_runs_too(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	rig->fail_code = 60007;
	rig->fails = 2;
	control_rig_press(rig, "R");
	control_rig_run_ms(rig, 1300); /* the second try has failed */
	control_rig_shows(rig, " s (3 of 3), r now");
	assert_in_range(control_timeout_ms(rig->control), 1, 1000);
	control_rig_run_ms(rig, 2500);
	control_rig_shows(rig, "3 loaded, complete");
	control_rig_hides(rig, "STALE");
}

static void
the_rate_leaves_the_header_after_a_second(void **state)
{
	struct control_rig *rig = *state;

	rig->delay_ms = 10;
	control_rig_open(rig);
	control_rig_press(rig, "R");
	control_rig_run_ms(rig, 100);
	control_rig_shows(rig, "1 of 10/s");
	control_rig_run_ms(rig, 1900);
	control_rig_hides(rig, "of 10/s");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, control_rig_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_text_changes_before_the_deadline),
		cmocka_unit_test(the_sleep_is_as_long_as_it_can_be),
		TEST(a_second_that_ticks_is_shown_at_its_second),
		TEST(permanent_bans_sleep_for_ever),
		TEST(for_a_reader_nothing_ticks),
		TEST(details_tick_though_the_table_does_not),
		TEST(a_timed_filter_lets_rows_go_when_their_time_comes),
		TEST(a_notice_is_over_after_its_time),
		TEST(the_countdown_to_the_next_try_runs),
		TEST(the_countdown_of_a_refresh_runs_too),
		TEST(the_rate_leaves_the_header_after_a_second),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
