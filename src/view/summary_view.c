/*
 * The pane that counts. Bars are as long as the longest allows; whatever is
 * there at all has a bar.
 */
#include "bantop/view/summary_view.h"

#include <stdio.h>

#include "view/view_priv.h"

enum {
	STATES_COLS = 22,
	LABEL_COLS = 9,
	BAR_COLS_MAX = 60,
	BLOCK = 0x2588,
	AS_OF_COLS = 16
};

static const struct {
	const char *label;
	int64_t within_s; /* 0: no bound */
} ends[SUMMARY_END_COUNT] = {
	[SUMMARY_1H] = { "1 h", 3600 },
	[SUMMARY_24H] = { "24 h", 86400 },
	[SUMMARY_7D] = { "7 d", 7 * 86400 },
	[SUMMARY_30D] = { "30 d", 30 * 86400 },
	[SUMMARY_LATER] = { "later", 0 },
	[SUMMARY_PERMANENT] = { "permanent", 0 },
};

static const enum style_role state_roles[SUMMARY_STATE_COUNT] = {
	[BAN_STATE_BANNED] = STYLE_REMAINING,
	[BAN_STATE_ENDING] = STYLE_ENDING,
	[BAN_STATE_ENDED] = STYLE_ENDED,
	[BAN_STATE_PERMANENT] = STYLE_PERMANENT,
	[BAN_STATE_INVALID] = STYLE_INVALID,
};

static enum summary_end
end_of(int64_t left_s)
{
	enum summary_end end = SUMMARY_1H;

	while (end < SUMMARY_LATER && left_s >= ends[end].within_s)
		end = (enum summary_end)(end + 1);
	return end;
}

void
summary_add(struct summary *summary, const struct ban *ban, int64_t now_s)
{
	enum ban_state state = ban_state_at(ban, now_s);

	summary->rows++;
	summary->by_state[state]++;
	if (state == BAN_STATE_PERMANENT)
		summary->by_end[SUMMARY_PERMANENT]++;
	else if (state == BAN_STATE_BANNED || state == BAN_STATE_ENDING)
		summary->by_end[end_of(ban->until_s - now_s)]++;
}

/* Columns that the largest of the counts takes. */
static int
count_cols(const size_t *counts, size_t count)
{
	char text[VIEW_NUMBER_MAX];
	int cols = 1;
	size_t i;

	for (i = 0; i < count; i++) {
		int width = (int)num_write_grouped((int64_t)counts[i], text);

		if (width > cols)
			cols = width;
	}
	return cols;
}

static void
draw_states(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct summary *summary, int top)
{
	int cols = count_cols(summary->by_state, SUMMARY_STATE_COUNT);
	int i;

	for (i = 0; i < SUMMARY_STATE_COUNT; i++) {
		struct pen pen = pen_at(frame, area, look, i - top);
		char text[VIEW_NUMBER_MAX];
		size_t count = summary->by_state[i];

		(void)num_write_grouped((int64_t)count, text);
		pen_put(&pen, count > 0 ? state_roles[i] : STYLE_DIM,
		    ban_state_name((enum ban_state)i));
		pen_move(&pen, area.col + LABEL_COLS + 1);
		pen_put_right(&pen, count > 0 ? STYLE_TEXT : STYLE_DIM, cols,
		    text);
	}
}

static int
bar_cols(size_t count, size_t most, int room)
{
	int cols;

	if (count == 0 || room < 1)
		return 0;
	if (room > BAR_COLS_MAX)
		room = BAR_COLS_MAX;
	cols = (int)((double)count * room / (double)most);
	return cols > 0 ? cols : 1;
}

static void
draw_ends(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct summary *summary, int top)
{
	int cols = count_cols(summary->by_end, SUMMARY_END_COUNT);
	size_t most = 0;
	int i;

	for (i = 0; i < SUMMARY_END_COUNT; i++)
		if (summary->by_end[i] > most)
			most = summary->by_end[i];
	for (i = 0; i < SUMMARY_END_COUNT; i++) {
		struct pen pen = pen_at(frame, area, look, i - top);
		struct frame_area bar = { .row = pen.row, .rows = 1 };
		char text[VIEW_NUMBER_MAX];
		size_t count = summary->by_end[i];

		(void)num_write_grouped((int64_t)count, text);
		pen_put_right(&pen, count > 0 ? STYLE_TEXT : STYLE_DIM,
		    LABEL_COLS, ends[i].label);
		pen_skip(&pen, 1);
		pen_put_right(&pen, count > 0 ? STYLE_TEXT : STYLE_DIM, cols,
		    text);
		pen_skip(&pen, 1);
		/* A reader would speak each block. */
		bar.col = pen.col;
		bar.cols =
		    look->reader ? 0 : bar_cols(count, most, pen_room(&pen));
		frame_fill(frame, bar, STYLE_BAR,
		    look->mode == TEXT_UTF8 ? BLOCK : '#');
	}
}

static void
draw_head(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct summary_view *view)
{
	struct pen pen = pen_at(frame, area, look, 0);
	char rows[VIEW_NUMBER_MAX + 8], time[MOMENT_TEXT_MAX];

	view_count_write(view->summary->rows, "row", rows, sizeof rows);
	(void)moment_write_time(view->as_of, look->zone, time);
	pen_put(&pen, STYLE_TEXT, rows);
	pen_put(&pen, STYLE_TEXT, view->filtered ? " in view" : "");
	if (view->complete) {
		pen_put(&pen, STYLE_TEXT, ", the whole list");
	} else {
		pen_put(&pen, STYLE_TEXT, " so far, ");
		pen_put(&pen, STYLE_PARTIAL, "PARTIAL");
	}
	if (view->as_of != 0 && pen_room(&pen) >= AS_OF_COLS)
		pen_put_format(&pen, STYLE_DIM, ", as of %s", time);
	if (view->marked > 0)
		pen_put_format(&pen, STYLE_MARKED, ", %zu marked",
		    view->marked);
}

/* Rows above the counts. */
static int
head_rows(int rows)
{
	return rows >= SUMMARY_VIEW_ROWS - 2 ? 3 : 1;
}

int
summary_view_over(struct frame_area area)
{
	int rows = area.rows - 1;
	int over = head_rows(rows) + SUMMARY_END_COUNT - rows;

	return over > 0 ? over : 0;
}

void
summary_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct summary_view *view)
{
	bool over = summary_view_over(area) > 0;
	struct frame_area left = pane_draw_border(frame, area, look, "summary",
	    over ? "PgDn more, Esc closes" : "Esc closes");
	struct frame_area right;
	int head = head_rows(left.rows);

	if (view->counting) {
		view_put_empty(frame, left, look, "counting the rows", "");
		return;
	}
	draw_head(frame, left, look, view);
	left.row += head;
	left.rows -= head;
	right = left;
	if (left.cols > STATES_COLS)
		left.cols = STATES_COLS;
	right.col += left.cols;
	right.cols -= left.cols;
	if (head > 1) {
		struct pen pen = pen_at(frame, right, look, -1);

		pen.end = pen.col + right.cols;
		pen_put_right(&pen, STYLE_HEADING, LABEL_COLS, "ENDS IN");
		pen = pen_at(frame, left, look, -1);
		pen.end = pen.col + left.cols;
		pen_put(&pen, STYLE_HEADING, "STATE");
	}
	draw_states(frame, left, look, view->summary, view->top);
	draw_ends(frame, right, look, view->summary, view->top);
}
