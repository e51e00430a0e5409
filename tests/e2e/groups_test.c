/*
 * bantop groups prints the application's groups with what is known of each:
 * ids at one call a second, names in fifties, an error beside the group that
 * it belongs to.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "e2e/support/cli.h"

static const char list_command[] = "get_appid_group_list";
static const char info_command[] = "get_group_info";
static const char header[] = "group_id\ttype\tname\tmember_num\terror\n";

static size_t
count_lines(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += *text == '\n' ? 1 : 0;
	return count;
}

static void
every_group_is_printed_with_its_name(void **state)
{
	static const char *const options[] = { "--groups", "120", NULL };
	static const char *const words[] = { "groups", NULL };
	struct cli cli;

	cli_open(&cli, state, options);
	cli_run(&cli, words, 0);
	assert_string_equal(run_error(&cli.run), "");
	assert_memory_equal(run_output(&cli.run), header, sizeof(header) - 1);
	assert_int_equal(count_lines(run_output(&cli.run)), 121);
	cli_check_printed(&cli, header);
	cli_check_printed(&cli, "\nlobby-01\tPublic\tLobby\t");
	cli_check_printed(&cli, "\nteam blue\tPrivate\tTeam Blue\t");
	/* 120 names: 50, 50 and 20. */
	assert_int_equal(sim_count(&cli.sim, list_command, -1), 1);
	assert_int_equal(sim_count(&cli.sim, info_command, -1), 3);
	cli_close(&cli);
}

static void
the_list_is_asked_for_once_a_second(void **state)
{
	static const char *const options[] = { "--groups", "2500", NULL };
	static const char *const words[] = { "groups", "--rate", "200", NULL };
	struct sim_request request;
	int64_t last_ms = -1;
	struct cli cli;

	cli_open(&cli, state, options);
	cli_run(&cli, words, 0);
	assert_int_equal(count_lines(run_output(&cli.run)), 2501);
	assert_int_equal(sim_count(&cli.sim, info_command, -1), 50);
	assert_int_equal(sim_count(&cli.sim, list_command, -1), 3);
	for (size_t i = 0; i < sim_request_count(&cli.sim); i++) {
		sim_request_at(&cli.sim, i, &request);
		assert_int_equal(request.code, 0);
		if (strcmp(request.command, list_command) != 0)
			continue;
		assert_true(last_ms < 0 || request.at_ms - last_ms >= 1000);
		last_ms = request.at_ms;
	}
	cli_close(&cli);
}

static void
a_type_narrows_and_has_a_name(void **state)
{
	static const char *const options[] = { "--groups", "12", NULL };
	static const char *const words[] = { "groups", "--type", "Community",
		NULL };
	static const char *const wrong[] = { "groups", "--type", "community",
		NULL };
	struct cli cli;

	cli_open(&cli, state, options);
	cli_run(&cli, words, 0);
	assert_int_equal(count_lines(run_output(&cli.run)), 2);
	cli_check_printed(&cli, "\n@TGS#_@TGS#cDEMO00001\tCommunity\t");
	cli_run(&cli, wrong, 2);
	cli_check_said(&cli, "AVChatRoom");
	cli_check_said(&cli, "Community");
	cli_close(&cli);
}

/* -- errors ---------------------------------------------------------------- */

/* The first group has gone, the second one is there. */
static void
an_error_stands_beside_its_group(void **state)
{
	static const char body[] =
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
	    "\"GroupInfo\":[{\"GroupId\":\"@TGS#aDEMO00001\","
	    "\"ErrorCode\":10010,\"ErrorInfo\":\"group\\u001b[2J gone\"},"
	    "{\"GroupId\":\"friday-live\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
	    "\"Type\":\"AVChatRoom\",\"Name\":\"=1+1\",\"MemberNum\":7}]}";
	static const char *const words[] = { "groups", NULL };
	static const char *const csv[] = { "groups", "--format", "csv", NULL };
	char fault[2 * HOME_PATH_MAX];
	const char *options[] = { "--groups", "2", "--fault", fault, NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	cli_write_body(&cli, "@info", body, fault);
	cli_open(&cli, state, options);
	cli_run(&cli, words, 0);
	cli_check_printed(&cli, "\n@TGS#aDEMO00001\t\t\t\tE10010 ");
	cli_check_printed(&cli, "\nfriday-live\tAVChatRoom\t=1+1\t7\t\n");
	assert_null(strchr(run_output(&cli.run), 0x1b));
	cli_run(&cli, csv, 0);
	cli_check_printed(&cli,
	    "\"'@TGS#aDEMO00001\",\"\",\"\",\"\",\"E10010 ");
	cli_check_printed(&cli,
	    "\"friday-live\",\"AVChatRoom\",\"'=1+1\",\"7\",\"\"\r\n");
	cli_close(&cli);
}

static void
a_refused_list_has_its_status(void **state)
{
	static const struct {
		const char *fault;
		int status;
		const char *said;
	} cases[] = {
		{ "code:10007@groups", 5, "E10007" },
		{ "code:70009@groups", 6, "E70009" },
		{ "http:404@groups", 4, "404" },
		{ "html@groups", 7, "JSON" },
	};
	static const char *const words[] = { "groups", NULL };
	struct cli cli;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("%s\n", cases[i].fault);
		cli_open_fault(&cli, state, "5", cases[i].fault);
		cli_run(&cli, words, cases[i].status);
		cli_check_said(&cli, cases[i].said);
		assert_string_equal(run_output(&cli.run), header);
		cli_close(&cli);
	}
}

static void
ids_are_printed_when_names_are_refused(void **state)
{
	static const char *const words[] = { "groups", NULL };
	struct cli cli;

	cli_open_fault(&cli, state, "5", "code:10007@info");
	cli_run(&cli, words, 3);
	cli_check_said(&cli, "E10007");
	cli_check_said(&cli, "incomplete: 12 groups");
	assert_int_equal(count_lines(run_output(&cli.run)), 13);
	cli_check_printed(&cli, "\nlobby-01\t\t\t\t\n");
	cli_close(&cli);
}

static void
an_interrupt_keeps_the_ids(void **state)
{
	static const char *const words[] = { "groups", "--timeout", "300",
		NULL };
	struct cli cli;

	cli_open_fault(&cli, state, "5", "hang@info");
	cli_start(&cli, words);
	sim_wait_count(&cli.sim, info_command, -1, 1);
	child_signal(&cli.run.child, SIGINT);
	cli_finish(&cli, 130);
	cli_check_said(&cli, "interrupted");
	cli_check_printed(&cli, "\nlobby-01\t");
	cli_close(&cli);
}

static void
hostile_groups_do_no_harm(void **state)
{
	static const char *const options[] = { "--groups", "120", "--fault",
		"hostile", NULL };
	static const char *const formats[] = { "tsv", "csv", "json", "jsonl",
		"table" };
	struct cli cli;

	cli_open(&cli, state, options);
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		const char *const words[] = { "groups", "--format", formats[i],
			NULL };
		const char *at;

		cli_start(&cli, words);
		assert_in_range(run_finish(&cli.run), 0, 3);
		cli_check_messages(&cli);
		for (at = run_output(&cli.run); *at != '\0'; at++) {
			if (*at == 0x1b || *at == 0x7f || *at == '\b')
				fail_msg("%s: a control byte", formats[i]);
		}
		assert_true(count_lines(run_output(&cli.run)) >= 90);
	}
	cli_close(&cli);
}

/* -- formats --------------------------------------------------------------- */

static void
json_has_the_same_groups(void **state)
{
	static const char *const words[] = { "groups", "--format", "json",
		NULL };
	static const char *const lines[] = { "groups", "--format", "jsonl",
		NULL };
	cJSON *whole, *groups, *group;
	struct cli cli;

	cli_open(&cli, state, NULL);
	cli_run(&cli, words, 0);
	whole = cJSON_Parse(run_output(&cli.run));
	assert_true(cJSON_IsTrue(cJSON_GetObjectItem(whole, "complete")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(whole, "error")));
	groups = cJSON_GetObjectItem(whole, "groups");
	assert_int_equal(cJSON_GetArraySize(groups), 12);
	group = cJSON_GetArrayItem(groups, 2);
	assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(group,
	                        "group_id")),
	    "lobby-01");
	assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(group,
	                        "type")),
	    "Public");
	assert_true(cJSON_IsNumber(cJSON_GetObjectItem(group, "member_num")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(group, "error")));
	cli_run(&cli, lines, 0);
	assert_int_equal(count_lines(run_output(&cli.run)), 12);
	cJSON_Delete(whole);
	cli_close(&cli);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_group_is_printed_with_its_name),
		cmocka_unit_test(the_list_is_asked_for_once_a_second),
		cmocka_unit_test(a_type_narrows_and_has_a_name),
		cmocka_unit_test(an_error_stands_beside_its_group),
		cmocka_unit_test(a_refused_list_has_its_status),
		cmocka_unit_test(ids_are_printed_when_names_are_refused),
		cmocka_unit_test(an_interrupt_keeps_the_ids),
		cmocka_unit_test(hostile_groups_do_no_harm),
		cmocka_unit_test(json_has_the_same_groups),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
