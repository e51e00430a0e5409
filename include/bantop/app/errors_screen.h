/*
 * Every error since the start, the newest first, and the card of one.
 */
#ifndef BANTOP_APP_ERRORS_SCREEN_H
#define BANTOP_APP_ERRORS_SCREEN_H

#include "bantop/app/picker.h"

struct errors_screen {
	struct ui_context *context; /* borrowed */
	struct picker picker;
	bool card_open;
	size_t card_top; /* first line shown of it */
	int card_over;   /* lines that do not fit, when last drawn */
	struct buf causes;
	struct err selected; /* under the cursor when last drawn */
	size_t seen; /* errors when last looked at: the error line is quiet */
};

void errors_screen_init(struct errors_screen *screen,
    struct ui_context *context);
enum ui_move errors_screen_act(struct errors_screen *screen,
    enum action action);
void errors_screen_release(struct errors_screen *screen);
/** Closes the card. @return false if none is open. */
bool errors_screen_escape(struct errors_screen *screen);
void errors_screen_draw(struct errors_screen *screen, struct frame *frame,
    struct frame_area area);

#endif
