/*
 * What bantop says beside the data: of the way to the service, of what was
 * left behind, and of itself. One line each, and no harm in any.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/cli.h"

enum { CONFIG_MAX = 4096 };

static const char *const list_words[] = { "list", "-g", CLI_GROUP, NULL };

static size_t
count_in(const char *text, const char *part)
{
	size_t count = 0;

	for (text = strstr(text, part); text != NULL;
	     text = strstr(text + 1, part))
		count++;
	return count;
}

/* Nobody listens at the first host. */
static void
a_backup_host_is_said_once(void **state)
{
	char config[CONFIG_MAX], path[HOME_PATH_MAX];
	struct cli cli;
	const char *words[] = { "list", "-g", CLI_GROUP, "--config", path, "-r",
		"t", "--cacert", NULL, "--app-id", NULL, "--admin", NULL,
		"--secret-key-file", NULL, NULL };

	cli_open(&cli, state, NULL);
	(void)snprintf(config, sizeof(config),
	    "region t { host = \"127.0.0.1:1\" backup = \"%s\" }\n",
	    cli.sim.url + strlen("https://"));
	home_write_text(cli.home, "backup.conf", config);
	home_path(cli.home, "backup.conf", path);
	words[8] = cli.sim.cacert;
	words[10] = cli.sim.app_id;
	words[12] = cli.sim.admin;
	words[14] = cli.sim.key_file;
	cli_run_bare(&cli, words, NULL, 0);
	assert_int_equal(count_in(run_error(&cli.run), "backup"), 1);
	cli_check_said(&cli, "127.0.0.1:1 cannot be reached");
	cli_close(&cli);
}

static void
a_clock_far_off_is_warned_of(void **state)
{
	static const char *const far[] = { "--skew", "-3000", NULL };
	static const char *const near[] = { "--skew", "20", NULL };
	struct cli cli;

	cli_open(&cli, state, far);
	cli_run(&cli, list_words, 0);
	cli_check_said(&cli, "warning: the service's clock is -");
	cli_close(&cli);
	cli_open(&cli, state, near);
	cli_run(&cli, list_words, 0);
	assert_string_equal(run_error(&cli.run), "");
	cli_close(&cli);
}

static void
what_is_left_behind_is_said(void **state)
{
	static const char *const cases[][2] = {
		{ "list", "http:404@2" },
		{ "groups", "http:404@info" },
		{ "check", "http:404@2" },
	};
	char path[HOME_PATH_MAX], said[2 * HOME_PATH_MAX];
	struct cli cli;

	for (size_t i = 0; i < 3; i++) {
		const char *words[] = { cases[i][0], "-g", CLI_GROUP, "-o",
			path, NULL, NULL };

		cli_open_fault(&cli, state, "350", cases[i][1]);
		home_path(cli.home, cases[i][0], path);
		(void)snprintf(said, sizeof(said), " is in %s.partial\n", path);
		if (i == 2)
			words[5] = "nobody";
		cli_run(&cli, words, 3);
		cli_check_said(&cli, said);
		assert_string_equal(run_output(&cli.run), "");
		assert_int_not_equal(access(path, F_OK), 0);
		cli_close(&cli);
	}
}

/* cli_run() looks for control bytes in what is said. */
static void
names_of_files_do_no_harm(void **state)
{
	char path[HOME_PATH_MAX];
	const char *words[] = { "list", "-g", CLI_GROUP, "-o", path, NULL };
	struct cli cli;

	cli_open_fault(&cli, state, "350", "http:404@2");
	home_path(cli.home, "a\x1b[2J\nb", path);
	cli_run(&cli, words, 3);
	cli_check_said(&cli, ".partial");
	cli_close(&cli);
}

/* Standard output closed: rows that go nowhere were not printed. */
static void
a_closed_output_is_a_fault(void **state)
{
	char program[HOME_PATH_MAX];
	const char *const words[] = { "/bin/sh", "-c", "exec \"$0\" \"$@\" >&-",
		program, "explain", "60007", NULL };
	struct run_options options = { .argv = words };
	struct cli cli;

	cli_open_alone(&cli, state);
	home_program("bantop", program);
	run_start(&cli.run, cli.home, &options);
	cli_finish(&cli, 2);
	cli_check_said(&cli, "standard output");
	cli_close(&cli);
}

static void
the_version_names_every_library(void **state)
{
	static const char *const libraries[] = { "bantop ", "libcurl/",
		"\nOpenSSL ", "\nzlib ", "\nncurses ", "\nutf8proc ",
		"\ncJSON ", "\nlibconfuse " };
	static const char *const words[] = { "--version", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	cli_run_bare(&cli, words, NULL, 0);
	for (size_t i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++)
		cli_check_printed(&cli, libraries[i]);
	cli_close(&cli);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backup_host_is_said_once),
		cmocka_unit_test(a_clock_far_off_is_warned_of),
		cmocka_unit_test(what_is_left_behind_is_said),
		cmocka_unit_test(names_of_files_do_no_harm),
		cmocka_unit_test(a_closed_output_is_a_fault),
		cmocka_unit_test(the_version_names_every_library),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
