/*
 * The typed line: editing, history, paste.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/prompt.h"

static struct prompt prompt;
static struct prompt_history history;

static enum prompt_outcome
press(const char *name)
{
	struct key key;

	assert_true(key_parse(name, strlen(name), &key));
	return prompt_key(&prompt, key);
}

static void
type(const char *text)
{
	for (; *text != '\0'; text++) {
		struct key key = { .code = (unsigned char)*text };

		assert_int_equal(prompt_key(&prompt, key), PROMPT_CHANGED);
	}
}

static void
start(const char *text)
{
	prompt_open(&prompt, "find", text, &history);
}

static void
what_is_typed_stands_in_the_line(void **state)
{
	(void)state;
	start("");
	type("guest");
	assert_string_equal(prompt.text, "guest");
	assert_int_equal(press("Enter"), PROMPT_ACCEPTED);
	assert_string_equal(prompt.text, "guest");
}

static void
the_cursor_goes_by_characters_not_bytes(void **state)
{
	(void)state;
	start("a\xc3\xa9z");
	(void)press("Left");
	(void)press("Left");
	assert_int_equal(prompt.at, 1);
	assert_int_equal(press("Delete"), PROMPT_CHANGED);
	assert_string_equal(prompt.text, "az");
	start("a\xe4\xb8\xad");
	assert_int_equal(press("Backspace"), PROMPT_CHANGED);
	assert_string_equal(prompt.text, "a");
}

static void
control_keys_edit_as_in_a_shell(void **state)
{
	(void)state;
	start("one two three");
	assert_int_equal(press("C-w"), PROMPT_CHANGED);
	assert_string_equal(prompt.text, "one two ");
	(void)press("C-a");
	type("x");
	assert_string_equal(prompt.text, "xone two ");
	assert_int_equal(press("C-k"), PROMPT_CHANGED);
	assert_string_equal(prompt.text, "x");
	assert_int_equal(press("C-u"), PROMPT_CHANGED);
	assert_string_equal(prompt.text, "");
}

static void
backspace_on_an_empty_line_and_esc_close_it(void **state)
{
	(void)state;
	start("");
	assert_int_equal(press("Backspace"), PROMPT_CLOSED);
	start("abc");
	assert_int_equal(press("Esc"), PROMPT_CLOSED);
}

static void
a_paste_goes_in_harmless_and_never_accepts(void **state)
{
	static const char paste[] = "a\nb\x1b[31mc\x7f\xc2\x9b\xff\xc3\xa9";

	(void)state;
	start("");
	assert_int_equal(prompt_paste(&prompt, paste, sizeof paste - 1),
	    PROMPT_CHANGED);
	assert_string_equal(prompt.text, "a b[31mc\xc3\xa9");
}

static void
a_line_that_is_full_takes_no_more(void **state)
{
	char longer[2 * PROMPT_TEXT_MAX];

	(void)state;
	memset(longer, 'x', sizeof longer);
	start("");
	(void)prompt_paste(&prompt, longer, sizeof longer);
	assert_int_equal(prompt.len, PROMPT_TEXT_MAX - 1);
	assert_int_equal(press("y"), PROMPT_OPEN);
}

static void
history_goes_back_and_returns_to_what_was_typed(void **state)
{
	(void)state;
	history.count = 0;
	prompt_remember(&history, "first");
	prompt_remember(&history, "second");
	prompt_remember(&history, "first");
	assert_int_equal(history.count, 2);
	start("");
	type("new");
	assert_int_equal(press("Up"), PROMPT_CHANGED);
	assert_string_equal(prompt.text, "first");
	(void)press("Up");
	assert_string_equal(prompt.text, "second");
	assert_int_equal(press("Up"), PROMPT_OPEN);
	(void)press("Down");
	(void)press("Down");
	assert_string_equal(prompt.text, "new");
}

static void
history_forgets_the_oldest_line(void **state)
{
	char line[16];
	int i;

	(void)state;
	history.count = 0;
	for (i = 0; i < PROMPT_HISTORY_MAX + 3; i++) {
		(void)snprintf(line, sizeof line, "l%d", i);
		prompt_remember(&history, line);
	}
	assert_int_equal(history.count, PROMPT_HISTORY_MAX);
	assert_string_equal(history.lines[0], line);
	assert_string_equal(history.lines[PROMPT_HISTORY_MAX - 1], "l3");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_stands_in_the_line),
		cmocka_unit_test(the_cursor_goes_by_characters_not_bytes),
		cmocka_unit_test(control_keys_edit_as_in_a_shell),
		cmocka_unit_test(backspace_on_an_empty_line_and_esc_close_it),
		cmocka_unit_test(a_paste_goes_in_harmless_and_never_accepts),
		cmocka_unit_test(a_line_that_is_full_takes_no_more),
		cmocka_unit_test(
		    history_goes_back_and_returns_to_what_was_typed),
		cmocka_unit_test(history_forgets_the_oldest_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
