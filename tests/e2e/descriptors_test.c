/*
 * Descriptors: those that are missing at the start, those that a command of
 * the user's inherits, and what is said on standard error while the screen
 * stands.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "e2e/support/run.h"
#include "e2e/support/story.h"

enum { TEXT_MAX = 4096, SEEN_MAX = 65536 };

static void
read_home(const struct home *home, const char *name, struct buf *out)
{
	struct err err = { .kind = ERR_NONE };
	char path[HOME_PATH_MAX];

	home_path(home, name, path);
	buf_init(out, SEEN_MAX);
	if (!file_read(path, out, &err))
		fail_msg("%s", err.text);
}

/* A profile live whose key comes by a command that looks around first. */
static void
configure(const struct story *story, const char *look)
{
	const struct sim *sim = &story->sim;
	char conf[TEXT_MAX];

	(void)snprintf(conf, sizeof(conf),
	    "no_state = true\nprofile live {\n endpoint = \"%s\"\n"
	    " cacert = \"%s\"\n app_id = %s\n admin = \"%s\"\n"
	    " secret_key_command = \"%s >%s/seen; cat %s\"\n}\n",
	    sim->url, sim->cacert, sim->app_id, sim->admin, look,
	    story->home.dir, sim->key_file);
	home_write_text(&story->home, "config/bantop/bantop.conf", conf);
}

/* -- missing at the start -------------------------------------------------- */

/* @param missing one bit for each of 0, 1, 2. */
static int
run_without(struct story *story, struct run *run, unsigned missing,
    const char *const *words)
{
	static const char *const closing[] = { "<&-", ">&-", "2>&-" };
	char script[64] = "exec \"$@\"";
	struct args args;

	for (unsigned i = 0; i < 3; i++) {
		size_t len = strlen(script);

		if ((missing & (1u << i)) != 0)
			(void)snprintf(script + len, sizeof(script) - len,
			    " %s", closing[i]);
	}
	args_init(&args, "bantop");
	args.list[0] = "/bin/sh";
	args_add_two(&args, "-c", script);
	args_add_two(&args, "sh", args.program);
	args_add_all(&args, words);
	return run_program(run, &story->home, args.list, NULL);
}

static void
what_is_missing_is_opened_and_nothing_else_goes_there(void **state)
{
	char path[HOME_PATH_MAX];
	const char *const words[] = { "-p", "live", "list", "--group",
		STORY_GROUP, "-o", path, "--force", NULL };
	struct story *story = *state;
	struct run run = { .out_fd = -1 };
	struct buf seen, rows;

	sim_start(&story->sim, &story->home, NULL);
	home_path(&story->home, "rows.tsv", path);
	for (unsigned missing = 0; missing < 8; missing++) {
		print_message("without %u\n", missing);
		configure(story,
		    "for i in 0 1 2; do readlink /proc/self/fd/\\$i; done");
		if (run_without(story, &run, missing, words) != 0)
			fail_msg("%s", run_error(&run));
		assert_string_equal(run_output(&run), "");
		assert_string_equal(run_error(&run), "");
		run_release(&run);
		read_home(&story->home, "rows.tsv", &rows);
		assert_int_equal(strncmp(buf_text(&rows), "account\t", 8), 0);
		assert_null(strstr(buf_text(&rows), "bantop"));
		buf_release(&rows);
		/* The command has its own 1; 0 and 2 are ours. */
		read_home(&story->home, "seen", &seen);
		assert_int_equal((missing & 1u) != 0,
		    strncmp(buf_text(&seen), "/dev/null\n", 10) == 0);
		assert_int_equal((missing & 4u) != 0,
		    strstr(buf_text(&seen) + 1, "\n/dev/null\n") != NULL);
		buf_release(&seen);
	}
}

static void
what_cannot_be_printed_is_not_done(void **state)
{
	static const char *const list[] = { "-p", "live", "list", "--group",
		STORY_GROUP, NULL };
	static const char *const help[] = { "--help", NULL };
	static const char *const screen[] = { "-p", "live", NULL };
	struct story *story = *state;
	struct run run = { .out_fd = -1 };

	sim_start(&story->sim, &story->home, NULL);
	configure(story, "true");
	for (unsigned missing = 0; missing < 8; missing++) {
		int want = (missing & 2u) != 0 ? 2 : 0;

		assert_int_equal(run_without(story, &run, missing, list), want);
		run_release(&run);
		assert_int_equal(run_without(story, &run, missing, help), want);
		run_release(&run);
		assert_int_equal(run_without(story, &run, missing, screen), 2);
		run_release(&run);
	}
}

/* -- inherited ------------------------------------------------------------- */

static void
expect_three(struct story *story, const char *const *words)
{
	struct run run = { .out_fd = -1 };
	struct args args;
	struct buf seen;

	configure(story, "ls /proc/self/fd");
	args_init(&args, "bantop");
	args_add_two(&args, "-p", "live");
	args_add_all(&args, words);
	if (run_program(&run, &story->home, args.list, NULL) != 0)
		fail_msg("%s", run_error(&run));
	run_release(&run);
	read_home(&story->home, "seen", &seen);
	print_message("%s", buf_text(&seen));
	/* The last one is its own: the folder that it reads. */
	assert_string_equal(buf_text(&seen), "0\n1\n2\n3\n");
	buf_release(&seen);
}

/* Each has opened something else by the time that it asks for the secret. */
static void
a_command_inherits_three_descriptors(void **state)
{
	char log[HOME_PATH_MAX], rows[HOME_PATH_MAX];
	const char *const list[] = { "list", "--group", STORY_GROUP, "--log",
		log, "-o", rows, "--force", NULL };
	const char *const doctor[] = { "doctor", "--log", log, "-o", rows,
		"--force", NULL };
	struct story *story = *state;

	sim_start(&story->sim, &story->home, NULL);
	home_path(&story->home, "log", log);
	home_path(&story->home, "rows", rows);
	expect_three(story, list);
	expect_three(story, doctor);
}

static void
a_command_of_the_screen_inherits_three(void **state)
{
	char log[HOME_PATH_MAX];
	struct term_options term = { .rows = 24, .cols = 80 };
	struct story *story = *state;
	struct buf seen;

	sim_start(&story->sim, &story->home, NULL);
	configure(story, "ls /proc/self/fd");
	home_path(&story->home, "log", log);
	args_init(&story->args, "bantop");
	args_add_two(&story->args, "-p", "live");
	args_add_two(&story->args, "--log", log);
	term.argv = story->args.list;
	term_start(&story->term, &story->home, &term);
	story_wait(story, "choose a region");
	read_home(&story->home, "seen", &seen);
	assert_string_equal(buf_text(&seen), "0\n1\n2\n3\n");
	buf_release(&seen);
	story_quit(story);
}

/* -- given up -------------------------------------------------------------- */

static void
expect_no_new_privileges(const struct story *story)
{
	struct err err = { .kind = ERR_NONE };
	struct buf status;
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/%ld/status",
	    (long)story->term.child.pid);
	buf_init(&status, SEEN_MAX);
	if (!file_read(path, &status, &err))
		fail_msg("%s", err.text);
	assert_non_null(strstr(buf_text(&status), "\nNoNewPrivs:\t1\n"));
	buf_release(&status);
}

/* A command that gives the secret may need privileges; we do not. */
static void
privileges_are_given_up_behind_a_command_too(void **state)
{
	struct term_options term = { .rows = 24, .cols = 80 };
	struct story *story = *state;
	struct buf seen;

	sim_start(&story->sim, &story->home, NULL);
	configure(story, "grep NoNewPrivs /proc/self/status");
	args_init(&story->args, "bantop");
	args_add_two(&story->args, "-p", "live");
	term.argv = story->args.list;
	term_start(&story->term, &story->home, &term);
	story_wait(story, "choose a region");
	expect_no_new_privileges(story);
	read_home(&story->home, "seen", &seen);
	assert_string_equal(buf_text(&seen), "NoNewPrivs:\t0\n");
	buf_release(&seen);
	story_quit(story);
}

/* -- standard error -------------------------------------------------------- */

/* What a library says there: into the very descriptor of the program, which
 * only root can open. @return false if we are not root. */
static bool
say_there(const struct story *story, const char *text)
{
	size_t len = strlen(text);
	char path[64];
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/%ld/fd/2",
	    (long)story->term.child.pid);
	fd = open(path, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 && errno == EACCES) {
		print_message("not root: not run\n");
		return false;
	}
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), len);
	(void)close(fd);
	return true;
}

static void
chatter_does_not_reach_the_screen(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "50");
	if (!say_there(story, "\x1b[2J\x1b[H** CHATTER **\n"))
		return;
	story_type(story, "j");
	story_wait(story, "ACCOUNT");
	story_quit(story);
	assert_null(strstr(buf_text(&story->term.raw), "CHATTER"));
}

/* Such as the words of an assertion. */
static void
what_is_said_before_a_crash_is_shown_behind_it(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "50");
	if (!say_there(story, "why\x1b[2J it\n"))
		return;
	child_signal(&story->term.child, SIGABRT);
	assert_int_equal(term_wait_exit(&story->term), -1);
	assert_int_equal(story->term.child.signal, SIGABRT);
	assert_false(story->term.altscreen);
	assert_true(term_has(&story->term, "why?[2J it"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(what_is_missing_is_opened_and_nothing_else_goes_there),
		STORY(what_cannot_be_printed_is_not_done),
		STORY(a_command_inherits_three_descriptors),
		STORY(a_command_of_the_screen_inherits_three),
		STORY(privileges_are_given_up_behind_a_command_too),
		STORY(chatter_does_not_reach_the_screen),
		STORY(what_is_said_before_a_crash_is_shown_behind_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
