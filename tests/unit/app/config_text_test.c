/*
 * The text of a file before it is parsed: comments leave, lines stay.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/config_text.h"

static void
expect(const char *text, const char *prepared, int open_line)
{
	char copy[256];
	const char *what;

	snprintf(copy, sizeof(copy), "%s", text);
	assert_int_equal(config_text_prepare(copy, strlen(copy), &what),
	    open_line);
	assert_string_equal(copy, prepared);
}

static void
comments_become_blanks_and_newlines_stay(void **state)
{
	(void)state;
	expect("a # b\nc", "a    \nc", 0);
	expect("// x\n1", "    \n1", 0);
	expect("a /* b\nc */ d", "a     \n     d", 0);
}

static void
signs_in_quotes_begin_no_comment(void **state)
{
	(void)state;
	expect("\"@TGS#a // /* \\\" #\" # x", "\"@TGS#a // /* \\\" #\"    ", 0);
	expect("'a#b'", "'a#b'", 0);
}

static void
a_url_without_quotes_stays_whole(void **state)
{
	(void)state;
	expect("u = https://host", "u = https://host", 0);
}

static void
an_open_brace_is_told_with_its_line(void **state)
{
	(void)state;
	expect("a {\n}\n", "a {\n}\n", 0);
	expect("\na {\nb = \"}\"\n", "\na {\nb = \"}\"\n", 2);
	expect("a { # }\n", "a {    \n", 1);
}

static void
what_does_not_end_is_told_with_its_line(void **state)
{
	(void)state;
	expect("\"abc", "\"abc", 1);
	expect("\n'abc\n", "\n'abc\n", 2);
	expect("/* abc", "      ", 1);
	expect("/* abc */", "         ", 0);
	expect("\"a\\", "\"a\\", 1);
	expect("", "", 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_become_blanks_and_newlines_stay),
		cmocka_unit_test(signs_in_quotes_begin_no_comment),
		cmocka_unit_test(a_url_without_quotes_stays_whole),
		cmocka_unit_test(an_open_brace_is_told_with_its_line),
		cmocka_unit_test(what_does_not_end_is_told_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
