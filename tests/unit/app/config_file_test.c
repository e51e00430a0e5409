/*
 * A file as entries with their lines: sections, lists, comments, mistakes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/config_file.h"
#include "bantop/base/file.h"
#include "scratch.h"

static const struct config_key top_keys[] = {
	{ "theme", false },
	{ "rate", false },
};
static const struct config_key profile_keys[] = {
	{ "region", false },
	{ "groups", true },
};
static const struct config_section sections[] = {
	{ "", false, top_keys, 2 },
	{ "profile", true, profile_keys, 2 },
};

static struct config_file *
read_text(const char *text)
{
	struct file_new file;
	struct err err;
	struct config_file *config;

	assert_true(file_new_open(&file, "conf", true, &err));
	assert_true(file_new_write(&file, text, strlen(text), &err));
	assert_true(file_new_commit(&file, &err));
	config = config_file_read("conf", sections, 2, &err);
	assert_non_null(config);
	return config;
}

static void
expect_entry(const struct config_file *config, size_t index,
    const char *section, const char *title, const char *key, const char *value,
    int line)
{
	const struct config_entry *entry = config_file_at(config, index);

	assert_string_equal(entry->section, section);
	assert_string_equal(entry->title, title);
	assert_string_equal(entry->key, key);
	assert_string_equal(entry->value, value);
	assert_int_equal(entry->line, line);
}

static void
values_come_with_their_lines(void **state)
{
	struct config_file *config = read_text("# head\n"
	                                       "theme = \"default\"\n"
	                                       "\n"
	                                       "rate = 20\n");

	(void)state;
	assert_int_equal(config_file_count(config), 2);
	expect_entry(config, 0, "", "", "theme", "default", 2);
	expect_entry(config, 1, "", "", "rate", "20", 4);
	assert_int_equal(config_file_problem_count(config), 0);
	config_file_destroy(config);
}

static void
group_ids_keep_their_signs_in_a_list(void **state)
{
	struct config_file *config =
	    read_text("profile live {\n"
	              "  region = \"sgp\"\n"
	              "  groups = { \"@TGS#aDEMO00001\", \"friday live\" }\n"
	              "}\n");

	(void)state;
	assert_int_equal(config_file_count(config), 4);
	expect_entry(config, 1, "profile", "live", "region", "sgp", 2);
	expect_entry(config, 2, "profile", "live", "groups", "@TGS#aDEMO00001",
	    3);
	expect_entry(config, 3, "profile", "live", "groups", "friday live", 3);
	assert_int_equal(config_file_at(config, 3)->index, 1);
	config_file_destroy(config);
}

static void
unknown_keys_are_all_warned_of_with_their_lines(void **state)
{
	struct config_file *config = read_text("colour = \"red\"\n"
	                                       "theme = \"default\"\n"
	                                       "profile a {\n"
	                                       "  regoin = \"sgp\"\n"
	                                       "  region = \"kr\"\n"
	                                       "}\n"
	                                       "pace = { 1, 2 }\n");

	(void)state;
	assert_int_equal(config_file_problem_count(config), 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(config_file_problem_at(config, i)->is_warning);
	assert_int_equal(config_file_problem_at(config, 0)->line, 1);
	assert_string_equal(config_file_problem_at(config, 0)->text,
	    "colour: unknown, ignored");
	assert_int_equal(config_file_problem_at(config, 1)->line, 4);
	assert_int_equal(config_file_problem_at(config, 2)->line, 7);
	expect_entry(config, 0, "", "", "theme", "default", 2);
	config_file_destroy(config);
}

static void
an_unknown_section_is_warned_of_and_skipped(void **state)
{
	struct config_file *config = read_text("shoes {\n"
	                                       "  size = 43\n"
	                                       "}\n"
	                                       "rate = 5\n");

	(void)state;
	assert_int_equal(config_file_count(config), 1);
	expect_entry(config, 0, "", "", "rate", "5", 4);
	assert_true(config_file_problem_count(config) >= 1);
	assert_true(config_file_problem_at(config, 0)->is_warning);
	config_file_destroy(config);
}

static void
a_syntax_error_is_told_with_its_line(void **state)
{
	struct config_file *config = read_text("theme = \"default\"\n"
	                                       "rate 20\n");

	(void)state;
	assert_int_equal(config_file_problem_count(config), 1);
	assert_false(config_file_problem_at(config, 0)->is_warning);
	assert_int_equal(config_file_problem_at(config, 0)->line, 2);
	config_file_destroy(config);
}

static void
a_section_that_does_not_end_is_an_error(void **state)
{
	struct config_file *config =
	    read_text("profile live {\n  region = \"sgp\"\n");

	(void)state;
	assert_int_equal(config_file_problem_count(config), 1);
	assert_false(config_file_problem_at(config, 0)->is_warning);
	config_file_destroy(config);
}

static void
an_empty_file_has_nothing(void **state)
{
	struct config_file *config = read_text("");

	(void)state;
	assert_int_equal(config_file_count(config), 0);
	assert_int_equal(config_file_problem_count(config), 0);
	config_file_destroy(config);
}

static void
a_missing_file_is_said_with_its_errno(void **state)
{
	struct err err;

	(void)state;
	assert_null(config_file_read("nowhere", sections, 2, &err));
	assert_int_equal(err.kind, ERR_FILE);
}

#define IN_SCRATCH(test) \
	cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(values_come_with_their_lines),
		IN_SCRATCH(group_ids_keep_their_signs_in_a_list),
		IN_SCRATCH(unknown_keys_are_all_warned_of_with_their_lines),
		IN_SCRATCH(an_unknown_section_is_warned_of_and_skipped),
		IN_SCRATCH(a_syntax_error_is_told_with_its_line),
		IN_SCRATCH(a_section_that_does_not_end_is_an_error),
		IN_SCRATCH(an_empty_file_has_nothing),
		IN_SCRATCH(a_missing_file_is_said_with_its_errno),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
