/*
 * The machine's own clocks. The monotonic one goes on during a suspend where
 * the system can, so that a wake-up is seen as the time that it was.
 */
#include "bantop/base/clock.h"

#include <stddef.h>
#include <time.h>

#ifdef CLOCK_BOOTTIME
#define CLOCK_STEADY CLOCK_BOOTTIME
#else
#define CLOCK_STEADY CLOCK_MONOTONIC
#endif

static int64_t
read_ms(clockid_t id)
{
	struct timespec now = { 0 };

	(void)clock_gettime(id, &now); /* fails for an unknown id alone */
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t
system_wall_ms(void *user)
{
	(void)user;
	return read_ms(CLOCK_REALTIME);
}

static int64_t
system_mono_ms(void *user)
{
	(void)user;
	return read_ms(CLOCK_STEADY);
}

const struct clock *
clock_system(void)
{
	static const struct clock machine = {
		.wall_ms = system_wall_ms,
		.mono_ms = system_mono_ms,
		.user = NULL,
	};

	return &machine;
}

int64_t
clock_wall_ms(const struct clock *clock)
{
	return clock->wall_ms(clock->user);
}

int64_t
clock_wall_s(const struct clock *clock)
{
	int64_t ms = clock_wall_ms(clock);

	return ms / 1000 - (ms % 1000 < 0 ? 1 : 0);
}

int64_t
clock_mono_ms(const struct clock *clock)
{
	return clock->mono_ms(clock->user);
}
