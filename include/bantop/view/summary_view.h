/*
 * The pane that counts: bans by state, and a bar chart of when they end.
 */
#ifndef BANTOP_VIEW_SUMMARY_VIEW_H
#define BANTOP_VIEW_SUMMARY_VIEW_H

#include "bantop/model/ban.h"
#include "bantop/view/pane.h"

/* When bans end. */
enum summary_end {
	SUMMARY_1H,
	SUMMARY_24H,
	SUMMARY_7D,
	SUMMARY_30D,
	SUMMARY_LATER,
	SUMMARY_PERMANENT,
};
enum {
	SUMMARY_END_COUNT = SUMMARY_PERMANENT + 1,
	SUMMARY_STATE_COUNT = BAN_STATE_INVALID + 1,
};

struct summary {
	size_t rows;
	size_t by_state[SUMMARY_STATE_COUNT];
	size_t by_end[SUMMARY_END_COUNT]; /* ended and invalid in none */
};

/** Counts one ban more. @param now_s the service's clock. */
void summary_add(struct summary *summary, const struct ban *ban, int64_t now_s);

struct summary_view {
	const struct summary *summary; /* borrowed */
	bool counting;                 /* it is not there yet */
	bool complete; /* the whole list, as the service has said */
	bool filtered; /* of the rows in view only */
	size_t marked;
	int64_t as_of; /* wall clock */
	int top;       /* first row of the counts shown, where not all fit */
};

enum { SUMMARY_VIEW_ROWS = 11 };
/** @return rows of the counts that do not fit: the bound for top. */
int summary_view_over(struct frame_area area);
void summary_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct summary_view *view);

#endif
