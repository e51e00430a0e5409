/*
 * Choosing a region and a group, and going back: what is chosen is typed,
 * fetched or remembered, and nothing is asked before it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/story.h"

/* -- choosing -------------------------------------------------------------- */

static void
a_region_and_a_typed_group_lead_to_the_bans(void **state)
{
	static const char *const sim[] = { "--members", "137", NULL };
	const struct story_options options = { .sim = sim };
	struct story *story = *state;
	struct sim_request request;

	story_begin(story, &options);
	story_wait(story, "choose a region");
	assert_true(term_has(&story->term, "127.0.0.1"));
	story_type(story, "\r");
	story_wait(story, "choose a group");
	assert_true(term_has(&story->term, "no group was opened here yet"));
	story_type(story, "i");
	story_wait(story, "group id:");
	assert_int_equal(sim_request_count(&story->sim), 0);
	story_type(story, STORY_GROUP "\r");
	story_wait(story, "100 loaded, more");
	assert_true(term_has(&story->term, STORY_GROUP));
	assert_int_equal(sim_request_count(&story->sim), 1);
	sim_request_at(&story->sim, 0, &request);
	assert_string_equal(request.command, STORY_BANS);
	assert_string_equal(request.group, STORY_GROUP);
	assert_string_equal(request.method, "POST");
	assert_int_equal(request.offset, 0);
	assert_int_equal(request.limit, 100);
	story_quit(story);
}

static void
a_bad_group_id_says_what_is_wrong_and_asks_nothing(void **state)
{
	static const struct {
		const char *id, *wrong;
	} bad[] = {
		{ "", "the group id is empty" },
		{ " a", "a space at its beginning" },
		{ "a ", "a space at its end" },
		{ "gr\xc3\xbcn", "byte 3 of the group id is no printable" },
		{ "0123456789012345678901234567890123456789012345678"
		  "012345678901234567890123456789012345678901234567",
		    "has 97 bytes, more than 96" },
	};
	const struct story_options options = { .sim = NULL };
	struct story *story = *state;
	size_t i;

	story_begin(story, &options);
	story_wait(story, "choose a region");
	story_type(story, "\r");
	story_wait(story, "choose a group");
	story_type(story, "i");
	story_wait(story, "group id:");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		term_send(&story->term, bad[i].id, strlen(bad[i].id));
		story_type(story, "\r");
		story_wait(story, bad[i].wrong);
		assert_true(term_has(&story->term, "group id:"));
		story_control(story, 'e');
		story_control(story, 'u');
		story_type(story, "x");
		story_wait_gone(story, bad[i].wrong);
		story_control(story, 'u');
	}
	story_escape(story);
	story_wait(story, "i type an id");
	assert_int_equal(sim_request_count(&story->sim), 0);
	story_quit(story);
}

static void
groups_are_fetched_on_r_with_names_and_types(void **state)
{
	static const char *const sim[] = { "--groups", "60", NULL };
	const struct story_options options = { .sim = sim };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "choose a region");
	story_type(story, "\r");
	story_wait(story, "choose a group");
	story_type(story, "R");
	story_wait(story, "Friday Live, back");
	assert_true(term_has(&story->term, "AVChatRoom"));
	assert_true(term_has(&story->term, "BChatRoom"));
	sim_wait_count(&story->sim, "get_group_info", -1, 2);
	story_type(story, "G");
	story_wait(story, "all of the application's: 60 groups");
	assert_int_equal(sim_count(&story->sim, "get_appid_group_list", -1), 1);
	assert_int_equal(sim_count(&story->sim, "get_group_info", -1), 2);
	assert_int_equal(story_pages(story), 0);
	story_type(story, "/empty-r");
	story_wait_gone(story, "friday-live");
	story_type(story, "\r\r");
	story_wait(story, "nobody is banned in this group");
	assert_true(term_has(&story->term, "Empty Room"));
	story_quit(story);
}

static void
a_recent_group_is_there_after_a_restart(void **state)
{
	const struct story_options first = { .state = true,
		.group = "friday-live" };
	const struct story_options second = { .state = true };
	struct story *story = *state;

	story_begin(story, &first);
	story_wait(story, " loaded, ");
	story_quit(story);
	assert_int_equal(story_pages(story), 1);
	story_begin_again(story, &second);
	story_wait(story, "choose a region");
	story_type(story, "\r");
	story_wait(story, "friday-live");
	story_wait_cursor(story, "friday-live");
	story_expect_rest(story, 1);
	assert_int_equal(sim_request_count(&story->sim), 1);
	story_type(story, "\r");
	story_wait(story, " loaded, ");
	story_expect_rest(story, 2);
	story_quit(story);
}

static void
without_state_nothing_is_remembered(void **state)
{
	const struct story_options first = { .group = "friday-live" };
	const struct story_options second = { .state = true };
	struct story *story = *state;

	story_begin(story, &first);
	story_wait(story, " loaded, ");
	story_quit(story);
	story_begin_again(story, &second);
	story_wait(story, "choose a region");
	story_type(story, "\r");
	story_wait(story, "no group was opened here yet");
	assert_false(term_has(&story->term, "friday-live"));
	story_quit(story);
}

/* -- going about ----------------------------------------------------------- */

static void
the_previous_group_is_one_key_away(void **state)
{
	const struct story_options options = { .group = "one-ban" };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "1 loaded, complete");
	story_type(story, "-");
	story_wait(story, "no group before this");
	story_type(story, "qiempty-room\r");
	story_wait(story, "nobody is banned in this group");
	story_type(story, "-");
	story_wait(story, "1 loaded, complete");
	assert_true(term_has(&story->term, "one-ban"));
	story_type(story, "-");
	story_wait(story, "nobody is banned in this group");
	assert_int_equal(story_pages(story), 4);
	story_quit(story);
}

static void
q_walks_back_through_group_and_region(void **state)
{
	const struct story_options options = { .group = "one-ban" };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "1 loaded, complete");
	story_type(story, "q");
	story_wait(story, "choose a group");
	story_type(story, "q");
	story_wait(story, "choose a region");
	assert_int_equal(sim_request_count(&story->sim), 1);
	story_type(story, "q");
	story_expect_exit(story, 0);
}

static void
escape_walks_back_but_never_leaves(void **state)
{
	const struct story_options options = { .group = "one-ban" };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "1 loaded, complete");
	story_escape(story);
	story_wait(story, "choose a group");
	story_escape(story);
	story_wait(story, "choose a region");
	story_escape(story);
	story_escape(story);
	story_type(story, "?");
	story_wait(story, "everywhere");
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(a_region_and_a_typed_group_lead_to_the_bans),
		STORY(a_bad_group_id_says_what_is_wrong_and_asks_nothing),
		STORY(groups_are_fetched_on_r_with_names_and_types),
		STORY(a_recent_group_is_there_after_a_restart),
		STORY(without_state_nothing_is_remembered),
		STORY(the_previous_group_is_one_key_away),
		STORY(q_walks_back_through_group_and_region),
		STORY(escape_walks_back_but_never_leaves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
