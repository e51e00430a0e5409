/*
 * What a reply amounts to: the service's own, or an error that says what came
 * in its place and quotes no secret.
 */
#include "api/api_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OK_FIELDS "\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\""

static const char usersig[] = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLB*";

static struct client_answer
read_as(enum client_command command, int status, const char *body)
{
	struct transport_reply reply = { .status = status,
		.body = body,
		.body_len = strlen(body),
		.date_s = -1,
		.retry_after_s = -1 };
	struct client_answer answer;

	client_answer_read(command, &reply, usersig, &answer);
	return answer;
}

static struct client_answer
read_body(const char *body)
{
	return read_as(CLIENT_BAN_LIST, 200, body);
}

static void
assert_refused(struct client_answer answer, enum err_kind kind, int code,
    const char *text)
{
	assert_int_equal(answer.err.kind, kind);
	assert_int_equal(answer.err.code, code);
	assert_string_equal(answer.err.text, text);
	assert_null(answer.document);
}

static void
a_success_has_its_document_and_request_id(void **state)
{
	struct client_answer answer =
	    read_body("{" OK_FIELDS ",\"RequestId\":\"r-1\",\"x\":[]}");

	(void)state;
	assert_int_equal(answer.err.kind, ERR_NONE);
	assert_non_null(json_member(json_root(answer.document), "x"));
	assert_string_equal(answer.request_id, "r-1");
	client_answer_release(&answer);
	client_answer_release(&answer);
}

static void
a_refusal_carries_code_and_reason(void **state)
{
	(void)state;
	assert_refused(read_body("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":"
	                         "10010,"
	                         "\"ErrorInfo\":\"group not exist\"}"),
	    ERR_SERVICE, 10010, "no such group: group not exist");
}

static void
a_refusal_keeps_its_request_id(void **state)
{
	struct client_answer answer =
	    read_body("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":10010,"
	              "\"ErrorInfo\":\"x\",\"RequestId\":\"r-2\"}");

	(void)state;
	assert_string_equal(answer.request_id, "r-2");
}

static void
a_page_of_html_is_named_and_quoted(void **state)
{
	(void)state;
	assert_refused(read_body("<html>\r\n\t <body>Log\n in</body></html>\n"),
	    ERR_DATA, 0,
	    "HTML in place of JSON: <html> <body>Log in</body></html>");
}

static void
an_empty_body_is_named(void **state)
{
	(void)state;
	assert_refused(read_body(""), ERR_DATA, 0,
	    "empty body in place of JSON");
	assert_refused(read_body(" \r\n "), ERR_DATA, 0,
	    "empty body in place of JSON");
}

static void
json_that_was_cut_says_where(void **state)
{
	struct client_answer answer = read_body("{\"ActionStatus\":\"OK\",");

	(void)state;
	assert_int_equal(answer.err.kind, ERR_DATA);
	assert_null(strstr(answer.err.text, "in place of"));
	assert_null(answer.document);
}

static void
a_status_but_200_is_never_parsed(void **state)
{
	(void)state;
	assert_refused(read_as(CLIENT_BAN_LIST, 503, "{" OK_FIELDS "}"),
	    ERR_HTTP, 503,
	    "HTTP 503: {\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
	    "\"ErrorInfo\":\"\"}");
	assert_refused(read_as(CLIENT_BAN_LIST, 204, ""), ERR_HTTP, 204,
	    "HTTP 204, empty body");
}

static void
every_status_has_a_hint(void **state)
{
	static const int statuses[] = { 201, 302, 404, 407, 429, 500, 503 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
		assert_non_null(read_as(CLIENT_BAN_LIST, statuses[i], "")
		                    .err.hint);
}

static void
a_hostile_body_is_made_harmless(void **state)
{
	struct client_answer answer =
	    read_as(CLIENT_BAN_LIST, 502, "\x1b]0;x\x07 \xE2\x80\xAE\xff oops");
	const char *byte;

	(void)state;
	for (byte = answer.err.text; *byte != '\0'; byte++)
		assert_in_range((unsigned char)*byte, 0x20, 0x7e);
	assert_non_null(strstr(answer.err.text, "oops"));
}

static void
a_long_body_is_cut(void **state)
{
	static char body[100000];
	struct client_answer answer;

	(void)state;
	memset(body, 'x', sizeof body - 1);
	answer = read_as(CLIENT_BAN_LIST, 500, body);
	assert_in_range(strlen(answer.err.text), 90, ERR_TEXT_MAX - 1);
}

/* No part of the UserSig that could tell it. */
static void
assert_no_secret(const char *text)
{
	size_t at;

	for (at = 0; at + 12 < sizeof usersig; at++) {
		char part[13];

		memcpy(part, usersig + at, 12);
		part[12] = '\0';
		assert_null(strstr(text, part));
	}
}

static void
a_quoted_usersig_goes_no_further(void **state)
{
	char body[512];
	struct client_answer answer;

	(void)state;
	(void)snprintf(body, sizeof body, "<p>no /v4/x?usersig=%s&random=1",
	    usersig);
	answer = read_as(CLIENT_BAN_LIST, 502, body);
	assert_no_secret(answer.err.text);
	assert_non_null(strstr(answer.err.text, "usersig=...&random=1"));
	(void)snprintf(body, sizeof body,
	    "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":70003,"
	    "\"ErrorInfo\":\"bad %s\",\"RequestId\":\"%s\"}",
	    usersig, usersig);
	answer = read_body(body);
	assert_no_secret(answer.err.text);
	assert_string_equal(answer.err.text, "UserSig malformed: bad ...");
	assert_string_equal(answer.request_id, "...");
}

static void
a_quoted_usersig_that_was_cut_goes_no_further(void **state)
{
	char body[512];
	size_t lead;

	(void)state;
	for (lead = 40; lead < 96; lead++) {
		memset(body, '.', lead);
		(void)snprintf(body + lead, sizeof body - lead, "%s tail",
		    usersig);
		assert_no_secret(read_as(CLIENT_BAN_LIST, 502, body).err.text);
	}
}

static void
a_fault_of_the_network_stays_as_it_came(void **state)
{
	struct transport_reply reply = { .status = 0 };
	struct client_answer answer;

	(void)state;
	(void)err_set(&reply.err, ERR_TLS, 60, NULL, "certificate has expired");
	client_answer_read(CLIENT_BAN_LIST, &reply, usersig, &answer);
	assert_refused(answer, ERR_TLS, 60, "certificate has expired");
}

static void
group_info_counts_whatever_the_outer_fields_say(void **state)
{
	static const char body[] =
	    "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":10010,"
	    "\"ErrorInfo\":\"one is gone\",\"GroupInfo\":[]}";
	struct client_answer answer = read_as(CLIENT_GROUP_INFO, 200, body);

	(void)state;
	assert_int_equal(answer.err.kind, ERR_NONE);
	assert_non_null(answer.document);
	client_answer_release(&answer);
	assert_refused(read_body(body), ERR_SERVICE, 10010,
	    "no such group: one is gone");
}

static void
group_info_that_stands_twice_is_refused(void **state)
{
	(void)state;
	assert_refused(read_as(CLIENT_GROUP_INFO, 200,
	                   "{" OK_FIELDS ",\"GroupInfo\":[],"
	                   "\"GroupInfo\":[]}"),
	    ERR_DATA, 0, "GroupInfo stands in the reply twice");
}

static void
without_group_info_the_outer_fields_count(void **state)
{
	(void)state;
	assert_refused(read_as(CLIENT_GROUP_INFO, 200,
	                   "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":70001,"
	                   "\"ErrorInfo\":\"expired\"}"),
	    ERR_SERVICE, 70001, "UserSig expired: expired");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_success_has_its_document_and_request_id),
		cmocka_unit_test(a_refusal_carries_code_and_reason),
		cmocka_unit_test(a_refusal_keeps_its_request_id),
		cmocka_unit_test(a_page_of_html_is_named_and_quoted),
		cmocka_unit_test(an_empty_body_is_named),
		cmocka_unit_test(json_that_was_cut_says_where),
		cmocka_unit_test(a_status_but_200_is_never_parsed),
		cmocka_unit_test(every_status_has_a_hint),
		cmocka_unit_test(a_hostile_body_is_made_harmless),
		cmocka_unit_test(a_long_body_is_cut),
		cmocka_unit_test(a_quoted_usersig_goes_no_further),
		cmocka_unit_test(a_quoted_usersig_that_was_cut_goes_no_further),
		cmocka_unit_test(a_fault_of_the_network_stays_as_it_came),
		cmocka_unit_test(
		    group_info_counts_whatever_the_outer_fields_say),
		cmocka_unit_test(group_info_that_stands_twice_is_refused),
		cmocka_unit_test(without_group_info_the_outer_fields_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
