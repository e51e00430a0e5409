/*
 * The screen of errors. Rows are asked for one by one, newest first if the
 * caller has them so.
 */
#ifndef BANTOP_VIEW_ERRORS_VIEW_H
#define BANTOP_VIEW_ERRORS_VIEW_H

#include "bantop/view/view.h"

struct error_row {
	int64_t at;            /* wall clock; of the last time */
	const struct err *err; /* borrowed until the next is asked for */
	size_t count;
};
typedef void (*errors_view_at_fn)(size_t index, struct error_row *out,
    void *user);

struct errors_view {
	size_t count;
	errors_view_at_fn at;
	void *user;
	size_t top;
	size_t cursor;
};

int errors_view_window(struct frame_area area);
void errors_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct errors_view *view);

#endif
