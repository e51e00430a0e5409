/*
 * The whole program behind the screen: keys through the decoder, pastes, sizes,
 * time, suspends, and a service that answers as it likes. After each step the
 * frame holds what every frame must, nothing is called complete that was not
 * told to its end, and what a real terminal was sent is harmless.
 *
 * The first two bytes choose settings. Then each byte is typed, but 0xff, which
 * begins an order: a letter and what belongs to it, see orders below. Commas
 * are not typed, so that the script cannot spell what the header claims.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bantop/base/mem.h"
#include "control_rig.h"
#include "fuzz/fuzz.h"
#include "fuzz/ui_checks.h"
#include "scratch.h"
#include "term_rig.h"

enum {
	ORDER = 0xff,
	TEXT_MAX = UI_HOSTILE_MAX,
	CELLS_MAX = 1500000, /* drawn in one script, so that it ends */
	CALLS_MAX = 800,
	IDLE_TURNS_MAX = 20, /* in a row, without time to pass */
	WAKE_AFTER_MS = 10000,
};

/* Bits of the first byte. */
enum {
	WITH_READER = 1u,
	WITH_ASCII = 2u,
	WITH_PICKERS = 4u,
	WITH_INTERVAL = 8u,
	WITH_FEW_ROWS = 16u,
	WITH_PARALLEL = 32u,
	WITH_TERMINAL = 64u,
	RESTRICTED = 128u,
};

struct input {
	const uint8_t *data;
	size_t size;
};

struct ui {
	struct control_rig rig;
	struct ui_service service;
	struct keys *keys;
	struct term_rig term; /* its term is NULL without a terminal */
	size_t cells;         /* drawn so far */
};

static int64_t
now_ms(const struct ui *ui)
{
	return ui->rig.clock.mono_ms;
}

/* -- a turn ---------------------------------------------------------------- */

static bool
is_spent(const struct ui *ui)
{
	return ui->cells > CELLS_MAX ||
	    scripted_count(ui->rig.scripted) > CALLS_MAX;
}

static void
paint(struct ui *ui)
{
	struct err err;

	if (ui->term.term == NULL)
		return;
	REQUIRE(term_paint(ui->term.term, ui->rig.frame, &err));
}

/* What libvterm shows is the frame. In ASCII alone: of all else the two may
 * differ about the width. */
static void
check_shown(struct ui *ui)
{
	struct term_stats stats;

	if (ui->term.term == NULL || ui->rig.context.look.mode != TEXT_ASCII)
		return;
	term_stats(ui->term.term, &stats);
	if (stats.bytes > TERM_RIG_BYTES_MAX)
		return; /* the rig keeps no more */
	term_rig_settle(&ui->term);
	frame_copy(ui->term.frame, ui->rig.frame);
	term_rig_expect(&ui->term);
}

static void
turn(struct ui *ui)
{
	struct frame *frame = ui->rig.frame;

	control_rig_turn(&ui->rig);
	ui->cells += (size_t)frame_rows(frame) * (size_t)frame_cols(frame);
	ui_check_frame(frame, ui->rig.context.look.mode);
	ui_check_claims(&ui->rig, &ui->service);
	paint(ui);
}

static void
suspend(struct ui *ui)
{
	struct err err;

	if (ui->term.term != NULL) {
		term_suspend(ui->term.term);
		REQUIRE(term_resume(ui->term.term, &err));
	}
	control_wake(ui->rig.control);
}

/* As the program does; leaving is left out, so that the rest is seen too. */
static void
obey(struct ui *ui, enum control_request request)
{
	const struct buf *copy = &ui->rig.context.copy;
	struct err err;

	switch (request) {
	case CONTROL_SUSPEND:
		suspend(ui);
		return;
	case CONTROL_COPY:
		if (ui->term.term != NULL && copy->len <= TERM_COPY_MAX)
			REQUIRE(term_copy(ui->term.term, buf_text(copy),
			    copy->len, false, false, &err));
		return;
	case CONTROL_REPAINT:
		if (ui->term.term != NULL)
			term_repaint(ui->term.term);
		return;
	case CONTROL_THEME:
		if (ui->term.term != NULL)
			term_set_theme(ui->term.term, theme_default());
		return;
	case CONTROL_NOTHING:
	case CONTROL_LEAVE:
	case CONTROL_INTERRUPTED:
		return;
	}
}

/* Files are written where the script runs, and nowhere else. */
static void
stay_here(struct ui *ui)
{
	struct ui_context *context = &ui->rig.context;

	if (prompt_is_open(&context->prompt) &&
	    context->prompt_kind == UI_PROMPT_WRITE &&
	    strchr(context->prompt.text, '/') != NULL)
		prompt_close(&context->prompt);
}

static void
take_keys(struct ui *ui)
{
	struct ui_context *context = &ui->rig.context;
	struct keys_event event;

	while (keys_next(ui->keys, now_ms(ui), &event)) {
		stay_here(ui);
		obey(ui, control_event(ui->rig.control, &event));
		if (context->flush_input)
			keys_flush(ui->keys, -1);
		context->flush_input = false;
	}
}

static void
type(struct ui *ui, const char *bytes, size_t len)
{
	size_t taken;

	while (len > 0) {
		taken = keys_feed(ui->keys, bytes, len, now_ms(ui));
		REQUIRE(taken > 0 && taken <= len);
		bytes += taken;
		len -= taken;
		take_keys(ui);
	}
	turn(ui);
}

/* -- time ------------------------------------------------------------------ */

static int64_t
earlier(int64_t one, int64_t other)
{
	return one < other ? one : other;
}

/* How long the program would sleep, at most @p left_ms. */
static int64_t
wait_ms(struct ui *ui, int64_t left_ms)
{
	int64_t deadline_ms = earlier(scripted_deadline_ms(ui->rig.scripted),
	    keys_deadline_ms(ui->keys));
	int64_t control_ms = control_timeout_ms(ui->rig.control);

	if (deadline_ms != INT64_MAX)
		left_ms = earlier(left_ms, deadline_ms - now_ms(ui));
	if (control_ms >= 0)
		left_ms = earlier(left_ms, control_ms);
	return left_ms > 0 ? left_ms : 0;
}

/* Turns as the program makes them; one that has nothing to do must sleep. */
static void
run_ms(struct ui *ui, int64_t ms)
{
	int64_t end_ms = now_ms(ui) + ms, left_ms;
	int idle = 0;

	for (;;) {
		take_keys(ui);
		turn(ui);
		if (now_ms(ui) >= end_ms || is_spent(ui))
			return;
		left_ms = wait_ms(ui, end_ms - now_ms(ui));
		idle = left_ms > 0 ? 0 : idle + 1;
		REQUIRE(idle <= IDLE_TURNS_MAX);
		fake_clock_advance_ms(&ui->rig.clock, left_ms);
	}
}

/* The machine slept, or the program was stopped. */
static void
sleep_ms(struct ui *ui, int64_t ms)
{
	fake_clock_advance_ms(&ui->rig.clock, ms);
	if (ms > WAKE_AFTER_MS)
		control_wake(ui->rig.control);
	take_keys(ui);
	turn(ui);
}

/* -- orders ---------------------------------------------------------------- */

static unsigned
take(struct input *input)
{
	return fuzz_take_byte(&input->data, &input->size);
}

/* A length, and so many bytes. */
static size_t
take_text(struct input *input, char text[TEXT_MAX])
{
	const char *part;
	size_t len = take(input), i;

	len = fuzz_take(&input->data, &input->size, len, &part);
	for (i = 0; i < len; i++)
		text[i] = part[i] == ',' ? ';' : part[i];
	return len;
}

static void
resize(struct ui *ui, int rows, int cols)
{
	if (ui->term.term != NULL) {
		check_shown(ui);
		term_rig_resize(&ui->term, rows, cols);
		term_size(ui->term.term, &rows, &cols);
	}
	frame_resize(ui->rig.frame, rows, cols);
	ui->rig.context.dirty = true;
	turn(ui);
}

static void
order_size(struct ui *ui, struct input *input)
{
	int rows = 1 + (int)(take(input) % 200);
	int cols = 2 * (int)take(input);

	resize(ui, rows, cols < 1 ? 1 : cols > 500 ? 500 : cols);
}

static void
order_paste(struct ui *ui, struct input *input)
{
	static const char begin[] = "\x1b[200~", end[] = "\x1b[201~";
	char text[TEXT_MAX];
	size_t len = take_text(input, text);

	type(ui, begin, sizeof begin - 1);
	if (len > 0)
		type(ui, text, len);
	type(ui, end, sizeof end - 1);
}

static void
order_ahead(struct ui *ui, struct input *input)
{
	char text[TEXT_MAX];
	size_t len = take_text(input, text);

	type(ui, text, len);
}

static void
order_time(struct ui *ui, struct input *input)
{
	static const int64_t steps_ms[] = { 0, 1, 30, 100, 150, 300, 1000, 1500,
		2500, 6000, 11000, 20000, 61000, 300000 };

	run_ms(ui,
	    steps_ms[take(input) % (sizeof steps_ms / sizeof *steps_ms)]);
}

static void
order_answer(struct ui *ui, struct input *input)
{
	ui->service.answer = (enum ui_answer)(take(input) % UI_ANSWERS);
	ui->service.parameter = take(input);
	ui->service.left = (int)(take(input) % 16);
	if (ui->service.left == 15)
		ui->service.left = -1;
}

static void
order_service(struct ui *ui, struct input *input)
{
	static const int64_t delays_ms[] = { 100, 0, 10, 700, 4000, 16000,
		SCRIPTED_NEVER_MS };
	static const size_t rows[] = { 250, 0, 1, 3, 40, 99, 100, 101, 800,
		1000000 };

	ui->service.delay_ms =
	    delays_ms[take(input) % (sizeof delays_ms / sizeof *delays_ms)];
	ui->service.rows = rows[take(input) % (sizeof rows / sizeof *rows)];
}

/* Good until the script is over: so are its bytes. */
static void
order_body(struct ui *ui, struct input *input)
{
	size_t len = take(input) | take(input) << 8;

	ui->service.body_len =
	    fuzz_take(&input->data, &input->size, len, &ui->service.body);
}

static void
order(struct ui *ui, struct input *input)
{
	switch (take(input)) {
	case 't': /* time passes: a step of the table */
		order_time(ui, input);
		return;
	case 'z': /* asleep, in minutes */
		sleep_ms(ui, (int64_t)take(input) * 60000);
		return;
	case 'j': /* somebody sets the clock, by hours */
		fake_clock_jump_wall_ms(&ui->rig.clock,
		    ((int64_t)take(input) - 128) * 3600000);
		turn(ui);
		return;
	case 's': /* rows - 1, columns / 2 */
		order_size(ui, input);
		return;
	case 'p': /* a paste: length, bytes */
		order_paste(ui, input);
		return;
	case 'k': /* keys that come at once: length, bytes */
		order_ahead(ui, input);
		return;
	case 'r': /* answers: kind, parameter, how many */
		order_answer(ui, input);
		return;
	case 'n': /* the service: delay, rows */
		order_service(ui, input);
		return;
	case 'a': /* behind every name: length, bytes */
		ui->service.hostile_len = take_text(input, ui->service.hostile);
		return;
	case 'b': /* the next answer: length in two bytes, bytes */
		order_body(ui, input);
		return;
	case 'i': /* SIGINT */
		obey(ui, control_interrupt(ui->rig.control));
		turn(ui);
		return;
	case 'w': /* SIGTSTP and SIGCONT */
		suspend(ui);
		turn(ui);
		return;
	default:
		return;
	}
}

/* -- a script -------------------------------------------------------------- */

static void
choose(struct ui *ui, unsigned bits, unsigned page_size)
{
	struct settings *settings = ui->rig.settings;

	settings->page_size = 1 + (int)(page_size % 100);
	settings->reader = (bits & WITH_READER) != 0;
	settings->parallel = (bits & WITH_PARALLEL) != 0 ? 4 : 1;
	settings->interval_s = (bits & WITH_INTERVAL) != 0 ? 10 : 0;
	settings->max_rows = (bits & WITH_FEW_ROWS) != 0 ? 150 : 100000;
	settings->restricted = (bits & RESTRICTED) != 0;
	settings->groups[0] = "alpha";
	settings->groups[1] = "beta one";
	settings->group_count = 2;
	if ((bits & WITH_PICKERS) != 0) {
		settings->group = NULL;
		settings->region = NULL;
	}
}

static void
open_ui(struct ui *ui, unsigned bits, unsigned page_size)
{
	enum text_mode mode = (bits & WITH_ASCII) != 0 ? TEXT_ASCII : TEXT_UTF8;
	struct err err;

	control_rig_init(&ui->rig);
	ui_service_init(&ui->service, &ui->rig.clock);
	scripted_answer_by(ui->rig.scripted, ui_service_answer, &ui->service);
	ui->keys = keys_create();
	choose(ui, bits, page_size);
	if ((bits & WITH_TERMINAL) != 0) {
		REQUIRE(term_rig_open(&ui->term, "xterm-256color", 24, 80, mode,
		    &err));
		term_define_keys(ui->term.term, ui->keys);
	}
	control_rig_open(&ui->rig);
	ui->rig.context.look.mode = mode;
	turn(ui);
}

static void
close_ui(struct ui *ui)
{
	if (ui->term.term != NULL) {
		term_rig_finish(&ui->term);
		if (ui->term.len < TERM_RIG_BYTES_MAX)
			ui_check_bytes(ui->term.bytes, ui->term.len);
		term_rig_close(&ui->term);
	}
	keys_destroy(ui->keys);
	control_rig_release(&ui->rig);
	ui_service_release(&ui->service);
}

static void
run(struct ui *ui, struct input *input)
{
	char byte;

	while (input->size > 0 && !is_spent(ui)) {
		byte = (char)take(input);
		if ((unsigned char)byte == ORDER)
			order(ui, input);
		else if (byte != ',')
			type(ui, &byte, 1);
	}
	run_ms(ui, 1000);
	check_shown(ui);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { .data = data, .size = size };
	struct ui *ui = mem_alloc(sizeof *ui);
	void *folder = NULL;
	unsigned bits = take(&input);
	char *here = realpath(".", NULL);

	REQUIRE(here != NULL && scratch_enter(&folder) == 0);
	open_ui(ui, bits, take(&input));
	run(ui, &input);
	close_ui(ui);
	REQUIRE(scratch_leave(&folder) == 0 && chdir(here) == 0);
	free(here);
	free(ui);
	return 0;
}
