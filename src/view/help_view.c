/*
 * The help screen: the table of keys as text, a heading for each section.
 */
#include "bantop/view/help_view.h"

#include <string.h>

#include "view/view_priv.h"

enum {
	KEYS_COLS = 18,
	KEYS_COLS_NARROW = 12,
	COLS_FOR_NAMES = 70,
	COLS_MAX = 100,
};

static bool
contains(const char *text, const char *part)
{
	return text_find(text, strlen(text), part, strlen(part), false) !=
	    SIZE_MAX;
}

static bool
is_left(const struct help_view *view, const struct help_row *row)
{
	return view->narrow[0] == '\0' || contains(row->keys, view->narrow) ||
	    contains(row->name, view->narrow) ||
	    contains(row->help, view->narrow);
}

/* Has an earlier row the section of row @p index? Its heading is then there. */
static bool
is_known(const struct help_view *view, size_t index)
{
	size_t i;

	for (i = 0; i < index; i++)
		if (strcmp(view->rows[i].section, view->rows[index].section) ==
		    0)
			return true;
	return false;
}

static void
draw_row(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct help_row *row, int line)
{
	struct pen pen = pen_at(frame, area, look, line);
	int keys = area.cols >= COLS_FOR_NAMES ? KEYS_COLS : KEYS_COLS_NARROW;
	int name = (int)strlen(row->name) + 1;
	int end = pen.end;

	/* The name stays where the eye finds its row. */
	if (end > area.col + COLS_MAX)
		end = area.col + COLS_MAX;
	pen_skip(&pen, 2);
	pen.end = pen.col + keys < end ? pen.col + keys : end;
	pen_put_cut(&pen, STYLE_KEY, row->keys);
	pen.end = end;
	pen_move(&pen, area.col + 2 + keys + 2);
	if (area.cols >= COLS_FOR_NAMES)
		pen.end = end - name - 2;
	pen_put_cut(&pen, STYLE_TEXT, row->help);
	if (area.cols < COLS_FOR_NAMES)
		return;
	pen.end = end;
	pen_move(&pen, end - name);
	pen_put(&pen, STYLE_DIM, ":");
	pen_put(&pen, STYLE_DIM, row->name);
}

/* Walks over the lines; draws those in sight if there is a frame. */
static int
walk(struct frame *frame, struct frame_area area, const struct view_look *look,
    const struct help_view *view)
{
	int line = 0;
	size_t i, k;

	for (i = 0; i < view->count; i++) {
		const char *section = view->rows[i].section;
		bool headed = false;

		if (is_known(view, i))
			continue;
		for (k = i; k < view->count; k++) {
			const struct help_row *row = &view->rows[k];

			if (strcmp(row->section, section) != 0 ||
			    !is_left(view, row))
				continue;
			if (!headed && frame != NULL) {
				struct pen pen =
				    pen_at(frame, area, look, line - view->top);

				pen_put_cut(&pen, STYLE_HEADING, section);
			}
			line += headed ? 0 : 1;
			headed = true;
			if (frame != NULL)
				draw_row(frame, area, look, row,
				    line - view->top);
			line++;
		}
	}
	return line;
}

int
help_view_lines(const struct help_view *view)
{
	static const struct view_look any = { .mode = TEXT_ASCII };
	struct frame_area none = { 0, 0, 0, 0 };

	return walk(NULL, none, &any, view);
}

void
help_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct help_view *view)
{
	if (area.rows < 1)
		return;
	if (walk(frame, area, look, view) == 0)
		view_put_empty(frame, area, look, "no key is about that",
		    "Esc shows all again");
	frame_set_cursor(frame, area.row, area.col);
}
