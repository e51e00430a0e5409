/*
 * A terminal that is gone ends the program, at once and without a storm of
 * work: also when the hang-up itself is not told, as under nohup.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"
#include "e2e/support/run.h"
#include "e2e/support/story.h"

/* Of processor time, from the hang-up to the end. */
enum { CPU_MAX_US = 50000 };

static const char told[] = "exec \"$@\"";
static const char untold[] = "trap '' HUP; exec \"$@\"";

/* The last word is a shell's that starts the program as its own self. */
static void
begin(struct story *story, const char *script, const char *const *sim,
    const char *const *more)
{
	sim_stop(&story->sim);
	term_release(&story->term);
	story_start_by_shell(story, script, sim, more);
}

static void
expect_end(struct story *story)
{
	struct child *child = &story->term.child;
	int64_t before_us = child_cpu_us(child);

	term_hang_up(&story->term);
	child_wait(child, deadline_in_s(DEADLINE_USUAL_S));
	assert_int_equal(child->signal, SIGHUP);
	print_message("%ld us\n", (long)(child->cpu_us - before_us));
	assert_true(child->cpu_us - before_us <= CPU_MAX_US);
}

static void
it_ends_at_rest(void **state)
{
	static const char *const sim[] = { "--members", "50", "--now",
		STORY_FAR, NULL };
	static const char *const scripts[] = { told, untold };
	struct story *story = *state;

	for (size_t i = 0; i < 2; i++) {
		begin(story, scripts[i], sim, NULL);
		story_wait(story, "50 loaded, complete");
		story_wait_gone(story, "of 10/s");
		expect_end(story);
	}
}

static void
it_ends_while_a_call_hangs(void **state)
{
	static const char *const sim[] = { "--fault", "hang", NULL };
	static const char *const more[] = { "--timeout", "300", NULL };
	static const char *const scripts[] = { told, untold };
	struct story *story = *state;

	for (size_t i = 0; i < 2; i++) {
		begin(story, scripts[i], sim, more);
		story_wait(story, "loading page 1, Esc stop");
		sim_wait_count(&story->sim, STORY_BANS, 0, 1);
		expect_end(story);
	}
}

static void
it_ends_in_the_middle_of_a_load_all(void **state)
{
	static const char *const sim[] = { "--members", "60000", "--rate", "0",
		NULL };
	static const char *const scripts[] = { told, untold };
	struct story *story = *state;

	for (size_t i = 0; i < 2; i++) {
		begin(story, scripts[i], sim, NULL);
		story_wait(story, " loaded, ");
		story_type(story, "A");
		sim_wait_count(&story->sim, STORY_BANS, -1, 4);
		expect_end(story);
	}
}

static void
it_ends_with_a_prompt_or_a_pane_open(void **state)
{
	static const char *const sim[] = { "--members", "50", "--now",
		STORY_FAR, NULL };
	static const char *const keys[] = { "/", ":", "w", "s", "!", "P" };
	static const char *const shown[] = { "find", "command:", "write to",
		"permanent", "get_group_ban_member", "any key returns" };
	struct story *story = *state;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		begin(story, untold, sim, NULL);
		story_wait(story, "50 loaded, complete");
		story_type(story, keys[i]);
		story_wait(story, shown[i]);
		expect_end(story);
	}
}

/* The prompt for the key stands on the terminal, too. */
static void
it_ends_at_the_prompt_for_the_key(void **state)
{
	struct term_options term = { .rows = 24, .cols = 80 };
	struct story *story = *state;
	struct args *args = &story->args;
	struct child *child = &story->term.child;
	int64_t before_us;

	args_init(args, "bantop");
	args->list[0] = "/bin/sh";
	args_add_two(args, "-c", untold);
	args_add_two(args, "sh", args->program);
	args_add_two(args, "--region", "sgp");
	args_add_two(args, "--app-id", "1400000001");
	args_add_two(args, "--admin", "administrator");
	term.argv = args->list;
	term_start(&story->term, &story->home, &term);
	story_wait(story, "secret key (not shown)");
	before_us = child_cpu_us(child);
	term_hang_up(&story->term);
	child_wait(child, deadline_in_s(DEADLINE_USUAL_S));
	assert_int_equal(child->exit_code, 6);
	assert_true(child->cpu_us - before_us <= CPU_MAX_US);
}

/* What prints has lost its reader. */
static void
a_list_ends_with_its_terminal(void **state)
{
	static const char *const sim[] = { "--members", "60000", "--rate", "0",
		"--latency", "20", NULL };
	static const char *const scripts[] = { told, untold };
	static const char *const more[] = { "list", "--rate", "200", NULL };
	struct story *story = *state;
	struct child *child = &story->term.child;

	for (size_t i = 0; i < 2; i++) {
		begin(story, scripts[i], sim, more);
		story_wait(story, "banned");
		term_hang_up(&story->term);
		child_wait(child, deadline_in_s(DEADLINE_USUAL_S));
		assert_true(i == 0 ? child->signal == SIGHUP
		                   : child->exit_code == 2);
		assert_true(sim_count(&story->sim, STORY_BANS, -1) < 600);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(it_ends_at_rest),
		STORY(it_ends_while_a_call_hangs),
		STORY(it_ends_in_the_middle_of_a_load_all),
		STORY(it_ends_with_a_prompt_or_a_pane_open),
		STORY(it_ends_at_the_prompt_for_the_key),
		STORY(a_list_ends_with_its_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
