/*
 * bantop explain prints the card of whatever may be met, without a network.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "e2e/support/cli.h"

enum { TABLE_MAX = 256 * 1024, CARD_COLS = 79, CODES_MIN = 150, WORD_MAX = 96 };

/* Nothing that could be asked is given, and asking would fail. */
static void
explain(struct cli *cli, const char *const *codes, int status)
{
	static const char *const environment[] = {
		"https_proxy=http://127.0.0.1:1", "HOME", NULL
	};
	const char *words[8] = { "explain" };

	for (size_t i = 0; codes[i] != NULL; i++)
		words[i + 1] = codes[i];
	cli_run_bare(cli, words, environment, status);
}

static void
check_card(const struct cli *cli, const char *head)
{
	static const char *const labels[] = { "\n  meaning ", "\n  next step ",
		"\n  repeated ", "\n  source " };
	const char *line;

	if (strncmp(run_output(&cli->run), head, strlen(head)) != 0)
		fail_msg("expected %s in: %.300s", head, run_output(&cli->run));
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		cli_check_printed(cli, labels[i]);
	for (line = run_output(&cli->run); *line != '\0';
	     line = strchr(line, '\n') + 1)
		assert_true(strcspn(line, "\n") <= CARD_COLS);
	assert_string_equal(run_error(&cli->run), "");
}

static void
every_code_of_the_table_has_a_card(void **state)
{
	char word[WORD_MAX], head[3 * WORD_MAX];
	const char *codes[] = { word, NULL };
	const char *line;
	struct buf text;
	struct cli cli;
	struct err err;
	size_t count = 0;

	cli_open_alone(&cli, state);
	buf_init(&text, TABLE_MAX);
	if (!file_read("src/api/error_codes.tsv", &text, &err))
		fail_msg("%s", err.text);
	for (line = strchr(buf_text(&text), '\n');
	     line != NULL && line[1] != '\0'; line = strchr(line + 1, '\n')) {
		int digits = (int)strcspn(line + 1, "\t");
		int name = (int)strcspn(line + digits + 2, "\t");

		(void)snprintf(word, sizeof(word), "%.*s", digits, line + 1);
		(void)snprintf(head, sizeof(head), "E%s %.*s: ", word, name,
		    line + digits + 2);
		explain(&cli, codes, 0);
		check_card(&cli, head);
		count++;
	}
	assert_true(count >= CODES_MIN);
	buf_release(&text);
	cli_close(&cli);
}

static void
every_kind_has_a_card(void **state)
{
	static const char *const words[][2] = {
		{ "dns", "lookup: " },
		{ "lookup", "lookup: " },
		{ "connect", "connect: " },
		{ "tls", "tls: " },
		{ "TLS", "tls: " },
		{ "certificate", "tls: " },
		{ "network", "network: " },
		{ "timeout", "timeout: " },
		{ "http", "http: " },
		{ "data", "data: " },
		{ "json", "data: " },
		{ "paging", "paging: " },
		{ "limit", "limit: " },
		{ "credential", "credential: " },
		{ "config", "config: " },
		{ "file", "file: " },
		{ "usage", "usage: " },
		{ "502", "HTTP 502" },
		{ "HTTP 302", "HTTP 302" },
		{ "http-429", "HTTP 429" },
	};
	struct cli cli;

	cli_open_alone(&cli, state);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *codes[] = { words[i][0], NULL };

		print_message("%s\n", words[i][0]);
		explain(&cli, codes, 0);
		check_card(&cli, words[i][1]);
	}
	cli_close(&cli);
}

static void
a_code_may_be_written_in_any_way(void **state)
{
	static const char *const spellings[] = { "60007", "E60007", "e60007",
		"COMM_REST_FREQ_LIMIT", "comm_rest_freq_limit" };
	struct cli cli;

	cli_open_alone(&cli, state);
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		const char *codes[] = { spellings[i], NULL };

		explain(&cli, codes, 0);
		check_card(&cli,
		    "E60007 COMM_REST_FREQ_LIMIT: too many calls\n");
	}
	cli_close(&cli);
}

static void
what_to_do_about_70050_is_said(void **state)
{
	static const char *const codes[] = { "70050", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	explain(&cli, codes, 0);
	cli_check_printed(&cli, "never by itself");
	cli_check_printed(&cli, "minute");
	cli_close(&cli);
}

static void
an_unknown_code_is_shown_raw(void **state)
{
	static const char *const codes[] = { "61234", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	explain(&cli, codes, 0);
	check_card(&cli, "E61234");
	cli_close(&cli);
}

static void
several_cards_are_printed_in_the_order_asked(void **state)
{
	static const char *const codes[] = { "10007", "60007", NULL };
	const char *second;
	struct cli cli;

	cli_open_alone(&cli, state);
	explain(&cli, codes, 0);
	check_card(&cli, "E10007");
	second = strstr(run_output(&cli.run), "\n\nE60007");
	assert_non_null(second);
	cli_close(&cli);
}

static void
a_word_that_is_none_is_told_what_there_is(void **state)
{
	static const char *const wrong[] = { "60007", "fo\x1b[2Jo", NULL };
	static const char *const none[] = { NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	explain(&cli, wrong, 2);
	cli_check_said(&cli, "timeout");
	assert_string_equal(run_output(&cli.run), "");
	explain(&cli, none, 2);
	cli_check_said(&cli, "60007");
	cli_close(&cli);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_of_the_table_has_a_card),
		cmocka_unit_test(every_kind_has_a_card),
		cmocka_unit_test(a_code_may_be_written_in_any_way),
		cmocka_unit_test(what_to_do_about_70050_is_said),
		cmocka_unit_test(an_unknown_code_is_shown_raw),
		cmocka_unit_test(several_cards_are_printed_in_the_order_asked),
		cmocka_unit_test(a_word_that_is_none_is_told_what_there_is),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
