/*
 * The screen on which a region is chosen: the built-in ones and the configured
 * ones, or the one endpoint.
 */
#ifndef BANTOP_APP_REGION_SCREEN_H
#define BANTOP_APP_REGION_SCREEN_H

#include "bantop/app/picker.h"

struct region_screen {
	struct ui_context *context; /* borrowed */
	struct picker picker;
	size_t count; /* narrowed */
	size_t shown[REGION_COUNT_MAX];
	struct err errs[REGION_COUNT_MAX]; /* the last error of each */
};

void region_screen_init(struct region_screen *screen,
    struct ui_context *context);
enum ui_move region_screen_act(struct region_screen *screen,
    enum action action);
/** Puts the cursor on a region. */
void region_screen_select(struct region_screen *screen, const char *key);
void region_screen_narrow(struct region_screen *screen, const char *text);
/** Remembers the last error at a region's host: of the network, HTTP or the
 *  credential; others say nothing of the region. */
void region_screen_note(struct region_screen *screen, const char *key,
    const struct err *err);
void region_screen_draw(struct region_screen *screen, struct frame *frame,
    struct frame_area area);

#endif
