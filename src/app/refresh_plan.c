/*
 * The wait before the next refresh: the interval, doubled with each failure
 * in a row up to a cap. An operator may leave the program running for hours in
 * front of a service that does not answer; what it takes then is a few calls.
 */
#include "bantop/app/refresh_plan.h"

void
refresh_plan_init(struct refresh_plan *plan, int interval_s, int64_t now_ms)
{
	*plan = (struct refresh_plan){ .interval_s = interval_s };
	refresh_plan_renew(plan, now_ms);
}

static int64_t
wait_s(const struct refresh_plan *plan)
{
	int64_t length_s = plan->interval_s;
	int i;

	if (length_s >= REFRESH_PLAN_WAIT_MAX_S)
		return length_s;
	for (i = 0; i < plan->failures && length_s < REFRESH_PLAN_WAIT_MAX_S;
	     i++)
		length_s *= 2;
	return length_s < REFRESH_PLAN_WAIT_MAX_S ? length_s
	                                          : REFRESH_PLAN_WAIT_MAX_S;
}

void
refresh_plan_renew(struct refresh_plan *plan, int64_t now_ms)
{
	plan->next_ms = INT64_MAX;
	if (plan->interval_s > 0)
		plan->next_ms = now_ms + wait_s(plan) * 1000;
}

void
refresh_plan_succeed(struct refresh_plan *plan, int64_t now_ms)
{
	plan->failures = 0;
	refresh_plan_renew(plan, now_ms);
}

void
refresh_plan_fail(struct refresh_plan *plan, int64_t now_ms)
{
	if (plan->failures < REFRESH_PLAN_WAIT_MAX_S)
		plan->failures++;
	refresh_plan_renew(plan, now_ms);
}

void
refresh_plan_rest(struct refresh_plan *plan)
{
	plan->next_ms = INT64_MAX;
}
