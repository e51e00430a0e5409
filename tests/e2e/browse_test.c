/*
 * The main job: the banned members of a group, page by page. Beside what
 * the screen shows stands what the service was asked, no more and no less.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"
#include "e2e/support/story.h"

static void
page_down(struct story *story, int times)
{
	while (times-- > 0)
		term_key(&story->term, VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE);
}

/* A load-all may ask ahead of the end, and throws that away. */
static void
expect_each_page_once(const struct story *story, int pages)
{
	int i;

	for (i = 0; i < pages; i++)
		assert_int_equal(sim_count(&story->sim, STORY_BANS, 100 * i),
		    1);
}

/* -- page by page ---------------------------------------------------------- */

static void
each_page_is_asked_for_when_it_is_needed_and_only_then(void **state)
{
	struct story *story = *state;
	struct sim_request request;
	size_t i;

	story_begin_bans(story, "250");
	story_wait(story, "100 loaded, more");
	story_expect_rest(story, 1);
	page_down(story, 4); /* to row 72 of 100: 18 are in sight */
	story_expect_rest(story, 1);
	assert_true(term_has(&story->term, "100 loaded, more"));
	page_down(story, 1);
	story_wait(story, "200 loaded, more");
	story_expect_rest(story, 2);
	assert_false(term_has(&story->term, "complete"));
	story_type(story, "G");
	story_wait(story, "250 loaded, complete");
	story_type(story, "GG");
	story_wait(story, "end of list: 250 rows");
	story_expect_rest(story, 3);
	for (i = 0; i < 3; i++) {
		sim_request_at(&story->sim, i, &request);
		assert_int_equal(request.offset, 100 * (int)i);
		assert_int_equal(request.limit, 100);
		assert_int_equal(request.open, 1);
	}
	story_quit(story);
}

static void
the_rows_are_the_services_in_its_order(void **state)
{
	static const char *const options[] = { "--members", "137", "--now",
		STORY_FAR, NULL };
	struct story_members members;
	struct story *story = *state;
	char account[TERM_ROW_MAX];
	size_t i;

	story_begin_bans(story, "137");
	story_members_read(&members, story, options);
	assert_int_equal(members.count, 137);
	for (i = 0; i < 100; i++) {
		story_members_at(&members, i, account);
		/* It has a direction override in it: shown escaped. */
		if (strncmp(account, "noisy", 5) == 0)
			(void)snprintf(account, sizeof(account),
			    "noisy<U+202E>name");
		story_wait_cursor(story, account);
		story_type(story, "j");
	}
	story_members_release(&members);
	story_quit(story);
}

struct size_case {
	const char *members;
	const char *header;
	const char *end;
	size_t pages;
};

static void
lists_of_every_size_end_where_they_end(void **state)
{
	static const struct size_case cases[] = {
		{ "1", "1 loaded, complete", "end of list: 1 row", 1 },
		{ "99", "99 loaded, complete", "end of list: 99 rows", 1 },
		{ "100", "100 loaded, complete", "end of list: 100 rows", 1 },
		{ "101", "101 loaded, complete", "end of list: 101 rows", 2 },
	};
	struct story *story = *state;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		story_begin_bans(story, cases[i].members);
		if (cases[i].pages == 1)
			story_wait(story, cases[i].header);
		else
			assert_false(term_has(&story->term, "complete"));
		story_type(story, "G");
		story_wait(story, cases[i].header);
		story_type(story, "G");
		story_wait(story, cases[i].end);
		story_expect_rest(story, cases[i].pages);
		story_quit(story);
		sim_stop(&story->sim);
	}
}

static void
an_empty_group_says_so_with_the_time(void **state)
{
	const struct story_options options = { .group = "empty-room" };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "nobody is banned in this group");
	story_wait(story, "as of ");
	assert_true(term_has(&story->term, "0 loaded, complete"));
	story_type(story, "jkGgA");
	story_wait(story, "the whole list is loaded");
	story_expect_rest(story, 1);
	story_quit(story);
}

static void
small_pages_fill_the_window_and_no_more(void **state)
{
	static const char *const sim[] = { "--members", "95", NULL };
	static const char *const more[] = { "--page-size", "10", NULL };
	const struct story_options options = {
		.sim = sim, .more = more, .group = STORY_GROUP
	};
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "20 loaded, more");
	story_expect_rest(story, 2);
	story_type(story, "L");
	story_wait(story, "40 loaded, more");
	story_expect_rest(story, 4);
	story_quit(story);
}

static void
the_end_key_at_the_last_row_loads_all(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "437");
	story_type(story, "X"); /* in an order nothing loads by itself */
	story_wait(story, "PARTIAL");
	story_type(story, "G");
	story_wait(story, "part of the list: A loads the rest");
	story_expect_rest(story, 1);
	story_type(story, "G");
	story_wait(story, "437 loaded, complete");
	story_wait_gone(story, "PARTIAL");
	expect_each_page_once(story, 5);
	story_quit(story);
}

static void
sorting_or_filtering_a_part_is_labelled_and_loads_nothing(void **state)
{
	struct story *story = *state;

	story_begin_bans(story, "250");
	assert_false(term_has(&story->term, "PARTIAL"));
	story_type(story, "&guest\r");
	story_wait(story, "PARTIAL");
	story_wait(story, " of 100 loaded, more");
	story_type(story, "G");
	story_wait(story, "part of the list: A loads the rest");
	story_expect_rest(story, 1);
	story_type(story, "g"); /* away from the end, or Esc would load */
	story_escape(story);
	story_wait_gone(story, "PARTIAL");
	story_type(story, ">");
	story_wait(story, "ACCOUNT ^");
	story_wait(story, "PARTIAL");
	page_down(story, 6);
	story_wait(story, "part of the list: A loads the rest");
	story_expect_rest(story, 1);
	story_type(story, "A");
	story_wait(story, "250 loaded, complete");
	assert_false(term_has(&story->term, "PARTIAL"));
	expect_each_page_once(story, 3);
	story_quit(story);
}

static void
the_end_of_a_fast_load_is_not_put_off(void **state)
{
	static const char *const sim[] = { "--members", "2500", "--now",
		STORY_FAR, NULL };
	static const char *const more[] = { "--rate", "200", NULL };
	const struct story_options options = {
		.sim = sim, .more = more, .group = STORY_GROUP
	};
	struct story *story = *state;
	int64_t deadline_ms;

	story_begin(story, &options);
	story_wait(story, "100 loaded, more");
	story_type(story, "A");
	sim_wait_count(&story->sim, STORY_BANS, 2400, 1);
	deadline_ms = deadline_in_s(1);
	story_wait(story, "2,500 loaded, complete");
	/* The rate in the header would have the next frame in a second. */
	assert_true(deadline_left_ms(deadline_ms) > 200);
	story_quit(story);
}

/* -- refresh, stop --------------------------------------------------------- */

static void
a_refresh_keeps_cursor_and_marks_with_their_accounts(void **state)
{
	static const char *const sim[] = { "--members", "50", "--now",
		STORY_FAR, "--fault", "mutate", NULL };
	static const char *const data[] = { "--members", "50", "--now",
		STORY_FAR, NULL };
	const struct story_options options = { .sim = sim,
		.group = STORY_GROUP };
	struct story_members members;
	struct story *story = *state;
	char chosen[TERM_ROW_MAX], marked[TERM_ROW_MAX];
	int row, col;

	story_begin(story, &options);
	story_wait(story, "50 loaded, complete");
	story_members_read(&members, story, data);
	story_members_at(&members, 2, marked);
	story_members_at(&members, 5, chosen);
	story_members_release(&members);
	story_type(story, "jj jj"); /* the blank marks and moves on */
	story_wait_cursor(story, chosen);
	story_type(story, "R");
	story_wait(story, "52 loaded, complete"); /* two new at the front */
	story_wait_gone(story, "STALE");
	story_wait_cursor(story, chosen);
	term_cursor(&story->term, &row, &col);
	assert_int_equal(row, STORY_TABLE + 7);
	row = term_find(&story->term, marked);
	assert_int_equal(row, STORY_TABLE + 4);
	assert_true(term_has(&story->term, "1 marked"));
	assert_int_equal(story_pages(story), 2);
	story_quit(story);
}

static void
a_refresh_leaves_the_old_list_until_the_new_one_is_in(void **state)
{
	static const char *const sim[] = { "--members", "150", "--latency",
		"150", NULL };
	const struct story_options options = { .sim = sim,
		.group = STORY_GROUP };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "100 loaded, more");
	story_type(story, "A");
	story_wait(story, "150 loaded, complete");
	story_type(story, "R");
	story_wait(story, "STALE");
	assert_true(term_has(&story->term, "150 loaded, complete"));
	story_wait_gone(story, "STALE");
	assert_true(term_has(&story->term, "150 loaded, complete"));
	assert_int_equal(sim_count(&story->sim, STORY_BANS, 0), 2);
	assert_int_equal(sim_count(&story->sim, STORY_BANS, 100), 2);
	story_quit(story);
}

static void
escape_stops_a_load_and_r_goes_on(void **state)
{
	static const char *const sim[] = { "--members", "250", "--fault",
		"slow:60000@2x1", NULL };
	const struct story_options options = { .sim = sim,
		.group = STORY_GROUP };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "100 loaded, more");
	story_type(story, "G");
	story_wait(story, "loading page 2, Esc stop");
	sim_wait_count(&story->sim, STORY_BANS, 100, 1);
	story_escape(story);
	story_wait(story, "stopped after 100 rows: r goes on");
	assert_true(term_has(&story->term, "100 loaded, stopped"));
	assert_true(term_has(&story->term, "stopped: r goes on, A loads all"));
	story_expect_rest(story, 2);
	story_type(story, "r");
	story_wait(story, "200 loaded, more");
	assert_int_equal(sim_count(&story->sim, STORY_BANS, 100), 2);
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(each_page_is_asked_for_when_it_is_needed_and_only_then),
		STORY(the_rows_are_the_services_in_its_order),
		STORY(lists_of_every_size_end_where_they_end),
		STORY(an_empty_group_says_so_with_the_time),
		STORY(small_pages_fill_the_window_and_no_more),
		STORY(the_end_key_at_the_last_row_loads_all),
		STORY(
		    sorting_or_filtering_a_part_is_labelled_and_loads_nothing),
		STORY(the_end_of_a_fast_load_is_not_put_off),
		STORY(a_refresh_keeps_cursor_and_marks_with_their_accounts),
		STORY(a_refresh_leaves_the_old_list_until_the_new_one_is_in),
		STORY(escape_stops_a_load_and_r_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
