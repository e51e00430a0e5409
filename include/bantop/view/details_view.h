/*
 * The pane about one ban: all that is known of it, and where it came from.
 */
#ifndef BANTOP_VIEW_DETAILS_VIEW_H
#define BANTOP_VIEW_DETAILS_VIEW_H

#include "bantop/model/ban.h"
#include "bantop/view/pane.h"

enum details_nick {
	DETAILS_NICK_UNASKED, /* n fetches it */
	DETAILS_NICK_LOADING,
	DETAILS_NICK_KNOWN,
	DETAILS_NICK_FAILED,
};

struct details_view {
	struct ban ban;        /* its text borrowed */
	int64_t now_s;         /* the service's clock */
	size_t page;           /* it came in, from 1 */
	int64_t offset;        /* that was asked for */
	int64_t first_seen_at; /* wall clock; 0: not known */
	int64_t last_seen_at;
	bool marked;
	enum details_nick nick_state;
	const char *nick; /* KNOWN: exact bytes; nick_len 0: never set */
	size_t nick_len;
	const struct err *nick_err; /* FAILED */
	int top;                    /* first line shown, where not all fit */
};

enum { DETAILS_VIEW_ROWS = 10 }; /* with its border, for a short account */
void details_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct details_view *view);
/** Lines it takes when @p cols wide, with its border. */
int details_view_lines(const struct details_view *view,
    const struct view_look *look, int cols);
/** Seconds until its text changes by itself; INT64_MAX for never. */
int64_t details_view_next_change(const struct details_view *view,
    const struct view_look *look);

#endif
