/*
 * Secrets on their way in: where they are taken from, and what is refused.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/app/secret.h"
#include "scratch.h"

static struct secret_source source;
static struct buf secret;
static bool is_usersig;
static struct err err;

static int
enter(void **state)
{
	memset(&source, 0, sizeof(source));
	source.key_fd = -1;
	buf_init(&source.key, SETTINGS_SECRET_MAX);
	buf_init(&source.usersig, SETTINGS_SECRET_MAX);
	buf_init(&secret, SETTINGS_SECRET_MAX);
	return scratch_enter(state);
}

static int
leave(void **state)
{
	buf_release(&source.key);
	buf_release(&source.usersig);
	buf_release(&secret);
	return scratch_leave(state);
}

static void
write_file(const char *path, const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

static bool
read_secret(void)
{
	return secret_read(&source, &secret, &is_usersig, &err);
}

static void
a_file_is_read_without_the_blanks_around(void **state)
{
	(void)state;
	write_file("key", "  abc def\n\n", 0600);
	source.key_file = "key";
	assert_true(read_secret());
	assert_string_equal(buf_text(&secret), "abc def");
	assert_false(is_usersig);
}

static void
a_file_that_others_can_read_is_refused_with_the_remedy(void **state)
{
	(void)state;
	write_file("key", "hush", 0640);
	source.key_file = "key";
	assert_false(read_secret());
	assert_int_equal(err.kind, ERR_CREDENTIAL);
	assert_non_null(strstr(err.text, "chmod 600 key"));
	assert_null(strstr(err.text, "hush"));
}

static void
a_missing_or_empty_file_is_a_matter_of_credentials(void **state)
{
	(void)state;
	source.key_file = "nowhere";
	assert_false(read_secret());
	assert_int_equal(err.kind, ERR_CREDENTIAL);
	write_file("key", " \n", 0600);
	source.key_file = "key";
	assert_false(read_secret());
	assert_int_equal(err.kind, ERR_CREDENTIAL);
}

static void
a_descriptor_is_read_to_its_end_and_closed(void **state)
{
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], "abc\n", 4), 4);
	close(fds[1]);
	source.key_fd = fds[0];
	assert_true(read_secret());
	assert_string_equal(buf_text(&secret), "abc");
	assert_int_equal(fcntl(fds[0], F_GETFD), -1);
}

static void
a_commands_first_line_counts(void **state)
{
	(void)state;
	source.usersig_command = "echo first; echo second";
	assert_true(read_secret());
	assert_string_equal(buf_text(&secret), "first");
	assert_true(is_usersig);
}

static void
a_command_that_fails_is_said_without_its_output(void **state)
{
	(void)state;
	source.key_command = "echo hush; exit 3";
	assert_false(read_secret());
	assert_int_equal(err.kind, ERR_CREDENTIAL);
	assert_int_equal(err.code, 3);
	assert_null(strstr(err.text, "hush"));
}

static void
the_environment_is_emptied_also_where_it_stood(void **state)
{
	static char entry[] = "BANTOP_SECRET_KEY=hush";

	(void)state;
	assert_int_equal(putenv(entry), 0);
	secret_take_environment(&source);
	assert_null(getenv("BANTOP_SECRET_KEY"));
	assert_int_equal(source.key.len, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(entry[18 + i], 0);
	assert_true(secret_is_given(&source));
	assert_true(read_secret());
	assert_string_equal(buf_text(&secret), "hush");
}

static void
nothing_given_is_nothing_given(void **state)
{
	(void)state;
	unsetenv("BANTOP_SECRET_KEY");
	unsetenv("BANTOP_USERSIG");
	secret_take_environment(&source);
	assert_false(secret_is_given(&source));
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_read_without_the_blanks_around),
		TEST(a_file_that_others_can_read_is_refused_with_the_remedy),
		TEST(a_missing_or_empty_file_is_a_matter_of_credentials),
		TEST(a_descriptor_is_read_to_its_end_and_closed),
		TEST(a_commands_first_line_counts),
		TEST(a_command_that_fails_is_said_without_its_output),
		TEST(the_environment_is_emptied_also_where_it_stood),
		TEST(nothing_given_is_nothing_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
