/*
 * The pane that compares two loads: what is new, what is gone, what moved.
 */
#ifndef BANTOP_VIEW_CHANGES_VIEW_H
#define BANTOP_VIEW_CHANGES_VIEW_H

#include "bantop/view/pane.h"

enum change_kind {
	CHANGE_NEW,    /* + */
	CHANGE_ENDED,  /* - its time was over */
	CHANGE_LIFTED, /* - gone before its time */
	CHANGE_MOVED,  /* ~ another end than before */
};

enum { CHANGE_KIND_COUNT = CHANGE_MOVED + 1 };

struct change_row {
	enum change_kind kind;
	const char *account; /* exact bytes */
	size_t account_len;
	int64_t before_s; /* its end before; not for NEW */
	int64_t after_s;  /* its end now; not for ENDED, LIFTED */
};
typedef void (*changes_view_at_fn)(size_t index, struct change_row *out,
    void *user);

struct changes_view {
	size_t count;
	size_t by_kind[CHANGE_KIND_COUNT];
	changes_view_at_fn at;
	void *user;
	bool comparing;    /* it is not known yet */
	bool comparable;   /* false: there was one load only */
	bool complete;     /* both loads were; else what is gone is unknown */
	int64_t before_at; /* wall clock: the loads compared */
	int64_t after_at;
	size_t top;
	size_t cursor;
};

/** Rows that fit: without border and the line that sums up. */
int changes_view_window(struct frame_area area);
void changes_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct changes_view *view);

#endif
