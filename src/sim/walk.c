/*
 * From an offset to a page. An offset says three things: the entry that the
 * page begins with, how many empty pages came before (each is one lap more),
 * and, when offsets are opaque, both in a disguise that grows but counts
 * nothing.
 */
#include "bantop/sim/walk.h"

#include "bantop/sim/random.h"

/* More than any list is long: a lap apart, and never reached by counting. */
static const int64_t LAP = 100000000;

static const int64_t OPAQUE_FROM = 1000000007;
static const int64_t OPAQUE_STEP = 2099;

static bool
has(const struct sim_walk *walk, enum sim_fault fault)
{
	return walk->strike->by[fault] != NULL;
}

static int64_t
disguise(const struct sim_walk *walk, int64_t plain)
{
	uint64_t noise = sim_random_mix(walk->set->seed, (uint64_t)plain);

	if (plain == 0)
		return 0;
	return OPAQUE_FROM + plain * OPAQUE_STEP +
	    (int64_t)(noise % (uint64_t)OPAQUE_STEP);
}

/* The offset without its disguise, or -1 if it was never handed out. */
static int64_t
plain_offset(const struct sim_walk *walk)
{
	int64_t plain;

	if (walk->offset == 0 || !has(walk, SIM_FAULT_OPAQUE))
		return walk->offset;
	plain = (walk->offset - OPAQUE_FROM) / OPAQUE_STEP;
	if (plain <= 0 || disguise(walk, plain) != walk->offset)
		return -1;
	return plain;
}

/* After each reply two bans are new at the front; after every second one three
 * old ones are gone. */
static void
apply_changes(const struct sim_walk *walk, struct sim_slice *slice)
{
	if (!has(walk, SIM_FAULT_MUTATE))
		return;
	slice->inserted = walk->changes * 2;
	slice->removed = walk->changes / 2 * 3;
	if (slice->removed > walk->set->count)
		slice->removed = walk->set->count;
}

static int64_t
rows_wanted(const struct sim_walk *walk, int64_t start)
{
	uint64_t lot = sim_random_mix(walk->set->seed, (uint64_t)start);

	if (has(walk, SIM_FAULT_BIG))
		return SIM_WALK_BIG_ROWS;
	if (has(walk, SIM_FAULT_SHORT))
		return 1 + (int64_t)(lot % (uint64_t)walk->limit);
	return walk->limit;
}

/* NextOffset lies: it stays, or goes back. Never to 0, which would be an
 * end. */
static int64_t
twist(const struct sim_walk *walk, int64_t next)
{
	if (has(walk, SIM_FAULT_LOOP) && walk->offset > 0)
		return walk->offset;
	if (has(walk, SIM_FAULT_BACK) && walk->offset > 1)
		return walk->offset / 2;
	return next;
}

static int64_t
min_of(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

bool
sim_walk_slice(const struct sim_walk *walk, struct sim_slice *out)
{
	int64_t plain = plain_offset(walk);
	int64_t count, left, next = 0;

	*out = (struct sim_slice){ .rows = 0 };
	if (plain < 0)
		return false;
	apply_changes(walk, out);
	count = walk->set->count + out->inserted - out->removed;
	out->start = plain % LAP;
	if (has(walk, SIM_FAULT_DUP) && walk->page > 1) {
		out->start -= SIM_WALK_DUP_ROWS * (walk->page - 1);
		out->start = out->start < 0 ? 0 : out->start;
		out->repeated = SIM_WALK_DUP_ROWS;
	}
	out->wraps = has(walk, SIM_FAULT_ENDLESS) && count > 0;
	left = out->start < count ? count - out->start : 0;
	out->rows = rows_wanted(walk, out->start);
	if (!out->wraps && !has(walk, SIM_FAULT_BIG))
		out->rows = min_of(out->rows, left);
	if (has(walk, SIM_FAULT_EMPTY)) {
		out->rows = 0;
		next = plain + LAP;
	} else if (out->wraps || out->rows < left) {
		next = plain + out->rows;
	}
	if (has(walk, SIM_FAULT_OPAQUE))
		next = disguise(walk, next);
	out->next = twist(walk, next);
	return true;
}

void
sim_slice_member(const struct sim_walk *walk, const struct sim_slice *slice,
    int64_t row, struct sim_member *out)
{
	int64_t at = slice->start + row;
	int64_t count = walk->set->count + slice->inserted - slice->removed;

	if (slice->wraps)
		at %= count;
	if (at < slice->inserted)
		at = walk->set->count + slice->inserted - 1 - at;
	else if (at < count)
		at = at - slice->inserted + slice->removed;
	sim_member_at(walk->set, at, out);
	if (row < slice->repeated)
		out->until_s += SIM_WALK_DUP_LATER_S;
}
