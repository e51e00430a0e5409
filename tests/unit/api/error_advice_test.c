#include "bantop/api/error_advice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/api/error_code.h"

enum { CARD_COLS = 79 };

static void
a_code_of_the_table_has_the_tables_words(void **state)
{
	const struct error_code *row = error_code_find(60007);
	struct error_advice advice;

	(void)state;
	error_advice_for_code(60007, &advice);
	assert_int_equal(advice.kind, ERR_SERVICE);
	assert_int_equal(advice.code, 60007);
	assert_ptr_equal(advice.name, row->name);
	assert_string_equal(advice.title, "too many calls");
	assert_ptr_equal(advice.meaning, row->meaning);
	assert_ptr_equal(advice.action, row->action);
	assert_ptr_equal(advice.source, row->source);
	assert_true(advice.cause_count >= 3);
	assert_non_null(strstr(advice.repeat, "at most twice"));
}

static void
what_is_said_of_repeats_is_what_is_done(void **state)
{
	struct error_advice advice;
	size_t i;

	(void)state;
	for (i = 0; i < error_code_count(); i++) {
		int code = error_code_at(i)->code;
		bool said;

		error_advice_for_code(code, &advice);
		said = strstr(advice.repeat, "at most twice") != NULL ||
		    strstr(advice.repeat, "once by itself") != NULL;
		assert_int_equal(said, error_code_retry(code) != RETRY_NO);
	}
	error_advice_for_code(70001, &advice);
	assert_non_null(strstr(advice.repeat, "new UserSig"));
	error_advice_for_code(70050, &advice);
	assert_non_null(strstr(advice.repeat, "never"));
}

static void
an_unknown_code_is_said_to_be_unknown(void **state)
{
	struct error_advice advice;

	(void)state;
	error_advice_for_code(4711, &advice);
	assert_int_equal(advice.code, 4711);
	assert_string_equal(advice.name, "");
	assert_string_equal(advice.title, "unknown code");
	assert_non_null(strstr(advice.meaning, "no document"));
	assert_true(advice.cause_count > 0);
	error_advice_for_code(120001, &advice);
	assert_non_null(strstr(advice.meaning, "webhooks"));
}

static void
every_error_that_can_be_met_has_advice(void **state)
{
	struct error_advice advice;
	struct err err = { 0 };
	int kind;

	(void)state;
	for (kind = ERR_NONE; kind <= ERR_CANCELLED; kind++) {
		err.kind = (enum err_kind)kind;
		err.code = kind == ERR_HTTP ? 502 : 28;
		error_advice_for(&err, &advice);
		assert_int_equal(advice.kind, kind);
		assert_true(strlen(advice.title) > 0);
		assert_true(advice.cause_count > 0);
	}
	err.kind = ERR_HTTP;
	err.code = 502;
	error_advice_for(&err, &advice);
	assert_int_equal(advice.code, 502);
	assert_string_equal(advice.title, "trouble at the other side");
	err.kind = ERR_SERVICE;
	err.code = 10007;
	error_advice_for(&err, &advice);
	assert_string_equal(advice.name, "GROUP_PERMISSION_DENY");
	err.kind = ERR_TIMEOUT;
	err.code = 28;
	error_advice_for(&err, &advice);
	assert_int_equal(advice.code, 0);
	assert_string_equal(advice.name, "timeout");
}

static bool
parses_to(const char *word, enum err_kind kind, int code)
{
	struct error_advice advice;
	struct err err = { 0 };

	return error_advice_parse(word, &advice, &err) && advice.kind == kind &&
	    advice.code == code;
}

static void
codes_names_statuses_and_words_are_understood(void **state)
{
	(void)state;
	assert_true(parses_to("60007", ERR_SERVICE, 60007));
	assert_true(parses_to("E60007", ERR_SERVICE, 60007));
	assert_true(parses_to("e60007", ERR_SERVICE, 60007));
	assert_true(parses_to("4711", ERR_SERVICE, 4711));
	assert_true(parses_to("0", ERR_SERVICE, 0));
	assert_true(parses_to("COMM_REST_FREQ_LIMIT", ERR_SERVICE, 60007));
	assert_true(parses_to("comm_rest_freq_limit", ERR_SERVICE, 60007));
	assert_true(parses_to("ERR_SVR_COMM_REST_FREQ_LIMIT", ERR_SERVICE,
	    60007));
	assert_true(parses_to("502", ERR_HTTP, 502));
	assert_true(parses_to("HTTP 502", ERR_HTTP, 502));
	assert_true(parses_to("http-407", ERR_HTTP, 407));
	assert_true(parses_to("http429", ERR_HTTP, 429));
	assert_true(parses_to("http", ERR_HTTP, 0));
	assert_true(parses_to("timeout", ERR_TIMEOUT, 0));
	assert_true(parses_to("TLS", ERR_TLS, 0));
	assert_true(parses_to("certificate", ERR_TLS, 0));
	assert_true(parses_to("dns", ERR_LOOKUP, 0));
	assert_true(parses_to("connect", ERR_CONNECT, 0));
	assert_true(parses_to("network", ERR_NETWORK, 0));
	assert_true(parses_to("data", ERR_DATA, 0));
	assert_true(parses_to("paging", ERR_PAGING, 0));
	assert_true(parses_to("limit", ERR_LIMIT, 0));
	assert_true(parses_to("credential", ERR_CREDENTIAL, 0));
	assert_true(parses_to("config", ERR_CONFIG, 0));
	assert_true(parses_to("file", ERR_FILE, 0));
	assert_true(parses_to("usage", ERR_USAGE, 0));
}

static void
every_name_of_the_table_and_every_kind_is_understood(void **state)
{
	size_t i;
	int kind;

	(void)state;
	for (i = 0; i < error_code_count(); i++)
		assert_true(parses_to(error_code_at(i)->name, ERR_SERVICE,
		    error_code_at(i)->code));
	for (kind = ERR_USAGE; kind <= ERR_CANCELLED; kind++)
		assert_true(parses_to(err_kind_name((enum err_kind)kind),
		    (enum err_kind)kind, 0));
}

static void
other_words_are_refused_with_what_there_is(void **state)
{
	static const char *const words[] = { "", "e", "x", "60007x", "E",
		"99999999999", "COMM_", "http 1000", "6 0007" };
	struct error_advice advice;
	struct err err = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof words / sizeof words[0]; i++) {
		assert_false(error_advice_parse(words[i], &advice, &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_non_null(strstr(err.text, "60007"));
	}
	assert_false(error_advice_parse("\x1b[2J", &advice, &err));
	assert_null(strchr(err.text, 0x1b));
}

static void
a_card_is_written_as_plain_lines(void **state)
{
	struct error_advice advice;
	struct buf out;

	(void)state;
	buf_init(&out, ERROR_ADVICE_TEXT_MAX);
	error_advice_for_code(70009, &advice);
	advice.source = "here";
	error_advice_put(&advice, &out);
	assert_string_equal(buf_text(&out),
	    "E70009 ACCOUNT_USERSIG_MISMATCH_PUBLICKEY: secret key does not "
	    "fit\n"
	    "  meaning   the MAC does not fit: secret key of another "
	    "application, or damaged\n"
	    "            key\n"
	    "  causes    the secret key belongs to another application\n"
	    "            the key was damaged when it was copied\n"
	    "            the key was changed in the console\n"
	    "            the region is not the application's\n"
	    "  next step paste the secret key of this SDKAppID again\n"
	    "  repeated  not repeated by itself\n"
	    "  source    here\n");
	buf_release(&out);
}

/* Every line of the card, ASCII and within its columns. */
static void
card_fits(const struct error_advice *advice)
{
	const char *line;
	struct buf out;

	buf_init(&out, ERROR_ADVICE_TEXT_MAX);
	error_advice_put(advice, &out);
	assert_true(out.len > 0 && out.len < ERROR_ADVICE_TEXT_MAX);
	assert_int_equal(out.data[out.len - 1], '\n');
	for (line = out.data; *line != '\0'; line += strcspn(line, "\n") + 1) {
		size_t len = strcspn(line, "\n");

		if (len > CARD_COLS && memchr(line + 12, ' ', len - 12))
			fail_msg("too wide: %s", line);
		assert_true(len > 0 && line[len - 1] != ' ');
	}
	for (line = out.data; *line != '\0'; line++)
		assert_true((*line >= ' ' && *line < 0x7f) || *line == '\n');
	buf_release(&out);
}

static void
every_card_fits_a_terminal(void **state)
{
	struct error_advice advice;
	struct err err = { 0 };
	size_t i;
	int kind;

	(void)state;
	for (i = 0; i < error_code_count(); i++) {
		error_advice_for_code(error_code_at(i)->code, &advice);
		card_fits(&advice);
	}
	for (kind = ERR_NONE; kind <= ERR_CANCELLED; kind++) {
		err.kind = (enum err_kind)kind;
		error_advice_for(&err, &advice);
		card_fits(&advice);
	}
	err.kind = ERR_HTTP;
	for (err.code = 300; err.code < 600; err.code++) {
		error_advice_for(&err, &advice);
		card_fits(&advice);
	}
}

static void
the_title_tells_what_kind_of_error_it_is(void **state)
{
	static const char *const titles[][2] = {
		{ "4711", "E4711: unknown code\n" },
		{ "502", "HTTP 502: trouble at the other side\n" },
		{ "http", "http: not the service's answer\n" },
		{ "tls", "tls: no trust\n" },
	};
	struct error_advice advice;
	struct err err = { 0 };
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		buf_init(&out, ERROR_ADVICE_TEXT_MAX);
		assert_true(error_advice_parse(titles[i][0], &advice, &err));
		error_advice_put(&advice, &out);
		assert_memory_equal(out.data, titles[i][1],
		    strlen(titles[i][1]));
		buf_release(&out);
	}
}

static void
causes_are_written_as_one_line(void **state)
{
	struct error_advice advice;
	struct buf out;

	(void)state;
	buf_init(&out, ERROR_ADVICE_TEXT_MAX);
	error_advice_for_code(40007, &advice);
	error_advice_put_causes(&advice, &out);
	assert_string_equal(buf_text(&out),
	    "1) the nickname may not be read by this application; "
	    "2) the field does not exist in this application");
	buf_release(&out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_of_the_table_has_the_tables_words),
		cmocka_unit_test(what_is_said_of_repeats_is_what_is_done),
		cmocka_unit_test(an_unknown_code_is_said_to_be_unknown),
		cmocka_unit_test(every_error_that_can_be_met_has_advice),
		cmocka_unit_test(codes_names_statuses_and_words_are_understood),
		cmocka_unit_test(
		    every_name_of_the_table_and_every_kind_is_understood),
		cmocka_unit_test(other_words_are_refused_with_what_there_is),
		cmocka_unit_test(a_card_is_written_as_plain_lines),
		cmocka_unit_test(every_card_fits_a_terminal),
		cmocka_unit_test(the_title_tells_what_kind_of_error_it_is),
		cmocka_unit_test(causes_are_written_as_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
