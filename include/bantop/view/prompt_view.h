/*
 * The line in which something is typed, and the one that asks. Both lie in
 * the place of the hints and take the terminal's cursor.
 */
#ifndef BANTOP_VIEW_PROMPT_VIEW_H
#define BANTOP_VIEW_PROMPT_VIEW_H

#include "bantop/view/view.h"

struct prompt_view {
	const char *label; /* "find", "keep only" */
	const char *text;  /* exact bytes; what is typed */
	size_t len;
	size_t at;         /* the cursor: a byte index, 0 to len */
	const char *ghost; /* how it would be completed: drawn behind; "" */
	const char *note;  /* what is wrong, or what is meant; "" */
	bool note_is_bad;
};

/** One row, scrolled so that the cursor is seen; the note stands at the right
 *  end, or above in a second row where the area has one. */
void prompt_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct prompt_view *view);

/** "QUESTION  y yes  n no", with "(Enter: no)" where there is room.
 *  @param question exact bytes; cut in the middle. */
void confirm_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const char *question);

#endif
