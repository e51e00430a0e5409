/*
 * bantop check answers for each account that it is asked about: banned until
 * when, over, not there, or not known, and never more than it has read.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "bantop/base/clock.h"
#include "e2e/support/cli.h"
#include "e2e/support/listing.h"

enum { BODY_MAX = 4096, ACCOUNT_MAX = 256, HOUR_S = 3600, DAY_S = 86400 };

static const char command[] = "get_group_ban_member";

static const char header[] =
    "account\tbanned_until\tuntil\tremaining_s\tstate\n";

/* The account that stands at @p index, of a simulator with so many members
 * that was started without a seed. */
static void
find_member(const struct cli *cli, const char *members, size_t index,
    char account[ACCOUNT_MAX])
{
	const char *const options[] = { "--members", members, NULL };
	const char *line;
	struct buf listing;

	buf_init(&listing, LISTING_MAX);
	listing_expect(cli->home, options, &listing);
	line = buf_text(&listing);
	for (; index > 0; index--)
		line = strchr(line, '\n') + 1;
	(void)snprintf(account, ACCOUNT_MAX, "%.*s", (int)strcspn(line, "\t"),
	    line);
	buf_release(&listing);
}

/* A list of one page: @p entries as they stand between the brackets. */
static void
open_body(struct cli *cli, void **state, const char *entries)
{
	char fault[2 * HOME_PATH_MAX];
	char body[BODY_MAX];

	cli_open_alone(cli, state);
	(void)snprintf(body, sizeof(body),
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
	    "\"BannedAccountList\":[%s],\"NextOffset\":0}",
	    entries);
	cli_write_body(cli, "@list", body, fault);
	cli_open_fault(cli, state, "5", fault);
}

/* -- all found ------------------------------------------------------------- */

static void
a_walk_ends_as_soon_as_all_are_found(void **state)
{
	char first[ACCOUNT_MAX], third[ACCOUNT_MAX];
	const char *const members[] = { "--members", "25000", "--rate", "0",
		NULL };
	const char *words[] = { "check", "-g", CLI_GROUP, first, NULL, NULL };
	struct cli cli;

	cli_open(&cli, state, members);
	find_member(&cli, "25000", 7, first);
	find_member(&cli, "25000", 250, third);
	cli_run(&cli, words, 0);
	assert_int_equal(sim_request_count(&cli.sim), 1);
	words[4] = third;
	cli_run(&cli, words, 0);
	/* Two more pages, and what was asked ahead when they were in. */
	assert_true(sim_request_count(&cli.sim) <= 10);
	assert_int_equal(sim_count(&cli.sim, command, 0), 2);
	assert_int_equal(sim_count(&cli.sim, command, 200), 1);
	assert_string_equal(run_error(&cli.run), "");
	cli_close(&cli);
}

static void
accounts_are_answered_in_the_order_asked(void **state)
{
	char first[ACCOUNT_MAX], last[ACCOUNT_MAX];
	const char *words[] = { "check", "-g", CLI_GROUP, last, "nobody-here",
		first, last, NULL };
	const char *at;
	struct cli cli;

	cli_open_fault(&cli, state, "350", "close");
	find_member(&cli, "350", 0, first);
	find_member(&cli, "350", 349, last);
	cli_run(&cli, words, 1);
	at = run_output(&cli.run);
	assert_memory_equal(at, header, sizeof(header) - 1);
	for (size_t i = 3; words[i] != NULL; i++) {
		at = strchr(at, '\n') + 1;
		assert_memory_equal(at, words[i], strlen(words[i]));
		assert_int_equal(at[strlen(words[i])], '\t');
	}
	assert_string_equal(strchr(at, '\n'), "\n");
	cli_check_printed(&cli, "nobody-here\t\t\t\tabsent\n");
	/* One walk for all of them. */
	for (int64_t offset = 0; offset < 400; offset += 100)
		assert_int_equal(sim_count(&cli.sim, command, offset), 1);
	cli_close(&cli);
}

/* -- states ---------------------------------------------------------------- */

/* One account "x" whose ban ends then. */
static void
check_state(void **state, int64_t until_s, int status, const char *name)
{
	static const char *const words[] = { "check", "-g", CLI_GROUP, "x",
		NULL };
	char entry[128], end[32];
	struct cli cli;

	(void)snprintf(entry, sizeof(entry),
	    "{\"Member_Account\":\"x\",\"BannedUntil\":%lld}",
	    (long long)until_s);
	open_body(&cli, state, entry);
	cli_run(&cli, words, status);
	(void)snprintf(end, sizeof(end), "\t%s\n", name);
	cli_check_printed(&cli, end);
	cli_close(&cli);
}

static void
the_status_tells_whether_it_holds_now(void **state)
{
	int64_t now_s = clock_wall_s(clock_system());

	check_state(state, now_s + DAY_S, 0, "banned");
	check_state(state, now_s + HOUR_S / 2, 0, "ending");
	check_state(state, now_s + INT64_C(80) * 366 * DAY_S, 0, "permanent");
	check_state(state, now_s - HOUR_S, 1, "ended");
	check_state(state, 0, 1, "ended");
	check_state(state, -1, 3, "invalid");
}

static void
one_that_is_over_is_not_banned_for_all(void **state)
{
	static const char *const words[] = { "check", "-g", CLI_GROUP, "over",
		"on", NULL };
	struct cli cli;

	open_body(&cli, state,
	    "{\"Member_Account\":\"on\",\"BannedUntil\":4000000000},"
	    "{\"Member_Account\":\"over\",\"BannedUntil\":1000000000}");
	cli_run(&cli, words, 1);
	cli_check_printed(&cli,
	    "over\t1000000000\t2001-09-09T01:46:40+00:00\t0\tended\n");
	cli_close(&cli);
}

/* An account is itself alone: no case, no part, no blank is overlooked. */
static void
accounts_are_compared_byte_by_byte(void **state)
{
	static const char *const words[] = { "check", "-g", CLI_GROUP, "Anna",
		"ann", "anna ", "=anna", "--", "-anna", NULL };
	struct cli cli;

	open_body(&cli, state,
	    "{\"Member_Account\":\"anna\",\"BannedUntil\":4000000000},"
	    "{\"Member_Account\":\"-anna\",\"BannedUntil\":4000000000}");
	cli_run(&cli, words, 1);
	cli_check_printed(&cli, "\nAnna\t\t\t\tabsent\n");
	cli_check_printed(&cli, "\nann\t\t\t\tabsent\n");
	cli_check_printed(&cli, "\nanna \t\t\t\tabsent\n");
	cli_check_printed(&cli, "\n=anna\t\t\t\tabsent\n");
	cli_check_printed(&cli, "\n-anna\t4000000000\t");
	cli_close(&cli);
}

/* -- not known ------------------------------------------------------------- */

static void
nothing_is_said_of_a_list_that_was_cut_off(void **state)
{
	char first[ACCOUNT_MAX];
	const char *words[] = { "check", "-g", CLI_GROUP, first, "nobody-here",
		NULL };
	struct cli cli;

	cli_open_fault(&cli, state, "350", "http:404@3");
	find_member(&cli, "350", 0, first);
	cli_run(&cli, words, 3);
	cli_check_printed(&cli, "nobody-here\t\t\t\tunknown\n");
	cli_check_said(&cli, "404");
	cli_check_said(&cli, "not known: 200 rows");
	cli_close(&cli);
}

static void
a_refusal_has_its_own_status(void **state)
{
	static const struct {
		const char *fault;
		int status;
		const char *said;
	} cases[] = {
		{ "code:10007", 5, "E10007" },
		{ "code:70009", 6, "E70009" },
		{ "http:404", 4, "404" },
		{ "html", 7, "JSON" },
	};
	static const char *const words[] = { "check", "-g", CLI_GROUP, "x",
		NULL };
	struct cli cli;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("%s\n", cases[i].fault);
		cli_open_fault(&cli, state, "350", cases[i].fault);
		cli_run(&cli, words, cases[i].status);
		cli_check_said(&cli, cases[i].said);
		cli_check_printed(&cli, "x\t\t\t\tunknown\n");
		cli_close(&cli);
	}
}

/* The row without an account may have been the one that was asked for. */
static void
an_unusable_row_leaves_it_open(void **state)
{
	static const char *const words[] = { "check", "-g", CLI_GROUP, "x",
		NULL };
	struct cli cli;

	open_body(&cli, state, "{\"BannedUntil\":4000000000}");
	cli_run(&cli, words, 3);
	cli_check_printed(&cli, "x\t\t\t\tunknown\n");
	cli_check_said(&cli, "1 row unusable");
	cli_close(&cli);
	open_body(&cli, state,
	    "{\"BannedUntil\":4000000000},"
	    "{\"Member_Account\":\"x\",\"BannedUntil\":4000000000}");
	cli_run(&cli, words, 0);
	cli_close(&cli);
}

static void
an_interrupt_leaves_it_open(void **state)
{
	static const char *const words[] = { "check", "-g", CLI_GROUP, "x",
		"--timeout", "300", NULL };
	struct cli cli;

	cli_open_fault(&cli, state, "350", "hang@3");
	cli_start(&cli, words);
	sim_wait_count(&cli.sim, command, 200, 1);
	child_signal(&cli.run.child, SIGINT);
	cli_finish(&cli, 130);
	cli_check_printed(&cli, "x\t\t\t\tunknown\n");
	cli_check_said(&cli, "interrupted");
	cli_close(&cli);
}

/* -- formats --------------------------------------------------------------- */

static void
formats_carry_the_same_answer(void **state)
{
	static const char *const formats[] = { "tsv", "csv", "jsonl", "json",
		"table" };
	static const char *const lines[] = {
		"x\t4000000000\t2096-10-02T07:06:40+00:00\t",
		"\"x\",\"4000000000\",\"2096-10-02T07:06:40+00:00\",\"",
		"{\"account\":\"x\",\"banned_until\":4000000000,",
		"\"complete\":true,",
		"2096-10-02T07:06:40+00:00",
	};
	static const char *const absent[] = { "y\t\t\t\tabsent\n",
		"\"y\",\"\",\"\",\"\",\"absent\"\r\n",
		"\"until\":null,\"remaining_s\":null,\"state\":\"absent\"}\n",
		"\"state\":\"absent\"}", "absent\n" };
	struct cli cli;

	open_body(&cli, state,
	    "{\"Member_Account\":\"x\",\"BannedUntil\":4000000000}");
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		const char *const words[] = { "check", "-g", CLI_GROUP, "x",
			"y", "--format", formats[i], NULL };

		print_message("%s\n", formats[i]);
		cli_run(&cli, words, 1);
		cli_check_printed(&cli, lines[i]);
		cli_check_printed(&cli, absent[i]);
	}
	cli_close(&cli);
}

static void
json_says_why_it_is_not_complete(void **state)
{
	static const char *const words[] = { "check", "-g", CLI_GROUP, "x",
		"--format", "json", NULL };
	cJSON *whole, *error;
	struct cli cli;

	cli_open_fault(&cli, state, "350", "code:10007@2");
	cli_run(&cli, words, 3);
	whole = cJSON_Parse(run_output(&cli.run));
	assert_true(cJSON_IsObject(whole));
	assert_true(cJSON_IsFalse(cJSON_GetObjectItem(whole, "complete")));
	error = cJSON_GetObjectItem(whole, "error");
	assert_int_equal(cJSON_GetNumberValue(cJSON_GetObjectItem(error,
	                     "code")),
	    10007);
	assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(error,
	                        "kind")),
	    "service");
	assert_int_equal(cJSON_GetNumberValue(cJSON_GetObjectItem(whole,
	                     "next_offset")),
	    100);
	cJSON_Delete(whole);
	cli_close(&cli);
}

static void
what_cannot_be_asked_is_refused_at_once(void **state)
{
	static const char *const cases[][4] = {
		{ "-g", CLI_GROUP, NULL },
		{ "-g", CLI_GROUP, "", NULL },
		{ "-g", CLI_GROUP, "a\xff", NULL },
		{ "x", NULL },
		{ "-g", " x", "x", NULL },
	};
	static const char *const said[] = { "account", "account", "UTF-8",
		"--group", "group" };
	struct cli cli;

	cli_open(&cli, state, NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *const words[] = { "check", cases[i][0], cases[i][1],
			cases[i][1] == NULL ? NULL : cases[i][2], NULL };

		cli_run(&cli, words, 2);
		cli_check_said(&cli, said[i]);
		assert_string_equal(run_output(&cli.run), "");
	}
	assert_int_equal(sim_request_count(&cli.sim), 0);
	cli_close(&cli);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_walk_ends_as_soon_as_all_are_found),
		cmocka_unit_test(accounts_are_answered_in_the_order_asked),
		cmocka_unit_test(the_status_tells_whether_it_holds_now),
		cmocka_unit_test(one_that_is_over_is_not_banned_for_all),
		cmocka_unit_test(accounts_are_compared_byte_by_byte),
		cmocka_unit_test(nothing_is_said_of_a_list_that_was_cut_off),
		cmocka_unit_test(a_refusal_has_its_own_status),
		cmocka_unit_test(an_unusable_row_leaves_it_open),
		cmocka_unit_test(an_interrupt_leaves_it_open),
		cmocka_unit_test(formats_carry_the_same_answer),
		cmocka_unit_test(json_says_why_it_is_not_complete),
		cmocka_unit_test(what_cannot_be_asked_is_refused_at_once),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
