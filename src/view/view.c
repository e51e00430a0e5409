/*
 * The measures of a screen, and the fetch and errors as words. Nothing here
 * draws but the one line of a screen that is too small.
 */
#include "bantop/view/view.h"

#include <stdio.h>
#include <string.h>

#include "view/view_priv.h"

/* From so many rows on a part has a line of its own. */
enum { ROWS_FOR_HEADER_2 = 8, ROWS_FOR_TROUBLE = 12 };
/* Below so many columns the fetch says what comes next in few words. */
enum { COLS_FOR_WORDS = 60 };

bool
view_is_too_small(const struct frame *frame)
{
	return frame_rows(frame) < VIEW_ROWS_MIN ||
	    frame_cols(frame) < VIEW_COLS_MIN;
}

void
view_draw_too_small(struct frame *frame)
{
	frame_clear(frame);
	(void)frame_put(frame, 0, 0, frame_cols(frame), STYLE_TEXT,
	    "bantop needs 20x5");
}

static struct frame_area
take_rows(struct frame_area *rest, int rows)
{
	struct frame_area taken = *rest;

	taken.rows = rows;
	rest->row += rows;
	rest->rows -= rows;
	return taken;
}

struct view_layout
view_layout_of(const struct frame *frame)
{
	struct frame_area rest = frame_whole(frame);
	int rows = rest.rows;
	struct view_layout layout;

	layout.header = take_rows(&rest, rows >= ROWS_FOR_HEADER_2 ? 2 : 1);
	layout.body =
	    take_rows(&rest, rest.rows - (rows >= ROWS_FOR_TROUBLE ? 3 : 2));
	layout.activity = take_rows(&rest, 1);
	layout.trouble = take_rows(&rest, rows >= ROWS_FOR_TROUBLE ? 1 : 0);
	layout.hints = take_rows(&rest, 1);
	return layout;
}

struct frame_area
view_pane_area(struct frame_area body, int wanted)
{
	int left = body.rows - wanted;

	if (left * 3 >= body.rows) {
		body.row += left;
		body.rows = wanted;
	}
	return body;
}

size_t
view_scroll(size_t top, size_t cursor, size_t count, size_t window, size_t tail)
{
	size_t last = cursor + 1 == count ? cursor + tail : cursor;

	if (window == 0 || count == 0)
		return 0;
	if (last >= top + window)
		top = last + 1 - window;
	if (top > cursor)
		top = cursor;
	/* No blank rows at the end while there are some above. */
	if (top + window > count + tail)
		top = count + tail > window ? count + tail - window : 0;
	return top < count ? top : count - 1;
}

size_t
view_err_write(const struct err *err, enum text_mode mode, bool with_hint,
    char out[VIEW_LINE_MAX])
{
	char line[ERR_TEXT_MAX * 2];
	char code[16] = "";

	out[0] = '\0';
	if (err == NULL || err->kind == ERR_NONE)
		return 0;
	if (err->kind == ERR_SERVICE)
		(void)snprintf(code, sizeof code, "E%d ", err->code);
	if (strncmp(err->text, code, strlen(code)) == 0)
		code[0] = '\0';
	with_hint = with_hint && err->hint != NULL;
	(void)snprintf(line, sizeof line, "%s%s%s%.150s", code, err->text,
	    with_hint ? ": " : "", with_hint ? err->hint : "");
	return text_make_safe(line, strlen(line), mode, out, VIEW_LINE_MAX);
}

bool
view_fetch_is_trouble(const struct view_fetch *fetch)
{
	switch (fetch->state) {
	case VIEW_FETCH_WAITING:
	case VIEW_FETCH_FAILED:
	case VIEW_FETCH_BROKEN:
	case VIEW_FETCH_FULL:
		return true;
	case VIEW_FETCH_NONE:
	case VIEW_FETCH_MORE:
	case VIEW_FETCH_LOADING:
	case VIEW_FETCH_STOPPED:
	case VIEW_FETCH_COMPLETE:
		break;
	}
	return false;
}

static int64_t
seconds_up(int64_t ms)
{
	return ms > 0 ? (ms + 999) / 1000 : 0;
}

/* "! WHY: NEXT", WHY cut so that NEXT is seen. */
static size_t
write_trouble(const struct view_fetch *fetch, const struct view_look *look,
    int cols, const char *next, char out[VIEW_LINE_MAX])
{
	const char *sign = look->reader ? "error: " : "! ";
	char why[VIEW_LINE_MAX];
	char cut[VIEW_LINE_MAX];
	int room = cols - (int)strlen(sign) - (int)strlen(next) - 2;
	size_t len = view_err_write(fetch->err, look->mode, false, why);

	if (len == 0)
		len = (size_t)snprintf(why, sizeof why, "not loaded");
	(void)text_cut_end(why, len, room < 8 ? 8 : room, look->mode, cut,
	    sizeof cut);
	(void)snprintf(out, VIEW_LINE_MAX, "%s%.300s: %.150s", sign, cut, next);
	return strlen(out);
}

static size_t
write_waiting(const struct view_fetch *fetch, const struct view_look *look,
    int cols, char out[VIEW_LINE_MAX])
{
	long long wait_s = (long long)seconds_up(fetch->wait_ms);
	char next[VIEW_LINE_MAX];

	if (cols < COLS_FOR_WORDS)
		(void)snprintf(next, sizeof next, "in %lld s (%d of %d), r now",
		    wait_s, fetch->attempt, fetch->attempts_max);
	else
		(void)snprintf(next, sizeof next,
		    "next try in %lld s (%d of %d), r now, Esc stop", wait_s,
		    fetch->attempt, fetch->attempts_max);
	return write_trouble(fetch, look, cols, next, out);
}

/* Given up, but it is read anew later, if @p by_hand does not come first. */
static size_t
write_given_up(const struct view_fetch *fetch, const struct view_look *look,
    int cols, const char *by_hand, char out[VIEW_LINE_MAX])
{
	long long again_s = (long long)seconds_up(fetch->again_ms);
	char next[VIEW_LINE_MAX];

	if (again_s == 0)
		return write_trouble(fetch, look, cols, by_hand, out);
	(void)snprintf(next, sizeof next,
	    cols < COLS_FOR_WORDS ? "in %lld:%02lld, r now"
	                          : "read again in %lld:%02lld, r now",
	    again_s / 60, again_s % 60);
	return write_trouble(fetch, look, cols, next, out);
}

static size_t
write_all(const struct view_fetch *fetch, int cols, char out[VIEW_LINE_MAX])
{
	char pages[VIEW_NUMBER_MAX + 8], rows[VIEW_NUMBER_MAX + 8];
	char rate[VIEW_NUMBER_MAX + 16] = "";
	long long s = (long long)(fetch->elapsed_ms / 1000);

	view_count_write(fetch->pages, "page", pages, sizeof pages);
	view_count_write(fetch->rows, "row", rows, sizeof rows);
	if (fetch->rows_per_s >= 0 && cols >= COLS_FOR_WORDS) {
		char number[VIEW_NUMBER_MAX];

		(void)num_write_grouped(fetch->rows_per_s, number);
		(void)snprintf(rate, sizeof rate, ", %s rows/s", number);
	}
	(void)snprintf(out, VIEW_LINE_MAX, "%s: %s, %s%s, %lld:%02lld%s",
	    cols < COLS_FOR_WORDS ? "all" : "loading all", pages, rows, rate,
	    s / 60, s % 60, cols < COLS_FOR_WORDS ? "" : ", Esc stop");
	return strlen(out);
}

static size_t
write_loading(const struct view_fetch *fetch, int cols, char out[VIEW_LINE_MAX])
{
	char page[VIEW_NUMBER_MAX], attempt[40] = "";

	if (fetch->all && fetch->pages > 0 && !fetch->refresh)
		return write_all(fetch, cols, out);
	(void)num_write_grouped((int64_t)fetch->pages + 1, page);
	if (fetch->attempt > 1)
		(void)snprintf(attempt, sizeof attempt, ", try %d of %d",
		    fetch->attempt, fetch->attempts_max);
	(void)snprintf(out, VIEW_LINE_MAX, "%s page %s%s, Esc stop",
	    fetch->refresh ? "refreshing:" : "loading", page, attempt);
	return strlen(out);
}

static size_t
write_stopped(const struct view_fetch *fetch, char out[VIEW_LINE_MAX])
{
	char rows[VIEW_NUMBER_MAX + 8];

	view_count_write(fetch->rows, "row", rows, sizeof rows);
	(void)snprintf(out, VIEW_LINE_MAX, "stopped after %s: r goes on", rows);
	return strlen(out);
}

size_t
view_fetch_write(const struct view_fetch *fetch, const struct view_look *look,
    int cols, char out[VIEW_LINE_MAX])
{
	out[0] = '\0';
	switch (fetch->state) {
	case VIEW_FETCH_NONE:
	case VIEW_FETCH_MORE:
	case VIEW_FETCH_COMPLETE:
		break;
	case VIEW_FETCH_LOADING:
		return write_loading(fetch, cols, out);
	case VIEW_FETCH_WAITING:
		return write_waiting(fetch, look, cols, out);
	case VIEW_FETCH_FAILED:
		return write_given_up(fetch, look, cols, "r tries again", out);
	case VIEW_FETCH_BROKEN:
		return write_given_up(fetch, look, cols,
		    "rows kept, r asks again", out);
	case VIEW_FETCH_FULL:
		return write_trouble(fetch, look, cols, "rows kept", out);
	case VIEW_FETCH_STOPPED:
		return write_stopped(fetch, out);
	}
	return 0;
}

int64_t
view_fetch_next_change_ms(const struct view_fetch *fetch,
    const struct view_look *look)
{
	if (look->reader)
		return INT64_MAX;
	if (fetch->state == VIEW_FETCH_WAITING && fetch->wait_ms > 0)
		return (fetch->wait_ms - 1) % 1000 + 1;
	if ((fetch->state == VIEW_FETCH_FAILED ||
	        fetch->state == VIEW_FETCH_BROKEN) &&
	    fetch->again_ms > 0)
		return (fetch->again_ms - 1) % 1000 + 1;
	if (fetch->state == VIEW_FETCH_LOADING && fetch->all &&
	    fetch->pages > 0 && !fetch->refresh)
		return 1000 - fetch->elapsed_ms % 1000;
	return INT64_MAX;
}
