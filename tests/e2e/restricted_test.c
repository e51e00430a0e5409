/*
 * Whoever logs in by a forced command gets the screen and nothing else: each
 * test is an attempt to get more. Those that need a configuration in /etc, or
 * a syslog to read, run where the test may have a system of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "e2e/support/live.h"
#include "e2e/support/own_system.h"
#include "e2e/support/run.h"
#include "e2e/support/story.h"
#include "e2e/support/tree.h"

enum { TREE_MAX = 65536 };

static const char *const restricted[] = { "--restricted", NULL };

static void
begin(struct story *story, const char *group, const char *const *environment)
{
	static const char *const sim[] = { "--members", "30", "--groups", "3",
		"--now", STORY_FAR, NULL };
	const struct story_options options = {
		.sim = sim,
		.more = restricted,
		.environment = environment,
		.group = group,
		.state = true,
	};

	story_begin(story, &options);
	story_wait(story, group != NULL ? " loaded, " : "GROUP");
}

/* bantop WORD --restricted at the story's simulator. */
static int
run_word(struct story *story, struct run *run, const char *word,
    const char *const *more, const char *const *environment)
{
	struct args args;

	args_init(&args, "bantop");
	args_add(&args, word);
	sim_add_args(&story->sim, &args);
	args_add_two(&args, "--group", STORY_GROUP);
	args_add(&args, "--restricted");
	args_add_all(&args, more);
	return run_program(run, &story->home, args.list, environment);
}

static void
expect_refused(struct story *story, const char *const *more, const char *why)
{
	struct run run = { .out_fd = -1 };

	assert_int_equal(run_word(story, &run, "list", more, NULL), 2);
	if (strstr(run_error(&run), why) == NULL)
		fail_msg("not \"%s\": %s", why, run_error(&run));
	assert_string_equal(run_output(&run), "");
	assert_int_equal(sim_request_count(&story->sim), 0);
	run_release(&run);
}

/* -- options --------------------------------------------------------------- */

static void
options_that_write_or_run_are_refused(void **state)
{
	static const char *const output[] = { "-o", "out.csv", NULL };
	static const char *const log[] = { "--log", "log", NULL };
	static const char *const demo[] = { "--demo", NULL };
	struct story *story = *state;
	char *before;

	sim_start(&story->sim, &story->home, NULL);
	before = tree_take(story->home.dir);
	expect_refused(story, output, "--output: restricted mode writes no");
	expect_refused(story, log, "--log: restricted mode writes no");
	expect_refused(story, demo, "--demo");
	tree_expect(story->home.dir, before);
	assert_int_equal(access("out.csv", F_OK), -1);
	assert_int_equal(access("log", F_OK), -1);
}

static void
a_configuration_of_ones_own_is_refused(void **state)
{
	char path[HOME_PATH_MAX];
	const char *const more[] = { "--config", path, NULL };
	struct story *story = *state;

	sim_start(&story->sim, &story->home, NULL);
	home_write_text(&story->home, "mine.conf", "utc = true\n");
	home_path(&story->home, "mine.conf", path);
	expect_refused(story, more, "its user may not write");
}

/* -- the environment ------------------------------------------------------- */

static void
no_variable_is_honoured(void **state)
{
	struct run run = { .out_fd = -1 };
	struct story *story = *state;
	struct args args;

	sim_start(&story->sim, &story->home, NULL);
	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "no = configuration\nrate = none\n");
	if (run_word(story, &run, "list", NULL, live_hostile_environment) != 0)
		fail_msg("%s", run_error(&run));
	assert_null(strstr(run_error(&run), "bantop: "));
	assert_non_null(strstr(run_output(&run), "+00:00"));
	run_release(&run);

	/* Without it, they would be. */
	args_init(&args, "bantop");
	args_add(&args, "list");
	sim_add_args(&story->sim, &args);
	args_add_two(&args, "--group", STORY_GROUP);
	assert_int_not_equal(run_program(&run, &story->home, args.list,
	                         live_hostile_environment),
	    0);
	run_release(&run);
}

/* -- keys ------------------------------------------------------------------ */

static void
keys_that_write_are_refused_with_a_word(void **state)
{
	struct story *story = *state;
	char *before;

	begin(story, STORY_GROUP, NULL);
	before = tree_take(story->home.dir);
	story_type(story, "w");
	story_wait(story, "restricted: no files are written");
	story_control(story, 'l');
	story_type(story, ":write\r");
	story_wait(story, "restricted: no files are written");
	story_control(story, 'z');
	story_wait(story, "restricted: there is no shell");
	story_type(story, "jjG yYv-aUq*x");
	story_escape(story);
	story_control(story, 'c');
	story_quit(story);
	tree_expect(story->home.dir, before);
}

static void
the_group_that_was_named_is_the_only_one(void **state)
{
	struct story *story = *state;
	size_t asked;

	begin(story, STORY_GROUP, NULL);
	asked = sim_request_count(&story->sim);
	story_type(story, "q");
	story_wait(story, "only the configured groups");
	story_type(story, "i");
	story_wait(story, "restricted: only the groups of the configuration");
	story_type(story, "R:fetch_groups\r");
	story_wait_gone(story, "command: ");
	assert_false(term_has(&story->term, "DEMO00002"));
	story_quit(story);
	assert_int_equal(sim_request_count(&story->sim), asked);
}

static void
no_other_region_can_be_gone_to(void **state)
{
	struct story *story = *state;

	begin(story, STORY_GROUP, NULL);
	story_type(story, "qq");
	story_wait(story, "choose a region");
	assert_false(term_has(&story->term, "Frankfurt"));
	assert_false(term_has(&story->term, "sgp"));
	story_quit(story);
}

/* The line of /proc/PID/status that begins so. */
static void
read_status(pid_t pid, const char *name, char out[64])
{
	struct err err = { .kind = ERR_NONE };
	struct buf status;
	const char *line;
	char path[64];

	snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
	buf_init(&status, TREE_MAX);
	if (!file_read(path, &status, &err))
		fail_msg("%s", err.text);
	line = strstr(buf_text(&status), name);
	assert_non_null(line);
	snprintf(out, 64, "%.*s", (int)strcspn(line, "\n"), line);
	buf_release(&status);
}

static void
the_kernel_is_told_that_nothing_will_be_run(void **state)
{
	static const char *const sim[] = { "--members", "30", NULL };
	const struct story_options usual = { .sim = sim, .group = STORY_GROUP };
	struct story *story = *state;
	char line[64];

	story_begin(story, &usual);
	story_wait(story, " loaded, ");
	read_status(story->term.child.pid, "NoNewPrivs:", line);
	assert_string_equal(line, "NoNewPrivs:\t1");
	story_quit(story);
}

/* -- with a configuration in /etc ------------------------------------------ */

static void
the_systems_file_alone_makes_it_hold(void **state)
{
	struct story *story = *state;

	live_configure(story, "restricted = true",
	    " groups = { \"" STORY_GROUP "\" }");
	live_begin(story, NULL, live_hostile_environment);
	story_wait(story, "choose a region");
	story_type(story, "\r");
	story_wait(story, "only the configured groups");
	story_type(story, "i");
	story_wait(story, "restricted: only the groups");
	story_type(story, "\r");
	story_wait(story, " loaded, ");
	story_quit(story);
}

static void
the_users_file_is_not_read_and_cannot_turn_it_off(void **state)
{
	struct story *story = *state;

	live_configure(story, "restricted = true", "");
	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "restricted = false\nrate = none\n");
	live_begin(story, NULL, NULL);
	story_wait(story, "choose a region");
	story_control(story, 'z');
	story_wait(story, "restricted: there is no shell");
	story_quit(story);
}

static void
the_users_file_cannot_ask_for_it_by_halves(void **state)
{
	struct run run = { .out_fd = -1 };
	struct story *story = *state;
	struct args args;

	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "restricted = true\n");
	args_init(&args, "bantop");
	args_add_two(&args, "list", "--group=x");
	assert_int_equal(run_program(&run, &story->home, args.list, NULL), 2);
	assert_non_null(strstr(run_error(&run), "/etc/bantop/bantop.conf"));
	run_release(&run);
}

static void
an_idle_session_is_ended(void **state)
{
	struct story *story = *state;

	live_configure(story, "restricted = true\nidle_timeout = 1", "");
	live_begin(story, NULL, NULL);
	story_expect_exit(story, 0);
	assert_non_null(strstr(buf_text(&story->term.raw),
	    "bantop: left after 1 s without a key"));
}

static void
a_command_in_the_configuration_is_refused(void **state)
{
	struct story *story = *state;

	own_system_configure("restricted = true\nprofile live {\n"
	                     " region = \"sgp\"\n app_id = 1\n"
	                     " admin = \"a\"\n"
	                     " secret_key_command = \"touch ran\"\n}\n");
	live_begin(story, NULL, NULL);
	story_expect_exit(story, 2);
	assert_int_equal(access("ran", F_OK), -1);
}

static void
a_sandbox_that_is_required_is_there_or_it_does_not_start(void **state)
{
	struct run run = { .out_fd = -1 };
	struct story *story = *state;
	struct args args;
	int status;

	live_configure(story, "sandbox = \"required\"", "");
	args_init(&args, "bantop");
	args_add_two(&args, "-p", "live");
	args_add_two(&args, "list", "--restricted");
	args_add_two(&args, "--group", STORY_GROUP);
	status = run_program(&run, &story->home, args.list, NULL);
	if (status == 0)
		assert_non_null(strstr(run_output(&run), "account\t"));
	else
		assert_non_null(strstr(run_error(&run), "no Landlock"));
	run_release(&run);
}

static void
sessions_and_groups_are_told_to_syslog(void **state)
{
	static const char *const environment[] = {
		"SSH_CONNECTION=192.0.2.7 51000 192.0.2.1 22", NULL
	};
	struct story *story = *state;
	int log = own_system_open_log();

	live_configure(story, "restricted = true",
	    " groups = { \"" STORY_GROUP "\" }");
	live_begin(story, NULL, environment);
	own_system_wait_log(log,
	    "from=192.0.2.7 command=ui profile=live region=");
	story_wait(story, "choose a region");
	story_type(story, "\r\r");
	own_system_wait_log(log, "group=" STORY_GROUP);
	story_wait(story, " loaded, ");
	story_quit(story);
	own_system_wait_log(log, "end uid=");
	close(log);
}

int
main(void)
{
	const struct CMUnitTest everywhere[] = {
		STORY(options_that_write_or_run_are_refused),
		STORY(a_configuration_of_ones_own_is_refused),
		STORY(no_variable_is_honoured),
		STORY(keys_that_write_are_refused_with_a_word),
		STORY(the_group_that_was_named_is_the_only_one),
		STORY(no_other_region_can_be_gone_to),
		STORY(the_kernel_is_told_that_nothing_will_be_run),
		STORY(the_users_file_cannot_ask_for_it_by_halves),
	};
	const struct CMUnitTest with_etc[] = {
		LIVE(the_systems_file_alone_makes_it_hold),
		LIVE(the_users_file_is_not_read_and_cannot_turn_it_off),
		LIVE(an_idle_session_is_ended),
		LIVE(a_command_in_the_configuration_is_refused),
		LIVE(a_sandbox_that_is_required_is_there_or_it_does_not_start),
		LIVE(sessions_and_groups_are_told_to_syslog),
	};
	bool own = own_system_enter();
	int failed = cmocka_run_group_tests(everywhere, NULL, NULL);

	if (!own) {
		print_message("no system of its own here: %zu not run\n",
		    sizeof with_etc / sizeof with_etc[0]);
		return failed;
	}
	return failed + cmocka_run_group_tests(with_etc, NULL, NULL);
}
