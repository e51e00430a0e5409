/*
 * Sessions as the system's configuration has them: what it refuses by itself,
 * and that syslog is told of their end, whatever that is.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/live.h"
#include "e2e/support/own_system.h"
#include "e2e/support/run.h"
#include "e2e/support/tree.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* -- the commands ---------------------------------------------------------- */

static void
run_command(struct story *story, const char *const *words, int status)
{
	struct run run = { .out_fd = -1 };
	struct args args;
	int got;

	args_init(&args, "bantop");
	sim_add_args(&story->sim, &args);
	args_add_two(&args, "--restricted", "--group=" STORY_GROUP);
	args_add_all(&args, words);
	got = run_program(&run, &story->home, args.list, NULL);
	if (got != status)
		fail_msg("%s: %d: %s", words[0], got, run_error(&run));
	run_release(&run);
}

static void
no_command_leaves_a_file_or_names_other_groups(void **state)
{
	static const char *const list[] = { "list", NULL };
	static const char *const check[] = { "check", "nobody", NULL };
	static const char *const groups[] = { "groups", NULL };
	static const char *const doctor[] = { "doctor", NULL };
	static const char *const explain[] = { "explain", "10007", NULL };
	static const char *const keys[] = { "--keys", NULL };
	static const char *const conf[] = { "--print-config", NULL };
	struct story *story = *state;
	char *before;

	sim_start(&story->sim, &story->home, NULL);
	before = tree_take(story->home.dir);
	run_command(story, list, 0);
	run_command(story, check, 1);
	run_command(story, groups, 2);
	run_command(story, doctor, 0);
	run_command(story, explain, 0);
	run_command(story, keys, 0);
	run_command(story, conf, 0);
	tree_expect(story->home.dir, before);
	assert_int_equal(sim_count(&story->sim, "get_appid_group_list", -1), 0);
}

/* -- what it refuses ------------------------------------------------------- */

/* Not a word of --restricted: that the file says so is enough. */
static void
options_are_refused_by_the_systems_file_alone(void **state)
{
	static const char *const tries[][3] = {
		{ "--output", "canary", "writes no files" },
		{ "--log", "canary", "writes no files" },
		{ "--demo", "--demo", "runs no commands" },
		{ "--config", "mine.conf", "may not write" },
		{ "--profile", "mine", "mine" },
		{ "--theme", "../../canary", "theme" },
	};
	struct story *story = *state;
	char *before;

	live_configure(story, "restricted = true",
	    " groups = { \"" STORY_GROUP "\" }");
	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "profile mine { endpoint = \"https://canary.invalid\" }\n");
	before = tree_take(story->home.dir);
	for (size_t i = 0; i < COUNT(tries); i++) {
		struct run run = { .out_fd = -1 };
		struct args args;

		print_message("%s\n", tries[i][0]);
		args_init(&args, "bantop");
		args_add_two(&args, "-p", "live");
		args_add_two(&args, "list", "--group=" STORY_GROUP);
		args_add_two(&args, tries[i][0], tries[i][1]);
		assert_int_equal(run_program(&run, &story->home, args.list,
		                     NULL),
		    2);
		if (strstr(run_error(&run), tries[i][2]) == NULL)
			fail_msg("%s", run_error(&run));
		run_release(&run);
	}
	assert_int_equal(sim_request_count(&story->sim), 0);
	tree_expect(story->home.dir, before);
}

/* Required is required: with a command it could not be had from the start. */
static void
a_required_sandbox_runs_no_command(void **state)
{
	struct story *story = *state;
	struct run run = { .out_fd = -1 };
	char conf[1024], path[HOME_PATH_MAX];
	struct args args;

	home_path(&story->home, "ran", path);
	(void)snprintf(conf, sizeof(conf),
	    "sandbox = \"required\"\nprofile live {\n region = \"sgp\"\n"
	    " app_id = 1\n admin = \"a\"\n"
	    " secret_key_command = \"touch %s\"\n}\n",
	    path);
	own_system_configure(conf);
	args_init(&args, "bantop");
	args_add_two(&args, "-p", "live");
	args_add_two(&args, "list", "--group=" STORY_GROUP);
	assert_int_equal(run_program(&run, &story->home, args.list, NULL), 2);
	assert_non_null(strstr(run_error(&run), "sandbox = \"required\""));
	assert_int_equal(access(path, F_OK), -1);
	run_release(&run);
}

/* -- the end ------------------------------------------------------------ */

static void
begin_session(struct story *story, const char *top)
{
	live_configure(story, top, " groups = { \"" STORY_GROUP "\" }");
	term_release(&story->term);
	live_begin(story, NULL, NULL);
	story_wait(story, "choose a region");
}

static void
the_end_is_told_whatever_ends_the_session(void **state)
{
	static const struct {
		int number;
		const char *told;
	} cases[] = {
		{ SIGTERM, " signal=15" },
		{ SIGHUP, " signal=1" },
		{ SIGQUIT, " signal=3" },
	};
	struct story *story = *state;
	int log = own_system_open_log();

	for (size_t i = 0; i < COUNT(cases); i++) {
		begin_session(story, "restricted = true");
		child_signal(&story->term.child, cases[i].number);
		assert_int_equal(term_wait_exit(&story->term), -1);
		assert_int_equal(story->term.child.signal, cases[i].number);
		own_system_wait_log(log, cases[i].told);
	}
	begin_session(story, "restricted = true");
	story_control(story, 'c');
	story_control(story, 'c');
	story_expect_exit(story, 130);
	own_system_wait_log(log, " status=130");
	begin_session(story, "restricted = true");
	child_signal(&story->term.child, SIGINT);
	story_wait(story, "Ctrl-C again leaves");
	child_signal(&story->term.child, SIGINT);
	story_expect_exit(story, 130);
	own_system_wait_log(log, " status=130");
	begin_session(story, "restricted = true\nidle_timeout = 1");
	story_expect_exit(story, 0);
	own_system_wait_log(log, " status=0");
	(void)close(log);
}

static void
the_end_is_told_when_the_terminal_is_gone(void **state)
{
	struct story *story = *state;
	int log = own_system_open_log();

	begin_session(story, "restricted = true");
	term_hang_up(&story->term);
	own_system_wait_log(log, " signal=1");
	(void)close(log);
}

static void
the_end_is_told_of_a_list_that_was_stopped(void **state)
{
	static const char *const sim[] = { "--fault", "hang", NULL };
	struct story *story = *state;
	struct run run = { .out_fd = -1 };
	struct run_options options = { 0 };
	int log = own_system_open_log();
	struct args args;

	sim_stop(&story->sim);
	sim_start(&story->sim, &story->home, sim);
	live_configure(story, "restricted = true", "");
	args_init(&args, "bantop");
	args_add_two(&args, "-p", "live");
	args_add_two(&args, "list", "--group=" STORY_GROUP);
	options.argv = args.list;
	run_start(&run, &story->home, &options);
	sim_wait_count(&story->sim, STORY_BANS, 0, 1);
	child_signal(&run.child, SIGTERM);
	assert_int_equal(run_finish(&run), -1);
	assert_int_equal(run.child.signal, SIGTERM);
	own_system_wait_log(log, " signal=15");
	run_release(&run);
	(void)close(log);
}

int
main(void)
{
	const struct CMUnitTest everywhere[] = {
		STORY(no_command_leaves_a_file_or_names_other_groups),
	};
	const struct CMUnitTest with_etc[] = {
		LIVE(options_are_refused_by_the_systems_file_alone),
		LIVE(a_required_sandbox_runs_no_command),
		LIVE(the_end_is_told_whatever_ends_the_session),
		LIVE(the_end_is_told_when_the_terminal_is_gone),
		LIVE(the_end_is_told_of_a_list_that_was_stopped),
	};
	bool own = own_system_enter();
	int failed = cmocka_run_group_tests(everywhere, NULL, NULL);

	if (!own) {
		print_message("no system of its own here: %zu not run\n",
		    COUNT(with_etc));
		return failed;
	}
	return failed + cmocka_run_group_tests(with_etc, NULL, NULL);
}
