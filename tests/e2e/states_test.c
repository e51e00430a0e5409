/*
 * States that a view can be in and that no other story brings about, each at
 * the usual size and where there is little room.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "e2e/support/story.h"

static void
make_narrow(struct story *story)
{
	term_resize(&story->term, 10, 40);
	term_wait_row(&story->term, 9, "? help  q ");
}

static void
begin(struct story *story, const char *const *sim, const char *const *more)
{
	const struct story_options options = {
		.sim = sim, .more = more, .group = STORY_GROUP
	};

	story_begin(story, &options);
}

static void
a_clock_that_is_ahead_is_said(void **state)
{
	static const char *const sim[] = { "--skew", "42", NULL };
	struct story *story = *state;

	begin(story, sim, NULL);
	term_wait_row(&story->term, 0, "clock +4");
	assert_false(term_has(&story->term, "clock off"));
	story_quit(story);
}

static void
a_clock_that_is_far_behind_is_warned_of(void **state)
{
	static const char *const sim[] = { "--skew", "-4000", NULL };
	struct story *story = *state;

	begin(story, sim, NULL);
	term_wait_row(&story->term, 0, "clock off -");
	story_type(story, "d");
	story_wait(story, "came in"); /* and the rest goes on as usual */
	story_quit(story);
}

static void
a_list_that_is_cut_says_where(void **state)
{
	static const char *const sim[] = { "--members", "250", "--now",
		STORY_FAR, NULL };
	static const char *const more[] = { "--max-rows", "120", NULL };
	struct story *story = *state;

	begin(story, sim, more);
	story_wait(story, "100 loaded, more");
	story_type(story, "A");
	story_wait(story, "120 loaded, cut");
	assert_false(term_has(&story->term, "complete"));
	story_type(story, "G");
	story_wait(story, "cut here: 120 rows is the limit");
	story_type(story, "A");
	story_wait(story, "no room for more rows: see --max-rows");
	make_narrow(story);
	story_wait(story, "120 loaded, cut");
	story_quit(story);
}

static void
what_is_not_there_is_not_found(void **state)
{
	static const char *const sim[] = { "--members", "250", "--now",
		STORY_FAR, NULL };
	struct story *story = *state;

	begin(story, sim, NULL);
	story_wait(story, "100 loaded, more");
	story_type(story, "/nobody-at-all\r");
	story_wait(story, "no match in the rows loaded so far");
	story_type(story, "&nobody-at-all\r");
	story_wait(story, "no row matches");
	story_wait(story, "0 of 100 loaded, more");
	story_wait(story, "PARTIAL");
	make_narrow(story);
	story_wait(story, "no row matches");
	story_wait(story, "PARTIAL");
	story_type(story, "A");
	story_wait(story, "complete");
	story_wait_gone(story, "PARTIAL");
	story_type(story, "n");
	story_wait(story, "no account matches");
	story_quit(story);
}

static void
no_group_and_no_region_match(void **state)
{
	const struct story_options options = { .rows = 24 };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "choose a region");
	story_type(story, "/nowhere\r");
	story_wait(story, "no region matches nowhere");
	make_narrow(story);
	story_wait(story, "no region matches nowhere");
	story_escape(story);
	story_wait_gone(story, "no region matches");
	story_type(story, "\rR");
	story_wait(story, "friday-live");
	story_type(story, "/nowhere\r");
	story_wait(story, "no group matches nowhere");
	term_resize(&story->term, 24, 80);
	story_wait(story, "no group matches nowhere");
	story_quit(story);
}

#define REPLY "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","

static void
write_fault(struct story *story, const char *name, const char *body,
    const char *where, char fault[HOME_PATH_MAX + 32])
{
	char path[HOME_PATH_MAX];

	home_write_text(&story->home, name, body);
	home_path(&story->home, name, path);
	(void)snprintf(fault, HOME_PATH_MAX + 32, "body:%s@%s", path, where);
}

static void
a_nickname_may_be_refused_or_was_never_set(void **state)
{
	static const char solo[] =
	    REPLY "\"BannedAccountList\":[{\"Member_Account\":\"solo\","
	          "\"BannedUntil\":4000000000}],\"NextOffset\":0}";
	static const char refused[] =
	    "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":40003,"
	    "\"ErrorInfo\":\"not imported\"}";
	static const char never[] = REPLY
	    "\"UserProfileItem\":[{\"To_Account\":\"solo\",\"ResultCode\":0}]}";
	struct story *story = *state;
	char faults[3][HOME_PATH_MAX + 32];
	const char *sim[] = { "--fault", faults[0], "--fault", faults[1],
		"--fault", faults[2], NULL };

	write_fault(story, "solo", solo, "list", faults[0]);
	write_fault(story, "refused", refused, "profilex1", faults[1]);
	write_fault(story, "never", never, "profile", faults[2]);
	begin(story, sim, NULL);
	story_wait(story, "1 loaded, complete");
	story_type(story, "dn");
	story_wait(story, "nickname   E40003");
	make_narrow(story);
	story_wait(story, "PgDn more");
	term_resize(&story->term, 24, 80);
	story_type(story, "n");
	story_wait(story, "nickname   never set");
	story_type(story, "e");
	story_wait(story, "40003"); /* it is among the errors */
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(a_clock_that_is_ahead_is_said),
		STORY(a_clock_that_is_far_behind_is_warned_of),
		STORY(a_list_that_is_cut_says_where),
		STORY(what_is_not_there_is_not_found),
		STORY(no_group_and_no_region_match),
		STORY(a_nickname_may_be_refused_or_was_never_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
