/*
 * A list in the order of time. New ones are mostly the latest, so the search
 * begins at the end.
 */
#include "bantop/sim/delays.h"

#include <stddef.h>

void
sim_delays_add(struct sim_delays *delays, struct sim_delay *delay,
    int64_t due_ms)
{
	struct sim_delay *before = delays->last;

	while (before != NULL && before->due_ms > due_ms)
		before = before->before;
	delay->due_ms = due_ms;
	delay->before = before;
	delay->after = before == NULL ? delays->first : before->after;
	if (delay->before != NULL)
		delay->before->after = delay;
	else
		delays->first = delay;
	if (delay->after != NULL)
		delay->after->before = delay;
	else
		delays->last = delay;
}

void
sim_delays_remove(struct sim_delays *delays, struct sim_delay *delay)
{
	if (delay->before != NULL)
		delay->before->after = delay->after;
	else
		delays->first = delay->after;
	if (delay->after != NULL)
		delay->after->before = delay->before;
	else
		delays->last = delay->before;
	delay->before = NULL;
	delay->after = NULL;
}

struct sim_delay *
sim_delays_take(struct sim_delays *delays, int64_t now_ms)
{
	struct sim_delay *first = delays->first;

	if (first == NULL || first->due_ms > now_ms)
		return NULL;
	sim_delays_remove(delays, first);
	return first;
}
