/*
 * The arithmetic of one page: which members it holds and what NextOffset it
 * names, with the faults that a list can have. Pure: the same input, the same
 * page.
 */
#ifndef BANTOP_SIM_WALK_H
#define BANTOP_SIM_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "bantop/sim/faults.h"
#include "bantop/sim/members.h"

enum {
	SIM_MEMBERS_MAX = 10000000,
	SIM_WALK_BIG_ROWS = 1200,
	SIM_WALK_DUP_ROWS = 3,
	SIM_WALK_DUP_LATER_S = 3600,
};

/* One request for a page. */
struct sim_walk {
	const struct sim_member_set *set;
	const struct sim_strike *strike;
	int64_t offset;
	int64_t limit;   /* from 1 */
	int64_t page;    /* from 1 */
	int64_t changes; /* how often the list has changed so far */
};

/* One page. */
struct sim_slice {
	int64_t rows;
	int64_t next; /* NextOffset */
	/* for sim_slice_member() */
	int64_t start;
	int64_t inserted;
	int64_t removed;
	int64_t repeated;
	bool wraps;
};

/** @return false if the offset is none that this list hands out (10004). */
bool sim_walk_slice(const struct sim_walk *walk, struct sim_slice *out);

/** The member in row @p row (from 0) of the page. */
void sim_slice_member(const struct sim_walk *walk,
    const struct sim_slice *slice, int64_t row, struct sim_member *out);

#endif
