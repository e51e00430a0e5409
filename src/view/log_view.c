/*
 * The log of requests: a row for each attempt, and below the table what else
 * there is to say of the selected one.
 */
#include "bantop/view/log_view.h"

#include <stdio.h>
#include <string.h>

#include "bantop/view/pane.h"
#include "view/view_priv.h"

enum column {
	COLUMN_TIME,
	COLUMN_COMMAND,
	COLUMN_SUBJECT,
	COLUMN_TRY,
	COLUMN_MS,
	COLUMN_BYTES,
	COLUMN_HTTP,
	COLUMN_CODE,
};
enum {
	SUBJECT_COLS_MIN = 12,
	CARD_ROWS = 6, /* with its border */
	ROWS_FOR_CARD = 12,
	LABEL_COLS = 9,
};

static struct view_table
table_of(struct frame_area area)
{
	struct view_table table = { .area = area,
		.count = 8,
		.columns = {
		    [COLUMN_TIME] = { .name = "TIME", .cols = 8 },
		    [COLUMN_COMMAND] = { .name = "CALL",
		        .cols = 20,
		        .leaves = 4 },
		    [COLUMN_SUBJECT] = { .name = "ABOUT" },
		    [COLUMN_TRY] = { .name = "TRY",
		        .cols = 3,
		        .leaves = 2,
		        .right = true },
		    [COLUMN_MS] = { .name = "MS", .cols = 6, .right = true },
		    [COLUMN_BYTES] = { .name = "BYTES",
		        .cols = 7,
		        .leaves = 1,
		        .right = true },
		    [COLUMN_HTTP] = { .name = "HTTP",
		        .cols = 4,
		        .leaves = 3,
		        .right = true },
		    [COLUMN_CODE] = { .name = "CODE", .cols = 8 },
		} };

	view_table_fit(&table, COLUMN_SUBJECT, SUBJECT_COLS_MIN);
	return table;
}

static int
card_rows(struct frame_area area, bool bare)
{
	return !bare && area.rows >= ROWS_FOR_CARD ? CARD_ROWS : 0;
}

int
log_view_window(struct frame_area area, bool bare)
{
	int rows = area.rows - 1 - card_rows(area, bare);

	return rows > 0 ? rows : 0;
}

static void
put_number(struct frame *frame, const struct view_table *table,
    const struct view_look *look, int row, enum column column, int64_t number)
{
	char text[VIEW_NUMBER_MAX];

	(void)num_write(number, text);
	view_table_put(frame, table, look, row, column, STYLE_TEXT, text);
}

static void
put_outcome(struct frame *frame, const struct view_table *table,
    const struct view_look *look, int row, const struct log_row *log)
{
	char text[40];

	if (!log->done) {
		view_table_put(frame, table, look, row, COLUMN_CODE,
		    STYLE_NOTICE, "sent");
		return;
	}
	if (log->err == NULL || log->err->kind == ERR_NONE) {
		view_table_put(frame, table, look, row, COLUMN_CODE, STYLE_GOOD,
		    "OK");
		return;
	}
	if (log->err->kind == ERR_SERVICE)
		(void)snprintf(text, sizeof text, "E%d", log->err->code);
	else
		(void)snprintf(text, sizeof text, "%s",
		    err_kind_name(log->err->kind));
	view_table_put(frame, table, look, row, COLUMN_CODE,
	    log->quiet ? STYLE_DIM : STYLE_ERROR, text);
}

static void
put_subject(struct frame *frame, const struct view_table *table,
    const struct view_look *look, int row, const struct log_row *log)
{
	struct pen pen =
	    view_table_cell(frame, table, look, row, COLUMN_SUBJECT);
	char offset[40] = "";
	int room = pen_room(&pen);

	if (log->offset >= 0)
		(void)snprintf(offset, sizeof offset, " @%lld",
		    (long long)log->offset);
	room -= (int)strlen(offset);
	(void)pen_put_outside(&pen, STYLE_TEXT, log->subject, log->subject_len,
	    room > 4 ? room : pen_room(&pen), VIEW_CUT_MIDDLE);
	pen_put(&pen, STYLE_DIM, offset);
}

static void
draw_row(struct frame *frame, const struct view_table *table,
    const struct view_look *look, const struct log_row *log, int row)
{
	char time[MOMENT_TEXT_MAX];

	(void)moment_write_time(log->at, look->zone, time);
	view_table_put(frame, table, look, row, COLUMN_TIME, STYLE_DIM, time);
	view_table_put(frame, table, look, row, COLUMN_COMMAND,
	    log->quiet ? STYLE_DIM : STYLE_TEXT, log->command);
	put_subject(frame, table, look, row, log);
	put_number(frame, table, look, row, COLUMN_TRY, log->attempt);
	if (log->done && log->total_ms >= 0)
		put_number(frame, table, look, row, COLUMN_MS, log->total_ms);
	if (log->done)
		put_number(frame, table, look, row, COLUMN_BYTES, log->bytes);
	if (log->status > 0)
		put_number(frame, table, look, row, COLUMN_HTTP, log->status);
	put_outcome(frame, table, look, row, log);
}

static void
write_ms(char *out, size_t size, const char *what, int32_t ms)
{
	size_t len = strlen(out);

	if (ms >= 0)
		(void)snprintf(out + len, size - len, "%s%s %ld",
		    len > 0 ? ", " : "", what, (long)ms);
}

static void
put_lines(struct view_lines *lines, const struct log_row *log)
{
	char times[VIEW_LINE_MAX] = "", why[VIEW_LINE_MAX];
	size_t len;

	write_ms(times, sizeof times, "DNS", log->lookup_ms);
	write_ms(times, sizeof times, "connect", log->connect_ms);
	write_ms(times, sizeof times, "TLS", log->tls_ms);
	write_ms(times, sizeof times, "wait", log->wait_ms);
	write_ms(times, sizeof times, "total", log->total_ms);
	len = strlen(times);
	(void)snprintf(times + len, sizeof times - len, "%s%lld bytes",
	    len > 0 ? " ms, " : "", (long long)log->bytes);
	if (view_err_write(log->err, lines->look->mode, false, why) > 0)
		view_lines_say(lines, "error", STYLE_ERROR, why);
	view_lines_say(lines, "times", STYLE_TEXT, times);
	view_lines_say(lines, "host", STYLE_TEXT, log->host);
	view_lines_say(lines, "id", STYLE_DIM, log->request_id);
	view_lines_say(lines, "curl", STYLE_DIM, log->curl);
}

static void
draw_card(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct log_row *log, int top,
    const char *keys)
{
	struct view_lines lines = { .frame = frame,
		.look = look,
		.top = top,
		.label_cols = LABEL_COLS };

	if (area.rows == 0)
		return;
	lines.area = pane_draw_border(frame, area, look, log->command, keys);
	put_lines(&lines, log);
}

/* Of the selected one, at the end of the log. */
static void
draw_selected(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct log_row *log, bool bare)
{
	area.row += area.rows - card_rows(area, bare);
	area.rows = card_rows(area, bare);
	draw_card(frame, area, look, log, 0, "Enter all, y copies curl");
}

void
log_card_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct log_row *log, int top)
{
	draw_card(frame, area, look, log, top, "y copies curl, Esc closes");
}

int
log_card_lines(const struct log_row *log, const struct view_look *look,
    int cols)
{
	struct view_lines lines = { .look = look,
		.area = { 0, 0, FRAME_ROWS_MAX, cols },
		.label_cols = LABEL_COLS };

	put_lines(&lines, log);
	return lines.count + 1;
}

static void
draw_empty(struct frame *frame, struct frame_area area,
    const struct view_look *look)
{
	area.row++;
	area.rows--;
	view_put_empty(frame, area, look, "no request was sent yet", "q back");
	frame_set_cursor(frame, area.row, area.col);
}

void
log_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct log_view *view)
{
	struct view_table table = table_of(area);
	int window = log_view_window(area, view->bare);
	int row;

	if (area.rows < 1)
		return;
	view_table_draw_headings(frame, &table, look);
	if (view->count == 0)
		draw_empty(frame, area, look);
	for (row = 0; row < window && view->top + (size_t)row < view->count;
	     row++) {
		size_t index = view->top + (size_t)row;
		struct log_row log;
		int line = area.row + row + 1;

		memset(&log, 0, sizeof log);
		view->at(index, &log, view->user);
		draw_row(frame, &table, look, &log, row + 1);
		if (index != view->cursor)
			continue;
		draw_selected(frame, area, look, &log, view->bare);
		view_put_selected(frame, line, area.col);
		frame_add_flags(frame, line, area.col, area.cols,
		    FRAME_SELECTED);
	}
}
