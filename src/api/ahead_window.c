/*
 * The window of asking ahead. What it may cost is bounded by how it opens: at
 * most as many calls are thrown away at a miss as pages were confirmed at that
 * size or before, and each miss makes the next one dearer to come by.
 */
#include "bantop/api/ahead_window.h"

#include <assert.h>

void
ahead_window_init(struct ahead_window *window, size_t parallel, int rate)
{
	assert(parallel >= 1 && parallel <= AHEAD_WINDOW_MAX && rate >= 1);
	*window = (struct ahead_window){ .parallel = parallel,
		.rate = rate,
		.round_trip_ms = -1,
		.size = AHEAD_WINDOW_FIRST,
		.run_needed = 1 };
}

void
ahead_window_time(struct ahead_window *window, int64_t took_ms)
{
	if (window->round_trip_ms < 0)
		window->round_trip_ms = took_ms;
	else
		window->round_trip_ms =
		    (3 * window->round_trip_ms + took_ms + 2) / 4;
}

/* In flight at once are rate x round trip calls, whatever is asked for. */
static size_t
limit_of(const struct ahead_window *window)
{
	int64_t useful;

	if (window->round_trip_ms <= 0)
		return 1;
	useful = (window->rate * window->round_trip_ms + 999) / 1000;
	return useful < (int64_t)window->parallel ? (size_t)useful
	                                          : window->parallel;
}

void
ahead_window_confirm(struct ahead_window *window)
{
	window->run++;
	if (!window->open) {
		window->open = window->run >= window->run_needed;
		return;
	}
	window->confirmed++;
	if (window->confirmed < window->size ||
	    window->size >= limit_of(window))
		return;
	window->size *= 2;
	window->confirmed = 0;
}

static void
shut(struct ahead_window *window)
{
	if (window->open && window->size > AHEAD_WINDOW_FIRST)
		window->size /= 2;
	window->open = false;
	window->confirmed = 0;
	window->run = 0;
	if (window->run_needed < AHEAD_RUN_AFTER_MISS)
		window->run_needed = AHEAD_RUN_AFTER_MISS;
	else if (window->run_needed < AHEAD_RUN_MAX)
		window->run_needed *= 2;
}

void
ahead_window_miss(struct ahead_window *window)
{
	shut(window);
}

void
ahead_window_fail(struct ahead_window *window)
{
	if (!window->open)
		return;
	/* One lost call says little; a service that cannot take two at a time
	 * loses them again and again, and is asked for less and less. */
	if (window->size <= AHEAD_WINDOW_FIRST) {
		shut(window);
		return;
	}
	window->size /= 2;
	window->confirmed = 0;
}

size_t
ahead_window_size(const struct ahead_window *window)
{
	size_t limit = limit_of(window);

	if (!window->open)
		return 1;
	return window->size < limit ? window->size : limit;
}
