/*
 * The help screen, from the table of keys: sections in the order in which
 * they first come, narrowed by what is typed.
 */
#ifndef BANTOP_VIEW_HELP_VIEW_H
#define BANTOP_VIEW_HELP_VIEW_H

#include "bantop/view/view.h"

struct help_row {
	const char *keys;    /* "j Down" */
	const char *name;    /* of the action, as after ":" */
	const char *help;    /* one line */
	const char *section; /* "moving"; equal texts make one section */
};

struct help_view {
	const struct help_row *rows; /* borrowed */
	size_t count;
	const char *narrow; /* "" for all; case-blind in keys, name and help */
	int top;            /* first line shown */
};

/** Lines of headings and rows that are left: the bound for top. */
int help_view_lines(const struct help_view *view);
void help_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct help_view *view);

#endif
