/*
 * The loop of the terminal program: one wait, one turn, at most one paint. The
 * terminal is given back on every way out; what ended the program by a signal
 * ends it by that signal again.
 */
#include "bantop/app/ui.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bantop/app/control.h"
#include "bantop/app/key_settings.h"
#include "bantop/app/message.h"
#include "bantop/app/signals.h"
#include "bantop/app/theme_file.h"
#include "bantop/app/ticket.h"
#include "bantop/base/mem.h"
#include "bantop/term/term.h"

enum { WATCH_TERMINAL, WATCH_SIGNALS, WATCH_COUNT };

struct ui {
	struct ui_context context;
	struct control *control;
	struct term *term;
	struct keys *keys;
	struct frame *frame;
	struct http *http; /* NULL until the first frame stands */
	struct http_watch watches[WATCH_COUNT];
	bool leave;
	bool idle; /* nobody was there: why it leaves */
	enum exit_status status;
	int signal; /* that ended it; 0 for none */
	struct theme theme;
	char theme_name[THEME_NAME_MAX];
	int64_t slept_until_ms; /* monotonic: when the wait was to end */
	bool asked;             /* somebody did something in this turn */
	int64_t paint_at_ms;    /* monotonic: earlier only if asked */
	int64_t idle_until_ms;  /* monotonic: then it leaves */
};

/* The loop itself is to see first that nobody is there. */
enum { ALARM_AFTER_S = 1 };

/* A wait that ends this late was a machine that slept. */
enum { OVERSLEPT_MS = 10000 };

/* Frames that nobody asked for: a few at once, then 20 a second. Pages of a
 * load-all come ten times as often, which a slow line could not take. */
enum { PAINT_GAP_MS = 50, PAINT_BURST_MS = 150 };

static bool
has_color(const struct settings *settings)
{
	const char *no_color = getenv("NO_COLOR");

	switch (settings->color) {
	case COLOR_ALWAYS:
		return true;
	case COLOR_NEVER:
		return false;
	case COLOR_AUTO:
		break;
	}
	return no_color == NULL || no_color[0] == '\0';
}

static bool
open_terminal(struct ui *ui, struct err *err)
{
	const struct settings *settings = ui->context.settings;
	struct term_config config = {
		.in_fd = STDIN_FILENO,
		.out_fd = STDOUT_FILENO,
		.type = getenv("TERM"),
		.mode = ui->context.look.mode,
		.color = has_color(settings),
		.mouse = settings->mouse,
		.theme = &ui->theme,
		.is_over = signals_is_ending,
	};
	int rows, cols;

	mem_set_last_words(term_last_words);
	signals_on_crash(term_last_words);
	ui->term = term_open(&config, err);
	if (ui->term == NULL)
		return false;
	term_size(ui->term, &rows, &cols);
	ui->frame = frame_create(rows, cols);
	ui->keys = keys_create();
	term_define_keys(ui->term, ui->keys);
	if (term_notice(ui->term)[0] != '\0')
		ui_context_say(&ui->context, true, "%s", term_notice(ui->term));
	return true;
}

static void
close_terminal(struct ui *ui)
{
	term_close(ui->term);
	mem_set_last_words(NULL);
	signals_on_crash(NULL);
	keys_destroy(ui->keys);
	frame_destroy(ui->frame);
	ui->term = NULL;
	ui->keys = NULL;
	ui->frame = NULL;
}

static void
end_by(struct ui *ui, int signal)
{
	ui->leave = true;
	ui->signal = signal;
}

static void
end_by_alarm(struct ui *ui)
{
	if (ui->context.settings->idle_s > 0)
		ui->leave = ui->idle = true;
	else
		end_by(ui, SIGALRM); /* not ours */
}

/* The terminal takes no more, or is gone: unless a signal says why it is as if
 * it had been hung up. */
static void
end_by_terminal(struct ui *ui)
{
	unsigned set = signals_take();
	int signal = signals_number(set & SIGNAL_ENDING);

	if (signal == 0 && (set & SIGNAL_ALARM) != 0)
		end_by_alarm(ui);
	else
		end_by(ui, signal != 0 ? signal : SIGHUP);
}

static bool
may_paint(struct ui *ui)
{
	int64_t now_ms = clock_mono_ms(ui->context.clock);

	if (ui->asked)
		return true;
	if (now_ms < ui->paint_at_ms)
		return false;
	if (ui->paint_at_ms < now_ms - PAINT_BURST_MS)
		ui->paint_at_ms = now_ms - PAINT_BURST_MS;
	ui->paint_at_ms += PAINT_GAP_MS;
	return true;
}

static void
paint(struct ui *ui)
{
	struct err err = { .kind = ERR_NONE };

	if (!ui->context.dirty || !may_paint(ui))
		return;
	ui->context.dirty = false;
	control_draw(ui->control, ui->frame);
	if (!term_paint(ui->term, ui->frame, &err))
		end_by_terminal(ui);
}

static void
resize(struct ui *ui)
{
	int rows, cols;

	term_resize(ui->term);
	term_size(ui->term, &rows, &cols);
	frame_resize(ui->frame, rows, cols);
	ui->context.dirty = true;
}

static void
resume(struct ui *ui)
{
	struct err err = { .kind = ERR_NONE };

	if (!term_resume(ui->term, &err))
		end_by_terminal(ui);
	resize(ui);
	control_wake(ui->control);
}

static void
suspend(struct ui *ui)
{
	term_suspend(ui->term);
	signals_suspend();
	resume(ui);
}

/* Nobody says whether the terminal took it: "sent", never "copied". */
static void
copy(struct ui *ui)
{
	struct ui_context *context = &ui->context;
	struct err err = { .kind = ERR_NONE };

	if (term_copy(ui->term, buf_text(&context->copy), context->copy.len,
	        getenv("TMUX") != NULL, getenv("STY") != NULL, &err))
		ui_context_say(context, false,
		    "sent %s to the terminal's clipboard", context->copied);
	else
		ui_context_fail(context, &err);
}

/* A theme that cannot be read is said and passed over. */
static void
next_theme(struct ui *ui)
{
	struct err err = { .kind = ERR_NONE };
	struct theme_names names;
	size_t i, at = 0;

	theme_file_list(&names);
	for (i = 0; i < names.count; i++)
		if (strcmp(names.names[i], ui->theme_name) == 0)
			at = (i + 1) % names.count;
	(void)snprintf(ui->theme_name, sizeof ui->theme_name, "%s",
	    names.names[at]);
	if (theme_file_load(ui->theme_name, &ui->theme, &err)) {
		term_set_theme(ui->term, &ui->theme);
		ui_context_say(&ui->context, false, "theme: %s",
		    ui->theme_name);
	} else {
		ui_context_fail(&ui->context, &err);
	}
}

static void
obey(struct ui *ui, enum control_request request)
{
	switch (request) {
	case CONTROL_NOTHING:
		return;
	case CONTROL_REPAINT:
		term_repaint(ui->term);
		ui->context.dirty = true;
		return;
	case CONTROL_SUSPEND:
		suspend(ui);
		return;
	case CONTROL_THEME:
		next_theme(ui);
		return;
	case CONTROL_COPY:
		copy(ui);
		return;
	case CONTROL_LEAVE:
		ui->leave = true;
		return;
	case CONTROL_INTERRUPTED:
		ui->leave = true;
		ui->status = EXIT_INTERRUPTED;
		return;
	}
}

static void
take_signals(struct ui *ui)
{
	unsigned set = signals_take();

	ui->asked = true;
	if ((set & SIGNAL_ENDING) != 0)
		end_by(ui, signals_number(set & SIGNAL_ENDING));
	if ((set & SIGNAL_ALARM) != 0)
		end_by_alarm(ui);
	if ((set & SIGNAL_RESIZE) != 0)
		resize(ui);
	if ((set & SIGNAL_SUSPEND) != 0)
		suspend(ui);
	else if ((set & SIGNAL_CONTINUE) != 0) {
		term_repaint(ui->term);
		resize(ui);
	}
	if ((set & SIGNAL_INTERRUPT) != 0)
		obey(ui, control_interrupt(ui->control));
}

/* A key, and nothing else, is a sign that somebody is there. The alarm is for a
 * turn that does not come to its end: a terminal may have been stopped. */
static void
put_off_idle(struct ui *ui)
{
	int idle_s = ui->context.settings->idle_s;

	ui->idle_until_ms = INT64_MAX;
	if (idle_s == 0)
		return;
	ui->idle_until_ms =
	    clock_mono_ms(ui->context.clock) + (int64_t)idle_s * 1000;
	(void)alarm((unsigned)idle_s + ALARM_AFTER_S);
}

static void
leave_if_idle(struct ui *ui)
{
	if (clock_mono_ms(ui->context.clock) >= ui->idle_until_ms)
		ui->leave = ui->idle = true;
}

static void
take_keys(struct ui *ui)
{
	int64_t now_ms = clock_mono_ms(ui->context.clock);
	struct keys_event event;

	if (ui->watches[WATCH_TERMINAL].ready ||
	    ui->watches[WATCH_TERMINAL].hung_up)
		keys_read(ui->keys, STDIN_FILENO, now_ms);
	while (!ui->leave && keys_next(ui->keys, now_ms, &event)) {
		if (event.kind == KEYS_HANGUP) {
			end_by_terminal(ui);
			return;
		}
		ui->asked = true;
		put_off_idle(ui);
		obey(ui, control_event(ui->control, &event));
		if (ui->context.flush_input)
			keys_flush(ui->keys, STDIN_FILENO);
		ui->context.flush_input = false;
	}
}

static int64_t
timeout_ms(struct ui *ui)
{
	int64_t now_ms = clock_mono_ms(ui->context.clock);
	int64_t keys_ms = keys_deadline_ms(ui->keys);
	int64_t left_ms = control_timeout_ms(ui->control);

	keys_ms = keys_ms < ui->idle_until_ms ? keys_ms : ui->idle_until_ms;
	/* A frame that was put off is painted when it may be. */
	if (ui->context.dirty && ui->paint_at_ms < keys_ms)
		keys_ms = ui->paint_at_ms;
	if (keys_ms == INT64_MAX)
		return left_ms;
	keys_ms = keys_ms > now_ms ? keys_ms - now_ms : 0;
	return left_ms < 0 || keys_ms < left_ms ? keys_ms : left_ms;
}

static void
sleep_a_turn(struct ui *ui)
{
	int64_t wait_ms = timeout_ms(ui);

	ui->slept_until_ms = INT64_MAX;
	if (wait_ms >= 0)
		ui->slept_until_ms =
		    clock_mono_ms(ui->context.clock) + wait_ms + OVERSLEPT_MS;
	http_wait(ui->http, ui->watches, WATCH_COUNT, wait_ms);
}

static void
turn(struct ui *ui)
{
	struct err err;

	sleep_a_turn(ui);
	ui->asked = false;
	if (clock_mono_ms(ui->context.clock) > ui->slept_until_ms)
		control_wake(ui->control);
	if (ui->watches[WATCH_SIGNALS].ready)
		take_signals(ui);
	if (ui->leave)
		return;
	take_keys(ui);
	leave_if_idle(ui);
	http_run(ui->http);
	obey(ui, control_run(ui->control));
	if (request_log_failed(ui->context.requests, &err))
		ui_context_fail(&ui->context, &err);
	ui->context.dirty = ui->context.dirty ||
	    clock_mono_ms(ui->context.clock) >=
	        ui->slept_until_ms - OVERSLEPT_MS;
	if (!ui->leave)
		paint(ui);
	ui_context_save_state(&ui->context);
}

/* The first frame stands before the network library is woken up. */
static bool
run(struct ui *ui, struct err *err)
{
	ui->control = control_create(&ui->context);
	paint(ui);
	ui->http =
	    session_open_http(ui->context.settings, ui->context.clock, err);
	if (ui->http == NULL)
		return false;
	ui->context.transport = http_transport(ui->http);
	put_off_idle(ui);
	while (!ui->leave)
		turn(ui);
	return true;
}

static void
open_context(struct ui *ui, const struct settings *settings,
    const struct clock *clock)
{
	struct ui_context *context = &ui->context;
	struct err err = { .kind = ERR_NONE };

	context->settings = settings;
	context->clock = clock;
	context->keymap = key_settings_keymap(settings);
	context->requests = request_log_create(clock);
	context->look.mode = settings_text_mode(settings);
	context->look.zone = settings->utc ? MOMENT_UTC : MOMENT_LOCAL;
	context->look.reader = settings->reader;
	context->zone = settings->utc ? UI_ZONE_UTC
	    : settings->zone != NULL  ? UI_ZONE_CONFIGURED
	                              : UI_ZONE_LOCAL;
	error_log_init(&context->errors);
	buf_init(&context->copy, TICKET_TEXT_MAX);
	state_init(&context->state);
	if (!settings->no_state && !state_load(&context->state, &err))
		ui_context_fail(context, &err);
	ui->watches[WATCH_TERMINAL].fd = STDIN_FILENO;
	ui->watches[WATCH_SIGNALS].fd = signals_fd();
}

static void
close_context(struct ui *ui)
{
	struct ui_context *context = &ui->context;

	ui_context_save_state(context);
	control_destroy(ui->control);
	http_destroy(ui->http);
	credential_destroy(context->credential);
	request_log_destroy(context->requests);
	buf_release(&context->copy);
	keymap_destroy(context->keymap);
}

int
ui_run(const struct settings *settings, const struct clock *clock)
{
	struct err err = { .kind = ERR_NONE };
	struct ui ui = { .status = EXIT_COMPLETE };
	bool stalled; /* nobody is told what the terminal does not take */
	bool ok = false;

	if (!signals_open(SIGNAL_ALL, &err))
		goto done;
	open_context(&ui, settings, clock);
	if (settings->log != NULL &&
	    !request_log_open_file(ui.context.requests, settings->log, &err))
		goto done;
	if (!theme_file_load(settings->theme, &ui.theme, &err))
		goto done;
	(void)snprintf(ui.theme_name, sizeof ui.theme_name, "%s",
	    settings->theme);
	ui.context.credential = session_open_credential(settings, clock, &err);
	if (ui.context.credential == NULL)
		goto done;
	if (!open_terminal(&ui, &err))
		goto done;
	ok = run(&ui, &err);
done:
	close_terminal(&ui);
	close_context(&ui);
	if (ui.signal == 0)
		ui.signal = signals_number(signals_take() & SIGNAL_ENDING);
	(void)alarm(0);
	stalled = signals_is_ending();
	signals_close();
	if (!ok) {
		message_error(&err);
		ui.status = exit_status_of(&err);
	}
	if (ui.idle && !stalled)
		message_print("left after %d s without a key",
		    settings->idle_s);
	return ui.signal != 0 ? -ui.signal : (int)ui.status;
}
