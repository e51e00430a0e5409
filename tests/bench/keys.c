/*
 * How long a key waits for its cells: on a list that rests, and while all of
 * a list is loaded at the full rate, in the service's order and under an
 * order by the end. Also what the program worked between two waits at most,
 * which is what any key can be held up by.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/stage.h"

enum { KEYS = 200, GAP_MS = 20, REST_MS = 1500 };

struct run {
	const char *bantop;
	const char *sim;
	const char *shim;
	const char *members;
	struct stage_sim server;
	struct stage_term term;
};

static int
compare(const void *a, const void *b)
{
	const int64_t *one = a;
	const int64_t *other = b;

	return (*one > *other) - (*one < *other);
}

static void
start(struct run *run, const char *sort)
{
	const char *options[] = { "--members", run->members, "--now",
		"4000000000", "--latency", "100", "--rate", "0", NULL };
	struct stage_args args = { .count = 0 };

	stage_sim_start(&run->server, run->sim, options, NULL);
	stage_add(&args, run->bantop);
	stage_add(&args, "--group");
	stage_add(&args, STAGE_GROUP);
	stage_add(&args, "--rate");
	stage_add(&args, "200");
	stage_add(&args, "--parallel");
	stage_add(&args, "40");
	if (sort != NULL) {
		stage_add(&args, "--sort");
		stage_add(&args, sort);
	}
	stage_add_sim(&args, &run->server);
	stage_term_start(&run->term, &args, run->shim, 24, 80);
	stage_term_settle(&run->term, 500);
}

static void
finish(struct run *run)
{
	stage_term_send(&run->term, "Q");
	(void)stage_term_end(&run->term);
	stage_sim_stop(&run->server);
}

/* Keys up and down: each repaints the row that becomes the cursor's. */
static void
press(struct run *run, const char *name)
{
	int64_t took_us[KEYS];
	int i;

	for (i = 0; i < KEYS; i++) {
		int64_t began_us = stage_now_us();

		stage_term_send(&run->term, i % 2 == 0 ? "j" : "k");
		if (!stage_term_wait_text(&run->term, "> ", 2000))
			stage_fail("a key was not answered");
		took_us[i] = stage_now_us() - began_us;
		stage_term_drain(&run->term, GAP_MS);
	}
	qsort(took_us, KEYS, sizeof took_us[0], compare);
	(void)printf("%s\tkey p50\t%.2f\tms\n", name,
	    (double)took_us[KEYS / 2] / 1000);
	(void)printf("%s\tkey p99\t%.2f\tms\n", name,
	    (double)took_us[KEYS * 99 / 100] / 1000);
	(void)fflush(stdout);
}

static void
print_turns(struct run *run, const char *name)
{
	struct counts *counts = run->term.counts;
	uint64_t all = 0, seen = 0;
	size_t i;

	for (i = 0; i < TURN_STEPS; i++)
		all += atomic_load(&counts->turns[i]);
	for (i = 0; i < TURN_STEPS && seen * 100 < all * 99; i++)
		seen += atomic_load(&counts->turns[i]);
	(void)printf("%s\tturn p99\t%.1f\tms\n", name,
	    (double)i * TURN_STEP_US / 1000);
	(void)printf("%s\tturn longest\t%.1f\tms\n", name,
	    (double)atomic_load(&counts->longest_us) / 1000);
	(void)printf("%s\tresident\t%.1f\tMiB\n", name,
	    (double)stage_resident_kib(run->term.pid) / 1024);
	(void)fflush(stdout);
}

static void
forget_turns(struct run *run)
{
	size_t i;

	for (i = 0; i < TURN_STEPS; i++)
		atomic_store(&run->term.counts->turns[i], 0);
	atomic_store(&run->term.counts->longest_us, 0);
}

/* Until nothing is painted any more, and a refresh has taken over. */
static void
settle(struct run *run)
{
	do {
		while (stage_term_wait_bytes(&run->term, run->term.bytes,
		    REST_MS))
			;
		stage_term_send(&run->term, "\014");
	} while (stage_term_wait_text(&run->term, "STALE", 500));
}

struct step {
	const char *keys;
	const char *name; /* NULL: only the way to the next one */
};

static void
walk(struct run *run, const struct step *steps, size_t count)
{
	char text[64];
	size_t i;

	for (i = 0; i < count; i++) {
		forget_turns(run);
		stage_term_send(&run->term, steps[i].keys);
		settle(run);
		if (steps[i].name == NULL)
			continue;
		(void)snprintf(text, sizeof text, "%s, turns", steps[i].name);
		print_turns(run, text);
	}
}

static void
write_file(struct run *run)
{
	char path[sizeof run->term.counts_path + 8], keys[sizeof path + 16];
	struct step step = { .keys = keys, .name = "write a file" };

	(void)snprintf(path, sizeof path, "%s.csv", run->term.counts_path);
	(void)snprintf(keys, sizeof keys, "w\025%s\r", path);
	walk(run, &step, 1);
	if (unlink(path) != 0)
		stage_fail("no file was written");
}

/* What takes many turns over so many rows, in the service's order and in
 * others. */
static void
rearrange(struct run *run)
{
	static const struct step before[] = {
		{ "/zz\r", "find nothing" },
		{ "\033", NULL },
		{ "s", "summary" },
		{ "s", NULL },
		{ "a", "mark all" },
		{ "y", "copy" },
		{ "Y", "ticket" },
		{ "\033", NULL },
	};
	static const struct step after[] = {
		{ "U", "mark none" },
		{ ">", "order by account" },
		{ "/zz\r", "find nothing, by account" },
		{ "\033", NULL },
		{ "s", "summary, by account" },
		{ "s", NULL },
		{ "a", "mark all, by account" },
		{ "U", NULL },
		{ "Gvgv", "mark a range, by account" },
		{ "U", NULL },
		{ "&\025!zz\r", "filter by a text, by account" },
		{ "s", "summary, filtered, by account" },
		{ "s", NULL },
		{ "a", "mark all, filtered, by account" },
		{ "Y", "ticket, by account" },
		{ "\033", NULL },
		{ "U", NULL },
		{ "X", "order by the end" },
		{ "&\025re:7+0$\r", "filter by an expression" },
		{ "&\025left<1h\r", "filter by what is left" },
		{ "\033", "no filter again" },
		{ ">g", "an order, and its first row" },
		{ "a", NULL },
		{ "R", "refresh, all marked" },
		{ "D", "changes" },
		{ "q", NULL },
		{ "q", "leave" },
	};

	walk(run, before, sizeof before / sizeof before[0]);
	write_file(run);
	walk(run, after, sizeof after / sizeof after[0]);
}

static void
load_all(struct run *run, const char *sort, const char *name)
{
	char text[64];

	start(run, sort);
	forget_turns(run);
	stage_term_send(&run->term, "A");
	if (sort == NULL)
		press(run, name);
	settle(run);
	(void)snprintf(text, sizeof text, "%s, turns", name);
	print_turns(run, text);
	stage_term_send(&run->term, "\014");
	if (!stage_term_wait_text(&run->term, "complete", 2000))
		stage_fail("the list did not come to its end");
	if (sort == NULL) {
		stage_term_settle(&run->term, 500);
		press(run, "at rest, all loaded");
		rearrange(run);
	}
	finish(run);
}

int
main(int argc, char **argv)
{
	struct run run = { .members = "1000000" };

	if (argc < 4)
		stage_fail("usage: keys BANTOP SIM SHIM [MEMBERS]");
	run.bantop = argv[1];
	run.sim = argv[2];
	run.shim = argv[3];
	if (argc > 4)
		run.members = argv[4];
	load_all(&run, NULL, "load-all");
	load_all(&run, "until", "load-all by until");
	return 0;
}
