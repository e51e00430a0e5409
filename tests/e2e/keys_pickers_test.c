/*
 * The keys of the screens on which a region and a group are chosen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/story.h"

static void
begin_on_groups(struct story *story, const struct story_options *options)
{
	story_begin(story, options);
	story_wait(story, "choose a region");
	story_type(story, "\r");
	story_wait(story, "choose a group");
}

static void
a_slash_narrows_regions_until_escape(void **state)
{
	/* Without an endpoint there are the built-in ones; no call is made. */
	struct term_options options = { .rows = 24, .cols = 80 };
	struct story *story = *state;
	struct args *args = &story->args;

	home_write_text(&story->home, "key",
	    "0123456789abcdef0123456789abcdef"
	    "0123456789abcdef0123456789abcdef");
	home_path(&story->home, "key", story->sim.key_file);
	args_init(args, "bantop");
	args_add_two(args, "--app-id", "1400000123");
	args_add_two(args, "--admin", "administrator");
	args_add_two(args, "--secret-key-file", story->sim.key_file);
	args_add(args, "--no-state");
	options.argv = args->list;
	term_start(&story->term, &story->home, &options);
	story_wait(story, "Singapore");
	assert_true(term_has(&story->term, "Jakarta"));
	assert_true(term_has(&story->term, "legacy"));
	assert_true(term_has(&story->term, "unverified"));
	story_type(story, "jj");
	story_wait_cursor(story, "kr ");
	story_type(story, "/sing");
	story_wait_gone(story, "Jakarta");
	assert_true(term_has(&story->term, "Singapore"));
	story_type(story, "apURE\r");
	story_wait(story, "no region matches singapURE");
	story_escape(story);
	story_wait(story, "Jakarta");
	story_type(story, "Gk");
	story_wait_cursor(story, "ind ");
	story_type(story, "/tokyo\r\r");
	story_wait(story, "choose a group");
	assert_true(term_has(&story->term, "jpn"));
	story_quit(story);
}

static void
a_slash_narrows_groups_by_id_name_and_type(void **state)
{
	const struct story_options options = { .sim = NULL };
	struct story *story = *state;

	begin_on_groups(story, &options);
	story_type(story, "R");
	story_wait(story, "Announcements");
	story_type(story, "/lobby");
	story_wait_gone(story, "Announcements");
	assert_true(term_has(&story->term, "lobby-01"));
	story_escape(story);
	story_wait(story, "Announcements");
	story_type(story, "/back row\r");
	story_wait_gone(story, "Announcements");
	assert_true(term_has(&story->term, "friday-live"));
	story_escape(story);
	story_wait(story, "Announcements");
	story_type(story, "/bchat\r");
	story_wait_gone(story, "friday-live");
	story_wait_cursor(story, "broadcast-1");
	story_type(story, "\r");
	story_wait(story, " loaded, ");
	story_quit(story);
}

static void
a_pin_lasts_and_has_a_digit(void **state)
{
	const struct story_options options = { .state = true };
	const struct story_options opened = { .state = true,
		.group = "friday-live" };
	struct story *story = *state;

	begin_on_groups(story, &options);
	story_type(story, "R");
	story_wait(story, "one-ban");
	story_type(story, "/one-ban\r*");
	story_wait(story, ">*1  one-ban");
	story_quit(story);
	story_begin_again(story, &opened);
	story_wait(story, " loaded, ");
	assert_false(term_has(&story->term, "one-ban"));
	story_type(story, "1"); /* from the bans of another group */
	story_wait(story, "1 loaded, complete");
	assert_true(term_has(&story->term, "one-ban"));
	story_type(story, "q");
	story_wait(story, "choose a group");
	story_type(story, "2");
	story_wait(story, "no group there: i types an id, R fetches them");
	story_type(story, "1");
	story_wait(story, "1 loaded, complete");
	story_type(story, "q");
	story_wait_cursor(story, ">*1  one-ban");
	story_type(story, "*");
	story_wait_gone(story, ">*1  one-ban");
	story_quit(story);
}

static void
configured_groups_come_first_and_zero_is_the_tenth(void **state)
{
	static const char config[] =
	    "profile live {\n"
	    "  groups = { \"lobby-01\", \"g2\", \"g3\", \"g4\", \"g5\",\n"
	    "    \"g6\", \"g7\", \"g8\", \"g9\", \"one-ban\", \"g11\" }\n"
	    "  marker = \"LIVE\"\n"
	    "}\n";
	static const char *const more[] = { "--profile", "live", NULL };
	const struct story_options options = { .more = more };
	struct story *story = *state;

	home_write_text(&story->home, "config/bantop/bantop.conf", config);
	begin_on_groups(story, &options);
	story_wait(story, ">*1  lobby-01");
	assert_true(term_has(&story->term, "*9  g9"));
	assert_true(term_has(&story->term, "*0  one-ban"));
	assert_true(term_has(&story->term, "LIVE"));
	story_type(story, "*");
	story_wait(story, "this group stands in the configuration");
	story_type(story, "x");
	story_wait(story, "only pinned and recent groups can be forgotten");
	story_type(story, "0");
	story_wait(story, "1 loaded, complete");
	assert_true(term_has(&story->term, "one-ban"));
	assert_int_equal(sim_request_count(&story->sim), 1);
	story_quit(story);
}

static void
forgetting_asks_and_no_is_the_default(void **state)
{
	const struct story_options options = { .group = "one-ban" };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "1 loaded, complete");
	story_type(story, "q");
	story_wait_cursor(story, "one-ban");
	story_type(story, "x");
	story_wait(story, "forget one-ban?");
	story_type(story, "\r");
	story_wait_gone(story, "forget one-ban?");
	assert_true(term_has(&story->term, "one-ban"));
	story_type(story, "x");
	story_wait(story, "forget one-ban?");
	story_escape(story);
	story_wait_gone(story, "forget one-ban?");
	assert_true(term_has(&story->term, "one-ban"));
	/* What was typed ahead is no answer. */
	term_send(&story->term, "xy", 2);
	story_wait(story, "forget one-ban?");
	story_expect_rest(story, 1);
	assert_true(term_has(&story->term, "forget one-ban?"));
	story_type(story, "y");
	story_wait(story, "no group was opened here yet");
	story_quit(story);
}

static void
escape_stops_the_fetching_of_groups(void **state)
{
	static const char *const sim[] = { "--fault", "hang@groupsx1", NULL };
	const struct story_options options = { .sim = sim };
	struct story *story = *state;

	begin_on_groups(story, &options);
	story_type(story, "R");
	sim_wait_count(&story->sim, "get_appid_group_list", -1, 1);
	story_wait(story, "Esc stops");
	story_escape(story);
	story_wait_gone(story, "Esc stops");
	story_type(story, "R");
	story_wait(story, "Announcements");
	/* A slow first handshake may bring the second call in too early. */
	assert_in_range(sim_count(&story->sim, "get_appid_group_list", -1), 2,
	    3);
	story_quit(story);
}

static void
a_refused_list_of_groups_says_why(void **state)
{
	static const char *const sim[] = { "--fault", "code:60010@groupsx1",
		NULL };
	const struct story_options options = { .sim = sim };
	struct story *story = *state;

	begin_on_groups(story, &options);
	story_type(story, "R");
	story_wait(story, "E60010");
	story_type(story, "R");
	story_wait(story, "Announcements");
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(a_slash_narrows_regions_until_escape),
		STORY(a_slash_narrows_groups_by_id_name_and_type),
		STORY(a_pin_lasts_and_has_a_digit),
		STORY(configured_groups_come_first_and_zero_is_the_tenth),
		STORY(forgetting_asks_and_no_is_the_default),
		STORY(escape_stops_the_fetching_of_groups),
		STORY(a_refused_list_of_groups_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
