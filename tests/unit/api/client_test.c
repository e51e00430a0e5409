/*
 * Calls and turns: the queue and its rate, cancelling, status and deadlines.
 */
#include "client_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int
set_up(void **state)
{
	static struct client_rig rig;

	rig_init(&rig);
	rig_answer_ok(&rig);
	*state = &rig;
	return 0;
}

static int
tear_down(void **state)
{
	rig_release(*state);
	return 0;
}

static void
a_call_is_answered_from_the_main_turn_alone(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result result;

	rig_open(rig);
	assert_true(rig_call(rig, CLIENT_BAN_LIST, &result) != 0);
	assert_int_equal(scripted_count(rig->scripted), 0);
	assert_int_equal(client_deadline_ms(rig->client), rig_now_ms(rig));
	client_run(rig->client);
	assert_int_equal(scripted_count(rig->scripted), 1);
	assert_int_equal(result.calls, 0);
	rig_run(rig);
	assert_int_equal(result.calls, 1);
	assert_int_equal(result.err.kind, ERR_NONE);
	assert_true(result.has_document);
	assert_int_equal(result.attempts, 1);
	assert_int_equal(result.took_ms, 100);
	assert_int_equal(client_calls(rig->client), 1);
}

static void
what_is_sent_and_told_is_what_was_asked(void **state)
{
	struct client_rig *rig = *state;
	char subject[] = "lobby", body[] = "{\"a\":1}";
	struct client_request request = { .command = CLIENT_PORTRAIT,
		.subject = subject,
		.body = body,
		.body_len = strlen(body),
		.offset = 300,
		.limit = 50 };
	struct rig_result result;
	const struct transport_request *sent;

	rig_open(rig);
	(void)rig_ask(rig, &request, &result);
	/* Its texts were copied. */
	subject[0] = body[0] = '!';
	rig_run(rig);
	sent = scripted_request(rig->scripted, 0);
	assert_string_equal(sent->body, "{\"a\":1}");
	assert_int_equal(sent->body_len, 7);
	assert_int_equal(sent->connect_timeout_s, 5);
	assert_int_equal(sent->timeout_s, 15);
	assert_ptr_equal(strstr(sent->url,
	                     "https://primary.example/v4/profile/portrait_get"
	                     "?sdkappid=1400000123&identifier=administrator"
	                     "&usersig=e"),
	    sent->url);
	assert_int_equal(rig->attempt_count, 1);
	assert_int_equal(rig->attempts[0].command, CLIENT_PORTRAIT);
	assert_string_equal(rig->attempts[0].subject, "lobby");
	assert_string_equal(rig->attempts[0].host, "primary.example");
	assert_int_equal(rig->attempts[0].offset, 300);
	assert_int_equal(rig->attempts[0].attempt, 1);
	assert_int_equal(rig->attempts[0].status, 200);
}

static void
every_attempt_has_its_own_random_number(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result result;
	const char *first, *second;

	rig_open(rig);
	rig_queue(rig, scripted_status(503, ""));
	(void)rig_call(rig, CLIENT_BAN_LIST, &result);
	rig_run(rig);
	assert_int_equal(scripted_count(rig->scripted), 2);
	first = strstr(scripted_url(rig->scripted, 0), "&random=");
	second = strstr(scripted_url(rig->scripted, 1), "&random=");
	assert_non_null(first);
	assert_non_null(second);
	assert_string_not_equal(first, second);
}

static void
no_second_sees_more_calls_than_the_rate_allows(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result results[60];
	size_t i;

	rig_open(rig);
	for (i = 0; i < 60; i++)
		(void)rig_call(rig, CLIENT_BAN_LIST, &results[i]);
	rig_run_ms(rig, 999);
	assert_int_equal(client_rate(rig->client), 10);
	assert_in_range(client_rate_in_use(rig->client), 9, 11);
	rig_run(rig);
	for (i = 0; i < 60; i++)
		assert_int_equal(results[i].calls, 1);
	for (i = 11; i < 60; i++)
		assert_true(scripted_started_ms(rig->scripted, i) -
		        scripted_started_ms(rig->scripted, i - 11) >
		    1000);
	assert_in_range(rig_now_ms(rig) - scripted_started_ms(rig->scripted, 0),
	    5800, 6100);
}

static void
needed_calls_start_in_order_and_before_those_asked_ahead(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result ahead, first, second;

	rig_open(rig);
	(void)rig_call_quiet(rig, CLIENT_BAN_LIST, &ahead);
	(void)rig_call(rig, CLIENT_BAN_LIST, &first);
	(void)rig_call(rig, CLIENT_BAN_LIST, &second);
	rig_run(rig);
	assert_true(first.done_ms < second.done_ms);
	assert_true(second.done_ms < ahead.done_ms);
	assert_false(rig->attempts[0].quiet);
	assert_false(rig->attempts[1].quiet);
	assert_true(rig->attempts[2].quiet);
}

static void
lists_of_groups_are_asked_1100_ms_apart(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result lists[3], other;
	size_t i;

	rig_open(rig);
	for (i = 0; i < 3; i++)
		(void)rig_call(rig, CLIENT_GROUP_LIST, &lists[i]);
	(void)rig_call(rig, CLIENT_BAN_LIST, &other);
	rig_run(rig);
	for (i = 1; i < 3; i++)
		assert_in_range(lists[i].done_ms - lists[i - 1].done_ms, 1100,
		    1200);
	/* The others need not wait for that. */
	assert_true(other.done_ms < lists[1].done_ms);
}

static void
a_list_of_groups_that_is_repeated_keeps_the_spacing_too(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result result;

	rig_open(rig);
	rig_queue(rig, scripted_status(503, ""));
	(void)rig_call(rig, CLIENT_GROUP_LIST, &result);
	rig_run(rig);
	assert_int_equal(scripted_count(rig->scripted), 2);
	assert_true(scripted_started_ms(rig->scripted, 1) -
	        scripted_started_ms(rig->scripted, 0) >=
	    1100);
}

/* It may have arrived as late as that: the service counts arrivals. */
static void
a_list_of_groups_is_a_second_behind_the_last_answer(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result lists[2];
	struct scripted_reply slow =
	    scripted_status(200, "{\"ActionStatus\":\"OK\",\"ErrorCode\":0}");

	slow.delay_ms = 900;
	rig_open(rig);
	rig_queue(rig, slow);
	(void)rig_call(rig, CLIENT_GROUP_LIST, &lists[0]);
	(void)rig_call(rig, CLIENT_GROUP_LIST, &lists[1]);
	rig_run(rig);
	assert_true(scripted_started_ms(rig->scripted, 1) - lists[0].done_ms >=
	    1000);
}

static void
a_call_that_was_cancelled_never_calls_back(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result queued, flying, waiting, answered;
	uint64_t flying_id, waiting_id;

	rig->config.rate = 200;
	rig_open(rig);
	rig_queue(rig, scripted_status(503, ""));
	waiting_id = rig_call(rig, CLIENT_BAN_LIST, &waiting);
	rig_run_ms(rig, 150);
	flying_id = rig_call(rig, CLIENT_BAN_LIST, &flying);
	client_run(rig->client);
	client_cancel(rig->client, rig_call(rig, CLIENT_BAN_LIST, &queued));
	client_cancel(rig->client, flying_id);
	client_cancel(rig->client, waiting_id);
	(void)rig_call(rig, CLIENT_BAN_LIST, &answered);
	rig_run(rig);
	assert_int_equal(queued.calls, 0);
	assert_int_equal(flying.calls, 0);
	assert_int_equal(waiting.calls, 0);
	assert_int_equal(answered.calls, 1);
	assert_int_equal(scripted_cancelled(rig->scripted), 1);
	client_cancel(rig->client, flying_id);
}

static void
a_client_that_goes_takes_its_calls_with_it(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result flying, queued;

	rig_open(rig);
	(void)rig_call(rig, CLIENT_BAN_LIST, &flying);
	client_run(rig->client);
	(void)rig_call(rig, CLIENT_BAN_LIST, &queued);
	client_destroy(rig->client);
	rig->client = NULL;
	assert_int_equal(scripted_cancelled(rig->scripted), 1);
	assert_int_equal(scripted_in_flight(rig->scripted), 0);
	assert_int_equal(flying.calls + queued.calls, 0);
}

/* Calls again from its own callback, so many times. */
struct chain {
	struct client_rig *rig;
	uint64_t other;
	int left;
};

static void
call_again(const struct client_reply *reply, void *user)
{
	struct chain *chain = user;
	struct client_request request = { .command = CLIENT_BAN_LIST,
		.subject = "",
		.body = "",
		.body_len = 0 };

	assert_int_equal(reply->err.kind, ERR_NONE);
	client_cancel(chain->rig->client, chain->other);
	if (--chain->left > 0)
		(void)client_call(chain->rig->client, &request, call_again,
		    chain);
}

static void
a_callback_may_call_and_cancel(void **state)
{
	struct client_rig *rig = *state;
	struct client_request request = { .command = CLIENT_BAN_LIST,
		.subject = "",
		.body = "",
		.body_len = 0 };
	struct chain chain = { .rig = rig, .left = 5 };
	struct rig_result other;

	rig_open(rig);
	(void)client_call(rig->client, &request, call_again, &chain);
	rig_queue(rig,
	    scripted_ok("{\"ActionStatus\":\"OK\",\"ErrorCode\":0}"));
	rig_queue(rig,
	    (struct scripted_reply){
	        .delay_ms = SCRIPTED_NEVER_MS, .body = "" });
	chain.other = rig_call(rig, CLIENT_BAN_LIST, &other);
	rig_run(rig);
	assert_int_equal(chain.left, 0);
	assert_int_equal(other.calls, 0);
	assert_int_equal(scripted_in_flight(rig->scripted), 0);
}

static void
the_status_follows_a_call(void **state)
{
	struct client_rig *rig = *state;
	struct client_status status;
	struct rig_result result;
	uint64_t id;

	rig_open(rig);
	rig_queue(rig, scripted_status(503, "busy"));
	id = rig_call(rig, CLIENT_BAN_LIST, &result);
	assert_true(client_status(rig->client, id, &status));
	assert_int_equal(status.phase, CLIENT_QUEUED);
	assert_int_equal(status.attempt, 1);
	assert_int_equal(status.attempts_max, 3);
	client_run(rig->client);
	assert_true(client_status(rig->client, id, &status));
	assert_int_equal(status.phase, CLIENT_IN_FLIGHT);
	assert_true(status.started_ms == rig_now_ms(rig));
	assert_int_equal(client_deadline_ms(rig->client), INT64_MAX);
	rig_run_ms(rig, 100);
	assert_true(client_status(rig->client, id, &status));
	assert_int_equal(status.phase, CLIENT_WAITING);
	assert_int_equal(status.attempt, 2);
	assert_int_equal(status.err.code, 503);
	assert_true(status.next_try_ms - rig_now_ms(rig) >= 500);
	assert_true(status.next_try_ms - rig_now_ms(rig) <= 1000);
	assert_true(client_deadline_ms(rig->client) == status.next_try_ms);
	rig_run(rig);
	assert_false(client_status(rig->client, id, &status));
	assert_false(client_status(rig->client, 0, &status));
}

static void
a_call_asked_ahead_has_one_attempt(void **state)
{
	struct client_rig *rig = *state;
	struct client_status status;
	struct rig_result result;
	uint64_t id;

	rig_open(rig);
	rig_queue(rig, scripted_status(503, ""));
	id = rig_call_quiet(rig, CLIENT_BAN_LIST, &result);
	assert_true(client_status(rig->client, id, &status));
	assert_int_equal(status.attempts_max, 1);
	rig_run(rig);
	assert_int_equal(scripted_count(rig->scripted), 1);
	assert_int_equal(result.calls, 1);
	assert_int_equal(result.err.code, 503);
	assert_true(rig->attempts[0].quiet);
	assert_int_equal(rig->attempts[0].err.code, 503);
}

static void
a_jump_of_the_wall_clock_moves_no_wait(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result result;

	rig_open(rig);
	rig_queue(rig, scripted_status(503, ""));
	(void)rig_call(rig, CLIENT_BAN_LIST, &result);
	rig_run_ms(rig, 101);
	fake_clock_jump_wall_ms(&rig->clock, 7200000);
	rig_run_ms(rig, 398);
	assert_int_equal(scripted_count(rig->scripted), 1);
	fake_clock_jump_wall_ms(&rig->clock, -7200000 - 86400000);
	rig_run_ms(rig, 600);
	assert_int_equal(scripted_count(rig->scripted), 2);
}

static void
the_clock_of_the_service_is_learnt_from_its_replies(void **state)
{
	struct client_rig *rig = *state;
	struct scripted_reply reply =
	    scripted_ok("{\"ActionStatus\":\"OK\",\"ErrorCode\":0}");
	struct rig_result result;

	rig_open(rig);
	assert_int_equal(client_service_now_s(rig->client), RIG_WALL_S);
	reply.date_s = RIG_WALL_S + 90;
	rig_queue(rig, reply);
	(void)rig_call(rig, CLIENT_BAN_LIST, &result);
	rig_run(rig);
	assert_true(service_clock_is_known(client_service_clock(rig->client)));
	assert_int_equal(client_service_now_s(rig->client), RIG_WALL_S + 90);
	client_clock_jumped(rig->client);
	assert_int_equal(client_service_now_s(rig->client), RIG_WALL_S);
}

static void
the_clock_of_a_proxy_is_not_the_service_s(void **state)
{
	struct client_rig *rig = *state;
	struct scripted_reply reply = scripted_status(502, "");
	struct rig_result result;

	rig_open(rig);
	reply.date_s = 1000;
	rig_queue(rig, reply);
	(void)rig_call_quiet(rig, CLIENT_BAN_LIST, &result);
	rig_run(rig);
	assert_false(service_clock_is_known(client_service_clock(rig->client)));
}

static void
the_region_is_kept(void **state)
{
	struct client_rig *rig = *state;

	rig_open(rig);
	assert_string_equal(client_region(rig->client)->key, "sgp");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_call_is_answered_from_the_main_turn_alone),
		TEST(what_is_sent_and_told_is_what_was_asked),
		TEST(every_attempt_has_its_own_random_number),
		TEST(no_second_sees_more_calls_than_the_rate_allows),
		TEST(needed_calls_start_in_order_and_before_those_asked_ahead),
		TEST(lists_of_groups_are_asked_1100_ms_apart),
		TEST(a_list_of_groups_that_is_repeated_keeps_the_spacing_too),
		TEST(a_list_of_groups_is_a_second_behind_the_last_answer),
		TEST(a_call_that_was_cancelled_never_calls_back),
		TEST(a_client_that_goes_takes_its_calls_with_it),
		TEST(a_callback_may_call_and_cancel),
		TEST(the_status_follows_a_call),
		TEST(a_call_asked_ahead_has_one_attempt),
		TEST(a_jump_of_the_wall_clock_moves_no_wait),
		TEST(the_clock_of_the_service_is_learnt_from_its_replies),
		TEST(the_clock_of_a_proxy_is_not_the_service_s),
		TEST(the_region_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
