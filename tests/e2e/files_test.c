/*
 * Files that cannot be what they should: links, FIFOs, folders, devices. Each
 * is one clear line and the status of a mistake in use; nothing is asked of
 * the service, and what was there stays.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/trials.h"

/* Wide enough for a path and what is wrong with it. */
enum { WIDE = 160 };

static const char kept[] = "what was there\n";

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* -- what is in the way ---------------------------------------------------- */

static const char *const obstacles[] = { "link", "dangling", "fifo", "folder",
	"loop", "/dev/full", "/dev/zero", "missing/file" };

/* In the folder @p name of the home. */
static void
make_obstacles(const struct home *home)
{
	char path[HOME_PATH_MAX], target[HOME_PATH_MAX];

	home_write_text(home, "real", kept);
	home_path(home, "real", target);
	home_path(home, "link", path);
	assert_int_equal(symlink(target, path), 0);
	home_path(home, "dangling", path);
	assert_int_equal(symlink("nowhere", path), 0);
	home_path(home, "loop", path);
	assert_int_equal(symlink("loop", path), 0);
	home_path(home, "fifo", path);
	assert_int_equal(mkfifo(path, 0600), 0);
	home_path(home, "folder", path);
	assert_int_equal(mkdir(path, 0700), 0);
}

static void
obstacle_path(const struct home *home, const char *name,
    char path[HOME_PATH_MAX])
{
	if (name[0] == '/')
		(void)snprintf(path, HOME_PATH_MAX, "%s", name);
	else
		home_path(home, name, path);
}

static void
what_is_no_file_is_refused_before_anything_is_asked(void **state)
{
	static const struct {
		const char *option;
		int status;
		bool reads; /* a link to a file is one */
	} options[] = {
		{ "--output", 2, false },
		{ "--log", 2, false },
		{ "--config", 2, true },
		{ "--cacert", 2, true },
		{ "--secret-key-file", 6, true },
	};
	struct story *story = *state;
	char path[HOME_PATH_MAX];

	sim_start(&story->sim, &story->home, NULL);
	make_obstacles(&story->home);
	for (size_t i = 0; i < COUNT(options); i++) {
		for (size_t j = 0; j < COUNT(obstacles); j++) {
			if (options[i].reads &&
			    strcmp(obstacles[j], "link") == 0)
				continue;
			obstacle_path(&story->home, obstacles[j], path);
			trials_expect_refused(story, options[i].option, path,
			    options[i].status);
		}
	}
	assert_int_equal(sim_request_count(&story->sim), 0);
	trials_expect_text(&story->home, "real", kept);
	trials_expect_absent(&story->home, "nowhere");
}

static void
a_theme_that_is_no_file_is_refused(void **state)
{
	static const char folder[] = "config/bantop/themes";
	struct story *story = *state;
	struct run run = { .out_fd = -1 };
	char path[HOME_PATH_MAX];
	struct args args;

	home_write_text(&story->home, "config/bantop/themes/x", "");
	for (size_t i = 0; i < 4; i++) {
		char name[HOME_PATH_MAX];

		(void)snprintf(name, sizeof(name), "%s/t%zu.theme", folder, i);
		home_path(&story->home, name, path);
		assert_int_equal(i == 0 ? mkfifo(path, 0600)
		        : i == 1        ? mkdir(path, 0700)
		        : i == 2        ? symlink("/dev/zero", path)
		                        : symlink("nowhere", path),
		    0);
		(void)snprintf(name, sizeof(name), "t%zu", i);
		args_init(&args, "bantop");
		args_add_two(&args, "--theme", name);
		args_add(&args, "--check-config");
		assert_int_equal(run_program(&run, &story->home, args.list,
		                     NULL),
		    2);
		trials_expect_one_line(&run);
		run_release(&run);
	}
}

/* A FIFO or a folder in its place is a notice; nothing waits for a writer. */
static void
a_state_that_is_no_file_is_a_notice(void **state)
{
	static const char *const sim[] = { "--members", "5", NULL };
	const struct story_options options = {
		.sim = sim,
		.group = STORY_GROUP,
		.state = true,
		.cols = WIDE,
	};
	struct story *story = *state;
	char path[HOME_PATH_MAX];

	sim_start(&story->sim, &story->home, sim);
	home_write_text(&story->home, "state/bantop/x", "");
	home_path(&story->home, "state/bantop/state", path);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(i == 0 ? mkfifo(path, 0600)
		        : i == 1        ? mkdir(path, 0700)
		                        : symlink("/dev/full", path),
		    0);
		story_begin_again(story, &options);
		story_wait(story, "state/bantop/state");
		story_wait(story, " loaded, ");
		story_quit(story);
		assert_int_equal(remove(path), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(what_is_no_file_is_refused_before_anything_is_asked),
		STORY(a_theme_that_is_no_file_is_refused),
		STORY(a_state_that_is_no_file_is_a_notice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
