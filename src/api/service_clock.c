/*
 * The service's clock against ours. A Date names a whole second, so its moment
 * is taken as the middle of that second, and belongs to the middle of the
 * call; how wrong that can be is kept with each sample, and the least wrong of
 * the last few is believed. Our wall clock alone takes part.
 */
#include "bantop/api/service_clock.h"

/* 9999-12-31 23:59:59 UTC: a Date beyond it is none. */
static const int64_t DATE_MAX_S = INT64_C(253402300799);

void
service_clock_init(struct service_clock *clock)
{
	static const struct service_clock none;

	*clock = none;
}

void
service_clock_reset(struct service_clock *clock)
{
	service_clock_init(clock);
}

void
service_clock_observe(struct service_clock *clock, int64_t date_s,
    int64_t sent_wall_ms, int64_t done_wall_ms)
{
	int64_t half_ms = (done_wall_ms - sent_wall_ms) / 2;
	size_t at = clock->count % SERVICE_CLOCK_SAMPLES;

	/* Our own clock was turned back during the call: it tells nothing. */
	if (date_s < 0 || date_s > DATE_MAX_S || done_wall_ms < sent_wall_ms)
		return;
	clock->samples[at].offset_ms =
	    date_s * 1000 + 500 - (sent_wall_ms + half_ms);
	clock->samples[at].error_ms = half_ms + 500;
	clock->count++;
}

bool
service_clock_is_known(const struct service_clock *clock)
{
	return clock->count > 0;
}

/* Of equally good samples the newest: clocks drift. */
static int64_t
best_offset_ms(const struct service_clock *clock)
{
	size_t kept = clock->count < SERVICE_CLOCK_SAMPLES
	    ? clock->count
	    : SERVICE_CLOCK_SAMPLES;
	size_t best = (clock->count - 1) % SERVICE_CLOCK_SAMPLES;
	size_t i, at;

	for (i = 2; i <= kept; i++) {
		at = (clock->count - i) % SERVICE_CLOCK_SAMPLES;
		if (clock->samples[at].error_ms < clock->samples[best].error_ms)
			best = at;
	}
	return clock->samples[best].offset_ms;
}

int64_t
service_clock_offset_s(const struct service_clock *clock)
{
	int64_t offset_ms;

	if (!service_clock_is_known(clock))
		return 0;
	offset_ms = best_offset_ms(clock);
	return (offset_ms + (offset_ms < 0 ? -500 : 500)) / 1000;
}
