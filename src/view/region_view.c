/*
 * The screen on which a region is chosen.
 */
#include "bantop/view/region_view.h"

#include <stdio.h>
#include <string.h>

#include "view/view_priv.h"

enum column { COLUMN_KEY, COLUMN_NAME, COLUMN_HOST, COLUMN_USED, COLUMN_NOTE };
enum { HOST_COLS_MIN = 16 };

static struct view_table
table_of(struct frame_area area)
{
	struct view_table table = { .area = area,
		.count = 5,
		.columns = {
		    [COLUMN_KEY] = { .name = "KEY", .cols = 5 },
		    [COLUMN_NAME] = { .name = "NAME", .cols = 14 },
		    [COLUMN_HOST] = { .name = "HOST" },
		    [COLUMN_USED] = { .name = "USED", .cols = 8, .leaves = 2 },
		    [COLUMN_NOTE] = { .name = "", .cols = 16, .leaves = 1 },
		} };

	view_table_fit(&table, COLUMN_HOST, HOST_COLS_MIN);
	return table;
}

int
region_view_window(struct frame_area area)
{
	return area.rows > 1 ? area.rows - 1 : 0;
}

static void
put(struct frame *frame, const struct view_table *table,
    const struct view_look *look, int row, enum column column,
    enum style_role role, const char *text)
{
	struct pen pen =
	    view_table_cell(frame, table, look, row, (size_t)column);

	(void)pen_put_outside(&pen, role, text, strlen(text), pen_room(&pen),
	    column == COLUMN_HOST ? VIEW_CUT_MIDDLE : VIEW_CUT_END);
}

static void
draw_row(struct frame *frame, const struct view_table *table,
    const struct view_look *look, const struct region_view *view,
    const struct region_row *region, int row, bool selected)
{
	char used[32], error[VIEW_LINE_MAX];
	int line = table->area.row + row;

	view_ago_write(region->used_at, view->now_s, used, sizeof used);
	put(frame, table, look, row, COLUMN_KEY, STYLE_PLACE, region->key);
	put(frame, table, look, row, COLUMN_NAME, STYLE_TEXT, region->name);
	put(frame, table, look, row, COLUMN_HOST, STYLE_TEXT, region->host);
	put(frame, table, look, row, COLUMN_USED, STYLE_DIM, used);
	if (view_err_write(region->err, look->mode, false, error) > 0)
		put(frame, table, look, row, COLUMN_NOTE, STYLE_ERROR, error);
	else
		put(frame, table, look, row, COLUMN_NOTE, STYLE_DIM,
		    region->state);
	if (!selected)
		return;
	view_put_selected(frame, line, table->area.col);
	frame_add_flags(frame, line, table->area.col,
	    VIEW_GUTTER + table->columns[COLUMN_KEY].cols + VIEW_COLUMN_GAP +
	        table->columns[COLUMN_NAME].cols,
	    FRAME_SELECTED);
}

static void
draw_empty(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct region_view *view)
{
	char first[VIEW_LINE_MAX];

	area.row++;
	area.rows--;
	(void)snprintf(first, sizeof first, "no region matches %.200s",
	    view->narrow);
	view_put_empty(frame, area, look,
	    view->total > 0 ? first : "no region is configured",
	    view->total > 0 ? "Esc shows all again" : "q leaves");
	frame_set_cursor(frame, area.row, area.col);
}

void
region_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct region_view *view)
{
	struct view_table table = table_of(area);
	int window = region_view_window(area);
	int row;

	if (area.rows < 1)
		return;
	view_table_draw_headings(frame, &table, look);
	if (view->count == 0)
		draw_empty(frame, area, look, view);
	for (row = 0; row < window && view->top + (size_t)row < view->count;
	     row++) {
		size_t index = view->top + (size_t)row;

		draw_row(frame, &table, look, view, &view->rows[index], row + 1,
		    index == view->cursor);
	}
}
