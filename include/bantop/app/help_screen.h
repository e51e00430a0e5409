/*
 * The help screen: the table of keys, narrowed by typing.
 */
#ifndef BANTOP_APP_HELP_SCREEN_H
#define BANTOP_APP_HELP_SCREEN_H

#include "bantop/app/ui_context.h"
#include "bantop/view/help_view.h"

enum { HELP_ROWS_MAX = 100 };

struct help_screen {
	struct ui_context *context; /* borrowed */
	size_t count;
	struct help_row rows[HELP_ROWS_MAX];
	char narrow[PROMPT_TEXT_MAX];
	size_t top;
	struct frame_area area;
};

void help_screen_init(struct help_screen *screen, struct ui_context *context);
enum ui_move help_screen_act(struct help_screen *screen, enum action action);
void help_screen_narrow(struct help_screen *screen, const char *text);
void help_screen_draw(struct help_screen *screen, struct frame *frame,
    struct frame_area area);

#endif
