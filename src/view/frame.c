/*
 * The grid. Two invariants: a cell of width 2 is always followed by one of
 * width 0 that has its role and flags, and nothing else has width 0; points
 * behind point_count are 0, so that cells compare byte by byte.
 *
 * What is safe text and how wide it is, base/text knows.
 */
#include "bantop/view/frame.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

struct frame {
	int rows;
	int cols;
	size_t cell_cap;
	struct frame_cell *cells; /* row after row */
	bool cursor_set;
	int cursor_row;
	int cursor_col;
};

static const struct frame_cell blank = {
	.points = { ' ' }, .point_count = 1, .width_cols = 1, .role = STYLE_TEXT
};

static int
clamp(int value, int min, int max)
{
	if (value < min)
		return min;
	return value > max ? max : value;
}

static struct frame_cell *
cell_at(const struct frame *frame, int row, int col)
{
	return &frame->cells[(size_t)row * (size_t)frame->cols + (size_t)col];
}

struct frame *
frame_create(int rows, int cols)
{
	struct frame *frame = mem_alloc(sizeof *frame);

	frame_resize(frame, rows, cols);
	return frame;
}

void
frame_destroy(struct frame *frame)
{
	if (frame == NULL)
		return;
	free(frame->cells);
	free(frame);
}

void
frame_resize(struct frame *frame, int rows, int cols)
{
	size_t count;

	frame->rows = clamp(rows, 1, FRAME_ROWS_MAX);
	frame->cols = clamp(cols, 1, FRAME_COLS_MAX);
	count = (size_t)frame->rows * (size_t)frame->cols;
	if (count > frame->cell_cap) {
		frame->cells =
		    mem_grow(frame->cells, count, sizeof *frame->cells);
		frame->cell_cap = count;
	}
	frame_clear(frame);
}

void
frame_clear(struct frame *frame)
{
	size_t count = (size_t)frame->rows * (size_t)frame->cols;
	size_t i;

	for (i = 0; i < count; i++)
		frame->cells[i] = blank;
	frame->cursor_set = false;
	frame->cursor_row = 0;
	frame->cursor_col = 0;
}

void
frame_copy(struct frame *frame, const struct frame *from)
{
	size_t count = (size_t)frame->rows * (size_t)frame->cols;

	assert(frame->rows == from->rows && frame->cols == from->cols);
	memcpy(frame->cells, from->cells, count * sizeof *frame->cells);
	frame->cursor_set = from->cursor_set;
	frame->cursor_row = from->cursor_row;
	frame->cursor_col = from->cursor_col;
}

int
frame_rows(const struct frame *frame)
{
	return frame->rows;
}

int
frame_cols(const struct frame *frame)
{
	return frame->cols;
}

struct frame_area
frame_whole(const struct frame *frame)
{
	struct frame_area area = { 0, 0, frame->rows, frame->cols };

	return area;
}

const struct frame_cell *
frame_row(const struct frame *frame, int row)
{
	assert(row >= 0 && row < frame->rows);
	return cell_at(frame, row, 0);
}

/* A wide cell that loses one half becomes blank in the other. */
static void
break_wide(struct frame *frame, int row, int col)
{
	struct frame_cell *cell = cell_at(frame, row, col);

	if (cell->width_cols == 0 && col > 0) {
		cell[-1].points[0] = ' ';
		memset(cell[-1].points + 1, 0,
		    sizeof cell[-1].points - sizeof cell[-1].points[0]);
		cell[-1].point_count = 1;
		cell[-1].width_cols = 1;
	}
	if (cell->width_cols == 2) {
		cell[1].points[0] = ' ';
		cell[1].point_count = 1;
		cell[1].width_cols = 1;
	}
}

static void
put_cluster(struct frame *frame, int row, int col, enum style_role role,
    const struct text_cluster *cluster)
{
	struct frame_cell *cell = cell_at(frame, row, col);
	size_t i;

	break_wide(frame, row, col);
	if (cluster->width_cols == 2)
		break_wide(frame, row, col + 1);
	*cell = (struct frame_cell){
		.point_count = (uint8_t)cluster->point_count,
		.width_cols = (uint8_t)cluster->width_cols,
		.role = (uint8_t)role,
	};
	for (i = 0; i < cluster->point_count; i++)
		cell->points[i] = cluster->points[i];
	if (cluster->width_cols == 2)
		cell[1] = (struct frame_cell){ .role = (uint8_t)role };
}

/* Most text is this: a column for each byte. @return columns. */
static int
put_plain(struct frame *frame, int row, int col, int max_cols,
    enum style_role role, const char *text, size_t len)
{
	size_t plain = text_plain_len(text, len);
	int cols = plain < (size_t)max_cols ? (int)plain : max_cols;
	struct frame_cell *cell = cell_at(frame, row, col);
	int i;

	if (cols == 0)
		return 0;
	break_wide(frame, row, col);
	break_wide(frame, row, col + cols - 1);
	for (i = 0; i < cols; i++)
		cell[i] = (struct frame_cell){
			.points = { (unsigned char)text[i] },
			.point_count = 1,
			.width_cols = 1,
			.role = (uint8_t)role,
		};
	return cols;
}

int
frame_put_text(struct frame *frame, int row, int col, int max_cols,
    enum style_role role, const char *text, size_t len)
{
	struct text_cluster cluster;
	int end, used;
	size_t at = 0;

	assert(text_is_safe(text, len));
	if (row < 0 || row >= frame->rows || col < 0 || col >= frame->cols ||
	    max_cols <= 0)
		return 0;
	used = frame->cols - col;
	end = col + (max_cols < used ? max_cols : used);
	used = 0;
	for (;;) {
		int cols = put_plain(frame, row, col + used, end - col - used,
		    role, text + at, len - at);

		used += cols;
		at += (size_t)cols;
		if (!text_next_cluster(text + at, len - at, &cluster) ||
		    cluster.width_cols > end - col - used)
			return used;
		put_cluster(frame, row, col + used, role, &cluster);
		used += cluster.width_cols;
		at += cluster.len;
	}
}

int
frame_put(struct frame *frame, int row, int col, int max_cols,
    enum style_role role, const char *text)
{
	return frame_put_text(frame, row, col, max_cols, role, text,
	    strlen(text));
}

/* What of @p area lies on the frame. */
static struct frame_area
clip(const struct frame *frame, struct frame_area area)
{
	int top = clamp(area.row, 0, frame->rows);
	int left = clamp(area.col, 0, frame->cols);

	area.rows = clamp(area.row + area.rows, top, frame->rows) - top;
	area.cols = clamp(area.col + area.cols, left, frame->cols) - left;
	area.row = top;
	area.col = left;
	return area;
}

void
frame_fill(struct frame *frame, struct frame_area area, enum style_role role,
    uint32_t point)
{
	struct text_cluster cluster = {
		.len = 1, .width_cols = 1, .point_count = 1, .points = { point }
	};
	int row, col;

	area = clip(frame, area);
	for (row = area.row; row < area.row + area.rows; row++)
		for (col = area.col; col < area.col + area.cols; col++)
			put_cluster(frame, row, col, role, &cluster);
}

void
frame_add_flags(struct frame *frame, int row, int col, int cols, unsigned flags)
{
	struct frame_area area = { row, col, 1, cols };
	struct frame_cell *cell, *end;

	area = clip(frame, area);
	if (area.rows == 0 || area.cols == 0)
		return;
	cell = cell_at(frame, area.row, area.col);
	end = cell + area.cols;
	/* Both halves of a wide cell look the same. */
	if (cell->width_cols == 0)
		cell--;
	if (end[-1].width_cols == 2)
		end++;
	for (; cell < end; cell++)
		cell->flags = (uint8_t)(cell->flags | flags);
}

void
frame_set_cursor(struct frame *frame, int row, int col)
{
	frame->cursor_set = true;
	frame->cursor_row = clamp(row, 0, frame->rows - 1);
	frame->cursor_col = clamp(col, 0, frame->cols - 1);
}

bool
frame_cursor(const struct frame *frame, int *row, int *col)
{
	*row = frame->cursor_row;
	*col = frame->cursor_col;
	return frame->cursor_set;
}

bool
frame_cell_equals(const struct frame_cell *a, const struct frame_cell *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

bool
frame_equals(const struct frame *a, const struct frame *b)
{
	size_t count = (size_t)a->rows * (size_t)a->cols;

	return a->rows == b->rows && a->cols == b->cols &&
	    a->cursor_set == b->cursor_set && a->cursor_row == b->cursor_row &&
	    a->cursor_col == b->cursor_col &&
	    memcmp(a->cells, b->cells, count * sizeof *a->cells) == 0;
}

/* Columns up to the last cell that is not blank. */
static int
row_width(const struct frame *frame, int row)
{
	int cols = frame->cols;

	while (cols > 0 && cell_at(frame, row, cols - 1)->points[0] == ' ' &&
	    cell_at(frame, row, cols - 1)->point_count == 1)
		cols--;
	return cols;
}

bool
frame_write_text(const struct frame *frame, struct buf *out, struct err *err)
{
	int row, col;

	for (row = 0; row < frame->rows; row++) {
		int width = row_width(frame, row);

		for (col = 0; col < width; col++) {
			const struct frame_cell *cell =
			    cell_at(frame, row, col);
			size_t i;

			for (i = 0; i < cell->point_count; i++) {
				char bytes[4];
				size_t len =
				    text_encode(cell->points[i], bytes);

				if (!buf_add(out, bytes, len, err))
					return false;
			}
		}
		if (!buf_add(out, "\n", 1, err))
			return false;
	}
	return true;
}
