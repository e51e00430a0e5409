/*
 * When a list is read again by itself: after each interval, and later each
 * time that it fails, so that a service in trouble is left alone.
 */
#ifndef BANTOP_APP_REFRESH_PLAN_H
#define BANTOP_APP_REFRESH_PLAN_H

#include <stdint.h>

/* No wait grows beyond this; an interval that is longer stays as it is. */
enum { REFRESH_PLAN_WAIT_MAX_S = 900 };

struct refresh_plan {
	int interval_s;  /* 0: never by itself */
	int failures;    /* in a row */
	int64_t next_ms; /* monotonic; INT64_MAX: none */
};

/** @param interval_s 0 for never. */
void refresh_plan_init(struct refresh_plan *plan, int interval_s,
    int64_t now_ms);
/** The next one comes a whole wait from now. */
void refresh_plan_renew(struct refresh_plan *plan, int64_t now_ms);
/** The service has answered: intervals are as they were asked for. */
void refresh_plan_succeed(struct refresh_plan *plan, int64_t now_ms);
/** A read came to nothing: the next one takes twice as long to come. */
void refresh_plan_fail(struct refresh_plan *plan, int64_t now_ms);
/** None comes until it is renewed: each further one would make it worse. */
void refresh_plan_rest(struct refresh_plan *plan);

#endif
