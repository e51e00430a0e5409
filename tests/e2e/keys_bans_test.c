/*
 * The keys of the screen of bans: details, finding, filtering, ordering, the
 * display of time, loading and the panes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/story.h"

static const char *const near_sim[] = { "--members", "60", NULL };

static void
begin_whole(struct story *story, const char *const *sim,
    const char *const *more, const char *const *environment)
{
	const struct story_options options = { .sim = sim,
		.more = more,
		.environment = environment,
		.group = STORY_GROUP };

	story_begin(story, &options);
	story_wait(story, "loaded, complete");
}

/* -- one ban --------------------------------------------------------------- */

static void
details_open_follow_and_close(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "60");
	story_type(story, "\r");
	story_wait(story, "came in    page 1, offset 0");
	story_wait(story, "account    annak.comet+59");
	assert_true(term_has(&story->term, "epoch      4000036382"));
	assert_true(term_has(&story->term, "2096-10-02 17:13:02"));
	story_type(story, "jj");
	story_wait(story,
	    "U+5C0F U+660E"); /* code points of what is no ASCII */
	story_type(story, "d");
	story_wait_gone(story, "came in");
	story_type(story, "d");
	story_wait(story, "came in");
	story_type(story, "\r");
	story_wait_gone(story, "came in");
	story_expect_rest(story, 1);
	assert_int_equal(sim_request_count(&story->sim), 1);
	story_quit(story);
}

static void
the_nickname_is_asked_for_on_request_alone(void **state)
{
	struct story *story = *state;
	struct sim_request request;

	story_begin_bans(story, "60");
	story_type(story, "jd");
	story_wait(story, "nickname   n fetches it");
	story_expect_rest(story, 1);
	assert_int_equal(sim_request_count(&story->sim), 1);
	story_type(story, "n");
	sim_wait_count(&story->sim, "portrait_get", -1, 1);
	story_wait_gone(story, "n fetches it");
	story_wait_gone(story, "loading");
	sim_request_at(&story->sim, 1, &request);
	assert_int_equal(request.rows, 1);
	story_type(story, "j"); /* of another ban nothing is known */
	story_wait(story, "nickname   n fetches it");
	assert_int_equal(sim_request_count(&story->sim), 2);
	story_quit(story);
}

/* -- finding and filtering ------------------------------------------------- */

static void
finding_goes_on_and_around(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "60");
	story_type(story, "/OTTER\r");
	story_wait(story, "no account matches: \"OTTER\"");
	story_type(story, "/otter\r");
	story_wait_cursor(story, "> rapid_otter_39");
	story_type(story, "n");
	story_wait_cursor(story, "> brave_otter_43");
	story_type(story, "gN"); /* backwards from the first row: around */
	story_wait(story, "search went on from the other end");
	story_wait_cursor(story, "> brave_otter_36");
	story_type(story, "n");
	story_wait_cursor(story, "> rapid_otter_39");
	story_type(story, "N");
	story_wait_cursor(story, "> brave_otter_36");
	story_type(story, "/comet+59\r");
	story_wait_cursor(story, "> annak.comet+59");
	story_type(story, "n");
	story_wait(story, "the only match");
	story_quit(story);
}

static void
nothing_is_searched_for_without_a_text(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "60");
	story_type(story, "n");
	story_wait(story, "nothing to find yet: /");
	story_expect_rest(story, 1);
	story_quit(story);
}

struct filter_case {
	const char *text;
	const char *there; /* an account that stays */
	const char *gone;  /* one that does not */
};

static void
keep_only_speaks_its_small_language(void **state)
{
	static const struct filter_case cases[] = {
		{ "otter", "rapid_otter_39", "annak.comet+59" },
		{ "!_", "annak.comet+59", "rapid_otter_39" },
		{ "re:^guest_000[0-3]$", "guest_0003", "guest_0034" },
		{ "text:!_", NULL, "guest_0003" },
		{ "permanent", "guest_0026", NULL },
		{ "left<1h", NULL, "guest_0026" },
		{ "left>1h", "guest_0026", NULL },
		{ "ended", NULL, "guest_0026" },
	};
	struct story *story = *state;
	size_t i;

	story_begin_bans(story, "60");
	story_wait(story, "60 loaded, complete");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		story_type(story, i % 2 == 0 ? "&" : "\\");
		story_wait(story, "keep only:");
		story_type(story, cases[i].text);
		story_type(story, "\r");
		story_wait(story, " of 60 loaded, complete");
		if (cases[i].there != NULL)
			story_wait(story, cases[i].there);
		else
			story_wait(story, "no row matches");
		if (cases[i].gone != NULL)
			assert_false(term_has(&story->term, cases[i].gone));
		story_escape(story);
		story_wait_gone(story, " of 60");
	}
	story_type(story, "&re:(\r");
	story_wait(story, "keep only: re:("); /* and what is wrong with it */
	story_expect_rest(story, 1);
	assert_true(term_has(&story->term, "keep only: re:("));
	assert_false(term_has(&story->term, " of 60"));
	story_escape(story);
	story_wait_gone(story, "keep only:");
	story_quit(story);
}

/* -- order ----------------------------------------------------------------- */

static void
columns_are_ordered_by_keys(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "60");
	story_wait(story, "60 loaded, complete");
	story_type(story, "I");
	story_wait(story, "the service's order has no reverse");
	story_type(story, ">");
	story_wait(story, "ACCOUNT ^");
	story_wait_cursor(story, "annak.comet+59"); /* it follows its account */
	story_type(story, "g");
	story_wait_cursor(story, "13810000021");
	story_type(story, "I");
	story_wait(story, "ACCOUNT v");
	story_type(story, "I>");
	story_wait(story, "REMAINING ^");
	story_type(story, ">");
	story_wait(story, "UNTIL ^");
	story_type(story, ">");
	story_wait(story, "STATE ^");
	story_type(story, ">");
	story_wait_gone(story, "STATE ^");
	assert_false(term_has(&story->term, " ^"));
	story_type(story, "<");
	story_wait(story, "STATE ^");
	story_type(story, "X");
	story_wait(story, "UNTIL ^");
	story_type(story, "<<<");
	story_wait_gone(story, " ^");
	story_expect_rest(story, 1);
	story_quit(story);
}

static void
the_soonest_end_comes_first_and_the_permanent_last(void **state)
{
	struct story *story = *state;
	char last[TERM_ROW_MAX];

	begin_whole(story, near_sim, NULL, NULL);
	story_type(story, "X");
	story_wait(story, "UNTIL ^");
	term_row(&story->term, STORY_TABLE, last);
	assert_non_null(strstr(last, "ended"));
	story_type(story, "G");
	story_wait_cursor(story, "permanent");
	story_quit(story);
}

/* -- time ------------------------------------------------------------------ */

static void
t_shows_seconds_then_moments_then_what_is_needed(void **state)
{
	struct story *story = *state;

	begin_whole(story, near_sim, NULL, NULL);
	story_type(story, "&left>2d\r");
	story_wait(story, " of 60");
	assert_true(term_has(&story->term, "d "));
	story_type(story, "t");
	story_wait(story, "m "); /* "12d 04h 07m 09s" */
	story_wait(story, "s   2");
	story_type(story, "t");
	story_wait_gone(story, "REMAINING");
	assert_true(term_has(&story->term, "UNTIL"));
	story_type(story, "t");
	story_wait(story, "REMAINING");
	story_quit(story);
}

static void
z_goes_through_the_zones(void **state)
{
	static const char *const environment[] = { "TZ=ABC-3", NULL };
	static const char *const more[] = { "--zone", "Asia/Tokyo", NULL };
	static const char *const sim[] = { "--members", "60", "--now",
		STORY_FAR, NULL };
	struct story *story = *state;

	begin_whole(story, sim, more, environment);
	story_wait(story, "2096-10-03 02:13:02"); /* the configured one */
	assert_true(term_has(&story->term, "+09"));
	story_type(story, "z");
	story_wait(story, "2096-10-02 20:13:02");
	assert_true(term_has(&story->term, "+03"));
	story_type(story, "z");
	story_wait(story, "2096-10-02 17:13:02");
	assert_true(term_has(&story->term, "UTC"));
	story_type(story, "z");
	story_wait(story, "2096-10-03 02:13:02");
	story_expect_rest(story, 1);
	story_quit(story);
}

/* -- loading --------------------------------------------------------------- */

static void
refresh_has_two_keys(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "60");
	story_wait(story, "60 loaded, complete");
	story_type(story, "R");
	sim_wait_count(&story->sim, STORY_BANS, 0, 2);
	story_type(story,
	    "D"); /* once it is in there is something to compare */
	story_wait(story, "0 new, 0 ended");
	term_key(&story->term, (VTermKey)VTERM_KEY_FUNCTION(5), VTERM_MOD_NONE);
	sim_wait_count(&story->sim, STORY_BANS, 0, 3);
	story_expect_rest(story, 3);
	assert_false(term_has(&story->term, "STALE"));
	story_quit(story);
}

static void
load_all_and_retry_say_when_there_is_nothing_to_do(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "60");
	story_wait(story, "60 loaded, complete");
	story_type(story, "A");
	story_wait(story, "the whole list is loaded");
	story_type(story, "r");
	story_wait(story, "no failed page to try again");
	story_expect_rest(story, 1);
	story_quit(story);
}

static void
a_pause_stops_loading_until_it_is_over(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "250");
	story_wait(story, "100 loaded, more");
	story_type(story, "p");
	story_wait(story, "PAUSED");
	story_type(story, "G");
	story_wait_cursor(story, "> ");
	story_expect_rest(story, 1);
	story_type(story, "A");
	story_wait(story, "paused: p goes on with loading");
	story_type(story, "R");
	story_wait(story, "paused: p goes on with refreshing");
	story_expect_rest(story, 1);
	story_type(story, "p");
	story_wait_gone(story, "PAUSED");
	story_wait(story, "200 loaded, more");
	story_expect_rest(story, 2);
	story_quit(story);
}

/* -- panes ----------------------------------------------------------------- */

static void
the_summary_counts_what_is_in_view(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "60");
	story_wait(story, "60 loaded, complete");
	story_type(story, "s");
	story_wait(story, "ENDS IN");
	assert_true(term_has(&story->term, "60 rows"));
	assert_true(term_has(&story->term, "permanent 60"));
	assert_false(term_has(&story->term, "PARTIAL"));
	story_type(story, "&otter\r");
	story_wait(story, "permanent 4");
	story_type(story, "s");
	story_wait_gone(story, "ENDS IN");
	story_quit(story);
}

static void
changes_are_those_since_the_load_before(void **state)
{
	static const char *const sim[] = { "--members", "60", "--now",
		STORY_FAR, "--fault", "mutate", NULL };
	struct story *story = *state;

	begin_whole(story, sim, NULL, NULL);
	story_type(story, "D");
	story_wait(story, "nothing to compare: loaded once");
	story_type(story, "R");
	story_wait(story, "2 new, 0 ended, 0 lifted, 0 moved");
	assert_true(term_has(&story->term, "new, until "));
	story_type(story, "R"); /* two more, and the three oldest are gone */
	story_wait(story, "2 new, 0 ended, 3 lifted, 0 moved");
	assert_true(term_has(&story->term, "lifted before "));
	story_type(story, "D");
	story_wait_gone(story, "lifted");
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(details_open_follow_and_close),
		STORY(the_nickname_is_asked_for_on_request_alone),
		STORY(finding_goes_on_and_around),
		STORY(nothing_is_searched_for_without_a_text),
		STORY(keep_only_speaks_its_small_language),
		STORY(columns_are_ordered_by_keys),
		STORY(the_soonest_end_comes_first_and_the_permanent_last),
		STORY(t_shows_seconds_then_moments_then_what_is_needed),
		STORY(z_goes_through_the_zones),
		STORY(refresh_has_two_keys),
		STORY(load_all_and_retry_say_when_there_is_nothing_to_do),
		STORY(a_pause_stops_loading_until_it_is_over),
		STORY(the_summary_counts_what_is_in_view),
		STORY(changes_are_those_since_the_load_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
