#include "bantop/view/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/view/frame.h"

static void
every_role_has_a_name_of_its_own(void **state)
{
	int a, b;

	(void)state;
	for (a = 0; a < STYLE_ROLE_COUNT; a++) {
		assert_non_null(theme_role_name((enum style_role)a));
		for (b = 0; b < a; b++)
			assert_string_not_equal(
			    theme_role_name((enum style_role)a),
			    theme_role_name((enum style_role)b));
	}
}

static bool
looks_like_text(unsigned attributes)
{
	return attributes == 0;
}

/* Told apart without colour: by an attribute, unless words tell it. */
static void
trouble_is_seen_without_colour(void **state)
{
	static const enum style_role roles[] = { STYLE_MARKER, STYLE_ENDING,
		STYLE_ENDED, STYLE_INVALID, STYLE_ERROR, STYLE_WARNING,
		STYLE_PARTIAL, STYLE_STALE, STYLE_KEY, STYLE_SORTED,
		STYLE_SELECTED, STYLE_MARKED, STYLE_MATCH };
	const struct theme *theme = theme_default();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof roles / sizeof roles[0]; i++)
		assert_false(looks_like_text(theme->styles[roles[i]]
		                                 .attributes));
}

static void
no_text_is_blue_and_no_background_is_set(void **state)
{
	const struct theme *theme = theme_default();
	int role;

	(void)state;
	for (role = 0; role < STYLE_ROLE_COUNT; role++) {
		assert_int_not_equal(theme->styles[role].fg.basic, 4);
		assert_int_equal(theme->styles[role].bg.basic, -1);
		assert_int_equal(theme->styles[role].bg.indexed, -1);
		assert_true(theme->styles[role].bg.rgb == -1);
	}
}

static void
set(struct theme *theme, const char *key, const char *value)
{
	struct err err;

	if (!theme_set(theme, "account", key, value, &err))
		fail_msg("%s %s: %s", key, value, err.text);
}

static void
block_sets_what_it_names(void **state)
{
	struct theme theme = *theme_default();
	struct style *style = &theme.styles[STYLE_ACCOUNT];
	struct err err;

	(void)state;
	style->attributes = STYLE_ITALIC;
	assert_true(theme_begin(&theme, "account", &err));
	assert_int_equal(style->attributes, 0);
	assert_int_equal(style->fg.basic, -1);
	set(&theme, "fg", "green");
	set(&theme, "fg256", "114");
	set(&theme, "fg_rgb", "#5FafFf");
	set(&theme, "bg", "black");
	set(&theme, "bg256", "0");
	set(&theme, "bg_rgb", "#000001");
	set(&theme, "attrs", "bold");
	set(&theme, "attrs", "  underline faint ");
	assert_int_equal(style->fg.basic, 2);
	assert_int_equal(style->fg.indexed, 114);
	assert_int_equal(style->fg.rgb, 0x5fafff);
	assert_int_equal(style->bg.basic, 0);
	assert_int_equal(style->bg.indexed, 0);
	assert_int_equal(style->bg.rgb, 1);
	assert_int_equal(style->attributes,
	    STYLE_BOLD | STYLE_UNDERLINE | STYLE_FAINT);
	set(&theme, "fg", "default");
	assert_int_equal(style->fg.basic, -1);
}

static void
expect_refused(const char *role, const char *key, const char *value,
    const char *words)
{
	struct theme theme = *theme_default();
	struct err err;

	assert_false(theme_set(&theme, role, key, value, &err));
	assert_int_equal(err.kind, ERR_CONFIG);
	if (strstr(err.text, words) == NULL)
		fail_msg("%s", err.text);
	assert_memory_equal(&theme, theme_default(), sizeof theme);
}

/* The last name that has room is whole, and it is said that there are more. */
static void
names_that_find_no_room_are_left_out_whole(void **state)
{
	struct theme theme = *theme_default();
	struct err err;
	char *end;

	(void)state;
	assert_false(theme_begin(&theme, "nobody", &err));
	end = strstr(err.text, " ...");
	assert_non_null(end);
	assert_string_equal(end, " ...");
	*end = '\0';
	assert_true(theme_begin(&theme, strrchr(err.text, ' ') + 1, &err));
}

static void
what_is_wrong_is_named_with_what_is_right(void **state)
{
	struct theme theme = *theme_default();
	struct err err;

	(void)state;
	expect_refused("nobody", "fg", "red", "there are text title");
	expect_refused("a_name_that_is_longer_than_any_role", "fg", "red",
	    "no style is called a_name_that_is_longer_than_any_r; there are ");
	expect_refused("account", "colour", "red", "it has fg bg fg256");
	expect_refused("account", "fg", "pink", "default black red");
	expect_refused("account", "fg256", "256", "0 to 255");
	expect_refused("account", "fg256", "", "0 to 255");
	expect_refused("account", "fg_rgb", "5fafff", "\"#5fafff\"");
	expect_refused("account", "fg_rgb", "#5fafg0", "\"#5fafff\"");
	expect_refused("account", "attrs", "bold blink", "bold faint");
	assert_false(theme_begin(&theme, "nobody", &err));
	assert_memory_equal(&theme, theme_default(), sizeof theme);
}

static void
what_lies_over_a_role_adds_to_it(void **state)
{
	struct theme theme = *theme_default();
	struct style style;

	(void)state;
	style =
	    theme_resolve(&theme, STYLE_ENDED, FRAME_SELECTED | FRAME_MARKED);
	assert_int_equal(style.attributes, STYLE_BOLD | STYLE_REVERSE);
	assert_int_equal(style.fg.basic, theme.styles[STYLE_MARKED].fg.basic);
	style = theme_resolve(&theme, STYLE_ENDING, FRAME_SELECTED);
	assert_int_equal(style.fg.basic, theme.styles[STYLE_ENDING].fg.basic);
	style = theme_resolve(&theme, STYLE_ENDED, 0);
	assert_int_equal(style.attributes, STYLE_FAINT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_has_a_name_of_its_own),
		cmocka_unit_test(trouble_is_seen_without_colour),
		cmocka_unit_test(no_text_is_blue_and_no_background_is_set),
		cmocka_unit_test(block_sets_what_it_names),
		cmocka_unit_test(names_that_find_no_room_are_left_out_whole),
		cmocka_unit_test(what_is_wrong_is_named_with_what_is_right),
		cmocka_unit_test(what_lies_over_a_role_adds_to_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
