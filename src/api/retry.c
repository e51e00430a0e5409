/*
 * The rules for repeating a call that only reads. What a code of the service
 * means comes from error_code; here stand the faults of the network, the
 * counting and the waits. A data error is never repeated: the same question
 * would bring the same answer, and hide it.
 */
#include "bantop/api/retry.h"

#include <assert.h>

#include "bantop/api/error_code.h"

enum { WAIT_FIRST_MS = 1000, HTTP_TIMEOUT = 408, HTTP_TOO_MANY = 429 };

static bool
status_is_passing(int status)
{
	return status == HTTP_TIMEOUT || status == HTTP_TOO_MANY ||
	    (status >= 500 && status <= 599);
}

static enum retry_rule
rule_for(enum err_kind kind, int code)
{
	switch (kind) {
	case ERR_LOOKUP:
	case ERR_CONNECT:
	case ERR_NETWORK:
	case ERR_TIMEOUT:
		return RETRY_YES;
	case ERR_HTTP:
		return status_is_passing(code) ? RETRY_YES : RETRY_NO;
	case ERR_SERVICE:
		return error_code_retry(code);
	case ERR_NONE:
	case ERR_USAGE:
	case ERR_CONFIG:
	case ERR_FILE:
	case ERR_CREDENTIAL:
	case ERR_TLS:
	case ERR_DATA:
	case ERR_PAGING:
	case ERR_LIMIT:
	case ERR_CANCELLED:
		break;
	}
	return RETRY_NO;
}

/* The host was never reached: another one may be. */
static bool
is_unreached(enum err_kind kind)
{
	return kind == ERR_LOOKUP || kind == ERR_CONNECT;
}

static bool
is_slow_down(const struct retry_facts *facts)
{
	return (facts->kind == ERR_SERVICE &&
	           error_code_is_frequency(facts->code)) ||
	    (facts->kind == ERR_HTTP && facts->code == HTTP_TOO_MANY) ||
	    facts->retry_after_s >= 0;
}

/* Half fixed and half random of 1 s, then 2 s; or what the answer asks for. */
static void
set_wait(struct retry_plan *plan, const struct retry_facts *facts)
{
	int64_t after_s = facts->retry_after_s;

	if (after_s >= 0) {
		if (after_s < RETRY_AFTER_MIN_S)
			after_s = RETRY_AFTER_MIN_S;
		if (after_s > RETRY_AFTER_MAX_S)
			after_s = RETRY_AFTER_MAX_S;
		plan->wait_min_ms = after_s * 1000;
		plan->wait_max_ms = after_s * 1000;
		return;
	}
	plan->wait_max_ms = (int64_t)WAIT_FIRST_MS << facts->waits;
	plan->wait_min_ms = plan->wait_max_ms / 2;
}

static void
plan_renewal(struct retry_plan *plan, const struct retry_facts *facts)
{
	/* A fresh one that is refused too leads to a lock-out (70050). */
	if (facts->can_renew && !facts->renewed)
		plan->action = RETRY_RENEW;
}

static void
plan_repeat(struct retry_plan *plan, const struct retry_facts *facts)
{
	plan->slow_down = is_slow_down(facts);
	plan->other_host = facts->other_host && is_unreached(facts->kind);
	if (!plan->other_host)
		set_wait(plan, facts);
	if (facts->failures < RETRY_FAILURES_MAX)
		plan->action = RETRY_REPEAT;
}

struct retry_plan
retry_plan(const struct retry_facts *facts)
{
	struct retry_plan plan = { .action = RETRY_GIVE_UP };

	assert(facts->failures >= 1);
	assert(facts->waits >= 0 && facts->waits < RETRY_FAILURES_MAX);
	switch (rule_for(facts->kind, facts->code)) {
	case RETRY_NO:
		break;
	case RETRY_YES:
	case RETRY_AFTER_WAIT:
		plan_repeat(&plan, facts);
		break;
	case RETRY_AFTER_REFRESH_USERSIG:
		plan_renewal(&plan, facts);
		break;
	}
	return plan;
}
