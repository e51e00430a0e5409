/*
 * The screen on which a region is chosen. Rows are handed over already
 * narrowed and in order.
 */
#ifndef BANTOP_VIEW_REGION_VIEW_H
#define BANTOP_VIEW_REGION_VIEW_H

#include "bantop/view/view.h"

struct region_row {
	const char *key;  /* "sgp"; "" for an endpoint */
	const char *name; /* "Singapore" */
	const char *host;
	const char *state;     /* "" or a word: "legacy", "unverified", … */
	int64_t used_at;       /* wall clock; 0: never */
	const struct err *err; /* the last error there, or NULL */
};

struct region_view {
	const struct region_row *rows; /* borrowed */
	size_t count;
	size_t total; /* before narrowing */
	size_t top;
	size_t cursor;
	const char *narrow; /* what narrows; "" for nothing */
	int64_t now_s;      /* wall clock */
};

/** Table rows that fit: without the heading. */
int region_view_window(struct frame_area area);
/** Sets the cursor on the selected row. */
void region_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct region_view *view);

#endif
