/*
 * The line in which something is typed, and the one that asks.
 */
#include "bantop/view/prompt_view.h"

#include <string.h>

#include "view/view_priv.h"

enum { INPUT_COLS_MIN = 12, NOTE_GAP = 2 };

/* What is typed, made safe, and the column of its cursor. */
struct typed {
	size_t len;
	int cursor; /* columns before it */
	char text[VIEW_SAFE_MAX];
};

static void
make_typed(const struct prompt_view *view, enum text_mode mode,
    struct typed *typed)
{
	typed->len = text_make_safe(view->text, view->at, mode, typed->text,
	    sizeof typed->text);
	typed->cursor = text_width_cols(typed->text, typed->len);
	typed->len = text_make_safe(view->text, view->len, mode, typed->text,
	    sizeof typed->text);
}

/* Puts the part of it that holds the cursor. */
static void
put_typed(struct pen *pen, const struct typed *typed,
    const struct prompt_view *view)
{
	int room = pen_room(pen);
	int skip = typed->cursor >= room ? typed->cursor - room + 1 : 0;
	int skipped = 0;
	int col = pen->col;
	size_t from = text_fit_cols(typed->text, typed->len, skip, &skipped);

	/* A wide character that is half out is out. */
	if (skipped < skip) {
		struct text_cluster cluster;

		if (text_next_cluster(typed->text + from, typed->len - from,
		        &cluster)) {
			from += cluster.len;
			skipped += cluster.width_cols;
		}
	}
	pen->col += frame_put_text(pen->frame, pen->row, pen->col, room,
	    STYLE_INPUT, typed->text + from, typed->len - from);
	if (view->at == view->len)
		pen_put_cut(pen, STYLE_DIM, view->ghost);
	frame_set_cursor(pen->frame, pen->row, col + typed->cursor - skipped);
}

/* The note in its own row, or at the right end of this one. @return columns
 * that it has taken of the pen's row. */
static int
put_note(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct prompt_view *view,
    const struct pen *pen)
{
	enum style_role role = view->note_is_bad ? STYLE_ERROR : STYLE_DIM;
	int width = text_width_cols(view->note, strlen(view->note));
	struct pen note = pen_at(frame, area, look, 0);

	if (width == 0)
		return 0;
	if (area.rows > 1) {
		pen_put_cut(&note, role, view->note);
		return 0;
	}
	if (pen_room(pen) < INPUT_COLS_MIN + NOTE_GAP + width)
		width = pen_room(pen) - INPUT_COLS_MIN - NOTE_GAP;
	if (width < 4)
		return 0;
	pen_move(&note, note.end - width);
	pen_put_cut(&note, role, view->note);
	return width + NOTE_GAP;
}

void
prompt_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct prompt_view *view)
{
	struct frame_area line = area;
	struct typed typed;
	struct pen pen;

	if (area.rows < 1)
		return;
	frame_fill(frame, area, STYLE_TEXT, ' ');
	line.row += area.rows - 1;
	line.rows = 1;
	make_typed(view, look->mode, &typed);
	pen = pen_at(frame, line, look, 0);
	pen_put_cut(&pen, STYLE_PROMPT, view->label);
	pen_put(&pen, STYLE_PROMPT, ": ");
	pen.end -= put_note(frame, area, look, view, &pen);
	if (pen_room(&pen) > 0)
		put_typed(&pen, &typed, view);
}

void
confirm_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const char *question)
{
	struct pen pen = pen_at(frame, area, look, area.rows - 1);
	static const char hint[] = "  (Enter: no)";
	enum { ANSWERS_COLS = 14 };

	if (area.rows < 1)
		return;
	frame_fill(frame, area, STYLE_TEXT, ' ');
	(void)pen_put_outside(&pen, STYLE_PROMPT, question, strlen(question),
	    pen_room(&pen) - ANSWERS_COLS, VIEW_CUT_MIDDLE);
	pen_skip(&pen, 2);
	pen_put(&pen, STYLE_KEY, "y");
	pen_put(&pen, STYLE_HINT, " yes  ");
	pen_put(&pen, STYLE_KEY, "n");
	pen_put(&pen, STYLE_HINT, " no");
	frame_set_cursor(frame, pen.row, pen.col);
	if (pen_room(&pen) >= (int)strlen(hint))
		pen_put(&pen, STYLE_DIM, hint);
}
