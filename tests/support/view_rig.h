/*
 * A whole screen with fixed values, so that views can be drawn and compared:
 * the moment, the group and the bans of the sample screen in the manual.
 */
#ifndef BANTOP_TESTS_VIEW_RIG_H
#define BANTOP_TESTS_VIEW_RIG_H

#include "bantop/view/bans_view.h"
#include "bantop/view/chrome.h"

/* 2026-11-22 14:03:22 +08, by the service's clock. */
static const int64_t VIEW_RIG_NOW_S = INT64_C(1795327402);

enum { VIEW_RIG_ROWS = 137 };

struct view_rig {
	struct frame *frame;
	struct view_layout layout;
	struct view_look look;
	struct ban_list *list;
	struct ban_query *query;
	struct view_fetch fetch;
	struct err err; /* of the fetch */
	struct bans_view bans;
	struct chrome chrome;
	struct chrome_list header;
	struct chrome_activity activity;
	struct err last_err; /* of the error line */
	size_t err_count;
};

/** A group setup and teardown of cmocka: UTF-8, and a zone of +08. */
int view_rig_locale(void **state);

/** @param rows, cols of the frame. The list is empty, the fetch rests. */
void view_rig_init(struct view_rig *rig, int rows, int cols);
void view_rig_release(struct view_rig *rig);

/** Appends a ban @p left_s seconds from now. */
void view_rig_add(struct view_rig *rig, const char *account, int64_t left_s);
/** Any bytes, any number, any flags (enum ban_flag). */
void view_rig_add_raw(struct view_rig *rig, const char *account, size_t len,
    int64_t until_s, unsigned flags);
/** The four of the sample, and as many more as make VIEW_RIG_ROWS. */
void view_rig_add_sample(struct view_rig *rig);
/** Some of every kind, in an order that a service might have. */
void view_rig_add_mixed(struct view_rig *rig);

/** Brings the query up to date with the list, and the header with both. */
void view_rig_update(struct view_rig *rig);
/** All lines around the body. */
void view_rig_draw_chrome(struct view_rig *rig);
/** The chrome and the table of bans. */
void view_rig_draw_bans(struct view_rig *rig);

typedef void (*view_rig_draw_fn)(struct view_rig *rig, struct frame_area body);
/** A whole screen with what @p draw puts into its body, at 80x24 and 40x10,
 *  against the snapshots NAME_80x24 and NAME_40x10. @p title is the header's;
 *  no list stands there. */
void view_rig_expect(view_rig_draw_fn draw, const char *title,
    const char *name);

#endif
