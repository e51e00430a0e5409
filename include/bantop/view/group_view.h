/*
 * The screen on which a group is chosen: pinned, recent, and those that the
 * service has told. Rows are asked for one by one, already narrowed and in
 * order.
 */
#ifndef BANTOP_VIEW_GROUP_VIEW_H
#define BANTOP_VIEW_GROUP_VIEW_H

#include "bantop/view/view.h"

enum group_row_kind {
	GROUP_ROW_PINNED,
	GROUP_ROW_RECENT,
	GROUP_ROW_FETCHED,
};

struct group_row {
	enum group_row_kind kind;
	int digit;      /* 1 to 9 and 0 choose a pinned one; -1 for none */
	const char *id; /* exact bytes, as all below */
	size_t id_len;
	const char *name; /* "" until known */
	size_t name_len;
	const char *type;   /* "" until known */
	int64_t member_num; /* -1 until known */
	int64_t used_at;    /* wall clock; 0: never */
	const char *fault;  /* what get_group_info says of it; "" is good */
};

typedef void (*group_view_at_fn)(size_t index, struct group_row *out,
    void *user);

enum group_view_state {
	GROUP_VIEW_IDLE, /* the application's groups were not asked for */
	GROUP_VIEW_LOADING,
	GROUP_VIEW_FAILED,
	GROUP_VIEW_COMPLETE, /* all of them are in */
};

struct group_view {
	size_t count;
	size_t total;        /* before narrowing */
	size_t fetched;      /* of the application's own, so far */
	group_view_at_fn at; /* texts borrowed until it is called again */
	void *user;
	enum group_view_state state;
	const struct err *err; /* FAILED: why */
	size_t top;
	size_t cursor;
	const char *narrow;
	int64_t now_s; /* wall clock */
	bool fixed;    /* only configured groups: neither typed nor fetched */
};

int group_view_window(struct frame_area area);
enum { GROUP_VIEW_TAIL = 1 };
void group_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct group_view *view);

#endif
