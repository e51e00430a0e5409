/*
 * The same 25,000 members in every format: each is read back by a reader of
 * its own, and all of them agree with what the service has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "e2e/support/cli.h"
#include "e2e/support/listing.h"

enum { FIELD_COUNT = 5, FIELD_MAX = 4096 };

static const char *const names[FIELD_COUNT] = { "account", "banned_until",
	"until", "remaining_s", "state" };

/* -- readers --------------------------------------------------------------- */

/* One field of RFC 4180, all of them quoted. @return behind it. */
static const char *
read_csv_field(const char *at, char out[FIELD_MAX])
{
	size_t len = 0;

	assert_int_equal(*at, '"');
	for (at++; *at != '"' || at[1] == '"'; at++) {
		assert_true(*at != '\0' && len + 1 < FIELD_MAX);
		at += *at == '"' ? 1 : 0;
		out[len++] = *at;
	}
	out[len] = '\0';
	return at + 1;
}

/* What guards from a formula does not belong to the account. */
static const char *
without_guard(const char *field)
{
	return field[0] == '\'' && strchr("=+-@\t\r\n\xef", field[1]) != NULL
	    ? field + 1
	    : field;
}

static void
read_csv(const char *text, struct buf *out)
{
	char fields[FIELD_COUNT][FIELD_MAX];
	size_t row = 0;

	for (; *text != '\0'; row++) {
		for (size_t i = 0; i < FIELD_COUNT; i++) {
			text = read_csv_field(text, fields[i]);
			if (i + 1 < FIELD_COUNT)
				assert_int_equal(*text++, ',');
		}
		assert_memory_equal(text, "\r\n", 2);
		text += 2;
		for (size_t i = 0; row == 0 && i < FIELD_COUNT; i++)
			assert_string_equal(fields[i], names[i]);
		if (row > 0)
			buf_put_format(out, "%s\t%s\n",
			    without_guard(fields[0]), fields[1]);
	}
}

/* Each field is there, in its place, of its type. */
static void
take_member(const cJSON *member, struct buf *out)
{
	const cJSON *field = member->child;

	for (size_t i = 0; i < FIELD_COUNT; i++, field = field->next) {
		assert_non_null(field);
		assert_string_equal(field->string, names[i]);
		if (i == 1 || i == 3)
			assert_true(cJSON_IsNumber(field));
		else
			assert_true(cJSON_IsString(field));
	}
	assert_null(field);
	buf_put_format(out, "%s\t%.0f\n",
	    cJSON_GetStringValue(cJSON_GetObjectItem(member, "account")),
	    cJSON_GetNumberValue(cJSON_GetObjectItem(member, "banned_until")));
}

static void
read_jsonl(const char *text, struct buf *out)
{
	cJSON *member;
	const char *end;

	for (; *text != '\0'; text = end + 1) {
		end = strchr(text, '\n');
		assert_non_null(end);
		member = cJSON_ParseWithLength(text, (size_t)(end - text));
		assert_true(cJSON_IsObject(member));
		take_member(member, out);
		cJSON_Delete(member);
	}
}

/* The envelope as it is documented, no more and no less. */
static void
check_envelope(const cJSON *whole)
{
	static const char *const keys[] = { "region", "group", "complete",
		"as_of", "clock_offset_s", "next_offset", "error", "members" };
	const cJSON *item = whole->child;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		assert_non_null(item);
		assert_string_equal(item->string, keys[i]);
		item = item->next;
	}
	assert_null(item);
	assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(whole,
	                        "group")),
	    LISTING_GROUP);
	assert_true(cJSON_IsTrue(cJSON_GetObjectItem(whole, "complete")));
	assert_int_equal(strlen(cJSON_GetStringValue(cJSON_GetObjectItem(whole,
	                     "as_of"))),
	    strlen("2026-11-22T14:03:11+00:00"));
	assert_true(cJSON_IsNumber(cJSON_GetObjectItem(whole,
	    "clock_offset_s")));
	assert_int_equal(cJSON_GetNumberValue(cJSON_GetObjectItem(whole,
	                     "next_offset")),
	    0);
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(whole, "error")));
	assert_true(cJSON_IsArray(cJSON_GetObjectItem(whole, "members")));
}

static void
read_json(const char *text, struct buf *out)
{
	cJSON *whole = cJSON_Parse(text);
	const cJSON *member;

	assert_true(cJSON_IsObject(whole));
	check_envelope(whole);
	cJSON_ArrayForEach(member, cJSON_GetObjectItem(whole, "members"))
	    take_member(member, out);
	cJSON_Delete(whole);
}

/* -- agreement ------------------------------------------------------------- */

static void
read_as(struct rig *rig, const char *format,
    void (*read)(const char *, struct buf *))
{
	const char *more[] = { "--rate", "200", "--format", format, NULL };

	print_message("%s\n", format);
	rig_list(rig, more, 0);
	buf_reset(&rig->got);
	read(run_output(&rig->run), &rig->got);
}

/* jq, where it is installed, is a reader that is none of ours. */
static void
check_with_jq(struct rig *rig)
{
	static const char jq[] = "/usr/bin/jq";
	static const char *const arguments[] = { jq, "-r",
		".account + \"\\t\" + (.banned_until | tostring)", NULL };
	struct run_options options = { .argv = arguments };
	struct run run;

	if (access(jq, X_OK) != 0) {
		print_message("jq is not installed\n");
		return;
	}
	options.input = run_output(&rig->run);
	run_start(&run, rig->home, &options);
	assert_int_equal(run_finish(&run), 0);
	listing_compare(&run.out, &rig->want);
	run_release(&run);
}

static void
all_formats_agree_on_25000_members(void **state)
{
	struct rig rig;

	rig_open(&rig, state, "25000", NULL);
	read_as(&rig, "tsv", listing_read_tsv);
	assert_int_equal(listing_lines(&rig.got), 25000);
	listing_compare(&rig.got, &rig.want);
	read_as(&rig, "csv", read_csv);
	listing_compare(&rig.got, &rig.want);
	read_as(&rig, "json", read_json);
	listing_compare(&rig.got, &rig.want);
	read_as(&rig, "jsonl", read_jsonl);
	listing_compare(&rig.got, &rig.want);
	check_with_jq(&rig);
	rig_close(&rig);
}

/* -- the single fields ----------------------------------------------------- */

enum { BODY_MAX = 8192 };

static void
list_entries(struct cli *cli, void **state, const char *entries,
    const char *format, int status)
{
	const char *const words[] = { "list", "-g", CLI_GROUP, "--format",
		format, NULL };
	char fault[2 * HOME_PATH_MAX];
	char body[BODY_MAX];

	cli_open_alone(cli, state);
	(void)snprintf(body, sizeof(body),
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
	    "\"BannedAccountList\":[%s],\"NextOffset\":0}",
	    entries);
	cli_write_body(cli, "@list", body, fault);
	cli_open_fault(cli, state, "5", fault);
	cli_run(cli, words, status);
}

static const char odd_accounts[] =
    "{\"Member_Account\":\"=1+1\",\"BannedUntil\":1000000000},"
    "{\"Member_Account\":\"+2\",\"BannedUntil\":1000000000},"
    "{\"Member_Account\":\"-3\",\"BannedUntil\":1000000000},"
    "{\"Member_Account\":\"@x\",\"BannedUntil\":1000000000},"
    "{\"Member_Account\":\"\\tt\",\"BannedUntil\":1000000000},"
    "{\"Member_Account\":\"\\rr\",\"BannedUntil\":1000000000},"
    "{\"Member_Account\":\"\\nn\",\"BannedUntil\":1000000000},"
    "{\"Member_Account\":\"\xef\xbc\x9dg\",\"BannedUntil\":1000000000},"
    "{\"Member_Account\":\"a\\\"b\\\\c\",\"BannedUntil\":1000000000},"
    "{\"Member_Account\":\"e\\u001b[31m\\u007f\\u009b\","
    "\"BannedUntil\":1000000000},"
    "{\"Member_Account\":\"b\\u202ei\",\"BannedUntil\":1000000000}";

static void
csv_guards_from_formulas(void **state)
{
	static const char *const rows[] = { "\"'=1+1\",\"1000000000\"",
		"\"'+2\",", "\"'-3\",", "\"'@x\",", "\"'\tt\",", "\"'\rr\",",
		"\"'\nn\",", "\"'\xef\xbc\x9dg\",", "\"a\"\"b\\c\",",
		"\"e\\x1b[31m\\x7f\\xc2\\x9b\"," };
	struct cli cli;

	list_entries(&cli, state, odd_accounts, "csv", 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cli_check_printed(&cli, rows[i]);
	cli_close(&cli);
}

static void
numbers_are_never_guarded(void **state)
{
	struct cli cli;

	list_entries(&cli, state,
	    "{\"Member_Account\":\"x\",\"BannedUntil\":-5}", "csv", 0);
	cli_check_printed(&cli, "\"x\",\"-5\",\"\",\"0\",\"invalid\"\r\n");
	cli_close(&cli);
}

static void
tsv_escapes_what_would_break_it(void **state)
{
	static const char *const rows[] = { "\n=1+1\t", "\n\\tt\t", "\n\\rr\t",
		"\n\\nn\t", "\na\"b\\\\c\t", "\ne\\x1b[31m\\x7f\\xc2\\x9b\t",
		"\nb\xe2\x80\xaei\t" };
	struct cli cli;

	list_entries(&cli, state, odd_accounts, "tsv", 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cli_check_printed(&cli, rows[i]);
	cli_close(&cli);
}

static void
a_table_is_harmless(void **state)
{
	struct cli cli;

	list_entries(&cli, state, odd_accounts, "table", 0);
	cli_check_printed(&cli, "<U+202E>");
	assert_null(strstr(run_output(&cli.run), "\xe2\x80\xae"));
	assert_null(strchr(run_output(&cli.run), 0x1b));
	assert_null(strchr(run_output(&cli.run), '\t'));
	assert_null(strchr(run_output(&cli.run), '\r'));
	assert_null(strstr(run_output(&cli.run), "\xc2\x9b"));
	cli_close(&cli);
}

static void
json_gives_back_the_same_text(void **state)
{
	static const char *const accounts[] = { "=1+1", "+2", "-3", "@x", "\tt",
		"\rr", "\nn", "\xef\xbc\x9dg", "a\"b\\c",
		"e\x1b[31m\x7f\xc2\x9b", "b\xe2\x80\xaei" };
	const cJSON *member;
	cJSON *whole;
	struct cli cli;
	size_t i = 0;

	list_entries(&cli, state, odd_accounts, "json", 0);
	whole = cJSON_Parse(run_output(&cli.run));
	cJSON_ArrayForEach(member, cJSON_GetObjectItem(whole, "members"))
	{
		assert_string_equal(cJSON_GetStringValue(
		                        cJSON_GetObjectItem(member, "account")),
		    accounts[i++]);
	}
	assert_int_equal(i, sizeof(accounts) / sizeof(accounts[0]));
	cJSON_Delete(whole);
	cli_close(&cli);
}

static void
a_number_that_is_no_moment_is_kept(void **state)
{
	struct cli cli;

	list_entries(&cli, state,
	    "{\"Member_Account\":\"x\",\"BannedUntil\":253402300800}", "jsonl",
	    0);
	cli_check_printed(&cli,
	    "{\"account\":\"x\",\"banned_until\":253402300800,\"until\":null,"
	    "\"remaining_s\":");
	cli_check_printed(&cli, "\"state\":\"invalid\"}\n");
	cli_close(&cli);
	list_entries(&cli, state,
	    "{\"Member_Account\":\"x\",\"BannedUntil\":\"soon\"}", "tsv", 0);
	cli_check_printed(&cli, "\nx\t");
	cli_check_printed(&cli, "\tinvalid\n");
	cli_close(&cli);
}

static void
repeats_are_said_and_resolved_by_format(void **state)
{
	static const char twice[] =
	    "{\"Member_Account\":\"x\",\"BannedUntil\":1000000000},"
	    "{\"Member_Account\":\"x\",\"BannedUntil\":1000000001}";
	struct cli cli;

	list_entries(&cli, state, twice, "tsv", 0);
	cli_check_printed(&cli, "\nx\t1000000000\t");
	assert_null(strstr(run_output(&cli.run), "1000000001"));
	cli_check_said(&cli, "1 account came again");
	cli_close(&cli);
	list_entries(&cli, state, twice, "json", 0);
	cli_check_printed(&cli, "\"banned_until\":1000000001,");
	assert_null(strstr(run_output(&cli.run), "1000000000"));
	cli_check_said(&cli, "1 account came again");
	cli_close(&cli);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_formats_agree_on_25000_members),
		cmocka_unit_test(csv_guards_from_formulas),
		cmocka_unit_test(numbers_are_never_guarded),
		cmocka_unit_test(tsv_escapes_what_would_break_it),
		cmocka_unit_test(a_table_is_harmless),
		cmocka_unit_test(json_gives_back_the_same_text),
		cmocka_unit_test(a_number_that_is_no_moment_is_kept),
		cmocka_unit_test(repeats_are_said_and_resolved_by_format),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
