/*
 * The parts of the table of bans: its columns, what is in a row, and what
 * stands where there is none.
 */
#ifndef BANTOP_VIEW_BANS_PRIV_H
#define BANTOP_VIEW_BANS_PRIV_H

#include "bantop/model/duration.h"
#include "bantop/view/bans_view.h"

enum {
	BANS_GUTTER_COLS = 2, /* cursor and mark */
	BANS_GAP_COLS = 3,
	BANS_TIME_GAP_COLS = 2,
};

/* A column of 0 columns is not there. */
struct bans_columns {
	int account;
	int time;
	int until;
	int state;
};

struct bans_columns bans_columns_of(struct frame_area area,
    const struct view_look *look, enum bans_time time);
/** How what is left is written; what is over has no room for more. */
enum duration_style bans_duration_style(enum bans_time time,
    enum ban_state state);
/** Rows of the view. */
size_t bans_row_count(const struct bans_view *view);
/** The ban at @p index of the view. */
struct ban bans_row_at(const struct bans_view *view, size_t index);

void bans_draw_headings(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct bans_view *view);
void bans_draw_row(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct bans_view *view, size_t index);
/** The line behind the last row. */
void bans_draw_end(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct bans_view *view);
/** What stands in the place of rows. */
void bans_draw_empty(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct bans_view *view);

#endif
