#include "e2e/support/trials.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "bantop/base/file.h"

enum { TEXT_MAX = 1024 * 1024 };

void
trials_expect_text(const struct home *home, const char *name, const char *text)
{
	struct err err = { .kind = ERR_NONE };
	char path[HOME_PATH_MAX];
	struct buf got;

	home_path(home, name, path);
	buf_init(&got, TEXT_MAX);
	if (!file_read(path, &got, &err))
		fail_msg("%s", err.text);
	assert_string_equal(buf_text(&got), text);
	buf_release(&got);
}

void
trials_expect_absent(const struct home *home, const char *name)
{
	struct stat status;
	char path[HOME_PATH_MAX];

	home_path(home, name, path);
	assert_int_equal(lstat(path, &status), -1);
}

void
trials_expect_one_line(const struct run *run)
{
	const char *said = run_error(run);
	const char *stop = strchr(said, '\n');

	if (strncmp(said, "bantop: ", 8) != 0 || stop == NULL ||
	    stop[1] != '\0')
		fail_msg("not one line: %s", said);
}

int
trials_run_list(struct story *story, struct run *run, const char *option,
    const char *value)
{
	struct args args;

	args_init(&args, "bantop");
	args_add(&args, "list");
	sim_add_args(&story->sim, &args);
	args_add_two(&args, "--group", STORY_GROUP);
	args_add(&args, "--force");
	args_add_two(&args, option, value);
	return run_program(run, &story->home, args.list, NULL);
}

void
trials_expect_refused(struct story *story, const char *option,
    const char *value, int status)
{
	struct run run = { .out_fd = -1 };

	print_message("%s %s\n", option, value);
	assert_int_equal(trials_run_list(story, &run, option, value), status);
	assert_string_equal(run_output(&run), "");
	trials_expect_one_line(&run);
	run_release(&run);
}
