/*
 * How long the end takes: from a signal, or the loss of the terminal, to the
 * moment when the process is no more and whoever started it has the terminal
 * back. At rest, while a call hangs, and while a list of 100,000 loads.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/stage.h"

enum { RUNS = 20, BEGIN_MS = 10000, REST_MS = 200 };

static const struct situation {
	const char *name;
	const char *sim[8];
	const char *shown; /* when it is so far */
	const char *keys;
} situations[] = {
	{ "at rest", { "--members", "50" }, "ACCOUNT", "" },
	{ "a call hangs", { "--fault", "hang" }, "Esc stop", "" },
	{ "loading all", { "--members", "100000", "--rate", "0" }, "ACCOUNT",
	    "A" },
};

static int
compare(const void *a, const void *b)
{
	const int64_t *one = a;
	const int64_t *other = b;

	return (*one > *other) - (*one < *other);
}

static void
begin(struct stage_term *term, const struct situation *situation,
    const struct stage_args *args)
{
	stage_term_start(term, args, NULL, 24, 80);
	if (!stage_term_wait_text(term, situation->shown, BEGIN_MS))
		stage_fail("the program does not come so far");
	stage_term_send(term, situation->keys);
	stage_term_drain(term, REST_MS);
}

static int64_t
children_cpu_us(void)
{
	struct rusage used;

	(void)getrusage(RUSAGE_CHILDREN, &used);
	return (int64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) *
	    1000000 +
	    used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

/* To the microsecond, which /proc does not tell. */
static int64_t
cpu_us_of(pid_t pid)
{
	struct timespec used = { 0 };
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) != 0 ||
	    clock_gettime(clock, &used) != 0)
		stage_fail("the processor time is not known");
	return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

static int64_t
end_by_signal(struct stage_term *term)
{
	int64_t from_us = stage_now_us();

	(void)kill(term->pid, SIGTERM);
	(void)stage_term_end(term);
	return stage_now_us() - from_us;
}

/* @return the time; what it took of the processor goes to @p cpu_us. */
static int64_t
end_by_loss(struct stage_term *term, int64_t *cpu_us)
{
	int64_t before_us = cpu_us_of(term->pid);
	int64_t others_us = children_cpu_us();
	int64_t from_us = stage_now_us();
	int64_t took_us;

	(void)close(term->fd);
	(void)waitpid(term->pid, NULL, 0);
	took_us = stage_now_us() - from_us;
	*cpu_us = children_cpu_us() - others_us - before_us;
	(void)unlink(term->counts_path);
	return took_us;
}

static void
print(const char *name, const char *what, int64_t us[RUNS])
{
	qsort(us, RUNS, sizeof us[0], compare);
	(void)printf("%s\t%s\t%.2f\t%.2f\tms\n", name, what,
	    (double)us[RUNS / 2] / 1000, (double)us[RUNS - 1] / 1000);
}

static void
measure(const struct situation *situation, const char *program,
    const char *sim_program)
{
	int64_t told_us[RUNS], lost_us[RUNS], cpu_us[RUNS];
	struct stage_args args = { .count = 0 };
	struct stage_sim sim;
	struct stage_term term;

	stage_sim_start(&sim, sim_program, situation->sim, NULL);
	stage_add(&args, program);
	stage_add_sim(&args, &sim);
	stage_add(&args, "--group");
	stage_add(&args, STAGE_GROUP);
	for (size_t i = 0; i < RUNS; i++) {
		begin(&term, situation, &args);
		told_us[i] = end_by_signal(&term);
		begin(&term, situation, &args);
		lost_us[i] = end_by_loss(&term, &cpu_us[i]);
	}
	print(situation->name, "SIGTERM, median and worst", told_us);
	print(situation->name, "terminal lost, median and worst", lost_us);
	print(situation->name, "of that on the processor", cpu_us);
	stage_sim_stop(&sim);
}

int
main(int argc, char **argv)
{
	if (argc != 3)
		stage_fail("usage: ending BANTOP BANTOP-SIM");
	for (size_t i = 0; i < sizeof situations / sizeof situations[0]; i++)
		measure(&situations[i], argv[1], argv[2]);
	return 0;
}
