/*
 * Turns are made of the same parts as in the program: the network calls back,
 * the controller works, the frame is drawn. The wait between them is the one
 * that the controller asks for, never longer.
 */
#include "control_rig.h"

#include <assert.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/ticket.h"

enum { ROWS = 24, COLS = 80, TEXT_MAX = 256 * 1024 };

/* -- the service ----------------------------------------------------------- */

static long long
number_behind(const char *body, const char *name)
{
	const char *at = strstr(body, name);

	assert(at != NULL);
	return strtoll(at + strlen(name), NULL, 10);
}

static void
write_row(const struct control_rig *rig, const char *group, int group_len,
    size_t row, struct buf *body)
{
	buf_put_format(body, "{\"Member_Account\":\"%.*s-", group_len, group);
	if (row < rig->come)
		buf_put_format(body, "new%zu", row);
	else
		buf_put_format(body, "%03zu", row - rig->come);
	buf_put_format(body, "\",\"BannedUntil\":%" PRId64 "}",
	    rig->until_s + (int64_t)row * rig->step_s);
}

static void
write_page(const struct control_rig *rig, const char *request, struct buf *body)
{
	const char *group = strstr(request, "\"GroupId\":\"") + 11;
	size_t row = (size_t)number_behind(request, "\"Offset\":");
	size_t end = row + (size_t)number_behind(request, "\"Limit\":");
	size_t count = rig->rows + rig->come;
	const char *before = "";

	buf_put_text(body,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"BannedAccountList\":[");
	for (; row < end && row < count; row++) {
		buf_put_text(body, before);
		write_row(rig, group, (int)strcspn(group, "\""), row, body);
		before = ",";
	}
	buf_put_text(body, "]");
	if (!rig->nonext)
		buf_put_format(body, ",\"NextOffset\":%zu",
		    end < count ? end : 0);
	buf_put_text(body, "}");
}

static void
answer(const struct transport_request *request, struct scripted_reply *reply,
    struct buf *body, void *user)
{
	struct control_rig *rig = user;

	reply->delay_ms = rig->delay_ms;
	if (rig->fails != 0) {
		rig->fails -= rig->fails > 0 ? 1 : 0;
		if (rig->fail_status != 0)
			reply->status = rig->fail_status;
		buf_put_format(body,
		    "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":%d,"
		    "\"ErrorInfo\":\"as told\"}",
		    rig->fail_code);
	} else if (strstr(request->url, "get_group_ban_member") != NULL) {
		write_page(rig, request->body, body);
	} else {
		buf_put_text(body, "{\"ActionStatus\":\"OK\",\"ErrorCode\":0}");
	}
}

static bool
is_page(const struct control_rig *rig, size_t index)
{
	return strstr(scripted_url(rig->scripted, index),
	           "get_group_ban_member") != NULL;
}

size_t
control_rig_pages(const struct control_rig *rig)
{
	size_t i, pages = 0;

	for (i = 0; i < scripted_count(rig->scripted); i++)
		pages += is_page(rig, i) ? 1 : 0;
	return pages;
}

int64_t
control_rig_offset(const struct control_rig *rig, size_t index)
{
	size_t i = 0;

	for (;; i++)
		if (is_page(rig, i) && index-- == 0)
			return number_behind(scripted_body(rig->scripted, i),
			    "\"Offset\":");
}

/* -- the program ----------------------------------------------------------- */

void
control_rig_init(struct control_rig *rig)
{
	struct err err;

	*rig = (struct control_rig){ .rows = 250,
		.until_s = CONTROL_RIG_WALL_S + 12 * 86400 + 1800,
		.delay_ms = 100 };
	fake_clock_init(&rig->clock, CONTROL_RIG_WALL_S);
	rig->scripted = scripted_create(&rig->clock.clock);
	scripted_answer_by(rig->scripted, answer, rig);
	rig->settings = settings_create();
	rig->settings->region =
	    region_find(&rig->settings->regions, "sgp", &err);
	assert_non_null(rig->settings->region);
	rig->settings->group = "g1";
	rig->settings->parallel = 1;
	rig->settings->no_state = true;
	buf_init(&rig->text, TEXT_MAX);
	rig->frame = frame_create(ROWS, COLS);
}

void
control_rig_hold_many(struct control_rig *rig, int rows)
{
	rig->settings->rate = 200;
	rig->settings->parallel = 40;
	rig->rows = (size_t)rows;
	rig->step_s = -1;
	rig->until_s += rows;
}

static void
open_context(struct control_rig *rig)
{
	static const char key[] = "00112233445566778899aabbccddeeff"
	                          "00112233445566778899aabbccddeeff";
	struct ui_context *context = &rig->context;
	struct err err;

	context->settings = rig->settings;
	context->clock = &rig->clock.clock;
	context->keymap = keymap_create();
	context->requests = request_log_create(&rig->clock.clock);
	context->look.mode = TEXT_UTF8;
	context->look.zone = MOMENT_UTC;
	context->look.reader = rig->settings->reader;
	context->zone = UI_ZONE_UTC;
	error_log_init(&context->errors);
	buf_init(&context->copy, TICKET_TEXT_MAX);
	state_init(&context->state);
	context->credential = credential_create_key(1400000123, "administrator",
	    key, sizeof key - 1, &err);
	assert_non_null(context->credential);
}

static void
draw(struct control_rig *rig)
{
	struct err err;
	struct buf before;

	buf_init(&before, TEXT_MAX);
	buf_put(&before, buf_text(&rig->text), rig->text.len);
	buf_reset(&rig->text);
	control_draw(rig->control, rig->frame);
	if (!frame_write_text(rig->frame, &rig->text, &err))
		fail_msg("%s", err.text);
	if (strcmp(buf_text(&before), buf_text(&rig->text)) != 0)
		rig->paints++;
	buf_release(&before);
}

void
control_rig_begin(struct control_rig *rig)
{
	open_context(rig);
	rig->control = control_create(&rig->context);
	draw(rig);
}

void
control_rig_open(struct control_rig *rig)
{
	control_rig_begin(rig);
	rig->context.transport = scripted_transport(rig->scripted);
	control_rig_run_ms(rig, 1500);
}

void
control_rig_release(struct control_rig *rig)
{
	struct ui_context *context = &rig->context;

	control_destroy(rig->control);
	credential_destroy(context->credential);
	request_log_destroy(context->requests);
	buf_release(&context->copy);
	keymap_destroy(context->keymap);
	frame_destroy(rig->frame);
	buf_release(&rig->text);
	settings_destroy(rig->settings);
	scripted_destroy(rig->scripted);
}

int
control_rig_set_up(void **state)
{
	struct control_rig *rig = malloc(sizeof *rig);

	if (rig == NULL)
		return -1;
	control_rig_init(rig);
	*state = rig;
	return 0;
}

int
control_rig_tear_down(void **state)
{
	control_rig_release(*state);
	free(*state);
	return 0;
}

void
control_rig_turn(struct control_rig *rig)
{
	enum control_request request;

	rig->turns++;
	scripted_dispatch(rig->scripted);
	request = control_run(rig->control);
	if (request != CONTROL_NOTHING)
		rig->requested = request;
	rig->context.dirty = false;
	rig->context.flush_input = false;
	draw(rig);
}

void
control_rig_resize(struct control_rig *rig, int rows, int cols)
{
	frame_resize(rig->frame, rows, cols);
	control_rig_turn(rig);
}

void
control_rig_run_ms(struct control_rig *rig, int64_t ms)
{
	int64_t end_ms = clock_mono_ms(&rig->clock.clock) + ms;
	int64_t now_ms, wait_ms, due_ms;

	for (;;) {
		control_rig_turn(rig);
		now_ms = clock_mono_ms(&rig->clock.clock);
		if (now_ms >= end_ms)
			return;
		wait_ms = control_timeout_ms(rig->control);
		due_ms = scripted_deadline_ms(rig->scripted);
		if (wait_ms < 0 || wait_ms > end_ms - now_ms)
			wait_ms = end_ms - now_ms;
		if (due_ms < now_ms + wait_ms)
			wait_ms = due_ms - now_ms;
		/* A deadline that is over shall be over in a turn. */
		fake_clock_advance_ms(&rig->clock, wait_ms > 0 ? wait_ms : 1);
	}
}

/* -- keys ------------------------------------------------------------------ */

static void
send(struct control_rig *rig, const struct keys_event *event)
{
	rig->requested = control_event(rig->control, event);
	control_rig_turn(rig);
}

enum control_request
control_rig_press(struct control_rig *rig, const char *names)
{
	struct keys_event event = { .kind = KEYS_KEY };
	size_t len;

	for (; *names != '\0'; names += strspn(names, " ")) {
		len = strcspn(names, " ");
		if (!key_parse(names, len, &event.key))
			fail_msg("no key is named %s", names);
		names += len;
		send(rig, &event);
	}
	return rig->requested;
}

void
control_rig_press_at_once(struct control_rig *rig, const char *names)
{
	struct keys_event event = { .kind = KEYS_KEY };
	size_t len;

	for (; *names != '\0'; names += len + strspn(names + len, " ")) {
		len = strcspn(names, " ");
		if (!key_parse(names, len, &event.key))
			fail_msg("no key is named %s", names);
		(void)control_event(rig->control, &event);
	}
}

void
control_rig_type(struct control_rig *rig, const char *text)
{
	struct keys_event event = { .kind = KEYS_KEY };

	for (; *text != '\0'; text++) {
		event.key = (struct key){ .code = (unsigned char)*text };
		send(rig, &event);
	}
}

void
control_rig_paste(struct control_rig *rig, const char *text)
{
	const struct keys_event event = {
		.kind = KEYS_PASTE, .paste = text, .paste_len = strlen(text)
	};

	send(rig, &event);
}

/* -- the screen ------------------------------------------------------------ */

const char *
control_rig_screen(struct control_rig *rig)
{
	return buf_text(&rig->text);
}

static void
fail_with_screen(struct control_rig *rig, const char *what, const char *text)
{
	const char *line = control_rig_screen(rig);
	int len;

	for (; *line != '\0'; line += len + 1) {
		len = (int)strcspn(line, "\n");
		print_error("%.*s\n", len, line);
	}
	fail_msg("%s: \"%s\"", what, text);
}

void
control_rig_shows(struct control_rig *rig, const char *text)
{
	if (strstr(control_rig_screen(rig), text) == NULL)
		fail_with_screen(rig, "not on the screen", text);
}

void
control_rig_hides(struct control_rig *rig, const char *text)
{
	if (strstr(control_rig_screen(rig), text) != NULL)
		fail_with_screen(rig, "on the screen", text);
}

void
control_rig_cursor(struct control_rig *rig, const char *text)
{
	const char *line = control_rig_screen(rig);
	const char *found;
	int row, col, i;

	if (!frame_cursor(rig->frame, &row, &col))
		fail_with_screen(rig, "no cursor, wanted on", text);
	for (i = 0; i < row; i++)
		line += strcspn(line, "\n") + 1;
	found = strstr(line, text);
	if (found == NULL || found > line + strcspn(line, "\n"))
		fail_with_screen(rig, "the cursor is not on", text);
}
