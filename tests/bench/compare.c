/*
 * Any program on a terminal: how long until it shows something, and how long a
 * key waits for an answer. The keys are j and k in turn; it leaves by q or Q,
 * or, with an empty key, by itself and is asked nothing.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/stage.h"

enum { STARTS = 15, KEYS = 200, GAP_MS = 15, REST_MS = 700, ANSWER_MS = 1000 };

static int
compare(const void *a, const void *b)
{
	const int64_t *one = a;
	const int64_t *other = b;

	return (*one > *other) - (*one < *other);
}

static void
print(const char *name, const char *what, int64_t us)
{
	(void)printf("%s\t%s\t%.2f\tms\n", name, what, (double)us / 1000);
}

static void
leave(struct stage_term *term, const char *key)
{
	if (key[0] != '\0')
		stage_term_send(term, key);
	(void)stage_term_end(term);
}

static void
measure_starts(const char *name, const char *key, const struct stage_args *args)
{
	int64_t took_us[STARTS];
	struct stage_term term;
	size_t i;

	for (i = 0; i < STARTS; i++) {
		took_us[i] = stage_now_us();
		stage_term_start(&term, args, NULL, 24, 80);
		if (!stage_term_wait_bytes(&term, 0, 5000))
			stage_fail("the program shows nothing");
		took_us[i] = term.first_us - took_us[i];
		stage_term_settle(&term, 100);
		leave(&term, key);
	}
	qsort(took_us, STARTS, sizeof took_us[0], compare);
	print(name, "first frame", took_us[STARTS / 2]);
}

/* A screen without rows answers none: that is no failure. */
static void
measure_keys(const char *name, const char *key, const struct stage_args *args)
{
	int64_t took_us[KEYS];
	struct stage_term term;
	bool answered = true;
	size_t i;

	stage_term_start(&term, args, NULL, 24, 80);
	stage_term_settle(&term, REST_MS);
	for (i = 0; i < KEYS && answered; i++) {
		took_us[i] = stage_now_us();
		stage_term_send(&term, i % 2 == 0 ? "j" : "k");
		answered = stage_term_wait_bytes(&term, term.bytes, ANSWER_MS);
		took_us[i] = stage_now_us() - took_us[i];
		stage_term_drain(&term, GAP_MS);
	}
	leave(&term, key);
	if (!answered)
		return;
	qsort(took_us, KEYS, sizeof took_us[0], compare);
	print(name, "key p50", took_us[KEYS / 2]);
	print(name, "key p99", took_us[KEYS * 99 / 100]);
}

int
main(int argc, char **argv)
{
	struct stage_args args = { .count = 0 };
	int i;

	if (argc < 4)
		stage_fail("usage: compare NAME KEY-TO-LEAVE COMMAND [ARG...]");
	for (i = 3; i < argc; i++)
		stage_add(&args, argv[i]);
	measure_starts(argv[1], argv[2], &args);
	if (argv[2][0] != '\0')
		measure_keys(argv[1], argv[2], &args);
	return 0;
}
