/*
 * The line on top of a pane.
 */
#include "bantop/view/pane.h"

#include <string.h>

#include "view/view_priv.h"

struct frame_area
pane_draw_border(struct frame *frame, struct frame_area area,
    const struct view_look *look, const char *title, const char *keys)
{
	struct frame_area line = area;
	struct pen pen = pen_at(frame, area, look, 0);
	int width = text_width_cols(keys, strlen(keys));

	if (area.rows < 1)
		return area;
	line.rows = 1;
	frame_fill(frame, area, STYLE_TEXT, ' ');
	if (!look->reader)
		frame_fill(frame, line, STYLE_BORDER,
		    look->mode == TEXT_UTF8 ? 0x2500 : '-');
	pen_skip(&pen, 2);
	pen_put(&pen, STYLE_TITLE, " ");
	pen_put_cut(&pen, STYLE_TITLE, title);
	pen_put(&pen, STYLE_TITLE, " ");
	if (width > 0 && pen_room(&pen) >= width + 4) {
		pen_move(&pen, pen.end - width - 4);
		pen_put(&pen, STYLE_HINT, " ");
		pen_put(&pen, STYLE_HINT, keys);
		pen_put(&pen, STYLE_HINT, " ");
	}
	area.row++;
	area.rows--;
	return area;
}
