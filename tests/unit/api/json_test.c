#include "bantop/api/json.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct json_document *
parsed(const char *text)
{
	struct err err = { 0 };
	struct json_document *document;

	document = json_parse(text, strlen(text), &err);
	if (document == NULL)
		fail_msg("%s: %s", text, err.text);
	return document;
}

static void
members_are_found_by_their_exact_name(void **state)
{
	struct json_document *document =
	    parsed("{\"Next\":1,\"next\":2,\"a\\u0062\":3}");
	const struct json *root = json_root(document);
	int64_t value;

	(void)state;
	assert_true(json_whole(json_member(root, "Next"), 0, 9, &value));
	assert_int_equal(value, 1);
	assert_true(json_whole(json_member(root, "next"), 0, 9, &value));
	assert_int_equal(value, 2);
	assert_true(json_whole(json_member(root, "ab"), 0, 9, &value));
	assert_int_equal(value, 3);
	assert_null(json_member(root, "NEXT"));
	assert_null(json_member(root, ""));
	json_destroy(document);
}

static void
a_repeated_name_is_counted_and_its_first_value_found(void **state)
{
	struct json_document *document =
	    parsed("{\"a\":1,\"b\":{\"a\":2},\"a\":3}");
	const struct json *root = json_root(document);
	int64_t value;

	(void)state;
	assert_int_equal(json_member_count(root, "a"), 2);
	assert_int_equal(json_member_count(root, "b"), 1);
	assert_int_equal(json_member_count(root, "c"), 0);
	assert_int_equal(json_member_count(json_member(root, "a"), "a"), 0);
	assert_true(json_whole(json_member(root, "a"), 0, 9, &value));
	assert_int_equal(value, 1);
	json_destroy(document);
}

static void
every_value_tells_its_type(void **state)
{
	struct json_document *document =
	    parsed("[null,true,false,1,\"x\",[],{}]");
	static const enum json_type types[] = { JSON_NULL, JSON_BOOL, JSON_BOOL,
		JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };
	const struct json *value;
	size_t i = 0;

	(void)state;
	for (value = json_first(json_root(document)); value != NULL;
	     value = json_next(value))
		assert_int_equal(json_type_of(value), types[i++]);
	assert_int_equal(i, 7);
	json_destroy(document);
}

static void
every_type_has_words(void **state)
{
	(void)state;
	assert_string_equal(json_type_name(JSON_NULL), "null");
	assert_string_equal(json_type_name(JSON_BOOL), "true or false");
	assert_string_equal(json_type_name(JSON_NUMBER), "a number");
	assert_string_equal(json_type_name(JSON_TEXT), "a text");
	assert_string_equal(json_type_name(JSON_ARRAY), "an array");
	assert_string_equal(json_type_name(JSON_OBJECT), "an object");
}

static void
what_is_not_there_reads_as_nothing(void **state)
{
	const char *text;
	size_t len;
	int64_t whole;

	(void)state;
	assert_int_equal(json_type_of(NULL), JSON_NULL);
	assert_null(json_member(NULL, "a"));
	assert_null(json_first(NULL));
	assert_int_equal(json_member_count(NULL, "a"), 0);
	assert_false(json_text(NULL, &text, &len));
	assert_false(json_whole(NULL, 0, 9, &whole));
	json_destroy(NULL);
}

static bool
text_is(const char *json, const char *want, size_t want_len)
{
	struct json_document *document = parsed(json);
	const char *text = NULL;
	size_t len = 0;
	bool same;

	same = json_text(json_root(document), &text, &len) && len == want_len &&
	    memcmp(text, want, len) == 0;
	json_destroy(document);
	return same;
}

static void
texts_are_the_exact_bytes(void **state)
{
	(void)state;
	assert_true(text_is("\"\"", "", 0));
	assert_true(text_is("\"a\\n\\t\\\"\\\\\\/\\b\\f\\rb\"",
	    "a\n\t\"\\/\b\f\rb", 10));
	assert_true(text_is("\"\\u7fa4\"", "\xE7\xBE\xA4", 3));
	assert_true(text_is("\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80", 4));
	assert_true(text_is("\"\xff\"", "\xff", 1));
	assert_true(text_is("\"\\u202e\"", "\xE2\x80\xAE", 3));
}

static void
a_text_keeps_its_length_across_an_escaped_nul(void **state)
{
	(void)state;
	assert_true(text_is("\"ab\\u0000cd\"",
	    "ab\xC0\x80"
	    "cd",
	    6));
}

static void
a_lone_surrogate_spoils_its_own_string_only(void **state)
{
	struct json_document *document =
	    parsed("{\"bad\":\"x\\ud800y\",\"good\":\"z\"}");
	const struct json *root = json_root(document);
	const char *text;
	size_t len;

	(void)state;
	assert_true(json_text(json_member(root, "bad"), &text, &len));
	assert_int_equal(len, 5);
	assert_memory_equal(text, "x\xED\xA0\x80y", 5);
	assert_true(json_text(json_member(root, "good"), &text, &len));
	assert_string_equal(text, "z");
	json_destroy(document);
}

static void
only_texts_read_as_text(void **state)
{
	struct json_document *document = parsed("[1,null,true,[],{}]");
	const struct json *value;
	const char *text;
	size_t len;

	(void)state;
	for (value = json_first(json_root(document)); value != NULL;
	     value = json_next(value))
		assert_false(json_text(value, &text, &len));
	json_destroy(document);
}

static bool
whole_is(const char *json, int64_t min, int64_t max, int64_t want)
{
	struct json_document *document = parsed(json);
	int64_t value = want - 1;
	bool same;

	same =
	    json_whole(json_root(document), min, max, &value) && value == want;
	json_destroy(document);
	return same;
}

static bool
not_whole(const char *json, int64_t min, int64_t max)
{
	struct json_document *document = parsed(json);
	int64_t value = 77;
	bool refused;

	refused =
	    !json_whole(json_root(document), min, max, &value) && value == 77;
	json_destroy(document);
	return refused;
}

static void
whole_numbers_are_exact(void **state)
{
	(void)state;
	assert_true(whole_is("0", 0, 9, 0));
	assert_true(whole_is("-0", 0, 9, 0));
	assert_true(whole_is("1e3", 0, 1000, 1000));
	assert_true(whole_is("5.0", 0, 9, 5));
	assert_true(whole_is("-5", -5, 5, -5));
	assert_true(whole_is("4294967296", 0, INT64_MAX, 4294967296));
	assert_true(whole_is("9007199254740991", INT64_MIN, INT64_MAX,
	    9007199254740991));
	assert_true(whole_is("-9007199254740991", INT64_MIN, INT64_MAX,
	    -9007199254740991));
}

static void
what_is_no_whole_number_in_range_is_refused(void **state)
{
	(void)state;
	assert_true(not_whole("10", 0, 9));
	assert_true(not_whole("-1", 0, 9));
	assert_true(not_whole("0.5", 0, 9));
	assert_true(not_whole("1e40", INT64_MIN, INT64_MAX));
	assert_true(not_whole("1e999", INT64_MIN, INT64_MAX));
	assert_true(not_whole("-1e999", INT64_MIN, INT64_MAX));
	assert_true(not_whole("9007199254740992", INT64_MIN, INT64_MAX));
	assert_true(not_whole("9007199254740993", INT64_MIN, INT64_MAX));
	assert_true(not_whole("\"1\"", 0, 9));
	assert_true(not_whole("true", 0, 9));
	assert_true(not_whole("null", 0, 9));
	assert_true(not_whole("[1]", 0, 9));
	assert_true(not_whole("{}", 0, 9));
}

static bool
is_whole(const char *json)
{
	struct json_document *document = parsed(json);
	bool whole = json_is_whole(json_root(document));

	json_destroy(document);
	return whole;
}

static void
a_number_beyond_the_range_is_whole_all_the_same(void **state)
{
	(void)state;
	assert_true(is_whole("-5"));
	assert_true(is_whole("5.0"));
	assert_true(is_whole("1e40"));
	assert_true(is_whole("1e999"));
	assert_false(is_whole("0.5"));
	assert_false(is_whole("\"5\""));
	assert_false(is_whole("null"));
	assert_false(json_is_whole(NULL));
}

static void
a_number_of_hundreds_of_digits_is_out_of_range_and_no_more(void **state)
{
	char text[600] = "{\"a\":";
	struct json_document *document;
	int64_t value;

	(void)state;
	memset(text + 5, '9', 500);
	snprintf(text + 505, sizeof text - 505, ",\"b\":7}");
	document = parsed(text);
	assert_false(json_whole(json_member(json_root(document), "a"),
	    INT64_MIN, INT64_MAX, &value));
	assert_true(json_whole(json_member(json_root(document), "b"), 0, 9,
	    &value));
	json_destroy(document);
}

static void
numbers_do_not_depend_on_the_locale(void **state)
{
	(void)state;
	(void)setlocale(LC_ALL, "de_DE.UTF-8");
	assert_true(whole_is("2.5e1", 0, 99, 25));
	assert_true(not_whole("2.5", 0, 99));
	(void)setlocale(LC_ALL, "C.UTF-8");
}

static bool
u64_is(const char *json, uint64_t want)
{
	struct json_document *document = parsed(json);
	uint64_t value = want - 1;
	bool same;

	same = json_root_u64(document, "n", &value) && value == want;
	json_destroy(document);
	return same;
}

static bool
no_u64(const char *json)
{
	struct json_document *document = parsed(json);
	uint64_t value;
	bool refused = !json_root_u64(document, "n", &value);

	json_destroy(document);
	return refused;
}

static void
root_numbers_are_exact_to_64_bits(void **state)
{
	(void)state;
	assert_true(u64_is("{\"n\":0}", 0));
	assert_true(u64_is("{\"a\":[1,{\"n\":9}],\"n\" : 4611686018427400001 }",
	    UINT64_C(4611686018427400001)));
	assert_true(u64_is("{\"n\":18446744073709551615,\"m\":1}", UINT64_MAX));
	assert_true(u64_is("{\"n\":9007199254740993}",
	    UINT64_C(9007199254740993)));
	assert_true(u64_is("{\"n\":1e3}", 1000));
	assert_true(u64_is("{\"n\":-0}", 0));
	assert_true(u64_is("{\"n\":1,\"n\":2}", 1));
}

static void
root_numbers_that_are_none_are_refused(void **state)
{
	(void)state;
	assert_true(no_u64("{}"));
	assert_true(no_u64("[1]"));
	assert_true(no_u64("7"));
	assert_true(no_u64("{\"n\":\"1\"}"));
	assert_true(no_u64("{\"n\":null}"));
	assert_true(no_u64("{\"n\":-1}"));
	assert_true(no_u64("{\"n\":1.5}"));
	assert_true(no_u64("{\"n\":18446744073709551616}"));
	assert_true(no_u64("{\"n\":1e30}"));
	assert_true(no_u64("{\"a\":{\"n\":1}}"));
}

static void
nesting_is_allowed_down_to_the_limit(void **state)
{
	char text[2 * JSON_DEPTH_MAX + 3];
	struct json_document *document;
	struct err err = { 0 };

	(void)state;
	memset(text, '[', JSON_DEPTH_MAX);
	memset(text + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
	text[2 * JSON_DEPTH_MAX] = '\0';
	document = parsed(text);
	json_destroy(document);
	memset(text, '[', JSON_DEPTH_MAX + 1);
	memset(text + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
	assert_null(json_parse(text, 2 * JSON_DEPTH_MAX + 2, &err));
	assert_int_equal(err.kind, ERR_DATA);
	assert_string_equal(err.text, "not JSON: too deep nesting at byte 65");
}

static void
what_is_no_json_is_refused_with_its_byte(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_null(json_parse("<html>", 6, &err));
	assert_int_equal(err.kind, ERR_DATA);
	assert_string_equal(err.text,
	    "not JSON: no value where one is needed at byte 1");
	assert_null(json_parse("{\"a\":1}x", 8, &err));
	assert_string_equal(err.text,
	    "not JSON: more behind the value at byte 8");
}

static bool
described_as(const char *json, const char *want)
{
	struct json_document *document = parsed(json);
	char line[64];
	size_t len;

	len = json_describe(json_root(document), line, sizeof line);
	json_destroy(document);
	return len == strlen(line) && strcmp(line, want) == 0;
}

static void
a_value_is_described_for_messages(void **state)
{
	char line[64];

	(void)state;
	assert_true(described_as("\"1\"", "a text \"1\""));
	assert_true(described_as("\"\\u001b[2J\"", "a text \"<U+001B>[2J\""));
	assert_true(described_as("0.5", "the number 0.5"));
	assert_true(described_as("-5", "the number -5"));
	assert_true(described_as("1e999", "a number beyond all range"));
	assert_true(described_as("true", "true"));
	assert_true(described_as("false", "false"));
	assert_true(described_as("null", "null"));
	assert_true(described_as("[1]", "an array"));
	assert_true(described_as("{}", "an object"));
	json_describe(NULL, line, sizeof line);
	assert_string_equal(line, "null");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_found_by_their_exact_name),
		cmocka_unit_test(
		    a_repeated_name_is_counted_and_its_first_value_found),
		cmocka_unit_test(every_value_tells_its_type),
		cmocka_unit_test(every_type_has_words),
		cmocka_unit_test(what_is_not_there_reads_as_nothing),
		cmocka_unit_test(texts_are_the_exact_bytes),
		cmocka_unit_test(a_text_keeps_its_length_across_an_escaped_nul),
		cmocka_unit_test(a_lone_surrogate_spoils_its_own_string_only),
		cmocka_unit_test(only_texts_read_as_text),
		cmocka_unit_test(whole_numbers_are_exact),
		cmocka_unit_test(what_is_no_whole_number_in_range_is_refused),
		cmocka_unit_test(
		    a_number_beyond_the_range_is_whole_all_the_same),
		cmocka_unit_test(
		    a_number_of_hundreds_of_digits_is_out_of_range_and_no_more),
		cmocka_unit_test(numbers_do_not_depend_on_the_locale),
		cmocka_unit_test(root_numbers_are_exact_to_64_bits),
		cmocka_unit_test(root_numbers_that_are_none_are_refused),
		cmocka_unit_test(nesting_is_allowed_down_to_the_limit),
		cmocka_unit_test(what_is_no_json_is_refused_with_its_byte),
		cmocka_unit_test(a_value_is_described_for_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
