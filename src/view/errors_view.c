/*
 * The screen of errors: one row for each that is different.
 */
#include "bantop/view/errors_view.h"

#include <stdio.h>
#include <string.h>

#include "view/view_priv.h"

enum column {
	COLUMN_TIME,
	COLUMN_COUNT,
	COLUMN_KIND,
	COLUMN_CODE,
	COLUMN_TEXT,
};
enum { TEXT_COLS_MIN = 16 };

static struct view_table
table_of(struct frame_area area)
{
	struct view_table table = { .area = area,
		.count = 5,
		.columns = {
		    [COLUMN_TIME] = { .name = "TIME", .cols = 8 },
		    [COLUMN_COUNT] = { .name = "TIMES",
		        .cols = 5,
		        .leaves = 2,
		        .right = true },
		    [COLUMN_KIND] = { .name = "KIND", .cols = 10, .leaves = 1 },
		    [COLUMN_CODE] = { .name = "CODE", .cols = 7 },
		    [COLUMN_TEXT] = { .name = "WHAT" },
		} };

	view_table_fit(&table, COLUMN_TEXT, TEXT_COLS_MIN);
	return table;
}

int
errors_view_window(struct frame_area area)
{
	return area.rows > 1 ? area.rows - 1 : 0;
}

static void
draw_row(struct frame *frame, const struct view_table *table,
    const struct view_look *look, const struct error_row *error, int row)
{
	char time[MOMENT_TEXT_MAX], count[VIEW_NUMBER_MAX], code[24] = "";
	const struct err *err = error->err;

	(void)moment_write_time(error->at, look->zone, time);
	(void)num_write_grouped((int64_t)error->count, count);
	if (err->code != 0)
		(void)snprintf(code, sizeof code, "%s%d",
		    err->kind == ERR_SERVICE ? "E" : "", err->code);
	view_table_put(frame, table, look, row, COLUMN_TIME, STYLE_DIM, time);
	view_table_put(frame, table, look, row, COLUMN_COUNT, STYLE_TEXT,
	    count);
	view_table_put(frame, table, look, row, COLUMN_KIND, STYLE_TEXT,
	    err_kind_name(err->kind));
	view_table_put(frame, table, look, row, COLUMN_CODE, STYLE_ERROR, code);
	view_table_put(frame, table, look, row, COLUMN_TEXT, STYLE_TEXT,
	    err->text);
}

static void
draw_empty(struct frame *frame, struct frame_area area,
    const struct view_look *look)
{
	area.row++;
	area.rows--;
	view_put_empty(frame, area, look, "no error since the start", "q back");
	frame_set_cursor(frame, area.row, area.col);
}

void
errors_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct errors_view *view)
{
	struct view_table table = table_of(area);
	int window = errors_view_window(area);
	int row;

	if (area.rows < 1)
		return;
	view_table_draw_headings(frame, &table, look);
	if (view->count == 0)
		draw_empty(frame, area, look);
	for (row = 0; row < window && view->top + (size_t)row < view->count;
	     row++) {
		size_t index = view->top + (size_t)row;
		struct error_row error;
		int line = area.row + row + 1;

		view->at(index, &error, view->user);
		draw_row(frame, &table, look, &error, row + 1);
		if (index != view->cursor)
			continue;
		view_put_selected(frame, line, area.col);
		frame_add_flags(frame, line, area.col, area.cols,
		    FRAME_SELECTED);
	}
}
