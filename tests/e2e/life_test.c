/*
 * A good guest of the terminal: any size, any way out, and what it found it
 * leaves. The modes of the line are compared with those of a terminal that
 * nobody has touched.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"
#include "e2e/support/modes.h"
#include "e2e/support/story.h"

enum { IDLE_MS = 1200 };

/* -- sizes ----------------------------------------------------------------- */

/* Rows of the screen, without the moments. Released by the caller. */
static void
take_screen(const struct term *term, struct buf *out)
{
	buf_init(out, TERM_TEXT_MAX);
	term_text(term, out);
	story_take_out_moments(out->data);
}

static bool
screen_is(const struct term *term, void *user)
{
	struct buf text;
	bool is;

	take_screen(term, &text);
	is = strcmp(buf_text(&text), user) == 0;
	buf_release(&text);
	return is;
}

static void
every_size_is_survived_and_the_screen_comes_back(void **state)
{
	static const struct {
		int rows, cols;
		const char *shown;
	} sizes[] = {
		{ 1, 1, "b" },
		{ 4, 80, "bantop needs 20x5" },
		{ 24, 19, "bantop needs 20x5" },
		{ 1, 500, "bantop needs 20x5" },
		{ 5, 20, "gue…074" },
		{ 8, 20, "gue…074" },
		{ 10, 40, "137 loaded, complete" },
		{ 24, 79, "137 loaded, complete" },
		{ 200, 500, "end of list: 137 rows" },
		{ 500, 200, "end of list: 137 rows" },
		{ 3, 3, "ban" },
		{ 60, 132, "137 loaded, complete" },
	};
	struct story *story = *state;
	struct buf before;
	size_t i;

	story_begin_bans(story, "137");
	story_type(story, "Ag");
	story_wait(story, "137 loaded, complete");
	take_screen(&story->term, &before);
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		term_resize(&story->term, sizes[i].rows, sizes[i].cols);
		story_wait(story, sizes[i].shown);
	}
	term_resize(&story->term, 24, 80);
	term_wait(&story->term, screen_is, before.data, "what it was before");
	buf_release(&before);
	assert_int_equal(sim_count(&story->sim, STORY_BANS, 0), 1);
	assert_int_equal(sim_count(&story->sim, STORY_BANS, 100), 1);
	story_quit(story);
}

static void
at_40_by_10_account_and_remaining_are_seen(void **state)
{
	static const char *const sim[] = { "--members", "137", "--now",
		STORY_FAR, NULL };
	const struct story_options options = {
		.sim = sim, .group = STORY_GROUP, .rows = 10, .cols = 40
	};
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "100 loaded, more");
	assert_true(term_has(&story->term, "ACCOUNT"));
	assert_true(term_has(&story->term, "permanent"));
	assert_false(term_has(&story->term, "UNTIL"));
	story_type(story, "G");
	story_wait(story, "137 loaded, complete");
	story_type(story, "?");
	story_wait(story, "this help");
	story_type(story, "q\r");
	story_wait(story, "epoch");
	story_quit(story);
}

static void
a_storm_of_sizes_ends_in_the_last_one(void **state)
{
	struct story *story = *state;
	int i;

	story_begin_bans(story, "50");
	story_wait(story, "50 loaded, complete");
	for (i = 0; i < 200; i++)
		term_resize(&story->term, 5 + i % 60, 20 + 7 * i % 200);
	term_resize(&story->term, 24, 80);
	story_type(story, "?");
	story_wait(story, "this help");
	story_type(story, "q");
	story_wait(story, "50 loaded, complete   as of");
	story_quit(story);
}

/* -- ways out -------------------------------------------------------------- */

static void
expect_death(struct story *story, int number)
{
	int fd = modes_keep(story);

	child_signal(&story->term.child, number);
	assert_int_equal(term_wait_exit(&story->term), -1);
	assert_int_equal(story->term.child.signal, number);
	modes_assert_given_back(story, fd);
}

static void
a_signal_ends_it_and_the_terminal_is_given_back(void **state)
{
	static const int numbers[] = { SIGTERM, SIGHUP, SIGQUIT };
	struct story *story = *state;
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		story_begin_bans(story, "5");
		story_wait(story, "5 loaded, complete");
		expect_death(story, numbers[i]);
		sim_stop(&story->sim);
	}
}

static void
begin_hanging(struct story *story)
{
	static const char *const sim[] = { "--fault", "hang", NULL };
	const struct story_options options = { .sim = sim,
		.group = STORY_GROUP };

	story_begin(story, &options);
	story_wait(story, "loading page 1, Esc stop");
	sim_wait_count(&story->sim, STORY_BANS, 0, 1);
}

static void
a_signal_ends_it_while_a_call_hangs(void **state)
{
	static const int numbers[] = { SIGTERM, SIGHUP, SIGQUIT };
	struct story *story = *state;
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		begin_hanging(story);
		expect_death(story, numbers[i]);
		sim_stop(&story->sim);
	}
}

static void
leaving_gives_the_terminal_back(void **state)
{
	struct story *story = *state;
	int fd;

	begin_hanging(story);
	fd = modes_keep(story);
	story_quit(story);
	modes_assert_given_back(story, fd);
}

static void
two_interrupts_leave_with_130(void **state)
{
	struct story *story = *state;
	int fd;

	begin_hanging(story);
	fd = modes_keep(story);
	story_control(story, 'c');
	story_wait(story, "stopped; Ctrl-C again leaves");
	story_control(story, 'c');
	story_expect_exit(story, 130);
	modes_assert_given_back(story, fd);
}

static void
two_interrupts_from_outside_leave_with_130(void **state)
{
	struct story *story = *state;
	int fd;

	begin_hanging(story);
	fd = modes_keep(story);
	child_signal(&story->term.child, SIGINT);
	story_wait(story, "stopped; Ctrl-C again leaves");
	child_signal(&story->term.child, SIGINT);
	story_expect_exit(story, 130);
	modes_assert_given_back(story, fd);
}

static void
a_terminal_that_goes_away_ends_it(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "250");
	term_hang_up(&story->term);
	child_wait(&story->term.child, deadline_in_s(DEADLINE_USUAL_S));
	assert_int_equal(story->term.child.signal, SIGHUP);
	sim_stop(&story->sim);
	begin_hanging(story);
	term_hang_up(&story->term);
	child_wait(&story->term.child, deadline_in_s(DEADLINE_USUAL_S));
	assert_int_equal(story->term.child.signal, SIGHUP);
}

/* -- suspend --------------------------------------------------------------- */

static void
continue_and_leave(struct story *story)
{
	struct termios modes;

	story_wait(story, "back ");
	assert_false(story->term.altscreen);
	assert_true(story->term.cursor_visible);
	modes_read(story->term.fd, &modes);
	assert_int_equal(modes.c_lflag & (ICANON | ECHO), ICANON | ECHO);
	story_type(story, "\r");
	story_wait(story, "50 loaded, complete");
	story_wait(story, "Enter details");
	assert_true(story->term.altscreen);
	/* What was asleep may have missed something: read once. */
	sim_wait_count(&story->sim, STORY_BANS, 0, 2);
	story_wait_gone(story, "STALE");
	story_expect_rest(story, 2);
	story_type(story, "Q");
	story_wait(story, "end 0");
	story_type(story, "\r");
	story_expect_exit(story, 0);
}

static void
ctrl_z_goes_back_to_the_shell_and_returns(void **state)
{
	struct story *story = *state;

	story_begin_under_shell(story);
	story_control(story, 'z');
	continue_and_leave(story);
}

static void
a_stop_from_outside_does_the_same(void **state)
{
	struct story *story = *state;

	story_begin_under_shell(story);
	assert_int_equal(kill(-tcgetpgrp(story->term.fd), SIGTSTP), 0);
	continue_and_leave(story);
}

static void
a_bare_continue_repaints(void **state)
{
	struct story *story = *state;
	size_t len;

	story_begin_bans(story, "5");
	story_wait(story, "5 loaded, complete");
	story_wait_gone(story, "of 10/s");
	len = story->term.raw.len;
	child_signal(&story->term.child, SIGSTOP);
	child_signal(&story->term.child, SIGCONT);
	story_type(story, "?");
	story_wait(story, "this help");
	/* All of it anew, and not what has changed alone. */
	assert_non_null(strstr(buf_text(&story->term.raw) + len,
	    "\x1b[?2004h"));
	story_quit(story);
}

/* -- rest ------------------------------------------------------------------ */

static void
a_screen_that_does_not_change_writes_nothing(void **state)
{
	struct story *story = *state;
	size_t len;

	story_begin_bans(story, "50");
	story_wait(story, "50 loaded, complete");
	story_wait_gone(story, "of 10/s");
	len = story->term.raw.len;
	term_watch_ms(&story->term, IDLE_MS);
	assert_int_equal(story->term.raw.len, len);
	assert_int_equal(story_pages(story), 1);
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(every_size_is_survived_and_the_screen_comes_back),
		STORY(at_40_by_10_account_and_remaining_are_seen),
		STORY(a_storm_of_sizes_ends_in_the_last_one),
		STORY(a_signal_ends_it_and_the_terminal_is_given_back),
		STORY(a_signal_ends_it_while_a_call_hangs),
		STORY(leaving_gives_the_terminal_back),
		STORY(two_interrupts_leave_with_130),
		STORY(two_interrupts_from_outside_leave_with_130),
		STORY(a_terminal_that_goes_away_ends_it),
		STORY(ctrl_z_goes_back_to_the_shell_and_returns),
		STORY(a_stop_from_outside_does_the_same),
		STORY(a_bare_continue_repaints),
		STORY(a_screen_that_does_not_change_writes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
