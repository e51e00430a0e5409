/*
 * A screenful as a grid of cells: what should be seen, without a terminal.
 * Views write into it, the room term paints it, tests read it as text. Owns
 * its cells; allocates when it is created or resized and never while it is
 * written to. Whatever is put outside its edges is cut off.
 */
#ifndef BANTOP_VIEW_FRAME_H
#define BANTOP_VIEW_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bantop/base/buf.h"
#include "bantop/base/text.h"
#include "bantop/view/style.h"

enum { FRAME_ROWS_MAX = 500, FRAME_COLS_MAX = 1000 };

/* What lies over a role. */
enum frame_flag {
	FRAME_SELECTED = 1u,
	FRAME_MARKED = 2u,
	FRAME_MATCH = 4u,
};
enum { FRAME_FLAGS_ALL = 7 };

/* A character cell. The second half of a wide one has width 0 and no points. */
struct frame_cell {
	uint32_t points[TEXT_CLUSTER_POINTS]; /* those beyond count are 0 */
	uint8_t point_count;
	uint8_t width_cols; /* 1, 2, or 0: continues the cell to the left */
	uint8_t role;       /* enum style_role */
	uint8_t flags;      /* enum frame_flag */
};

/* A rectangle of a frame. Without rows or columns it holds nothing. */
struct frame_area {
	int row;
	int col;
	int rows;
	int cols;
};

struct frame;

/** Blank. @param rows, cols are taken as at least 1 and at most the caps.
 *  @return owned (destroy). */
struct frame *frame_create(int rows, int cols);
void frame_destroy(struct frame *frame);

/** Blank in the new size. Keeps the memory where it is large enough. */
void frame_resize(struct frame *frame, int rows, int cols);
/** All blanks of STYLE_TEXT, no cursor. */
void frame_clear(struct frame *frame);
/** Makes @p frame the same as @p from, which must be as large. */
void frame_copy(struct frame *frame, const struct frame *from);

int frame_rows(const struct frame *frame);
int frame_cols(const struct frame *frame);
struct frame_area frame_whole(const struct frame *frame);

/** @return borrowed until the next resize: the first cell of @p row. */
const struct frame_cell *frame_row(const struct frame *frame, int row);

/**
 * Puts text, cut where it passes @p max_cols or the frame's edge; a wide
 * character that would be cut in two is left out. A wide cell that is half
 * covered becomes blank in its other half.
 *
 * @param text safe: asserts text_is_safe().
 * @return columns used.
 */
int frame_put_text(struct frame *frame, int row, int col, int max_cols,
    enum style_role role, const char *text, size_t len);
/** The same for a static or terminated text. */
int frame_put(struct frame *frame, int row, int col, int max_cols,
    enum style_role role, const char *text);

/** Fills an area with one character of width 1. */
void frame_fill(struct frame *frame, struct frame_area area,
    enum style_role role, uint32_t point);
/** Lays @p flags (enum frame_flag) over cells, beside those they have. */
void frame_add_flags(struct frame *frame, int row, int col, int cols,
    unsigned flags);

/** The terminal's cursor; the last call counts. Clamped to the frame. */
void frame_set_cursor(struct frame *frame, int row, int col);
/** @return false if none was set: the cursor is then hidden. */
bool frame_cursor(const struct frame *frame, int *row, int *col);

/** Same size, cells and cursor? */
bool frame_equals(const struct frame *a, const struct frame *b);
bool frame_cell_equals(const struct frame_cell *a, const struct frame_cell *b);

/** Appends the rows as UTF-8 lines without blanks at their ends.
 *  @return false with ERR_LIMIT past the cap of @p out. */
MUST_CHECK bool frame_write_text(const struct frame *frame, struct buf *out,
    struct err *err);

#endif
