/*
 * The controller and the keys: prompts, questions, pastes, the stack of
 * screens, and what the terminal is asked to do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "control_rig.h"
#include "view_rig.h"

static int
set_up(void **state)
{
	struct control_rig *rig;

	if (control_rig_set_up(state) != 0)
		return -1;
	rig = *state;
	rig->rows = 30;
	return 0;
}

/* -- questions ------------------------------------------------------------- */

static void
open_question(struct control_rig *rig)
{
	control_rig_press(rig, "x");
	control_rig_shows(rig, "forget g1?");
}

static void
a_question_takes_anything_but_yes_for_no(void **state)
{
	static const char *const keys[] = { "Enter", "Esc", "n", "Space", "q",
		"Q", "C-y", "x", "Down" };
	struct control_rig *rig = *state;
	size_t i;

	control_rig_open(rig);
	control_rig_press(rig, "q");
	control_rig_cursor(rig, "g1");
	for (i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		open_question(rig);
		assert_int_equal(control_rig_press(rig, keys[i]),
		    CONTROL_NOTHING);
		control_rig_hides(rig, "forget g1?");
		control_rig_cursor(rig, "g1");
	}
	open_question(rig);
	control_rig_press(rig, "y");
	control_rig_shows(rig, "no group was opened here yet");
}

static void
a_question_forgets_what_was_typed_ahead(void **state)
{
	const struct keys_event event = { .kind = KEYS_KEY,
		.key = { .code = 'x' } };
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "q");
	assert_false(rig->context.flush_input);
	(void)control_event(rig->control, &event);
	assert_true(rig->context.flush_input);
}

static void
a_paste_answers_no_question_and_presses_no_key(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_paste(rig, "Q");
	assert_int_equal(rig->requested, CONTROL_NOTHING);
	control_rig_paste(rig, "jjj");
	control_rig_cursor(rig, "g1-000");
	control_rig_press(rig, "q");
	open_question(rig);
	control_rig_paste(rig, "y");
	control_rig_shows(rig, "forget g1?");
	control_rig_press(rig, "n");
	control_rig_cursor(rig, "g1");
}

/* -- prompts --------------------------------------------------------------- */

static void
keys_in_a_prompt_are_text(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "/");
	control_rig_type(rig, "qQ?:jGA");
	control_rig_shows(rig, "find: qQ?:jGA");
	control_rig_cursor(rig, "find: qQ?:jGA");
	assert_int_equal(rig->requested, CONTROL_NOTHING);
	control_rig_press(rig, "Esc");
	control_rig_hides(rig, "find:");
	control_rig_cursor(rig, "g1-000");
	assert_int_equal(control_rig_pages(rig), 1);
}

static void
a_paste_into_a_prompt_never_accepts(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "/");
	control_rig_paste(rig, "g1-0\n05\r\n");
	control_rig_shows(rig, "find: g1-0 05");
	control_rig_press(rig, "C-u");
	control_rig_paste(rig, "005");
	control_rig_press(rig, "Enter");
	control_rig_cursor(rig, "g1-005");
}

static void
a_prompt_leaves_the_terminal_its_keys(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "/");
	control_rig_type(rig, "g1");
	assert_int_equal(control_rig_press(rig, "C-l"), CONTROL_REPAINT);
	assert_int_equal(control_rig_press(rig, "C-z"), CONTROL_SUSPEND);
	control_rig_shows(rig, "find: g1");
	control_rig_type(rig, "-005");
	control_rig_press(rig, "Enter");
	control_rig_cursor(rig, "g1-005");
}

static void
what_is_wrong_stays_beside_the_prompt(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "&");
	control_rig_type(rig, "left<x");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "keep only: left<x");
	control_rig_shows(rig, "30 loaded, complete");
	control_rig_hides(rig, " of 30");
	control_rig_press(rig, "Backspace");
	control_rig_type(rig, "90d");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "30 of 30 loaded, complete");
	control_rig_hides(rig, "keep only: ");
	control_rig_press(rig, "&"); /* it begins with what there is */
	control_rig_shows(rig, "keep only: left<90d");
	control_rig_press(rig, "C-u Enter");
	control_rig_hides(rig, " of 30");
}

static void
a_typed_id_is_checked_before_anything_is_asked(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "q i");
	control_rig_type(rig, "g2 ");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "the group id has a space at its end");
	assert_int_equal(control_rig_pages(rig), 1);
	control_rig_press(rig, "Backspace Enter");
	control_rig_run_ms(rig, 500);
	control_rig_cursor(rig, "g2-000");
	assert_int_equal(control_rig_pages(rig), 2);
}

static void
narrowing_follows_each_key_and_ends_with_escape(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, "q q /");
	control_rig_type(rig, "to");
	control_rig_shows(rig, "Tokyo");
	control_rig_hides(rig, "Seoul");
	control_rig_press(rig, "Backspace Backspace");
	control_rig_shows(rig, "Seoul");
	control_rig_type(rig, "seoul");
	control_rig_press(rig, "Enter");
	control_rig_hides(rig, "Tokyo");
	control_rig_press(rig, "Esc");
	control_rig_shows(rig, "Tokyo");
}

/* -- commands -------------------------------------------------------------- */

static bool
is_on_bans(struct control_rig *rig)
{
	return strstr(control_rig_screen(rig), "ACCOUNT") != NULL &&
	    !prompt_is_open(&rig->context.prompt);
}

static void
every_action_of_the_screen_is_a_command(void **state)
{
	struct control_rig *rig = *state;
	struct binding binding;
	size_t i;
	int tries;

	control_rig_open(rig);
	for (i = 0; i < keymap_count(rig->context.keymap); i++) {
		binding = keymap_at(rig->context.keymap, i);
		if ((binding.where & KEYMAP_BANS) == 0 ||
		    binding.action == ACTION_BACK ||
		    binding.action == ACTION_ESCAPE ||
		    binding.action == ACTION_PINNED)
			continue;
		control_rig_press(rig, ":");
		control_rig_type(rig, binding.name);
		control_rig_press(rig, "Enter");
		control_rig_hides(rig, "no such command");
		for (tries = 0; tries < 5 && !is_on_bans(rig); tries++)
			control_rig_press(rig, "Esc");
		assert_true(is_on_bans(rig));
		control_rig_run_ms(rig, 3000);
	}
	assert_true(i > 50);
}

static void
a_command_may_open_a_prompt_of_its_own(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, ":");
	control_rig_type(rig, "find");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "find:");
	control_rig_type(rig, "g1-007");
	control_rig_press(rig, "Enter");
	control_rig_cursor(rig, "g1-007");
	control_rig_press(rig, ": Up"); /* it is remembered */
	control_rig_shows(rig, "command: find");
}

static void
the_details_have_a_command_of_their_own(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	control_rig_press(rig, ":");
	control_rig_type(rig, "nickname");
	control_rig_press(rig, "Enter");
	control_rig_shows(rig, "no such command here: ? lists them");
	control_rig_press(rig, "Esc d :");
	control_rig_type(rig, "nickname");
	control_rig_press(rig, "Enter");
	assert_int_equal(scripted_count(rig->scripted), 2);
	control_rig_shows(rig, "nickname   loading");
}

/* -- screens --------------------------------------------------------------- */

static void
q_goes_back_and_leaves_from_the_first(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	assert_int_equal(control_rig_press(rig, "d q"), CONTROL_NOTHING);
	control_rig_shows(rig, "30 loaded, complete");
	assert_int_equal(control_rig_press(rig, "? q e q ! q"),
	    CONTROL_NOTHING);
	control_rig_shows(rig, "30 loaded, complete");
	assert_int_equal(control_rig_press(rig, "q"), CONTROL_NOTHING);
	control_rig_shows(rig, "choose a group");
	assert_int_equal(control_rig_press(rig, "q"), CONTROL_NOTHING);
	control_rig_shows(rig, "choose a region");
	control_rig_shows(rig, "q leave");
	assert_int_equal(control_rig_press(rig, "Esc Esc"), CONTROL_NOTHING);
	assert_int_equal(control_rig_press(rig, "q"), CONTROL_LEAVE);
	assert_int_equal(control_rig_press(rig, "Q"), CONTROL_LEAVE);
}

static void
screens_do_not_pile_up(void **state)
{
	struct control_rig *rig = *state;
	int i;

	control_rig_open(rig);
	for (i = 0; i < 20; i++)
		control_rig_press(rig, "e ? !");
	control_rig_press(rig, "Esc Esc Esc Esc");
	control_rig_hides(rig, "requests");
	control_rig_hides(rig, "this help");
}

static void
digits_open_configured_groups_from_anywhere(void **state)
{
	struct control_rig *rig = *state;

	rig->settings->groups[0] = "alpha";
	rig->settings->groups[1] = "beta";
	rig->settings->group_count = 2;
	control_rig_open(rig);
	control_rig_press(rig, "2");
	control_rig_run_ms(rig, 500);
	control_rig_cursor(rig, "beta-000");
	control_rig_press(rig, "3");
	control_rig_shows(rig, "no group there");
	control_rig_press(rig, "q 1");
	control_rig_run_ms(rig, 500);
	control_rig_cursor(rig, "alpha-000");
	control_rig_press(rig, "-");
	control_rig_run_ms(rig, 500);
	control_rig_cursor(rig, "beta-000");
}

static void
what_the_terminal_must_do_is_asked_of_it(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	assert_int_equal(control_rig_press(rig, "C-l"), CONTROL_REPAINT);
	assert_int_equal(control_rig_press(rig, "C-z"), CONTROL_SUSPEND);
	assert_int_equal(control_rig_press(rig, "T"), CONTROL_THEME);
	assert_int_equal(control_rig_press(rig, "j y"), CONTROL_COPY);
	assert_string_equal(buf_text(&rig->context.copy), "g1-001");
	assert_string_equal(rig->context.copied, "1 account");
	assert_int_equal(control_rig_press(rig, "k Space Space c"),
	    CONTROL_COPY);
	assert_string_equal(buf_text(&rig->context.copy), "g1-000\ng1-001");
	assert_string_equal(rig->context.copied, "2 accounts");
	assert_int_equal(control_rig_press(rig, "Y"), CONTROL_COPY);
	assert_non_null(strstr(buf_text(&rig->context.copy),
	    "Banned members of g1"));
	assert_null(strchr(buf_text(&rig->context.copy), '\x1b'));
}

static void
plain_text_is_left_by_any_key(void **state)
{
	static const char *const keys[] = { "x", "Q", "Esc", "Space", "?" };
	struct control_rig *rig = *state;
	size_t i;

	control_rig_open(rig);
	for (i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		control_rig_press(rig, "P");
		control_rig_shows(rig, "any key returns");
		control_rig_hides(rig, "ACCOUNT");
		assert_int_equal(control_rig_press(rig, keys[i]),
		    CONTROL_NOTHING);
		control_rig_shows(rig, "ACCOUNT");
	}
}

/* -- interrupts ------------------------------------------------------------ */

static void
two_interrupts_within_two_seconds_leave(void **state)
{
	struct control_rig *rig = *state;

	control_rig_open(rig);
	assert_int_equal(control_rig_press(rig, "C-c"), CONTROL_NOTHING);
	control_rig_shows(rig, "Ctrl-C again leaves");
	control_rig_run_ms(rig, 2000);
	assert_int_equal(control_rig_press(rig, "C-c"), CONTROL_NOTHING);
	control_rig_run_ms(rig, 1990);
	assert_int_equal(control_rig_press(rig, "C-c"), CONTROL_INTERRUPTED);
}

static void
an_interrupt_closes_the_prompt_and_stops_what_runs(void **state)
{
	struct control_rig *rig = *state;

	rig->rows = 250;
	control_rig_open(rig);
	rig->delay_ms = SCRIPTED_NEVER_MS;
	control_rig_press(rig, "G /");
	control_rig_type(rig, "abc");
	assert_int_equal(control_interrupt(rig->control), CONTROL_NOTHING);
	control_rig_turn(rig);
	control_rig_hides(rig, "find:");
	control_rig_shows(rig, "stopped; Ctrl-C again leaves");
	control_rig_shows(rig, "100 loaded, stopped");
	assert_int_equal(scripted_in_flight(rig->scripted), 0);
}

static void
escape_undoes_one_step_a_press(void **state)
{
	struct control_rig *rig = *state;

	rig->rows = 250;
	control_rig_open(rig);
	control_rig_press(rig, "Space &");
	control_rig_type(rig, "g1");
	control_rig_press(rig, "Enter");
	rig->delay_ms = SCRIPTED_NEVER_MS;
	control_rig_press(rig, "A s :");
	control_rig_shows(rig, "command:");
	control_rig_press(rig, "Esc");
	control_rig_hides(rig, "command:");
	control_rig_shows(rig, "ENDS IN");
	control_rig_press(rig, "Esc");
	control_rig_hides(rig, "ENDS IN");
	assert_int_equal(scripted_in_flight(rig->scripted), 1);
	control_rig_press(rig, "Esc");
	assert_int_equal(scripted_in_flight(rig->scripted), 0);
	control_rig_shows(rig, "100 of 100 loaded, stopped");
	control_rig_press(rig, "Esc");
	control_rig_hides(rig, "of 100 loaded");
	control_rig_shows(rig, "1 marked");
	control_rig_press(rig, "Esc");
	control_rig_hides(rig, "marked");
	control_rig_press(rig, "Esc");
	control_rig_shows(rig, "choose a group");
	assert_int_equal(control_rig_press(rig, "Esc Esc Esc"),
	    CONTROL_NOTHING);
	control_rig_shows(rig, "choose a region");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, control_rig_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_question_takes_anything_but_yes_for_no),
		TEST(a_question_forgets_what_was_typed_ahead),
		TEST(a_paste_answers_no_question_and_presses_no_key),
		TEST(keys_in_a_prompt_are_text),
		TEST(a_paste_into_a_prompt_never_accepts),
		TEST(a_prompt_leaves_the_terminal_its_keys),
		TEST(what_is_wrong_stays_beside_the_prompt),
		TEST(a_typed_id_is_checked_before_anything_is_asked),
		TEST(narrowing_follows_each_key_and_ends_with_escape),
		TEST(every_action_of_the_screen_is_a_command),
		TEST(a_command_may_open_a_prompt_of_its_own),
		TEST(the_details_have_a_command_of_their_own),
		TEST(q_goes_back_and_leaves_from_the_first),
		TEST(screens_do_not_pile_up),
		TEST(digits_open_configured_groups_from_anywhere),
		TEST(what_the_terminal_must_do_is_asked_of_it),
		TEST(plain_text_is_left_by_any_key),
		TEST(two_interrupts_within_two_seconds_leave),
		TEST(an_interrupt_closes_the_prompt_and_stops_what_runs),
		TEST(escape_undoes_one_step_a_press),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
