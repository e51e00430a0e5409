/*
 * Bans in every output format, each read back as it stands in the file.
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
a_moment_that_is_none_is_not_said(void **state)
{
	const struct ban_summary summary = {
		.region = "sgp",
		.group = "g",
		.as_of_s = INT64_C(253402300800),
	};
	struct buf text;

	(void)state;
	write_bans(OUTPUT_JSON, NULL, 0, &summary, &text);
	assert_non_null(strstr(buf_text(&text), "\"as_of\":null,"));
	buf_release(&text);
}

static void
a_row_without_an_account_has_an_empty_one(void **state)
{
	const struct ban ban = {
		.account = NULL, .until_s = 1700000100, .flags = BAN_UNUSABLE
	};

	(void)state;
	expect(OUTPUT_CSV, &ban, 1,
	    "\"account\",\"banned_until\",\"until\",\"remaining_s\","
	    "\"state\"\r\n"
	    "\"\",\"1700000100\",\"2023-11-14T22:15:00+00:00\",\"100\","
	    "\"ending\"\r\n");
}

static void
an_error_finds_room_as_a_whole_or_is_refused(void **state)
{
	static const char whole[] =
	    "{\"kind\":\"service\",\"code\":60007,\"text\":\"a\\\"b\"}";
	struct err what, err;
	struct buf out;

	(void)state;
	err_set(&what, ERR_SERVICE, 60007, NULL, "a\"b");
	for (size_t max = 0; max < sizeof(whole) - 1; max++) {
		buf_init(&out, max);
		assert_false(ban_writer_put_err(&out, &what, &err));
		assert_int_equal(err.kind, ERR_LIMIT);
		buf_release(&out);
	}
	buf_init(&out, sizeof(whole) - 1);
	assert_true(ban_writer_put_err(&out, &what, &err));
	assert_string_equal(buf_text(&out), whole);
	buf_release(&out);
	buf_init(&out, 3);
	what.kind = ERR_NONE;
	assert_false(ban_writer_put_err(&out, &what, &err));
	buf_release(&out);
}

/* Wherever the cap is passed, nothing of the head is written. */
static void
a_head_beyond_its_cap_is_refused(void **state)
{
	static char region[9000];
	struct ban_summary summary = {
		.region = region,
		.group = "group",
		.offset = 100,
		.as_of_s = NOW_S,
		.clock_known = true,
		.clock_offset_s = 42,
		.next_offset = 200,
	};
	struct output *output;
	struct ban_writer *writer;
	struct stat status;
	size_t len, refused = 0;
	struct err err;

	(void)state;
	err_set(&summary.err, ERR_SERVICE, 60007, NULL, "no");
	memset(region, 'r', sizeof(region) - 1);
	for (len = sizeof(region) - 1; len > 7900; len--) {
		region[len] = '\0';
		output = output_open_file("out", true, &err);
		assert_non_null(output);
		writer = ban_writer_create(OUTPUT_JSON, TEXT_UTF8, MOMENT_UTC,
		    output);
		if (!ban_writer_begin(writer, &summary, &err)) {
			assert_int_equal(err.kind, ERR_LIMIT);
			assert_int_equal(refused, sizeof(region) - 1 - len);
			refused++;
		}
		assert_true(output_finish(output, &err));
		assert_int_equal(stat("out", &status), 0);
		assert_int_equal(status.st_size > 0,
		    refused < sizeof(region) - len);
		ban_writer_destroy(writer);
		output_destroy(output);
	}
	assert_in_range(refused, sizeof(region) - 8192, 1090);
}

/* Standard output on a full disk, which has said so once. */
static struct output *
open_full(int *kept_fd)
{
	static const char bytes[64 * 1024] = "";
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct output *output;
	struct err err;

	assert_true(fd >= 0);
	*kept_fd = dup(STDOUT_FILENO);
	assert_true(dup2(fd, STDOUT_FILENO) >= 0);
	close(fd);
	output = output_open_stdout(-1);
	assert_false(output_write(output, bytes, sizeof(bytes), &err));
	assert_int_equal(err.code, ENOSPC);
	return output;
}

static void
what_cannot_be_written_is_told_at_each_step(void **state)
{
	static const enum output_format formats[] = { OUTPUT_TABLE, OUTPUT_TSV,
		OUTPUT_CSV, OUTPUT_JSON, OUTPUT_JSONL };
	const struct ban_summary summary = { .region = "sgp", .group = "g" };
	bool ok[4][5];
	int kept_fd;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		struct output *output = open_full(&kept_fd);
		struct ban_writer *writer = ban_writer_create(formats[i],
		    TEXT_UTF8, MOMENT_UTC, output);
		struct err err;

		ok[0][i] = ban_writer_begin(writer, &summary, &err);
		ok[1][i] = ban_writer_row(writer, &plain, NOW_S, &err);
		ok[2][i] =
		    ban_writer_row_without(writer, "a", 1, "absent", &err);
		ok[3][i] = ban_writer_end(writer, &err);
		ban_writer_destroy(writer);
		ban_writer_destroy(NULL);
		output_destroy(output);
		assert_true(dup2(kept_fd, STDOUT_FILENO) >= 0);
		close(kept_fd);
		assert_int_equal(err.code, ENOSPC);
	}
	for (size_t i = 0; i < 5; i++)
		for (size_t k = 0; k < 4; k++)
			assert_false(ok[k][i]);
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
		IN_SCRATCH(a_moment_that_is_none_is_not_said),
		IN_SCRATCH(a_row_without_an_account_has_an_empty_one),
		cmocka_unit_test(an_error_finds_room_as_a_whole_or_is_refused),
		IN_SCRATCH(a_head_beyond_its_cap_is_refused),
		cmocka_unit_test(what_cannot_be_written_is_told_at_each_step),
		cmocka_unit_test(a_file_name_tells_the_format),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
