#include "bantop/view/frame.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"

static void
expect_row(const struct frame *frame, int row, const char *want)
{
	char *is = snapshot_row(frame, row);

	assert_string_equal(is, want);
	free(is);
}

static void
new_frame_is_blank_without_cursor(void **state)
{
	struct frame *frame = frame_create(2, 5);
	int row, col;

	(void)state;
	expect_row(frame, 0, "");
	assert_false(frame_cursor(frame, &row, &col));
	assert_int_equal(frame_row(frame, 1)[4].points[0], ' ');
	frame_destroy(frame);
}

static void
text_is_cut_at_its_columns_and_the_edge(void **state)
{
	struct frame *frame = frame_create(2, 8);

	(void)state;
	assert_int_equal(frame_put(frame, 0, 1, 3, STYLE_TEXT, "abcdef"), 3);
	expect_row(frame, 0, " abc");
	assert_int_equal(frame_put(frame, 0, 6, 99, STYLE_TEXT, "xyz"), 2);
	expect_row(frame, 0, " abc  xy");
	assert_int_equal(frame_put(frame, 0, 8, 9, STYLE_TEXT, "x"), 0);
	assert_int_equal(frame_put(frame, 2, 0, 9, STYLE_TEXT, "x"), 0);
	assert_int_equal(frame_put(frame, -1, 0, 9, STYLE_TEXT, "x"), 0);
	assert_int_equal(frame_put(frame, 1, 0, -1, STYLE_TEXT, "x"), 0);
	frame_destroy(frame);
}

static void
wide_character_is_never_cut_in_two(void **state)
{
	struct frame *frame = frame_create(1, 4);

	(void)state;
	assert_int_equal(frame_put(frame, 0, 1, 9, STYLE_TEXT,
	                     "\xe4\xb8\xad\xe6\x96\x87"),
	    2);
	expect_row(frame, 0, " \xe4\xb8\xad");
	assert_int_equal(frame_row(frame, 0)[2].width_cols, 0);
	frame_destroy(frame);
}

static void
half_covered_wide_character_becomes_blank(void **state)
{
	struct frame *frame = frame_create(2, 6);

	(void)state;
	(void)frame_put(frame, 0, 0, 9, STYLE_TEXT, "\xe4\xb8\xad\xe6\x96\x87");
	(void)frame_put(frame, 0, 1, 9, STYLE_TEXT, "x");
	expect_row(frame, 0, " x\xe6\x96\x87");
	(void)frame_put(frame, 1, 0, 9, STYLE_TEXT, "\xe4\xb8\xad\xe6\x96\x87");
	(void)frame_put(frame, 1, 2, 9, STYLE_TEXT, "y");
	expect_row(frame, 1, "\xe4\xb8\xady");
	(void)frame_put(frame, 1, 1, 9, STYLE_TEXT, "\xe6\x96\x87");
	expect_row(frame, 1, " \xe6\x96\x87");
	frame_destroy(frame);
}

static void
marks_stay_with_their_character(void **state)
{
	struct frame *frame = frame_create(1, 6);
	const struct frame_cell *cell = frame_row(frame, 0);

	(void)state;
	assert_int_equal(frame_put(frame, 0, 0, 9, STYLE_TEXT, "ae\xcc\x81z"),
	    3);
	assert_int_equal(cell[1].point_count, 2);
	assert_int_equal(cell[1].points[1], 0x301);
	assert_int_equal(cell[2].points[0], 'z');
	expect_row(frame, 0, "ae\xcc\x81z");
	frame_destroy(frame);
}

static void
flags_cover_both_halves_of_a_wide_character(void **state)
{
	struct frame *frame = frame_create(1, 6);
	const struct frame_cell *cell = frame_row(frame, 0);

	(void)state;
	(void)frame_put(frame, 0, 0, 9, STYLE_TEXT,
	    "\xe4\xb8\xadx\xe6\x96\x87");
	frame_add_flags(frame, 0, 1, 3, FRAME_MATCH);
	assert_int_equal(cell[0].flags, FRAME_MATCH);
	assert_int_equal(cell[4].flags, FRAME_MATCH);
	assert_int_equal(cell[5].flags, 0);
	frame_add_flags(frame, 0, 2, 1, FRAME_SELECTED);
	assert_int_equal(cell[2].flags, FRAME_MATCH | FRAME_SELECTED);
	frame_add_flags(frame, 7, 0, 9, FRAME_MARKED);
	frame_add_flags(frame, 0, 6, 9, FRAME_MARKED);
	assert_int_equal(cell[5].flags, 0);
	frame_destroy(frame);
}

static void
fill_stays_inside_the_frame(void **state)
{
	struct frame *frame = frame_create(3, 4);
	struct frame_area area = { 1, 2, 9, 9 };
	struct frame_area outside = { -5, -5, 6, 6 };

	(void)state;
	frame_fill(frame, area, STYLE_BAR, '#');
	expect_row(frame, 0, "");
	expect_row(frame, 1, "  ##");
	expect_row(frame, 2, "  ##");
	frame_fill(frame, outside, STYLE_BAR, '.');
	expect_row(frame, 0, ".");
	expect_row(frame, 1, "  ##");
	frame_destroy(frame);
}

static void
cursor_is_clamped_and_compared(void **state)
{
	struct frame *a = frame_create(2, 3);
	struct frame *b = frame_create(2, 3);
	int row, col;

	(void)state;
	frame_set_cursor(a, 9, 9);
	assert_true(frame_cursor(a, &row, &col));
	assert_int_equal(row, 1);
	assert_int_equal(col, 2);
	assert_false(frame_equals(a, b));
	frame_copy(b, a);
	assert_true(frame_equals(a, b));
	frame_destroy(a);
	frame_destroy(b);
}

static void
frames_differ_in_role_flags_and_size(void **state)
{
	struct frame *a = frame_create(2, 3);
	struct frame *b = frame_create(2, 3);

	(void)state;
	assert_true(frame_equals(a, b));
	(void)frame_put(a, 0, 0, 1, STYLE_TEXT, "x");
	(void)frame_put(b, 0, 0, 1, STYLE_ERROR, "x");
	assert_false(frame_equals(a, b));
	(void)frame_put(b, 0, 0, 1, STYLE_TEXT, "x");
	assert_true(frame_equals(a, b));
	frame_add_flags(b, 0, 0, 1, FRAME_MARKED);
	assert_false(frame_equals(a, b));
	frame_resize(b, 3, 2);
	assert_false(frame_equals(a, b));
	frame_destroy(a);
	frame_destroy(b);
}

static void
sizes_are_kept_within_their_caps(void **state)
{
	struct frame *frame = frame_create(0, -3);

	(void)state;
	assert_int_equal(frame_rows(frame), 1);
	assert_int_equal(frame_cols(frame), 1);
	frame_resize(frame, 100000, 100000);
	assert_int_equal(frame_rows(frame), FRAME_ROWS_MAX);
	assert_int_equal(frame_cols(frame), FRAME_COLS_MAX);
	frame_destroy(frame);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_frame_is_blank_without_cursor),
		cmocka_unit_test(text_is_cut_at_its_columns_and_the_edge),
		cmocka_unit_test(wide_character_is_never_cut_in_two),
		cmocka_unit_test(half_covered_wide_character_becomes_blank),
		cmocka_unit_test(marks_stay_with_their_character),
		cmocka_unit_test(flags_cover_both_halves_of_a_wide_character),
		cmocka_unit_test(fill_stays_inside_the_frame),
		cmocka_unit_test(cursor_is_clamped_and_compared),
		cmocka_unit_test(frames_differ_in_role_flags_and_size),
		cmocka_unit_test(sizes_are_kept_within_their_caps),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
