#include "bantop/view/chrome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

/* Row @p row of the header that @p rig has at @p cols columns. */
static void
expect_at(struct view_rig *rig, int cols, int row, const char *want)
{
	char *is;

	frame_resize(rig->frame, 24, cols);
	rig->layout = view_layout_of(rig->frame);
	view_rig_draw_chrome(rig);
	is = snapshot_row(rig->frame, row);
	assert_string_equal(is, want);
	free(is);
}

static void
first_line_gives_up_in_its_order(void **state)
{
	static const struct {
		int cols;
		const char *line;
	} table[] = {
		{ 90,
		    "bantop  LIVE  sgp Singapore  app 1400000123  read-only"
		    "          3 of 10/s  clock +42s  +08" },
		{ 80,
		    "bantop  LIVE  sgp Singapore  app 1400000123  read-only"
		    "           clock +42s  +08" },
		{ 68,
		    "bantop  LIVE  sgp Singapore  app 1400000123"
		    "          clock +42s  +08" },
		{ 54,
		    "bantop  LIVE  sgp Singapore            clock +42s  +08" },
		{ 40, "LIVE  sgp Singapore      clock +42s  +08" },
		{ 30, "LIVE  sgp      clock +42s  +08" },
		{ 24, "LIVE  sgp     clock +42s" },
		{ 20, "LIVE  sgp" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct view_rig rig;

		view_rig_init(&rig, 24, 80);
		rig.chrome.rate_in_use = 3;
		rig.chrome.rate_max = 10;
		expect_at(&rig, table[i].cols, 0, table[i].line);
		view_rig_release(&rig);
	}
}

static void
second_line_keeps_its_labels(void **state)
{
	static const struct {
		int cols;
		const char *line;
	} table[] = {
		{ 102,
		    "@TGS#aDEMO00001  Friday Live   2 marked   "
		    "137 loaded, more   as of 14:03:11   PARTIAL   STALE"
		    "   PAUSED" },
		{ 89,
		    "@TGS#aDEMO00001   2 marked   137 loaded, more   "
		    "as of 14:03:11   PARTIAL   STALE   PAUSED" },
		{ 78,
		    "@TGS#aDEMO00001   137 loaded, more   as of 14:03:11"
		    "   PARTIAL   STALE   PAUSED" },
		{ 60,
		    "@TGS#aD\xe2\x80\xa6O00001   137 loaded, more   PARTIAL"
		    "   STALE   PAUSED" },
		{ 42, "@TGS#aDEMO00001   PARTIAL   STALE   PAUSED" },
		{ 32,
		    "@T\xe2\x80\xa6"
		    "01   PARTIAL   STALE   PAUSED" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct view_rig rig;

		view_rig_init(&rig, 24, 80);
		rig.header.rows = VIEW_RIG_ROWS;
		rig.header.marked = 2;
		rig.header.partial = true;
		rig.header.stale = true;
		rig.header.paused = true;
		expect_at(&rig, table[i].cols, 1, table[i].line);
		view_rig_release(&rig);
	}
}

static void
clock_is_shown_above_3_and_warned_of_above_60(void **state)
{
	static const struct {
		int64_t offset_s;
		const char *words;
	} table[] = { { 3, NULL }, { -3, NULL }, { 4, "clock +4s" },
		{ -60, "clock -60s" }, { 61, "clock off +61s" },
		{ -28800, "clock off -28800s" } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct view_rig rig;
		char *row;

		view_rig_init(&rig, 24, 80);
		rig.chrome.clock_offset_s = table[i].offset_s;
		view_rig_draw_chrome(&rig);
		row = snapshot_row(rig.frame, 0);
		if (table[i].words == NULL)
			assert_null(strstr(row, "clock"));
		else
			assert_non_null(strstr(row, table[i].words));
		free(row);
		view_rig_release(&rig);
	}
}

static void
unknown_clock_is_not_shown(void **state)
{
	struct view_rig rig;
	char *row;

	(void)state;
	view_rig_init(&rig, 24, 80);
	rig.chrome.clock_known = false;
	view_rig_draw_chrome(&rig);
	row = snapshot_row(rig.frame, 0);
	assert_null(strstr(row, "clock"));
	free(row);
	view_rig_release(&rig);
}

static void
expect_activity(const struct chrome_activity *activity, int cols,
    const char *want)
{
	struct view_look look = { .mode = TEXT_UTF8 };
	struct frame *frame = frame_create(1, cols);
	char *row;

	chrome_draw_activity(frame, frame_whole(frame), &look, activity);
	row = snapshot_row(frame, 0);
	assert_string_equal(row, want);
	free(row);
	frame_destroy(frame);
}

static void
activity_says_the_first_of_what_there_is(void **state)
{
	struct err err;
	struct view_fetch fetch = { .state = VIEW_FETCH_LOADING, .pages = 1 };
	struct chrome_activity activity = { .notice = "sent 1 account",
		.fetch = &fetch,
		.repeated = 3,
		.unusable = 1,
		.err = &err };

	(void)state;
	(void)err_set(&err, ERR_SERVICE, 10007, NULL, "not permitted");
	expect_activity(&activity, 80, "sent 1 account");
	activity.notice = "";
	activity.work = "arranging";
	activity.rows = 90000;
	expect_activity(&activity, 80, "arranging 90,000 rows");
	activity.work_stops = true;
	expect_activity(&activity, 80, "arranging 90,000 rows, Esc stop");
	activity.work = NULL;
	expect_activity(&activity, 80, "loading page 2, Esc stop");
	fetch.state = VIEW_FETCH_MORE;
	expect_activity(&activity, 80, "E10007 not permitted");
	activity.err = NULL;
	expect_activity(&activity, 80,
	    "list changed while loading: 3 repeated, 1 row unusable");
	activity.repeated = 0;
	activity.unusable = 2;
	expect_activity(&activity, 80, "2 rows unusable");
	activity.unusable = 0;
	expect_activity(&activity, 80, "");
}

static void
hints_leave_from_the_right_but_two(void **state)
{
	static const struct {
		int cols;
		const char *line;
	} table[] = {
		{ 83,
		    "Enter details  / find  & keep only  < > sort"
		    "  A load all  R refresh  ? help  q back" },
		{ 82,
		    "Enter details  / find  & keep only  < > sort"
		    "  A load all  ? help  q back" },
		{ 40, "Enter details  / find  ? help  q back" },
		{ 14, "? help  q back" },
		{ 13, "? help" },
	};
	static const struct chrome_hint hints[] = {
		{ "Enter", "details", false }, { "/", "find", false },
		{ "&", "keep only", false }, { "< >", "sort", false },
		{ "A", "load all", false }, { "R", "refresh", false },
		{ "?", "help", true }, { "q", "back", true }
	};
	struct view_look look = { .mode = TEXT_UTF8 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct frame *frame = frame_create(1, table[i].cols);
		char *row;

		chrome_draw_hints(frame, frame_whole(frame), &look, hints, 8);
		row = snapshot_row(frame, 0);
		assert_string_equal(row, table[i].line);
		free(row);
		frame_destroy(frame);
	}
}

static void
one_row_of_header_is_the_list(void **state)
{
	struct view_rig rig;
	char *row;

	(void)state;
	view_rig_init(&rig, 6, 64);
	rig.header.rows = 5;
	view_rig_draw_chrome(&rig);
	row = snapshot_row(rig.frame, 0);
	assert_string_equal(row,
	    "@TGS#aDEMO00001  Friday Live     5 loaded, more   as of 14:03:11");
	free(row);
	view_rig_release(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_line_gives_up_in_its_order),
		cmocka_unit_test(second_line_keeps_its_labels),
		cmocka_unit_test(clock_is_shown_above_3_and_warned_of_above_60),
		cmocka_unit_test(unknown_clock_is_not_shown),
		cmocka_unit_test(activity_says_the_first_of_what_there_is),
		cmocka_unit_test(hints_leave_from_the_right_but_two),
		cmocka_unit_test(one_row_of_header_is_the_list),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
