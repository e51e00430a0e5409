/*
 * What follows from a failed attempt: API.md section 4, DESIGN section 9.
 */
#include "bantop/api/retry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { SERVER_FAULT = 10002, TOO_MANY = 60007, OLD_USERSIG = 70001 };

/* A first attempt that failed, of a call that could do everything. */
static struct retry_facts
first(enum err_kind kind, int code)
{
	return (struct retry_facts){ .kind = kind,
		.code = code,
		.retry_after_s = -1,
		.failures = 1,
		.can_renew = true };
}

static enum retry_action
action_for(enum err_kind kind, int code)
{
	struct retry_facts facts = first(kind, code);

	return retry_plan(&facts).action;
}

static void
assert_wait(const struct retry_plan *plan, int64_t min_ms, int64_t max_ms)
{
	assert_int_equal(plan->wait_min_ms, min_ms);
	assert_int_equal(plan->wait_max_ms, max_ms);
}

static void
faults_of_the_network_are_repeated(void **state)
{
	(void)state;
	assert_int_equal(action_for(ERR_LOOKUP, 6), RETRY_REPEAT);
	assert_int_equal(action_for(ERR_CONNECT, 7), RETRY_REPEAT);
	assert_int_equal(action_for(ERR_NETWORK, 56), RETRY_REPEAT);
	assert_int_equal(action_for(ERR_TIMEOUT, 28), RETRY_REPEAT);
}

static void
faults_that_would_come_again_are_not_repeated(void **state)
{
	static const enum err_kind kinds[] = { ERR_NONE, ERR_USAGE, ERR_CONFIG,
		ERR_FILE, ERR_CREDENTIAL, ERR_TLS, ERR_DATA, ERR_PAGING,
		ERR_LIMIT, ERR_CANCELLED };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		assert_int_equal(action_for(kinds[i], 0), RETRY_GIVE_UP);
}

static void
only_passing_http_statuses_are_repeated(void **state)
{
	static const int passing[] = { 408, 429, 500, 502, 503, 504, 599 };
	static const int lasting[] = { 201, 204, 301, 302, 400, 401, 403, 404,
		407, 409, 428, 430, 499, 600 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof passing / sizeof passing[0]; i++)
		assert_int_equal(action_for(ERR_HTTP, passing[i]),
		    RETRY_REPEAT);
	for (i = 0; i < sizeof lasting / sizeof lasting[0]; i++)
		assert_int_equal(action_for(ERR_HTTP, lasting[i]),
		    RETRY_GIVE_UP);
}

static void
only_the_named_codes_are_repeated(void **state)
{
	static const int again[] = { 10002, 40006, 60008, 60013, 60014, 70169,
		70202, 70500, 20004, 20005, 90992, 90994, 90995, 91000, 60007,
		60011, 60018, 60019, 10006 };
	static const int renewed[] = { 60004, 60005, 70001, 70002, 70003, 70005,
		70013, 70014, 70052, 10001, 10008, 20002 };
	static const int never[] = { 10007, 10010, 60028, 70009, 70050, 70020,
		80003, 1, -1, 123456 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof again / sizeof again[0]; i++)
		assert_int_equal(action_for(ERR_SERVICE, again[i]),
		    RETRY_REPEAT);
	for (i = 0; i < sizeof renewed / sizeof renewed[0]; i++)
		assert_int_equal(action_for(ERR_SERVICE, renewed[i]),
		    RETRY_RENEW);
	for (i = 0; i < sizeof never / sizeof never[0]; i++)
		assert_int_equal(action_for(ERR_SERVICE, never[i]),
		    RETRY_GIVE_UP);
}

static void
the_third_failure_is_the_last(void **state)
{
	struct retry_facts facts = first(ERR_HTTP, 503);

	(void)state;
	facts.failures = 2;
	facts.waits = 1;
	assert_int_equal(retry_plan(&facts).action, RETRY_REPEAT);
	facts.failures = 3;
	facts.waits = 2;
	assert_int_equal(retry_plan(&facts).action, RETRY_GIVE_UP);
}

static void
the_wait_is_half_of_one_second_then_of_two(void **state)
{
	struct retry_facts facts = first(ERR_SERVICE, SERVER_FAULT);
	struct retry_plan plan = retry_plan(&facts);

	(void)state;
	assert_wait(&plan, 500, 1000);
	facts.failures = 2;
	facts.waits = 1;
	plan = retry_plan(&facts);
	assert_wait(&plan, 1000, 2000);
}

static void
retry_after_is_obeyed_within_its_bounds(void **state)
{
	static const struct {
		int64_t given_s, wait_ms;
	} cases[] = { { 0, 1000 }, { 1, 1000 }, { 7, 7000 }, { 60, 60000 },
		{ 61, 60000 }, { INT64_MAX, 60000 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct retry_facts facts = first(ERR_HTTP, 503);
		struct retry_plan plan;

		facts.retry_after_s = cases[i].given_s;
		plan = retry_plan(&facts);
		assert_int_equal(plan.action, RETRY_REPEAT);
		assert_wait(&plan, cases[i].wait_ms, cases[i].wait_ms);
		assert_true(plan.slow_down);
	}
}

static void
too_many_calls_slow_everything_down(void **state)
{
	struct retry_facts facts = first(ERR_SERVICE, TOO_MANY);
	struct retry_plan plan = retry_plan(&facts);

	(void)state;
	assert_true(plan.slow_down);
	assert_wait(&plan, 500, 1000);
	facts = first(ERR_HTTP, 429);
	assert_true(retry_plan(&facts).slow_down);
	facts = first(ERR_HTTP, 503);
	assert_false(retry_plan(&facts).slow_down);
	facts = first(ERR_SERVICE, SERVER_FAULT);
	assert_false(retry_plan(&facts).slow_down);
	facts = first(ERR_TIMEOUT, 429);
	assert_false(retry_plan(&facts).slow_down);
}

static void
also_the_last_refusal_slows_everything_down(void **state)
{
	struct retry_facts facts = first(ERR_SERVICE, TOO_MANY);
	struct retry_plan plan;

	(void)state;
	facts.failures = 3;
	facts.waits = 2;
	plan = retry_plan(&facts);
	assert_int_equal(plan.action, RETRY_GIVE_UP);
	assert_true(plan.slow_down);
	assert_wait(&plan, 2000, 4000);
}

static void
a_new_usersig_is_made_once_and_only_if_it_can_be(void **state)
{
	struct retry_facts facts = first(ERR_SERVICE, OLD_USERSIG);

	(void)state;
	facts.renewed = true;
	assert_int_equal(retry_plan(&facts).action, RETRY_GIVE_UP);
	facts.renewed = false;
	facts.can_renew = false;
	assert_int_equal(retry_plan(&facts).action, RETRY_GIVE_UP);
}

static void
a_new_usersig_comes_on_top_of_three_attempts(void **state)
{
	struct retry_facts facts = first(ERR_SERVICE, OLD_USERSIG);

	(void)state;
	facts.failures = 3;
	facts.waits = 2;
	assert_int_equal(retry_plan(&facts).action, RETRY_RENEW);
}

static void
the_other_host_is_tried_at_once_when_ours_was_not_reached(void **state)
{
	static const enum err_kind unreached[] = { ERR_LOOKUP, ERR_CONNECT };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof unreached / sizeof unreached[0]; i++) {
		struct retry_facts facts = first(unreached[i], 6);
		struct retry_plan plan;

		facts.other_host = true;
		plan = retry_plan(&facts);
		assert_int_equal(plan.action, RETRY_REPEAT);
		assert_true(plan.other_host);
		assert_wait(&plan, 0, 0);
		facts.other_host = false;
		plan = retry_plan(&facts);
		assert_false(plan.other_host);
		assert_wait(&plan, 500, 1000);
	}
}

static void
the_other_host_is_not_for_a_host_that_was_reached(void **state)
{
	static const struct {
		enum err_kind kind;
		int code;
	} reached[] = { { ERR_NETWORK, 56 }, { ERR_TIMEOUT, 28 },
		{ ERR_HTTP, 503 }, { ERR_SERVICE, 10002 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof reached / sizeof reached[0]; i++) {
		struct retry_facts facts =
		    first(reached[i].kind, reached[i].code);

		facts.other_host = true;
		assert_false(retry_plan(&facts).other_host);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_of_the_network_are_repeated),
		cmocka_unit_test(faults_that_would_come_again_are_not_repeated),
		cmocka_unit_test(only_passing_http_statuses_are_repeated),
		cmocka_unit_test(only_the_named_codes_are_repeated),
		cmocka_unit_test(the_third_failure_is_the_last),
		cmocka_unit_test(the_wait_is_half_of_one_second_then_of_two),
		cmocka_unit_test(retry_after_is_obeyed_within_its_bounds),
		cmocka_unit_test(too_many_calls_slow_everything_down),
		cmocka_unit_test(also_the_last_refusal_slows_everything_down),
		cmocka_unit_test(
		    a_new_usersig_is_made_once_and_only_if_it_can_be),
		cmocka_unit_test(a_new_usersig_comes_on_top_of_three_attempts),
		cmocka_unit_test(
		    the_other_host_is_tried_at_once_when_ours_was_not_reached),
		cmocka_unit_test(
		    the_other_host_is_not_for_a_host_that_was_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
