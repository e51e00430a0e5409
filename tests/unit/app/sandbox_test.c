#include "bantop/app/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

typedef bool (*try_fn)(void);

/* There is no way back from it: each try has a process of its own. @return its
 * answer; skips the test where the kernel cannot. */
static bool
is_possible(struct sandbox_request request, try_fn try)
{
	struct err err;
	int status = 0;
	pid_t pid;

	request.required = true;
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(!sandbox_enter(&request, &err) ? 2 : try() ? 1 : 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 2)
		skip();
	return WEXITSTATUS(status) == 1;
}

static bool
run_a_program(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", "exit 7", (char *)NULL);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 7;
}

static bool
make_a_file(void)
{
	return open("new", O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool
change_a_file(void)
{
	return open("there", O_WRONLY) >= 0 || open("there", O_RDWR) >= 0;
}

static bool
move_or_remove_a_file(void)
{
	return rename("there", "elsewhere") == 0 || unlink("there") == 0 ||
	    link("there", "twice") == 0 || symlink("there", "link") == 0 ||
	    mkdir("folder", 0700) == 0 || mkfifo("fifo", 0600) == 0;
}

static bool
read_a_file(void)
{
	return open("there", O_RDONLY) >= 0;
}

static bool
write_to_nothing(void)
{
	return open("/dev/null", O_WRONLY) >= 0;
}

static const struct sandbox_request commands = { .no_commands = true };
static const struct sandbox_request both = { .no_commands = true,
	.no_files = true };

static int
enter(void **state)
{
	return scratch_enter(state) != 0 ||
	    close(open("there", O_WRONLY | O_CREAT, 0600)) != 0;
}

static void
no_program_can_be_run(void **state)
{
	(void)state;
	assert_true(run_a_program());
	assert_false(is_possible(commands, run_a_program));
	assert_false(is_possible(both, run_a_program));
}

static void
files_are_left_alone_where_they_may_be_written(void **state)
{
	(void)state;
	assert_true(is_possible(commands, make_a_file));
	assert_true(is_possible(commands, change_a_file));
}

static void
no_file_can_be_written(void **state)
{
	(void)state;
	assert_false(is_possible(both, make_a_file));
	assert_false(is_possible(both, change_a_file));
	assert_false(is_possible(both, move_or_remove_a_file));
}

static void
files_can_still_be_read(void **state)
{
	(void)state;
	assert_true(is_possible(both, read_a_file));
	assert_true(is_possible(both, write_to_nothing));
}

static void
required_fails_where_commands_must_be_run(void **state)
{
	const struct sandbox_request none = { .required = true };
	const struct sandbox_request auto_none = { .required = false };
	struct err err = { .kind = ERR_NONE };

	(void)state;
	assert_false(sandbox_enter(&none, &err));
	assert_int_equal(err.kind, ERR_CONFIG);
	assert_true(sandbox_enter(&auto_none, &err));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_program_can_be_run, enter,
		    scratch_leave),
		cmocka_unit_test_setup_teardown(
		    files_are_left_alone_where_they_may_be_written, enter,
		    scratch_leave),
		cmocka_unit_test_setup_teardown(no_file_can_be_written, enter,
		    scratch_leave),
		cmocka_unit_test_setup_teardown(files_can_still_be_read, enter,
		    scratch_leave),
		cmocka_unit_test(required_fails_where_commands_must_be_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
