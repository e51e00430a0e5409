/*
 * Where the bytes go: a file that takes its name at the end, or keeps what
 * came, and standard output with a reader that goes away.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/app/output.h"
#include "bantop/base/file.h"
#include "scratch.h"

static struct err err;

static void
expect_file(const char *path, const char *expected)
{
	struct buf text;

	buf_init(&text, 65536);
	assert_true(file_read(path, &text, &err));
	assert_string_equal(buf_text(&text), expected);
	buf_release(&text);
}

static void
a_file_has_its_name_only_when_it_is_done(void **state)
{
	struct output *output = output_open_file("out", false, &err);
	struct stat status;

	(void)state;
	assert_non_null(output);
	assert_true(output_write(output, "abc", 3, &err));
	assert_true(output_flush(output, &err));
	assert_int_equal(access("out", F_OK), -1);
	assert_true(output_finish(output, &err));
	output_destroy(output);
	expect_file("out", "abc");
	assert_int_equal(stat("out", &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void
what_came_is_kept_as_partial(void **state)
{
	struct output *output = output_open_file("out", false, &err);

	(void)state;
	assert_true(output_write(output, "abc", 3, &err));
	assert_true(output_finish_partial(output, &err));
	output_destroy(output);
	expect_file("out.partial", "abc");
	assert_int_equal(access("out", F_OK), -1);
}

static void
an_unfinished_file_leaves_nothing(void **state)
{
	struct output *output = output_open_file("out", false, &err);

	(void)state;
	assert_true(output_write(output, "abc", 3, &err));
	assert_true(output_flush(output, &err));
	output_destroy(output);
	assert_int_equal(access("out", F_OK), -1);
	assert_int_equal(access("out.partial", F_OK), -1);
}

static void
a_file_that_is_there_is_replaced_only_when_told(void **state)
{
	struct output *output = output_open_file("out", false, &err);

	(void)state;
	assert_true(output_finish(output, &err));
	output_destroy(output);
	assert_null(output_open_file("out", false, &err));
	assert_int_equal(err.kind, ERR_FILE);
	output = output_open_file("out", true, &err);
	assert_non_null(output);
	assert_true(output_write(output, "new", 3, &err));
	assert_true(output_finish(output, &err));
	output_destroy(output);
	expect_file("out", "new");
}

/* Runs @p test with standard output in @p fd. */
static void
with_stdout(int fd, void (*test)(struct output *output), int signals_fd)
{
	int saved = dup(STDOUT_FILENO);
	struct output *output;

	assert_true(saved >= 0);
	assert_int_equal(dup2(fd, STDOUT_FILENO), STDOUT_FILENO);
	output = output_open_stdout(signals_fd);
	test(output);
	output_destroy(output);
	assert_int_equal(dup2(saved, STDOUT_FILENO), STDOUT_FILENO);
	close(saved);
}

static void
write_to_nobody(struct output *output)
{
	assert_true(output_write(output, "abc", 3, &err));
	assert_false(output_flush(output, &err));
	assert_int_equal(err.code, EPIPE);
	err.code = 0;
	assert_false(output_finish(output, &err));
	assert_int_equal(err.code, EPIPE);
}

static void
a_reader_that_has_gone_is_an_error_that_stays(void **state)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	int fds[2];

	(void)state;
	assert_int_equal(sigaction(SIGPIPE, &ignore, NULL), 0);
	assert_int_equal(pipe(fds), 0);
	close(fds[0]);
	with_stdout(fds[1], write_to_nobody, -1);
	close(fds[1]);
}

static void
write_more_than_a_pipe_holds(struct output *output)
{
	static const char block[65536];
	bool ok = true;

	for (int i = 0; i < 64 && ok; i++)
		ok = output_write(output, block, sizeof(block), &err);
	assert_false(ok);
	assert_int_equal(err.kind, ERR_CANCELLED);
}

static void
a_signal_ends_the_wait_for_a_reader_that_stalls(void **state)
{
	int fds[2];
	int signals[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(pipe(signals), 0);
	assert_int_equal(write(signals[1], "s", 1), 1);
	with_stdout(fds[1], write_more_than_a_pipe_holds, signals[0]);
	for (int i = 0; i < 2; i++) {
		close(fds[i]);
		close(signals[i]);
	}
}

#define IN_SCRATCH(test) \
	cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_file_has_its_name_only_when_it_is_done),
		IN_SCRATCH(what_came_is_kept_as_partial),
		IN_SCRATCH(an_unfinished_file_leaves_nothing),
		IN_SCRATCH(a_file_that_is_there_is_replaced_only_when_told),
		cmocka_unit_test(a_reader_that_has_gone_is_an_error_that_stays),
		cmocka_unit_test(
		    a_signal_ends_the_wait_for_a_reader_that_stalls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
