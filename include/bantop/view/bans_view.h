/*
 * The table of bans: who is banned and for how long. A function of the list,
 * the query's order and filter, and the service's time; it looks at the rows
 * of its window and no others.
 */
#ifndef BANTOP_VIEW_BANS_VIEW_H
#define BANTOP_VIEW_BANS_VIEW_H

#include "bantop/model/ban_query.h"
#include "bantop/view/view.h"

/* What the column of time shows. */
enum bans_time {
	BANS_TIME_BY_NEED,
	BANS_TIME_SECONDS,
	BANS_TIME_MOMENT, /* the moment alone, in the place of what is left */
};

typedef bool (*bans_view_marked_fn)(size_t list_row, void *user);

struct bans_view {
	const struct ban_list *list;   /* borrowed; NULL: nothing came yet */
	const struct ban_query *query; /* borrowed, up to date with list */
	size_t top;                    /* index of the view shown first */
	size_t cursor;   /* index of the view; ignored when it is empty */
	int scroll_cols; /* columns that long accounts are moved left */
	int64_t now_s;   /* the service's clock */
	enum bans_time time;
	const char *find; /* marked where it matches; find_len 0 for none */
	size_t find_len;
	bans_view_marked_fn is_marked; /* or NULL */
	void *marked_user;
	const struct view_fetch *fetch; /* borrowed */
	bool partial;  /* ordered or filtered over a part of the list */
	int64_t as_of; /* wall clock; for the words on an empty list */
};

/** Table rows that fit into @p area: without the heading. */
int bans_view_window(struct frame_area area);

/** The state of the list has a line behind the last row: one more to scroll,
 *  see view_scroll(). */
enum { BANS_VIEW_TAIL = 1 };

/** Draws heading, rows and the line that tells the list's state; sets the
 *  cursor on the selected row. */
void bans_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct bans_view *view);

/** @return columns by which the widest account in sight can still be moved;
 *          0: all of them fit. The bound for scroll_cols. */
int bans_view_scroll_max(struct frame_area area, const struct view_look *look,
    const struct bans_view *view);

/**
 * When the text of a row in sight next changes by itself.
 * @return seconds (>= 1) after view->now_s; INT64_MAX for never.
 */
int64_t bans_view_next_change(struct frame_area area,
    const struct view_look *look, const struct bans_view *view);

/** @return the view's index shown in frame row @p row (for a mouse), or
 *          BAN_ROW_NONE. */
size_t bans_view_index_at(struct frame_area area, const struct bans_view *view,
    int row);

#endif
