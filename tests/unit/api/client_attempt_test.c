/*
 * What follows from a failed attempt, seen at the network: how often, when and
 * with which UserSig a call is asked again.
 */
#include "client_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { HOUR_MS = 3600 * 1000 };

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
always_503(const struct transport_request *request,
    struct scripted_reply *reply, struct buf *body, void *user)
{
	(void)request;
	(void)user;
	reply->status = 503;
	buf_put_text(body, "busy");
}

static const char *
usersig_of(const struct client_rig *rig, size_t index, char out[2048])
{
	const char *from =
	    strstr(scripted_url(rig->scripted, index), "&usersig=");

	assert_non_null(from);
	(void)snprintf(out, 2048, "%.*s", (int)strcspn(from + 9, "&"),
	    from + 9);
	return out;
}

static void
an_hour_of_503_costs_three_calls(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result result;

	rig_open(rig);
	scripted_answer_by(rig->scripted, always_503, NULL);
	(void)rig_call(rig, CLIENT_BAN_LIST, &result);
	rig_run_ms(rig, HOUR_MS);
	assert_int_equal(scripted_count(rig->scripted), 3);
	assert_int_equal(result.calls, 1);
	assert_int_equal(result.attempts, 3);
	assert_int_equal(result.err.kind, ERR_HTTP);
	assert_int_equal(result.err.code, 503);
	assert_int_equal(rig->attempt_count, 3);
	assert_int_equal(rig->attempts[2].attempt, 3);
	assert_string_equal(rig->attempts[2].err.text, "HTTP 503: busy");
}

static void
the_waits_are_half_random_of_one_then_two_seconds(void **state)
{
	struct client_rig *rig = *state;
	int64_t first, shortest = INT64_MAX, longest = 0;
	size_t round;

	rig->config.rate = 200;
	rig_open(rig);
	scripted_answer_by(rig->scripted, always_503, NULL);
	for (round = 0; round < 50; round++) {
		(void)rig_call_once(rig);
		first = rig_waited_ms(rig, 3 * round);
		assert_in_range(first, 500, 1000);
		assert_in_range(rig_waited_ms(rig, 3 * round + 1), 1000, 2000);
		shortest = first < shortest ? first : shortest;
		longest = first > longest ? first : longest;
	}
	assert_true(shortest < 600 && longest > 900);
}

static void
faults_of_the_network_are_repeated(void **state)
{
	static const enum err_kind kinds[] = { ERR_NETWORK, ERR_TIMEOUT };
	struct client_rig *rig = *state;
	size_t i;

	rig_open(rig);
	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		rig_queue(rig, scripted_fault(kinds[i], 56));
		rig_queue(rig, scripted_status(408, ""));
		assert_int_equal(rig_call_once(rig).err.kind, ERR_NONE);
		assert_int_equal(scripted_count(rig->scripted), 3 * (i + 1));
	}
}

static void
faults_that_would_come_again_are_not_repeated(void **state)
{
	static const enum err_kind kinds[] = { ERR_TLS, ERR_DATA, ERR_LIMIT };
	struct client_rig *rig = *state;
	size_t i;

	rig_open(rig);
	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		rig_queue(rig, scripted_fault(kinds[i], 60));
		assert_int_equal(rig_call_once(rig).err.kind, kinds[i]);
		assert_int_equal(scripted_count(rig->scripted), i + 1);
	}
	rig_queue(rig, scripted_ok("<html>"));
	assert_int_equal(rig_call_once(rig).err.kind, ERR_DATA);
	rig_queue(rig, scripted_status(404, ""));
	assert_int_equal(rig_call_once(rig).err.code, 404);
	rig_queue(rig, rig_refusal(10007));
	assert_int_equal(rig_call_once(rig).err.code, 10007);
	rig_queue(rig, rig_refusal(70050));
	assert_int_equal(rig_call_once(rig).err.code, 70050);
	assert_int_equal(scripted_count(rig->scripted), i + 4);
}

static void
retry_after_is_waited_for(void **state)
{
	struct client_rig *rig = *state;
	struct scripted_reply reply = scripted_status(503, "");

	rig_open(rig);
	reply.retry_after_s = 7;
	rig_queue(rig, reply);
	reply.retry_after_s = 3600;
	rig_queue(rig, reply);
	assert_int_equal(rig_call_once(rig).err.kind, ERR_NONE);
	assert_int_equal(rig_waited_ms(rig, 0), 7000);
	assert_int_equal(rig_waited_ms(rig, 1), 60000);
}

/* -- too many calls -------------------------------------------------------- */

static void
too_many_calls_hold_all_the_others(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result refused, other;
	int64_t refused_ms;

	rig->config.rate = 200;
	rig_open(rig);
	rig_queue(rig, rig_refusal(60007));
	(void)rig_call(rig, CLIENT_BAN_LIST, &refused);
	rig_run_ms(rig, 100);
	refused_ms = rig_now_ms(rig);
	(void)rig_call(rig, CLIENT_PORTRAIT, &other);
	rig_run(rig);
	assert_true(other.done_ms - refused_ms >= 600);
	assert_int_equal(refused.err.kind, ERR_NONE);
	assert_int_equal(refused.attempts, 2);
}

static void
a_retry_by_the_user_ends_wait_and_pause(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result result;
	uint64_t id;

	rig_open(rig);
	rig_queue(rig, rig_refusal(60007));
	id = rig_call(rig, CLIENT_BAN_LIST, &result);
	rig_run_ms(rig, 101);
	client_retry_now(rig->client, id);
	rig_run(rig);
	assert_int_equal(result.calls, 1);
	assert_in_range(rig_waited_ms(rig, 0), 1, 10);
}

static void
a_refusal_of_a_call_asked_ahead_slows_down_too(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result ahead, other;

	rig->config.rate = 200;
	rig_open(rig);
	rig_queue(rig, rig_refusal(60007));
	(void)rig_call_quiet(rig, CLIENT_BAN_LIST, &ahead);
	rig_run_ms(rig, 100);
	assert_int_equal(ahead.calls, 1);
	(void)rig_call(rig, CLIENT_BAN_LIST, &other);
	rig_run(rig);
	assert_true(other.done_ms - ahead.done_ms >= 600);
}

/* -- the UserSig ----------------------------------------------------------- */

static void
a_refused_usersig_is_made_anew_once_and_at_once(void **state)
{
	struct client_rig *rig = *state;
	char first[2048], second[2048];

	rig_open(rig);
	rig_queue(rig, rig_refusal(70001));
	assert_int_equal(rig_call_once(rig).attempts, 2);
	assert_in_range(rig_waited_ms(rig, 0), 0, 10);
	assert_int_equal(rig->attempts[0].err.code, 70001);
	/* A tenth of a second later it may be the same text. */
	rig_queue(rig, rig_refusal(70001));
	fake_clock_advance_ms(&rig->clock, 5000);
	assert_int_equal(rig_call_once(rig).attempts, 2);
	assert_string_not_equal(usersig_of(rig, 2, first),
	    usersig_of(rig, 3, second));
}

static void
a_new_usersig_that_is_refused_too_is_the_end(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result result;

	rig_open(rig);
	rig_queue(rig, rig_refusal(70001));
	rig_queue(rig, rig_refusal(70003));
	result = rig_call_once(rig);
	assert_int_equal(result.err.code, 70003);
	assert_int_equal(scripted_count(rig->scripted), 2);
}

static void
a_new_usersig_comes_on_top_of_three_attempts(void **state)
{
	struct client_rig *rig = *state;
	struct client_status status;
	struct rig_result result;
	uint64_t id;

	rig_open(rig);
	rig_queue(rig, scripted_status(503, ""));
	rig_queue(rig, rig_refusal(70001));
	rig_queue(rig, scripted_status(503, ""));
	rig_queue(rig, scripted_status(503, ""));
	id = rig_call(rig, CLIENT_BAN_LIST, &result);
	while (scripted_count(rig->scripted) < 3)
		(void)rig_turn(rig);
	assert_true(client_status(rig->client, id, &status));
	assert_int_equal(status.attempts_max, 4);
	assert_int_equal(status.attempt, 3);
	rig_run(rig);
	assert_int_equal(result.attempts, 4);
	assert_int_equal(result.err.code, 503);
	assert_int_equal(scripted_count(rig->scripted), 4);
}

static void
a_new_usersig_takes_its_time_from_the_service(void **state)
{
	struct client_rig *rig = *state;
	struct scripted_reply reply = rig_refusal(70001);
	struct usersig_claims claims;
	char text[2048];
	struct err err;

	rig_open(rig);
	reply.date_s = RIG_WALL_S + 7200;
	rig_queue(rig, reply);
	(void)rig_call_once(rig);
	(void)usersig_of(rig, 0, text);
	assert_true(usersig_decode(text, strlen(text), &claims, &err));
	assert_in_range(claims.made_at, RIG_WALL_S - 10, RIG_WALL_S);
	(void)usersig_of(rig, 1, text);
	assert_true(usersig_decode(text, strlen(text), &claims, &err));
	assert_in_range(claims.made_at, RIG_WALL_S + 7190, RIG_WALL_S + 7201);
}

static void
two_refusals_of_one_usersig_make_one_new(void **state)
{
	struct client_rig *rig = *state;
	struct scripted_reply late = rig_refusal(70001);
	struct rig_result first, second;
	char one[2048], other[2048];

	rig->config.rate = 200;
	rig_open(rig);
	rig_queue(rig, late);
	late.delay_ms = 5000;
	rig_queue(rig, late);
	(void)rig_call(rig, CLIENT_BAN_LIST, &first);
	(void)rig_call(rig, CLIENT_BAN_LIST, &second);
	rig_run_ms(rig, 3000);
	/* The first has its new one; time goes on before the second. */
	assert_int_equal(first.calls, 1);
	rig_run(rig);
	assert_int_equal(second.err.kind, ERR_NONE);
	assert_int_equal(scripted_count(rig->scripted), 4);
	assert_string_equal(usersig_of(rig, 2, one), usersig_of(rig, 3, other));
}

/* @return a ready-made one that ends so many seconds after now. */
static struct credential *
supply(const struct client_rig *rig, int64_t left_s)
{
	static const char key[] = "00112233445566778899aabbccddeeff"
	                          "00112233445566778899aabbccddeeff";
	struct usersig_claims claims = { .app_id = 1400000123,
		.account = "administrator",
		.made_at = clock_wall_s(&rig->clock.clock) - 86400,
		.life_s = 86400 + left_s };
	struct credential *credential;
	struct buf text;
	struct err err;

	buf_init(&text, USERSIG_TEXT_MAX);
	assert_true(usersig_make(&claims, key, sizeof key - 1, &text, &err));
	credential = credential_create_usersig(0, NULL, buf_text(&text),
	    text.len, clock_wall_s(&rig->clock.clock), &err);
	assert_non_null(credential);
	buf_wipe(&text);
	return credential;
}

static void
a_supplied_usersig_that_is_refused_is_not_sent_again(void **state)
{
	struct client_rig *rig = *state;

	rig->config.credential = supply(rig, 3600);
	rig_open(rig);
	rig_queue(rig, rig_refusal(70001));
	assert_int_equal(rig_call_once(rig).err.code, 70001);
	assert_int_equal(scripted_count(rig->scripted), 1);
}

static void
a_supplied_usersig_that_has_ended_is_not_sent_at_all(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result result;

	rig->config.credential = supply(rig, 600);
	rig_open(rig);
	fake_clock_advance_ms(&rig->clock, 601 * 1000);
	result = rig_call_once(rig);
	assert_int_equal(result.err.kind, ERR_CREDENTIAL);
	assert_int_equal(scripted_count(rig->scripted), 0);
	assert_int_equal(client_calls(rig->client), 0);
	assert_int_equal(rig->attempt_count, 1);
	assert_int_equal(rig->attempts[0].err.kind, ERR_CREDENTIAL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_hour_of_503_costs_three_calls),
		TEST(the_waits_are_half_random_of_one_then_two_seconds),
		TEST(faults_of_the_network_are_repeated),
		TEST(faults_that_would_come_again_are_not_repeated),
		TEST(retry_after_is_waited_for),
		TEST(too_many_calls_hold_all_the_others),
		TEST(a_retry_by_the_user_ends_wait_and_pause),
		TEST(a_refusal_of_a_call_asked_ahead_slows_down_too),
		TEST(a_refused_usersig_is_made_anew_once_and_at_once),
		TEST(a_new_usersig_that_is_refused_too_is_the_end),
		TEST(a_new_usersig_comes_on_top_of_three_attempts),
		TEST(a_new_usersig_takes_its_time_from_the_service),
		TEST(two_refusals_of_one_usersig_make_one_new),
		TEST(a_supplied_usersig_that_is_refused_is_not_sent_again),
		TEST(a_supplied_usersig_that_has_ended_is_not_sent_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
