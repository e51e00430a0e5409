/*
 * The instruments themselves, tried on programs that every system has: what
 * they show must be so before a story may rest on it.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"
#include "e2e/support/run.h"
#include "e2e/support/term.h"

static void
start_script(struct term *term, const struct home *home, const char *script)
{
	const char *argv[] = { "/bin/sh", "-c", script, NULL };
	const struct term_options options = {
		.rows = 6,
		.cols = 30,
		.argv = argv,
	};

	term_start(term, home, &options);
}

static void
output_errors_and_status_are_read(void **state)
{
	const char *argv[] = { "/bin/sh", "-c", "cat; echo oops >&2; exit 3",
		NULL };
	const struct run_options options = { .argv = argv, .input = "in\n" };
	struct run run;

	run_start(&run, *state, &options);
	assert_int_equal(run_finish(&run), 3);
	assert_string_equal(run_output(&run), "in\n");
	assert_string_equal(run_error(&run), "oops\n");
	run_release(&run);
}

static void
a_running_program_is_read_and_signalled(void **state)
{
	const char *argv[] = { "/bin/sh", "-c",
		"echo up; exec tail -f /dev/null", NULL };
	const struct run_options options = { .argv = argv };
	struct run run;

	run_start(&run, *state, &options);
	run_wait_output(&run, "up\n");
	assert_false(child_has_ended(&run.child));
	child_signal(&run.child, SIGTERM);
	assert_int_equal(run_finish(&run), -1);
	assert_int_equal(run.child.signal, SIGTERM);
	run_release(&run);
}

static void
much_output_arrives_whole(void **state)
{
	const char *argv[] = { "/bin/sh", "-c",
		"head -c 3000000 /dev/zero | tr '\\0' x", NULL };
	struct run run;

	assert_int_equal(run_program(&run, *state, argv, NULL), 0);
	assert_int_equal(run.out.len, 3000000);
	run_release(&run);
}

static void
a_closed_output_is_a_broken_pipe(void **state)
{
	const char *argv[] = { "/bin/sh", "-c",
		"echo up; while :; do echo more; done", NULL };
	const struct run_options options = { .argv = argv };
	struct run run;

	run_start(&run, *state, &options);
	run_wait_output(&run, "up\n");
	run_close_output(&run);
	assert_int_equal(run_finish(&run), -1);
	assert_int_equal(run.child.signal, SIGPIPE);
	run_release(&run);
}

static void
a_home_is_private_and_all_that_is_seen(void **state)
{
	const char *read_it[] = { "/bin/sh", "-c",
		"cat $XDG_CONFIG_HOME/bantop/x", NULL };
	const char *show_all[] = { "/usr/bin/env", NULL };
	const char *more[] = { "A=1", "A=2", "TERM", NULL };
	const struct home *home = *state;
	char path[HOME_PATH_MAX];
	struct stat status;
	struct run run;

	home_write_text(home, "config/bantop/x", "here");
	home_path(home, "config/bantop/x", path);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(run_program(&run, home, read_it, NULL), 0);
	assert_string_equal(run_output(&run), "here");
	run_release(&run);
	assert_int_equal(run_program(&run, home, show_all, more), 0);
	assert_non_null(strstr(run_output(&run), home->dir));
	assert_non_null(strstr(run_output(&run), "\nLC_ALL=C.UTF-8\n"));
	assert_non_null(strstr(run_output(&run), "\nA=2\n"));
	assert_null(strstr(run_output(&run), "A=1"));
	assert_null(strstr(run_output(&run), "\nTERM="));
	assert_null(strstr(run_output(&run), "\nPWD="));
	run_release(&run);
}

static void
the_screen_is_read_as_text(void **state)
{
	VTermScreenCell cell;
	char row[TERM_ROW_MAX];
	struct term term;
	int at_row, at_col;

	start_script(&term, *state,
	    "printf 'one\\r\\n\\033[1mb\\033[m\\344\\270\\255x "
	    "e\\314\\201 \\r\\nend'; read -r line; exit 7");
	term_wait_text(&term, "end");
	term_row(&term, 0, row);
	assert_string_equal(row, "one");
	term_row(&term, 1, row);
	assert_string_equal(row, "b\xe4\xb8\xadx e\xcc\x81");
	term_row(&term, 6, row);
	assert_string_equal(row, "");
	assert_int_equal(term_find(&term, "end"), 2);
	assert_int_equal(term_find(&term, "nowhere"), -1);
	term_cell(&term, 1, 0, &cell);
	assert_int_equal(cell.attrs.bold, 1);
	term_cell(&term, 1, 1, &cell);
	assert_int_equal(cell.attrs.bold, 0);
	assert_int_equal(cell.width, 2);
	term_cursor(&term, &at_row, &at_col);
	assert_int_equal(at_row, 2);
	assert_int_equal(at_col, 3);
	term_type(&term, "go\r");
	assert_int_equal(term_wait_exit(&term), 7);
	term_release(&term);
}

static void
the_modes_of_the_terminal_are_followed(void **state)
{
	struct term term;

	start_script(&term, *state,
	    "stty raw -echo; printf '\\033[?1049h\\033[?25l\\033[?1h"
	    "\\033[?2004hready'; head -c 20 | od -c; "
	    "printf '\\033[?1049l\\033[?25hdone'; read -r line");
	term_wait_text(&term, "ready");
	assert_true(term.altscreen);
	assert_false(term.cursor_visible);
	term_key(&term, VTERM_KEY_UP, VTERM_MOD_NONE);
	term_char(&term, 'c', VTERM_MOD_CTRL);
	term_paste(&term, "pqrs");
	term_wait_raw(&term, "done");
	/* Application cursor keys, then Ctrl-C, then the brackets. */
	assert_non_null(strstr(buf_text(&term.raw), "033   O   A 003 033"));
	assert_non_null(strstr(buf_text(&term.raw), "2   0   0   ~   p"));
	assert_false(term.altscreen);
	assert_true(term.cursor_visible);
	term_release(&term);
}

static void
a_resize_is_felt(void **state)
{
	struct term term;

	start_script(&term, *state,
	    "trap 'stty size' WINCH; stty size; "
	    "while :; do read -r line || :; done");
	term_wait_text(&term, "6 30");
	term_resize(&term, 9, 44);
	term_send(&term, "\n", 1); /* not every shell ends its read */
	term_wait_text(&term, "9 44");
	term_hang_up(&term);
	child_wait(&term.child, deadline_in_s(DEADLINE_USUAL_S));
	assert_int_equal(term.child.signal, SIGHUP);
	term_release(&term);
}

static void
repetition_is_understood(void **state)
{
	char row[TERM_ROW_MAX];
	struct term term;

	start_script(&term, *state,
	    "printf 'a-\\033[4bb\\r\\nend'; read -r line");
	term_wait_text(&term, "end");
	term_row(&term, 0, row);
	assert_string_equal(row, "a-----b");
	term_release(&term);
}

static void
bursts_of_output_are_counted(void **state)
{
	struct term term;
	size_t before;

	start_script(&term, *state,
	    "stty -echo; printf up; read -r line; printf two; read -r line");
	term_wait_text(&term, "up");
	before = term.bursts;
	term_watch_ms(&term, 50);
	assert_int_equal(term.bursts, before);
	term_type(&term, "\r");
	term_wait_text(&term, "two");
	assert_true(term.bursts > before);
	term_release(&term);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_errors_and_status_are_read),
		cmocka_unit_test(a_running_program_is_read_and_signalled),
		cmocka_unit_test(much_output_arrives_whole),
		cmocka_unit_test(a_closed_output_is_a_broken_pipe),
		cmocka_unit_test(a_home_is_private_and_all_that_is_seen),
		cmocka_unit_test(the_screen_is_read_as_text),
		cmocka_unit_test(the_modes_of_the_terminal_are_followed),
		cmocka_unit_test(a_resize_is_felt),
		cmocka_unit_test(repetition_is_understood),
		cmocka_unit_test(bursts_of_output_are_counted),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
