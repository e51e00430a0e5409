#include "bantop/view/prompt_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static struct prompt_view
view_of(const char *text, size_t at)
{
	struct prompt_view view = { .label = "find",
		.text = text,
		.len = strlen(text),
		.at = at,
		.ghost = "",
		.note = "" };

	return view;
}

/* The row that is drawn @p cols wide, and the cursor's column. */
static void
expect(const struct prompt_view *view, int cols, const char *want, int cursor)
{
	struct frame *frame = frame_create(1, cols);
	struct view_look look = { .mode = TEXT_UTF8 };
	int row, col;
	char *is;

	prompt_view_draw(frame, frame_whole(frame), &look, view);
	is = snapshot_row(frame, 0);
	assert_string_equal(is, want);
	free(is);
	assert_true(frame_cursor(frame, &row, &col));
	assert_int_equal(col, cursor);
	frame_destroy(frame);
}

static void
typed_text_is_shown_with_its_cursor(void **state)
{
	struct prompt_view view = view_of("brenn", 5);

	(void)state;
	expect(&view, 80, "find: brenn", 11);
	view.at = 2;
	expect(&view, 80, "find: brenn", 8);
	view.ghost = "anli";
	expect(&view, 80, "find: brenn", 8);
	view.at = 5;
	expect(&view, 80, "find: brennanli", 11);
}

static void
long_text_is_scrolled_to_its_cursor(void **state)
{
	struct prompt_view view = view_of("abcdefghijklmnopqrstuvwxyz", 26);

	(void)state;
	expect(&view, 20, "find: nopqrstuvwxyz", 19);
	view.at = 0;
	expect(&view, 20, "find: abcdefghijklmn", 6);
	view.at = 14;
	expect(&view, 20, "find: bcdefghijklmno", 19);
}

static void
wide_and_hostile_text_keeps_its_cursor(void **state)
{
	struct prompt_view view = view_of("\xe4\xb8\xad\xe6\x96\x87\x1b", 6);

	(void)state;
	expect(&view, 80, "find: \xe4\xb8\xad\xe6\x96\x87<U+001B>", 10);
	view.at = 7;
	expect(&view, 16, "find: <U+001B>", 14);
}

static void
note_stands_where_there_is_room(void **state)
{
	struct prompt_view view = view_of("x", 1);
	struct frame *frame = frame_create(2, 40);
	struct view_look look = { .mode = TEXT_UTF8 };

	(void)state;
	view.note = "no row matches";
	view.note_is_bad = true;
	expect(&view, 40, "find: x                   no row matches", 7);
	expect(&view, 24, "find: x             no \xe2\x80\xa6", 7);
	prompt_view_draw(frame, frame_whole(frame), &look, &view);
	snapshot_expect(frame, "prompt_two_rows_40x2");
	frame_destroy(frame);
}

static void
draw_question(struct view_rig *rig, struct frame_area body)
{
	(void)body;
	confirm_view_draw(rig->frame, rig->layout.hints, &rig->look,
	    "replace bans-@TGS#aDEMO00001-2026-11-22.csv?");
}

static void
question_shows_both_answers(void **state)
{
	(void)state;
	view_rig_expect(draw_question, "", "confirm");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typed_text_is_shown_with_its_cursor),
		cmocka_unit_test(long_text_is_scrolled_to_its_cursor),
		cmocka_unit_test(wide_and_hostile_text_keeps_its_cursor),
		cmocka_unit_test(note_stands_where_there_is_room),
		cmocka_unit_test(question_shows_both_answers),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
