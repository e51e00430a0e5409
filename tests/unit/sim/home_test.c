#include "bantop/sim/home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "bantop/base/mem.h"

static void
files_are_private_and_go_with_the_home(void **state)
{
	struct sim_home home;
	struct stat status;
	struct buf text;
	struct err err;
	char dir[SIM_PATH_MAX];

	(void)state;
	buf_init(&text, 100);
	assert_true(sim_home_make(&home, &err));
	memcpy(dir, home.dir, sizeof(dir));
	assert_int_equal(stat(dir, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	assert_true(sim_home_write_cacert(&home, "pem", 3, &err));
	assert_true(sim_home_write_secret(&home, "key", 3, &err));
	assert_int_equal(stat(home.secret, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_true(file_read_private(home.secret, &text, &err));
	assert_string_equal(buf_text(&text), "key");
	sim_home_release(&home);
	assert_int_not_equal(stat(dir, &status), 0);
	sim_home_release(&home);
	buf_release(&text);
}

static void
a_place_that_is_not_there_is_said(void **state)
{
	const char *now = getenv("TMPDIR");
	char *before = now == NULL ? NULL : mem_copy_text(now, strlen(now));
	struct sim_home home;
	struct err err = { .kind = ERR_NONE };

	(void)state;
	assert_int_equal(setenv("TMPDIR", "/nonexistent/place", 1), 0);
	assert_false(sim_home_make(&home, &err));
	assert_int_equal(err.kind, ERR_FILE);
	assert_non_null(strstr(err.text, "/nonexistent/place"));
	sim_home_release(&home);
	if (before == NULL)
		unsetenv("TMPDIR");
	else
		setenv("TMPDIR", before, 1);
	free(before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_private_and_go_with_the_home),
		cmocka_unit_test(a_place_that_is_not_there_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
