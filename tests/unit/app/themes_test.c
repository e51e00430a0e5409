/*
 * The themes that come with the program: they can be read, and the default one
 * is the built-in one. Run from the root of the tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/theme_file.h"

enum { BLUE = 4 };

static int
set_up(void **state)
{
	(void)state;
	return setenv("BANTOP_THEMES", "themes", 1);
}

static struct theme
load(const char *name)
{
	struct err err = { .kind = ERR_NONE };
	struct theme theme;

	if (!theme_file_load(name, &theme, &err))
		fail_msg("%s", err.text);
	return theme;
}

static void
the_default_file_is_the_built_in_theme(void **state)
{
	const struct theme *built_in = theme_default();
	struct theme theme = load("default");
	int role;

	(void)state;
	for (role = 0; role < STYLE_ROLE_COUNT; role++)
		if (memcmp(&theme.styles[role], &built_in->styles[role],
		        sizeof theme.styles[role]) != 0)
			fail_msg("style %s differs",
			    theme_role_name((enum style_role)role));
}

static void
every_theme_can_be_read_and_has_no_blue_text(void **state)
{
	struct theme_names names;
	struct theme theme;
	size_t i;
	int role;

	(void)state;
	theme_file_list(&names);
	assert_true(names.count >= 6);
	for (i = 0; i < names.count; i++) {
		theme = load(names.names[i]);
		for (role = 0; role < STYLE_ROLE_COUNT; role++)
			assert_int_not_equal(theme.styles[role].fg.basic, BLUE);
	}
}

/* What must be told apart where there is no colour at all. */
static void
trouble_and_choice_never_hang_on_colour_alone(void **state)
{
	static const enum style_role roles[] = { STYLE_MARKER, STYLE_ENDING,
		STYLE_ENDED, STYLE_INVALID, STYLE_ERROR, STYLE_WARNING,
		STYLE_PARTIAL, STYLE_STALE, STYLE_SELECTED, STYLE_MARKED,
		STYLE_MATCH };
	struct theme_names names;
	struct theme theme;
	size_t i, k;

	(void)state;
	theme_file_list(&names);
	for (i = 0; i < names.count; i++) {
		theme = load(names.names[i]);
		for (k = 0; k < sizeof roles / sizeof roles[0]; k++)
			if (theme.styles[roles[k]].attributes ==
			    theme.styles[STYLE_ACCOUNT].attributes)
				fail_msg("%s: style %s is told by colour alone",
				    names.names[i], theme_role_name(roles[k]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_default_file_is_the_built_in_theme),
		cmocka_unit_test(every_theme_can_be_read_and_has_no_blue_text),
		cmocka_unit_test(trouble_and_choice_never_hang_on_colour_alone),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
