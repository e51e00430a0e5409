/*
 * The table of bans. Work is proportional to the rows in sight, whatever the
 * list holds. The columns leave in this order where it is narrow: until,
 * state; what is left of the width is the account's.
 *
 * Which rows there are and in which order, the query knows; what the program
 * does about the list's state, the controller.
 */
#include "bantop/view/bans_view.h"

#include "view/bans_priv.h"
#include "view/view_priv.h"

enum {
	STATE_COLS = 9,
	READER_STATE_COLS = 17, /* "permanent, marked" */
	MOMENT_COLS = 19,
	NEED_COLS = 14,    /* "ended 365d ago" */
	SECONDS_COLS = 18, /* "18250d 04h 07m 09s" */
	TIME_COLS_MIN = 9, /* "permanent" */
	ACCOUNT_COLS_MIN = 8,
	ACCOUNT_COLS_MAX = 64,   /* beyond it the eye loses the row */
	ACCOUNT_COLS_UNTIL = 24, /* with fewer the until column leaves */
	ACCOUNT_COLS_STATE = 16, /* with fewer the state column leaves */
};

static int
time_cols(enum bans_time time)
{
	switch (time) {
	case BANS_TIME_BY_NEED:
		return NEED_COLS;
	case BANS_TIME_SECONDS:
		return SECONDS_COLS;
	case BANS_TIME_MOMENT:
		break;
	}
	return MOMENT_COLS;
}

struct bans_columns
bans_columns_of(struct frame_area area, const struct view_look *look,
    enum bans_time time)
{
	struct bans_columns columns = { .time = time_cols(time),
		.until = time == BANS_TIME_MOMENT ? 0 : MOMENT_COLS,
		.state = look->reader ? READER_STATE_COLS : STATE_COLS };
	int rest =
	    area.cols - BANS_GUTTER_COLS - BANS_TIME_GAP_COLS - columns.time;

	columns.account = rest - BANS_GAP_COLS - columns.state -
	    (columns.until > 0 ? BANS_GAP_COLS + columns.until : 0);
	if (columns.until > 0 && columns.account < ACCOUNT_COLS_UNTIL) {
		columns.until = 0;
		columns.account = rest - BANS_GAP_COLS - columns.state;
	}
	if (columns.account < ACCOUNT_COLS_STATE) {
		columns.state = 0;
		columns.account = rest;
	}
	if (columns.account < ACCOUNT_COLS_MIN) {
		columns.account += columns.time - TIME_COLS_MIN;
		columns.time = TIME_COLS_MIN;
	}
	if (columns.account > ACCOUNT_COLS_MAX)
		columns.account = ACCOUNT_COLS_MAX;
	return columns;
}

enum duration_style
bans_duration_style(enum bans_time time, enum ban_state state)
{
	return time == BANS_TIME_SECONDS && state != BAN_STATE_ENDED
	    ? DURATION_SECONDS
	    : DURATION_BY_NEED;
}

int
bans_view_window(struct frame_area area)
{
	return area.rows > 1 ? area.rows - 1 : 0;
}

size_t
bans_row_count(const struct bans_view *view)
{
	return view->list != NULL ? ban_query_count(view->query) : 0;
}

struct ban
bans_row_at(const struct bans_view *view, size_t index)
{
	return ban_list_at(view->list, ban_query_row(view->query, index));
}

void
bans_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct bans_view *view)
{
	size_t count = bans_row_count(view);
	size_t window = (size_t)bans_view_window(area);
	struct bans_view shown = *view;
	size_t index;

	if (area.rows < 1 || area.cols < 1)
		return;
	bans_draw_headings(frame, area, look, view);
	if (count == 0) {
		bans_draw_empty(frame, area, look, view);
		return;
	}
	/* A caller that is late with its top shall still see the end. */
	if (shown.top >= count)
		shown.top = count - 1;
	for (index = shown.top; index < count && index - shown.top < window;
	     index++)
		bans_draw_row(frame, area, look, &shown, index);
	if (index - shown.top < window)
		bans_draw_end(frame, area, look, &shown);
}

size_t
bans_view_index_at(struct frame_area area, const struct bans_view *view,
    int row)
{
	size_t index;

	if (row <= area.row || row >= area.row + area.rows)
		return BAN_ROW_NONE;
	index = view->top + (size_t)(row - area.row - 1);
	return index < bans_row_count(view) ? index : BAN_ROW_NONE;
}

/* One past the last index in sight. */
static size_t
window_end(struct frame_area area, const struct bans_view *view)
{
	size_t count = bans_row_count(view);
	size_t window = (size_t)bans_view_window(area);

	if (view->top >= count)
		return view->top;
	return count - view->top < window ? count : view->top + window;
}

int
bans_view_scroll_max(struct frame_area area, const struct view_look *look,
    const struct bans_view *view)
{
	struct bans_columns columns = bans_columns_of(area, look, view->time);
	size_t end = window_end(area, view);
	int widest = 0;
	size_t index;

	for (index = view->top; index < end; index++) {
		struct ban ban = bans_row_at(view, index);
		char safe[VIEW_SAFE_MAX];
		size_t len = text_make_safe(ban.account, ban.account_len,
		    look->mode, safe, sizeof safe);
		int width = text_width_cols(safe, len);

		if (width > widest)
			widest = width;
	}
	return widest > columns.account ? widest - columns.account : 0;
}

/* When only the state of @p ban can change, not what is left of it. */
static int64_t
next_state(const struct ban *ban, int64_t now_s)
{
	switch (ban_state_at(ban, now_s)) {
	case BAN_STATE_PERMANENT:
		return ban->until_s - now_s - BAN_PERMANENT_S;
	case BAN_STATE_BANNED:
		return ban->until_s - now_s - BAN_ENDING_S + 1;
	case BAN_STATE_ENDING:
		return ban->until_s - now_s;
	case BAN_STATE_ENDED:
	case BAN_STATE_INVALID:
		break;
	}
	return INT64_MAX;
}

int64_t
bans_view_next_change(struct frame_area area, const struct view_look *look,
    const struct bans_view *view)
{
	size_t end = window_end(area, view);
	int64_t next = INT64_MAX;
	size_t index;

	if (look->reader)
		return next;
	for (index = view->top; index < end; index++) {
		struct ban ban = bans_row_at(view, index);
		int64_t change = next_state(&ban, view->now_s);

		if (view->time != BANS_TIME_MOMENT)
			change = duration_next_change(&ban, view->now_s,
			    bans_duration_style(view->time,
			        ban_state_at(&ban, view->now_s)));
		if (change < next)
			next = change;
	}
	return next;
}
