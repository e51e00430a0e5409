/*
 * What every view is told besides its subject, and the small things that
 * several of them share: where the parts of a screen stand, how a list
 * scrolls, the state of the fetch and an error as words. Plain values.
 */
#ifndef BANTOP_VIEW_VIEW_H
#define BANTOP_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bantop/base/err.h"
#include "bantop/base/text.h"
#include "bantop/model/moment.h"
#include "bantop/view/frame.h"

struct view_look {
	enum text_mode mode; /* what may stand in the frame */
	enum moment_zone zone;
	bool reader; /* words for signs; nothing ticks */
};

/* The parts of a screen. A part that has no room has 0 rows. */
struct view_layout {
	struct frame_area header;   /* 2 rows, 1 below 8 rows */
	struct frame_area body;     /* the view; panes lie over its end */
	struct frame_area activity; /* what runs; 1 row */
	struct frame_area trouble;  /* the last error; below 12 rows none: the
				       activity line then shows it */
	struct frame_area hints;    /* keys, or the prompt */
};

enum { VIEW_ROWS_MIN = 5, VIEW_COLS_MIN = 20 };

/** Smaller than 20x5: view_draw_too_small() is all that can be drawn. */
bool view_is_too_small(const struct frame *frame);
/** One line: "bantop needs 20x5". */
void view_draw_too_small(struct frame *frame);
/** Does not depend on what is shown, so that nothing jumps. */
struct view_layout view_layout_of(const struct frame *frame);

/**
 * The rows at the end of @p body for a pane of @p wanted rows with its border;
 * all of it where less than a third of the body would be left.
 */
struct frame_area view_pane_area(struct frame_area body, int wanted);

/**
 * Where a list begins so that the cursor is seen: moved from @p top no further
 * than needed.
 *
 * @param count  items; @p cursor below it, or 0.
 * @param window rows that can be seen.
 * @param tail   rows behind the last item that shall be seen with it (the line
 *               that tells the list's state).
 */
size_t view_scroll(size_t top, size_t cursor, size_t count, size_t window,
    size_t tail);

/* What the fetch is doing, in the words that the screen knows. */
enum view_fetch_state {
	VIEW_FETCH_NONE, /* nothing was asked for yet */
	VIEW_FETCH_MORE, /* rests; there is more */
	VIEW_FETCH_LOADING,
	VIEW_FETCH_WAITING, /* failed; the next try comes by itself */
	VIEW_FETCH_FAILED,  /* waits for r */
	VIEW_FETCH_STOPPED,
	VIEW_FETCH_BROKEN,   /* a reply that cannot be a list */
	VIEW_FETCH_FULL,     /* a cap of ours was reached */
	VIEW_FETCH_COMPLETE, /* the service said that the list ends here */
};

struct view_fetch {
	enum view_fetch_state state;
	bool all;              /* a load-all is under way */
	bool refresh;          /* a fresh list is read beside the one shown */
	const struct err *err; /* borrowed; NULL or ERR_NONE for none */
	int64_t wait_ms;       /* WAITING: until the next try */
	int64_t again_ms; /* FAILED, BROKEN: until it is read anew; 0: never */
	int attempt;      /* the one that runs or comes next, from 1 */
	int attempts_max;
	size_t pages; /* received by this walk */
	size_t rows;
	int64_t rows_per_s; /* of a load-all; below 0 while not known */
	int64_t elapsed_ms; /* since the walk began */
};

enum { VIEW_LINE_MAX = 512 };

/** "E60007 too many calls", with the hint behind it if @p with_hint.
 *  @return length. */
size_t view_err_write(const struct err *err, enum text_mode mode,
    bool with_hint, char out[VIEW_LINE_MAX]);

/**
 * One line about what runs or why it does not: the activity line. "" when
 * there is nothing to say. What the error says is cut so that what comes next
 * is seen within @p cols.
 * @return length.
 */
size_t view_fetch_write(const struct view_fetch *fetch,
    const struct view_look *look, int cols, char out[VIEW_LINE_MAX]);

/** Is there an error to be seen in what view_fetch_write() says? */
bool view_fetch_is_trouble(const struct view_fetch *fetch);

/** @return milliseconds (>= 1) until view_fetch_write() says something else
 *          by itself; INT64_MAX for never. */
int64_t view_fetch_next_change_ms(const struct view_fetch *fetch,
    const struct view_look *look);

#endif
