/*
 * A clock that stands still until a test turns it.
 */
#include "fake_clock.h"

#include <assert.h>

/* As after some days of running: a test that takes it for the wall clock, or
 * for 0 at the start, is found out. */
static const int64_t MONO_START_MS = INT64_C(345678912);

static int64_t
show_wall_ms(void *user)
{
	const struct fake_clock *fake = user;

	return fake->wall_ms;
}

static int64_t
show_mono_ms(void *user)
{
	const struct fake_clock *fake = user;

	return fake->mono_ms;
}

void
fake_clock_init(struct fake_clock *fake, int64_t wall_s)
{
	fake->clock.wall_ms = show_wall_ms;
	fake->clock.mono_ms = show_mono_ms;
	fake->clock.user = fake;
	fake->wall_ms = wall_s * 1000;
	fake->mono_ms = MONO_START_MS;
}

void
fake_clock_advance_ms(struct fake_clock *fake, int64_t ms)
{
	assert(ms >= 0);
	fake->wall_ms += ms;
	fake->mono_ms += ms;
}

void
fake_clock_jump_wall_ms(struct fake_clock *fake, int64_t ms)
{
	fake->wall_ms += ms;
}
