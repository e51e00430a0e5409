#include "bantop/view/summary_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static void
draw(struct view_rig *rig, struct frame_area body)
{
	struct summary summary = { .rows = 13700,
		.by_state = { 12010, 4, 130, 1555, 1 },
		.by_end = { 4, 700, 9000, 2300, 10, 1555 } };
	const struct summary_view view = {
		.summary = &summary, .marked = 2, .as_of = VIEW_RIG_NOW_S
	};

	summary_view_draw(rig->frame, view_pane_area(body, SUMMARY_VIEW_ROWS),
	    &rig->look, &view);
}

static void
draw_ascii(struct view_rig *rig, struct frame_area body)
{
	rig->look.mode = TEXT_ASCII;
	draw(rig, body);
}

static void
draw_reader(struct view_rig *rig, struct frame_area body)
{
	rig->look.reader = true;
	draw(rig, body);
}

static void
a_reader_gets_numbers_and_no_lines(void **state)
{
	(void)state;
	view_rig_expect(draw_reader, "", "summary_reader");
}

static void
counts_and_bars_are_shown(void **state)
{
	(void)state;
	view_rig_expect(draw, "", "summary");
	view_rig_expect(draw_ascii, "", "summary_ascii");
}

static void
draw_counting(struct view_rig *rig, struct frame_area body)
{
	struct summary summary = { .rows = 0 };
	const struct summary_view view = { .summary = &summary,
		.counting = true };

	summary_view_draw(rig->frame, view_pane_area(body, SUMMARY_VIEW_ROWS),
	    &rig->look, &view);
}

/* No number that is not known. */
static void
nothing_is_claimed_before_all_are_counted(void **state)
{
	(void)state;
	view_rig_expect(draw_counting, "", "summary_counting");
}

static void
each_ban_is_counted_where_it_ends(void **state)
{
	static const struct {
		int64_t left_s;
		enum summary_end end;
	} table[] = { { 1, SUMMARY_1H }, { 3599, SUMMARY_1H },
		{ 3600, SUMMARY_24H }, { 86399, SUMMARY_24H },
		{ 86400, SUMMARY_7D }, { 7 * 86400, SUMMARY_30D },
		{ 30 * 86400, SUMMARY_LATER },
		{ INT64_C(50) * 365 * 86400, SUMMARY_LATER },
		{ INT64_C(50) * 365 * 86400 + 1, SUMMARY_PERMANENT } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct summary summary = { 0 };
		struct ban ban = { .account = "a",
			.account_len = 1,
			.until_s = VIEW_RIG_NOW_S + table[i].left_s };

		summary_add(&summary, &ban, VIEW_RIG_NOW_S);
		assert_int_equal(summary.rows, 1);
		assert_int_equal(summary.by_end[table[i].end], 1);
	}
}

static void
ended_and_invalid_end_nowhere(void **state)
{
	struct summary summary = { 0 };
	struct ban ended = { .until_s = VIEW_RIG_NOW_S };
	struct ban invalid = { .until_s = -1 };
	size_t i;

	(void)state;
	summary_add(&summary, &ended, VIEW_RIG_NOW_S);
	summary_add(&summary, &invalid, VIEW_RIG_NOW_S);
	assert_int_equal(summary.by_state[BAN_STATE_ENDED], 1);
	assert_int_equal(summary.by_state[BAN_STATE_INVALID], 1);
	for (i = 0; i < SUMMARY_END_COUNT; i++)
		assert_int_equal(summary.by_end[i], 0);
}

static void
only_a_complete_list_is_called_whole(void **state)
{
	struct summary summary = { .rows = 1 };
	struct summary_view view = { .summary = &summary };
	struct view_rig rig;
	char *row;

	(void)state;
	view_rig_init(&rig, 24, 80);
	summary_view_draw(rig.frame, rig.layout.body, &rig.look, &view);
	row = snapshot_row(rig.frame, 3);
	assert_string_equal(row, "1 row so far, PARTIAL");
	free(row);
	frame_clear(rig.frame);
	view.complete = true;
	summary_view_draw(rig.frame, rig.layout.body, &rig.look, &view);
	row = snapshot_row(rig.frame, 3);
	assert_string_equal(row, "1 row, the whole list");
	free(row);
	view_rig_release(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_and_bars_are_shown),
		cmocka_unit_test(nothing_is_claimed_before_all_are_counted),
		cmocka_unit_test(a_reader_gets_numbers_and_no_lines),
		cmocka_unit_test(each_ban_is_counted_where_it_ends),
		cmocka_unit_test(ended_and_invalid_end_nowhere),
		cmocka_unit_test(only_a_complete_list_is_called_whole),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
