/*
 * What the service refuses for its own protection: too many calls in a second,
 * and anyone for a minute after too many bad signatures. Monotonic time.
 */
#ifndef BANTOP_SIM_GUARD_H
#define BANTOP_SIM_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SIM_GUARD_BAD_MAX = 10,
	SIM_GUARD_BAD_MS = 60000,
	SIM_GUARD_LOCK_MS = 60000,
};

struct sim_guard {
	int64_t *calls; /* owned: times of the last accepted calls, a ring */
	size_t rate;    /* calls a second; 0: no limit */
	size_t next;
	size_t used;
	int64_t list_at_ms; /* last accepted get_appid_group_list, or -1 */
	int64_t bad[SIM_GUARD_BAD_MAX]; /* times of bad signatures, a ring */
	size_t bad_next;
	size_t bad_used;
	int64_t locked_until_ms;
};

void sim_guard_init(struct sim_guard *guard, size_t rate);
/** Takes a zeroed or released one too. */
void sim_guard_release(struct sim_guard *guard);

/** Counts one call. @return false when it is one too many for its second. */
bool sim_guard_admit(struct sim_guard *guard, int64_t now_ms);

/** The same for the call that may be made once a second. */
bool sim_guard_admit_list(struct sim_guard *guard, int64_t now_ms);

/** Is everybody locked out for bad signatures? */
bool sim_guard_is_locked(const struct sim_guard *guard, int64_t now_ms);

/** Counts a bad signature; the tenth within a minute locks for a minute. */
void sim_guard_note_bad(struct sim_guard *guard, int64_t now_ms);

#endif
