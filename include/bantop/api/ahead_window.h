/*
 * How many pages of a list may be asked for at once: 1 is one after another.
 * Opens slowly while the list is regular (every page full, every NextOffset
 * where the next page would begin): by one with each page, so that each run of
 * as many pages as it has room for doubles it. Shuts on a miss, and then asks
 * for a longer run of regular pages each time before it opens again. A plain
 * value.
 */
#ifndef BANTOP_API_AHEAD_WINDOW_H
#define BANTOP_API_AHEAD_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	AHEAD_WINDOW_FIRST = 2,
	AHEAD_WINDOW_MAX = 64,
	AHEAD_RUN_AFTER_MISS = 8, /* regular pages; doubles with each miss */
	AHEAD_RUN_MAX = 64,
};

struct ahead_window {
	size_t parallel;       /* 1 to AHEAD_WINDOW_MAX */
	int rate;              /* calls a second */
	int64_t round_trip_ms; /* smoothed; -1 before the first */
	bool open;
	size_t size;       /* while open; what it opens with while shut */
	size_t run;        /* regular pages in a row */
	size_t run_needed; /* to open */
};

void ahead_window_init(struct ahead_window *window, size_t parallel, int rate);
/** A call took so long. */
void ahead_window_time(struct ahead_window *window, int64_t took_ms);
/** The walk's next page was regular. */
void ahead_window_confirm(struct ahead_window *window);
/** It was not. */
void ahead_window_miss(struct ahead_window *window);
/** A call asked ahead failed: trouble, but nothing said of the list. */
void ahead_window_fail(struct ahead_window *window);
/** @return calls that may be in flight, 1 or more: never above parallel, nor
 *          above rate x round trip (more could not start anyway). */
size_t ahead_window_size(const struct ahead_window *window);

#endif
