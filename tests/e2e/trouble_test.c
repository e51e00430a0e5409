/*
 * What goes wrong stands on the screen with its code, its words and what comes
 * next; the rows before it stay, and nothing is ever called complete that the
 * service has not ended.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/story.h"

/* On the bans of the simulator's first group, whatever comes of it. */
static void
begin_with_fault(struct story *story, const char *members, const char *fault,
    const char *const *more)
{
	const char *sim[] = { "--members", members, "--now", STORY_FAR,
		"--fault", fault, NULL };
	const struct story_options options = {
		.sim = sim, .more = more, .group = STORY_GROUP
	};

	story_begin(story, &options);
}

/* Of 250 members the one that the simulator sends first. */
static const char first_account[] = "guest_0074";

/* -- refusals -------------------------------------------------------------- */

static void
a_page_that_is_refused_twice_comes_in_the_end(void **state)
{
	struct story *story = *state;
	struct sim_request request;

	begin_with_fault(story, "250", "code:60007@2x2", NULL);
	story_wait(story, "100 loaded, more");
	story_type(story, "L");
	story_type(story, "G");
	story_wait(story, "E60007 too many calls");
	story_wait(story, "next try in 1 s (2 of 3), r now, Esc stop");
	story_wait(story, "next page failed (E60007): tried again soon");
	assert_true(term_has(&story->term, "100 loaded, more"));
	story_type(story, "g");
	story_wait_cursor(story, first_account);
	story_wait(story, "next try in 2 s (3 of 3)");
	story_wait(story, "next try in 1 s (3 of 3)"); /* it counts down */
	assert_true(term_has(&story->term, "100 loaded, more"));
	story_wait(story, "200 loaded, more");
	story_wait_cursor(story, first_account);
	assert_false(term_has(&story->term, "next try"));
	assert_true(term_has(&story->term, "e: all 2"));
	assert_int_equal(sim_count(&story->sim, STORY_BANS, 100), 3);
	sim_request_at(&story->sim, 3, &request);
	assert_int_equal(request.code, 0);
	assert_int_equal(story_pages(story), 4);
	story_quit(story);
}

static void
r_does_not_wait_for_the_next_try(void **state)
{
	struct story *story = *state;
	struct sim_request first, last;

	begin_with_fault(story, "250", "code:60007@2x2", NULL);
	story_wait(story, "100 loaded, more");
	story_type(story, "G");
	story_wait(story, "(2 of 3)");
	story_type(story, "r");
	story_wait(story, "(3 of 3)");
	story_type(story, "r");
	story_wait(story, "200 loaded, more");
	assert_int_equal(story_pages(story), 4);
	sim_request_at(&story->sim, 1, &first);
	sim_request_at(&story->sim, 3, &last);
	assert_true(last.at_ms - first.at_ms < 1500);
	story_quit(story);
}

static void
three_attempts_and_no_more_are_made_for_a_page(void **state)
{
	struct story *story = *state;

	begin_with_fault(story, "250", "code:60007@2", NULL);
	story_wait(story, "100 loaded, more");
	story_type(story, "G");
	story_wait(story, "(2 of 3)");
	story_type(story, "r");
	story_wait(story, "(3 of 3)");
	story_type(story, "r");
	story_wait(story, "100 loaded, failed");
	story_wait(story, "next page failed (E60007): r tries again");
	story_expect_rest(story, 4);
	story_type(story, "k");
	story_expect_rest(story, 4);
	story_quit(story);
}

static void
escape_ends_the_wait_for_the_next_try(void **state)
{
	struct story *story = *state;

	begin_with_fault(story, "250", "code:60007@2x1", NULL);
	story_wait(story, "100 loaded, more");
	story_type(story, "G");
	story_wait(story, "next try in");
	story_escape(story);
	story_wait(story, "stopped after 100 rows: r goes on");
	story_expect_rest(story, 2);
	story_type(story, "r");
	story_wait(story, "200 loaded, more");
	story_quit(story);
}

static void
a_refusal_shows_words_and_code_and_has_a_card(void **state)
{
	struct story *story = *state;

	begin_with_fault(story, "250", "code:10007@1x1", NULL);
	story_wait(story, "nothing loaded");
	story_wait(story, "E10007 not permitted");
	assert_true(term_has(&story->term, "r tries again, e says why"));
	assert_true(term_has(&story->term, "e: card"));
	story_expect_rest(story, 1); /* this one is not repeated */
	story_type(story, "e");
	story_wait(story, "WHAT");
	assert_true(term_has(&story->term, "E10007"));
	assert_true(term_has(&story->term, "service"));
	story_type(story, "\r");
	story_wait(story, "GROUP_PERMISSION_DENY");
	assert_true(term_has(&story->term, "switched off in the console"));
	assert_true(term_has(&story->term, "not repeated by itself"));
	assert_true(term_has(&story->term,
	    "get_group_ban_member " STORY_GROUP " offset 0"));
	story_type(story, "q");
	story_wait_gone(story, "GROUP_PERMISSION_DENY");
	story_type(story, "q");
	story_wait(story, "nothing loaded");
	story_type(story, "r"); /* in place */
	story_wait(story, "100 loaded, more");
	assert_int_equal(sim_count(&story->sim, STORY_BANS, 0), 2);
	story_quit(story);
}

static void
every_error_is_listed_and_counted(void **state)
{
	static const char *const sim[] = { "--members", "250", "--fault",
		"code:10007@1x2", "--fault", "http:404@2x1", "--fault",
		"nonext@2x1", NULL };
	const struct story_options options = { .sim = sim,
		.group = STORY_GROUP };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "nothing loaded");
	assert_true(term_has(&story->term, "e: card"));
	story_type(story, "r");
	story_wait(story, "e: all 2");
	story_type(story, "r");
	story_wait(story, "100 loaded, more");
	story_type(story, "G");
	story_wait(story, "e: all 3");
	story_wait(story, "HTTP 404");
	story_type(story, "e");
	story_wait(story, "WHAT");
	assert_true(term_find(&story->term, "http") == 3); /* newest first */
	assert_true(term_find(&story->term, "E10007") == 4);
	assert_true(term_has(&story->term, "2  service"));
	story_type(story, "q");
	story_wait(story, "100 loaded, failed");
	/* Who has looked has seen them: the line is quiet. */
	assert_false(term_has(&story->term, "e: all"));
	story_quit(story);
}

static void
a_list_that_breaks_off_is_among_the_errors_each_time(void **state)
{
	struct story *story = *state;

	begin_with_fault(story, "250", "nonext@2", NULL);
	story_wait(story, "100 loaded, more");
	story_type(story, "G");
	story_wait(story, "200 loaded, broken off");
	story_wait(story, "e: card");
	story_type(story, "r");
	story_wait(story, "e: all 2");
	story_type(story, "e");
	story_wait(story, "2  data");
	assert_true(term_has(&story->term, "NextOffset is absent"));
	story_quit(story);
}

/* -- certificates ---------------------------------------------------------- */

static void
a_wrong_certificate_is_named_and_nothing_is_sent(void **state)
{
	static const char *const faults[] = { "cert:expired", "cert:notyet",
		"cert:host", "cert:unknown", "cert:selfsigned" };
	struct story *story = *state;
	size_t i;

	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		begin_with_fault(story, "5", faults[i], NULL);
		story_wait(story, "nothing loaded");
		story_wait(story, "certificate");
		story_expect_rest(story, 0);
		assert_int_equal(sim_request_count(&story->sim), 0);
		story_type(story, "e\r");
		story_wait(story, "meaning");
		assert_true(term_has(&story->term, "do next"));
		story_quit(story);
		sim_stop(&story->sim);
	}
}

static void
an_old_tls_is_refused(void **state)
{
	struct story *story = *state;

	begin_with_fault(story, "5", "tls11", NULL);
	story_wait(story, "TLS");
	assert_int_equal(sim_request_count(&story->sim), 0);
	assert_false(term_has(&story->term, "complete"));
	story_quit(story);
}

/* -- silence --------------------------------------------------------------- */

static void
keys_are_answered_while_the_service_is_silent(void **state)
{
	struct story *story = *state;

	begin_with_fault(story, "250", "hang@2x1", NULL);
	story_wait(story, "100 loaded, more");
	story_type(story, "G");
	story_wait(story, "loading page 2, Esc stop");
	sim_wait_count(&story->sim, STORY_BANS, 100, 1);
	story_type(story, "g");
	story_wait_cursor(story, first_account);
	story_type(story, "s");
	story_wait(story, "100 rows so far, PARTIAL");
	story_type(story, "s?");
	story_wait(story, "this help");
	story_type(story, "q/freya\r");
	story_wait_cursor(story, "freya");
	/* All that while nothing was answered. */
	story_wait(story, "loading page 2, Esc stop");
	assert_true(term_has(&story->term, "100 loaded, more"));
	story_control(story, 'c');
	story_wait(story, "stopped; Ctrl-C again leaves");
	story_wait(story, "100 loaded, stopped");
	story_type(story, "r");
	story_wait(story, "200 loaded, more");
	story_quit(story);
}

static void
a_silent_service_is_given_up_after_the_timeout(void **state)
{
	static const char *const more[] = { "--timeout", "1", NULL };
	struct story *story = *state;

	begin_with_fault(story, "50", "hang@1x1", more);
	story_wait(story, "no answer yet: tried again soon");
	story_wait(story, "next try in");
	story_wait(story, "50 loaded, complete");
	assert_int_equal(story_pages(story), 2);
	story_quit(story);
}

static void
a_service_that_is_not_there_is_named(void **state)
{
	struct story *story = *state;
	const struct story_options options = { .group = STORY_GROUP };

	sim_start(&story->sim, &story->home, NULL);
	(void)snprintf(story->sim.url, sizeof(story->sim.url),
	    "https://127.0.0.1:1");
	story_begin_again(story, &options);
	story_wait(story, "cannot connect to 127.0.0.1:1: connection");
	story_wait(story, "next try in");
	assert_true(term_has(&story->term, "r now, Esc stop"));
	assert_int_equal(sim_request_count(&story->sim), 0);
	story_quit(story);
}

/* -- replies that are none ------------------------------------------------- */

static const struct reply_case {
	const char *fault;
	const char *header; /* what the list is called */
	const char *named;
} reply_cases[] = {
	{ "html@2", "100 loaded, failed", "HTML in place of JSON" },
	{ "cutjson@2", "100 loaded, failed", "not JSON: cut short" },
	{ "badjson@2", "100 loaded, failed", "not JSON: " },
	{ "trailing@2", "100 loaded, failed", "not JSON: more behind" },
	{ "norows@2", "100 loaded, failed", "BannedAccountList is absent" },
	{ "dupkey@2", "100 loaded, failed", "ErrorCode stands in the reply" },
	{ "gzip@2", "100 loaded, failed", "the answer is encoded (gzip)" },
	{ "headers@2", "100 loaded, failed", "larger than 64 KiB" },
	{ "huge@2", "100 loaded, failed", "larger than 512 KiB" },
	{ "redirect:https://127.0.0.1/@2", "100 loaded, failed", "HTTP 302" },
	{ "code:99999@2", "100 loaded, failed", "E99999" },
	{ "big@2", "100 loaded, broken off", "holds 1200 entries" },
	{ "loop@2", "200 loaded, broken off", "is not above Offset 100" },
	{ "back@2", "200 loaded, broken off", "NextOffset 50 is not above" },
	{ "strnext@2", "200 loaded, broken off", "NextOffset is a text" },
	{ "floatnext@2", "200 loaded, broken off", "NextOffset is" },
	/* These are tried again by themselves. */
	{ "cut@2", "100 loaded, more", "closed befor" },
	{ "drop@2", "100 loaded, more", "connection closed" },
	{ "http:502@2", "100 loaded, more", "HTTP 502" },
	{ "oddpair@2", "100 loaded, more", "E10002" },
};

static void
what_is_no_list_is_named_and_never_complete(void **state)
{
	struct story *story = *state;
	const struct reply_case *reply;
	size_t i;

	for (i = 0; i < sizeof(reply_cases) / sizeof(reply_cases[0]); i++) {
		reply = &reply_cases[i];
		begin_with_fault(story, "250", reply->fault, NULL);
		story_wait(story, "100 loaded, more");
		assert_true(term_has(&story->term, first_account));
		story_type(story, "A");
		story_wait(story, reply->named);
		story_wait(story, reply->header);
		assert_false(term_has(&story->term, "complete"));
		assert_true(term_has(&story->term, first_account));
		if (strstr(reply->header, "more") != NULL)
			assert_true(term_has(&story->term, "next try in"));
		story_quit(story);
		sim_stop(&story->sim);
	}
}

static void
repeated_and_unusable_rows_are_said(void **state)
{
	struct story *story = *state;

	begin_with_fault(story, "250", "dup", NULL);
	story_wait(story, "100 loaded, more");
	story_type(story, "A");
	story_wait(story, "250 loaded, complete");
	story_wait(story, "list changed while loading: 6 repeated");
	story_quit(story);
	sim_stop(&story->sim);
	begin_with_fault(story, "50", "noaccount", NULL);
	story_wait(story, "50 loaded, complete");
	story_wait(story, "10 rows unusable");
	assert_true(term_has(&story->term, "(no account)"));
	story_quit(story);
}

static void
load_all_begins_with_the_failed_page(void **state)
{
	struct story *story = *state;

	begin_with_fault(story, "150", "code:10007@2x1", NULL);
	story_wait(story, "100 loaded, more");
	story_type(story, "A");
	story_wait(story, "100 loaded, failed");
	story_type(story, "A");
	story_wait(story, "150 loaded, complete");
	assert_int_equal(sim_count(&story->sim, STORY_BANS, 0), 1);
	assert_int_equal(sim_count(&story->sim, STORY_BANS, 100), 2);
	story_quit(story);
}

/* -- refresh --------------------------------------------------------------- */

static void
a_stale_list_says_so_until_a_refresh_comes_through(void **state)
{
	static const char *const sim[] = { "--members", "50", "--now",
		STORY_FAR, "--rate", "1", NULL };
	const struct story_options options = { .sim = sim,
		.group = STORY_GROUP };
	struct story *story = *state;
	char first[TERM_ROW_MAX], row[TERM_ROW_MAX];

	/* One call a second: the second is refused, and waits. */
	story_begin(story, &options);
	story_wait(story, "50 loaded, complete");
	term_row(&story->term, STORY_TABLE, first);
	story_type(story, "R");
	story_wait(story, "E60007");
	story_wait(story, "STALE");
	assert_true(term_has(&story->term, "50 loaded, complete"));
	assert_true(term_has(&story->term, "next try in"));
	term_row(&story->term, STORY_TABLE, row);
	assert_string_equal(row, first);
	story_wait_gone(story, "STALE");
	assert_true(term_has(&story->term, "50 loaded, complete"));
	story_quit(story);
}

static void
a_refresh_that_is_stopped_leaves_the_old_list(void **state)
{
	static const char *const sim[] = { "--members", "50", "--now",
		STORY_FAR, "--rate", "1", NULL };
	const struct story_options options = { .sim = sim,
		.group = STORY_GROUP };
	struct story *story = *state;
	char first[TERM_ROW_MAX], row[TERM_ROW_MAX];

	story_begin(story, &options);
	story_wait(story, "50 loaded, complete");
	term_row(&story->term, STORY_TABLE, first);
	story_type(story, "R");
	story_wait(story, "next try in");
	story_escape(story);
	story_wait(story, "refresh stopped: the list is the old one");
	assert_true(term_has(&story->term, "STALE"));
	assert_true(term_has(&story->term, "50 loaded, complete"));
	term_row(&story->term, STORY_TABLE, row);
	assert_string_equal(row, first);
	story_expect_rest(story, 2);
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(a_page_that_is_refused_twice_comes_in_the_end),
		STORY(r_does_not_wait_for_the_next_try),
		STORY(three_attempts_and_no_more_are_made_for_a_page),
		STORY(escape_ends_the_wait_for_the_next_try),
		STORY(a_refusal_shows_words_and_code_and_has_a_card),
		STORY(every_error_is_listed_and_counted),
		STORY(a_list_that_breaks_off_is_among_the_errors_each_time),
		STORY(a_wrong_certificate_is_named_and_nothing_is_sent),
		STORY(an_old_tls_is_refused),
		STORY(keys_are_answered_while_the_service_is_silent),
		STORY(a_silent_service_is_given_up_after_the_timeout),
		STORY(a_service_that_is_not_there_is_named),
		STORY(what_is_no_list_is_named_and_never_complete),
		STORY(repeated_and_unusable_rows_are_said),
		STORY(load_all_begins_with_the_failed_page),
		STORY(a_refresh_that_is_stopped_leaves_the_old_list),
		STORY(a_stale_list_says_so_until_a_refresh_comes_through),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
