/*
 * The log of requests: the newest first. The cursor stays on its request while
 * new ones come in above it, unless it is on the newest.
 */
#include "bantop/app/requests_screen.h"

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

enum ui_move
requests_screen_act(struct requests_screen *screen, enum action action)
{
	if (!picker_move(&screen->picker, action,
	        request_log_count(screen->context->requests),
	        log_view_window(screen->picker.area)))
		return action == ACTION_REQUESTS ? UI_BACK : UI_PASS;
	screen->context->dirty = true;
	return UI_STAY;
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

void
requests_screen_draw(struct requests_screen *screen, struct frame *frame,
    struct frame_area area)
{
	size_t count = request_log_count(screen->context->requests);
	struct log_view view = { .count = count, .at = row_at, .user = screen };

	follow(screen, count);
	screen->picker.area = area;
	picker_clamp(&screen->picker, count, log_view_window(area), 0);
	view.top = screen->picker.top;
	view.cursor = screen->picker.cursor;
	log_view_draw(frame, area, &screen->context->look, &view);
}
