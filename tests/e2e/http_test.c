/*
 * The network room against a real server: what a good reply tells, and that
 * every bad one ends as the fault that it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/net/http.h"
#include "e2e/support/deadline.h"
#include "e2e/support/sim.h"

enum { CALLS_MAX = 8 };

struct call {
	int calls;
	struct transport_reply reply;
	char body[256]; /* the beginning of it */
};

/* A simulator and a network that trusts it. */
struct rig {
	struct sim sim;
	struct http *http;
	struct transport transport;
	struct call call[CALLS_MAX];
};

static void
called(const struct transport_reply *reply, void *user)
{
	struct call *call = user;

	call->calls++;
	call->reply = *reply;
	call->reply.body = NULL;
	(void)snprintf(call->body, sizeof(call->body), "%s", reply->body);
}

static void
rig_open(struct rig *rig, void **state, const char *const *options)
{
	struct http_config config = {
		.clock = clock_system(),
		.connections_max = 4,
	};
	struct err err = { 0 };

	memset(rig, 0, sizeof(*rig));
	sim_start(&rig->sim, *state, options);
	config.cacert = rig->sim.cacert;
	rig->http = http_create(&config, &err);
	if (rig->http == NULL)
		fail_msg("%s", err.text);
	rig->transport = http_transport(rig->http);
}

static void
rig_open_fault(struct rig *rig, void **state, const char *fault)
{
	const char *options[] = { "--fault", fault, NULL };

	rig_open(rig, state, options);
}

static void
rig_close(struct rig *rig)
{
	http_destroy(rig->http);
	sim_stop(&rig->sim);
}

static uint64_t
post(struct rig *rig, size_t index, int timeout_s)
{
	static const char body[] =
	    "{\"GroupId\":\"x\",\"Limit\":100,\"Offset\":0}";
	struct transport_request request = {
		.body = body,
		.body_len = sizeof(body) - 1,
		.connect_timeout_s = 10,
		.timeout_s = timeout_s,
	};
	char url[1024];

	(void)snprintf(url, sizeof(url),
	    "%s/v4/group_open_http_svc/get_group_ban_member?sdkappid=%s&"
	    "identifier=%s&usersig=TOPSECRET&random=1&contenttype=json",
	    rig->sim.url, rig->sim.app_id, rig->sim.admin);
	request.url = url;
	return rig->transport.ops->start(rig->transport.self, &request, called,
	    &rig->call[index]);
}

static void
turn(struct rig *rig, int64_t deadline_ms)
{
	if (deadline_left_ms(deadline_ms) == 0)
		fail_msg("the call does not end");
	http_wait(rig->http, NULL, 0, deadline_left_ms(deadline_ms));
	http_run(rig->http);
}

static const struct transport_reply *
finish(struct rig *rig, size_t index)
{
	int64_t deadline_ms = deadline_in_s(DEADLINE_USUAL_S);

	while (rig->call[index].calls == 0)
		turn(rig, deadline_ms);
	assert_int_equal(rig->call[index].calls, 1);
	assert_null(strstr(rig->call[index].reply.err.text, "TOPSECRET"));
	return &rig->call[index].reply;
}

static const struct transport_reply *
ask(struct rig *rig, size_t index)
{
	(void)post(rig, index, 10);
	return finish(rig, index);
}

/* One call to a server with that fault. */
static void
check_fault(void **state, const char *fault, enum err_kind kind,
    const char *text)
{
	const struct transport_reply *reply;
	struct rig rig;

	rig_open_fault(&rig, state, fault);
	reply = ask(&rig, 0);
	if (reply->err.kind != kind || strstr(reply->err.text, text) == NULL)
		fail_msg("%s: %s: %s", fault, err_kind_name(reply->err.kind),
		    reply->err.text);
	rig_close(&rig);
}

static void
a_reply_tells_all_about_itself(void **state)
{
	/* Who has much to do notes late that the call was sent. */
	enum { WAIT_MIN_MS = 100 };
	const char *options[] = { "--latency", "300", NULL };
	const struct transport_reply *reply;
	struct rig rig;

	rig_open(&rig, state, options);
	reply = ask(&rig, 0);
	assert_int_equal(reply->err.kind, ERR_NONE);
	assert_int_equal(reply->status, 200);
	assert_non_null(strstr(rig.call[0].body, "\"ActionStatus\""));
	assert_int_equal(reply->http_version, 11);
	assert_string_equal(reply->peer, "127.0.0.1");
	assert_true(reply->bytes_sent > 100);
	assert_true(reply->bytes_received > (int64_t)reply->body_len);
	assert_true(reply->timing.lookup_ms >= 0);
	assert_true(reply->timing.connect_ms >= 0);
	assert_true(reply->timing.tls_ms >= 0);
	assert_true(reply->timing.wait_ms >= WAIT_MIN_MS);
	assert_true(reply->timing.total_ms >= reply->timing.wait_ms);
	assert_true(reply->done_wall_ms - reply->sent_wall_ms >= WAIT_MIN_MS);
	assert_true(reply->done_wall_ms - reply->sent_wall_ms <=
	    reply->timing.total_ms + 1);
	assert_in_range(reply->date_s, reply->sent_wall_ms / 1000 - 1,
	    reply->done_wall_ms / 1000 + 1);
	assert_int_equal(reply->retry_after_s, -1);
	rig_close(&rig);
}

static void
a_connection_is_kept(void **state)
{
	const struct transport_reply *reply;
	struct sim_request first, second;
	struct rig rig;

	rig_open(&rig, state, NULL);
	(void)ask(&rig, 0);
	reply = ask(&rig, 1);
	assert_int_equal(reply->timing.connect_ms, -1);
	assert_int_equal(reply->timing.tls_ms, -1);
	sim_wait_count(&rig.sim, NULL, -1, 2);
	sim_request_at(&rig.sim, 0, &first);
	sim_request_at(&rig.sim, 1, &second);
	assert_int_equal(first.connection, second.connection);
	assert_string_equal(first.method, "POST");
	rig_close(&rig);
}

static void
calls_run_side_by_side(void **state)
{
	const char *options[] = { "--latency", "100", NULL };
	struct sim_request request;
	struct rig rig;
	size_t i;

	rig_open(&rig, state, options);
	for (i = 0; i < 4; i++)
		(void)post(&rig, i, 10);
	for (i = 0; i < 4; i++)
		assert_int_equal(finish(&rig, i)->status, 200);
	sim_wait_count(&rig.sim, NULL, -1, 4);
	sim_request_at(&rig.sim, 3, &request);
	assert_true(request.open > 1);
	rig_close(&rig);
}

static void
an_error_status_is_a_reply(void **state)
{
	const char *options[] = { "--fault", "http:503", "--fault",
		"retry-after:17", NULL };
	const struct transport_reply *reply;
	struct rig rig;

	rig_open(&rig, state, options);
	reply = ask(&rig, 0);
	assert_int_equal(reply->err.kind, ERR_NONE);
	assert_int_equal(reply->status, 503);
	assert_int_equal(reply->retry_after_s, 17);
	rig_close(&rig);
}

static void
a_redirect_is_not_followed(void **state)
{
	struct sim other;
	char fault[HOME_PATH_MAX + 16];
	struct rig rig;

	sim_start(&other, *state, NULL);
	(void)snprintf(fault, sizeof(fault), "redirect:%s/", other.url);
	rig_open_fault(&rig, state, fault);
	assert_int_equal(ask(&rig, 0)->status, 302);
	rig_close(&rig);
	assert_int_equal(sim_request_count(&other), 0);
	sim_stop(&other);
}

static void
no_date_is_no_date(void **state)
{
	struct rig rig;

	rig_open_fault(&rig, state, "nodate");
	assert_int_equal(ask(&rig, 0)->date_s, -1);
	rig_close(&rig);
}

static void
each_bad_reply_is_its_own_fault(void **state)
{
	check_fault(state, "gzip", ERR_DATA, "encoded (gzip)");
	check_fault(state, "huge", ERR_LIMIT, "larger than 512 KiB");
	check_fault(state, "headers", ERR_LIMIT, "larger than 64 KiB");
	check_fault(state, "cut", ERR_NETWORK, "before the answer was whole");
	check_fault(state, "drop", ERR_NETWORK, "without an answer");
}

static void
each_bad_certificate_is_its_own_fault(void **state)
{
	check_fault(state, "cert:expired", ERR_TLS, "expired");
	check_fault(state, "cert:notyet", ERR_TLS, "not yet valid");
	check_fault(state, "cert:host", ERR_TLS, "another host name");
	check_fault(state, "cert:unknown", ERR_TLS, "issuer is unknown");
	check_fault(state, "cert:selfsigned", ERR_TLS, "self-signed");
	check_fault(state, "tls11", ERR_TLS, "only an old TLS version");
}

static void
a_silent_server_is_a_timeout(void **state)
{
	const struct transport_reply *reply;
	struct rig rig;

	rig_open_fault(&rig, state, "hang");
	(void)post(&rig, 0, 1);
	reply = finish(&rig, 0);
	assert_int_equal(reply->err.kind, ERR_TIMEOUT);
	assert_string_equal(reply->err.text, "no answer from 127.0.0.1 in 1 s");
	assert_int_equal(reply->timing.wait_ms, -1);
	rig_close(&rig);
}

static void
a_server_that_drips_is_a_timeout(void **state)
{
	const struct transport_reply *reply;
	struct rig rig;

	rig_open_fault(&rig, state, "drip:50");
	(void)post(&rig, 0, 1);
	reply = finish(&rig, 0);
	assert_int_equal(reply->err.kind, ERR_TIMEOUT);
	assert_string_equal(reply->err.text,
	    "the answer of 127.0.0.1 was not whole after 1 s");
	assert_int_equal(reply->status, 200);
	rig_close(&rig);
}

static void
a_cancelled_call_stays_silent(void **state)
{
	struct http_watch watch = { 0 };
	struct rig rig;
	uint64_t id;
	int64_t deadline_ms = deadline_in_s(DEADLINE_USUAL_S);

	rig_open_fault(&rig, state, "hang@anyx1");
	id = post(&rig, 0, 10);
	watch.fd = rig.sim.news_fd;
	while (!watch.ready) {
		assert_true(deadline_left_ms(deadline_ms) > 0);
		http_wait(rig.http, &watch, 1, deadline_left_ms(deadline_ms));
		http_run(rig.http);
	}
	assert_int_equal(sim_request_count(&rig.sim), 1);
	rig.transport.ops->cancel(rig.transport.self, id);
	assert_int_equal(ask(&rig, 1)->status, 200);
	assert_int_equal(rig.call[0].calls, 0);
	rig_close(&rig);
}

static void
an_authority_that_is_not_named_is_not_trusted(void **state)
{
	const struct http_config config = {
		.clock = clock_system(),
		.connections_max = 1,
	};
	struct err err = { 0 };
	struct rig rig;

	memset(&rig, 0, sizeof(rig));
	sim_start(&rig.sim, *state, NULL);
	rig.http = http_create(&config, &err);
	assert_non_null(rig.http);
	rig.transport = http_transport(rig.http);
	assert_int_equal(ask(&rig, 0)->err.kind, ERR_TLS);
	assert_int_equal(sim_request_count(&rig.sim), 0);
	rig_close(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reply_tells_all_about_itself),
		cmocka_unit_test(a_connection_is_kept),
		cmocka_unit_test(calls_run_side_by_side),
		cmocka_unit_test(an_error_status_is_a_reply),
		cmocka_unit_test(a_redirect_is_not_followed),
		cmocka_unit_test(no_date_is_no_date),
		cmocka_unit_test(each_bad_reply_is_its_own_fault),
		cmocka_unit_test(each_bad_certificate_is_its_own_fault),
		cmocka_unit_test(a_silent_server_is_a_timeout),
		cmocka_unit_test(a_server_that_drips_is_a_timeout),
		cmocka_unit_test(a_cancelled_call_stays_silent),
		cmocka_unit_test(an_authority_that_is_not_named_is_not_trusted),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
