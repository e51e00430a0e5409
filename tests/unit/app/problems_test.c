#include "bantop/app/problems.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* What was told, a line each. */
static void
keep_line(const char *line, void *user)
{
	struct buf *told = user;

	buf_put_text(told, line);
	buf_put_text(told, "\n");
}

static void
expect_told(struct problems *problems, const char *lines, const char *last)
{
	struct err err = { .kind = ERR_NONE };
	struct buf told;

	buf_init(&told, 8192);
	problems_tell(problems, keep_line, &told, &err);
	assert_string_equal(buf_text(&told), lines);
	assert_string_equal(err.text, last);
	assert_int_equal(err.kind, last[0] == '\0' ? ERR_NONE : ERR_CONFIG);
	buf_release(&told);
	problems_release(problems);
	assert_int_equal(problems->count, 0);
}

static void
they_are_told_by_file_and_line_and_as_they_came(void **state)
{
	struct problems problems = { .count = 0 };

	(void)state;
	problems_add(&problems, 1, 2, "b:2");
	problems_warn(&problems, 1, 9, "b:9: %s", "warning");
	problems_add(&problems, 0, 7, "a:7 %d", 1);
	problems_add(&problems, 0, 7, "a:7 %d", 2);
	problems_add(&problems, 0, 3, "a:3");
	assert_int_equal(problems.count, 5);
	assert_int_equal(problems.error_count, 4);
	expect_told(&problems, "a:3\na:7 1\na:7 2\nb:9: warning\n", "b:2");
}

static void
warnings_alone_leave_no_error(void **state)
{
	struct problems problems = { .count = 0 };

	(void)state;
	expect_told(&problems, "", "");
	problems_warn(&problems, 0, 1, "a");
	expect_told(&problems, "a\n", "");
}

static void
each_is_one_harmless_line(void **state)
{
	struct problems problems = { .count = 0 };

	(void)state;
	problems_add(&problems, 0, 1, "a\x1b[2Jb\nc");
	problems_add(&problems, 0, 2, "last");
	expect_told(&problems, "a<U+001B>[2Jb<U+000A>c\n", "last");
}

/* It holds the values that are allowed: to cut it would be to lose them. */
static void
a_last_one_that_is_too_long_for_an_error_is_told(void **state)
{
	struct problems problems = { .count = 0 };
	char text[ERR_TEXT_MAX + 1], lines[ERR_TEXT_MAX + 16];

	(void)state;
	memset(text, 'x', ERR_TEXT_MAX);
	text[ERR_TEXT_MAX] = '\0';
	memcpy(lines, text, sizeof text);
	lines[ERR_TEXT_MAX] = '\n';
	lines[ERR_TEXT_MAX + 1] = '\0';
	problems_add(&problems, 0, 1, "%s", text);
	expect_told(&problems, lines, "1 problem in all");
	problems_add(&problems, 0, 2, "%s", text);
	problems_add(&problems, 0, 1, "a");
	memcpy(lines, "a\n", 2);
	memcpy(lines + 2, text, ERR_TEXT_MAX);
	memcpy(lines + 2 + ERR_TEXT_MAX, "\n", 2);
	expect_told(&problems, lines, "2 problems in all");
	text[ERR_TEXT_MAX - 1] = '\0';
	problems_add(&problems, 0, 1, "%s", text);
	expect_told(&problems, "", text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    they_are_told_by_file_and_line_and_as_they_came),
		cmocka_unit_test(warnings_alone_leave_no_error),
		cmocka_unit_test(each_is_one_harmless_line),
		cmocka_unit_test(
		    a_last_one_that_is_too_long_for_an_error_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
