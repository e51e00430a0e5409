/*
 * What the tables and the cards of several views have in common: columns that
 * leave where it is narrow, and lines of "label  text".
 */
#include <string.h>

#include "view/view_priv.h"

static int
other_cols(const struct view_table *table, size_t wide)
{
	int cols = VIEW_GUTTER;
	size_t i;

	for (i = 0; i < table->count; i++)
		if (i != wide && table->columns[i].cols > 0)
			cols += table->columns[i].cols + VIEW_COLUMN_GAP;
	return cols;
}

static struct view_column *
next_to_leave(struct view_table *table)
{
	struct view_column *found = NULL;
	size_t i;

	for (i = 0; i < table->count; i++) {
		struct view_column *column = &table->columns[i];

		if (column->leaves > 0 && column->cols > 0 &&
		    (found == NULL || column->leaves < found->leaves))
			found = column;
	}
	return found;
}

void
view_table_fit(struct view_table *table, size_t wide, int min_cols)
{
	int rest = table->area.cols - other_cols(table, wide);
	struct view_column *leaving = next_to_leave(table);

	while (rest < min_cols && leaving != NULL) {
		leaving->cols = 0;
		leaving = next_to_leave(table);
		rest = table->area.cols - other_cols(table, wide);
	}
	table->columns[wide].cols = rest > 0 ? rest : 0;
}

struct pen
view_table_cell(struct frame *frame, const struct view_table *table,
    const struct view_look *look, int row, size_t index)
{
	struct pen pen = pen_at(frame, table->area, look, row);
	int end = pen.end;
	size_t i;

	pen.col += VIEW_GUTTER;
	for (i = 0; i < index; i++)
		if (table->columns[i].cols > 0)
			pen.col += table->columns[i].cols + VIEW_COLUMN_GAP;
	pen.end = pen.col + table->columns[index].cols;
	if (pen.end > end)
		pen.end = end;
	return pen;
}

void
view_table_draw_headings(struct frame *frame, const struct view_table *table,
    const struct view_look *look)
{
	size_t i;

	for (i = 0; i < table->count; i++) {
		const struct view_column *column = &table->columns[i];
		struct pen pen = view_table_cell(frame, table, look, 0, i);

		if (column->cols == 0)
			continue;
		if (column->right)
			pen_put_right(&pen, STYLE_HEADING, column->cols,
			    column->name);
		else
			pen_put(&pen, STYLE_HEADING, column->name);
	}
}

void
view_lines_put(struct view_lines *lines, const char *label,
    enum style_role role, const char *text, size_t len)
{
	char safe[VIEW_SAFE_MAX];
	struct frame_area area = lines->area;
	int first = lines->top - lines->count; /* of this text's lines */
	size_t size =
	    text_make_safe(text, len, lines->look->mode, safe, sizeof safe);

	if (size == 0)
		return;
	area.row += first < 0 ? -first : 0;
	area.rows -= first < 0 ? -first : 0;
	if (lines->frame != NULL && first <= 0) {
		struct pen pen = pen_at(lines->frame, area, lines->look, 0);

		pen_put(&pen, STYLE_DIM, label);
	}
	area.col += lines->label_cols;
	area.cols -= lines->label_cols;
	lines->count += view_wrap(lines->frame, area, lines->look, role, safe,
	    size, first > 0 ? first : 0);
}

void
view_lines_say(struct view_lines *lines, const char *label,
    enum style_role role, const char *text)
{
	view_lines_put(lines, label, role, text, strlen(text));
}

void
view_table_put(struct frame *frame, const struct view_table *table,
    const struct view_look *look, int row, size_t column, enum style_role role,
    const char *text)
{
	struct pen pen = view_table_cell(frame, table, look, row, column);

	if (table->columns[column].right)
		pen_put_right(&pen, role, pen_room(&pen), text);
	else
		pen_put_cut(&pen, role, text);
}
