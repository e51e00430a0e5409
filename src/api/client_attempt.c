/*
 * One attempt of a call, from its start to what follows from its end. What to
 * do after a failure is retry's to say, what a reply amounts to
 * client_answer's; here the call and the client are moved on accordingly.
 */
#include "api_priv.h"

#include "bantop/api/retry.h"

/* splitmix64: the random half of a wait needs no more. */
static uint64_t
next_random(struct client *client)
{
	uint64_t z;

	client->random += UINT64_C(0x9e3779b97f4a7c15);
	z = client->random;
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static int64_t
draw_wait_ms(struct client *client, const struct retry_plan *plan)
{
	uint64_t span = (uint64_t)(plan->wait_max_ms - plan->wait_min_ms) + 1;

	return plan->wait_min_ms + (int64_t)(next_random(client) % span);
}

/* Ends the call: it is gone when its callback runs. */
static void
finish_call(struct client *client, struct client_call *call,
    const struct client_answer *answer)
{
	struct client_reply reply = {
		.err = answer->err,
		.document = answer->document,
		.received_at = clock_wall_s(client->config.clock),
		.attempts = call->attempt,
		.took_ms = client_mono_ms(client) - call->started_ms,
	};

	client_unlink(client, call);
	call->done(&reply, call->user);
	client_call_free(call);
}

static const char *
host_of(const struct client *client, const struct client_call *call)
{
	return call->backup ? client->config.region.backup
	                    : client->config.region.host;
}

static void
report_attempt(const struct client *client, const struct client_call *call,
    const struct transport_reply *reply, const struct client_answer *answer)
{
	struct client_attempt attempt = {
		.command = call->request.command,
		.subject = call->request.subject,
		.offset = call->request.offset,
		.limit = call->request.limit,
		.attempt = call->attempt,
		.quiet = call->request.quiet,
		.backup = call->backup,
		.host = host_of(client, call),
		.body = call->request.body,
		.body_len = call->request.body_len,
		.err = answer->err,
		.reply = *reply,
		.request_id = answer->request_id,
	};

	attempt.reply.body = NULL;
	attempt.reply.body_len = 0;
	if (client->config.observe != NULL)
		client->config.observe(&attempt, client->config.observe_user);
}

static bool
has_backup(const struct client *client)
{
	return client->config.region.backup[0] != '\0';
}

/* Which host the next calls begin with. */
static void
learn_host(struct client *client, const struct client_call *call,
    enum err_kind kind)
{
	if (kind == ERR_LOOKUP || kind == ERR_CONNECT) {
		if (call->backup)
			client->backup_until_ms = 0;
	} else if (kind == ERR_NONE) {
		client->backup_until_ms = call->backup
		    ? client_mono_ms(client) + CLIENT_BACKUP_KEPT_MS
		    : 0;
	}
}

/* Another call may have had a new UserSig made since this one was sent. */
static void
renew_usersig(struct client *client, struct client_call *call)
{
	if (call->signature == client->signature) {
		(void)credential_renew(client->config.credential);
		client->signature++;
	}
	call->renewed = true;
}

static void
repeat_call(struct client *client, struct client_call *call,
    const struct retry_plan *plan, int64_t wait_ms)
{
	call->attempt++;
	call->phase = CLIENT_QUEUED;
	if (plan->action == RETRY_RENEW) {
		renew_usersig(client, call);
		return;
	}
	call->failures++;
	if (call->err.kind == ERR_LOOKUP || call->err.kind == ERR_CONNECT)
		call->backup = has_backup(client) && !call->backup;
	if (plan->other_host) {
		call->diverted = true;
		return;
	}
	call->waits++;
	call->phase = CLIENT_WAITING;
	call->next_try_ms = client_mono_ms(client) + wait_ms;
}

static struct retry_plan
plan_after(const struct client *client, const struct client_call *call,
    const struct err *err, int64_t retry_after_s)
{
	struct retry_facts facts = {
		.kind = err->kind,
		.code = err->code,
		.retry_after_s = retry_after_s,
		.failures = call->failures + 1,
		.waits = call->waits,
		.renewed = call->renewed,
		.can_renew = credential_can_renew(client->config.credential),
		.other_host = has_backup(client) && !call->diverted,
	};

	return retry_plan(&facts);
}

static void
end_failed_attempt(struct client *client, struct client_call *call,
    const struct client_answer *answer, int64_t retry_after_s)
{
	struct retry_plan plan =
	    plan_after(client, call, &answer->err, retry_after_s);
	int64_t wait_ms = draw_wait_ms(client, &plan);

	if (plan.slow_down)
		limiter_pause(&client->limiter, client_mono_ms(client),
		    wait_ms);
	if (plan.action == RETRY_GIVE_UP || call->request.quiet) {
		finish_call(client, call, answer);
		return;
	}
	call->err = answer->err;
	repeat_call(client, call, &plan, wait_ms);
}

/* The service counts by when calls arrive, and the first of a connection
 * arrives late: the next one, a second after its start, would be refused. */
static void
space_group_lists(struct client *client)
{
	int64_t next_ms = client_mono_ms(client) + CLIENT_GROUP_LIST_AFTER_MS;

	if (client->group_list_next_ms < next_ms)
		client->group_list_next_ms = next_ms;
}

static void
attempt_done(const struct transport_reply *reply, void *user)
{
	struct client_call *call = user;
	struct client *client = call->client;
	struct client_answer answer;

	/* A proxy's clock is not the service's: only its own replies count. */
	if (reply->err.kind == ERR_NONE && reply->status == 200)
		service_clock_observe(&client->service_clock, reply->date_s,
		    reply->sent_wall_ms, reply->done_wall_ms);
	if (call->request.command == CLIENT_GROUP_LIST)
		space_group_lists(client);
	client_answer_read(call->request.command, reply,
	    buf_text(&call->usersig), &answer);
	learn_host(client, call, answer.err.kind);
	report_attempt(client, call, reply, &answer);
	if (answer.err.kind == ERR_NONE)
		finish_call(client, call, &answer);
	else
		end_failed_attempt(client, call, &answer, reply->retry_after_s);
	client_answer_release(&answer);
}

/* Nothing was sent: there is no UserSig to send it with. */
static void
end_unsent(struct client *client, struct client_call *call,
    const struct err *err)
{
	struct client_answer answer = { .err = *err };
	struct transport_reply reply = {
		.err = *err,
		.date_s = -1,
		.sent_wall_ms = clock_wall_ms(client->config.clock),
		.done_wall_ms = clock_wall_ms(client->config.clock),
		.retry_after_s = -1,
		.timing = { -1, -1, -1, -1, -1 },
	};

	report_attempt(client, call, &reply, &answer);
	finish_call(client, call, &answer);
}

static void
send_call(struct client *client, struct client_call *call)
{
	const struct transport *transport = client->config.transport;
	struct client_address address = {
		.host = host_of(client, call),
		.command = call->request.command,
		.app_id = credential_app_id(client->config.credential),
		.admin = credential_admin(client->config.credential),
		.usersig = buf_text(&call->usersig),
		.random = usersig_random(),
	};
	struct buf url;
	struct transport_request request;

	buf_init(&url, CLIENT_URL_MAX);
	client_url_write(&address, &url);
	request = (struct transport_request){
		.url = buf_text(&url),
		.body = call->request.body,
		.body_len = call->request.body_len,
		.connect_timeout_s = client->config.connect_timeout_s,
		.timeout_s = client->config.timeout_s,
	};
	call->transport_id = transport->ops->start(transport->self, &request,
	    attempt_done, call);
	buf_wipe(&url);
}

void
client_attempt_start(struct client *client, struct client_call *call,
    int64_t mono_ms)
{
	struct err err = { .kind = ERR_NONE };
	const char *usersig;

	call->started_ms = mono_ms;
	if (call->attempt == 1)
		call->backup =
		    has_backup(client) && mono_ms < client->backup_until_ms;
	usersig = credential_usersig(client->config.credential,
	    client_service_now_s(client), &err);
	if (usersig == NULL) {
		end_unsent(client, call, &err);
		return;
	}
	buf_wipe(&call->usersig);
	buf_put_text(&call->usersig, usersig);
	call->signature = client->signature;
	limiter_take(&client->limiter, mono_ms);
	if (call->request.command == CLIENT_GROUP_LIST)
		client->group_list_next_ms =
		    mono_ms + CLIENT_GROUP_LIST_SPACING_MS;
	call->phase = CLIENT_IN_FLIGHT;
	client->attempts++;
	send_call(client, call);
}
