/*
 * The screen on which a group is chosen. Ids and names are the service's or
 * the user's: shown made safe.
 */
#include "bantop/view/group_view.h"

#include <stdio.h>
#include <string.h>

#include "view/view_priv.h"

enum column {
	COLUMN_DIGIT,
	COLUMN_ID,
	COLUMN_NAME,
	COLUMN_TYPE,
	COLUMN_MEMBERS,
	COLUMN_USED,
};
enum { ID_COLS_MIN = 20, NAME_COLS = 18, NAME_COLS_MAX = 40 };

/* Of what a screen is wider than usual, half. */
static int
name_cols(int cols)
{
	int wide = NAME_COLS + (cols - 80) / 2;

	if (wide < NAME_COLS)
		return NAME_COLS;
	return wide < NAME_COLS_MAX ? wide : NAME_COLS_MAX;
}

static struct view_table
table_of(struct frame_area area)
{
	struct view_table table = { .area = area,
		.count = 6,
		.columns = {
		    [COLUMN_DIGIT] = { .name = "", .cols = 1 },
		    [COLUMN_ID] = { .name = "GROUP" },
		    [COLUMN_NAME] = { .name = "NAME",
		        .cols = name_cols(area.cols),
		        .leaves = 4 },
		    [COLUMN_TYPE] = { .name = "TYPE", .cols = 10, .leaves = 2 },
		    [COLUMN_MEMBERS] = { .name = "MEMBERS",
		        .cols = 9,
		        .leaves = 1,
		        .right = true },
		    [COLUMN_USED] = { .name = "USED", .cols = 8, .leaves = 3 },
		} };

	view_table_fit(&table, COLUMN_ID, ID_COLS_MIN);
	return table;
}

int
group_view_window(struct frame_area area)
{
	return area.rows > 1 ? area.rows - 1 : 0;
}

static void
put(struct frame *frame, const struct view_table *table,
    const struct view_look *look, int row, enum column column,
    enum style_role role, const char *text, size_t len)
{
	struct pen pen =
	    view_table_cell(frame, table, look, row, (size_t)column);

	(void)pen_put_outside(&pen, role, text, len, pen_room(&pen),
	    column == COLUMN_ID ? VIEW_CUT_MIDDLE : VIEW_CUT_END);
}

static void
put_members(struct frame *frame, const struct view_table *table,
    const struct view_look *look, int row, int64_t members)
{
	struct pen pen =
	    view_table_cell(frame, table, look, row, COLUMN_MEMBERS);
	char text[VIEW_NUMBER_MAX];

	if (members < 0 || table->columns[COLUMN_MEMBERS].cols == 0)
		return;
	(void)num_write_grouped(members, text);
	pen_put_right(&pen, STYLE_TEXT, table->columns[COLUMN_MEMBERS].cols,
	    text);
}

static void
draw_row(struct frame *frame, const struct view_table *table,
    const struct view_look *look, const struct group_view *view,
    const struct group_row *group, int row, bool selected)
{
	char used[32], digit[2] = "";
	int line = table->area.row + row;
	struct pen id;

	if (group->digit >= 0 && group->digit <= 9)
		digit[0] = (char)('0' + group->digit);
	view_ago_write(group->used_at, view->now_s, used, sizeof used);
	put(frame, table, look, row, COLUMN_DIGIT, STYLE_KEY, digit,
	    strnlen(digit, 1));
	put(frame, table, look, row, COLUMN_ID, STYLE_ACCOUNT, group->id,
	    group->id_len);
	if (group->fault[0] != '\0')
		put(frame, table, look, row, COLUMN_NAME, STYLE_ERROR,
		    group->fault, strlen(group->fault));
	else
		put(frame, table, look, row, COLUMN_NAME, STYLE_TEXT,
		    group->name, group->name_len);
	put(frame, table, look, row, COLUMN_TYPE, STYLE_TEXT, group->type,
	    strlen(group->type));
	put_members(frame, table, look, row, group->member_num);
	put(frame, table, look, row, COLUMN_USED, STYLE_DIM, used,
	    strlen(used));
	if (group->kind == GROUP_ROW_PINNED)
		(void)frame_put(frame, line, table->area.col + 1, 1,
		    STYLE_MARKED, "*");
	if (!selected)
		return;
	id = view_table_cell(frame, table, look, row, COLUMN_ID);
	view_put_selected(frame, line, table->area.col);
	frame_add_flags(frame, line, table->area.col, id.end - table->area.col,
	    FRAME_SELECTED);
}

static enum style_role
write_end(const struct group_view *view, const struct view_look *look, int cols,
    char out[VIEW_LINE_MAX])
{
	static const char next[] = ": R tries again";
	char groups[VIEW_NUMBER_MAX + 8];
	char why[VIEW_LINE_MAX], cut[VIEW_LINE_MAX];

	view_count_write(view->fetched, "group", groups, sizeof groups);
	switch (view->state) {
	case GROUP_VIEW_IDLE:
		(void)snprintf(out, VIEW_LINE_MAX, "%s",
		    view->fixed ? "only the configured groups"
		                : "R fetches all groups, i types an id");
		return STYLE_DIM;
	case GROUP_VIEW_LOADING:
		(void)snprintf(out, VIEW_LINE_MAX,
		    "loading groups: %s so far, Esc stops", groups);
		return STYLE_NOTICE;
	case GROUP_VIEW_FAILED:
		(void)view_err_write(view->err, look->mode, false, why);
		(void)text_cut_end(why, strlen(why),
		    cols - VIEW_GUTTER - (int)strlen(next), look->mode, cut,
		    sizeof cut);
		(void)snprintf(out, VIEW_LINE_MAX, "%.300s%s", cut, next);
		return STYLE_ERROR;
	case GROUP_VIEW_COMPLETE:
		(void)snprintf(out, VIEW_LINE_MAX,
		    "all of the application's: %s", groups);
		break;
	}
	return STYLE_DIM;
}

static void
draw_empty(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct group_view *view)
{
	char first[VIEW_LINE_MAX], end[VIEW_LINE_MAX];

	area.row++;
	area.rows--;
	(void)write_end(view, look, area.cols, end);
	(void)snprintf(first, sizeof first, "no group matches %.200s",
	    view->narrow);
	view_put_empty(frame, area, look,
	    view->total > 0 ? first : "no group was opened here yet",
	    view->total > 0 ? "Esc shows all again" : end);
	frame_set_cursor(frame, area.row, area.col);
}

void
group_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct group_view *view)
{
	struct view_table table = table_of(area);
	int window = group_view_window(area);
	char end[VIEW_LINE_MAX];
	struct pen pen;
	int row;

	if (area.rows < 1)
		return;
	view_table_draw_headings(frame, &table, look);
	if (view->count == 0) {
		draw_empty(frame, area, look, view);
		return;
	}
	for (row = 0; row < window && view->top + (size_t)row < view->count;
	     row++) {
		size_t index = view->top + (size_t)row;
		struct group_row group = { .digit = -1 };

		view->at(index, &group, view->user);
		draw_row(frame, &table, look, view, &group, row + 1,
		    index == view->cursor);
	}
	if (row < window) {
		enum style_role role = write_end(view, look, area.cols, end);

		pen = pen_at(frame, area, look, row + 1);
		pen_skip(&pen, VIEW_GUTTER);
		pen_put_cut(&pen, role, end);
	}
}
