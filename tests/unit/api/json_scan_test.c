#include "bantop/api/json_scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { DEPTH = 4 };

static bool
becomes(const char *text, const char *want)
{
	struct json_scan scan;
	struct err err = { 0 };
	bool same;

	same = json_scan_read(text, strlen(text), DEPTH, &scan, &err) &&
	    scan.len == strlen(want) && strcmp(scan.text, want) == 0;
	json_scan_release(&scan);
	return same;
}

static bool
refused_bytes(const char *text, size_t len, const char *why)
{
	struct json_scan scan;
	struct err err = { 0 };
	bool refused;

	refused = !json_scan_read(text, len, DEPTH, &scan, &err);
	json_scan_release(&scan);
	if (!refused || err.kind != ERR_DATA || strcmp(err.text, why) != 0) {
		print_message("%s: %s\n", text, refused ? err.text : "taken");
		return false;
	}
	return true;
}

static bool
refused(const char *text, const char *why)
{
	return refused_bytes(text, strlen(text), why);
}

static void
good_documents_pass_without_their_white_space(void **state)
{
	(void)state;
	assert_true(becomes("{}", "{}"));
	assert_true(becomes(" \t\r\n[ ]\n", "[]"));
	assert_true(becomes("{ \"a\" : [ 1 , true , null ] , \"b\":{ } }",
	    "{\"a\":[1,true,null],\"b\":{}}"));
	assert_true(becomes("\"a b\"", "\"a b\""));
	assert_true(becomes("false", "false"));
	assert_true(becomes("\xEF\xBB\xBF{}", "{}"));
}

static void
numbers_follow_the_grammar(void **state)
{
	static const char *const good[] = { "0", "-0", "10", "-1.5", "0.25",
		"1e5", "1E+5", "1.0e-5", "123456789012345678901234567890" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(becomes(good[i], good[i]));
	assert_true(refused("01",
	    "not JSON: a number with a leading zero at byte 2"));
	assert_true(refused("-01",
	    "not JSON: a number with a leading zero at byte 3"));
	assert_true(refused("+1",
	    "not JSON: no value where one is needed at byte 1"));
	assert_true(refused(".5",
	    "not JSON: no value where one is needed at byte 1"));
	assert_true(refused("[1.]",
	    "not JSON: a number without a digit it needs at byte 4"));
	assert_true(refused("[1e]",
	    "not JSON: a number without a digit it needs at byte 4"));
	assert_true(refused("[-]",
	    "not JSON: a number without a digit it needs at byte 3"));
	assert_true(refused("[0x10]",
	    "not JSON: no comma where one is needed at byte 3"));
	assert_true(refused("NaN",
	    "not JSON: no value where one is needed at byte 1"));
	assert_true(refused("-Infinity",
	    "not JSON: a number without a digit it needs at byte 2"));
}

static void
a_number_longer_than_any_use_becomes_one_beyond_all_range(void **state)
{
	char digits[200];

	(void)state;
	memset(digits, '7', sizeof digits);
	digits[JSON_SCAN_NUMBER_MAX] = '\0';
	assert_true(becomes(digits, digits));
	digits[JSON_SCAN_NUMBER_MAX] = '7';
	digits[sizeof digits - 1] = '\0';
	assert_true(becomes(digits, "1e999"));
}

static void
words_are_three_and_in_small_letters(void **state)
{
	(void)state;
	assert_true(refused("[True]",
	    "not JSON: no value where one is needed at byte 2"));
	assert_true(refused("[nul]",
	    "not JSON: a word that is none of JSON's at byte 5"));
	assert_true(refused("tru", "not JSON: cut short after byte 3"));
	assert_true(refused("truex",
	    "not JSON: more behind the value at byte 5"));
}

static void
control_bytes_in_strings_are_refused(void **state)
{
	(void)state;
	assert_true(refused("{\"ab\":\"cdef\ng\"}",
	    "not JSON: control byte in a string at byte 12"));
	assert_true(refused("\"\x1b[2J\"",
	    "not JSON: control byte in a string at byte 2"));
	assert_true(refused_bytes("\"a\0b\"", 5,
	    "not JSON: control byte in a string at byte 3"));
	assert_true(becomes("\"\x7f\"", "\"\x7f\""));
}

static void
only_the_white_space_of_json_is_white_space(void **state)
{
	(void)state;
	assert_true(refused("\f{}",
	    "not JSON: no value where one is needed at byte 1"));
	assert_true(refused("[1,\v2]",
	    "not JSON: no value where one is needed at byte 4"));
	assert_true(refused("\xC2\xA0{}",
	    "not JSON: no value where one is needed at byte 1"));
	assert_true(refused_bytes("{}\0", 3,
	    "not JSON: more behind the value at byte 3"));
}

static void
escapes_are_those_of_json(void **state)
{
	(void)state;
	assert_true(becomes("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
	    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\""));
	assert_true(refused("\"\\x41\"",
	    "not JSON: an escape that JSON does not have at byte 2"));
	assert_true(refused("\"\\'\"",
	    "not JSON: an escape that JSON does not have at byte 2"));
	assert_true(refused_bytes("\"\\\0\"", 4,
	    "not JSON: an escape that JSON does not have at byte 2"));
	assert_true(refused("\"\\u12g4\"",
	    "not JSON: \\u without four hexadecimal digits at byte 6"));
	assert_true(refused("\"\\u12", "not JSON: cut short after byte 5"));
	assert_true(refused("\"\\", "not JSON: cut short after byte 2"));
}

static void
an_escaped_nul_becomes_two_bytes_that_are_no_utf8(void **state)
{
	(void)state;
	assert_true(becomes("\"a\\u0000b\"",
	    "\"a\xC0\x80"
	    "b\""));
}

static void
a_surrogate_pair_stays_and_a_lone_one_becomes_its_bytes(void **state)
{
	(void)state;
	assert_true(becomes("\"\\ud83d\\ude00\"", "\"\\ud83d\\ude00\""));
	assert_true(becomes("\"\\uD83Dx\"", "\"\xED\xA0\xBDx\""));
	assert_true(becomes("\"\\uDE00\"", "\"\xED\xB8\x80\""));
	assert_true(becomes("\"\\ud83d\\ud83d\\ude00\"",
	    "\"\xED\xA0\xBD\\ud83d\\ude00\""));
	assert_true(becomes("\"\\ud83d\\n\"", "\"\xED\xA0\xBD\\n\""));
	assert_true(becomes("\"\\ud83d\\u0041\"", "\"\xED\xA0\xBD\\u0041\""));
}

static void
bytes_that_are_no_utf8_pass(void **state)
{
	(void)state;
	assert_true(becomes("\"\xff\xC3\"", "\"\xff\xC3\""));
}

static void
what_stands_behind_the_value_is_refused(void **state)
{
	(void)state;
	assert_true(refused("{}{}",
	    "not JSON: more behind the value at byte 3"));
	assert_true(refused("{} x",
	    "not JSON: more behind the value at byte 4"));
	assert_true(refused("[1]]",
	    "not JSON: more behind the value at byte 4"));
}

static void
broken_structure_is_refused_where_it_breaks(void **state)
{
	(void)state;
	assert_true(refused("", "not JSON: nothing in it"));
	assert_true(refused(" \n", "not JSON: nothing in it"));
	assert_true(refused("{", "not JSON: cut short after byte 1"));
	assert_true(refused("{\"a\":1", "not JSON: cut short after byte 6"));
	assert_true(refused("{\"a", "not JSON: cut short after byte 3"));
	assert_true(refused("{\"a\" 1}",
	    "not JSON: no colon behind a member name at byte 6"));
	assert_true(refused("{a:1}",
	    "not JSON: no member name where one is needed at byte 2"));
	assert_true(refused("{'a':1}",
	    "not JSON: no member name where one is needed at byte 2"));
	assert_true(refused("{\"a\":1,}",
	    "not JSON: a comma with nothing behind it at byte 8"));
	assert_true(refused("[1,]",
	    "not JSON: a comma with nothing behind it at byte 4"));
	assert_true(refused("[,1]",
	    "not JSON: no value where one is needed at byte 2"));
	assert_true(refused("[1 2]",
	    "not JSON: no comma where one is needed at byte 4"));
	assert_true(refused("[1}",
	    "not JSON: no comma where one is needed at byte 3"));
	assert_true(refused("[] // end",
	    "not JSON: more behind the value at byte 4"));
	assert_true(refused("{\"a\":}",
	    "not JSON: no value where one is needed at byte 6"));
}

static void
nesting_ends_at_the_depth_that_is_allowed(void **state)
{
	(void)state;
	assert_true(becomes("[[{\"a\":[]}]]", "[[{\"a\":[]}]]"));
	assert_true(refused("[[[[[]]]]]",
	    "not JSON: too deep nesting at byte 5"));
	assert_true(refused("[[[{\"a\":{}}]]]",
	    "not JSON: too deep nesting at byte 9"));
}

static void
a_million_brackets_do_no_harm(void **state)
{
	static char brackets[1000000];

	(void)state;
	memset(brackets, '[', sizeof brackets);
	assert_true(refused_bytes(brackets, sizeof brackets,
	    "not JSON: too deep nesting at byte 5"));
}

static void
the_root_objects_values_are_told(void **state)
{
	static const char text[] =
	    "{ \"a\" : 12, \"b\" : {\"c\":3}, \"d\":[{\"e\":4}], \"f\":\"x\" }";
	struct json_scan scan;
	struct err err = { 0 };

	(void)state;
	assert_true(json_scan_read(text, strlen(text), DEPTH, &scan, &err));
	assert_int_equal(scan.root_count, 4);
	assert_memory_equal(scan.text + scan.root_at[0], "12,", 3);
	assert_memory_equal(scan.text + scan.root_at[1], "{\"c\":3}", 7);
	assert_memory_equal(scan.text + scan.root_at[2], "[{\"e\"", 5);
	assert_memory_equal(scan.text + scan.root_at[3], "\"x\"}", 4);
	json_scan_release(&scan);
	json_scan_release(&scan);
	assert_true(json_scan_read("[{\"a\":1}]", 9, DEPTH, &scan, &err));
	assert_int_equal(scan.root_count, 0);
	json_scan_release(&scan);
}

static void
every_cut_of_a_document_is_refused(void **state)
{
	static const char text[] = "{\"a\":[-1.5e+3,true,false,null,"
	                           "\"x\\u00e9\\ud83d\\ude00\\n\"],\"b\":{}}";
	struct json_scan scan;
	struct err err = { 0 };
	size_t len;

	(void)state;
	for (len = 0; len < sizeof text - 1; len++) {
		assert_false(json_scan_read(text, len, DEPTH, &scan, &err));
		assert_int_equal(err.kind, ERR_DATA);
		json_scan_release(&scan);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_documents_pass_without_their_white_space),
		cmocka_unit_test(numbers_follow_the_grammar),
		cmocka_unit_test(
		    a_number_longer_than_any_use_becomes_one_beyond_all_range),
		cmocka_unit_test(words_are_three_and_in_small_letters),
		cmocka_unit_test(control_bytes_in_strings_are_refused),
		cmocka_unit_test(only_the_white_space_of_json_is_white_space),
		cmocka_unit_test(escapes_are_those_of_json),
		cmocka_unit_test(
		    an_escaped_nul_becomes_two_bytes_that_are_no_utf8),
		cmocka_unit_test(
		    a_surrogate_pair_stays_and_a_lone_one_becomes_its_bytes),
		cmocka_unit_test(bytes_that_are_no_utf8_pass),
		cmocka_unit_test(what_stands_behind_the_value_is_refused),
		cmocka_unit_test(broken_structure_is_refused_where_it_breaks),
		cmocka_unit_test(nesting_ends_at_the_depth_that_is_allowed),
		cmocka_unit_test(a_million_brackets_do_no_harm),
		cmocka_unit_test(the_root_objects_values_are_told),
		cmocka_unit_test(every_cut_of_a_document_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
