/*
 * The signal pipe: what was caught is in the set, what was ignored stays so.
 */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/app/signals.h"

static struct err err;

static int
leave(void **state)
{
	(void)state;
	signals_close();
	return 0;
}

static void
a_caught_signal_wakes_and_is_in_the_set_once(void **state)
{
	struct pollfd wait = { .events = POLLIN };

	(void)state;
	assert_true(signals_open(SIGNAL_ALL, &err));
	raise(SIGWINCH);
	raise(SIGWINCH);
	raise(SIGINT);
	wait.fd = signals_fd();
	assert_int_equal(poll(&wait, 1, 0), 1);
	assert_int_equal(signals_take(), SIGNAL_RESIZE | SIGNAL_INTERRUPT);
	assert_int_equal(signals_take(), 0);
	assert_int_equal(poll(&wait, 1, 0), 0);
}

static void
what_is_ignored_at_the_start_stays_ignored(void **state)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	const struct sigaction plain = { .sa_handler = SIG_DFL };

	(void)state;
	assert_int_equal(sigaction(SIGHUP, &ignore, NULL), 0);
	assert_true(signals_open(SIGNAL_ALL, &err));
	raise(SIGHUP);
	assert_int_equal(signals_take(), 0);
	signals_close();
	assert_int_equal(sigaction(SIGHUP, &plain, NULL), 0);
}

static void
the_ending_signal_is_named_before_an_interrupt(void **state)
{
	(void)state;
	assert_int_equal(signals_number(SIGNAL_INTERRUPT | SIGNAL_TERMINATE),
	    SIGTERM);
	assert_int_equal(signals_number(SIGNAL_INTERRUPT), SIGINT);
	assert_int_equal(signals_number(SIGNAL_RESIZE), 0);
}

static void
closing_gives_the_old_handling_back(void **state)
{
	struct sigaction action;

	(void)state;
	assert_true(signals_open(SIGNAL_ALL, &err));
	signals_close();
	assert_int_equal(sigaction(SIGTERM, NULL, &action), 0);
	assert_ptr_equal(action.sa_handler, SIG_DFL);
	assert_int_equal(signals_fd(), -1);
}

static void
the_process_dies_of_the_signal_itself(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0) {
		if (!signals_open(SIGNAL_ALL, &err))
			_exit(99);
		signals_die_of(SIGTERM);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
}

#define TEST(test) cmocka_unit_test_teardown(test, leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_caught_signal_wakes_and_is_in_the_set_once),
		TEST(what_is_ignored_at_the_start_stays_ignored),
		TEST(the_ending_signal_is_named_before_an_interrupt),
		TEST(closing_gives_the_old_handling_back),
		TEST(the_process_dies_of_the_signal_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
