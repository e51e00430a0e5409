/*
 * A client on a fake clock and a scripted network. A turn is as the program's:
 * the clock goes to the nearest deadline, the network calls back, the client
 * starts what may start.
 */
#include "client_rig.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

static void
keep_attempt(const struct client_attempt *attempt, void *user)
{
	struct client_rig *rig = user;
	struct rig_attempt *kept;

	rig->attempts = mem_grow(rig->attempts, rig->attempt_count + 1,
	    sizeof rig->attempts[0]);
	kept = &rig->attempts[rig->attempt_count++];
	*kept = (struct rig_attempt){ .command = attempt->command,
		.offset = attempt->offset,
		.attempt = attempt->attempt,
		.quiet = attempt->quiet,
		.backup = attempt->backup,
		.err = attempt->err,
		.status = attempt->reply.status };
	(void)snprintf(kept->host, sizeof kept->host, "%s", attempt->host);
	(void)snprintf(kept->subject, sizeof kept->subject, "%s",
	    attempt->subject);
	(void)snprintf(kept->request_id, sizeof kept->request_id, "%s",
	    attempt->request_id);
	assert(attempt->reply.body == NULL);
}

static struct credential *
make_credential(void)
{
	static const char key[] = "00112233445566778899aabbccddeeff"
	                          "00112233445566778899aabbccddeeff";
	struct credential *credential;
	struct err err;

	credential = credential_create_key(1400000123, "administrator", key,
	    sizeof key - 1, &err);
	assert(credential != NULL);
	return credential;
}

void
rig_init(struct client_rig *rig)
{
	*rig = (struct client_rig){ .client = NULL };
	fake_clock_init(&rig->clock, RIG_WALL_S);
	rig->scripted = scripted_create(&rig->clock.clock);
	rig->transport = scripted_transport(rig->scripted);
	rig->credential = make_credential();
	rig->config = (struct client_config){
		.transport = &rig->transport,
		.clock = &rig->clock.clock,
		.credential = rig->credential,
		.region = { .key = "sgp",
		    .host = "primary.example",
		    .backup = "backup.example" },
		.rate = 10,
		.connect_timeout_s = 5,
		.timeout_s = 15,
		.seed = 42,
		.observe = keep_attempt,
		.observe_user = rig,
	};
}

void
rig_open(struct client_rig *rig)
{
	/* A test may have put another one in. */
	if (rig->config.credential != rig->credential) {
		credential_destroy(rig->credential);
		rig->credential = rig->config.credential;
	}
	rig->client = client_create(&rig->config);
}

void
rig_release(struct client_rig *rig)
{
	client_destroy(rig->client);
	credential_destroy(rig->credential);
	scripted_destroy(rig->scripted);
	free(rig->attempts);
}

int64_t
rig_now_ms(const struct client_rig *rig)
{
	return clock_mono_ms(&rig->clock.clock);
}

static void
keep_reply(const struct client_reply *reply, void *user)
{
	struct rig_result *result = user;

	result->calls++;
	result->err = reply->err;
	result->attempts = reply->attempts;
	result->has_document = reply->document != NULL;
	result->took_ms = reply->took_ms;
	result->done_ms = rig_now_ms(result->rig);
}

uint64_t
rig_ask(struct client_rig *rig, const struct client_request *request,
    struct rig_result *result)
{
	*result = (struct rig_result){ .rig = rig };
	return client_call(rig->client, request, keep_reply, result);
}

static uint64_t
call(struct client_rig *rig, enum client_command command, bool quiet,
    struct rig_result *result)
{
	struct client_request request = { .command = command,
		.subject = "group",
		.body = "{}",
		.body_len = 2,
		.quiet = quiet };

	return rig_ask(rig, &request, result);
}

uint64_t
rig_call(struct client_rig *rig, enum client_command command,
    struct rig_result *result)
{
	return call(rig, command, false, result);
}

uint64_t
rig_call_quiet(struct client_rig *rig, enum client_command command,
    struct rig_result *result)
{
	return call(rig, command, true, result);
}

void
rig_queue(struct client_rig *rig, struct scripted_reply reply)
{
	scripted_queue(rig->scripted, &reply);
}

static void
answer_ok(const struct transport_request *request, struct scripted_reply *reply,
    struct buf *body, void *user)
{
	(void)request;
	(void)reply;
	(void)user;
	buf_put_text(body,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\"}");
}

void
rig_answer_ok(struct client_rig *rig)
{
	scripted_answer_by(rig->scripted, answer_ok, NULL);
}

static int64_t
next_deadline_ms(const struct client_rig *rig)
{
	int64_t network_ms = scripted_deadline_ms(rig->scripted);
	int64_t client_ms = client_deadline_ms(rig->client);

	return network_ms < client_ms ? network_ms : client_ms;
}

static void
turn_at(struct client_rig *rig, int64_t at_ms)
{
	if (at_ms > rig_now_ms(rig))
		fake_clock_advance_ms(&rig->clock, at_ms - rig_now_ms(rig));
	scripted_dispatch(rig->scripted);
	client_run(rig->client);
}

bool
rig_turn(struct client_rig *rig)
{
	int64_t at_ms = next_deadline_ms(rig);

	if (at_ms == INT64_MAX)
		return false;
	turn_at(rig, at_ms);
	return true;
}

void
rig_run(struct client_rig *rig)
{
	size_t turns = 0;

	while (rig_turn(rig)) {
		turns++;
		assert(turns < 1000000);
	}
}

void
rig_run_ms(struct client_rig *rig, int64_t ms)
{
	int64_t end_ms = rig_now_ms(rig) + ms;
	int64_t at_ms = next_deadline_ms(rig);

	while (at_ms <= end_ms) {
		turn_at(rig, at_ms);
		at_ms = next_deadline_ms(rig);
	}
	if (end_ms > rig_now_ms(rig))
		fake_clock_advance_ms(&rig->clock, end_ms - rig_now_ms(rig));
}

struct scripted_reply
rig_refusal(int code)
{
	/* The text of the body is copied when the reply is queued. */
	static char body[128];

	(void)snprintf(body, sizeof body,
	    "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":%d,\"ErrorInfo\":\"no\"}",
	    code);
	return scripted_ok(body);
}

struct rig_result
rig_call_once(struct client_rig *rig)
{
	struct rig_result result;

	(void)rig_call(rig, CLIENT_BAN_LIST, &result);
	rig_run(rig);
	assert(result.calls == 1);
	return result;
}

int64_t
rig_waited_ms(const struct client_rig *rig, size_t index)
{
	return scripted_started_ms(rig->scripted, index + 1) -
	    scripted_started_ms(rig->scripted, index) - 100;
}
