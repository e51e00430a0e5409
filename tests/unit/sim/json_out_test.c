#include "bantop/sim/json_out.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
assert_json(const char *text, size_t len, const char *want)
{
	struct buf out;

	buf_init(&out, 4096);
	sim_json_text(&out, text, len);
	assert_string_equal(buf_text(&out), want);
	buf_release(&out);
}

static void
assert_tsv(const char *text, size_t len, const char *want)
{
	struct buf out;

	buf_init(&out, 4096);
	sim_tsv_text(&out, text, len);
	assert_string_equal(buf_text(&out), want);
	buf_release(&out);
}

static void
controls_and_quotes_are_escaped(void **state)
{
	(void)state;
	assert_json("", 0, "\"\"");
	assert_json("a\"b\\c", 5, "\"a\\\"b\\\\c\"");
	assert_json("\n\t\r\x1b", 4, "\"\\n\\t\\u000d\\u001b\"");
	assert_json("a\0b", 3, "\"a\\u0000b\"");
}

static void
other_bytes_go_out_as_they_are(void **state)
{
	(void)state;
	assert_json("caf\xc3\xa9", 5, "\"caf\xc3\xa9\"");
	assert_json("\xff\xfe", 2, "\"\xff\xfe\"");
	assert_json("\xc2\x9b", 2, "\"\xc2\x9b\"");
	assert_json("\xed\x95\x9c", 3, "\"\xed\x95\x9c\"");
	assert_json("\xed", 1, "\"\xed\"");
}

static void
lone_surrogates_become_escapes(void **state)
{
	(void)state;
	assert_json("a\xed\xa0\x80z", 5, "\"a\\ud800z\"");
	assert_json("\xed\xb0\x80", 3, "\"\\udc00\"");
	assert_json("\xed\xbf\xbf", 3, "\"\\udfff\"");
}

static void
numbers_are_written_to_the_last_digit(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 256);
	sim_json_int(&out, INT64_MIN);
	sim_json_int(&out, 0);
	sim_json_int(&out, INT64_MAX);
	sim_json_uint(&out, UINT64_MAX);
	assert_string_equal(buf_text(&out),
	    "-9223372036854775808"
	    "0"
	    "9223372036854775807"
	    "18446744073709551615");
	buf_release(&out);
}

static void
tsv_fields_hold_no_control_and_no_broken_byte(void **state)
{
	(void)state;
	assert_tsv("a\tb\nc\rd\\e", 9, "a\\tb\\nc\\rd\\\\e");
	assert_tsv("\0\x1b\x7f", 3, "\\x00\\x1b\\x7f");
	assert_tsv("\xc2\x9b\xc2\xa0", 4, "\\xc2\\x9b\xc2\xa0");
	assert_tsv("\xff\xc0\xaf", 3, "\\xff\\xc0\\xaf");
	assert_tsv("\xed\xa0\x80", 3, "\\xed\\xa0\\x80");
	assert_tsv("\xf4\x90\x80\x80", 4, "\\xf4\\x90\\x80\\x80");
	assert_tsv("\xe4\xb8", 2, "\\xe4\\xb8");
	assert_tsv("\xe5\x85\xa8\xf0\x9f\x8e\xae", 7,
	    "\xe5\x85\xa8\xf0\x9f\x8e\xae");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(controls_and_quotes_are_escaped),
		cmocka_unit_test(other_bytes_go_out_as_they_are),
		cmocka_unit_test(lone_surrogates_become_escapes),
		cmocka_unit_test(numbers_are_written_to_the_last_digit),
		cmocka_unit_test(tsv_fields_hold_no_control_and_no_broken_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
