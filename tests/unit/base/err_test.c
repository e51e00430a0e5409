#include "bantop/base/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/text.h"

static void
set_fills_every_field_and_is_false(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(err.kind, ERR_NONE);
	assert_false(err_set(&err, ERR_SERVICE, 10007, "ask the owner",
	    "not permitted: %s", "no rights"));
	assert_int_equal(err.kind, ERR_SERVICE);
	assert_int_equal(err.code, 10007);
	assert_string_equal(err.hint, "ask the owner");
	assert_string_equal(err.text, "not permitted: no rights");
}

static void
set_forgets_the_error_before(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_false(err_set(&err, ERR_HTTP, 503, "wait", "a longer text"));
	assert_false(err_set(&err, ERR_DATA, 0, NULL, "short"));
	assert_int_equal(err.kind, ERR_DATA);
	assert_int_equal(err.code, 0);
	assert_null(err.hint);
	assert_string_equal(err.text, "short");
}

static void
controls_become_question_marks(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_false(err_set(&err, ERR_DATA, 0, NULL, "%s",
	    "a\x1b[2Jb\nc\x7f"
	    "d\xc2\x9b"
	    "e\xe2\x80\xae"
	    "f\tg"));
	assert_string_equal(err.text, "a?[2Jb?c?d?e?f?g");
}

static void
bytes_that_are_no_utf8_become_question_marks(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_false(err_set(&err, ERR_DATA, 0, NULL, "%s",
	    "a\xff"
	    "b\xc0\xaf"
	    "c\xed\xa0\x80"
	    "d\xe4\xb8\xad"));
	assert_string_equal(err.text, "a?b??c???d\xe4\xb8\xad");
}

static void
long_text_is_cut_at_a_character(void **state)
{
	struct err err = { 0 };
	char text[4 * ERR_TEXT_MAX + 1];
	size_t shift;

	(void)state;
	for (shift = 0; shift < 4; shift++) {
		size_t at = shift;

		memset(text, 'x', sizeof text);
		for (; at + 4 < sizeof text; at += 3)
			memcpy(text + at, "\xe4\xb8\xad", 3);
		text[at] = '\0';
		assert_false(err_set(&err, ERR_DATA, 0, NULL, "%s", text));
		assert_in_range(strlen(err.text), ERR_TEXT_MAX - 4,
		    ERR_TEXT_MAX - 1);
		assert_true(text_is_utf8(err.text, strlen(err.text)));
		assert_memory_equal(err.text, text, strlen(err.text));
	}
}

static void
text_of_the_full_length_is_whole(void **state)
{
	struct err err = { 0 };
	char text[ERR_TEXT_MAX + 1];

	(void)state;
	memset(text, 'y', sizeof text);
	text[ERR_TEXT_MAX] = '\0';
	assert_false(err_set(&err, ERR_DATA, 0, NULL, "%s", text));
	assert_int_equal(strlen(err.text), ERR_TEXT_MAX - 1);
	text[ERR_TEXT_MAX - 1] = '\0';
	assert_false(err_set(&err, ERR_DATA, 0, NULL, "%s", text));
	assert_string_equal(err.text, text);
}

static void
every_kind_has_a_word_of_its_own(void **state)
{
	int a, b;

	(void)state;
	for (a = ERR_NONE; a <= ERR_CANCELLED; a++) {
		const char *name = err_kind_name((enum err_kind)a);

		assert_non_null(name);
		assert_true(name[0] >= 'a' && name[0] <= 'z');
		for (b = ERR_NONE; b < a; b++)
			assert_string_not_equal(name,
			    err_kind_name((enum err_kind)b));
	}
	assert_string_equal(err_kind_name(ERR_SERVICE), "service");
	assert_string_equal(err_kind_name(ERR_NETWORK), "network");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(set_fills_every_field_and_is_false),
		cmocka_unit_test(set_forgets_the_error_before),
		cmocka_unit_test(controls_become_question_marks),
		cmocka_unit_test(bytes_that_are_no_utf8_become_question_marks),
		cmocka_unit_test(long_text_is_cut_at_a_character),
		cmocka_unit_test(text_of_the_full_length_is_whole),
		cmocka_unit_test(every_kind_has_a_word_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
