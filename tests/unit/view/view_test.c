#include "bantop/view/view.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"

static void
layout_fills_the_frame_without_gaps(void **state)
{
	int rows;

	(void)state;
	for (rows = VIEW_ROWS_MIN; rows <= 60; rows++) {
		struct frame *frame = frame_create(rows, 80);
		struct view_layout layout = view_layout_of(frame);
		const struct frame_area *parts[] = { &layout.header,
			&layout.body, &layout.activity, &layout.trouble,
			&layout.hints };
		int next = 0;
		size_t i;

		for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
			assert_int_equal(parts[i]->row, next);
			assert_int_equal(parts[i]->cols, 80);
			next += parts[i]->rows;
		}
		assert_int_equal(next, rows);
		assert_true(layout.body.rows >= 2);
		assert_int_equal(layout.header.rows, rows >= 8 ? 2 : 1);
		assert_int_equal(layout.trouble.rows, rows >= 12 ? 1 : 0);
		frame_destroy(frame);
	}
}

static void
small_frame_says_what_it_needs(void **state)
{
	struct frame *frame = frame_create(4, 80);

	(void)state;
	assert_true(view_is_too_small(frame));
	view_draw_too_small(frame);
	snapshot_expect(frame, "too_small_80x4");
	frame_resize(frame, 5, 19);
	assert_true(view_is_too_small(frame));
	frame_resize(frame, 5, 20);
	assert_false(view_is_too_small(frame));
	frame_destroy(frame);
}

static void
pane_leaves_a_third_or_takes_all(void **state)
{
	struct frame_area body = { 2, 0, 18, 80 };
	struct frame_area pane = view_pane_area(body, 10);

	(void)state;
	assert_int_equal(pane.row, 10);
	assert_int_equal(pane.rows, 10);
	pane = view_pane_area(body, 13);
	assert_int_equal(pane.row, 2);
	assert_int_equal(pane.rows, 18);
}

/* Whatever happened before: the cursor is seen, and no more is blank than
 * must be. */
static void
scroll_shows_the_cursor(void **state)
{
	size_t count, cursor, top, window;

	(void)state;
	assert_int_equal(view_scroll(0, 17, 100, 18, 1), 0);
	assert_int_equal(view_scroll(0, 18, 100, 18, 1), 1);
	assert_int_equal(view_scroll(50, 10, 100, 18, 1), 10);
	assert_int_equal(view_scroll(0, 99, 100, 18, 1), 83);
	assert_int_equal(view_scroll(0, 99, 100, 18, 0), 82);
	assert_int_equal(view_scroll(90, 95, 96, 18, 1), 79);
	assert_int_equal(view_scroll(5, 0, 0, 18, 1), 0);
	for (count = 1; count < 12; count++)
		for (cursor = 0; cursor < count; cursor++)
			for (top = 0; top < 14; top++)
				for (window = 1; window < 8; window++) {
					size_t is = view_scroll(top, cursor,
					    count, window, 1);

					if (window == 1 && cursor + 1 == count)
						continue; /* no room for both */
					assert_true(is <= cursor);
					assert_true(cursor < is + window);
				}
}

static void
cursor_is_seen_even_without_room_for_the_end(void **state)
{
	(void)state;
	assert_int_equal(view_scroll(0, 9, 10, 1, 1), 9);
}

static const struct view_look plain = { .mode = TEXT_UTF8, .zone = MOMENT_UTC };

static void
expect_says(const struct view_fetch *fetch, int cols, const char *want)
{
	char text[VIEW_LINE_MAX];
	size_t len = view_fetch_write(fetch, &plain, cols, text);

	assert_string_equal(text, want);
	assert_int_equal(len, strlen(want));
}

static void
fetch_is_told_in_words(void **state)
{
	struct err err;
	struct view_fetch fetch = { .state = VIEW_FETCH_LOADING,
		.err = &err,
		.attempt = 1,
		.attempts_max = 3,
		.pages = 12,
		.rows = 1200,
		.rows_per_s = 18000,
		.elapsed_ms = 67999 };

	(void)state;
	(void)err_set(&err, ERR_SERVICE, 60007, NULL, "too many calls");
	expect_says(&fetch, 80, "loading page 13, Esc stop");
	fetch.attempt = 2;
	expect_says(&fetch, 80, "loading page 13, try 2 of 3, Esc stop");
	fetch.refresh = true;
	expect_says(&fetch, 80, "refreshing: page 13, try 2 of 3, Esc stop");
	fetch.refresh = false;
	fetch.all = true;
	expect_says(&fetch, 80,
	    "loading all: 12 pages, 1,200 rows, 18,000 rows/s, 1:07, "
	    "Esc stop");
	expect_says(&fetch, 40, "all: 12 pages, 1,200 rows, 1:07");
	fetch.state = VIEW_FETCH_WAITING;
	fetch.wait_ms = 3001;
	expect_says(&fetch, 80,
	    "! E60007 too many calls: next try in 4 s (2 of 3), r now, "
	    "Esc stop");
	fetch.state = VIEW_FETCH_FAILED;
	expect_says(&fetch, 80, "! E60007 too many calls: r tries again");
	fetch.state = VIEW_FETCH_STOPPED;
	expect_says(&fetch, 80, "stopped after 1,200 rows: r goes on");
	fetch.state = VIEW_FETCH_MORE;
	expect_says(&fetch, 80, "");
	fetch.state = VIEW_FETCH_COMPLETE;
	expect_says(&fetch, 80, "");
}

static void
long_error_leaves_room_for_what_comes_next(void **state)
{
	struct err err;
	struct view_fetch fetch = { .state = VIEW_FETCH_BROKEN, .err = &err };

	(void)state;
	(void)err_set(&err, ERR_PAGING, 0, NULL,
	    "the service names offset 300 again, which was asked for before, "
	    "and would go round in circles");
	expect_says(&fetch, 60,
	    "! the service names offset 300 aga\xe2\x80\xa6: rows kept, r asks "
	    "again");
}

static void
fetch_tells_when_its_words_change(void **state)
{
	struct view_fetch fetch = { .state = VIEW_FETCH_WAITING,
		.wait_ms = 3500 };
	struct view_look reader = { .reader = true };

	(void)state;
	assert_int_equal(view_fetch_next_change_ms(&fetch, &plain), 500);
	fetch.wait_ms = 3000;
	assert_int_equal(view_fetch_next_change_ms(&fetch, &plain), 1000);
	fetch.wait_ms = 1;
	assert_int_equal(view_fetch_next_change_ms(&fetch, &plain), 1);
	assert_true(view_fetch_next_change_ms(&fetch, &reader) == INT64_MAX);
	fetch.state = VIEW_FETCH_LOADING;
	assert_true(view_fetch_next_change_ms(&fetch, &plain) == INT64_MAX);
	fetch.all = true;
	fetch.pages = 1;
	fetch.elapsed_ms = 1999;
	assert_int_equal(view_fetch_next_change_ms(&fetch, &plain), 1);
}

static void
expect_err(enum err_kind kind, int code, const char *hint, const char *text,
    const char *want)
{
	char is[VIEW_LINE_MAX];
	struct err err;

	(void)err_set(&err, kind, code, hint, "%s", text);
	(void)view_err_write(&err, TEXT_UTF8, true, is);
	assert_string_equal(is, want);
}

static void
error_is_one_line_with_its_code_once(void **state)
{
	char is[VIEW_LINE_MAX];

	(void)state;
	expect_err(ERR_SERVICE, 60007, NULL, "too many", "E60007 too many");
	expect_err(ERR_SERVICE, 60007, NULL, "E60007 too many",
	    "E60007 too many");
	expect_err(ERR_SERVICE, 10007, "do this", "no", "E10007 no: do this");
	expect_err(ERR_HTTP, 503, NULL, "HTTP 503", "HTTP 503");
	assert_int_equal(view_err_write(NULL, TEXT_UTF8, true, is), 0);
	assert_string_equal(is, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout_fills_the_frame_without_gaps),
		cmocka_unit_test(small_frame_says_what_it_needs),
		cmocka_unit_test(pane_leaves_a_third_or_takes_all),
		cmocka_unit_test(scroll_shows_the_cursor),
		cmocka_unit_test(cursor_is_seen_even_without_room_for_the_end),
		cmocka_unit_test(fetch_is_told_in_words),
		cmocka_unit_test(long_error_leaves_room_for_what_comes_next),
		cmocka_unit_test(fetch_tells_when_its_words_change),
		cmocka_unit_test(error_is_one_line_with_its_code_once),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
