#include "bantop/term/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void
every_name_that_is_written_is_read(void **state)
{
	static const char *const names[] = { "j", "J", "C-d", "PgDn", "F5",
		"F24", "Space", "Esc", "Enter", "Up", "Tab", "S-Tab", "C-Left",
		"C-M-S-End", "?", ":", "Backspace", "Del", "Ins", "Home",
		"C-\\", "C-Space", "-", "<", "\xc3\xa9" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		char text[KEY_NAME_MAX];
		struct key key;

		assert_true(key_parse(names[i], strlen(names[i]), &key));
		assert_int_equal(key_write_name(key, text), strlen(names[i]));
		assert_string_equal(text, names[i]);
	}
}

static void
other_names_for_the_same_key(void **state)
{
	static const char *const pairs[][2] = { { "Return", "Enter" },
		{ "ESCAPE", "Esc" }, { "pagedown", "PgDn" }, { "f1", "F1" },
		{ "C-D", "C-d" }, { "Ctrl-D", "C-d" },
		{ "ctrl-left", "C-Left" }, { " ", "Space" } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		struct key a, b;

		assert_true(key_parse(pairs[i][0], strlen(pairs[i][0]), &a));
		assert_true(key_parse(pairs[i][1], strlen(pairs[i][1]), &b));
		assert_true(key_equals(a, b));
	}
}

static void
what_is_no_key_is_refused(void **state)
{
	static const char *const names[] = { "", "jj", "F0", "F25", "Nope",
		"\x1b", "\xff", "S-j", "M-x", "C-", "C-Nope" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct key key = { 'u', 0 };

		assert_false(key_parse(names[i], strlen(names[i]), &key));
		assert_int_equal(key.code, 'u');
	}
}

static void
only_plain_characters_are_text(void **state)
{
	struct key letter = { 'j', 0 }, ctrl = { 'j', KEY_CTRL };
	struct key wide = { 0x4e2d, 0 }, enter = { KEY_CODE_ENTER, 0 };

	(void)state;
	assert_true(key_is_text(letter));
	assert_true(key_is_text(wide));
	assert_false(key_is_text(ctrl));
	assert_false(key_is_text(enter));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_that_is_written_is_read),
		cmocka_unit_test(other_names_for_the_same_key),
		cmocka_unit_test(what_is_no_key_is_refused),
		cmocka_unit_test(only_plain_characters_are_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
