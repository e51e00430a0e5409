/*
 * The screen on which a group is chosen: configured and pinned ones, recent
 * ones, and on request those of the application. Owns their fetch.
 */
#ifndef BANTOP_APP_GROUP_SCREEN_H
#define BANTOP_APP_GROUP_SCREEN_H

#include "bantop/api/group_fetch.h"
#include "bantop/app/picker.h"
#include "bantop/view/group_view.h"

/* One row; the id is borrowed from settings, state or fetch. */
struct group_item {
	enum group_row_kind kind;
	int digit; /* 1 to 9, 0; -1 for none */
	const char *id;
	size_t info; /* index into the fetch; SIZE_MAX: nothing known */
	int64_t used_at;
};

struct group_screen {
	struct ui_context *context; /* borrowed */
	struct picker picker;
	struct group_fetch *fetch; /* NULL until a region is open */
	struct group_item *items;  /* owned; narrowed, in order */
	size_t count;
	size_t cap;
	size_t total;
	bool changed; /* items are to be collected again */
};

void group_screen_init(struct group_screen *screen, struct ui_context *context);
void group_screen_release(struct group_screen *screen);

/** The region (and so the client) is another one from here on. */
void group_screen_open(struct group_screen *screen);
/** Before the client goes. */
void group_screen_close(struct group_screen *screen);

enum ui_move group_screen_act(struct group_screen *screen, enum action action,
    struct key key);
void group_screen_narrow(struct group_screen *screen, const char *text);
/** A typed id. @return false with ERR_USAGE: what is wrong with it. */
MUST_CHECK bool group_screen_answer(struct group_screen *screen,
    const char *text, struct err *err);
/** Forgets the row that was asked about. */
void group_screen_forget(struct group_screen *screen);
bool group_screen_stop(struct group_screen *screen);
/** Puts the cursor on a group. */
void group_screen_select(struct group_screen *screen, const char *id);

/** @return the id behind a digit key, borrowed; NULL if there is none. */
const char *group_screen_pinned(struct group_screen *screen, int digit);
/** @return borrowed for the turn: the first known id to begin so, or NULL. */
const char *group_screen_complete(struct group_screen *screen,
    const char *begin, size_t len);
/** What is known of a group; NULL if nothing. Borrowed for the turn. */
const struct group *group_screen_info(const struct group_screen *screen,
    const char *id);

void group_screen_run(struct group_screen *screen);
int64_t group_screen_deadline_ms(const struct group_screen *screen);
void group_screen_draw(struct group_screen *screen, struct frame *frame,
    struct frame_area area);

/* Between the files of this screen. */

/** Collects the rows if something changed. */
void group_rows_collect(struct group_screen *screen);
/** The key of the region that is open, "" for none. */
const char *group_rows_region(const struct group_screen *screen);
bool group_rows_is_configured(const struct group_screen *screen,
    const char *id);

#endif
