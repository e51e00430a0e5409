#include "bantop/app/restricted_rules.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

static int
set_up(void **state)
{
	struct settings *settings = settings_create();

	settings->restricted = true;
	settings->region = &settings->regions.regions[1];
	*state = settings;
	return 0;
}

static int
tear_down(void **state)
{
	settings_destroy(*state);
	return 0;
}

static void
expect_refused(struct settings *settings, const char *what)
{
	struct err err = { .kind = ERR_NONE };

	assert_false(restricted_apply(settings, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (strstr(err.text, what) == NULL)
		fail_msg("\"%s\" does not name %s", err.text, what);
}

static void
apply(struct settings *settings)
{
	struct err err = { .kind = ERR_NONE };

	if (!restricted_apply(settings, &err))
		fail_msg("%s", err.text);
}

static void
what_writes_is_refused(void **state)
{
	struct settings *settings = *state;

	settings->output = "file";
	expect_refused(settings, "--output");
	settings->output = NULL;
	settings->log = "file";
	expect_refused(settings, "--log");
}

static void
what_runs_a_command_is_refused(void **state)
{
	struct settings *settings = *state;

	settings->demo = "calm";
	expect_refused(settings, "--demo");
	settings->demo = NULL;
	settings->secret.key_command = "pass";
	expect_refused(settings, "secret_key_command");
	settings->secret.key_command = NULL;
	settings->secret.usersig_command = "pass";
	expect_refused(settings, "usersig_command");
}

static void
a_region_has_to_be_set(void **state)
{
	struct settings *settings = *state;

	settings->region = NULL;
	expect_refused(settings, "--region");
	settings->command = COMMAND_EXPLAIN;
	apply(settings);
}

static void
only_that_region_is_left(void **state)
{
	struct settings *settings = *state;
	struct region want = *settings->region;

	apply(settings);
	assert_int_equal(settings->regions.count, 1);
	assert_ptr_equal(settings->region, &settings->regions.regions[0]);
	assert_string_equal(settings->region->key, want.key);
	assert_string_equal(settings->region->host, want.host);
}

static void
it_keeps_no_state_and_does_not_stay_for_ever(void **state)
{
	struct settings *settings = *state;

	apply(settings);
	assert_true(settings->no_state);
	assert_int_equal(settings->idle_s, RESTRICTED_IDLE_S);
	settings->idle_s = 60;
	apply(settings);
	assert_int_equal(settings->idle_s, 60);
}

static void
a_group_that_was_named_is_on_the_list(void **state)
{
	struct settings *settings = *state;

	apply(settings);
	assert_false(restricted_has_fixed_groups(settings));
	settings->group = "one";
	apply(settings);
	apply(settings);
	assert_int_equal(settings->group_count, 1);
	assert_string_equal(settings->groups[0], "one");
	assert_true(restricted_has_fixed_groups(settings));
	settings->command = COMMAND_GROUPS;
	expect_refused(settings, "groups");
}

static void
keys_that_write_or_lead_elsewhere_are_refused(void **state)
{
	struct settings *settings = *state;

	assert_non_null(restricted_refusal(settings, ACTION_WRITE));
	assert_non_null(restricted_refusal(settings, ACTION_SUSPEND));
	assert_null(restricted_refusal(settings, ACTION_TYPE_ID));
	assert_null(restricted_refusal(settings, ACTION_FETCH_GROUPS));
	settings->groups[settings->group_count++] = "one";
	assert_non_null(restricted_refusal(settings, ACTION_TYPE_ID));
	assert_non_null(restricted_refusal(settings, ACTION_FETCH_GROUPS));
	assert_null(restricted_refusal(settings, ACTION_COPY));
	assert_null(restricted_refusal(settings, ACTION_LOAD_ALL));
}

static void
without_it_nothing_is_refused(void **state)
{
	struct settings *settings = *state;

	settings->restricted = false;
	settings->groups[settings->group_count++] = "one";
	assert_null(restricted_refusal(settings, ACTION_WRITE));
	assert_null(restricted_refusal(settings, ACTION_TYPE_ID));
	assert_false(restricted_has_fixed_groups(settings));
}

/* -- files of others ------------------------------------------------------- */

static bool
is_taken(const char *path)
{
	struct err err = { .kind = ERR_NONE };
	bool taken = restricted_check_config(path, &err);

	assert_true(taken || err.kind == ERR_USAGE);
	return taken;
}

static void
a_file_of_ones_own_is_refused(void **state)
{
	char path[512];

	(void)state;
	assert_non_null(getcwd(path, sizeof path - 8));
	memcpy(path + strlen(path), "/conf", sizeof "/conf");
	assert_int_equal(close(open(path, O_CREAT | O_WRONLY, 0644)), 0);
	assert_false(is_taken(path));
	assert_false(is_taken("conf"));
	assert_false(is_taken("/nowhere/at/all"));
}

/* Only root may become nobody to try it; anybody else is not root already. */
static void
a_file_of_root_is_taken_by_its_full_path(void **state)
{
	int status = 0;
	pid_t pid;

	(void)state;
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(3);
		_exit(is_taken("/etc/passwd") && !is_taken("/etc/../etc/passwd")
		        ? 0
		        : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_writes_is_refused, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(what_runs_a_command_is_refused,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_region_has_to_be_set, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(only_that_region_is_left,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    it_keeps_no_state_and_does_not_stay_for_ever, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_group_that_was_named_is_on_the_list, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    keys_that_write_or_lead_elsewhere_are_refused, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(without_it_nothing_is_refused,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_of_ones_own_is_refused,
		    scratch_enter, scratch_leave),
		cmocka_unit_test(a_file_of_root_is_taken_by_its_full_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
