/*
 * Calls of the service: each is queued until the rate lets it start, in flight
 * until it is answered, or waits for its next attempt. Calls stand in the order
 * in which they were made; those that are needed start before those asked
 * ahead. A call leaves the list before its callback runs, and one that was
 * cancelled is gone: nothing of the network can reach it any more. What happens
 * from the start of an attempt to its end is client_attempt's.
 */
#include "api_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

int64_t
client_mono_ms(const struct client *client)
{
	return clock_mono_ms(client->config.clock);
}

static struct client_call *
find_call(const struct client *client, uint64_t id)
{
	struct client_call *call = client->calls;

	while (call != NULL && call->id != id)
		call = call->next;
	return call;
}

void
client_unlink(struct client *client, const struct client_call *call)
{
	struct client_call **at = &client->calls;

	while (*at != call)
		at = &(*at)->next;
	*at = call->next;
}

void
client_call_free(struct client_call *call)
{
	buf_wipe(&call->usersig);
	free(call->texts);
	free(call);
}

static void
drop_call(struct client *client, struct client_call *call)
{
	const struct transport *transport = client->config.transport;

	client_unlink(client, call);
	if (call->phase == CLIENT_IN_FLIGHT)
		transport->ops->cancel(transport->self, call->transport_id);
	client_call_free(call);
}

/* @return when a queued call of its kind may start, the rate aside. */
static int64_t
kind_start_ms(const struct client *client, const struct client_call *call)
{
	return call->request.command == CLIENT_GROUP_LIST
	    ? client->group_list_next_ms
	    : INT64_MIN;
}

static struct client_call *
next_startable(const struct client *client, bool quiet, int64_t mono_ms)
{
	struct client_call *call;

	for (call = client->calls; call != NULL; call = call->next) {
		if (call->phase == CLIENT_QUEUED &&
		    call->request.quiet == quiet &&
		    kind_start_ms(client, call) <= mono_ms)
			return call;
	}
	return NULL;
}

static void
end_waits(struct client *client, int64_t mono_ms)
{
	struct client_call *call;

	for (call = client->calls; call != NULL; call = call->next) {
		if (call->phase == CLIENT_WAITING &&
		    call->next_try_ms <= mono_ms)
			call->phase = CLIENT_QUEUED;
	}
}

void
client_run(struct client *client)
{
	int64_t mono_ms = client_mono_ms(client);
	struct client_call *call;

	end_waits(client, mono_ms);
	while (limiter_wait_ms(&client->limiter, mono_ms) == 0) {
		call = next_startable(client, false, mono_ms);
		if (call == NULL)
			call = next_startable(client, true, mono_ms);
		if (call == NULL)
			break;
		client_attempt_start(client, call, mono_ms);
	}
}

int64_t
client_deadline_ms(const struct client *client)
{
	int64_t mono_ms = client_mono_ms(client);
	int64_t free_ms = mono_ms + limiter_wait_ms(&client->limiter, mono_ms);
	int64_t deadline_ms = INT64_MAX;
	const struct client_call *call;

	for (call = client->calls; call != NULL; call = call->next) {
		int64_t at_ms = INT64_MAX;

		switch (call->phase) {
		case CLIENT_QUEUED:
			at_ms = kind_start_ms(client, call);
			if (at_ms < free_ms)
				at_ms = free_ms;
			break;
		case CLIENT_IN_FLIGHT:
			break;
		case CLIENT_WAITING:
			at_ms = call->next_try_ms;
			break;
		}
		if (at_ms < deadline_ms)
			deadline_ms = at_ms;
	}
	return deadline_ms;
}

struct client *
client_create(const struct client_config *config)
{
	struct client *client = mem_alloc(sizeof *client);

	client->config = *config;
	client->random = config->seed;
	limiter_init(&client->limiter, config->rate);
	service_clock_init(&client->service_clock);
	client->group_list_next_ms = INT64_MIN;
	client->backup_until_ms = INT64_MIN;
	return client;
}

void
client_destroy(struct client *client)
{
	if (client == NULL)
		return;
	while (client->calls != NULL)
		drop_call(client, client->calls);
	free(client);
}

static void
copy_texts(struct client_call *call, const struct client_request *request)
{
	size_t subject_len = strlen(request->subject);

	assert(request->body_len <= CLIENT_BODY_MAX);
	call->texts = mem_alloc(subject_len + 1 + request->body_len + 1);
	memcpy(call->texts, request->subject, subject_len);
	memcpy(call->texts + subject_len + 1, request->body, request->body_len);
	call->request = *request;
	call->request.subject = call->texts;
	call->request.body = call->texts + subject_len + 1;
}

uint64_t
client_call(struct client *client, const struct client_request *request,
    client_done_fn done, void *user)
{
	struct client_call *call = mem_alloc(sizeof *call);
	struct client_call **last = &client->calls;

	copy_texts(call, request);
	buf_init(&call->usersig, USERSIG_TEXT_MAX);
	call->client = client;
	call->id = ++client->last_id;
	call->done = done;
	call->user = user;
	call->phase = CLIENT_QUEUED;
	call->attempt = 1;
	while (*last != NULL)
		last = &(*last)->next;
	*last = call;
	return call->id;
}

void
client_cancel(struct client *client, uint64_t id)
{
	struct client_call *call = find_call(client, id);

	if (call != NULL)
		drop_call(client, call);
}

bool
client_status(const struct client *client, uint64_t id,
    struct client_status *out)
{
	const struct client_call *call = find_call(client, id);

	if (call == NULL)
		return false;
	out->phase = call->phase;
	out->attempt = call->attempt;
	out->attempts_max = CLIENT_ATTEMPTS_MAX + (call->renewed ? 1 : 0);
	if (call->request.quiet)
		out->attempts_max = 1;
	out->next_try_ms = call->next_try_ms;
	out->started_ms = call->started_ms;
	out->err = call->err;
	return true;
}

void
client_retry_now(struct client *client, uint64_t id)
{
	struct client_call *call = find_call(client, id);

	if (call == NULL || call->phase == CLIENT_IN_FLIGHT)
		return;
	call->phase = CLIENT_QUEUED;
	limiter_resume(&client->limiter);
}

const struct service_clock *
client_service_clock(const struct client *client)
{
	return &client->service_clock;
}

int64_t
client_service_now_s(const struct client *client)
{
	return clock_wall_s(client->config.clock) +
	    service_clock_offset_s(&client->service_clock);
}

int
client_rate(const struct client *client)
{
	return client->config.rate;
}

int
client_rate_in_use(const struct client *client)
{
	return limiter_in_use(&client->limiter, client_mono_ms(client));
}

void
client_clock_jumped(struct client *client)
{
	service_clock_reset(&client->service_clock);
}

int64_t
client_calls(const struct client *client)
{
	return client->attempts;
}

const struct region *
client_region(const struct client *client)
{
	return &client->config.region;
}
