#include "bantop/api/ban_reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/api/envelope.h"

enum { OFFSET = 200, RECEIVED_AT = 1767000000 };

/* What became of one body, from its bytes on. */
struct outcome {
	struct err err;
	struct ban_page page;
};

static void
read_body(const char *body, size_t len, struct outcome *out)
{
	struct json_document *document;

	out->err = (struct err){ 0 };
	ban_page_init(&out->page);
	document = json_parse(body, len, &out->err);
	if (document == NULL)
		return;
	if (envelope_check(json_root(document), &out->err) &&
	    ban_reply_read(json_root(document), OFFSET, RECEIVED_AT, &out->page,
	        &out->err))
		assert_int_equal(out->err.kind, ERR_NONE);
	json_destroy(document);
}

static struct outcome
outcome_of(const char *body)
{
	struct outcome out;

	read_body(body, strlen(body), &out);
	return out;
}

/* The outcome of a page with these entries and this NextOffset. */
static struct outcome
page_of(const char *entries, const char *next)
{
	char body[4096];

	snprintf(body, sizeof body,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
	    "\"BannedAccountList\":[%s],\"NextOffset\":%s}",
	    entries, next);
	return outcome_of(body);
}

static bool
row_is(const struct outcome *out, size_t index, const char *account,
    int64_t until_s, unsigned flags)
{
	struct ban ban = ban_page_at(&out->page, index);

	return ban.account_len == strlen(account) &&
	    memcmp(ban.account, account, ban.account_len) == 0 &&
	    ban.until_s == until_s && ban.flags == flags;
}

static void
a_request_names_group_limit_and_offset(void **state)
{
	struct err err = { 0 };
	struct buf out;

	(void)state;
	buf_init(&out, 1024);
	assert_true(ban_request_write("@TGS#aDEMO00001", 100, 0, &out, &err));
	assert_string_equal(buf_text(&out),
	    "{\"GroupId\":\"@TGS#aDEMO00001\",\"Limit\":100,\"Offset\":0}");
	buf_reset(&out);
	assert_true(ban_request_write("a\"b\\c", 1, BAN_OFFSET_MAX, &out,
	    &err));
	assert_string_equal(buf_text(&out),
	    "{\"GroupId\":\"a\\\"b\\\\c\",\"Limit\":1,"
	    "\"Offset\":9007199254740991}");
	buf_release(&out);
}

static void
a_request_over_the_cap_is_refused(void **state)
{
	static const char whole[] =
	    "{\"GroupId\":\"lobby-01\",\"Limit\":100,\"Offset\":0}";
	struct err err = { 0 };
	struct buf out;
	size_t max;

	(void)state;
	for (max = 0; max < sizeof whole - 1; max++) {
		buf_init(&out, max);
		assert_false(ban_request_write("lobby-01", 100, 0, &out, &err));
		assert_int_equal(err.kind, ERR_LIMIT);
		buf_release(&out);
	}
	buf_init(&out, max);
	assert_true(ban_request_write("lobby-01", 100, 0, &out, &err));
	assert_string_equal(buf_text(&out), whole);
	buf_release(&out);
}

static void
a_page_has_its_rows_in_order_and_names_the_next(void **state)
{
	struct outcome out = outcome_of(
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
	    "\"BannedAccountList\":["
	    "{\"BannedUntil\":1767225600,\"Member_Account\":\"guest_0017\"},"
	    "{\"BannedUntil\":1769904000,\"Member_Account\":\"guest_0042\"}],"
	    "\"NextOffset\":202}");

	(void)state;
	assert_int_equal(out.err.kind, ERR_NONE);
	assert_int_equal(out.page.count, 2);
	assert_int_equal(out.page.unusable, 0);
	assert_int_equal(out.page.offset, OFFSET);
	assert_int_equal(out.page.received_at, RECEIVED_AT);
	assert_int_equal(out.page.next_offset, 202);
	assert_int_equal(out.page.next_fault.kind, ERR_NONE);
	assert_true(row_is(&out, 0, "guest_0017", 1767225600, 0));
	assert_true(row_is(&out, 1, "guest_0042", 1769904000, 0));
	ban_page_release(&out.page);
}

static void
a_page_is_reset_before_it_is_filled(void **state)
{
	struct outcome out = page_of("{\"Member_Account\":\"a\"}", "\"1\"");
	struct json_document *document;
	struct err err = { 0 };
	static const char body[] =
	    "{\"BannedAccountList\":[],\"NextOffset\":7}";

	(void)state;
	assert_int_equal(out.page.next_fault.kind, ERR_DATA);
	document = json_parse(body, sizeof body - 1, &err);
	assert_non_null(document);
	assert_true(ban_reply_read(json_root(document), 5, 6, &out.page, &err));
	assert_int_equal(out.page.count, 0);
	assert_int_equal(out.page.offset, 5);
	assert_int_equal(out.page.received_at, 6);
	assert_int_equal(out.page.next_offset, 7);
	assert_int_equal(out.page.next_fault.kind, ERR_NONE);
	json_destroy(document);
	ban_page_release(&out.page);
}

/* The answers that the notes on the service want every reader tried with. */
static void
the_answers_of_the_notes_are_read_as_the_contract_says(void **state)
{
	static const struct {
		const char *body;
		enum err_kind kind;
		int code;
		size_t rows;
		enum err_kind fault;
	} answers[] = {
		{ "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
		  "\"BannedAccountList\":[],\"NextOffset\":0}",
		    ERR_NONE, 0, 0, ERR_NONE },
		{ "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"NextOffset\":0}",
		    ERR_DATA, 0, 0, ERR_NONE },
		{ "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
		  "\"BannedAccountList\":null,\"NextOffset\":0}",
		    ERR_NONE, 0, 0, ERR_NONE },
		{ "{\"NextOffset\":100,\"BannedAccountList\":[{"
		  "\"Member_Account\":\"a\",\"BannedUntil\":4294967296}],"
		  "\"ErrorInfo\":\"\",\"ErrorCode\":0,\"ActionStatus\":\"OK\","
		  "\"Extra\":{\"x\":[1,2]}}",
		    ERR_NONE, 0, 1, ERR_NONE },
		{ "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
		  "\"BannedAccountList\":[{\"Member_Account\":\"a\","
		  "\"BannedUntil\":\"1767225600\"}],\"NextOffset\":\"1\"}",
		    ERR_NONE, 0, 1, ERR_DATA },
		{ "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":10007,"
		  "\"ErrorInfo\":\"no permission\"}",
		    ERR_SERVICE, 10007, 0, ERR_NONE },
		{ "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":60007,"
		  "\"ErrorInfo\":\"freq limit\"}",
		    ERR_SERVICE, 60007, 0, ERR_NONE },
		{ "{\"ActionStatus\":\"OK\",\"ErrorCode\":10002,"
		  "\"ErrorInfo\":\"odd pair\"}",
		    ERR_SERVICE, 10002, 0, ERR_NONE },
		{ "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
		  "\"RequestId\":\"r-1\",\"Response\":{\"BannedAccountList\":["
		  "{\"Member_Account\":\"b\",\"BannedUntil\":1767225600}],"
		  "\"NextOffset\":0}}",
		    ERR_NONE, 0, 1, ERR_NONE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		struct outcome out = outcome_of(answers[i].body);

		assert_int_equal(out.err.kind, answers[i].kind);
		assert_int_equal(out.err.code, answers[i].code);
		assert_int_equal(out.page.count, answers[i].rows);
		assert_int_equal(out.page.next_fault.kind, answers[i].fault);
		ban_page_release(&out.page);
	}
}

static void
an_end_beyond_32_bits_is_kept(void **state)
{
	struct outcome out = page_of("{\"Member_Account\":\"a\","
	                             "\"BannedUntil\":4294967296}",
	    "0");

	(void)state;
	assert_true(row_is(&out, 0, "a", 4294967296, 0));
	ban_page_release(&out.page);
}

static void
an_entry_without_a_usable_end_is_kept_without_one(void **state)
{
	static const char *const ends[] = { "", ",\"BannedUntil\":null",
		",\"BannedUntil\":\"1767225600\"", ",\"BannedUntil\":0.5",
		",\"BannedUntil\":1e300", ",\"BannedUntil\":[1]",
		",\"BannedUntil\":true",
		",\"BannedUntil\":1,\"BannedUntil\":1" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		char entry[128];
		struct outcome out;

		snprintf(entry, sizeof entry, "{\"Member_Account\":\"a\"%s}",
		    ends[i]);
		out = page_of(entry, "0");
		assert_int_equal(out.page.count, 1);
		assert_int_equal(out.page.unusable, 0);
		assert_true(row_is(&out, 0, "a", 0, BAN_NO_UNTIL));
		ban_page_release(&out.page);
	}
}

static void
an_end_in_the_past_is_a_number_like_any_other(void **state)
{
	struct outcome out =
	    page_of("{\"Member_Account\":\"a\",\"BannedUntil\":0},"
	            "{\"Member_Account\":\"b\",\"BannedUntil\":-5}",
	        "0");

	(void)state;
	assert_true(row_is(&out, 0, "a", 0, 0));
	assert_true(row_is(&out, 1, "b", -5, 0));
	ban_page_release(&out.page);
}

static void
an_entry_without_a_usable_account_is_kept_and_counted(void **state)
{
	static const char *const entries[][2] = {
		{ "{\"BannedUntil\":9}", "" },
		{ "{\"Member_Account\":null,\"BannedUntil\":9}", "" },
		{ "{\"Member_Account\":17,\"BannedUntil\":9}",
		    "the number 17" },
		{ "{\"Member_Account\":true,\"BannedUntil\":9}", "true" },
		{ "{\"Member_Account\":{\"a\":1},\"BannedUntil\":9}", "" },
		{ "{\"Member_Account\":\"\",\"BannedUntil\":9}", "" },
		{ "{\"Member_Account\":\"a\\u0000b\",\"BannedUntil\":9}",
		    "a\xC0\x80"
		    "b" },
		{ "{\"Member_Account\":\"x\\ud800\",\"BannedUntil\":9}",
		    "x\xED\xA0\x80" },
		{ "{\"Member_Account\":\"\xff\",\"BannedUntil\":9}", "\xff" },
		{ "{\"Member_Account\":\"a\",\"Member_Account\":\"b\","
		  "\"BannedUntil\":9}",
		    "a" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof entries / sizeof entries[0]; i++) {
		struct outcome out = page_of(entries[i][0], "0");

		assert_int_equal(out.err.kind, ERR_NONE);
		assert_int_equal(out.page.count, 1);
		assert_int_equal(out.page.unusable, 1);
		assert_true(row_is(&out, 0, entries[i][1], 9, BAN_UNUSABLE));
		ban_page_release(&out.page);
	}
}

static void
an_entry_that_is_no_object_is_kept_and_counted(void **state)
{
	struct outcome out = page_of("\"guest_0042\",null,7,[\"a\",1],{}", "0");
	size_t i;

	(void)state;
	assert_int_equal(out.page.count, 5);
	assert_int_equal(out.page.unusable, 5);
	assert_true(row_is(&out, 0, "guest_0042", 0,
	    BAN_UNUSABLE | BAN_NO_UNTIL));
	for (i = 1; i < 5; i++)
		assert_int_equal(ban_page_at(&out.page, i).flags,
		    BAN_UNUSABLE | BAN_NO_UNTIL);
	ban_page_release(&out.page);
}

static void
accounts_are_kept_byte_for_byte(void **state)
{
	struct outcome out = page_of("{\"Member_Account\":\"\\u001b["
	                             "2J\\u202e\\n\",\"BannedUntil\":1}",
	    "0");

	(void)state;
	assert_int_equal(out.page.unusable, 0);
	assert_true(row_is(&out, 0, "\x1b[2J\xE2\x80\xAE\n", 1, 0));
	ban_page_release(&out.page);
}

static void
a_next_offset_that_is_none_keeps_the_rows_and_says_why(void **state)
{
	static const struct {
		const char *next;
		enum err_kind kind;
		const char *why;
	} faults[] = {
		{ "\"2\"", ERR_DATA,
		    "NextOffset is a text \"2\", not a whole number" },
		{ "0.5", ERR_DATA,
		    "NextOffset is the number 0.5, not a whole number" },
		{ "null", ERR_DATA, "NextOffset is null, not a whole number" },
		{ "true", ERR_DATA, "NextOffset is true, not a whole number" },
		{ "[0]", ERR_DATA,
		    "NextOffset is an array, not a whole number" },
		{ "-1", ERR_PAGING,
		    "NextOffset is the number -1, no offset of a list" },
		{ "1e999", ERR_PAGING,
		    "NextOffset is a number beyond all range, no offset of a "
		    "list" },
		{ "0,\"NextOffset\":0", ERR_DATA,
		    "NextOffset stands in the reply twice" },
		{ "0,\"Other\":0", ERR_NONE, "" },
		{ "9007199254740991", ERR_NONE, "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		struct outcome out =
		    page_of("{\"Member_Account\":\"a\",\"BannedUntil\":1}",
		        faults[i].next);

		assert_int_equal(out.err.kind, ERR_NONE);
		assert_int_equal(out.page.count, 1);
		assert_string_equal(out.page.next_fault.text, faults[i].why);
		assert_int_equal(out.page.next_fault.kind, faults[i].kind);
		ban_page_release(&out.page);
	}
}

static void
an_absent_next_offset_is_never_taken_for_the_end(void **state)
{
	struct outcome out =
	    outcome_of("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
	               "\"BannedAccountList\":["
	               "{\"Member_Account\":\"a\",\"BannedUntil\":1}]}");

	(void)state;
	assert_int_equal(out.err.kind, ERR_NONE);
	assert_int_equal(out.page.count, 1);
	assert_int_equal(out.page.next_fault.kind, ERR_DATA);
	assert_string_equal(out.page.next_fault.text,
	    "NextOffset is absent from the reply");
	ban_page_release(&out.page);
}

static void
a_list_that_is_none_is_named(void **state)
{
	static const char *const lists[][2] = {
		{ "\"Other\":1", "BannedAccountList is absent from the reply" },
		{ "\"BannedAccountList\":{}",
		    "BannedAccountList is an object, not an array" },
		{ "\"BannedAccountList\":\"[]\"",
		    "BannedAccountList is a text \"[]\", not an array" },
		{ "\"BannedAccountList\":0",
		    "BannedAccountList is the number 0, not an array" },
		{ "\"BannedAccountList\":[],\"BannedAccountList\":[]",
		    "BannedAccountList stands in the reply twice" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		char body[256];
		struct outcome out;

		snprintf(body, sizeof body,
		    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,%s,"
		    "\"NextOffset\":0}",
		    lists[i][0]);
		out = outcome_of(body);
		assert_int_equal(out.err.kind, ERR_DATA);
		assert_string_equal(out.err.text, lists[i][1]);
		ban_page_release(&out.page);
	}
}

static bool
names_other(const char *body, const char *group, const char *want)
{
	struct err err = { 0 };
	struct json_document *document;
	char other[32];
	bool differs;

	document = json_parse(body, strlen(body), &err);
	assert_non_null(document);
	differs = ban_reply_names_other_group(json_root(document), group, other,
	    sizeof other);
	json_destroy(document);
	return differs == (want != NULL) &&
	    strcmp(other, want != NULL ? want : "") == 0;
}

static void
a_reply_for_another_group_is_noticed(void **state)
{
	(void)state;
	assert_true(names_other("{}", "a", NULL));
	assert_true(names_other("{\"GroupId\":\"a\"}", "a", NULL));
	assert_true(names_other("{\"GroupId\":7}", "a", NULL));
	assert_true(names_other("{\"GroupId\":\"b\"}", "a", "b"));
	assert_true(names_other("{\"GroupId\":\"ab\"}", "a", "ab"));
	assert_true(names_other("{\"Response\":{\"GroupId\":\"\\u001b\"}}", "a",
	    "<U+001B>"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_names_group_limit_and_offset),
		cmocka_unit_test(a_request_over_the_cap_is_refused),
		cmocka_unit_test(
		    a_page_has_its_rows_in_order_and_names_the_next),
		cmocka_unit_test(a_page_is_reset_before_it_is_filled),
		cmocka_unit_test(
		    the_answers_of_the_notes_are_read_as_the_contract_says),
		cmocka_unit_test(an_end_beyond_32_bits_is_kept),
		cmocka_unit_test(
		    an_entry_without_a_usable_end_is_kept_without_one),
		cmocka_unit_test(an_end_in_the_past_is_a_number_like_any_other),
		cmocka_unit_test(
		    an_entry_without_a_usable_account_is_kept_and_counted),
		cmocka_unit_test(
		    an_entry_that_is_no_object_is_kept_and_counted),
		cmocka_unit_test(accounts_are_kept_byte_for_byte),
		cmocka_unit_test(
		    a_next_offset_that_is_none_keeps_the_rows_and_says_why),
		cmocka_unit_test(
		    an_absent_next_offset_is_never_taken_for_the_end),
		cmocka_unit_test(a_list_that_is_none_is_named),
		cmocka_unit_test(a_reply_for_another_group_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
