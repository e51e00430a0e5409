/*
 * Lines of text to be read, such as a ticket text.
 */
#ifndef BANTOP_VIEW_TEXT_VIEW_H
#define BANTOP_VIEW_TEXT_VIEW_H

#include "bantop/view/pane.h"

/* Lines of text to be read (a ticket text); made safe line by line. */
struct text_view {
	const char *title;
	const char *keys;
	const char *text; /* lines parted by '\n' */
	size_t len;
	int top;
};
void text_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct text_view *view);
/** Lines that it takes when @p cols wide; the bound for top. */
int text_view_lines(const struct text_view *view, const struct view_look *look,
    int cols);

#endif
