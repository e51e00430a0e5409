/*
 * How far the service's clock is ahead of ours, from the Date of its replies
 * against the middle of the call; the best (shortest) of the last few counts.
 * A plain value.
 */
#ifndef BANTOP_API_SERVICE_CLOCK_H
#define BANTOP_API_SERVICE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SERVICE_CLOCK_SAMPLES = 8,
	SERVICE_CLOCK_SHOWN_S = 3,   /* shown above it */
	SERVICE_CLOCK_WARNED_S = 60, /* warned of above it */
};

struct service_clock {
	size_t count; /* samples seen */
	struct {
		int64_t offset_ms;
		int64_t error_ms; /* half the call + half a second */
	} samples[SERVICE_CLOCK_SAMPLES];
};

void service_clock_init(struct service_clock *clock);
/** @param date_s -1 (absent) is ignored. */
void service_clock_observe(struct service_clock *clock, int64_t date_s,
    int64_t sent_wall_ms, int64_t done_wall_ms);
bool service_clock_is_known(const struct service_clock *clock);
/** Seconds to add to our wall clock, rounded to nearest; 0 while unknown. */
int64_t service_clock_offset_s(const struct service_clock *clock);
/** The wall clock jumped: forget. */
void service_clock_reset(struct service_clock *clock);

#endif
