/*
 * What the screens on which one chooses share: a cursor over rows that a typed
 * text narrows.
 */
#ifndef BANTOP_APP_PICKER_H
#define BANTOP_APP_PICKER_H

#include "bantop/app/ui_context.h"

struct picker {
	size_t cursor;
	size_t top;
	char narrow[PROMPT_TEXT_MAX];
	struct frame_area area; /* when last drawn */
};

/** Case-blind unless the text has a capital; an empty text takes all. */
bool picker_takes(const struct picker *picker, const char *text, size_t len);
/** Moves as the action says. @return false if it moves nothing. */
bool picker_move(struct picker *picker, enum action action, size_t count,
    int window);
/** Keeps cursor and top within @p count rows. */
void picker_clamp(struct picker *picker, size_t count, int window, size_t tail);
/** Puts the cursor on the row that is shown in row @p frame_row of the frame,
 *  below the heading. @return false if none is. */
bool picker_point(struct picker *picker, size_t count, int window,
    int frame_row);

#endif
