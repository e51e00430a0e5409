#include "bantop/api/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool
written_as(const char *text, size_t len, bool ascii, const char *want)
{
	struct err err = { 0 };
	struct buf out;
	bool same;

	buf_init(&out, 256);
	same = ascii ? json_add_ascii(&out, text, len, &err)
	             : json_add_text(&out, text, len, &err);
	same = same && strcmp(buf_text(&out), want) == 0;
	if (!same)
		print_message("%s\n", buf_text(&out));
	buf_release(&out);
	return same;
}

static void
texts_are_written_with_what_could_harm_escaped(void **state)
{
	(void)state;
	assert_true(written_as("", 0, false, "\"\""));
	assert_true(written_as("a\"b\\c/d", 7, false, "\"a\\\"b\\\\c/d\""));
	assert_true(written_as("\b\f\n\r\t", 5, false, "\"\\b\\f\\n\\r\\t\""));
	assert_true(written_as("\x1b\x7f\0z", 4, false,
	    "\"\\u001b\\u007f\\u0000z\""));
	assert_true(written_as("\xC2\x9B", 2, false, "\"\\u009b\""));
	assert_true(written_as("\xE2\x80\xAE", 3, false, "\"\\u202e\""));
	assert_true(written_as("\xE7\xBE\xA4", 3, false, "\"\xE7\xBE\xA4\""));
}

static void
bytes_that_are_no_utf8_are_written_as_their_code(void **state)
{
	(void)state;
	assert_true(written_as("a\xff", 2, false, "\"a\\\\xFF\""));
	assert_true(written_as("\xC0\x80", 2, false, "\"\\\\xC0\\\\x80\""));
}

static void
ascii_writing_escapes_every_other_character(void **state)
{
	(void)state;
	assert_true(written_as("caf\xC3\xA9-\xE7\xBE\xA4", 9, true,
	    "\"caf\\u00e9-\\u7fa4\""));
	assert_true(written_as("\xF0\x9F\x98\x80", 4, true,
	    "\"\\ud83d\\ude00\""));
}

static void
a_full_buffer_refuses_the_text(void **state)
{
	static const char *const texts[] = { "12345678", "\"\"\"\"\"\"\"\"",
		"\xff\xff\xff" };
	struct err err;
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		buf_init(&out, 8);
		err.kind = ERR_NONE;
		assert_false(json_add_text(&out, texts[i], strlen(texts[i]),
		    &err));
		assert_int_equal(err.kind, ERR_LIMIT);
		buf_release(&out);
	}
}

static bool
reads_as(const char *json, const char *want, size_t want_len)
{
	struct err err = { 0 };
	struct json_document *document;
	const char *text = NULL;
	size_t len = 0;
	bool same;

	document = json_parse(json, strlen(json), &err);
	assert_non_null(document);
	same = json_text(json_root(document), &text, &len) && len == want_len &&
	    memcmp(text, want, len) == 0;
	json_destroy(document);
	return same;
}

static void
what_is_written_reads_back_the_same(void **state)
{
	char text[128];
	struct err err = { 0 };
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < 127; i++)
		text[i] = (char)(i + 1);
	buf_init(&out, 1024);
	assert_true(json_add_text(&out, text, 127, &err));
	assert_true(reads_as(buf_text(&out), text, 127));
	buf_release(&out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    texts_are_written_with_what_could_harm_escaped),
		cmocka_unit_test(
		    bytes_that_are_no_utf8_are_written_as_their_code),
		cmocka_unit_test(ascii_writing_escapes_every_other_character),
		cmocka_unit_test(a_full_buffer_refuses_the_text),
		cmocka_unit_test(what_is_written_reads_back_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
