#include "bantop/view/bans_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

enum { DESIGN_COLS = 80, DESIGN_ROWS = 24 };

static void
set_sample(struct view_rig *rig)
{
	view_rig_add_sample(rig);
	ban_query_set_sort(rig->query, BAN_COLUMN_UNTIL, false);
	rig->bans.partial = true;
	rig->fetch.state = VIEW_FETCH_WAITING;
	rig->fetch.wait_ms = 4000;
	rig->fetch.attempt = 2;
	(void)err_set(&rig->err, ERR_SERVICE, 60007, NULL, "too many calls");
	(void)err_set(&rig->last_err, ERR_SERVICE, 10007,
	    "bans switched off in the console?", "not permitted");
	rig->err_count = 3;
}

/* Draws with @p change applied, at both sizes, against NAME_80x24 and so on. */
static void
expect_both(void (*change)(struct view_rig *), const char *name)
{
	static const struct {
		int rows, cols;
	} sizes[] = { { 24, 80 }, { 10, 40 } };
	size_t i;

	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct view_rig rig;
		char full[64];

		view_rig_init(&rig, sizes[i].rows, sizes[i].cols);
		change(&rig);
		view_rig_draw_bans(&rig);
		(void)snprintf(full, sizeof full, "%s_%dx%d", name,
		    sizes[i].cols, sizes[i].rows);
		snapshot_expect(rig.frame, full);
		view_rig_release(&rig);
	}
}

static void
sample_screen_is_as_the_manual_shows_it(void **state)
{
	(void)state;
	expect_both(set_sample, "bans_sample");
}

static void
expect_row(const struct view_rig *rig, int row, const char *want)
{
	char *is = snapshot_row(rig->frame, row);

	assert_string_equal(is, want);
	free(is);
}

/* Its words and their order; the columns are where 80 have room for them. */
static void
lines_of_the_sample_hold(void **state)
{
	struct view_rig rig;

	(void)state;
	view_rig_init(&rig, DESIGN_ROWS, DESIGN_COLS);
	set_sample(&rig);
	view_rig_draw_bans(&rig);
	expect_row(&rig, 0,
	    "bantop  LIVE  sgp Singapore  app 1400000123  read-only"
	    "           clock +42s  +08");
	expect_row(&rig, 1,
	    "@TGS#aDEMO00001  Friday Live         "
	    "137 loaded, more   as of 14:03:11   PARTIAL");
	expect_row(&rig, 21,
	    "! E60007 too many calls: next try in 4 s (2 of 3), r now, "
	    "Esc stop");
	expect_row(&rig, 22,
	    "E10007 not permitted: bans switched off in the console?"
	    "                 e: all 3");
	expect_row(&rig, 23,
	    "Enter details  / find  & keep only  < > sort  A load all  "
	    "? help  q back");
	view_rig_release(&rig);
}

static bool
is_marked(size_t list_row, void *user)
{
	(void)user;
	return list_row == 1 || list_row == 4;
}

static void
set_mixed(struct view_rig *rig)
{
	view_rig_add_mixed(rig);
	rig->bans.cursor = 1;
	rig->bans.is_marked = is_marked;
	rig->header.marked = 2;
	rig->bans.find = "AN";
	rig->bans.find_len = 2;
}

static void
every_kind_of_row_is_shown(void **state)
{
	(void)state;
	expect_both(set_mixed, "bans_mixed");
}

static void
set_seconds(struct view_rig *rig)
{
	set_mixed(rig);
	rig->bans.time = BANS_TIME_SECONDS;
	rig->look.zone = MOMENT_UTC;
	rig->fetch.state = VIEW_FETCH_COMPLETE;
}

static void
seconds_and_utc_are_shown(void **state)
{
	(void)state;
	expect_both(set_seconds, "bans_seconds");
}

static void
set_moment(struct view_rig *rig)
{
	set_mixed(rig);
	rig->bans.time = BANS_TIME_MOMENT;
	ban_query_set_sort(rig->query, BAN_COLUMN_REMAINING, true);
	rig->bans.cursor = 0;
}

static void
moment_alone_is_shown(void **state)
{
	(void)state;
	expect_both(set_moment, "bans_moment");
}

static void
set_ascii(struct view_rig *rig)
{
	set_mixed(rig);
	rig->look.mode = TEXT_ASCII;
	rig->look.reader = true;
}

static void
ascii_for_a_reader_has_words(void **state)
{
	(void)state;
	expect_both(set_ascii, "bans_ascii_reader");
}

static void
set_first_page(struct view_rig *rig)
{
	rig->fetch.state = VIEW_FETCH_LOADING;
	rig->header.as_of = 0;
}

static void
set_nobody(struct view_rig *rig)
{
	rig->fetch.state = VIEW_FETCH_COMPLETE;
}

static void
set_refused(struct view_rig *rig)
{
	set_first_page(rig);
	rig->fetch.state = VIEW_FETCH_FAILED;
	(void)err_set(&rig->err, ERR_SERVICE, 10007, NULL, "not permitted");
}

static void
set_no_match(struct view_rig *rig)
{
	struct err err;

	view_rig_add_mixed(rig);
	ban_query_set_filter(rig->query, ban_filter_create("nobody", 6, &err));
	rig->bans.partial = true;
}

static void
empty_states_say_the_next_key(void **state)
{
	(void)state;
	expect_both(set_first_page, "bans_first_page");
	expect_both(set_nobody, "bans_nobody");
	expect_both(set_refused, "bans_refused");
	expect_both(set_no_match, "bans_no_match");
}

/* The words behind the last row in each state. */
static void
end_of_the_list_tells_its_state(void **state)
{
	static const struct {
		enum view_fetch_state state;
		const char *words;
	} table[] = {
		{ VIEW_FETCH_MORE, "  more: go on down, or A loads all" },
		{ VIEW_FETCH_LOADING, "  loading" },
		{ VIEW_FETCH_WAITING,
		    "  next page failed (E60007): tried again soon" },
		{ VIEW_FETCH_FAILED,
		    "  next page failed (E60007): r tries again" },
		{ VIEW_FETCH_STOPPED, "  stopped: r goes on, A loads all" },
		{ VIEW_FETCH_BROKEN, "  broken off (E60007): r asks again" },
		{ VIEW_FETCH_FULL, "  cut here: 1 row is the limit" },
		{ VIEW_FETCH_COMPLETE, "  end of list: 1 row" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct view_rig rig;

		view_rig_init(&rig, DESIGN_ROWS, DESIGN_COLS);
		view_rig_add(&rig, "one", 10);
		rig.fetch.state = table[i].state;
		(void)err_set(&rig.err, ERR_SERVICE, 60007, NULL, "too many");
		view_rig_draw_bans(&rig);
		expect_row(&rig, 4, table[i].words);
		view_rig_release(&rig);
	}
}

static void
nothing_is_complete_but_what_the_service_ended(void **state)
{
	enum view_fetch_state each;

	(void)state;
	for (each = VIEW_FETCH_NONE; each <= VIEW_FETCH_COMPLETE; each++) {
		struct view_rig rig;
		struct buf text;
		struct err err;
		bool said;

		view_rig_init(&rig, DESIGN_ROWS, DESIGN_COLS);
		view_rig_add_mixed(&rig);
		rig.fetch.state = each;
		view_rig_draw_bans(&rig);
		buf_init(&text, 100000);
		assert_true(frame_write_text(rig.frame, &text, &err));
		said = strstr(text.data, "complete") != NULL ||
		    strstr(text.data, "end of list") != NULL;
		assert_int_equal(said, each == VIEW_FETCH_COMPLETE);
		buf_release(&text);
		view_rig_release(&rig);
	}
}

static void
cursor_lies_on_the_selected_row(void **state)
{
	struct view_rig rig;
	int row, col;

	(void)state;
	view_rig_init(&rig, DESIGN_ROWS, DESIGN_COLS);
	view_rig_add_mixed(&rig);
	rig.bans.cursor = 5;
	view_rig_draw_bans(&rig);
	assert_true(frame_cursor(rig.frame, &row, &col));
	assert_int_equal(row, 8);
	assert_int_equal(col, 0);
	assert_int_equal(frame_row(rig.frame, 8)[0].points[0], '>');
	view_rig_release(&rig);
}

static void
long_account_is_scrolled_to_its_end(void **state)
{
	struct view_rig rig;
	struct frame_area area;

	(void)state;
	view_rig_init(&rig, DESIGN_ROWS, DESIGN_COLS);
	view_rig_add_mixed(&rig);
	view_rig_update(&rig);
	area = rig.layout.body;
	rig.bans.scroll_cols = bans_view_scroll_max(area, &rig.look, &rig.bans);
	assert_int_equal(rig.bans.scroll_cols, 63 - 28);
	view_rig_draw_bans(&rig);
	expect_row(&rig, 14,
	    "  \xe2\x80\xa6"
	    "ot-fit-into-its-column-0042         30d 00h   "
	    "2026-12-22 14:03:22   banned");
	view_rig_release(&rig);
}

static void
match_is_underlined_where_it_stands(void **state)
{
	struct view_rig rig;
	const struct frame_cell *cells;

	(void)state;
	view_rig_init(&rig, DESIGN_ROWS, DESIGN_COLS);
	view_rig_add(&rig, "brennanli1", 10);
	rig.bans.find = "ANLI";
	rig.bans.find_len = 4;
	view_rig_draw_bans(&rig);
	cells = frame_row(rig.frame, 3);
	assert_int_equal(cells[2 + 5].flags & FRAME_MATCH, 0);
	rig.bans.find = "anli";
	view_rig_draw_bans(&rig);
	cells = frame_row(rig.frame, 3);
	assert_int_equal(cells[2 + 4].flags & FRAME_MATCH, 0);
	assert_int_equal(cells[2 + 5].flags & FRAME_MATCH, FRAME_MATCH);
	assert_int_equal(cells[2 + 8].flags & FRAME_MATCH, FRAME_MATCH);
	assert_int_equal(cells[2 + 9].flags & FRAME_MATCH, 0);
	view_rig_release(&rig);
}

static int64_t
next_change(struct view_rig *rig, enum bans_time time)
{
	view_rig_update(rig);
	rig->bans.time = time;
	return bans_view_next_change(rig->layout.body, &rig->look, &rig->bans);
}

static void
next_change_is_that_of_the_rows_in_sight(void **state)
{
	struct view_rig rig;
	int i;

	(void)state;
	view_rig_init(&rig, DESIGN_ROWS, DESIGN_COLS);
	assert_true(next_change(&rig, BANS_TIME_BY_NEED) == INT64_MAX);
	for (i = 0; i < 18; i++) {
		char account[16];

		(void)snprintf(account, sizeof account, "day%d", i);
		view_rig_add(&rig, account, 86400 * 3 + 1800);
	}
	view_rig_add(&rig, "below the window", 100);
	assert_int_equal(next_change(&rig, BANS_TIME_BY_NEED), 1801);
	assert_int_equal(next_change(&rig, BANS_TIME_SECONDS), 1);
	assert_int_equal(next_change(&rig, BANS_TIME_MOMENT),
	    86400 * 3 + 1800 - 3599);
	rig.bans.top = 1;
	assert_int_equal(next_change(&rig, BANS_TIME_BY_NEED), 1);
	assert_int_equal(next_change(&rig, BANS_TIME_MOMENT), 100);
	rig.look.reader = true;
	assert_true(next_change(&rig, BANS_TIME_SECONDS) == INT64_MAX);
	view_rig_release(&rig);
}

/* The promise of next_change: the frame is the same until then, and another
 * one then. */
static void
frame_changes_when_next_change_says_so(void **state)
{
	static const int64_t lefts[] = { 59, 3600, 86399, 0, -59, -3599, 7201,
		BAN_PERMANENT_S + 5 };
	size_t i;
	int time;

	(void)state;
	for (i = 0; i < sizeof lefts / sizeof lefts[0]; i++)
		for (time = BANS_TIME_BY_NEED; time <= BANS_TIME_MOMENT;
		     time++) {
			struct view_rig rig;
			struct frame *first = frame_create(24, 80);
			int64_t next;

			view_rig_init(&rig, 24, 80);
			view_rig_add(&rig, "one", lefts[i]);
			rig.bans.time = (enum bans_time)time;
			view_rig_draw_bans(&rig);
			frame_copy(first, rig.frame);
			next = next_change(&rig, (enum bans_time)time);
			if (next != INT64_MAX) {
				rig.bans.now_s = VIEW_RIG_NOW_S + next - 1;
				view_rig_draw_bans(&rig);
				assert_true(frame_equals(first, rig.frame));
				rig.bans.now_s++;
				view_rig_draw_bans(&rig);
				assert_false(frame_equals(first, rig.frame));
			}
			frame_destroy(first);
			view_rig_release(&rig);
		}
}

static void
row_under_the_mouse_is_found(void **state)
{
	struct view_rig rig;

	(void)state;
	view_rig_init(&rig, DESIGN_ROWS, DESIGN_COLS);
	view_rig_add_mixed(&rig);
	view_rig_update(&rig);
	rig.bans.top = 2;
	assert_true(bans_view_index_at(rig.layout.body, &rig.bans, 2) ==
	    BAN_ROW_NONE);
	assert_int_equal(bans_view_index_at(rig.layout.body, &rig.bans, 3), 2);
	assert_int_equal(bans_view_index_at(rig.layout.body, &rig.bans, 14),
	    13);
	assert_true(bans_view_index_at(rig.layout.body, &rig.bans, 15) ==
	    BAN_ROW_NONE);
	view_rig_release(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sample_screen_is_as_the_manual_shows_it),
		cmocka_unit_test(lines_of_the_sample_hold),
		cmocka_unit_test(every_kind_of_row_is_shown),
		cmocka_unit_test(seconds_and_utc_are_shown),
		cmocka_unit_test(moment_alone_is_shown),
		cmocka_unit_test(ascii_for_a_reader_has_words),
		cmocka_unit_test(empty_states_say_the_next_key),
		cmocka_unit_test(end_of_the_list_tells_its_state),
		cmocka_unit_test(
		    nothing_is_complete_but_what_the_service_ended),
		cmocka_unit_test(cursor_lies_on_the_selected_row),
		cmocka_unit_test(long_account_is_scrolled_to_its_end),
		cmocka_unit_test(match_is_underlined_where_it_stands),
		cmocka_unit_test(next_change_is_that_of_the_rows_in_sight),
		cmocka_unit_test(frame_changes_when_next_change_says_so),
		cmocka_unit_test(row_under_the_mouse_is_found),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
