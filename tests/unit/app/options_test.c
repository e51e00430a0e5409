/*
 * The command line and the environment: what is taken, in which order, and
 * what is said of what is wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/option_table.h"
#include "bantop/app/options.h"
#include "bantop/app/settings_check.h"
#include "scratch.h"

enum { ARGUMENTS_MAX = 24 };

static struct settings *settings;
static struct err err;

static void
ignore_line(const char *line, void *user)
{
	(void)line;
	(void)user;
}

/* Splits at blanks: no argument of these tests has one. */
static bool
load(const char *line)
{
	char text[512];
	char program[] = "bantop";
	char *arguments[ARGUMENTS_MAX] = { program };
	char *rest;
	int count = 1;

	snprintf(text, sizeof(text), "%s", line);
	for (char *word = strtok_r(text, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest))
		arguments[count++] = word;
	settings_destroy(settings);
	settings = settings_create();
	memset(&err, 0, sizeof(err));
	return options_load(settings, count, arguments, ignore_line, NULL,
	    &err);
}

static void
expect_refused(const char *line, const char *text)
{
	assert_false(load(line));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_string_equal(err.text, text);
}

static int
enter(void **state)
{
	unsetenv("HOME");
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	return scratch_enter(state);
}

static int
leave(void **state)
{
	settings_destroy(settings);
	settings = NULL;
	unsetenv("BANTOP_REGION");
	unsetenv("BANTOP_APP_ID");
	unsetenv("NO_COLOR");
	unsetenv("POSIXLY_CORRECT");
	return scratch_leave(state);
}

static void
nothing_given_is_the_ui_with_its_defaults(void **state)
{
	(void)state;
	assert_true(load(""));
	assert_int_equal(settings->command, COMMAND_UI);
	assert_int_equal(settings->action, SETTINGS_RUN);
	assert_int_equal(settings->page_size, 100);
	assert_int_equal(settings->rate, 10);
	assert_int_equal(settings->parallel, 8);
	assert_int_equal(settings->connect_timeout_s, 5);
	assert_int_equal(settings->timeout_s, 15);
	assert_int_equal(settings->max_rows, 1000000);
	assert_int_equal(settings->interval_s, 0);
	assert_null(settings->region);
}

static void
options_stand_before_and_behind_the_command(void **state)
{
	(void)state;
	assert_true(load("--rate 3 list --group g -r sgp"));
	assert_int_equal(settings->command, COMMAND_LIST);
	assert_int_equal(settings->rate, 3);
	assert_string_equal(settings->group, "g");
	assert_string_equal(settings->region->key, "sgp");
}

static void
posixly_correct_changes_nothing(void **state)
{
	(void)state;
	setenv("POSIXLY_CORRECT", "1", 1);
	assert_true(load("list --rate 3"));
	assert_int_equal(settings->rate, 3);
}

static void
operands_follow_the_command_also_behind_a_double_dash(void **state)
{
	(void)state;
	assert_true(load("check a --rate 2 b -- --c"));
	assert_int_equal(settings->command, COMMAND_CHECK);
	assert_int_equal(settings->operand_count, 3);
	assert_string_equal(settings->operands[0], "a");
	assert_string_equal(settings->operands[1], "b");
	assert_string_equal(settings->operands[2], "--c");
}

static void
every_number_is_refused_one_outside_its_range(void **state)
{
	char line[96];

	(void)state;
	for (size_t i = 0; i < option_count(); i++) {
		const struct option_row *row = option_at(i);
		const char *command = row->commands == 0 ||
		        (row->commands & option_command_bit(COMMAND_LIST)) != 0
		    ? "list "
		    : "";

		if ((row->where & OPTION_NO_FLAG) != 0 ||
		    (row->kind != OPTION_INT && row->kind != OPTION_SIZE &&
		        row->kind != OPTION_INT64 &&
		        row->kind != OPTION_UINT32))
			continue;
		snprintf(line, sizeof(line), "%s--%s %lld", command, row->name,
		    (long long)row->min);
		assert_true(load(line));
		snprintf(line, sizeof(line), "%s--%s %lld", command, row->name,
		    (long long)row->max);
		assert_true(load(line));
		snprintf(line, sizeof(line), "%s--%s %lld", command, row->name,
		    (long long)row->min - 1);
		assert_false(load(line));
		snprintf(line, sizeof(line), "%s--%s %lld", command, row->name,
		    (long long)row->max + 1);
		assert_false(load(line));
		assert_int_equal(err.kind, ERR_USAGE);
	}
}

static void
a_refusal_says_what_would_be_right(void **state)
{
	(void)state;
	expect_refused("--rate 500", "--rate 500: a number from 1 to 200");
	expect_refused("--rate 5x", "--rate 5x: a number from 1 to 200");
	expect_refused("--rate +5", "--rate +5: a number from 1 to 200");
	expect_refused("--color red", "--color red: auto, always or never");
	expect_refused("list --format xml",
	    "--format xml: table, tsv, csv, json or jsonl");
	expect_refused("--demo=loud",
	    "--demo loud: calm, large, errors, hostile or slow");
}

static void
an_unknown_option_is_named_without_its_value(void **state)
{
	(void)state;
	expect_refused("--password=hunter2", "--password: no such option");
	assert_null(strstr(err.text, "hunter2"));
	expect_refused("-Z", "-Z: no such option");
	expect_refused("list --force=yes", "--force: takes no value");
	expect_refused("list --group", "--group: ID is missing");
}

static void
an_option_that_would_do_nothing_is_refused(void **state)
{
	(void)state;
	expect_refused("check a --sort until", "--sort: not for check");
	expect_refused("list --interval 60", "--interval: not for list");
	assert_false(load("--format csv"));
}

static void
flags_beat_the_environment(void **state)
{
	(void)state;
	setenv("BANTOP_REGION", "kr", 1);
	assert_true(load("list"));
	assert_string_equal(settings->region->key, "kr");
	assert_true(load("list --region sgp"));
	assert_string_equal(settings->region->key, "sgp");
	setenv("NO_COLOR", "1", 1);
	assert_true(load(""));
	assert_int_equal(settings->color, COLOR_NEVER);
	assert_true(load("--color always"));
	assert_int_equal(settings->color, COLOR_ALWAYS);
}

static void
a_wrong_variable_is_named(void **state)
{
	(void)state;
	setenv("BANTOP_APP_ID", "many", 1);
	expect_refused("list",
	    "BANTOP_APP_ID many: a number from 1 to 4294967295");
}

static void
regions_have_aliases_and_unknown_ones_are_refused(void **state)
{
	(void)state;
	assert_true(load("--region Singapore"));
	assert_string_equal(settings->region->key, "sgp");
	assert_false(load("--region atlantis"));
	assert_int_equal(err.kind, ERR_USAGE);
}

static void
an_endpoint_alone_is_the_only_region(void **state)
{
	(void)state;
	assert_true(load("--endpoint https://chat.example:8443"));
	assert_int_equal(settings->regions.count, 1);
	assert_string_equal(settings->region->host, "chat.example:8443");
	assert_int_equal(settings->region->state, REGION_ENDPOINT);
	assert_false(load("--endpoint http://chat.example"));
}

static void
an_endpoint_takes_the_place_of_its_regions_host(void **state)
{
	(void)state;
	assert_true(load("-r sgp --endpoint https://chat.example"));
	assert_string_equal(settings->region->key, "sgp");
	assert_string_equal(settings->region->host, "chat.example");
	assert_string_equal(settings->region->backup, "");
}

static void
one_secret_only(void **state)
{
	(void)state;
	assert_true(load("--secret-key-file a --secret-key-file b"));
	assert_string_equal(settings->secret.key_file, "b");
	assert_false(load("--secret-key-file a --usersig-file b"));
	assert_false(load("--secret-key-fd 3 --usersig-file b"));
}

static void
utc_and_a_zone_exclude_each_other(void **state)
{
	(void)state;
	expect_refused("--utc --zone UTC", "--utc and --zone: one of them");
	expect_refused("--zone No/Where",
	    "no time zone \"No/Where\": a name such as Asia/Tokyo");
}

static void
help_comes_whatever_else_is_asked(void **state)
{
	(void)state;
	assert_true(load("list --rate 9999 --help"));
	assert_int_equal(settings->action, SETTINGS_HELP);
	assert_true(load("-V"));
	assert_int_equal(settings->action, SETTINGS_VERSION);
}

static void
help_names_every_option_in_80_columns(void **state)
{
	struct buf page;
	char name[48];
	const char *line, *end;

	(void)state;
	buf_init(&page, 65536);
	options_write_help(&page);
	for (size_t i = 0; i < option_count(); i++) {
		if ((option_at(i)->where & OPTION_NO_FLAG) != 0)
			continue;
		snprintf(name, sizeof(name), "--%s", option_at(i)->name);
		assert_non_null(strstr(buf_text(&page), name));
	}
	for (line = buf_text(&page); *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		assert_non_null(end);
		assert_true(end - line <= 80);
	}
	buf_release(&page);
}

static void
commands_need_what_they_ask_about(void **state)
{
	(void)state;
	assert_true(load("list -r sgp"));
	assert_false(settings_check_command(settings, &err));
	assert_true(load("list -r sgp -g g --app-id 5 --admin a"));
	assert_true(settings_check_command(settings, &err));
	assert_true(load("list -r sgp -g g --usersig-file f"));
	assert_true(settings_check_command(settings, &err));
	assert_true(load("frob"));
	assert_false(settings_check_command(settings, &err));
	assert_true(load("list -r sgp -g g --app-id 5 --admin a x"));
	assert_false(settings_check_command(settings, &err));
	assert_true(load("check -r sgp -g g --app-id 5 --admin a"));
	assert_false(settings_check_command(settings, &err));
	assert_false(load("--group=@TGS#a\tb"));
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_given_is_the_ui_with_its_defaults),
		TEST(options_stand_before_and_behind_the_command),
		TEST(posixly_correct_changes_nothing),
		TEST(operands_follow_the_command_also_behind_a_double_dash),
		TEST(every_number_is_refused_one_outside_its_range),
		TEST(a_refusal_says_what_would_be_right),
		TEST(an_unknown_option_is_named_without_its_value),
		TEST(an_option_that_would_do_nothing_is_refused),
		TEST(flags_beat_the_environment),
		TEST(a_wrong_variable_is_named),
		TEST(regions_have_aliases_and_unknown_ones_are_refused),
		TEST(an_endpoint_alone_is_the_only_region),
		TEST(an_endpoint_takes_the_place_of_its_regions_host),
		TEST(one_secret_only),
		TEST(utc_and_a_zone_exclude_each_other),
		TEST(help_comes_whatever_else_is_asked),
		TEST(help_names_every_option_in_80_columns),
		TEST(commands_need_what_they_ask_about),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
