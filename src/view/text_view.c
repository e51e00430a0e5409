/*
 * Lines of text to be read. Each line is made safe by itself: what parts lines
 * is the one control that has a meaning here.
 */
#include "bantop/view/text_view.h"

#include <string.h>

#include "view/view_priv.h"

static void
put_lines(struct view_lines *lines, const struct text_view *view)
{
	const char *at = view->text;
	size_t left = view->len;

	while (left > 0) {
		const char *newline = memchr(at, '\n', left);
		size_t len = newline != NULL ? (size_t)(newline - at) : left;

		if (len == 0)
			lines->count++;
		view_lines_put(lines, "", STYLE_TEXT, at, len);
		left -= newline != NULL ? len + 1 : len;
		at += len + 1;
	}
}

void
text_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct text_view *view)
{
	struct view_lines lines = {
		.frame = frame, .look = look, .top = view->top
	};

	lines.area =
	    pane_draw_border(frame, area, look, view->title, view->keys);
	put_lines(&lines, view);
}

int
text_view_lines(const struct text_view *view, const struct view_look *look,
    int cols)
{
	struct view_lines lines = { .look = look };

	lines.area.rows = FRAME_ROWS_MAX;
	lines.area.cols = cols;
	put_lines(&lines, view);
	return lines.count;
}
