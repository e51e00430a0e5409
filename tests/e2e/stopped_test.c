/*
 * What is stopped: a terminal that takes nothing holds neither a signal nor
 * the end of a session up; a program that is continued paints once.
 */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"
#include "e2e/support/modes.h"

static const int endings[] = { SIGTERM, SIGHUP, SIGQUIT };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* -- a terminal that takes nothing ----------------------------------------- */

/* @return a handle on the terminal, which takes no more. */
static int
stop_terminal(struct story *story)
{
	int terminal =
	    open(ptsname(story->term.fd), O_RDWR | O_NOCTTY | O_CLOEXEC);

	assert_true(terminal >= 0);
	assert_int_equal(tcflow(terminal, TCOOFF), 0);
	story_control(story, 'l');
	story_type(story, "?");
	term_watch_ms(&story->term, 100);
	return terminal;
}

static void
a_signal_ends_it_on_a_terminal_that_was_stopped(void **state)
{
	static const int numbers[] = { SIGTERM, SIGHUP, SIGQUIT, SIGSEGV,
		SIGALRM };
	struct story *story = *state;

	for (size_t i = 0; i < COUNT(numbers); i++) {
		int terminal, fd;

		story_begin_bans(story, "50");
		fd = modes_keep(story);
		terminal = stop_terminal(story);
		child_signal(&story->term.child, numbers[i]);
		child_wait(&story->term.child, deadline_in_s(DEADLINE_USUAL_S));
		assert_int_equal(story->term.child.signal, numbers[i]);
		modes_assert_usual(fd);
		(void)close(terminal);
		(void)close(fd);
		sim_stop(&story->sim);
	}
}

/* Ctrl-S holds the screen, not the session. */
static void
an_idle_time_ends_it_on_a_terminal_that_was_stopped(void **state)
{
	static const char *const sim[] = { "--members", "50", NULL };
	const struct story_options options = { .sim = sim,
		.group = STORY_GROUP };
	struct story *story = *state;
	int terminal;

	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "idle_timeout = 1\n");
	story_begin(story, &options);
	story_wait(story, " loaded, ");
	terminal = stop_terminal(story);
	child_wait(&story->term.child, deadline_in_s(DEADLINE_USUAL_S));
	assert_int_equal(story->term.child.exit_code, 0);
	(void)close(terminal);
}

/* The rows fill whatever stands between the program and nobody. */
static void
a_signal_ends_a_list_that_nobody_reads(void **state)
{
	static const char *const sim[] = { "--members", "60000", "--rate", "0",
		NULL };
	struct term_options term = { .rows = 24, .cols = 80 };
	struct story *story = *state;
	struct pollfd nothing = { .fd = -1 };

	sim_start(&story->sim, &story->home, sim);
	for (size_t i = 0; i < COUNT(endings); i++) {
		size_t asked = story_pages(story);

		args_init(&story->args, "bantop");
		sim_add_args(&story->sim, &story->args);
		args_add_two(&story->args, "list", "--group=" STORY_GROUP);
		args_add_two(&story->args, "--rate", "200");
		term.argv = story->args.list;
		term_release(&story->term);
		term_start(&story->term, &story->home, &term);
		sim_wait_count(&story->sim, STORY_BANS, -1, asked + 2);
		(void)poll(&nothing, 1, 300);
		child_signal(&story->term.child, endings[i]);
		child_wait(&story->term.child, deadline_in_s(DEADLINE_USUAL_S));
		assert_int_equal(story->term.child.signal, endings[i]);
	}
}

/* -- stop and continue ----------------------------------------------------- */

static size_t
count_paints(const struct story *story, size_t from)
{
	static const char mark[] = "\x1b[?2004h";
	const char *at = buf_text(&story->term.raw) + from;
	size_t count = 0;

	for (at = strstr(at, mark); at != NULL; at = strstr(at + 1, mark))
		count++;
	return count;
}

static void
a_continue_paints_once(void **state)
{
	struct story *story = *state;
	size_t from;

	story_begin_under_shell(story);
	story_wait_gone(story, "of 10/s");
	story_control(story, 'z');
	story_wait(story, "back ");
	from = story->term.raw.len;
	story_type(story, "\r");
	story_wait(story, "50 loaded, complete");
	/* The list is read anew: all that is painted, until it rests. */
	sim_wait_count(&story->sim, STORY_BANS, 0, 2);
	story_wait_gone(story, "STALE");
	story_wait_gone(story, "of 10/s");
	story_expect_rest(story, 2);
	assert_int_equal(count_paints(story, from), 1);
	story_type(story, "Q");
	story_wait(story, "end 0");
	story_type(story, "\r");
	story_expect_exit(story, 0);
}

static void
a_stop_from_outside_paints_once_too(void **state)
{
	struct story *story = *state;
	size_t from;

	story_begin_bans(story, "5");
	story_wait(story, "5 loaded, complete");
	story_wait_gone(story, "of 10/s");
	from = story->term.raw.len;
	child_signal(&story->term.child, SIGSTOP);
	child_signal(&story->term.child, SIGCONT);
	story_type(story, "?");
	story_wait(story, "this help");
	story_type(story, "q");
	story_wait(story, "5 loaded, complete");
	assert_int_equal(count_paints(story, from), 1);
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(a_signal_ends_it_on_a_terminal_that_was_stopped),
		STORY(an_idle_time_ends_it_on_a_terminal_that_was_stopped),
		STORY(a_signal_ends_a_list_that_nobody_reads),
		STORY(a_continue_paints_once),
		STORY(a_stop_from_outside_paints_once_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
