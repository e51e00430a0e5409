/*
 * The controller over more rows than can be put in order in one turn: what is
 * shown meanwhile, that keys are answered, and that nothing typed ahead is
 * meant for rows that are no longer asked for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "control_rig.h"

/* An order by the end takes several turns over so many. */
enum { MANY = 90000 };

static int
set_up(void **state)
{
	if (control_rig_set_up(state) != 0)
		return -1;
	control_rig_hold_many(*state, MANY);
	return 0;
}

static void
load_all(struct control_rig *rig)
{
	control_rig_press(rig, "A");
	control_rig_run_ms(rig, 20000);
	control_rig_shows(rig, "90,000 loaded, complete");
}

/* @return turns until the rows are arranged. */
static int
arrange(struct control_rig *rig)
{
	int turns = 0;

	while (strstr(control_rig_screen(rig), "arranging") != NULL) {
		assert_int_equal(control_timeout_ms(rig->control), 0);
		control_rig_turn(rig);
		turns++;
	}
	return turns;
}

static void
an_order_over_many_rows_is_made_between_keys(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	load_all(rig);
	control_rig_cursor(rig, "g1-000");
	control_rig_press(rig, "X");
	control_rig_shows(rig, "arranging 90,000 rows");
	control_rig_shows(rig, "UNTIL ^");
	assert_int_equal(control_timeout_ms(rig->control), 0);
	/* The rows are those before, and the cursor moves in them. */
	control_rig_press(rig, "j");
	control_rig_cursor(rig, "g1-001");
	assert_in_range(arrange(rig), 0, 100);
	/* What was the list's second row is the last but one now. */
	control_rig_cursor(rig, "g1-001");
	control_rig_press(rig, "j");
	control_rig_cursor(rig, "g1-000");
	control_rig_shows(rig, "end of list: 90,000 rows");
	control_rig_press(rig, "g");
	control_rig_cursor(rig, "g1-89999");
	/* Nothing is left to do. */
	assert_true(control_timeout_ms(rig->control) != 0);
}

static void
a_filter_over_many_rows_claims_nothing_meanwhile(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	load_all(rig);
	control_rig_press(rig, "&");
	control_rig_type(rig, "re:77{3}$");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "arranging 90,000 rows");
	control_rig_shows(rig, " 90,000 loaded");
	control_rig_hides(rig, " of 90,000");
	assert_in_range(arrange(rig), 1, 1000);
	control_rig_shows(rig, "9 of 90,000 loaded, complete");
	/* Another one while this is shown: "nothing matches" is not known. */
	control_rig_press(rig, "&");
	control_rig_type(rig, "x");
	control_rig_press(rig, "Enter");
	arrange(rig);
	control_rig_shows(rig, "no row matches");
	control_rig_press(rig, "&");
	control_rig_press(rig, "C-u");
	control_rig_type(rig, "re:77{3}$");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "arranging the rows");
	control_rig_hides(rig, "no row matches");
	arrange(rig);
	control_rig_shows(rig, "9 of 90,000 loaded, complete");
}

static void
what_is_typed_behind_it_waits_for_the_rows(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	load_all(rig);
	/* What is typed behind what waits does too. */
	control_rig_press_at_once(rig, "X g j");
	control_rig_turn(rig);
	control_rig_shows(rig, "arranging");
	control_rig_cursor(rig, "g1-000");
	arrange(rig);
	control_rig_cursor(rig, "g1-89998");
	control_rig_press(rig, "&");
	control_rig_type(rig, "re:77{3}$");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "arranging");
	control_rig_press(rig, "a");
	control_rig_hides(rig, "marked");
	arrange(rig);
	control_rig_shows(rig, "9 marked");
}

static void
escape_forgets_what_waits_behind_an_order(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	load_all(rig);
	control_rig_press_at_once(rig, "X g Esc");
	control_rig_turn(rig);
	control_rig_shows(rig, "stopped");
	arrange(rig);
	control_rig_run_ms(rig, 6000);
	control_rig_cursor(rig, "g1-000");
}

static void
escape_takes_a_filter_back_before_it_is_ready(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	load_all(rig);
	control_rig_press(rig, "&");
	control_rig_type(rig, "re:77{3}$");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "arranging");
	control_rig_press(rig, "Esc");
	control_rig_hides(rig, "arranging");
	control_rig_shows(rig, "90,000 loaded, complete");
	control_rig_hides(rig, " of 90,000");
}

static void
a_refresh_is_put_in_order_before_it_takes_over(void **state)
{
	struct control_rig *rig = *state;
	int turns = 0;

	control_rig_open(rig);
	load_all(rig);
	control_rig_press(rig, "X g");
	rig->come = 1;
	control_rig_press(rig, "R");
	while (strstr(control_rig_screen(rig), "STALE") != NULL &&
	    turns++ < 100000) {
		/* Never a moment without rows. */
		control_rig_shows(rig, "g1-89990");
		control_rig_hides(rig, "arranging");
		control_rig_run_ms(rig, 1);
	}
	control_rig_shows(rig, "90,001 loaded, complete");
	control_rig_cursor(rig, "g1-89999");
}

static void
changes_are_found_between_keys(void **state)
{
	struct control_rig *rig = *state;
	int turns = 0;

	control_rig_open(rig);
	load_all(rig);
	rig->come = 2;
	rig->until_s += 2;
	control_rig_press(rig, "R");
	control_rig_run_ms(rig, 20000);
	control_rig_shows(rig, "90,002 loaded, complete");
	control_rig_press(rig, "D");
	control_rig_shows(rig, "comparing the two loads");
	control_rig_press(rig, "j");
	while (strstr(control_rig_screen(rig), "comparing") != NULL) {
		assert_int_equal(control_timeout_ms(rig->control), 0);
		control_rig_turn(rig);
		turns++;
	}
	assert_in_range(turns, 1, 1000);
	control_rig_shows(rig, "2 new, 0 ended, 0 lifted, 0 moved");
	assert_true(control_timeout_ms(rig->control) != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    an_order_over_many_rows_is_made_between_keys, set_up,
		    control_rig_tear_down),
		cmocka_unit_test_setup_teardown(
		    a_filter_over_many_rows_claims_nothing_meanwhile, set_up,
		    control_rig_tear_down),
		cmocka_unit_test_setup_teardown(
		    what_is_typed_behind_it_waits_for_the_rows, set_up,
		    control_rig_tear_down),
		cmocka_unit_test_setup_teardown(
		    escape_forgets_what_waits_behind_an_order, set_up,
		    control_rig_tear_down),
		cmocka_unit_test_setup_teardown(
		    escape_takes_a_filter_back_before_it_is_ready, set_up,
		    control_rig_tear_down),
		cmocka_unit_test_setup_teardown(
		    a_refresh_is_put_in_order_before_it_takes_over, set_up,
		    control_rig_tear_down),
		cmocka_unit_test_setup_teardown(changes_are_found_between_keys,
		    set_up, control_rig_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
