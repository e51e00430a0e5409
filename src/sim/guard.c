/*
 * The limits as a sliding second (or minute): the ring holds the times of the
 * last calls that were let through, and a call is one too many when the oldest
 * of a full ring is less than a second ago. Refused calls count for nothing.
 */
#include "bantop/sim/guard.h"

#include <stdlib.h>

#include "bantop/base/mem.h"

enum { SECOND_MS = 1000 };

void
sim_guard_init(struct sim_guard *guard, size_t rate)
{
	*guard = (struct sim_guard){ .rate = rate, .list_at_ms = -SECOND_MS };
	if (rate > 0)
		guard->calls = mem_grow(NULL, rate, sizeof(*guard->calls));
}

void
sim_guard_release(struct sim_guard *guard)
{
	free(guard->calls);
	guard->calls = NULL;
}

bool
sim_guard_admit(struct sim_guard *guard, int64_t now_ms)
{
	if (guard->rate == 0)
		return true;
	if (guard->used == guard->rate &&
	    now_ms - guard->calls[guard->next] < SECOND_MS)
		return false;
	guard->calls[guard->next] = now_ms;
	guard->next = (guard->next + 1) % guard->rate;
	if (guard->used < guard->rate)
		guard->used++;
	return true;
}

bool
sim_guard_admit_list(struct sim_guard *guard, int64_t now_ms)
{
	if (now_ms - guard->list_at_ms < SECOND_MS)
		return false;
	if (!sim_guard_admit(guard, now_ms))
		return false;
	guard->list_at_ms = now_ms;
	return true;
}

bool
sim_guard_is_locked(const struct sim_guard *guard, int64_t now_ms)
{
	return now_ms < guard->locked_until_ms;
}

void
sim_guard_note_bad(struct sim_guard *guard, int64_t now_ms)
{
	guard->bad[guard->bad_next] = now_ms;
	guard->bad_next = (guard->bad_next + 1) % SIM_GUARD_BAD_MAX;
	if (guard->bad_used < SIM_GUARD_BAD_MAX)
		guard->bad_used++;
	if (guard->bad_used < SIM_GUARD_BAD_MAX ||
	    now_ms - guard->bad[guard->bad_next] >= SIM_GUARD_BAD_MS)
		return;
	guard->locked_until_ms = now_ms + SIM_GUARD_LOCK_MS;
	guard->bad_used = 0;
}
