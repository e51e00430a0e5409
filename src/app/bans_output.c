/*
 * Copy, ticket and file. Rows are taken in view order; an account that cannot
 * be used is never copied.
 */
#include "bantop/app/bans_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bantop/app/ban_writer.h"
#include "bantop/app/ticket.h"
#include "bantop/base/mem.h"
#include "bantop/model/duration.h"

/* The marked rows in view order, or the one under the cursor. Marked rows that
 * the filter hides stay out: what is not seen does not leave.
 * @return owned (free); *count may be 0. */
static size_t *
chosen_rows(const struct bans_screen *screen, bool all, size_t *count)
{
	size_t i, row, seen = ban_query_count(screen->query);
	size_t *rows = mem_alloc((seen + 1) * sizeof *rows);

	*count = 0;
	for (i = 0; i < seen; i++) {
		row = ban_query_row(screen->query, i);
		if (screen->marks.count > 0 ? marks_has(&screen->marks, row)
		                            : all || i == screen->cursor)
			rows[(*count)++] = row;
	}
	return rows;
}

static enum ui_move
copy(struct bans_screen *screen)
{
	struct ui_context *context = screen->context;
	size_t i, count, copied = 0;
	size_t *rows = chosen_rows(screen, false, &count);
	struct ban ban;

	buf_reset(&context->copy);
	for (i = 0; i < count; i++) {
		ban = ban_list_at(screen->load.list, rows[i]);
		if ((ban.flags & BAN_UNUSABLE) != 0)
			continue;
		if (copied++ > 0)
			buf_put_text(&context->copy, "\n");
		buf_put(&context->copy, ban.account, ban.account_len);
	}
	free(rows);
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
	size_t *rows = chosen_rows(screen, false, &ticket.row_count);

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
	free(rows);
	screen->pane = BANS_PANE_TICKET;
	screen->pane_top = 0;
	buf_reset(&context->copy);
	buf_put(&context->copy, screen->ticket.data, screen->ticket.len);
	(void)snprintf(context->copied, sizeof context->copied, "%s",
	    ticket.markdown ? "the ticket text in Markdown"
	                    : "the ticket text");
	return UI_COPY;
}

/* A group id as part of a file's name. */
static void
ask_for_name(struct bans_screen *screen)
{
	char name[sizeof screen->group + 64], moment[MOMENT_TEXT_MAX];
	char group[sizeof screen->group];
	size_t i;

	memcpy(group, screen->group, sizeof group);
	for (i = 0; group[i] != '\0'; i++)
		if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
		           "uvwxyz0123456789._-",
		        group[i]) == NULL)
			group[i] = '_';
	(void)moment_write(clock_wall_s(screen->context->clock),
	    screen->context->look.zone, moment);
	for (i = 0; moment[i] != '\0'; i++)
		if (moment[i] == ' ' || moment[i] == ':')
			moment[i] = '-';
	(void)snprintf(name, sizeof name, "bans-%s-%s.csv", group, moment);
	ui_context_ask_text(screen->context, UI_PROMPT_WRITE, "write to", name);
}

static struct ban_summary
summarise(const struct bans_screen *screen)
{
	const struct ui_context *context = screen->context;
	const struct service_clock *clock =
	    client_service_clock(context->client);
	struct ban_fetch_status status;

	ban_fetch_status(screen->load.fetch, &status);
	return (struct ban_summary){
		.region = context->region->key,
		.group = screen->group,
		.complete = status.state == BAN_FETCH_COMPLETE,
		.as_of_s = ban_list_as_of(screen->load.list),
		.clock_known = service_clock_is_known(clock),
		.clock_offset_s = service_clock_offset_s(clock),
		.next_offset =
		    status.state == BAN_FETCH_COMPLETE ? 0 : status.offset,
		.err = status.err,
	};
}

static bool
write_rows(struct bans_screen *screen, enum output_format format,
    struct output *output, size_t *count, struct err *err)
{
	struct ban_summary summary = summarise(screen);
	int64_t now_s = ui_context_service_now_s(screen->context);
	struct ban_writer *writer;
	size_t i, *rows;
	struct ban ban;
	bool ok;

	writer = ban_writer_create(format, screen->context->look.mode,
	    screen->context->look.zone, output);
	rows = chosen_rows(screen, true, count);
	ok = ban_writer_begin(writer, &summary, err);
	for (i = 0; ok && i < *count; i++) {
		ban = ban_list_at(screen->load.list, rows[i]);
		ok = ban_writer_row(writer, &ban, now_s, err);
	}
	ok = ok && ban_writer_end(writer, err);
	free(rows);
	ban_writer_destroy(writer);
	return ok;
}

static bool
find_format(const char *path, enum output_format *format, struct err *err)
{
	if (record_format_of_path(path, format))
		return true;
	return err_set(err, ERR_USAGE, 0, NULL,
	    "the name must end in .csv .tsv .json .jsonl or .txt");
}

static bool
write_file(struct bans_screen *screen, const char *path, bool replace,
    struct err *err)
{
	enum output_format format;
	struct output *output;
	bool ok = false;
	size_t count;

	if (!find_format(path, &format, err))
		return false;
	output = output_open_file(path, replace, err);
	if (output == NULL)
		return false;
	if (!write_rows(screen, format, output, &count, err))
		goto done;
	if (!output_finish(output, err))
		goto done;
	ui_context_say(screen->context, false, "%zu %s written to %s%s", count,
	    count == 1 ? "row" : "rows", path,
	    bans_load_is_complete(screen) ? "" : " (not the whole list)");
	ok = true;
done:
	output_destroy(output);
	return ok;
}

bool
bans_output_answer(struct bans_screen *screen, const char *path,
    struct err *err)
{
	enum output_format format;
	struct stat info;

	if (!find_format(path, &format, err))
		return false;
	if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode))
		return write_file(screen, path, false, err);
	(void)snprintf(screen->write_path, sizeof screen->write_path, "%s",
	    path);
	ui_context_ask(screen->context, UI_QUESTION_REPLACE, "replace %s?",
	    path);
	return true;
}

void
bans_output_replace(struct bans_screen *screen)
{
	struct err err = { .kind = ERR_NONE };

	if (!write_file(screen, screen->write_path, true, &err))
		ui_context_fail(screen->context, &err);
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
		ask_for_name(screen);
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
