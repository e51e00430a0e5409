/*
 * The window of asking ahead. Each page that is confirmed makes room for one
 * more than before, so that a window's pages double it, and do so while they
 * come: over new connections they come late. What it may cost is bounded by
 * how it opens: at a miss at most as many calls are thrown away as pages were
 * confirmed before, and each miss makes the next one dearer to come by.
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
	if (window->size < limit_of(window))
		window->size++;
}

static void
halve(struct ahead_window *window)
{
	window->size /= 2;
	if (window->size < AHEAD_WINDOW_FIRST)
		window->size = AHEAD_WINDOW_FIRST;
}

static void
shut(struct ahead_window *window)
{
	if (window->open)
		halve(window);
	window->open = false;
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
	halve(window);
}

size_t
ahead_window_size(const struct ahead_window *window)
{
	size_t limit = limit_of(window);

	if (!window->open)
		return 1;
	return window->size < limit ? window->size : limit;
}
