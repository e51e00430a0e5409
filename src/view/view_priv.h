/*
 * What the views share inside the room: a pen that writes one line from left
 * to right, and text from outside put safely into columns. Literals handed to
 * it are ASCII, so that they are right in either text mode.
 */
#ifndef BANTOP_VIEW_VIEW_PRIV_H
#define BANTOP_VIEW_VIEW_PRIV_H

#include "bantop/base/num.h"
#include "bantop/view/view.h"

/* Room for the longest account or name when all of it is escaped. */
enum { VIEW_SAFE_MAX = 1024 * TEXT_SAFE_GROWTH + 1 };
enum { VIEW_NUMBER_MAX = NUM_TEXT_MAX + 8 };

enum view_cut { VIEW_CUT_END, VIEW_CUT_MIDDLE };

struct pen {
	struct frame *frame;
	enum text_mode mode;
	int row;
	int col; /* where it writes next */
	int end; /* one past the last column that it may use */
};

/** At the beginning of row @p row of @p area, which may be outside of it: it
 *  then writes nothing. */
struct pen pen_at(struct frame *frame, struct frame_area area,
    const struct view_look *look, int row);
int pen_room(const struct pen *pen);
void pen_skip(struct pen *pen, int cols);
/** Never goes back. @p col counts in the frame. */
void pen_move(struct pen *pen, int col);
/** A text of ours. */
void pen_put(struct pen *pen, enum style_role role, const char *text);
void pen_put_format(struct pen *pen, enum style_role role, const char *format,
    ...) PRINTF_LIKE(3, 4);
/** A text of ours, cut with an ellipsis where it does not fit. */
void pen_put_cut(struct pen *pen, enum style_role role, const char *text);
/** At the right end of @p cols columns. */
void pen_put_right(struct pen *pen, enum style_role role, int cols,
    const char *text);
/** Safe text, at most @p cols wide. @return columns used. */
int pen_put_safe(struct pen *pen, enum style_role role, const char *text,
    size_t len, int cols, enum view_cut cut);
/** The same for text from outside. */
int pen_put_outside(struct pen *pen, enum style_role role, const char *text,
    size_t len, int cols, enum view_cut cut);

/** 1,234 row(s): the word gets an "s" unless there is one. */
void view_count_write(size_t count, const char *word, char *out, size_t size);

/** Words wrapped into @p cols; each line is handed to the pen of its row.
 *  @p text is safe or ASCII; '\n' ends a line.
 *  @param first, rows the lines that are drawn; none with a NULL frame.
 *  @return lines that it takes in all. */
int view_wrap(struct frame *frame, struct frame_area area,
    const struct view_look *look, enum style_role role, const char *text,
    size_t len, int first);

/** The sign before the selected row, and the cursor on it. */
void view_put_selected(struct frame *frame, int row, int col);

/* A table whose columns leave where it is narrow. */
struct view_column {
	const char *name;
	int cols;   /* 0: it is not there */
	int leaves; /* the lowest leaves first; 0 stays */
	bool right; /* numbers */
};
enum { VIEW_COLUMNS_MAX = 8, VIEW_COLUMN_GAP = 2, VIEW_GUTTER = 2 };
struct view_table {
	struct frame_area area;
	size_t count;
	struct view_column columns[VIEW_COLUMNS_MAX];
};

/** Column @p wide gets what the others leave, at least @p min_cols; others
 *  leave until it has them. */
void view_table_fit(struct view_table *table, size_t wide, int min_cols);
void view_table_draw_headings(struct frame *frame,
    const struct view_table *table, const struct view_look *look);
/** A pen that has just column @p index of row @p row (the headings are row 0);
 *  it has no room where the column has left. */
struct pen view_table_cell(struct frame *frame, const struct view_table *table,
    const struct view_look *look, int row, size_t index);
/** Puts harmless text there, at the column's side, cut at its end. */
void view_table_put(struct frame *frame, const struct view_table *table,
    const struct view_look *look, int row, size_t column, enum style_role role,
    const char *text);

/* Lines of "label  text", some of which may lie above the top. */
struct view_lines {
	struct frame *frame; /* NULL: only count */
	struct frame_area area;
	const struct view_look *look;
	int top;   /* lines above that are not drawn */
	int count; /* so far */
	int label_cols;
};
/** @p text from outside, wrapped behind the label. An empty one is left out. */
void view_lines_put(struct view_lines *lines, const char *label,
    enum style_role role, const char *text, size_t len);
void view_lines_say(struct view_lines *lines, const char *label,
    enum style_role role, const char *text);

/** A word or two for how long ago: "3m ago"; "" for never (0). */
void view_ago_write(int64_t at_s, int64_t now_s, char *out, size_t size);

/** Says @p first and @p second in the middle of an empty area. */
void view_put_empty(struct frame *frame, struct frame_area area,
    const struct view_look *look, const char *first, const char *second);

#endif
