/*
 * The small things that make the screen a pleasure: the mouse for those who
 * want it, the whole of a long line, a first time seen that lasts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/story.h"

/* -- mouse ----------------------------------------------------------------- */

static void
send(struct story *story, const char *bytes)
{
	term_send(&story->term, bytes, strlen(bytes));
}

static void
begin_with_mouse(struct story *story)
{
	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "mouse = true\n");
	story_begin_bans(story, "150");
	story_wait(story, "100 loaded, more");
}

static void
wait_cursor_row(struct story *story, int row)
{
	char text[TERM_ROW_MAX];

	term_wait_row(&story->term, row, ">");
	term_row(&story->term, row, text);
	assert_int_equal(text[0], '>');
}

static void
wheel_moves_by_three_and_a_click_selects(void **state)
{
	struct story *story = *state;

	begin_with_mouse(story);
	term_wait_raw(&story->term, "\x1b[?1000h");
	term_wait_raw(&story->term, "\x1b[?1006h");
	send(story, "\x1b[<65;10;10M");
	wait_cursor_row(story, STORY_TABLE + 3);
	send(story, "\x1b[<0;10;12M\x1b[<0;10;12m");
	wait_cursor_row(story, 11);
	send(story, "\x1b[<64;10;10M");
	wait_cursor_row(story, 8);
	/* The heading, the header and the hints are no rows. */
	send(story, "\x1b[<0;10;3M\x1b[<0;10;1M\x1b[<0;10;24M");
	send(story, "\x1b[<65;10;10M");
	wait_cursor_row(story, 11);
	story_expect_rest(story, 1);
	story_quit(story);
	assert_non_null(strstr(buf_text(&story->term.raw), "\x1b[?1000l"));
}

static void
wheel_and_click_work_in_every_list(void **state)
{
	static const char config[] =
	    "mouse = true\n"
	    "groups = { \"one\", \"two\", \"three\" }\n";
	const struct story_options options = { .group = NULL };
	struct story *story = *state;

	home_write_text(&story->home, "config/bantop/bantop.conf", config);
	story_begin(story, &options);
	story_wait(story, "choose a region");
	term_key(&story->term, VTERM_KEY_ENTER, VTERM_MOD_NONE);
	story_wait(story, "choose a group");
	send(story, "\x1b[<0;10;6M");
	story_wait_cursor(story, "three");
	send(story, "\x1b[<64;10;6M");
	story_wait_cursor(story, "one");
	story_type(story, "?");
	story_wait(story, "everywhere");
	send(story, "\x1b[<65;10;6M\x1b[<65;10;6M");
	story_wait_gone(story, "everywhere");
	story_quit(story);
}

static void
mouse_is_off_unless_configured(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "150");
	story_quit(story);
	assert_null(strstr(buf_text(&story->term.raw), "\x1b[?1000h"));
}

/* -- details --------------------------------------------------------------- */

static void
details_are_read_to_the_end_where_there_is_little_room(void **state)
{
	static const char *const sim[] = { "--members", "30", "--now",
		STORY_FAR, NULL };
	const struct story_options options = {
		.sim = sim, .group = STORY_GROUP, .rows = 10, .cols = 40
	};
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "30 loaded");
	/* The order is seen though its column has left. */
	story_type(story, "X");
	story_wait(story, "REMAINING ^");
	story_type(story, "d");
	story_wait(story, "PgDn more");
	assert_false(term_has(&story->term, "n fetches it"));
	term_key(&story->term, VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE);
	story_wait(story, "n fetches it");
	story_type(story, "j"); /* the next ban, from its beginning */
	story_wait(story, "account");
	assert_false(term_has(&story->term, "n fetches it"));
	story_escape(story);
	story_wait(story, "REMAINING");
	story_type(story, "s");
	story_wait(story, "summary");
	assert_false(term_has(&story->term, "invalid"));
	term_key(&story->term, VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE);
	story_wait(story, "invalid");
	story_quit(story);
}

static void
an_empty_list_is_a_proof_too(void **state)
{
	const struct story_options options = { .group = "empty-room" };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "nobody is banned");
	story_type(story, "Y");
	story_wait(story, "0 rows, complete");
	story_wait(story, "nobody is banned in this group");
	story_quit(story);
}

static void
what_is_known_of_an_account_outlives_a_refresh(void **state)
{
	static const char *const sim[] = { "--members", "3", "--now", STORY_FAR,
		"--fault", "slow:1500@1", NULL };
	const struct story_options options = { .sim = sim,
		.group = STORY_GROUP };
	struct story *story = *state;
	char before[TERM_ROW_MAX], after[TERM_ROW_MAX];
	int row;

	story_begin(story, &options);
	story_wait(story, "3 loaded, complete");
	story_type(story, "dn");
	story_wait(story, "first ");
	story_wait_gone(story, "n fetches it");
	story_wait_gone(story, "nickname   loading");
	row = term_find(&story->term, "first ");
	term_row(&story->term, row, before);
	story_type(story, "R");
	story_wait(story, "STALE");
	story_wait_gone(story, "STALE");
	term_row(&story->term, row, after);
	/* "seen  first DATE TIME, last DATE TIME": the second one is later. */
	assert_string_not_equal(before, after);
	*strstr(before, ", last") = '\0';
	*strstr(after, ", last") = '\0';
	assert_string_equal(before, after);
	/* The nickname is still there too. */
	assert_false(term_has(&story->term, "n fetches it"));
	story_quit(story);
}

/* -- loading --------------------------------------------------------------- */

static void
a_load_all_goes_on_after_a_pause_of_its_group(void **state)
{
	static const char *const sim[] = { "--members", "900", "--fault",
		"slow:60000@3x1", NULL };
	const struct story_options options = { .sim = sim,
		.group = STORY_GROUP };
	struct story *story = *state;

	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "groups = { \"friday-live\", \"one-ban\" }\n");
	story_begin(story, &options);
	story_wait(story, "100 loaded, more");
	story_type(story, "A");
	sim_wait_count(&story->sim, STORY_BANS, 200, 1);
	story_type(story, "R"); /* would throw away what is on its way */
	story_wait(story, "being loaded: Esc stops that");
	story_type(story, "p");
	story_wait(story, "PAUSED");
	story_wait(story, "stopped after");
	story_type(story, "p");
	story_wait(story, "900 loaded, complete");
	assert_false(term_has(&story->term, "PAUSED"));
	story_type(story, "p");
	story_wait(story, "PAUSED");
	story_type(story, "2");
	story_wait(story, "1 loaded, complete");
	assert_false(term_has(&story->term, "PAUSED"));
	story_quit(story);
}

static void
a_reader_hears_nothing_that_ticks(void **state)
{
	static const char *const sim[] = { "--members", "150", "--fault",
		"slow:60000@2x1", NULL };
	static const char *const more[] = { "--reader", NULL };
	const struct story_options options = {
		.sim = sim, .more = more, .group = STORY_GROUP
	};
	struct story *story = *state;
	size_t written;

	story_begin(story, &options);
	story_wait(story, "100 loaded, more");
	story_type(story, "G");
	story_wait(story, "loading page 2, Esc stop");
	sim_wait_count(&story->sim, STORY_BANS, 100, 1);
	term_take(&story->term);
	written = story->term.raw.len;
	term_watch_ms(&story->term, 2500);
	if (story->term.raw.len != written)
		fail_msg("written: %s", buf_text(&story->term.raw) + written);
	assert_false(term_has(&story->term, "of 10/s"));
	story_quit(story);
}

static void
error_of_one_group_does_not_stand_below_another(void **state)
{
	const struct story_options options = { .group = "no-such-group" };
	struct story *story = *state;

	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "groups = { \"one-ban\" }\n");
	story_begin(story, &options);
	term_wait_row(&story->term, STORY_TROUBLE, "E10010");
	story_type(story, "q");
	story_wait(story, "choose a group");
	assert_true(term_has(&story->term, "E10010"));
	story_type(story, "1");
	story_wait(story, "1 loaded, complete");
	assert_false(term_has(&story->term, "E10010"));
	story_type(story, "e"); /* it is not forgotten */
	story_wait(story, "E10010");
	story_quit(story);
}

/* -- keys ------------------------------------------------------------------ */

static void
all_matching_are_those_that_the_search_finds(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "3");
	story_type(story, "a");
	story_wait(story, "3 marked");
	story_type(story, "U");
	story_type(story, "/brenn\r");
	story_type(story, "a");
	story_wait(story, "1 marked: all that match");
	story_type(story, "U/nobody here\ra");
	story_wait(story, "nothing marked: no row matches");
	story_type(story, "/brenn\ra");
	story_wait(story, "1 marked: all that match");
	story_escape(story);
	story_escape(story);
	story_wait_gone(story, "1 marked   ");
	story_quit(story);
}

static void
patterns_that_hold_are_in_sight(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "30");
	story_type(story, "&guest\r/guest\r");
	story_wait(story, "keep only guest  find guest  Esc clears");
	story_type(story, "/\r"); /* nothing typed: the next match */
	story_escape(story);
	story_wait_gone(story, "keep only guest");
	term_wait_row(&story->term, STORY_ACTIVITY, "find guest  Esc clears");
	story_escape(story);
	story_wait_gone(story, "find guest");
	story_type(story, "?");
	story_wait(story, "everywhere");
	story_type(story, "/nick\r");
	story_wait(story, "narrowed to nick  Esc clears");
	story_type(story, "??"); /* closed, and opened anew */
	story_wait(story, "everywhere");
	story_quit(story);
}

static void
log_of_requests_closes_by_its_own_key(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "3");
	story_type(story, "!");
	story_wait(story, "requests");
	story_type(story, "!");
	story_wait(story, "REMAINING");
	story_quit(story);
}

static void
curl_line_is_there_in_full_and_can_be_copied(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "3");
	story_type(story, "!");
	story_wait(story, "y copies curl");
	assert_false(term_has(&story->term, "$USERSIG"));
	story_type(story, "\r");
	story_wait(story, "'\"$USERSIG\"");
	story_type(story, "y");
	story_wait(story, "sent the curl line");
	assert_non_null(strstr(buf_text(&story->term.raw), "\x1b]52;c;"));
	story_escape(story);
	story_wait_gone(story, "$USERSIG");
	assert_true(term_has(&story->term, "requests"));
	story_quit(story);
}

static void
commands_take_a_beginning_and_a_digit(void **state)
{
	struct story *story = *state;

	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "groups = { \"friday-live\", \"empty-room\" }\n");
	story_begin_bans(story, "3");
	story_type(story, ":pinned\r");
	story_wait(story, "which one?");
	story_type(story, " 2\r");
	story_wait(story, "nobody is banned");
	story_type(story, ":prev\r");
	story_wait(story, STORY_GROUP);
	story_type(story, ":q\r");
	story_expect_exit(story, 0);
}

static void
name_of_a_file_is_judged_before_a_question_about_it(void **state)
{
	struct story *story = *state;
	char path[HOME_PATH_MAX];

	home_write_text(&story->home, "notes.doc", "mine\n");
	home_path(&story->home, "notes.doc", path);
	story_begin_bans(story, "3");
	story_type(story, "w");
	story_wait(story, "write to");
	story_control(story, 'u');
	story_type(story, path);
	story_type(story, "\r");
	story_wait(story, "must end in .csv");
	assert_false(term_has(&story->term, "replace"));
	story_escape(story);
	story_quit(story);
}

static void
a_group_that_is_refused_is_not_remembered(void **state)
{
	const struct story_options options = { .state = true };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "choose a region");
	term_key(&story->term, VTERM_KEY_ENTER, VTERM_MOD_NONE);
	story_wait(story, "choose a group");
	story_type(story, "i");
	story_wait(story, "group id");
	story_type(story, "mistyped-group");
	term_key(&story->term, VTERM_KEY_ENTER, VTERM_MOD_NONE);
	story_wait(story, "E10010");
	story_type(story, "q");
	story_wait(story, "choose a group");
	assert_false(term_has(&story->term, "mistyped-group"));
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(wheel_moves_by_three_and_a_click_selects),
		STORY(wheel_and_click_work_in_every_list),
		STORY(mouse_is_off_unless_configured),
		STORY(details_are_read_to_the_end_where_there_is_little_room),
		STORY(an_empty_list_is_a_proof_too),
		STORY(what_is_known_of_an_account_outlives_a_refresh),
		STORY(a_load_all_goes_on_after_a_pause_of_its_group),
		STORY(a_reader_hears_nothing_that_ticks),
		STORY(error_of_one_group_does_not_stand_below_another),
		STORY(all_matching_are_those_that_the_search_finds),
		STORY(patterns_that_hold_are_in_sight),
		STORY(log_of_requests_closes_by_its_own_key),
		STORY(curl_line_is_there_in_full_and_can_be_copied),
		STORY(commands_take_a_beginning_and_a_digit),
		STORY(name_of_a_file_is_judged_before_a_question_about_it),
		STORY(a_group_that_is_refused_is_not_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
