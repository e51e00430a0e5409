#include "bantop/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

static void
put_file(const char *path, const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(close(fd), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static void
assert_not_read(const char *path, int code)
{
	struct err err = { 0 };
	struct buf buf;

	buf_init(&buf, 1000);
	assert_false(file_read(path, &buf, &err));
	assert_int_equal(err.kind, ERR_FILE);
	assert_int_equal(err.code, code);
	assert_non_null(strstr(err.text, path));
	assert_int_equal(buf.len, 0);
	buf_release(&buf);
}

static void
a_file_is_read_whole_and_appended(void **state)
{
	struct err err = { 0 };
	struct buf buf;

	(void)state;
	put_file("a", "first\n", 0600);
	put_file("empty", "", 0600);
	buf_init(&buf, 100);
	assert_true(file_read("a", &buf, &err));
	assert_true(file_read("empty", &buf, &err));
	assert_true(file_read("a", &buf, &err));
	assert_string_equal(buf_text(&buf), "first\nfirst\n");
	buf_release(&buf);
}

static void
a_file_as_long_as_the_cap_is_read(void **state)
{
	static char text[10001];
	struct err err = { 0 };
	struct buf buf;

	(void)state;
	memset(text, 'x', sizeof text - 1);
	put_file("long", text, 0600);
	buf_init(&buf, sizeof text - 1);
	assert_true(file_read("long", &buf, &err));
	assert_string_equal(buf_text(&buf), text);
	buf_release(&buf);
	buf_init(&buf, sizeof text - 2);
	assert_false(file_read("long", &buf, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_string_equal(err.text, "long: more than 9999 bytes");
	buf_release(&buf);
}

static void
what_is_no_regular_file_is_refused_at_once(void **state)
{
	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_not_read("fifo", EINVAL);
	assert_not_read("folder", EISDIR);
	assert_not_read("absent", ENOENT);
	assert_not_read("/dev/null", EINVAL);
}

static void
a_long_path_leaves_room_for_the_reason(void **state)
{
	struct err err = { 0 };
	struct buf buf;
	char path[512];

	(void)state;
	memset(path, 'p', sizeof path);
	(void)snprintf(path + 250, sizeof path - 250, "/%0240d.conf", 7);
	buf_init(&buf, 10);
	assert_false(file_read(path, &buf, &err));
	assert_int_equal(err.code, ENOENT);
	assert_non_null(strstr(err.text, "cannot open ...000"));
	assert_non_null(strstr(err.text, "7.conf: "));
	assert_non_null(strstr(err.text, strerror(ENOENT)));
}

static void
a_pipe_is_read_to_its_end(void **state)
{
	struct err err = { 0 };
	struct buf buf;
	int fds[2];

	(void)state;
	buf_init(&buf, 100);
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], "secret\n", 7), 7);
	close(fds[1]);
	assert_true(file_read_fd(fds[0], "descriptor 7", &buf, &err));
	assert_string_equal(buf_text(&buf), "secret\n");
	close(fds[0]);
	assert_false(file_read_fd(fds[0], "descriptor 7", &buf, &err));
	assert_int_equal(err.code, EBADF);
	assert_non_null(strstr(err.text, "descriptor 7"));
	buf_wipe(&buf);
}

static void
a_secret_that_others_can_use_is_refused(void **state)
{
	static const mode_t bad[] = { 0640, 0620, 0604, 0602, 0644, 0666 };
	static const mode_t good[] = { 0600, 0400, 0700 };
	struct err err = { 0 };
	struct buf buf;
	size_t i;

	(void)state;
	buf_init(&buf, 100);
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		put_file("key", "secret", bad[i]);
		err.kind = ERR_NONE;
		assert_false(file_read_private("key", &buf, &err));
		assert_int_equal(err.kind, ERR_CREDENTIAL);
		assert_non_null(strstr(err.text, "chmod 600 key"));
		assert_null(strstr(err.text, "secret"));
		assert_int_equal(buf.len, 0);
	}
	for (i = 0; i < sizeof good / sizeof good[0]; i++) {
		put_file("key", "secret", good[i]);
		assert_true(file_read_private("key", &buf, &err));
		assert_string_equal(buf_text(&buf), "secret");
		buf_reset(&buf);
		assert_int_equal(chmod("key", 0600), 0);
	}
	assert_false(file_read_private("absent", &buf, &err));
	assert_int_equal(err.kind, ERR_FILE);
	buf_wipe(&buf);
}

/* Reads what comes until the end, in a process of its own. @return its id; its
 * status is 0 if @p want bytes came. */
static pid_t
drain(int fds[2], size_t want)
{
	pid_t child = fork();
	char chunk[4096];
	size_t len = 0;
	ssize_t got;

	assert_true(child >= 0);
	if (child != 0)
		return child;
	close(fds[1]);
	do {
		got = read(fds[0], chunk, sizeof chunk);
		len += got > 0 ? (size_t)got : 0;
	} while (got > 0);
	_exit(len == want ? 0 : 1);
}

static void
a_descriptor_that_would_block_is_waited_for(void **state)
{
	static char text[1000000];
	struct err err = { 0 };
	int status, fds[2];
	pid_t child;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(fcntl(fds[1], F_SETFL, O_NONBLOCK), 0);
	child = drain(fds, sizeof text);
	assert_true(file_write_all(fds[1], "pipe", text, sizeof text, &err));
	close(fds[1]);
	close(fds[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void
a_write_that_fails_says_why(void **state)
{
	struct err err = { 0 };
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	if (fd < 0)
		skip();
	assert_false(file_write_all(fd, "out.csv", "x", 1, &err));
	assert_int_equal(err.kind, ERR_FILE);
	assert_int_equal(err.code, ENOSPC);
	assert_non_null(strstr(err.text, "cannot write out.csv: "));
	close(fd);
	assert_true(file_write_all(-1, "nothing", NULL, 0, &err));
	assert_false(file_write_all(-1, "nothing", "x", 1, &err));
	assert_int_equal(err.code, EBADF);
}

#define FILE_TEST(test) \
	cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FILE_TEST(a_file_is_read_whole_and_appended),
		FILE_TEST(a_file_as_long_as_the_cap_is_read),
		FILE_TEST(what_is_no_regular_file_is_refused_at_once),
		FILE_TEST(a_long_path_leaves_room_for_the_reason),
		FILE_TEST(a_pipe_is_read_to_its_end),
		FILE_TEST(a_secret_that_others_can_use_is_refused),
		FILE_TEST(a_descriptor_that_would_block_is_waited_for),
		FILE_TEST(a_write_that_fails_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
