/*
 * Stories wait for what they expect; only "nothing happens" is watched for a
 * fixed time, and that cannot fail by being slow.
 */
#include "e2e/support/story.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"
#include "e2e/support/run.h"

enum { REST_MS = 150 };

static const char rate[] = " of 10/s";

int
story_set_up(void **state)
{
	struct story *story = calloc(1, sizeof(*story));

	if (story == NULL)
		return -1;
	*state = story;
	home_make(&story->home);
	return 0;
}

int
story_tear_down(void **state)
{
	struct story *story = *state;

	term_release(&story->term);
	sim_stop(&story->sim);
	home_remove(&story->home);
	free(story);
	return 0;
}

static void
add_sim(struct story *story)
{
	const struct sim *sim = &story->sim;
	struct args *args = &story->args;

	args_add_two(args, "--endpoint", sim->url);
	args_add_two(args, "--cacert", sim->cacert);
	args_add_two(args, "--app-id", sim->app_id);
	args_add_two(args, "--admin", sim->admin);
	args_add_two(args, "--secret-key-file", sim->key_file);
}

void
story_begin_again(struct story *story, const struct story_options *options)
{
	struct term_options term = {
		.rows = options->rows > 0 ? options->rows : 24,
		.cols = options->cols > 0 ? options->cols : 80,
		.environment = options->environment,
	};

	term_release(&story->term);
	args_init(&story->args, "bantop");
	add_sim(story);
	if (!options->state)
		args_add(&story->args, "--no-state");
	if (options->group != NULL)
		args_add_two(&story->args, "--group", options->group);
	args_add_all(&story->args, options->more);
	term.argv = story->args.list;
	term_start(&story->term, &story->home, &term);
}

void
story_begin(struct story *story, const struct story_options *options)
{
	sim_start(&story->sim, &story->home, options->sim);
	story_begin_again(story, options);
}

void
story_begin_bans(struct story *story, const char *members)
{
	const char *sim[] = { "--members", members, "--now", STORY_FAR, NULL };
	const struct story_options options = {
		.sim = sim,
		.group = STORY_GROUP,
	};

	story_begin(story, &options);
	story_wait(story, " loaded, ");
}

void
story_start_by_shell(struct story *story, const char *script,
    const char *const *sim, const char *const *more)
{
	struct term_options term = { .rows = 24, .cols = 80 };
	struct args *args = &story->args;

	sim_start(&story->sim, &story->home, sim);
	args_init(args, "bantop");
	args->list[0] = "/bin/sh";
	args_add_two(args, "-c", script);
	args_add_two(args, "sh", args->program);
	sim_add_args(&story->sim, args);
	args_add_two(args, "--group", STORY_GROUP);
	args_add_all(args, more);
	term.argv = args->list;
	term_start(&story->term, &story->home, &term);
}

void
story_begin_under_shell(struct story *story)
{
	static const char *const sim[] = { "--members", "50", "--now",
		STORY_FAR, NULL };
	static const char script[] =
	    "set -m; \"$@\"; echo \"back $?\"; read -r line; "
	    "fg >/dev/null; echo \"end $?\"; read -r line";

	story_start_by_shell(story, script, sim, NULL);
	story_wait(story, "50 loaded, complete");
}

void
story_type(struct story *story, const char *keys)
{
	term_type(&story->term, keys);
}

void
story_escape(struct story *story)
{
	term_key(&story->term, VTERM_KEY_ESCAPE, VTERM_MOD_NONE);
}

void
story_control(struct story *story, char letter)
{
	term_char(&story->term, (unsigned char)letter, VTERM_MOD_CTRL);
}

void
story_wait(struct story *story, const char *text)
{
	term_wait_text(&story->term, text);
}

void
story_wait_gone(struct story *story, const char *text)
{
	term_wait_gone(&story->term, text);
}

static bool
cursor_is_at(const struct term *term, void *user)
{
	char text[TERM_ROW_MAX];
	int row, col;

	term_cursor(term, &row, &col);
	term_row(term, row, text);
	return strstr(text, user) != NULL;
}

void
story_wait_cursor(struct story *story, const char *text)
{
	char wanted[TERM_ROW_MAX], what[TERM_ROW_MAX + 64];

	(void)snprintf(wanted, sizeof(wanted), "%s", text);
	(void)snprintf(what, sizeof(what), "the cursor on \"%s\"", text);
	term_wait(&story->term, cursor_is_at, wanted, what);
}

void
story_expect_exit(struct story *story, int exit_code)
{
	assert_int_equal(term_wait_exit(&story->term), exit_code);
}

void
story_quit(struct story *story)
{
	story_type(story, "Q");
	story_expect_exit(story, 0);
}

size_t
story_pages(const struct story *story)
{
	return sim_count(&story->sim, STORY_BANS, -1);
}

void
story_expect_rest(struct story *story, size_t pages)
{
	term_watch_ms(&story->term, REST_MS);
	assert_int_equal(story_pages(story), pages);
}

void
story_members_read(struct story_members *members, const struct story *story,
    const char *const *options)
{
	const char *at;
	struct args args;
	struct run run;

	args_init(&args, "bantop-sim");
	args_add(&args, "--print-members");
	args_add_all(&args, options);
	if (run_program(&run, &story->home, args.list, NULL) != 0)
		fail_msg("bantop-sim: %s", run_error(&run));
	buf_init(&members->text, RUN_OUTPUT_MAX);
	buf_put(&members->text, run.out.data, run.out.len);
	run_release(&run);
	members->count = 0;
	for (at = buf_text(&members->text); *at != '\0'; at++)
		members->count += *at == '\n' ? 1 : 0;
}

void
story_members_release(struct story_members *members)
{
	buf_release(&members->text);
}

void
story_members_at(const struct story_members *members, size_t index,
    char out[TERM_ROW_MAX])
{
	const char *at = buf_text(&members->text);

	assert_true(index < members->count);
	for (; index > 0; index--)
		at = strchr(at, '\n') + 1;
	(void)snprintf(out, TERM_ROW_MAX, "%.*s", (int)strcspn(at, "\t"), at);
}

static bool
is_moment(const char *text)
{
	static const char shape[] = "dd:dd:dd";
	size_t i;

	for (i = 0; shape[i] != '\0'; i++)
		if (shape[i] == 'd' ? !isdigit((unsigned char)text[i])
		                    : text[i] != shape[i])
			return false;
	return true;
}

/* @p text begins with " of 10/s". */
static void
blank_rate(char *text, const char *begin)
{
	memset(text, ' ', strlen(rate));
	for (; text > begin && isdigit((unsigned char)text[-1]); text--)
		text[-1] = ' ';
}

void
story_take_out_moments(char *text)
{
	char *at;

	for (at = text; *at != '\0'; at++) {
		if (is_moment(at))
			memcpy(at, "00:00:00", 8);
		if (strncmp(at, rate, strlen(rate)) == 0)
			blank_rate(at, text);
	}
}
