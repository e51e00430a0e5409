/*
 * The log of requests: the newest first. The cursor stays on its request while
 * new ones come in above it, unless it is on the newest.
 */
#include "bantop/app/requests_screen.h"

#include <stdio.h>
#include <string.h>

#include "bantop/view/log_view.h"

enum { CURL_MAX = 4096 };

void
requests_screen_init(struct requests_screen *screen, struct ui_context *context)
{
	*screen = (struct requests_screen){ .context = context };
	buf_init(&screen->curl, CURL_MAX);
}

void
requests_screen_release(struct requests_screen *screen)
{
	buf_release(&screen->curl);
}

static void
row_at(size_t index, struct log_row *out, void *user)
{
	struct requests_screen *screen = user;
	const struct ui_context *context = screen->context;
	const struct request_log_entry *entry =
	    request_log_at(context->requests, index);

	buf_reset(&screen->curl);
	request_log_write_curl(entry, credential_app_id(context->credential),
	    credential_admin(context->credential), &screen->curl);
	*out = (struct log_row){
		.at = entry->ended_at_ms / 1000,
		.command = client_command_name(entry->command),
		.subject = entry->subject,
		.subject_len = strlen(entry->subject),
		.offset =
		    entry->command == CLIENT_BAN_LIST ? entry->offset : -1,
		.attempt = entry->attempt,
		.quiet = entry->quiet,
		.done = true,
		.lookup_ms = entry->timing.lookup_ms,
		.connect_ms = entry->timing.connect_ms,
		.tls_ms = entry->timing.tls_ms,
		.wait_ms = entry->timing.wait_ms,
		.total_ms = entry->timing.total_ms,
		.bytes = entry->bytes_received,
		.status = entry->status,
		.err = &entry->err,
		.host = entry->host,
		.request_id = entry->request_id,
		.curl = buf_text(&screen->curl),
	};
}

/* The curl line of the request under the cursor. */
static enum ui_move
copy_curl(struct requests_screen *screen)
{
	struct ui_context *context = screen->context;
	struct log_row row;

	if (screen->picker.cursor >= request_log_count(context->requests)) {
		ui_context_say(context, true, "no request to copy");
		return UI_STAY;
	}
	row_at(screen->picker.cursor, &row, screen);
	buf_reset(&context->copy);
	buf_put(&context->copy, screen->curl.data, screen->curl.len);
	(void)snprintf(context->copied, sizeof context->copied, "%s",
	    "the curl line");
	return UI_COPY;
}

/* With the card open the keys that move scroll it. */
static bool
scroll_card(struct requests_screen *screen, enum action action)
{
	size_t over = screen->card_over > 0 ? (size_t)screen->card_over : 0;

	return screen->card_open && over > 0 &&
	    ui_context_move(action, over + 1, over, screen->card_top,
	        &screen->card_top);
}

static bool
move(struct requests_screen *screen, enum action action)
{
	return scroll_card(screen, action) ||
	    picker_move(&screen->picker, action,
	        request_log_count(screen->context->requests),
	        log_view_window(screen->picker.area, screen->card_open));
}

enum ui_move
requests_screen_act(struct requests_screen *screen, enum action action)
{
	if (move(screen, action)) {
		screen->context->dirty = true;
		return UI_STAY;
	}
	switch ((int)action) {
	case ACTION_REQUESTS:
		return UI_BACK;
	case ACTION_COPY:
		return copy_curl(screen);
	case ACTION_CHOOSE:
		screen->card_open = !screen->card_open &&
		    request_log_count(screen->context->requests) > 0;
		screen->card_top = 0;
		screen->context->dirty = true;
		return UI_STAY;
	default:
		return UI_PASS;
	}
}

bool
requests_screen_escape(struct requests_screen *screen)
{
	if (!screen->card_open)
		return false;
	screen->card_open = false;
	screen->context->dirty = true;
	return true;
}

static void
follow(struct requests_screen *screen, size_t count)
{
	uint64_t version = request_log_version(screen->context->requests);
	uint64_t come = version - screen->version;

	screen->version = version;
	if (screen->picker.cursor == 0 || count == 0)
		return;
	if (come < count - screen->picker.cursor)
		screen->picker.cursor += (size_t)come;
	else
		screen->picker.cursor = count - 1;
}

static struct frame_area
draw_card(struct requests_screen *screen, struct frame *frame,
    struct frame_area area)
{
	const struct view_look *look = &screen->context->look;
	struct frame_area below;
	struct log_row row;
	int lines;

	row_at(screen->picker.cursor, &row, screen);
	lines = log_card_lines(&row, look, area.cols);
	below = view_pane_area(area, lines);
	screen->card_over = lines - below.rows;
	if ((int)screen->card_top > screen->card_over)
		screen->card_top =
		    screen->card_over > 0 ? (size_t)screen->card_over : 0;
	log_card_draw(frame, below, look, &row, (int)screen->card_top);
	area.rows -= below.rows;
	return area;
}

void
requests_screen_draw(struct requests_screen *screen, struct frame *frame,
    struct frame_area area)
{
	size_t count = request_log_count(screen->context->requests);
	struct log_view view = { .count = count, .at = row_at, .user = screen };

	follow(screen, count);
	view.bare = screen->card_open && screen->picker.cursor < count;
	if (view.bare)
		area = draw_card(screen, frame, area);
	screen->picker.area = area;
	picker_clamp(&screen->picker, count, log_view_window(area, view.bare),
	    0);
	view.top = screen->picker.top;
	view.cursor = screen->picker.cursor;
	log_view_draw(frame, area, &screen->context->look, &view);
}
