/*
 * A clock that stands still until a test turns it.
 */
#ifndef BANTOP_TESTS_FAKE_CLOCK_H
#define BANTOP_TESTS_FAKE_CLOCK_H

#include <stdint.h>

#include "bantop/base/clock.h"

struct fake_clock {
	struct clock clock; /* hand out &fake->clock; the fake stays put */
	int64_t wall_ms;
	int64_t mono_ms;
};

/** The wall clock shows @p wall_s, the monotonic one some time since boot. */
void fake_clock_init(struct fake_clock *fake, int64_t wall_s);
/** Time passes on both clocks. */
void fake_clock_advance_ms(struct fake_clock *fake, int64_t ms);
/** Somebody sets the wall clock, by so much; no time passes. */
void fake_clock_jump_wall_ms(struct fake_clock *fake, int64_t ms);

#endif
