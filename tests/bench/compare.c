/*
 * Any program on a terminal of 80x24, so that several can stand side by side:
 * how long until it shows something, how long a key waits for an answer, what
 * a key costs in bytes and writes, what it does when nobody does anything, and
 * what it holds. Many write to the terminal long before they show anything, so
 * a frame stands when a text of it has come. It leaves by a key, or, without
 * one, by itself; keys that it has not are passed over. Writes are those that
 * the terminal saw: what came within a moment is taken for one.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/stage.h"

enum { STARTS = 15, KEYS = 200, GAP_MS = 15, REST_MS = 1500, ANSWER_MS = 500 };
enum { QUIET_MS = 150, IDLE_S = 5, SCROLLS = 20, LEAVE_MS = 100 };

/* What is asked of a program, from the command line. */
struct question {
	const char *name;
	const char *leave; /* "": it ends by itself and takes no key */
	const char *text;  /* with it the frame stands; "": the first byte */
	bool rows;         /* it is of the rows, and nothing else is asked */
	const char *down;  /* scrolls by one line, or "" */
	const char *page;  /* goes on by a page, or "" */
	struct stage_args args;
};

static int
compare(const void *a, const void *b)
{
	const int64_t *one = a;
	const int64_t *other = b;

	return (*one > *other) - (*one < *other);
}

static void
print(const struct question *ask, const char *what, double number,
    const char *unit)
{
	(void)printf("%s\t%s\t%.2f\t%s\n", ask->name, what, number, unit);
	(void)fflush(stdout);
}

static void
print_times(const struct question *ask, const char *what, int64_t *us,
    size_t count)
{
	char least[64];

	qsort(us, count, sizeof us[0], compare);
	print(ask, what, (double)us[count / 2] / 1000, "ms");
	(void)snprintf(least, sizeof least, "%s, least", what);
	print(ask, least, (double)us[0] / 1000, "ms");
}

static void
start(struct stage_term *term, const struct question *ask)
{
	stage_term_start(term, &ask->args, NULL, 24, 80);
}

/* One that does not leave by its key is made to. */
static void
leave(struct stage_term *term, const struct question *ask)
{
	if (ask->leave[0] != '\0') {
		stage_term_send(term, ask->leave);
		stage_term_drain(term, LEAVE_MS);
		(void)kill(term->pid, SIGKILL);
	}
	(void)stage_term_end(term);
}

static void
measure_starts(const struct question *ask)
{
	int64_t took_us[STARTS];
	struct stage_term term;
	size_t i;

	for (i = 0; i < STARTS; i++) {
		took_us[i] = stage_now_us();
		start(&term, ask);
		if (!stage_term_wait_text(&term, ask->text, 5000))
			stage_fail("the program does not show it");
		took_us[i] = term.last_us - took_us[i];
		stage_term_settle(&term, QUIET_MS);
		leave(&term, ask);
	}
	print_times(ask, ask->rows ? "first rows" : "first frame", took_us,
	    STARTS);
}

/* A screen without rows answers none: that is no failure. */
static void
measure_keys(struct stage_term *term, const struct question *ask)
{
	int64_t took_us[KEYS];
	size_t i;

	for (i = 0; i < KEYS; i++) {
		took_us[i] = stage_now_us();
		stage_term_send(term, i % 2 == 0 ? "j" : "k");
		if (!stage_term_wait_bytes(term, term->bytes, ANSWER_MS))
			return;
		took_us[i] = stage_now_us() - took_us[i];
		stage_term_drain(term, GAP_MS);
	}
	qsort(took_us, KEYS, sizeof took_us[0], compare);
	print(ask, "key p50", (double)took_us[KEYS / 2] / 1000, "ms");
	print(ask, "key p99", (double)took_us[KEYS * 99 / 100] / 1000, "ms");
}

/* The key is pressed often enough that the cursor is at the edge. */
static void
measure_bytes(struct stage_term *term, const struct question *ask,
    const char *key, int before, const char *what)
{
	uint64_t bytes, bursts;
	char text[64];
	int i;

	if (key[0] == '\0')
		return;
	for (i = 0; i < before; i++) {
		stage_term_send(term, key);
		stage_term_drain(term, GAP_MS);
	}
	stage_term_settle(term, QUIET_MS);
	bytes = term->bytes;
	bursts = term->bursts;
	for (i = 0; i < SCROLLS; i++) {
		stage_term_send(term, key);
		stage_term_settle(term, QUIET_MS);
	}
	print(ask, what, (double)(term->bytes - bytes) / SCROLLS, "bytes");
	(void)snprintf(text, sizeof text, "%s, in", what);
	print(ask, text, (double)(term->bursts - bursts) / SCROLLS, "writes");
}

static void
measure_rest(struct stage_term *term, const struct question *ask)
{
	uint64_t bytes, bursts;
	int64_t cpu_ms;

	stage_term_settle(term, REST_MS);
	print(ask, "resident", (double)stage_resident_kib(term->pid) / 1024,
	    "MiB");
	bytes = term->bytes;
	bursts = term->bursts;
	cpu_ms = stage_cpu_ms(term->pid);
	stage_term_drain(term, IDLE_S * 1000);
	print(ask, "at rest", (double)(term->bytes - bytes) / IDLE_S,
	    "bytes a second");
	print(ask, "at rest, in", (double)(term->bursts - bursts) / IDLE_S,
	    "writes a second");
	print(ask, "at rest, processor",
	    (double)(stage_cpu_ms(term->pid) - cpu_ms) / IDLE_S, "ms a second");
}

static void
measure_use(const struct question *ask)
{
	struct stage_term term;

	start(&term, ask);
	stage_term_settle(&term, REST_MS);
	measure_keys(&term, ask);
	measure_bytes(&term, ask, ask->down, 24, "a line scrolls");
	measure_bytes(&term, ask, ask->page, 0, "a page");
	measure_rest(&term, ask);
	leave(&term, ask);
}

int
main(int argc, char **argv)
{
	struct question ask = { .text = "" };
	int i = 1;

	if (argc > 2 && strncmp(argv[1], "--", 2) == 0) {
		ask.rows = strcmp(argv[1], "--rows") == 0;
		ask.text = argv[2];
		i = 3;
	}
	if (argc < i + 5)
		stage_fail("usage: compare [--frame TEXT | --rows TEXT] NAME "
		           "KEY-TO-LEAVE "
		           "KEY-DOWN KEY-PAGE COMMAND [ARG...]");
	ask.name = argv[i];
	ask.leave = argv[i + 1];
	ask.down = argv[i + 2];
	ask.page = argv[i + 3];
	for (i += 4; i < argc; i++)
		stage_add(&ask.args, argv[i]);
	measure_starts(&ask);
	if (ask.leave[0] != '\0' && !ask.rows)
		measure_use(&ask);
	return 0;
}
