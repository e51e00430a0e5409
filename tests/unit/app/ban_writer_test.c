/*
 * Bans in every output format, each read back as it stands in the file.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/api/json.h"
#include "bantop/app/ban_writer.h"
#include "bantop/base/file.h"
#include "scratch.h"

static const int64_t NOW_S = 1700000000;

static const struct ban plain = {
	.account = "guest_0017",
	.account_len = 10,
	.until_s = 1700000100,
};

static void
write_bans(enum output_format format, const struct ban *bans, size_t count,
    const struct ban_summary *summary, struct buf *text)
{
	struct err err;
	struct output *output = output_open_file("out", true, &err);
	struct ban_writer *writer;

	assert_non_null(output);
	writer = ban_writer_create(format, TEXT_UTF8, MOMENT_UTC, output);
	assert_true(ban_writer_begin(writer, summary, &err));
	for (size_t i = 0; i < count; i++)
		assert_true(ban_writer_row(writer, &bans[i], NOW_S, &err));
	assert_true(ban_writer_end(writer, &err));
	assert_true(output_finish(output, &err));
	ban_writer_destroy(writer);
	output_destroy(output);
	buf_init(text, (size_t)1 << 20);
	assert_true(file_read("out", text, &err));
}

static void
expect(enum output_format format, const struct ban *bans, size_t count,
    const char *expected)
{
	struct buf text;

	write_bans(format, bans, count, NULL, &text);
	assert_string_equal(buf_text(&text), expected);
	buf_release(&text);
}

static void
tsv_has_a_header_and_the_five_fields(void **state)
{
	(void)state;
	expect(OUTPUT_TSV, &plain, 1,
	    "account\tbanned_until\tuntil\tremaining_s\tstate\n"
	    "guest_0017\t1700000100\t2023-11-14T22:15:00+00:00\t100\tending"
	    "\n");
}

static void
csv_quotes_all_but_makes_no_text_of_a_negative_number(void **state)
{
	const struct ban ban = {
		.account = "=cmd",
		.account_len = 4,
		.until_s = -5,
	};

	(void)state;
	expect(OUTPUT_CSV, &ban, 1,
	    "\"account\",\"banned_until\",\"until\",\"remaining_s\","
	    "\"state\"\r\n"
	    "\"'=cmd\",\"-5\",\"\",\"0\",\"invalid\"\r\n");
}

static void
jsonl_is_one_object_a_ban(void **state)
{
	const struct ban bans[] = { plain,
		{ .account = "b\"\n", .account_len = 3, .until_s = NOW_S } };

	(void)state;
	expect(OUTPUT_JSONL, bans, 2,
	    "{\"account\":\"guest_0017\",\"banned_until\":1700000100,"
	    "\"until\":\"2023-11-14T22:15:00+00:00\",\"remaining_s\":100,"
	    "\"state\":\"ending\"}\n"
	    "{\"account\":\"b\\\"\\n\",\"banned_until\":1700000000,"
	    "\"until\":\"2023-11-14T22:13:20+00:00\",\"remaining_s\":0,"
	    "\"state\":\"ended\"}\n");
}

static void
a_number_that_is_no_moment_is_printed_as_it_came(void **state)
{
	const struct ban ban = {
		.account = "late",
		.account_len = 4,
		.until_s = INT64_C(253402300800),
	};

	(void)state;
	expect(OUTPUT_JSONL, &ban, 1,
	    "{\"account\":\"late\",\"banned_until\":253402300800,"
	    "\"until\":null,\"remaining_s\":251702300800,"
	    "\"state\":\"invalid\"}\n");
}

static void
a_ban_without_a_number_leaves_its_fields_empty(void **state)
{
	const struct ban ban = {
		.account = "x",
		.account_len = 1,
		.flags = BAN_NO_UNTIL,
	};

	(void)state;
	expect(OUTPUT_TSV, &ban, 1,
	    "account\tbanned_until\tuntil\tremaining_s\tstate\n"
	    "x\t\t\t\tinvalid\n");
}

static void
the_table_is_aligned_by_columns_and_harmless(void **state)
{
	const struct ban bans[] = { plain,
		{ .account = "\xe4\xb8\xad\x1b[2J",
		    .account_len = 7,
		    .until_s = 1700000100 } };

	(void)state;
	expect(OUTPUT_TABLE, bans, 2,
	    "ACCOUNT                   BANNED_UNTIL  UNTIL"
	    "                      REMAINING_S  STATE\n"
	    "guest_0017                  1700000100  "
	    "2023-11-14T22:15:00+00:00          100  ending\n"
	    "\xe4\xb8\xad<U+001B>[2J               1700000100  "
	    "2023-11-14T22:15:00+00:00          100  ending\n");
}

static const struct json *
member(const struct json *object, const char *name)
{
	const struct json *found = json_member(object, name);

	assert_non_null(found);
	return found;
}

static void
json_says_what_is_known_about_the_list(void **state)
{
	struct ban_summary summary = {
		.region = "sgp",
		.group = "@TGS#aDEMO00001",
		.as_of_s = NOW_S,
		.next_offset = 200,
	};
	struct json_document *document;
	struct buf text;
	struct err err;
	int64_t number;

	(void)state;
	err_set(&summary.err, ERR_SERVICE, 60007, NULL, "too \"many\" calls");
	write_bans(OUTPUT_JSON, &plain, 1, &summary, &text);
	document = json_parse(buf_text(&text), text.len, &err);
	assert_non_null(document);
	assert_int_equal(json_type_of(member(json_root(document), "complete")),
	    JSON_BOOL);
	assert_int_equal(json_type_of(member(json_root(document),
	                     "clock_offset_s")),
	    JSON_NULL);
	assert_null(json_member(json_root(document), "offset"));
	assert_true(json_whole(member(json_root(document), "next_offset"), 0,
	    1000, &number));
	assert_int_equal(number, 200);
	assert_true(json_whole(member(member(json_root(document), "error"),
	                           "code"),
	    0, 100000, &number));
	assert_int_equal(number, 60007);
	assert_non_null(json_first(member(json_root(document), "members")));
	json_destroy(document);
	buf_release(&text);
}

static void
json_without_members_is_an_empty_list(void **state)
{
	const struct ban_summary summary = {
		.region = "sgp",
		.group = "g",
		.offset = 100,
		.complete = true,
		.clock_known = true,
		.clock_offset_s = -42,
	};
	struct buf text;

	(void)state;
	write_bans(OUTPUT_JSON, NULL, 0, &summary, &text);
	assert_string_equal(buf_text(&text),
	    "{\"region\":\"sgp\",\"group\":\"g\",\"offset\":100,"
	    "\"complete\":true,\"as_of\":null,\"clock_offset_s\":-42,"
	    "\"next_offset\":0,\"error\":null,\"members\":[]}\n");
	buf_release(&text);
}

static void
a_file_name_tells_the_format(void **state)
{
	enum output_format format;

	(void)state;
	assert_true(record_format_of_path("a.b.jsonl", &format));
	assert_int_equal(format, OUTPUT_JSONL);
	assert_true(record_format_of_path("a.txt", &format));
	assert_int_equal(format, OUTPUT_TABLE);
	assert_false(record_format_of_path("csv", &format));
	assert_false(record_format_of_path("a.xls", &format));
}

#define IN_SCRATCH(test) \
	cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(tsv_has_a_header_and_the_five_fields),
		IN_SCRATCH(
		    csv_quotes_all_but_makes_no_text_of_a_negative_number),
		IN_SCRATCH(jsonl_is_one_object_a_ban),
		IN_SCRATCH(a_number_that_is_no_moment_is_printed_as_it_came),
		IN_SCRATCH(a_ban_without_a_number_leaves_its_fields_empty),
		IN_SCRATCH(the_table_is_aligned_by_columns_and_harmless),
		IN_SCRATCH(json_says_what_is_known_about_the_list),
		IN_SCRATCH(json_without_members_is_an_empty_list),
		cmocka_unit_test(a_file_name_tells_the_format),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
