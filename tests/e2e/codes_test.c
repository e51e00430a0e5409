/*
 * Every code of the service's table through the whole program: its status, its
 * line, its card, and how often the call was made. What is repeated is written
 * down here once more, from the description of the service.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "bantop/base/mem.h"
#include "e2e/support/cli.h"

enum {
	TABLE_MAX = 256 * 1024,
	CODES_MAX = 512,
	CODES_MIN = 150,
	SIDE_BY_SIDE = 8,
};

/* Repeated twice, after a pause. */
static const int repeated[] = { 10002, 40006, 60008, 60013, 60014, 70169, 70202,
	70500, 20004, 20005, 90992, 90994, 90995, 91000, 60007, 60011, 60018,
	60019, 10006 };

/* Repeated once, at once, with a new UserSig. */
static const int renewed[] = { 60004, 60005, 70001, 70002, 70003, 70005, 70013,
	70014, 70052, 10001, 10008, 20002 };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool
is_in(const int *list, size_t count, int code)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i] == code)
			return true;
	}
	return false;
}

static size_t
expected_calls(int code)
{
	if (is_in(repeated, COUNT(repeated), code))
		return 3;
	return is_in(renewed, COUNT(renewed), code) ? 2 : 1;
}

static int
expected_status(int code)
{
	return (code >= 70000 && code <= 70999) || code == 60004 ||
	        code == 60005
	    ? 6
	    : 5;
}

/* @return how many; those that wait come last, so that they wait together. */
static size_t
read_codes(int codes[CODES_MAX])
{
	const char *line;
	struct buf text;
	struct err err;
	size_t count = 0;

	buf_init(&text, TABLE_MAX);
	if (!file_read("src/api/error_codes.tsv", &text, &err))
		fail_msg("%s", err.text);
	for (int pass = 0; pass < 2; pass++) {
		for (line = strchr(buf_text(&text), '\n');
		     line != NULL && line[1] != '\0';
		     line = strchr(line + 1, '\n')) {
			int code = (int)strtol(line + 1, NULL, 10);

			if (code == 0 || (expected_calls(code) == 3) != pass)
				continue;
			assert_true(count < CODES_MAX);
			codes[count++] = code;
		}
	}
	buf_release(&text);
	assert_true(count >= CODES_MIN);
	return count;
}

static void
check_code(struct cli *cli, int code)
{
	char said[32];

	print_message("%d\n", code);
	cli_finish(cli, expected_status(code));
	(void)snprintf(said, sizeof(said), "bantop: E%d ", code);
	cli_check_said(cli, said);
	assert_null(strchr(run_output(&cli->run), '\r'));
	if (sim_request_count(&cli->sim) != expected_calls(code))
		fail_msg("%d: %zu calls, expected %zu", code,
		    sim_request_count(&cli->sim), expected_calls(code));
}

static void
every_code_has_its_status_and_its_calls(void **state)
{
	static const char *const words[] = { "list", "-g", CLI_GROUP, NULL };
	static struct cli clis[SIDE_BY_SIDE];
	int codes[CODES_MAX];
	size_t count = read_codes(codes);
	char fault[32];

	for (size_t at = 0; at < count; at += SIDE_BY_SIDE) {
		size_t batch =
		    count - at < SIDE_BY_SIDE ? count - at : SIDE_BY_SIDE;

		for (size_t i = 0; i < batch; i++) {
			(void)snprintf(fault, sizeof(fault), "code:%d@1",
			    codes[at + i]);
			cli_open_fault(&clis[i], state, "5", fault);
			cli_start(&clis[i], words);
		}
		for (size_t i = 0; i < batch; i++) {
			check_code(&clis[i], codes[at + i]);
			cli_close(&clis[i]);
		}
	}
}

/* A UserSig that was handed over cannot be made anew. */
static void
a_ready_usersig_is_not_renewed(void **state)
{
	char path[HOME_PATH_MAX];
	const char *words[] = { "list", "-g", CLI_GROUP, "--endpoint", NULL,
		"--cacert", NULL, "--usersig-file", path, "--no-state", NULL };
	struct cli cli;

	cli_open_fault(&cli, state, "5", "code:70001");
	cli_write_usersig(&cli, "usersig", cli.sim.admin, 3600);
	home_path(cli.home, "usersig", path);
	words[4] = cli.sim.url;
	words[6] = cli.sim.cacert;
	cli_run_bare(&cli, words, NULL, 6);
	cli_check_said(&cli, "E70001");
	assert_int_equal(sim_request_count(&cli.sim), 1);
	cli_close(&cli);
}

/* Told to wait for a second: each of the two waits is one. */
static void
what_the_answer_asks_to_wait_is_waited(void **state)
{
	static const char *const options[] = { "--fault", "code:60007@1x2",
		"--fault", "retry-after:1", NULL };
	static const char *const words[] = { "list", "-g", CLI_GROUP, NULL };
	struct sim_request first, second, third;
	struct cli cli;

	cli_open(&cli, state, options);
	cli_run(&cli, words, 0);
	sim_request_at(&cli.sim, 0, &first);
	sim_request_at(&cli.sim, 1, &second);
	sim_request_at(&cli.sim, 2, &third);
	assert_true(second.at_ms - first.at_ms >= 1000);
	assert_true(third.at_ms - second.at_ms >= 1000);
	assert_true(third.at_ms - first.at_ms < 4000);
	cli_close(&cli);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_its_status_and_its_calls),
		cmocka_unit_test(a_ready_usersig_is_not_renewed),
		cmocka_unit_test(what_the_answer_asks_to_wait_is_waited),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
