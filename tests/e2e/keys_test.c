/*
 * The keys that work everywhere, those that move, and what is typed or pasted
 * into a prompt. Each is driven, and its effect is looked for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/story.h"

static void
key(struct story *story, int which)
{
	term_key(&story->term, (VTermKey)which, VTERM_MOD_NONE);
}

/* -- everywhere ------------------------------------------------------------ */

static void
help_opens_narrows_and_closes(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "50");
	story_type(story, "?");
	story_wait(story, "this help");
	story_type(story, "?");
	story_wait(story, "50 loaded, complete");
	key(story, VTERM_KEY_FUNCTION(1));
	story_wait(story, "this help");
	story_type(story, "jjj");
	story_wait_gone(story, "this help");
	story_type(story, "G");
	story_wait(story, "plain-text screen");
	story_type(story, "g");
	story_wait(story, "this help");
	story_type(story, "/refresh");
	story_wait(story, ":refresh");
	story_wait_gone(story, "this help");
	story_type(story, "\r");
	story_escape(story);
	story_wait(story, "this help");
	story_type(story, "q");
	story_wait(story, "50 loaded, complete");
	story_quit(story);
}

static void
errors_and_requests_are_a_key_away(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "50");
	story_type(story, "e");
	story_wait(story, "no error since the start");
	story_type(story, "e");
	story_wait(story, "50 loaded, complete");
	story_type(story, "!");
	story_wait(story, STORY_BANS);
	assert_true(term_has(&story->term, "200"));
	assert_true(term_has(&story->term, "total"));
	assert_true(term_has(&story->term, "curl -H"));
	story_type(story, "q");
	story_wait(story, "50 loaded, complete");
	/* The signature is a deflated text in base64. */
	assert_null(strstr(buf_text(&story->term.raw), "usersig=e"));
	story_quit(story);
}

static void
ctrl_l_paints_all_of_it_again(void **state)
{
	struct story *story = *state;
	size_t len;

	story_begin_bans(story, "50");
	story_wait(story, "50 loaded, complete");
	story_wait_gone(story, "of 10/s");
	len = story->term.raw.len;
	/* Somebody else wrote over it. */
	(void)vterm_input_write(story->term.vterm, "\x1b[2J\x1b[Hwall", 11);
	assert_false(term_has(&story->term, "50 loaded, complete"));
	story_control(story, 'l');
	story_wait(story, "50 loaded, complete");
	story_wait(story, "Enter details");
	assert_false(term_has(&story->term, "wall"));
	assert_true(story->term.raw.len > len + 500);
	story_quit(story);
}

static void
the_next_theme_is_named(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "50");
	story_type(story, "T");
	story_wait(story, "theme: ");
	assert_false(term_has(&story->term, "theme: default"));
	story_type(story, "TTTTT");
	story_wait(story, "theme: default");
	story_quit(story);
}

static void
a_command_is_an_actions_name(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "50");
	story_type(story, ":summary\r");
	story_wait(story, "ENDS IN");
	story_type(story, ":summary\r");
	story_wait_gone(story, "ENDS IN");
	story_type(story, ":fetch_groups\r");
	story_wait(story, "no such command here: ? lists them");
	story_escape(story);
	story_wait_gone(story, "no such command");
	story_type(story, ":find\r");
	story_wait(story, "find:");
	story_escape(story);
	story_type(story, ":details\r");
	story_wait(story, "nickname");
	story_type(story, ":nickname\r");
	sim_wait_count(&story->sim, "portrait_get", -1, 1);
	story_type(story, ":back\r:back\r");
	story_wait(story, "choose a group");
	story_type(story, ":fetch_groups\r");
	story_wait(story, "friday-live");
	story_type(story, ":quit\r");
	story_expect_exit(story, 0);
}

static void
escape_undoes_one_step_a_press(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "50");
	story_wait(story, "50 loaded, complete");
	story_type(story, " "); /* a mark */
	story_wait(story, "1 marked");
	story_type(story, "/guest\r");
	story_type(story, "&guest\r");
	story_wait(story, " of 50 loaded");
	story_type(story, "d");
	story_wait(story, "nickname");
	story_type(story, ":sum");
	story_wait(story, "command: sum");
	story_escape(story);
	story_wait_gone(story, "command: sum");
	assert_true(term_has(&story->term, "nickname"));
	story_escape(story);
	story_wait_gone(story, "nickname");
	assert_true(term_has(&story->term, " of 50 loaded"));
	story_escape(story);
	story_wait_gone(story, " of 50 loaded");
	assert_true(term_has(&story->term, "1 marked"));
	story_escape(story); /* what was searched for */
	story_escape(story);
	story_wait_gone(story, "1 marked");
	assert_true(term_has(&story->term, "50 loaded, complete"));
	story_escape(story);
	story_wait(story, "choose a group");
	story_quit(story);
}

static void
capital_q_leaves_from_anywhere(void **state)
{
	static const char *const ways[] = { "", "?", "e", "!", "d", "s", "q",
		"qq" };
	struct story *story = *state;
	const struct story_options options = { .group = "one-ban" };
	size_t i;

	sim_start(&story->sim, &story->home, NULL);
	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		story_begin_again(story, &options);
		story_wait(story, "1 loaded, complete");
		story_type(story, ways[i]);
		story_quit(story);
	}
}

/* -- moving ---------------------------------------------------------------- */

/* A key by its sign or by name, and the row that it leads to. */
static const struct move {
	int named; /* VTermKey; 0: the sign */
	char sign;
	VTermModifier modifier;
	size_t row;
} moves[] = {
	{ 0, 'j', VTERM_MOD_NONE, 1 },
	{ VTERM_KEY_DOWN, 0, VTERM_MOD_NONE, 2 },
	{ 0, 'k', VTERM_MOD_NONE, 1 },
	{ VTERM_KEY_UP, 0, VTERM_MOD_NONE, 0 },
	{ 0, 'k', VTERM_MOD_NONE, 0 },
	{ 0, 'd', VTERM_MOD_CTRL, 10 },
	{ 0, 'u', VTERM_MOD_CTRL, 0 },
	{ VTERM_KEY_PAGEDOWN, 0, VTERM_MOD_NONE, 18 },
	{ 0, 'f', VTERM_MOD_CTRL, 36 },
	{ VTERM_KEY_PAGEUP, 0, VTERM_MOD_NONE, 18 },
	{ 0, 'b', VTERM_MOD_CTRL, 0 },
	{ 0, 'L', VTERM_MOD_NONE, 17 },
	{ 0, 'H', VTERM_MOD_NONE, 0 },
	{ 0, 'M', VTERM_MOD_NONE, 8 },
	{ VTERM_KEY_END, 0, VTERM_MOD_NONE, 59 },
	{ 0, 'j', VTERM_MOD_NONE, 59 },
	{ VTERM_KEY_HOME, 0, VTERM_MOD_NONE, 0 },
	{ 0, 'G', VTERM_MOD_NONE, 59 },
	{ 0, 'g', VTERM_MOD_NONE, 0 },
};

static void
motion_keys_move_and_ask_for_nothing(void **state)
{
	static const char *const data[] = { "--members", "60", "--now",
		STORY_FAR, NULL };
	struct story_members members;
	struct story *story = *state;
	char account[TERM_ROW_MAX];
	size_t i;

	story_begin_bans(story, "60");
	story_wait(story, "60 loaded, complete");
	story_members_read(&members, story, data);
	for (i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		if (moves[i].named != 0)
			key(story, moves[i].named);
		else
			term_char(&story->term, (unsigned char)moves[i].sign,
			    moves[i].modifier);
		story_members_at(&members, moves[i].row, account);
		story_wait_cursor(story, account);
	}
	story_members_release(&members);
	story_expect_rest(story, 1);
	story_quit(story);
}

static void
left_and_right_scroll_long_accounts(void **state)
{
	static const char *const sim[] = { "--members", "60", "--now",
		STORY_FAR, NULL };
	const struct story_options options = {
		.sim = sim, .group = STORY_GROUP, .cols = 24
	};
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story,
	    "annak\xe2\x80\xa6"
	    "et+59"); /* annak.comet+59 */
	story_type(story, "l");
	story_wait(story,
	    "\xe2\x80\xa6"
	    "k.comet+59");
	story_type(story, "h");
	story_wait(story,
	    "annak\xe2\x80\xa6"
	    "et+59");
	key(story, VTERM_KEY_RIGHT);
	story_wait(story, "k.comet+59");
	key(story, VTERM_KEY_LEFT);
	story_wait(story,
	    "annak\xe2\x80\xa6"
	    "et+59");
	story_quit(story);
}

/* -- typing ---------------------------------------------------------------- */

static void
a_prompt_edits_and_remembers(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "50");
	story_wait(story, "50 loaded, complete");
	story_type(story, "/gueXst");
	key(story, VTERM_KEY_LEFT);
	key(story, VTERM_KEY_LEFT);
	key(story, VTERM_KEY_BACKSPACE);
	story_wait(story, "find: guest");
	story_type(story, "\r");
	story_wait_cursor(story, "guest_");
	story_type(story, "/");
	story_wait(story, "find:");
	key(story, VTERM_KEY_UP);
	story_wait(story, "find: guest");
	story_control(story, 'a');
	story_control(story, 'k');
	story_wait_gone(story, "find: guest");
	key(story, VTERM_KEY_BACKSPACE); /* on an empty line: closed */
	story_wait_gone(story, "find:");
	story_quit(story);
}

static void
a_paste_goes_to_prompts_and_never_acts(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "50");
	story_wait(story, "50 loaded, complete");
	term_paste(&story->term, "Q");
	term_paste(&story->term, "ds?\r");
	story_expect_rest(story, 1);
	assert_false(term_has(&story->term, "nickname"));
	assert_true(term_has(&story->term, "50 loaded, complete"));
	story_type(story, "/");
	story_wait(story, "find:");
	term_paste(&story->term, "gue\rst\x1b[2J");
	story_wait(story, "find: gue st[2J");
	story_expect_rest(story, 1); /* as long as keys are ignored */
	story_escape(story);
	story_wait_gone(story, "find:");
	story_quit(story);
}

static void
an_end_mark_inside_a_paste_makes_no_keys(void **state)
{
	static const char torn[] = "\x1b[200~a\x1b[201~Q\x1b[201~Q";
	struct story *story = *state;

	story_begin_bans(story, "50");
	story_wait(story, "50 loaded, complete");
	term_send(&story->term, torn, sizeof(torn) - 1);
	story_expect_rest(story, 1); /* as long as keys are ignored */
	story_type(story, "?");
	story_wait(story, "this help");
	story_quit(story);
}

static void
what_the_terminal_answers_is_swallowed(void **state)
{
	static const char answers[] = "\x1b[?62;22c\x1b[24;80R\x1b[I\x1b[O"
	                              "\x1b]11;rgb:0000/0000/0000\x1b\\"
	                              "\x1bP1+r544e\x1b\\";
	struct story *story = *state;

	story_begin_bans(story, "50");
	story_wait(story, "50 loaded, complete");
	term_send(&story->term, answers, sizeof(answers) - 1);
	story_expect_rest(story, 1);
	assert_true(term_has(&story->term, "50 loaded, complete"));
	story_type(story, "?");
	story_wait(story, "this help");
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(help_opens_narrows_and_closes),
		STORY(errors_and_requests_are_a_key_away),
		STORY(ctrl_l_paints_all_of_it_again),
		STORY(the_next_theme_is_named),
		STORY(a_command_is_an_actions_name),
		STORY(escape_undoes_one_step_a_press),
		STORY(capital_q_leaves_from_anywhere),
		STORY(motion_keys_move_and_ask_for_nothing),
		STORY(left_and_right_scroll_long_accounts),
		STORY(a_prompt_edits_and_remembers),
		STORY(a_paste_goes_to_prompts_and_never_acts),
		STORY(an_end_mark_inside_a_paste_makes_no_keys),
		STORY(what_the_terminal_answers_is_swallowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
