/*
 * Headings and rows of the table of bans. An account is shown made safe; the
 * row's state chooses the look of its time and state, so that what ends soon
 * and what is wrong stand out among rows that are calm.
 */
#include <stdio.h>
#include <string.h>

#include "view/bans_priv.h"
#include "view/view_priv.h"

static void
put_heading(struct pen *pen, const struct view_look *look, int cols, bool right,
    const char *name, bool sorted, bool descending)
{
	const char *words[] = { " rising", " falling" };
	const char *signs[] = { " ^", " v" };
	const char *mark = (look->reader ? words : signs)[descending ? 1 : 0];
	enum style_role role = sorted ? STYLE_SORTED : STYLE_HEADING;
	char text[40];

	(void)snprintf(text, sizeof text, "%s%s", name, sorted ? mark : "");
	if ((int)strlen(text) > cols && strcmp(name, "REMAINING") == 0)
		(void)snprintf(text, sizeof text, "LEFT%s", sorted ? mark : "");
	if (right)
		pen_put_right(pen, role, cols, text);
	else
		pen_put(pen, role, text);
}

void
bans_draw_headings(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct bans_view *view)
{
	struct bans_columns columns = bans_columns_of(area, look, view->time);
	struct pen pen = pen_at(frame, area, look, 0);
	bool moment = view->time == BANS_TIME_MOMENT;
	bool falls = false;
	enum ban_column by = ban_query_sort(view->query, &falls);
	bool by_time = by == BAN_COLUMN_REMAINING ||
	    (by == BAN_COLUMN_UNTIL && columns.until == 0);
	int col = area.col + BANS_GUTTER_COLS;

	pen_move(&pen, col);
	put_heading(&pen, look, columns.account, false, "ACCOUNT",
	    by == BAN_COLUMN_ACCOUNT, falls);
	col += columns.account + BANS_TIME_GAP_COLS;
	pen_move(&pen, col);
	put_heading(&pen, look, columns.time, !moment,
	    moment ? "UNTIL" : "REMAINING", by_time, falls);
	col += columns.time + BANS_GAP_COLS;
	if (columns.until > 0) {
		pen_move(&pen, col);
		put_heading(&pen, look, columns.until, false, "UNTIL",
		    by == BAN_COLUMN_UNTIL, falls);
		col += columns.until + BANS_GAP_COLS;
	}
	if (columns.state > 0) {
		pen_move(&pen, col);
		put_heading(&pen, look, columns.state, false, "STATE",
		    by == BAN_COLUMN_STATE, falls);
	}
}

static enum style_role
state_role(enum ban_state state)
{
	switch (state) {
	case BAN_STATE_BANNED:
		return STYLE_REMAINING;
	case BAN_STATE_ENDING:
		return STYLE_ENDING;
	case BAN_STATE_ENDED:
		return STYLE_ENDED;
	case BAN_STATE_PERMANENT:
		return STYLE_PERMANENT;
	case BAN_STATE_INVALID:
		return STYLE_INVALID;
	}
	return STYLE_REMAINING;
}

/* Part of a long text from column @p skip on, with a sign that it goes on. */
static void
put_scrolled(struct pen *pen, const char *safe, size_t len, int cols, int skip)
{
	size_t at = text_fit_cols(safe, len, skip + 1, NULL);

	cols -= (int)pen_put_safe(pen, STYLE_DIM,
	    pen->mode == TEXT_UTF8 ? "\xe2\x80\xa6" : "~",
	    pen->mode == TEXT_UTF8 ? 3 : 1, 1, VIEW_CUT_END);
	(void)pen_put_safe(pen, STYLE_ACCOUNT, safe + at, len - at, cols,
	    VIEW_CUT_END);
}

/* Underlines the first match in the cells from @p col to the pen. */
static void
flag_match(struct pen *pen, int col, const struct bans_view *view)
{
	char shown[VIEW_SAFE_MAX], find[VIEW_SAFE_MAX];
	const struct frame_cell *cells = frame_row(pen->frame, pen->row);
	size_t len = 0, find_len, at;
	int i;

	for (i = col; i < pen->col; i++) {
		size_t k;

		for (k = 0; k < cells[i].point_count; k++)
			if (len + 4 < sizeof shown)
				len += text_encode(cells[i].points[k],
				    shown + len);
	}
	find_len = text_make_safe(view->find, view->find_len, pen->mode, find,
	    sizeof find);
	at = text_find(shown, len, find, find_len,
	    text_has_upper(find, find_len));
	if (at == SIZE_MAX || find_len == 0)
		return;
	frame_add_flags(pen->frame, pen->row, col + text_width_cols(shown, at),
	    text_width_cols(shown + at, find_len), FRAME_MATCH);
}

static void
put_account(struct pen *pen, const struct bans_view *view,
    const struct ban *ban, int cols)
{
	char safe[VIEW_SAFE_MAX];
	int col = pen->col;
	int width;
	size_t len;

	if (ban->account_len == 0) {
		pen_put_cut(pen, STYLE_INVALID, "(no account)");
		return;
	}
	len = text_make_safe(ban->account, ban->account_len, pen->mode, safe,
	    sizeof safe);
	width = text_width_cols(safe, len);
	if (width > cols && view->scroll_cols > 0)
		put_scrolled(pen, safe, len, cols,
		    view->scroll_cols < width - cols ? view->scroll_cols
		                                     : width - cols);
	else
		(void)pen_put_safe(pen, STYLE_ACCOUNT, safe, len, cols,
		    VIEW_CUT_MIDDLE);
	if (view->find_len > 0 && !(ban->flags & BAN_UNUSABLE))
		flag_match(pen, col, view);
}

static void
write_until(const struct ban *ban, const struct view_look *look,
    char out[MOMENT_TEXT_MAX])
{
	out[0] = '\0';
	if (ban->flags & BAN_NO_UNTIL)
		return;
	if (moment_write(ban->until_s, look->zone, out) == 0)
		(void)num_write(ban->until_s, out);
}

static void
put_time(struct pen *pen, const struct view_look *look,
    const struct bans_view *view, const struct ban *ban, int cols,
    enum style_role role)
{
	char moment[MOMENT_TEXT_MAX];
	char text[DURATION_TEXT_MAX], cut[DURATION_TEXT_MAX];

	if (view->time == BANS_TIME_MOMENT) {
		write_until(ban, look, moment);
		pen_put_cut(pen, role, moment);
		return;
	}
	(void)duration_write_ban(ban, view->now_s,
	    bans_duration_style(view->time, ban_state_at(ban, view->now_s)),
	    text);
	(void)text_cut_end(text, strlen(text), cols, look->mode, cut,
	    sizeof cut);
	pen_put_right(pen, role, cols, cut);
}

static void
put_sign(struct pen *pen, const struct ban *ban, bool marked, bool selected)
{
	if (selected)
		view_put_selected(pen->frame, pen->row, pen->col);
	pen_skip(pen, 1);
	if (ban->flags & BAN_UNUSABLE)
		pen_put(pen, STYLE_INVALID, "?");
	else if (marked)
		pen_put(pen, STYLE_MARKED, "*");
	else
		pen_skip(pen, 1);
}

void
bans_draw_row(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct bans_view *view, size_t index)
{
	struct bans_columns columns = bans_columns_of(area, look, view->time);
	struct pen pen =
	    pen_at(frame, area, look, (int)(index - view->top) + 1);
	struct ban ban = bans_row_at(view, index);
	enum ban_state state = ban_state_at(&ban, view->now_s);
	enum style_role role = state_role(state);
	bool selected = index == view->cursor;
	bool marked = view->is_marked != NULL &&
	    view->is_marked(ban_query_row(view->query, index),
	        view->marked_user);
	char text[MOMENT_TEXT_MAX];
	int col = area.col + BANS_GUTTER_COLS;

	put_sign(&pen, &ban, marked, selected);
	put_account(&pen, view, &ban, columns.account);
	if (marked)
		frame_add_flags(frame, pen.row, area.col, pen.col - area.col,
		    FRAME_MARKED);
	col += columns.account + BANS_TIME_GAP_COLS;
	pen_move(&pen, col);
	put_time(&pen, look, view, &ban, columns.time, role);
	/* All of the row would cost twice the bytes of a cursor's step. */
	if (selected)
		frame_add_flags(frame, pen.row, area.col,
		    col + columns.time - area.col, FRAME_SELECTED);
	col += columns.time + BANS_GAP_COLS;
	if (columns.until > 0) {
		pen_move(&pen, col);
		write_until(&ban, look, text);
		pen_put(&pen, STYLE_UNTIL, text);
		col += columns.until + BANS_GAP_COLS;
	}
	if (columns.state > 0) {
		pen_move(&pen, col);
		pen_put(&pen, role, ban_state_name(state));
		if (look->reader && marked)
			pen_put(&pen, STYLE_MARKED, ", marked");
	}
}
