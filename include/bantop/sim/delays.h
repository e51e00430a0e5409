/*
 * Things to be done later, soonest first. Nothing of HTTP in it.
 */
#ifndef BANTOP_SIM_DELAYS_H
#define BANTOP_SIM_DELAYS_H

#include <stdint.h>

/* Stands in the thing that waits; zeroed before its first use. */
struct sim_delay {
	struct sim_delay *before;
	struct sim_delay *after;
	int64_t due_ms;
};

/* A zeroed one is empty. */
struct sim_delays {
	struct sim_delay *first;
	struct sim_delay *last;
};

/** Puts @p delay, which is not in a list, where its time has it. */
void sim_delays_add(struct sim_delays *delays, struct sim_delay *delay,
    int64_t due_ms);

void sim_delays_remove(struct sim_delays *delays, struct sim_delay *delay);

/** Takes out and returns one that is due, or NULL. */
struct sim_delay *sim_delays_take(struct sim_delays *delays, int64_t now_ms);

#endif
