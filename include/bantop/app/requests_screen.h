/*
 * The log of requests on the screen, over whatever was there before.
 */
#ifndef BANTOP_APP_REQUESTS_SCREEN_H
#define BANTOP_APP_REQUESTS_SCREEN_H

#include "bantop/app/picker.h"

struct requests_screen {
	struct ui_context *context; /* borrowed */
	struct picker picker;
	uint64_t version; /* of the log, when last drawn */
	struct buf curl;
	bool card_open;
	size_t card_top; /* first line shown of it */
	int card_over;   /* lines that do not fit, when last drawn */
};

void requests_screen_init(struct requests_screen *screen,
    struct ui_context *context);
void requests_screen_release(struct requests_screen *screen);
enum ui_move requests_screen_act(struct requests_screen *screen,
    enum action action);
/** Closes the card. @return false if none is open. */
bool requests_screen_escape(struct requests_screen *screen);
void requests_screen_draw(struct requests_screen *screen, struct frame *frame,
    struct frame_area area);

#endif
