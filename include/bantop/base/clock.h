/*
 * The only place that asks what time it is. Everything else is handed a clock,
 * so that a test can stop, turn and jump it.
 */
#ifndef BANTOP_BASE_CLOCK_H
#define BANTOP_BASE_CLOCK_H

#include <stdint.h>

/* Wall clock: milliseconds since 1970 UTC, may jump. Monotonic: milliseconds
 * since some start, never falls, goes on during a suspend where the system
 * can (CLOCK_BOOTTIME). The two never meet in one expression. */
struct clock {
	int64_t (*wall_ms)(void *user);
	int64_t (*mono_ms)(void *user);
	void *user;
};

/** @return static: the machine's own. */
const struct clock *clock_system(void);

int64_t clock_wall_ms(const struct clock *clock);
/** Whole seconds, rounded down. */
int64_t clock_wall_s(const struct clock *clock);
int64_t clock_mono_ms(const struct clock *clock);

#endif
