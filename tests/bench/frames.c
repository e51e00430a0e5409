/*
 * Counts of frames: what one key costs in bytes, writes and allocations, and
 * what an idle screen costs in a minute. Prints lines of a name, a number and
 * a unit with tabs between.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/stage.h"

enum { QUIET_MS = 150, START_MS = 1500, IDLE_S = 10 };

/* Ends so far ahead that nothing ticks. */
#define FAR_AHEAD "4000000000"

/* Programs and the shim, from the command line. */
struct places {
	const char *bantop;
	const char *sim;
	const char *shim;
	int idle_s;
	bool counts_only; /* nothing that differs from run to run */
};

/* What had been counted when a step began. */
struct mark {
	uint64_t allocations, writes, written, wakeups;
};

static struct mark
mark_of(const struct stage_term *term)
{
	return (struct mark){
		.allocations = atomic_load(&term->counts->allocations),
		.writes = atomic_load(&term->counts->writes),
		.written = atomic_load(&term->counts->written),
		.wakeups = atomic_load(&term->counts->wakeups),
	};
}

static void
print(const char *name, const char *what, uint64_t number, const char *unit)
{
	(void)printf("%s.%s\t%" PRIu64 "\t%s\n", name, what, number, unit);
	(void)fflush(stdout);
}

static void
print_step(const struct stage_term *term, const char *name, struct mark from)
{
	struct mark now = mark_of(term);

	print(name, "bytes", now.written - from.written, "bytes");
	print(name, "writes", now.writes - from.writes, "writes");
	print(name, "allocations", now.allocations - from.allocations,
	    "allocations");
}

static void
step(struct stage_term *term, const char *name, const char *keys)
{
	struct mark from = mark_of(term);

	stage_term_send(term, keys);
	stage_term_settle(term, QUIET_MS);
	print_step(term, name, from);
}

static void
repeat(struct stage_term *term, const char *keys, int times)
{
	while (times-- > 0)
		stage_term_send(term, keys);
	stage_term_settle(term, QUIET_MS);
}

static void
add_bantop(struct stage_args *args, const struct places *places,
    const struct stage_sim *sim)
{
	stage_add(args, places->bantop);
	stage_add(args, "--group");
	stage_add(args, STAGE_GROUP);
	stage_add_sim(args, sim);
}

static void
start(struct stage_term *term, const struct places *places,
    const struct stage_sim *sim, int rows)
{
	struct stage_args args = { .count = 0 };

	add_bantop(&args, places, sim);
	stage_term_start(term, &args, places->shim, rows, 80);
	if (!stage_term_wait_bytes(term, 0, 5000))
		stage_fail("bantop shows nothing");
}

static void
quit(struct stage_term *term)
{
	stage_term_send(term, "Q");
	if (stage_term_end(term) != 0)
		stage_fail("bantop did not leave with status 0");
}

static void
measure_frames(const struct places *places)
{
	static const char *const options[] = { "--members", "1000", "--now",
		FAR_AHEAD, NULL };
	struct stage_sim sim;
	struct stage_term term;

	stage_sim_start(&sim, places->sim, options, NULL);
	start(&term, places, &sim, 24);
	stage_term_settle(&term, START_MS);
	/* Allocations at the start are those of the system's authorities. */
	print("start", "bytes", mark_of(&term).written, "bytes");
	print("start", "writes", mark_of(&term).writes, "writes");
	step(&term, "nothing", "k");
	step(&term, "cursor", "j");
	repeat(&term, "j", 16);
	step(&term, "scroll", "j");
	step(&term, "page", "\006");
	step(&term, "repaint", "\014");
	/* The last rows by their end are permanent: a colour on each row. */
	repeat(&term, "XIg", 1);
	step(&term, "coloured", "\014");
	repeat(&term, "G", 1);
	repeat(&term, "<<<", 1);
	step(&term, "help", "?");
	repeat(&term, "q", 1);
	quit(&term);
	stage_sim_stop(&sim);
}

/* Bytes are those of one change: how many there are is a matter of when one
 * begins to look. */
static void
print_idle(const char *name, struct mark from, struct mark to)
{
	uint64_t writes = to.writes - from.writes;

	print(name, "bytes", (to.written - from.written) / (writes | !writes),
	    "bytes a change");
	print(name, "writes", writes, "writes");
	print(name, "wakeups", to.wakeups - from.wakeups, "wakeups");
	print(name, "allocations", to.allocations - from.allocations,
	    "allocations");
}

static void
measure_idle(const struct places *places, const char *name, const char *keys,
    const char *now, int rows)
{
	const char *options[] = { "--members", "100", "--now", now, NULL };
	struct stage_sim sim;
	struct stage_term term;
	struct mark from;
	int64_t cpu_ms;

	stage_sim_start(&sim, places->sim, options, NULL);
	start(&term, places, &sim, rows);
	stage_term_settle(&term, START_MS);
	stage_term_send(&term, keys);
	stage_term_drain(&term, 2 * START_MS);
	from = mark_of(&term);
	cpu_ms = stage_cpu_ms(term.pid);
	stage_term_drain(&term, places->idle_s * 1000);
	print_idle(name, from, mark_of(&term));
	if (!places->counts_only)
		print(name, "cpu", (uint64_t)(stage_cpu_ms(term.pid) - cpu_ms),
		    "ms");
	quit(&term);
	stage_sim_stop(&sim);
}

/* Up to the first frame: callgrind writes a part at each end of a paint. */
static void
measure_first(const struct places *places, const char *out)
{
	static const char *const options[] = { "--members", "100", NULL };
	struct stage_args args = { .count = 0 };
	struct stage_sim sim;
	struct stage_term term;
	char file[STAGE_TEXT_MAX];

	stage_sim_start(&sim, places->sim, options, NULL);
	(void)snprintf(file, sizeof file, "--callgrind-out-file=%s", out);
	stage_add(&args, "valgrind");
	stage_add(&args, "-q");
	stage_add(&args, "--tool=callgrind");
	stage_add(&args, file);
	stage_add(&args, "--toggle-collect=main");
	stage_add(&args, "--dump-after=term_paint");
	add_bantop(&args, places, &sim);
	stage_term_start(&term, &args, NULL, 24, 80);
	if (!stage_term_wait_bytes(&term, 0, 60000))
		stage_fail("bantop shows nothing under valgrind");
	quit(&term);
	stage_sim_stop(&sim);
}

static void
measure(const struct places *places)
{
	char soon[32];

	/* A month ahead, with seconds everywhere, on twenty rows. */
	(void)snprintf(soon, sizeof soon, "%lld",
	    (long long)time(NULL) + 30 * 86400);
	measure_frames(places);
	measure_idle(places, "quiet", "", FAR_AHEAD, 24);
	measure_idle(places, "ticking", "t", soon, 26);
}

int
main(int argc, char **argv)
{
	struct places places = { .idle_s = IDLE_S };

	if (argc < 4)
		stage_fail("usage: frames BANTOP SIM SHIM [IDLE_S [counts]], "
		           "or BANTOP SIM callgrind FILE");
	places.bantop = argv[1];
	places.sim = argv[2];
	places.shim = argv[3];
	places.counts_only = argc > 5;
	if (strcmp(places.shim, "callgrind") == 0 && argc > 4) {
		measure_first(&places, argv[4]);
		return 0;
	}
	if (argc > 4)
		places.idle_s = (int)strtol(argv[4], NULL, 10);
	measure(&places);
	return 0;
}
