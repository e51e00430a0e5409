/*
 * Disks that are full, files that may not grow, homes that cannot be written:
 * what does not fit is said in one line, leaves what was there, and stops no
 * screen.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "e2e/support/own_system.h"
#include "e2e/support/trials.h"

/* Wide enough for a path and what is wrong with it. */
enum { TEXT_MAX = 1024 * 1024, WIDE = 160 };

static const char kept[] = "what was there\n";

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* -- limits ------------------------------------------------------------ */

/* Under a shell that lets files grow to so many blocks of 512 bytes. */
static void
wrap(struct args *args, const char *blocks, char script[64])
{
	(void)snprintf(script, 64, "ulimit -f %s; exec \"$@\"", blocks);
	args_init(args, "bantop");
	args->list[0] = "/bin/sh";
	args_add_two(args, "-c", script);
	args_add_two(args, "sh", args->program);
}

static void
run_limited(struct story *story, struct run *run, const char *option,
    const char *value, int status)
{
	struct args args;
	char script[64];

	wrap(&args, "8", script);
	sim_add_args(&story->sim, &args);
	args_add_two(&args, "list", "--force");
	args_add_two(&args, "--group", STORY_GROUP);
	args_add_two(&args, option, value);
	if (run_program(run, &story->home, args.list, NULL) != status)
		fail_msg("%s", run_error(run));
	trials_expect_one_line(run);
}

static void
an_export_that_does_not_fit_leaves_what_was_there(void **state)
{
	static const char *const sim[] = { "--members", "500", NULL };
	struct story *story = *state;
	struct run run = { .out_fd = -1 };
	char path[HOME_PATH_MAX];

	sim_start(&story->sim, &story->home, sim);
	home_path(&story->home, "out.tsv", path);
	run_limited(story, &run, "--output", path, 2);
	assert_non_null(strstr(run_error(&run), "File too large"));
	trials_expect_absent(&story->home, "out.tsv");
	trials_expect_absent(&story->home, "out.tsv.partial");
	run_release(&run);
	home_write_text(&story->home, "out.tsv", kept);
	run_limited(story, &run, "--output", path, 2);
	trials_expect_text(&story->home, "out.tsv", kept);
	run_release(&run);
}

static size_t
count_lines(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += *text == '\n' ? 1 : 0;
	return count;
}

static void
a_log_that_does_not_fit_is_said_behind_all_the_rows(void **state)
{
	static const char *const sim[] = { "--members", "3000", "--rate", "0",
		NULL };
	struct story *story = *state;
	struct err err = { .kind = ERR_NONE };
	struct run run = { .out_fd = -1 };
	char path[HOME_PATH_MAX];
	struct buf log;

	sim_start(&story->sim, &story->home, sim);
	home_path(&story->home, "log", path);
	run_limited(story, &run, "--log", path, 2);
	assert_non_null(strstr(run_error(&run), "/log: File too large"));
	assert_int_equal(count_lines(run_output(&run)), 3001);
	run_release(&run);
	buf_init(&log, TEXT_MAX);
	if (!file_read(path, &log, &err))
		fail_msg("%s", err.text);
	assert_true(log.len > 0);
	assert_int_equal(buf_text(&log)[log.len - 1], '\n');
	buf_release(&log);
}

static void
write_to(struct story *story, const char *path)
{
	story_type(story, "w");
	story_wait(story, "write to: ");
	story_control(story, 'u');
	story_type(story, path);
	story_type(story, "\r");
}

/* What is on the screen goes through no file that a limit could cut. */
static void
a_screen_says_what_does_not_fit_and_goes_on(void **state)
{
	static const char *const sim[] = { "--members", "1500", "--rate", "0",
		"--now", STORY_FAR, NULL };
	struct term_options term = { .rows = 24, .cols = WIDE };
	struct story *story = *state;
	char path[HOME_PATH_MAX], script[64];

	sim_start(&story->sim, &story->home, sim);
	wrap(&story->args, "64", script);
	sim_add_args(&story->sim, &story->args);
	args_add_two(&story->args, "--group", STORY_GROUP);
	term.argv = story->args.list;
	term_start(&story->term, &story->home, &term);
	story_wait(story, " loaded, ");
	story_type(story, "A");
	story_wait(story, "1,500 loaded, complete");
	home_path(&story->home, "out.csv", path);
	write_to(story, path);
	story_wait(story, "File too large");
	trials_expect_absent(&story->home, "out.csv");
	story_escape(story);
	story_wait_gone(story, "write to: ");
	story_quit(story);
}

/* -- disks of one's own ---------------------------------------------------- */

/* A disk of so many bytes as the folder "disk" of the home. */
static void
mount_disk(const struct home *home, const char *size)
{
	char path[HOME_PATH_MAX], options[64];

	home_path(home, "disk", path);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)snprintf(options, sizeof(options), "size=%s,mode=700", size);
	assert_int_equal(mount("tmpfs", path, "tmpfs", 0, options), 0);
}

static void
protect_disk(const struct home *home)
{
	char path[HOME_PATH_MAX];

	home_path(home, "disk", path);
	assert_int_equal(mount(NULL, path, NULL, MS_REMOUNT | MS_RDONLY, NULL),
	    0);
}

static int
disk_tear_down(void **state)
{
	const struct story *story = *state;
	char path[HOME_PATH_MAX];

	home_path(&story->home, "disk", path);
	(void)umount2(path, MNT_DETACH);
	return story_tear_down(state);
}

/* All that the program writes goes to the disk. */
static void
begin_on_disk(struct story *story, const char *log)
{
	static char state_home[HOME_PATH_MAX + 32];
	static const char *const environment[] = { state_home, NULL };
	const char *const more[] = { "--log", log, NULL };
	const struct story_options options = {
		.more = log != NULL ? more : NULL,
		.environment = environment,
		.group = STORY_GROUP,
		.state = true,
		.cols = WIDE,
	};

	(void)snprintf(state_home, sizeof(state_home),
	    "XDG_STATE_HOME=%s/disk/state", story->home.dir);
	story_begin_again(story, &options);
}

static void
a_full_disk_is_said_by_whatever_writes(void **state)
{
	static const char *const sim[] = { "--members", "900", "--rate", "0",
		"--now", STORY_FAR, NULL };
	struct story *story = *state;
	struct run run = { .out_fd = -1 };
	char path[HOME_PATH_MAX];

	sim_start(&story->sim, &story->home, sim);
	mount_disk(&story->home, "16k");
	home_path(&story->home, "disk/out.csv", path);
	assert_int_equal(trials_run_list(story, &run, "-o", path), 2);
	trials_expect_one_line(&run);
	assert_non_null(strstr(run_error(&run), "No space left on device"));
	trials_expect_absent(&story->home, "disk/out.csv");
	run_release(&run);

	begin_on_disk(story, NULL);
	story_wait(story, " loaded, ");
	story_type(story, "A");
	story_wait(story, "900 loaded, complete");
	write_to(story, path);
	story_wait(story, "No space left on device");
	trials_expect_absent(&story->home, "disk/out.csv");
	story_escape(story);
	story_wait_gone(story, "write to: ");
	story_quit(story);
}

/* Filled to the last block before the program comes. */
static void
a_disk_without_a_block_left_keeps_the_screen_going(void **state)
{
	static const char *const sim[] = { "--members", "5", NULL };
	static char block[4096];
	struct story *story = *state;
	char path[HOME_PATH_MAX];
	int fd;

	sim_start(&story->sim, &story->home, sim);
	mount_disk(&story->home, "16k");
	home_path(&story->home, "disk/ballast", path);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	while (write(fd, block, sizeof(block)) > 0)
		continue;
	(void)close(fd);
	home_path(&story->home, "disk/log", path);
	begin_on_disk(story, path);
	story_wait(story, "No space left on device");
	story_wait(story, " loaded, ");
	story_type(story, "e");
	story_wait(story, "disk/log: No space left");
	story_wait(story, "state/bantop");
	story_quit(story);
}

static void
a_disk_that_cannot_be_written_is_said(void **state)
{
	static const char *const sim[] = { "--members", "5", NULL };
	static const char *const options[] = { "--output", "--log" };
	struct story *story = *state;
	char path[HOME_PATH_MAX];

	sim_start(&story->sim, &story->home, sim);
	mount_disk(&story->home, "64k");
	protect_disk(&story->home);
	home_path(&story->home, "disk/file", path);
	for (size_t i = 0; i < COUNT(options); i++)
		trials_expect_refused(story, options[i], path, 2);
	assert_int_equal(sim_request_count(&story->sim), 0);
	begin_on_disk(story, NULL);
	story_wait(story, "Read-only file system");
	story_wait(story, " loaded, ");
	home_path(&story->home, "disk/file.csv", path);
	write_to(story, path);
	story_wait(story, "cannot create");
	story_escape(story);
	story_wait_gone(story, "write to: ");
	story_quit(story);
}

#define DISK(name) \
	cmocka_unit_test_setup_teardown(name, story_set_up, disk_tear_down)

int
main(void)
{
	const struct CMUnitTest everywhere[] = {
		STORY(an_export_that_does_not_fit_leaves_what_was_there),
		STORY(a_log_that_does_not_fit_is_said_behind_all_the_rows),
		STORY(a_screen_says_what_does_not_fit_and_goes_on),
	};
	const struct CMUnitTest with_disks[] = {
		DISK(a_full_disk_is_said_by_whatever_writes),
		DISK(a_disk_without_a_block_left_keeps_the_screen_going),
		DISK(a_disk_that_cannot_be_written_is_said),
	};
	bool own = own_system_enter();
	int failed = cmocka_run_group_tests(everywhere, NULL, NULL);

	if (!own) {
		print_message("no disks of its own here: %zu not run\n",
		    COUNT(with_disks));
		return failed;
	}
	return failed + cmocka_run_group_tests(with_disks, NULL, NULL);
}
