/*
 * The configuration as its user meets it: what holds and where it comes from,
 * every way to a credential, and mistakes told all at once with their place.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/cli.h"

enum { CONFIG_MAX = 8192 };

static const char config_name[] = "config/bantop/bantop.conf";

static void
write_config(const struct cli *cli, const char *text)
{
	home_write_text(cli->home, config_name, text);
}

/* Profile "sim" that leads to the simulator, with @p more in it. */
static void
write_profile(const struct cli *cli, const char *more)
{
	char text[CONFIG_MAX];

	(void)snprintf(text, sizeof(text),
	    "no_state = true\n"
	    "profile sim {\n"
	    "\tendpoint = \"%s\"\n"
	    "\tcacert = \"%s\"\n"
	    "\tapp_id = %s\n"
	    "\tadmin = \"%s\"\n"
	    "\tgroup = \"%s\"\n"
	    "\t%s\n"
	    "}\n"
	    "profile other { rate = 3 secret_key_command = \"exit 9\" }\n",
	    cli->sim.url, cli->sim.cacert, cli->sim.app_id, cli->sim.admin,
	    CLI_GROUP, more);
	write_config(cli, text);
}

static void
clear_config(const struct cli *cli)
{
	char path[HOME_PATH_MAX];

	home_path(cli->home, config_name, path);
	(void)unlink(path);
}

/* -- what holds ------------------------------------------------------------ */

static void
a_profile_alone_is_enough(void **state)
{
	static const char *const words[] = { "-p", "sim", "list", NULL };
	static const char *const plain[] = { "list", NULL };
	static const char *const environment[] = { "BANTOP_PROFILE=sim", NULL };
	char more[HOME_PATH_MAX + 32];
	struct cli cli;

	cli_open(&cli, state, NULL);
	(void)snprintf(more, sizeof(more), "secret_key_file = \"%s\"",
	    cli.sim.key_file);
	write_profile(&cli, more);
	cli_run_bare(&cli, words, NULL, 0);
	cli_run_bare(&cli, plain, environment, 0);
	assert_string_equal(run_error(&cli.run), "");
	cli_run_bare(&cli, plain, NULL, 2);
	clear_config(&cli);
	cli_close(&cli);
}

static void
flags_stand_over_the_environment_over_files(void **state)
{
	static const char *const words[] = { "--print-config", "-p", "live",
		"--rate", "7", NULL };
	static const char *const environment[] = { "BANTOP_REGION=sgp", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	write_config(&cli,
	    "rate = 20\nparallel = 2\ntimeout = 20\n"
	    "profile live {\n\tregion = \"kr\"\n\tparallel = 3\n}\n"
	    "region hk { name = \"Hong Kong\" host = \"hk.example:8443\" }\n");
	cli_run_bare(&cli, words, environment, 0);
	cli_check_printed(&cli, "\nrate = 7\t# --rate\n");
	cli_check_printed(&cli, "\nparallel = 3\t# ");
	cli_check_printed(&cli, "bantop.conf:6\n");
	cli_check_printed(&cli, "\ntimeout = 20\t# ");
	cli_check_printed(&cli, "bantop.conf:3\n");
	cli_check_printed(&cli, "\tregion = \"sgp\"\t# BANTOP_REGION\n");
	cli_check_printed(&cli, "\npage_size = 100\t# default\n");
	cli_check_printed(&cli,
	    "region hk {\n\tname = \"Hong Kong\"\n"
	    "\thost = \"hk.example:8443\"\n");
	clear_config(&cli);
	cli_close(&cli);
}

static void
another_file_takes_the_place_of_the_users(void **state)
{
	char path[HOME_PATH_MAX], variable[HOME_PATH_MAX + 16];
	const char *const flag[] = { "--print-config", "--config", path, NULL };
	static const char *const words[] = { "--print-config", NULL };
	const char *const environment[] = { variable, NULL };
	static const char *const missing[] = { "BANTOP_CONFIG=/nonexistent/c",
		NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	write_config(&cli, "rate = 20\n");
	home_write_text(cli.home, "other.conf", "rate = 30\n");
	home_path(cli.home, "other.conf", path);
	(void)snprintf(variable, sizeof(variable), "BANTOP_CONFIG=%s", path);
	cli_run_bare(&cli, flag, NULL, 0);
	cli_check_printed(&cli, "\nrate = 30\t");
	cli_run_bare(&cli, words, environment, 0);
	cli_check_printed(&cli, "\nrate = 30\t");
	cli_run_bare(&cli, words, missing, 2);
	cli_check_said(&cli, "/nonexistent/c");
	clear_config(&cli);
	cli_close(&cli);
}

static void
keys_can_be_changed(void **state)
{
	static const char *const words[] = { "--keys", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	write_config(&cli, "keys { load_all = \"C-y\" }\n");
	cli_run_bare(&cli, words, NULL, 0);
	cli_check_printed(&cli, "  C-y ");
	clear_config(&cli);
	cli_close(&cli);
}

static void
what_is_printed_can_be_checked(void **state)
{
	static const char *const print[] = { "--print-config", "-p", "live",
		NULL };
	const char *check[] = { "--check-config", "--config", NULL, NULL };
	char path[HOME_PATH_MAX];
	struct cli cli;

	cli_open_alone(&cli, state);
	write_config(&cli,
	    "profile live { region = \"hk\" groups = { \"a b\", \"@c\" }\n"
	    "zone = \"Asia/Tokyo\" marker = \"L \\\"I\\\" VE\" }\n"
	    "region hk { name = \"Hong Kong\" host = \"hk.example\" }\n");
	cli_run_bare(&cli, print, NULL, 0);
	home_write_text(cli.home, "printed.conf", run_output(&cli.run));
	home_path(cli.home, "printed.conf", path);
	check[2] = path;
	cli_run_bare(&cli, check, NULL, 0);
	assert_string_equal(run_error(&cli.run), "");
	clear_config(&cli);
	cli_close(&cli);
}

/* -- credentials ----------------------------------------------------------- */

static void
every_way_to_a_credential_works(void **state)
{
	static const char *const words[] = { "-p", "sim", "list", NULL };
	char more[2 * HOME_PATH_MAX], path[HOME_PATH_MAX];
	char key[CLI_KEY_MAX + 32];
	const char *const environment[] = { key, NULL };
	struct cli cli;

	cli_open(&cli, state, NULL);
	cli_write_usersig(&cli, "usersig", cli.sim.admin, 600);
	home_path(cli.home, "usersig", path);
	(void)snprintf(more, sizeof(more), "secret_key_command = \"cat '%s'\"",
	    cli.sim.key_file);
	write_profile(&cli, more);
	cli_run_bare(&cli, words, NULL, 0);
	(void)snprintf(more, sizeof(more), "usersig_file = \"%s\"", path);
	write_profile(&cli, more);
	cli_run_bare(&cli, words, NULL, 0);
	(void)snprintf(more, sizeof(more), "usersig_command = \"cat '%s'\"",
	    path);
	write_profile(&cli, more);
	cli_run_bare(&cli, words, NULL, 0);
	/* The environment stands over the file's command, which would fail. */
	write_profile(&cli, "secret_key_command = \"exit 9\"");
	(void)snprintf(key, sizeof(key), "BANTOP_SECRET_KEY=%s", cli.key);
	cli_run_bare(&cli, words, environment, 0);
	cli_run_bare(&cli, words, NULL, 6);
	cli_check_said(&cli, "secret_key_command ended with status 9");
	clear_config(&cli);
	cli_close(&cli);
}

static void
a_key_comes_through_a_descriptor(void **state)
{
	static const char *const words[] = { "-p", "sim", "list",
		"--secret-key-fd", "0", NULL };
	struct run_options options = { 0 };
	struct args args;
	struct cli cli;

	cli_open(&cli, state, NULL);
	write_profile(&cli, "");
	args_init(&args, "bantop");
	args_add_all(&args, words);
	options.argv = args.list;
	options.input = cli.key;
	run_start(&cli.run, cli.home, &options);
	cli_finish(&cli, 0);
	clear_config(&cli);
	cli_close(&cli);
}

static void
a_file_that_others_can_read_is_refused(void **state)
{
	static const char *const words[] = { "-p", "sim", "list", NULL };
	static const char *const keys[] = { "secret_key_file", "usersig_file" };
	static const mode_t modes[] = { 0640, 0604, 0660 };
	char more[2 * HOME_PATH_MAX], path[HOME_PATH_MAX];
	char said[HOME_PATH_MAX + 16];
	struct cli cli;

	cli_open(&cli, state, NULL);
	home_write_text(cli.home, "secret", cli.key);
	home_path(cli.home, "secret", path);
	(void)snprintf(said, sizeof(said), "chmod 600 %s", path);
	for (size_t i = 0; i < 2; i++) {
		(void)snprintf(more, sizeof(more), "%s = \"%s\"", keys[i],
		    path);
		write_profile(&cli, more);
		for (size_t k = 0; k < 3; k++) {
			assert_int_equal(chmod(path, modes[k]), 0);
			cli_run_bare(&cli, words, NULL, 6);
			cli_check_said(&cli, said);
		}
	}
	assert_int_equal(sim_request_count(&cli.sim), 0);
	clear_config(&cli);
	cli_close(&cli);
}

static void
a_usersig_is_checked_before_the_first_request(void **state)
{
	static const char *const words[] = { "-p", "sim", "list", NULL };
	char more[2 * HOME_PATH_MAX], path[HOME_PATH_MAX];
	struct cli cli;

	cli_open(&cli, state, NULL);
	home_path(cli.home, "usersig", path);
	(void)snprintf(more, sizeof(more), "usersig_file = \"%s\"", path);
	write_profile(&cli, more);
	cli_write_usersig(&cli, "usersig", "someone", 600);
	cli_run_bare(&cli, words, NULL, 6);
	cli_check_said(&cli, "someone");
	cli_write_usersig(&cli, "usersig", cli.sim.admin, -60);
	cli_run_bare(&cli, words, NULL, 6);
	cli_check_said(&cli, "ended");
	home_write_text(cli.home, "usersig", "eJwnot-a-usersig");
	cli_run_bare(&cli, words, NULL, 6);
	cli_check_said(&cli, "UserSig");
	assert_int_equal(sim_request_count(&cli.sim), 0);
	clear_config(&cli);
	cli_close(&cli);
}

/* -- mistakes -------------------------------------------------------------- */

static void
all_mistakes_are_told_with_their_place(void **state)
{
	static const char *const words[] = { "--check-config", NULL };
	static const char *const said[] = {
		"bantop.conf:1: rate = 500: a number from 1 to 200\n",
		"bantop.conf:2: warning: colour: unknown, ignored\n",
		"bantop.conf:3: color = sometimes: auto, always or never\n",
		"bantop.conf:4: utc = maybe: true or false\n",
		"bantop.conf:6: app_id = 0: a number from 1 to 4294967295\n",
		"bantop.conf:7: endpoint = http://x/: http: is refused",
		"bantop.conf:8: groups = bad : the group id",
		"bantop.conf:9: region = mars: unknown region \"mars\"; ",
		"known: cn",
		" sgp kr jpn ger usa idn ind ksa hk\n",
		"bantop.conf:10: zone = Nowhere/City: ",
		"bantop.conf:11: warning: markr: unknown, ignored\n",
		"bantop.conf:14: wrong: ",
	};
	struct cli cli;
	size_t i;

	cli_open_alone(&cli, state);
	write_config(&cli,
	    "rate = 500\ncolour = \"x\"\ncolor = \"sometimes\"\nutc = maybe\n"
	    "profile live {\n\tapp_id = 0\n\tendpoint = \"http://x/\"\n"
	    "\tgroups = { \"good\", \"bad \" }\n\tregion = \"mars\"\n"
	    "\tzone = \"Nowhere/City\"\n\tmarkr = \"LIVE\"\n}\n"
	    "region hk { host = \"hk.example\" }\n"
	    "region wrong { host = \"http://x/y\" }\n");
	cli_run_bare(&cli, words, NULL, 2);
	for (i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		cli_check_said(&cli, said[i]);
	clear_config(&cli);
	cli_close(&cli);
}

static void
a_theme_is_looked_for_and_into(void **state)
{
	static const char *const words[] = { "--check-config", NULL };
	static const char *const list[] = { "explain", "60007", NULL };
	static const char *const said[] = {
		"bantop.conf:1: theme: no theme \"nope\"; there are: ",
		" default ",
		" mine ",
		"bantop.conf:2: theme: ",
		"/themes/mine.theme:1: no colour is called mauve; there are "
		"default ",
		"/themes/mine.theme:3: no style is called eror; there are "
		"text ",
	};
	struct cli cli;
	size_t i;

	cli_open_alone(&cli, state);
	home_write_text(cli.home, "config/bantop/themes/mine.theme",
	    "style error { fg = \"mauve\" }\n\nstyle eror { }\n");
	write_config(&cli,
	    "theme = \"nope\"\nprofile live { theme = \"mine\" }\n");
	cli_run_bare(&cli, words, NULL, 2);
	for (i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		cli_check_said(&cli, said[i]);
	/* Who needs no screen needs no theme. */
	cli_run_bare(&cli, list, NULL, 0);
	assert_string_equal(run_error(&cli.run), "");
	clear_config(&cli);
	cli_close(&cli);
}

static void
a_theme_of_no_file_is_checked_too(void **state)
{
	static const char *const words[] = { "--check-config", NULL };
	static const char *const flag[] = { "--check-config", "--theme", "mine",
		NULL };
	static const char *const environment[] = { "BANTOP_THEME=nope", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	home_write_text(cli.home, "config/bantop/themes/mine.theme",
	    "style error { fg = \"red\" }\n");
	cli_run_bare(&cli, words, environment, 2);
	cli_check_said(&cli,
	    "bantop: BANTOP_THEME: no theme \"nope\"; there are: ");
	cli_run_bare(&cli, flag, environment, 0);
	assert_string_equal(run_error(&cli.run), "");
	home_write_text(cli.home, "config/bantop/themes/mine.theme",
	    "style error { fg = 1 }\nstyle hint { bold = true }\n");
	cli_run_bare(&cli, flag, NULL, 2);
	cli_check_said(&cli, "bantop: --theme: /");
	cli_check_said(&cli, "/mine.theme:1: ");
	cli_check_said(&cli, "/mine.theme:2: ");
	cli_close(&cli);
}

static void
an_unknown_key_only_warns(void **state)
{
	static const char *const words[] = { "--check-config", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	write_config(&cli, "rate = 5\ncolour = \"x\"\nthing { a = 1 }\n");
	cli_run_bare(&cli, words, NULL, 0);
	cli_check_said(&cli, "bantop.conf:2: warning: colour: unknown");
	cli_check_said(&cli, "bantop.conf:3: warning: thing: unknown");
	clear_config(&cli);
	cli_close(&cli);
}

static void
a_profile_that_is_none_is_told_which_there_are(void **state)
{
	static const char *const words[] = { "-p", "dead", "list", NULL };
	struct cli cli;

	cli_open_alone(&cli, state);
	write_config(&cli, "profile live { }\nprofile test { }\n");
	cli_run_bare(&cli, words, NULL, 2);
	cli_check_said(&cli, "no such profile: there is live, test\n");
	clear_config(&cli);
	cli_close(&cli);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_profile_alone_is_enough),
		cmocka_unit_test(flags_stand_over_the_environment_over_files),
		cmocka_unit_test(another_file_takes_the_place_of_the_users),
		cmocka_unit_test(keys_can_be_changed),
		cmocka_unit_test(what_is_printed_can_be_checked),
		cmocka_unit_test(every_way_to_a_credential_works),
		cmocka_unit_test(a_key_comes_through_a_descriptor),
		cmocka_unit_test(a_file_that_others_can_read_is_refused),
		cmocka_unit_test(a_usersig_is_checked_before_the_first_request),
		cmocka_unit_test(all_mistakes_are_told_with_their_place),
		cmocka_unit_test(a_theme_is_looked_for_and_into),
		cmocka_unit_test(a_theme_of_no_file_is_checked_too),
		cmocka_unit_test(an_unknown_key_only_warns),
		cmocka_unit_test(
		    a_profile_that_is_none_is_told_which_there_are),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
