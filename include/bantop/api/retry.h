/*
 * What follows from a failed attempt of a reading call: give up, repeat after
 * a wait, or repeat with a new UserSig. A pure function; it owns nothing and
 * keeps nothing.
 */
#ifndef BANTOP_API_RETRY_H
#define BANTOP_API_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "bantop/base/err.h"

enum {
	RETRY_FAILURES_MAX = 3, /* attempts of a call, but the one on top */
	RETRY_AFTER_MIN_S = 1,
	RETRY_AFTER_MAX_S = 60,
};

/* The attempt that failed, and what happened in its call before. */
struct retry_facts {
	enum err_kind kind;
	int code;              /* HTTP status or the service's ErrorCode */
	int64_t retry_after_s; /* -1 when absent */
	int failures;    /* of the call, this one too; not counting the one that
			 was answered with a new UserSig. 1 or more */
	int waits;       /* between attempts of the call so far */
	bool renewed;    /* the call had its new UserSig already */
	bool can_renew;  /* a new UserSig can be made */
	bool other_host; /* another host is there, not tried in this call */
};

enum retry_action {
	RETRY_GIVE_UP,
	RETRY_REPEAT,
	RETRY_RENEW, /* make a new UserSig and repeat at once: comes on top */
};

struct retry_plan {
	enum retry_action action;
	bool other_host;     /* repeat at the other host */
	bool slow_down;      /* all calls wait: the service said so */
	int64_t wait_min_ms; /* with REPEAT or slow_down; both 0: at once */
	int64_t wait_max_ms;
};

struct retry_plan retry_plan(const struct retry_facts *facts);

#endif
