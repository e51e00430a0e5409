/*
 * A day of the program. Time stands still while a call is under way, but for
 * what an answer is taken to need, and leaps to the next deadline when none is:
 * so a day takes as long as its work.
 */
#include "soak/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/control_priv.h"
#include "bantop/app/options.h"
#include "bantop/app/ticket.h"

enum {
	ROWS = 24,
	COLS = 80,
	SCREEN_MAX = 256 * 1024,
	HANGS_MS = 30000, /* of real time without an answer */
};

int64_t
day_now_ms(const struct day *day)
{
	return day->service.clock->mono_ms;
}

/* -- opening and closing --------------------------------------------------- */

static void
tell(const char *line, void *user)
{
	(void)user;
	fail_msg("%s", line);
}

static void
load_settings(struct day *day)
{
	const char *const words[] = { "bantop", "--endpoint", day->service.url,
		"--cacert", day->service.home.cacert, "--app-id",
		day->service.app_id, "--admin", "administrator",
		"--secret-key-file", day->service.home.secret, "--group",
		"@TGS#aDEMO00001", "--interval", "10", "--utc", NULL };
	enum { COUNT = sizeof words / sizeof words[0] - 1 };
	char *argv[COUNT + 1] = { NULL };
	struct err err;
	size_t i;

	for (i = 0; i < COUNT; i++)
		argv[i] = strdup(words[i]);
	day->settings = settings_create();
	if (!options_load(day->settings, COUNT, argv, tell, NULL, &err))
		fail_msg("%s", err.text);
	for (i = 0; i < COUNT; i++)
		free(argv[i]);
}

static void
open_context(struct day *day)
{
	struct ui_context *context = &day->context;
	struct err err;

	context->settings = day->settings;
	context->clock = &day->service.clock->clock;
	context->keymap = keymap_create();
	context->requests = request_log_create(context->clock);
	context->look.mode = TEXT_UTF8;
	context->look.zone = MOMENT_UTC;
	context->zone = UI_ZONE_UTC;
	error_log_init(&context->errors);
	buf_init(&context->copy, TICKET_TEXT_MAX);
	state_init(&context->state);
	context->credential =
	    session_open_credential(day->settings, context->clock, &err);
	if (context->credential == NULL)
		fail_msg("%s", err.text);
}

void
day_open(struct day *day)
{
	struct err err;

	*day = (struct day){ .refreshes = 0 };
	soak_service_start(&day->service);
	load_settings(day);
	open_context(day);
	if (!term_rig_open(&day->term, "xterm-256color", ROWS, COLS, TEXT_UTF8,
	        &err))
		fail_msg("%s", err.text);
	day->keys = keys_create();
	term_define_keys(day->term.term, day->keys);
	buf_init(&day->screen, SCREEN_MAX);
	day->control = control_create(&day->context);
	day->http = session_open_http(day->settings, day->context.clock, &err);
	if (day->http == NULL)
		fail_msg("%s", err.text);
	counted_init(&day->net, http_transport(day->http), day->service.clock);
	day->context.transport = counted_transport(&day->net);
	day_run_ms(day, 1000);
}

void
day_close(struct day *day)
{
	struct ui_context *context = &day->context;

	control_destroy(day->control);
	http_destroy(day->http);
	term_rig_close(&day->term);
	keys_destroy(day->keys);
	credential_destroy(context->credential);
	request_log_destroy(context->requests);
	buf_release(&context->copy);
	keymap_destroy(context->keymap);
	settings_destroy(day->settings);
	buf_release(&day->screen);
	soak_service_stop(&day->service);
}

/* -- a turn ---------------------------------------------------------------- */

/* What has come to the other side of the terminal is of no use. */
static void
forget_bytes(struct term_rig *term)
{
	(void)pthread_mutex_lock(&term->mutex);
	term->len = 0;
	(void)pthread_mutex_unlock(&term->mutex);
}

static void
paint(struct day *day)
{
	struct err err;

	day->context.dirty = false;
	control_draw(day->control, day->term.frame);
	if (!term_paint(day->term.term, day->term.frame, &err))
		fail_msg("%s", err.text);
	forget_bytes(&day->term);
}

static void
turn(struct day *day)
{
	const struct bans_screen *bans = &day->control->bans;
	bool refreshing;

	http_run(day->http);
	refreshing = bans->fresh.list != NULL;
	(void)control_run(day->control);
	if (refreshing && bans->fresh.list == NULL && !bans->stale)
		day->refreshes++;
	day->turns++;
	paint(day);
	ui_context_save_state(&day->context);
}

/* Some wake-ups bring no answer yet; their number is bounded. */
static void
wait_for_answer(struct day *day)
{
	size_t answers = day->net.answers;
	int64_t end_ms = clock_mono_ms(clock_system()) + HANGS_MS;

	while (day->net.answers == answers && day->net.in_flight > 0) {
		if (clock_mono_ms(clock_system()) > end_ms)
			fail_msg("no answer comes");
		http_wait(day->http, NULL, 0, HANGS_MS);
		turn(day);
	}
}

void
day_run_ms(struct day *day, int64_t ms)
{
	int64_t end_ms = day_now_ms(day) + ms, left_ms, wait_ms;

	for (;;) {
		turn(day);
		if (day->net.in_flight > 0) {
			wait_for_answer(day);
			continue;
		}
		left_ms = end_ms - day_now_ms(day);
		if (left_ms <= 0)
			return;
		wait_ms = control_timeout_ms(day->control);
		if (wait_ms >= 0 && wait_ms < left_ms)
			left_ms = wait_ms;
		fake_clock_advance_ms(day->service.clock, left_ms);
	}
}

/* -- what is done to it ---------------------------------------------------- */

static void
suspend(struct day *day, int64_t ms)
{
	struct err err;

	term_suspend(day->term.term);
	fake_clock_advance_ms(day->service.clock, ms);
	if (!term_resume(day->term.term, &err))
		fail_msg("%s", err.text);
	control_wake(day->control);
}

static void
copy(struct day *day)
{
	struct err err;

	if (!term_copy(day->term.term, buf_text(&day->context.copy),
	        day->context.copy.len, false, false, &err))
		fail_msg("%s", err.text);
}

static void
take_keys(struct day *day)
{
	enum control_request request;
	struct keys_event event;

	while (keys_next(day->keys, day_now_ms(day), &event)) {
		request = control_event(day->control, &event);
		if (day->context.flush_input)
			keys_flush(day->keys, -1);
		day->context.flush_input = false;
		if (request == CONTROL_COPY)
			copy(day);
		else if (request == CONTROL_THEME)
			term_set_theme(day->term.term, theme_default());
		else if (request == CONTROL_REPAINT)
			term_repaint(day->term.term);
		else
			assert_int_equal(request, CONTROL_NOTHING);
	}
}

void
day_type(struct day *day, const char *bytes)
{
	size_t len = strlen(bytes);

	assert_int_equal(keys_feed(day->keys, bytes, len, day_now_ms(day)),
	    len);
	take_keys(day);
	turn(day);
}

void
day_escape(struct day *day)
{
	day_type(day, "\x1b");
	fake_clock_advance_ms(day->service.clock, KEYS_ESC_MS);
	take_keys(day);
	turn(day);
}

void
day_resize(struct day *day, int rows, int cols)
{
	term_rig_resize(&day->term, rows, cols);
	turn(day);
}

void
day_suspend(struct day *day, int64_t ms)
{
	suspend(day, ms);
	turn(day);
}

void
day_shows(struct day *day, const char *text)
{
	struct err err;

	buf_reset(&day->screen);
	if (!frame_write_text(day->term.frame, &day->screen, &err))
		fail_msg("%s", err.text);
	if (strstr(buf_text(&day->screen), text) == NULL)
		fail_msg("\"%s\" is not on the screen:\n%s", text,
		    buf_text(&day->screen));
}
