/*
 * Themes by name: found, read, refused with what is wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/theme_file.h"
#include "support/scratch.h"

static void
write_theme(const char *name, const char *text)
{
	FILE *file = fopen(name, "w");

	assert_non_null(file);
	assert_int_equal(fputs(text, file) >= 0, 1);
	assert_int_equal(fclose(file), 0);
}

static int
set_up(void **state)
{
	int result = scratch_enter(state);

	assert_int_equal(setenv("BANTOP_THEMES", ".", 1), 0);
	assert_int_equal(setenv("XDG_CONFIG_HOME", "/nowhere", 1), 0);
	return result;
}

static void
a_theme_changes_what_its_file_names_and_nothing_else(void **state)
{
	const struct theme *builtin = theme_default();
	struct err err = { .kind = ERR_NONE };
	struct theme theme;

	(void)state;
	write_theme("mine.theme",
	    "style error { fg = \"green\" attrs = {\"underline\"} }\n");
	assert_true(theme_file_load("mine", &theme, &err));
	assert_int_equal(theme.styles[STYLE_ERROR].fg.basic, 2);
	assert_int_equal(theme.styles[STYLE_ERROR].attributes, STYLE_UNDERLINE);
	assert_memory_equal(&theme.styles[STYLE_ACCOUNT],
	    &builtin->styles[STYLE_ACCOUNT], sizeof(struct style));
}

static void
an_unknown_theme_is_refused_with_the_names(void **state)
{
	struct err err = { .kind = ERR_NONE };
	struct theme theme;

	(void)state;
	write_theme("mine.theme", "");
	assert_false(theme_file_load("yours", &theme, &err));
	assert_int_equal(err.kind, ERR_CONFIG);
	assert_non_null(strstr(err.text, "yours"));
	assert_non_null(strstr(err.text, " default"));
	assert_non_null(strstr(err.text, " mine"));
	assert_false(theme_file_load("../mine", &theme, &err));
}

static void
a_mistake_is_told_with_its_file_and_line(void **state)
{
	struct err err = { .kind = ERR_NONE };
	struct theme theme;

	(void)state;
	write_theme("bad.theme",
	    "style error { fg = \"red\" }\nstyle eror { }\n");
	assert_false(theme_file_load("bad", &theme, &err));
	assert_non_null(strstr(err.text, "bad.theme:2: "));
	assert_non_null(strstr(err.text, "eror"));
	write_theme("bad.theme", "\nstyle error { fg = \"mauve\" }\n");
	assert_false(theme_file_load("bad", &theme, &err));
	assert_non_null(strstr(err.text, "bad.theme:2: "));
	assert_non_null(strstr(err.text, "mauve"));
}

static void
every_mistake_is_found_in_the_order_of_lines(void **state)
{
	static const char *const words[] = { "bad.theme:1: no colour is called",
		"bad.theme:2: bold: unknown", "bad.theme:4: no style is called",
		"bad.theme:5: no attribute is called" };
	struct problems problems = { .count = 0 };
	size_t i;

	(void)state;
	write_theme("bad.theme",
	    "style error { fg = \"mauve\" }\n"
	    "style hint { bold = true }\n"
	    "style good { fg = \"green\" }\n"
	    "style eror { }\n"
	    "style key { attrs = { \"shiny\" } }\n");
	theme_file_check("bad", &problems);
	assert_int_equal(problems.count, 4);
	assert_int_equal(problems.error_count, 4);
	for (i = 0; i < 4; i++)
		assert_non_null(strstr(problems.list[i].text, words[i]));
	problems_release(&problems);
	theme_file_check("default", &problems);
	assert_int_equal(problems.count, 0);
	theme_file_check("none", &problems);
	assert_int_equal(problems.count, 1);
	assert_non_null(strstr(problems.list[0].text, "no theme \"none\""));
	problems_release(&problems);
}

static void
the_list_is_sorted_and_has_the_built_in_one(void **state)
{
	struct theme_names names;
	size_t i;
	bool found = false;

	(void)state;
	write_theme("a-theme.theme", "");
	write_theme("not-a-theme.conf", "");
	theme_file_list(&names);
	for (i = 0; i < names.count; i++) {
		found = found || strcmp(names.names[i], "default") == 0;
		assert_string_not_equal(names.names[i], "not-a-theme");
		if (i > 0)
			assert_true(strcmp(names.names[i - 1], names.names[i]) <
			    0);
	}
	assert_true(found);
	assert_string_equal(names.names[0], "a-theme");
}

#define IN_FOLDER(test) \
	cmocka_unit_test_setup_teardown(test, set_up, scratch_leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_theme_changes_what_its_file_names_and_nothing_else),
		IN_FOLDER(an_unknown_theme_is_refused_with_the_names),
		IN_FOLDER(a_mistake_is_told_with_its_file_and_line),
		IN_FOLDER(every_mistake_is_found_in_the_order_of_lines),
		IN_FOLDER(the_list_is_sorted_and_has_the_built_in_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
