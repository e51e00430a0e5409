#include "bantop/api/envelope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/api/error_code.h"
#include "bantop/base/text.h"

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

static bool
succeeds(const char *text)
{
	struct json_document *document = parsed(text);
	struct err err = { 0 };
	bool ok = envelope_check(json_root(document), &err);

	json_destroy(document);
	return ok && err.kind == ERR_NONE;
}

static struct err
checked(const char *text)
{
	struct json_document *document = parsed(text);
	struct err err = { 0 };

	assert_false(envelope_check(json_root(document), &err));
	json_destroy(document);
	return err;
}

static void
is_data_error(const char *text, const char *why)
{
	struct err err = checked(text);

	assert_string_equal(err.text, why);
	assert_int_equal(err.kind, ERR_DATA);
}

static void
ok_with_code_zero_is_a_success(void **state)
{
	(void)state;
	assert_true(succeeds("{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\","
	                     "\"ErrorCode\":0}"));
	assert_true(succeeds("{\"ErrorCode\":0,\"ActionStatus\":\"OK\"}"));
	assert_true(succeeds("{\"Extra\":{\"x\":[1,2]},\"ErrorCode\":0,"
	                     "\"ErrorInfo\":\"ok\",\"ActionStatus\":\"OK\"}"));
}

static void
a_refusal_carries_code_reason_and_what_to_do(void **state)
{
	struct err err = checked("{\"ActionStatus\":\"FAIL\","
	                         "\"ErrorCode\":10007,"
	                         "\"ErrorInfo\":\"no permission\"}");

	(void)state;
	assert_int_equal(err.kind, ERR_SERVICE);
	assert_int_equal(err.code, 10007);
	assert_string_equal(err.text, "not permitted: no permission");
	assert_ptr_equal(err.hint, error_code_find(10007)->action);
}

static void
a_refusal_without_a_reason_has_the_tables(void **state)
{
	struct err err =
	    checked("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":60007}");

	(void)state;
	assert_string_equal(err.text, "too many calls");
	err = checked("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":60007,"
	              "\"ErrorInfo\":\"\"}");
	assert_string_equal(err.text, error_code_short(60007));
}

static void
an_unknown_code_is_carried_as_it_came(void **state)
{
	struct err err =
	    checked("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":4711}");

	(void)state;
	assert_int_equal(err.kind, ERR_SERVICE);
	assert_int_equal(err.code, 4711);
	assert_string_equal(err.text, "no reason given");
	assert_null(err.hint);
	err = checked("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":120007,"
	              "\"ErrorInfo\":\"not today\"}");
	assert_int_equal(err.code, 120007);
	assert_non_null(strstr(err.hint, "webhook"));
	err = checked("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":-5}");
	assert_int_equal(err.code, -5);
}

static void
a_reason_is_made_harmless_and_cut(void **state)
{
	char text[2000];
	struct err err;

	(void)state;
	err = checked("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":1,"
	              "\"ErrorInfo\":\"\\u001b[2J\\u202e\\u0000\\n\"}");
	assert_string_equal(err.text, "<U+001B>[2J<U+202E>\\xC0\\x80<U+000A>");
	memset(text, 'x', sizeof text);
	memcpy(text,
	    "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":1,"
	    "\"ErrorInfo\":\"",
	    50);
	memcpy(text + sizeof text - 3, "\"}", 3);
	err = checked(text);
	assert_int_equal(strlen(err.text), ERR_TEXT_MAX - 1);
	assert_true(text_is_safe(err.text, strlen(err.text)));
}

static void
a_pair_that_disagrees_is_no_success_and_shows_both(void **state)
{
	struct err err = checked("{\"ActionStatus\":\"OK\","
	                         "\"ErrorCode\":10002,"
	                         "\"ErrorInfo\":\"odd pair\"}");

	(void)state;
	assert_int_equal(err.kind, ERR_SERVICE);
	assert_int_equal(err.code, 10002);
	assert_string_equal(err.text,
	    "ActionStatus \"OK\" with ErrorCode 10002: odd pair");
	assert_ptr_equal(err.hint, error_code_find(10002)->action);
	err = checked("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":0}");
	assert_int_equal(err.kind, ERR_DATA);
	assert_string_equal(err.text, "ActionStatus \"FAIL\" with ErrorCode 0");
	err = checked("{\"ActionStatus\":\"ok\",\"ErrorCode\":0}");
	assert_int_equal(err.kind, ERR_DATA);
	err = checked("{\"ActionStatus\":\"\\u001b\",\"ErrorCode\":10002}");
	assert_int_equal(err.kind, ERR_SERVICE);
	assert_string_equal(err.text,
	    "ActionStatus \"<U+001B>\" with ErrorCode 10002");
}

static void
an_absent_field_is_named(void **state)
{
	(void)state;
	is_data_error("{}", "ActionStatus is absent from the reply");
	is_data_error("{\"ErrorCode\":0}",
	    "ActionStatus is absent from the reply");
	is_data_error("{\"ActionStatus\":\"OK\"}",
	    "ErrorCode is absent from the reply");
	is_data_error("{\"actionstatus\":\"OK\",\"ErrorCode\":0}",
	    "ActionStatus is absent from the reply");
}

static void
a_field_of_a_wrong_type_is_named_with_what_came(void **state)
{
	(void)state;
	is_data_error("{\"ActionStatus\":1,\"ErrorCode\":0}",
	    "ActionStatus is the number 1, not a text");
	is_data_error("{\"ActionStatus\":null,\"ErrorCode\":0}",
	    "ActionStatus is null, not a text");
	is_data_error("{\"ActionStatus\":\"OK\",\"ErrorCode\":\"0\"}",
	    "ErrorCode is a text \"0\", not a whole number of 32 bits");
	is_data_error("{\"ActionStatus\":\"OK\",\"ErrorCode\":0.5}",
	    "ErrorCode is the number 0.5, not a whole number of 32 bits");
	is_data_error("{\"ActionStatus\":\"OK\",\"ErrorCode\":4294967296}",
	    "ErrorCode is the number 4294967296, not a whole number of 32 "
	    "bits");
	is_data_error("{\"ActionStatus\":\"OK\",\"ErrorCode\":false}",
	    "ErrorCode is false, not a whole number of 32 bits");
	is_data_error("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
	              "\"ErrorInfo\":[]}",
	    "ErrorInfo is an array, not a text");
	is_data_error("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":10007,"
	              "\"ErrorInfo\":null}",
	    "ErrorInfo is null, not a text, beside ErrorCode 10007");
}

static void
a_repeated_field_is_named(void **state)
{
	(void)state;
	is_data_error("{\"ActionStatus\":\"OK\",\"ActionStatus\":\"OK\","
	              "\"ErrorCode\":0}",
	    "ActionStatus stands in the reply twice");
	is_data_error("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
	              "\"ErrorCode\":10007}",
	    "ErrorCode stands in the reply twice");
	is_data_error("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
	              "\"Error\\u0043ode\":0}",
	    "ErrorCode stands in the reply twice");
	is_data_error("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
	              "\"ErrorInfo\":\"a\",\"ErrorInfo\":\"b\"}",
	    "ErrorInfo stands in the reply twice");
}

static void
only_an_object_is_a_reply(void **state)
{
	(void)state;
	is_data_error("[]", "the reply is an array, not an object");
	is_data_error("null", "the reply is null, not an object");
	is_data_error("\"OK\"", "the reply is a text, not an object");
	is_data_error("0", "the reply is a number, not an object");
}

static bool
field_is(const char *text, int64_t want)
{
	struct json_document *document = parsed(text);
	const struct json *value;
	struct err err = { 0 };
	int64_t number = want - 1;
	bool same;

	same = envelope_field(json_root(document), "x", &value, &err) &&
	    json_whole(value, INT64_MIN, INT64_MAX, &number) && number == want;
	json_destroy(document);
	return same;
}

static bool
field_is_absent(const char *text)
{
	struct json_document *document = parsed(text);
	const struct json *value;
	struct err err = { 0 };
	bool absent;

	absent = envelope_field(json_root(document), "x", &value, &err) &&
	    value == NULL;
	json_destroy(document);
	return absent;
}

static bool
field_is_refused(const char *text, const char *why)
{
	struct json_document *document = parsed(text);
	const struct json *value;
	struct err err = { 0 };
	bool refused;

	refused = !envelope_field(json_root(document), "x", &value, &err) &&
	    err.kind == ERR_DATA && value == NULL && strcmp(err.text, why) == 0;
	json_destroy(document);
	return refused;
}

static void
a_field_is_looked_up_at_the_top_then_inside_response(void **state)
{
	(void)state;
	assert_true(field_is("{\"x\":1}", 1));
	assert_true(field_is("{\"Response\":{\"x\":2}}", 2));
	assert_true(field_is("{\"Response\":{\"x\":2},\"x\":1}", 1));
	assert_true(field_is_absent("{\"X\":1}"));
	assert_true(field_is_absent("{\"Response\":\"x\"}"));
	assert_true(field_is_absent("{\"Response\":[{\"x\":1}]}"));
	assert_true(field_is_absent("{\"Other\":{\"x\":1}}"));
}

static void
a_repeated_data_field_is_refused(void **state)
{
	(void)state;
	assert_true(field_is_refused("{\"x\":1,\"x\":1}",
	    "x stands in the reply twice"));
	assert_true(field_is_refused("{\"Response\":{\"x\":1,\"x\":2}}",
	    "x stands in the reply twice"));
	assert_true(field_is_refused("{\"Response\":{},\"Response\":{}}",
	    "Response stands in the reply twice"));
}

static void
the_request_id_is_made_harmless(void **state)
{
	static const char *const replies[][2] = {
		{ "{}", "" },
		{ "{\"RequestId\":\"r-1\"}", "r-1" },
		{ "{\"Response\":{\"RequestId\":\"r-2\"}}", "r-2" },
		{ "{\"RequestId\":7}", "" },
		{ "{\"RequestId\":\"\\u001b[m\"}", "<U+001B>[m" },
	};
	char id[24];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof replies / sizeof replies[0]; i++) {
		struct json_document *document = parsed(replies[i][0]);

		memset(id, 'x', sizeof id);
		envelope_request_id(json_root(document), id, sizeof id);
		assert_string_equal(id, replies[i][1]);
		json_destroy(document);
	}
}

static void
a_body_that_is_no_json_is_guessed_at(void **state)
{
	static const char *const bodies[][2] = {
		{ "", "empty" },
		{ " \r\n", "empty" },
		{ "\t\t", "empty" },
		{ "\xef\xbb\xbf", "empty" },
		{ "<!DOCTYPE HTML><title>502</title>", "HTML" },
		{ "\n <HTML><body>", "HTML" },
		{ "<!-- proxy -->\n<html>", "HTML" },
		{ "<?xml version=\"1.0\"?><Error/>", "XML" },
		{ "{\"ActionStatus\":\"OK\",\"Err", "JSON cut short" },
		{ "{\"a\":1,}", "broken JSON" },
		{ "[1,2", "JSON cut short" },
		{ "[1,]\n", "broken JSON" },
		{ "\x1f\x8b\x08", "compressed data" },
		{ "\xff\xfe{", "UTF-16 text" },
		{ "\xfe\xff", "UTF-16 text" },
		{ "no healthy upstream", "plain text" },
		{ "no healthy\tupstream\r\nat all", "plain text" },
		{ "a\x01z", "binary data" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
		assert_string_equal(envelope_guess(bodies[i][0],
		                        strlen(bodies[i][0])),
		    bodies[i][1]);
	assert_string_equal(envelope_guess("a\0b", 3), "binary data");
}

static void
a_long_body_is_guessed_at_by_its_beginning(void **state)
{
	char body[2048];

	(void)state;
	memset(body, 'x', sizeof body);
	body[sizeof body - 1] = '\x01';
	assert_string_equal(envelope_guess(body, sizeof body), "plain text");
	body[256] = '\x01';
	assert_string_equal(envelope_guess(body, sizeof body), "binary data");
	body[0] = '<';
	memcpy(body + sizeof body - 8, "<html>", 6);
	assert_string_equal(envelope_guess(body, sizeof body), "XML");
	memcpy(body + 256, "<html>", 6);
	assert_string_equal(envelope_guess(body, sizeof body), "HTML");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(ok_with_code_zero_is_a_success),
		cmocka_unit_test(a_refusal_carries_code_reason_and_what_to_do),
		cmocka_unit_test(a_refusal_without_a_reason_has_the_tables),
		cmocka_unit_test(an_unknown_code_is_carried_as_it_came),
		cmocka_unit_test(a_reason_is_made_harmless_and_cut),
		cmocka_unit_test(
		    a_pair_that_disagrees_is_no_success_and_shows_both),
		cmocka_unit_test(an_absent_field_is_named),
		cmocka_unit_test(
		    a_field_of_a_wrong_type_is_named_with_what_came),
		cmocka_unit_test(a_repeated_field_is_named),
		cmocka_unit_test(only_an_object_is_a_reply),
		cmocka_unit_test(
		    a_field_is_looked_up_at_the_top_then_inside_response),
		cmocka_unit_test(a_repeated_data_field_is_refused),
		cmocka_unit_test(the_request_id_is_made_harmless),
		cmocka_unit_test(a_body_that_is_no_json_is_guessed_at),
		cmocka_unit_test(a_long_body_is_guessed_at_by_its_beginning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
