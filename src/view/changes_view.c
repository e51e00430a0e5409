/*
 * The pane that compares two loads. What is gone can only be told when both
 * loads were complete; else it says so.
 */
#include "bantop/view/changes_view.h"

#include <stdio.h>
#include <string.h>

#include "view/view_priv.h"

enum { ACCOUNT_COLS_MAX = 32, MOMENT_COLS = 19, COLS_FOR_WORDS = 60 };

static const struct {
	const char *sign;
	const char *word;
	const char *brief; /* where it is narrow */
	enum style_role role;
} kinds[CHANGE_KIND_COUNT] = {
	[CHANGE_NEW] = { "+", "new, until ", "until ", STYLE_WARNING },
	[CHANGE_ENDED] = { "-", "ended ", "ended ", STYLE_DIM },
	[CHANGE_LIFTED] = { "-", "lifted before ", "before ", STYLE_GOOD },
	[CHANGE_MOVED] = { "~", "now until ", "until ", STYLE_NOTICE },
};

int
changes_view_window(struct frame_area area)
{
	return area.rows > 2 ? area.rows - 2 : 0;
}

static void
draw_sum(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct changes_view *view)
{
	struct pen pen = pen_at(frame, area, look, 0);

	pen_put_format(&pen, STYLE_TEXT, "%zu new, ",
	    view->by_kind[CHANGE_NEW]);
	if (view->complete)
		pen_put_format(&pen, STYLE_TEXT, "%zu ended, %zu lifted, ",
		    view->by_kind[CHANGE_ENDED], view->by_kind[CHANGE_LIFTED]);
	pen_put_format(&pen, STYLE_TEXT, "%zu moved",
	    view->by_kind[CHANGE_MOVED]);
	if (!view->complete)
		pen_put_cut(&pen, STYLE_PARTIAL, "  PARTIAL: gone is unknown");
}

static void
put_moment(struct pen *pen, const struct view_look *look, int64_t at_s)
{
	char text[MOMENT_TEXT_MAX];

	if (moment_write(at_s, look->zone, text) == 0)
		(void)num_write(at_s, text);
	pen_put(pen, STYLE_UNTIL, text);
}

static void
draw_row(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct change_row *change, int row,
    bool selected)
{
	struct pen pen = pen_at(frame, area, look, row);
	const char *word = area.cols < COLS_FOR_WORDS
	    ? kinds[change->kind].brief
	    : kinds[change->kind].word;
	int cols =
	    area.cols - 4 - MOMENT_COLS - (area.cols < COLS_FOR_WORDS ? 7 : 14);
	bool gone =
	    change->kind == CHANGE_ENDED || change->kind == CHANGE_LIFTED;

	if (cols > ACCOUNT_COLS_MAX)
		cols = ACCOUNT_COLS_MAX;
	if (cols < 8)
		cols = 8;
	if (selected)
		view_put_selected(frame, pen.row, pen.col);
	pen_skip(&pen, 1);
	pen_put(&pen, kinds[change->kind].role, kinds[change->kind].sign);
	(void)pen_put_outside(&pen, STYLE_ACCOUNT, change->account,
	    change->account_len, cols, VIEW_CUT_MIDDLE);
	if (selected)
		frame_add_flags(frame, pen.row, area.col, 2 + cols,
		    FRAME_SELECTED);
	pen_move(&pen, area.col + 2 + cols + 2);
	pen_put(&pen, kinds[change->kind].role, word);
	put_moment(&pen, look, gone ? change->before_s : change->after_s);
	if (change->kind == CHANGE_MOVED && pen_room(&pen) > 9 + MOMENT_COLS) {
		pen_put(&pen, STYLE_DIM, ", before ");
		put_moment(&pen, look, change->before_s);
	}
}

static void
write_title(const struct changes_view *view, const struct view_look *look,
    char *out, size_t size)
{
	char before[MOMENT_TEXT_MAX], after[MOMENT_TEXT_MAX];

	(void)moment_write_time(view->before_at, look->zone, before);
	(void)moment_write_time(view->after_at, look->zone, after);
	(void)snprintf(out, size, "changes from %s to %s", before, after);
}

void
changes_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct changes_view *view)
{
	int window = changes_view_window(area);
	char title[128] = "changes";
	struct frame_area inside;
	int row;

	if (view->comparable)
		write_title(view, look, title, sizeof title);
	inside = pane_draw_border(frame, area, look, title, "Esc closes");
	if (!view->comparable) {
		view_put_empty(frame, inside, look,
		    "nothing to compare: loaded once", "R loads it again");
		return;
	}
	if (view->comparing) {
		view_put_empty(frame, inside, look, "comparing the two loads",
		    "");
		return;
	}
	draw_sum(frame, inside, look, view);
	for (row = 0; row < window && view->top + (size_t)row < view->count;
	     row++) {
		size_t index = view->top + (size_t)row;
		struct change_row change;

		view->at(index, &change, view->user);
		draw_row(frame, inside, look, &change, row + 1,
		    index == view->cursor);
	}
}
