/*
 * What is said on standard error while the screen stands: it is not on it,
 * comes back behind it, and shows its end when the program dies.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/term/term.h"

enum { BYTES_MAX = 65536, FAILED = 99 };

enum last_act { LAST_CLOSE, LAST_SUSPEND, LAST_WORDS };

static void
say(const char *text)
{
	if (write(STDERR_FILENO, text, strlen(text)) < 0)
		_exit(FAILED);
}

static _Noreturn void
run(enum last_act act)
{
	const struct term_config config = {
		.in_fd = STDIN_FILENO,
		.out_fd = STDOUT_FILENO,
		.type = "xterm-256color",
		.theme = theme_default(),
	};
	struct frame *frame = frame_create(24, 80);
	struct err err = { .kind = ERR_NONE };
	struct term *term = term_open(&config, &err);

	if (term == NULL)
		_exit(FAILED);
	say("early \x1b[2J chatter\n");
	if (!term_paint(term, frame, &err))
		_exit(FAILED);
	say("late chatter\n");
	switch (act) {
	case LAST_CLOSE:
		term_close(term);
		break;
	case LAST_SUSPEND:
		term_suspend(term);
		say("while stopped\n");
		if (!term_resume(term, &err))
			_exit(FAILED);
		say("once more chatter\n");
		term_close(term);
		break;
	case LAST_WORDS:
		term_last_words();
		term_last_words();
		break;
	}
	say("behind it\n");
	/* It is a copy of the test: what it leaves is nobody's leak. */
	(void)kill(getpid(), SIGKILL);
	_exit(FAILED);
}

/* @return owned: what the terminal got, @p act being the last thing done. */
static char *
watch(enum last_act act)
{
	char *bytes = calloc(1, BYTES_MAX);
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	size_t len = 0;
	ssize_t count;
	int status, slave;
	pid_t pid;

	assert_non_null(bytes);
	assert_true(master >= 0);
	assert_int_equal(grantpt(master), 0);
	assert_int_equal(unlockpt(master), 0);
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	assert_true(slave >= 0);
	pid = fork();
	if (pid == 0) {
		for (int i = 0; i < 3; i++)
			if (dup2(slave, i) < 0)
				_exit(FAILED);
		run(act);
	}
	(void)close(slave);
	do {
		count = read(master, bytes + len, BYTES_MAX - 1 - len);
		len += count > 0 ? (size_t)count : 0;
	} while (count > 0);
	(void)close(master);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
	return bytes;
}

static void
expect_order(const char *bytes, const char *first, const char *second)
{
	const char *one = strstr(bytes, first);

	assert_non_null(one);
	assert_non_null(strstr(one, second));
}

static void
chatter_is_not_on_the_screen_nor_behind_it(void **state)
{
	char *bytes = watch(LAST_CLOSE);

	(void)state;
	assert_null(strstr(bytes, "chatter"));
	expect_order(bytes, "\x1b[?1049l", "behind it");
	free(bytes);
}

static void
a_stopped_program_has_its_standard_error(void **state)
{
	char *bytes = watch(LAST_SUSPEND);

	(void)state;
	assert_null(strstr(bytes, "chatter"));
	expect_order(bytes, "\x1b[?1049l", "while stopped");
	expect_order(bytes, "while stopped", "behind it");
	free(bytes);
}

static void
last_words_end_with_what_was_said_made_harmless(void **state)
{
	char *bytes = watch(LAST_WORDS);

	(void)state;
	expect_order(bytes, "\x1b[?1049l", "early ?[2J chatter");
	expect_order(bytes, "late chatter", "behind it");
	/* Said once. */
	assert_null(strstr(strstr(bytes, "late") + 1, "late"));
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chatter_is_not_on_the_screen_nor_behind_it),
		cmocka_unit_test(a_stopped_program_has_its_standard_error),
		cmocka_unit_test(
		    last_words_end_with_what_was_said_made_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
