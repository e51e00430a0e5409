/*
 * The signal pipe: what was caught is in the set, what was ignored stays so.
 */
#include <limits.h>
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

static void
what_is_put_back_is_taken_again(void **state)
{
	(void)state;
	assert_true(signals_open(SIGNAL_ALL, &err));
	raise(SIGTERM);
	raise(SIGWINCH);
	signals_put_back(signals_take());
	assert_int_equal(signals_take(), SIGNAL_TERMINATE | SIGNAL_RESIZE);
}

static void
that_it_must_end_is_known_before_it_is_taken(void **state)
{
	(void)state;
	assert_true(signals_open(SIGNAL_ALL, &err));
	raise(SIGINT);
	raise(SIGWINCH);
	assert_false(signals_is_ending());
	raise(SIGHUP);
	assert_true(signals_is_ending());
	signals_close();
	assert_false(signals_is_ending());
}

static void
say_last_words(void)
{
	if (write(STDOUT_FILENO, "last words\n", 11) < 0)
		_exit(98);
}

/* @return what the process wrote, and its end in @p status. */
static size_t
crash(int number, int *status, char out[64])
{
	int fds[2];
	ssize_t len;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (pid == 0) {
		dup2(fds[1], STDOUT_FILENO);
		signals_on_crash(say_last_words);
		raise(number);
		_exit(99);
	}
	close(fds[1]);
	assert_int_equal(waitpid(pid, status, 0), pid);
	len = read(fds[0], out, 64);
	close(fds[0]);
	return len < 0 ? 0 : (size_t)len;
}

static void
a_crash_has_last_words_and_is_died_of(void **state)
{
	static const int numbers[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL,
		SIGUSR1 };
	char said[64];
	int status;

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		assert_int_equal(crash(numbers[i], &status, said), 11);
		assert_memory_equal(said, "last words\n", 11);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), numbers[i]);
	}
}

/* A stack that is used up leaves none for a handler. */
static int
use_up_stack(volatile const char *above, unsigned more)
{
	volatile char here[4096];

	here[0] = above == NULL ? '\0' : above[0];
	return more == 0 ? 0 : use_up_stack(here, more - 1) + here[0];
}

static void
a_stack_that_is_used_up_has_last_words(void **state)
{
	char said[64] = "";
	int fds[2];
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (pid == 0) {
		dup2(fds[1], STDOUT_FILENO);
		signals_on_crash(say_last_words);
		_exit(use_up_stack(NULL, UINT_MAX));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSEGV);
	assert_int_equal(read(fds[0], said, sizeof(said)), 11);
	close(fds[0]);
	close(fds[1]);
}

static void
without_last_words_it_is_as_ever(void **state)
{
	struct sigaction action;

	(void)state;
	signals_on_crash(say_last_words);
	signals_on_crash(NULL);
	assert_int_equal(sigaction(SIGSEGV, NULL, &action), 0);
	assert_ptr_equal(action.sa_handler, SIG_DFL);
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
		TEST(what_is_put_back_is_taken_again),
		TEST(that_it_must_end_is_known_before_it_is_taken),
		TEST(a_crash_has_last_words_and_is_died_of),
		TEST(a_stack_that_is_used_up_has_last_words),
		TEST(without_last_words_it_is_as_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
