/*
 * What all panes share: a line on top that bears the name. A pane lies over the
 * end of a screen, in an area from view_pane_area() with the rows that it asks
 * for.
 */
#ifndef BANTOP_VIEW_PANE_H
#define BANTOP_VIEW_PANE_H

#include "bantop/view/view.h"

/** The line on top of a pane; @p keys says how to go on, "" for nothing.
 *  @return the area below it. */
struct frame_area pane_draw_border(struct frame *frame, struct frame_area area,
    const struct view_look *look, const char *title, const char *keys);

#endif
