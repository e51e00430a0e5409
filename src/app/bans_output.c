/*
 * Copy, ticket and plain text. Rows are taken in view order; an account that
 * cannot be used is never copied. What is not seen does not leave: marked rows
 * that the filter hides stay out.
 */
#include "bantop/app/bans_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/app/ticket.h"
#include "bantop/base/mem.h"
#include "bantop/model/duration.h"
#include "bantop/term/term.h"

/* An account and the end of its line are two bytes at least. */
enum { COPIED_MAX = TERM_COPY_MAX / 2 + 1 };

size_t
bans_output_choose(const struct bans_screen *screen, bool all, size_t *rows,
    size_t max)
{
	size_t marked = screen->marks.count;
	size_t i, seen = ban_query_count(screen->query);
	size_t count = 0;

	if (marked == 0 && !all) {
		rows[0] = bans_table_row(screen);
		return rows[0] != BAN_ROW_NONE ? 1 : 0;
	}
	for (i = 0; i < seen && (marked == 0 || count < marked); i++) {
		size_t row = ban_query_row(screen->query, i);

		if (marked > 0 && !marks_has(&screen->marks, row))
			continue;
		if (count < max)
			rows[count] = row;
		count++;
	}
	return count;
}

/* @return how many of them are in the copy now. */
static size_t
copy_rows(struct bans_screen *screen, const size_t *rows, size_t count)
{
	struct buf *copy = &screen->context->copy;
	size_t i, copied = 0;
	struct ban ban;

	buf_reset(copy);
	for (i = 0; i < count; i++) {
		ban = ban_list_at(screen->load.list, rows[i]);
		if ((ban.flags & BAN_UNUSABLE) != 0)
			continue;
		if (copied++ > 0)
			buf_put_text(copy, "\n");
		buf_put(copy, ban.account, ban.account_len);
	}
	return copied;
}

static enum ui_move
copy(struct bans_screen *screen)
{
	struct ui_context *context = screen->context;
	size_t *rows = mem_grow(NULL, COPIED_MAX, sizeof *rows);
	size_t count = bans_output_choose(screen, false, rows, COPIED_MAX);
	size_t copied = 0;

	if (count <= COPIED_MAX)
		copied = copy_rows(screen, rows, count);
	free(rows);
	if (count > COPIED_MAX) {
		ui_context_say(context, true,
		    "%zu accounts are more than a terminal copies: w writes "
		    "them to a file",
		    count);
		return UI_STAY;
	}
	if (copied == 0) {
		ui_context_say(context, true,
		    count == 0 ? "no row to copy"
		               : "this account cannot be used: not copied");
		return UI_STAY;
	}
	(void)snprintf(context->copied, sizeof context->copied,
	    copied == 1 ? "1 account" : "%zu accounts", copied);
	return UI_COPY;
}

static enum ui_move
show_ticket(struct bans_screen *screen)
{
	struct ui_context *context = screen->context;
	const struct service_clock *clock =
	    client_service_clock(context->client);
	struct ticket ticket = { .region = context->region };
	size_t rows[TICKET_ROWS_MAX];

	ticket.row_count =
	    bans_output_choose(screen, false, rows, TICKET_ROWS_MAX);
	ticket.app_id = credential_app_id(context->credential);
	ticket.group = screen->group;
	ticket.group_name = screen->group_name;
	ticket.list = screen->load.list;
	ticket.complete = bans_load_is_complete(screen);
	ticket.now_s = ui_context_service_now_s(context);
	ticket.wall_s = clock_wall_s(context->clock);
	ticket.clock_offset_s = service_clock_offset_s(clock);
	ticket.rows = rows;
	screen->ticket_markdown =
	    screen->pane == BANS_PANE_TICKET && !screen->ticket_markdown;
	ticket.markdown = screen->ticket_markdown;
	buf_reset(&screen->ticket);
	ticket_write(&ticket, &screen->ticket);
	screen->pane = BANS_PANE_TICKET;
	screen->pane_top = 0;
	buf_reset(&context->copy);
	buf_put(&context->copy, screen->ticket.data, screen->ticket.len);
	(void)snprintf(context->copied, sizeof context->copied, "%s",
	    ticket.markdown ? "the ticket text in Markdown"
	                    : "the ticket text");
	return UI_COPY;
}

enum ui_move
bans_output_act(struct bans_screen *screen, enum action action)
{
	switch ((int)action) {
	case ACTION_COPY:
		return copy(screen);
	case ACTION_TICKET:
		return show_ticket(screen);
	case ACTION_PLAIN:
		return UI_PLAIN;
	case ACTION_WRITE:
		bans_file_ask(screen);
		return UI_STAY;
	default:
		return UI_PASS;
	}
}

static void
put_line(struct frame *frame, int row, const char *text)
{
	(void)frame_put(frame, row, 0, frame_cols(frame), STYLE_TEXT, text);
}

enum {
	PLAIN_REST_COLS = 48, /* what stands behind an account */
	PLAIN_SAFE_MAX = BAN_ACCOUNT_MAX * TEXT_SAFE_GROWTH + 1,
};

static struct ban
plain_ban(const struct bans_screen *screen, size_t index)
{
	return ban_list_at(screen->load.list,
	    ban_query_row(screen->query, index));
}

/* @return columns of the account. */
static int
make_plain(const struct bans_screen *screen, size_t index,
    char out[PLAIN_SAFE_MAX])
{
	struct ban ban = plain_ban(screen, index);
	size_t len;

	len = text_make_safe(ban.account, ban.account_len,
	    screen->context->look.mode, out, PLAIN_SAFE_MAX);
	return text_width_cols(out, len);
}

/* So wide that columns stand below each other, but for accounts that leave no
 * room for them: those are not cut, they are here to be copied. */
static int
plain_cols(const struct bans_screen *screen, const struct frame *frame,
    size_t end)
{
	int widest = 0, most = frame_cols(frame) - PLAIN_REST_COLS;
	char safe[PLAIN_SAFE_MAX];
	size_t index;
	int cols;

	for (index = screen->top; index < end; index++) {
		cols = make_plain(screen, index, safe);
		if (cols > widest && cols <= most)
			widest = cols;
	}
	return widest;
}

static void
put_plain_row(struct bans_screen *screen, struct frame *frame, int line,
    size_t index, int account_cols)
{
	const struct view_look *look = &screen->context->look;
	int64_t now_s = ui_context_service_now_s(screen->context);
	struct ban ban = plain_ban(screen, index);
	char left[DURATION_TEXT_MAX], until[MOMENT_TEXT_MAX];
	char text[PLAIN_SAFE_MAX + 256];
	size_t len;
	int cols;

	cols = make_plain(screen, index, text);
	(void)duration_write_ban(&ban, now_s, DURATION_BY_NEED, left);
	if (moment_write(ban.until_s, look->zone, until) == 0)
		(void)snprintf(until, sizeof until, "%lld",
		    (long long)ban.until_s);
	len = strlen(text);
	(void)snprintf(text + len, sizeof text - len, "%*s  %-14s  %-19s  %s",
	    cols < account_cols ? account_cols - cols : 0, "", left, until,
	    ban_state_name(ban_state_at(&ban, now_s)));
	put_line(frame, line, text);
}

static void
put_plain_head(struct bans_screen *screen, struct frame *frame)
{
	const struct ui_context *context = screen->context;
	int64_t as_of = ban_list_as_of(screen->load.list);
	char group[sizeof screen->group * TEXT_SAFE_GROWTH];
	char moment[MOMENT_TEXT_MAX], offset[MOMENT_TEXT_MAX];
	char text[sizeof group + 256];

	(void)text_make_safe(screen->group, strlen(screen->group),
	    context->look.mode, group, sizeof group);
	(void)moment_write(as_of, context->look.zone, moment);
	(void)moment_write_offset(as_of, context->look.zone, offset);
	(void)snprintf(text, sizeof text, "%s  %zu rows, %s, as of %s %s",
	    group, ban_list_count(screen->load.list),
	    bans_load_is_complete(screen) ? "complete" : "not the whole list",
	    moment, offset);
	put_line(frame, 0, text);
}

void
bans_output_draw_plain(struct bans_screen *screen, struct frame *frame)
{
	size_t end, count = ban_query_count(screen->query);
	int line = 1, cols, last = frame_rows(frame) - 1;
	size_t index;

	end = screen->top + (size_t)(last - 1);
	if (end > count)
		end = count;
	cols = plain_cols(screen, frame, end);
	put_plain_head(screen, frame);
	for (index = screen->top; index < end; index++)
		put_plain_row(screen, frame, line++, index, cols);
	put_line(frame, last, "any key returns");
	frame_set_cursor(frame, last, 0);
}
