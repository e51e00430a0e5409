/*
 * bantop doctor finds what is wrong between here and the service, says the
 * next step, and tells no secret.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "e2e/support/cli.h"

/* @return what stands behind the check's name; fails without that result. */
static const char *
find_check(const struct cli *cli, const char *result, const char *check)
{
	char head[64];
	const char *line;

	(void)snprintf(head, sizeof(head), "%-4s  %-13s  ", result, check);
	line = strstr(run_output(&cli->run), head);
	if (line == NULL)
		fail_msg("no %s of %s in: %s", result, check,
		    run_output(&cli->run));
	return line + strlen(head);
}

/* Each line is a result or the next step of the one before. */
static void
check_lines(const struct cli *cli)
{
	static const char *const heads[] = { "ok    ", "warn  ", "FAIL  ",
		"                     -> " };
	const char *line;
	size_t i;

	for (line = run_output(&cli->run); *line != '\0';
	     line = strchr(line, '\n') + 1) {
		for (i = 0; i < 4; i++) {
			if (strncmp(line, heads[i], strlen(heads[i])) == 0)
				break;
		}
		if (i == 4)
			fail_msg("no result: %.200s", line);
	}
}

static void
check_no_fail(const struct cli *cli)
{
	assert_null(strstr(run_output(&cli->run), "FAIL"));
}

static void
all_is_well(void **state)
{
	static const char *const words[] = { "doctor", "-g", CLI_GROUP, NULL };
	static const char *const checks[] = { "program", "multiplexer",
		"locale", "glyphs", "configuration", "state", "zone", "host",
		"clock", "credential", "rights" };
	struct cli cli;

	cli_open(&cli, state, NULL);
	cli_run(&cli, words, 0);
	check_lines(&cli);
	check_no_fail(&cli);
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		(void)find_check(&cli, "ok", checks[i]);
	assert_memory_equal(find_check(&cli, "ok", "rights"),
	    "get_group_ban_member answers\n", 29);
	/* Cheap: the host once, and one call of one row. */
	assert_int_equal(sim_request_count(&cli.sim), 2);
	assert_int_equal(sim_count(&cli.sim, "get_group_ban_member", 0), 1);
	cli_close(&cli);
}

static void
json_has_the_same_checks(void **state)
{
	static const char *const words[] = { "doctor", "--format", "json",
		NULL };
	static const char *const keys[] = { "result", "check", "text", "next" };
	const cJSON *check, *field;
	cJSON *whole;
	struct cli cli;
	size_t i;

	cli_open(&cli, state, NULL);
	cli_run(&cli, words, 0);
	whole = cJSON_Parse(run_output(&cli.run));
	assert_true(cJSON_IsObject(whole));
	assert_true(cJSON_GetArraySize(cJSON_GetObjectItem(whole, "checks")) >
	    10);
	cJSON_ArrayForEach(check, cJSON_GetObjectItem(whole, "checks"))
	{
		field = check->child;
		for (i = 0; i < 4; i++, field = field->next) {
			assert_string_equal(field->string, keys[i]);
			assert_true(cJSON_IsString(field));
		}
		assert_null(field);
	}
	cJSON_Delete(whole);
	cli_close(&cli);
}

/* -- what is wrong --------------------------------------------------------- */

static void
a_refusal_says_what_to_do(void **state)
{
	static const struct {
		const char *fault;
		int status;
		const char *code;
	} cases[] = {
		{ "code:10007@list", 5, "E10007" },
		{ "code:70009@list", 6, "E70009" },
		{ "code:60010@list", 5, "E60010" },
	};
	static const char *const words[] = { "doctor", "-g", CLI_GROUP, NULL };
	const char *said;
	struct cli cli;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cli_open_fault(&cli, state, "5", cases[i].fault);
		cli_run(&cli, words, cases[i].status);
		check_lines(&cli);
		(void)find_check(&cli, "ok", "host");
		said = find_check(&cli, "FAIL", "rights");
		assert_memory_equal(said, cases[i].code, 6);
		assert_memory_equal(strchr(said, '\n') + 1,
		    "                     -> ", 24);
		cli_close(&cli);
	}
}

static void
a_host_that_is_not_there_is_a_fault_of_the_network(void **state)
{
	const char *const words[] = { "doctor", "--endpoint",
		"https://127.0.0.1:1", "--no-state", NULL };
	const char *const lookup[] = { "doctor", "--endpoint",
		"https://nowhere.invalid", "--no-state", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	cli_run_bare(&cli, words, NULL, 4);
	(void)find_check(&cli, "FAIL", "host");
	(void)find_check(&cli, "warn", "credential");
	check_lines(&cli);
	cli_run_bare(&cli, lookup, NULL, 4);
	assert_non_null(strstr(find_check(&cli, "FAIL", "host"),
	    "nowhere.invalid"));
	cli_close(&cli);
}

static void
a_certificate_without_trust_is_a_fault_of_tls(void **state)
{
	struct cli cli;
	const char *words[] = { "doctor", "--endpoint", NULL, "--no-state",
		NULL };
	static const char *const kinds[] = { "cert:expired", "cert:host",
		"cert:unknown" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		print_message("%s\n", kinds[i]);
		cli_open_fault(&cli, state, "5", kinds[i]);
		words[2] = cli.sim.url;
		cli_run_bare(&cli, words, NULL, 4);
		(void)find_check(&cli, "FAIL", "host");
		assert_null(strstr(run_output(&cli.run), "clock     "));
		cli_close(&cli);
	}
}

static void
a_clock_that_is_off_is_warned_of(void **state)
{
	static const char *const options[] = { "--skew", "3000", NULL };
	static const char *const words[] = { "doctor", NULL };
	struct cli cli;

	cli_open(&cli, state, options);
	cli_run(&cli, words, 0);
	assert_non_null(strstr(find_check(&cli, "warn", "clock"), " +"));
	cli_close(&cli);
}

static void
without_a_credential_the_rest_is_looked_at(void **state)
{
	struct cli cli;
	const char *words[] = { "doctor", "--endpoint", NULL, "--cacert", NULL,
		"--no-state", NULL };

	cli_open(&cli, state, NULL);
	words[2] = cli.sim.url;
	words[4] = cli.sim.cacert;
	cli_run_bare(&cli, words, NULL, 0);
	(void)find_check(&cli, "ok", "host");
	(void)find_check(&cli, "warn", "credential");
	cli_close(&cli);
}

static void
without_a_region_nothing_is_reached(void **state)
{
	static const char *const words[] = { "doctor", "--no-state", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	cli_run_bare(&cli, words, NULL, 0);
	(void)find_check(&cli, "warn", "host");
	cli_check_printed(&cli, "--region");
	cli_close(&cli);
}

/* -- a UserSig that was handed over ---------------------------------------- */

static void
run_usersig(struct cli *cli, const char *account, int64_t left_s, int mode,
    int status)
{
	char path[HOME_PATH_MAX];
	const char *words[] = { "doctor", "--endpoint", cli->sim.url,
		"--cacert", cli->sim.cacert, "--admin", cli->sim.admin,
		"--app-id", cli->sim.app_id, "--usersig-file", path,
		"--no-state", NULL };

	cli_write_usersig(cli, "usersig", account, left_s);
	home_path(cli->home, "usersig", path);
	assert_int_equal(chmod(path, (mode_t)mode), 0);
	cli_run_bare(cli, words, NULL, status);
	check_lines(cli);
}

static void
a_usersig_is_read_and_checked(void **state)
{
	struct cli cli;

	cli_open(&cli, state, NULL);
	run_usersig(&cli, cli.sim.admin, 30 * 86400, 0600, 0);
	cli_check_printed(&cli,
	    "UserSig of account administrator for "
	    "application 1400000123, ends in ");
	run_usersig(&cli, cli.sim.admin, 600, 0600, 0);
	(void)find_check(&cli, "warn", "credential");
	run_usersig(&cli, cli.sim.admin, -60, 0600, 6);
	(void)find_check(&cli, "FAIL", "credential");
	run_usersig(&cli, "someone", 600, 0600, 6);
	assert_non_null(strstr(find_check(&cli, "FAIL", "credential"),
	    "someone"));
	run_usersig(&cli, cli.sim.admin, 600, 0644, 6);
	assert_non_null(strstr(find_check(&cli, "FAIL", "credential"),
	    "usersig"));
	cli_check_printed(&cli, "chmod 600");
	cli_close(&cli);
}

static void
a_plain_locale_is_warned_of(void **state)
{
	static const char *const words[] = { "doctor", "--no-state", NULL };
	static const char *const environment[] = { "LC_ALL=C", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	cli_run_bare(&cli, words, environment, 0);
	(void)find_check(&cli, "warn", "locale");
	cli_check_printed(&cli, "C.UTF-8");
	cli_close(&cli);
}

static void
the_width_of_ambiguous_characters_is_said(void **state)
{
	static const char *const narrow[] = { "doctor", "--no-state", NULL };
	static const char *const wide[] = { "doctor", "--no-state",
		"--ambiguous", "wide", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	cli_run_bare(&cli, narrow, NULL, 0);
	assert_memory_equal(find_check(&cli, "ok", "locale"),
	    "UTF-8, ambiguous characters narrow\n", 35);
	cli_run_bare(&cli, wide, NULL, 0);
	assert_memory_equal(find_check(&cli, "ok", "locale"),
	    "UTF-8, ambiguous characters wide: ", 34);
	cli_close(&cli);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_is_well),
		cmocka_unit_test(json_has_the_same_checks),
		cmocka_unit_test(a_refusal_says_what_to_do),
		cmocka_unit_test(
		    a_host_that_is_not_there_is_a_fault_of_the_network),
		cmocka_unit_test(a_certificate_without_trust_is_a_fault_of_tls),
		cmocka_unit_test(a_clock_that_is_off_is_warned_of),
		cmocka_unit_test(without_a_credential_the_rest_is_looked_at),
		cmocka_unit_test(without_a_region_nothing_is_reached),
		cmocka_unit_test(a_usersig_is_read_and_checked),
		cmocka_unit_test(a_plain_locale_is_warned_of),
		cmocka_unit_test(the_width_of_ambiguous_characters_is_said),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
