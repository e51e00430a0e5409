/*
 * A network from a script. Every request is kept for good, so that a test can
 * look at it afterwards; one that has ended or was cancelled has no callback
 * any more.
 */
#include "scripted_transport.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

struct exchange {
	struct transport_request request; /* its texts are owned */
	struct scripted_reply reply;      /* its body is owned */
	transport_done_fn done;           /* NULL: ended */
	void *user;
	int64_t started_ms;
	int64_t started_wall_ms;
	int64_t due_ms; /* INT64_MAX: never */
};

struct scripted {
	const struct clock *clock;
	struct exchange *exchanges;
	size_t count;
	struct scripted_reply *queue; /* bodies are owned until used */
	size_t queued;
	size_t used;
	scripted_answer_fn answer;
	void *user;
	size_t in_flight;
	size_t in_flight_max;
	size_t cancelled;
};

struct scripted_reply
scripted_ok(const char *body)
{
	return (struct scripted_reply){ .delay_ms = 100,
		.status = 200,
		.body = body,
		.body_len = strlen(body),
		.date_s = -1,
		.retry_after_s = -1 };
}

struct scripted_reply
scripted_status(int status, const char *body)
{
	struct scripted_reply reply = scripted_ok(body);

	reply.status = status;
	return reply;
}

struct scripted_reply
scripted_fault(enum err_kind fault, int code)
{
	struct scripted_reply reply = scripted_ok("");

	reply.fault = fault;
	reply.fault_code = code;
	reply.status = 0;
	return reply;
}

struct scripted *
scripted_create(const struct clock *clock)
{
	struct scripted *scripted = mem_alloc(sizeof *scripted);

	scripted->clock = clock;
	return scripted;
}

void
scripted_destroy(struct scripted *scripted)
{
	size_t i;

	for (i = 0; i < scripted->count; i++) {
		struct exchange *exchange = &scripted->exchanges[i];

		free((void *)(uintptr_t)exchange->request.url);
		free((void *)(uintptr_t)exchange->request.body);
		free((void *)(uintptr_t)exchange->reply.body);
	}
	for (i = scripted->used; i < scripted->queued; i++)
		free((void *)(uintptr_t)scripted->queue[i].body);
	free(scripted->queue);
	free(scripted->exchanges);
	free(scripted);
}

static struct scripted_reply
copy_reply(const struct scripted_reply *reply)
{
	struct scripted_reply copy = *reply;

	copy.body = mem_copy_text(reply->body, reply->body_len);
	return copy;
}

void
scripted_queue(struct scripted *scripted, const struct scripted_reply *reply)
{
	scripted->queue = mem_grow(scripted->queue, scripted->queued + 1,
	    sizeof scripted->queue[0]);
	scripted->queue[scripted->queued++] = copy_reply(reply);
}

void
scripted_answer_by(struct scripted *scripted, scripted_answer_fn answer,
    void *user)
{
	scripted->answer = answer;
	scripted->user = user;
}

static struct scripted_reply
make_reply(struct scripted *scripted, const struct transport_request *request)
{
	struct scripted_reply reply;
	struct buf body;

	if (scripted->used < scripted->queued)
		return scripted->queue[scripted->used++];
	assert(scripted->answer != NULL);
	buf_init(&body, TRANSPORT_BODY_MAX);
	reply = scripted_ok("");
	scripted->answer(request, &reply, &body, scripted->user);
	if (body.len > 0) {
		reply.body = body.data;
		reply.body_len = body.len;
	}
	reply = copy_reply(&reply);
	buf_release(&body);
	return reply;
}

static uint64_t
start(void *self, const struct transport_request *request,
    transport_done_fn done, void *user)
{
	struct scripted *scripted = self;
	struct exchange exchange = { .request = *request,
		.done = done,
		.user = user,
		.started_ms = clock_mono_ms(scripted->clock),
		.started_wall_ms = clock_wall_ms(scripted->clock),
		.due_ms = INT64_MAX };

	exchange.request.url =
	    mem_copy_text(request->url, strlen(request->url));
	exchange.request.body = mem_copy_text(request->body, request->body_len);
	exchange.reply = make_reply(scripted, request);
	if (exchange.reply.delay_ms != SCRIPTED_NEVER_MS)
		exchange.due_ms = exchange.started_ms + exchange.reply.delay_ms;
	scripted->exchanges = mem_grow(scripted->exchanges, scripted->count + 1,
	    sizeof scripted->exchanges[0]);
	scripted->exchanges[scripted->count++] = exchange;
	scripted->in_flight++;
	if (scripted->in_flight > scripted->in_flight_max)
		scripted->in_flight_max = scripted->in_flight;
	return scripted->count;
}

static void
end_exchange(struct scripted *scripted, struct exchange *exchange)
{
	exchange->done = NULL;
	exchange->due_ms = INT64_MAX;
	scripted->in_flight--;
}

static void
cancel(void *self, uint64_t id)
{
	struct scripted *scripted = self;
	struct exchange *exchange;

	assert(id >= 1 && id <= scripted->count);
	exchange = &scripted->exchanges[id - 1];
	if (exchange->done == NULL)
		return;
	end_exchange(scripted, exchange);
	scripted->cancelled++;
}

struct transport
scripted_transport(struct scripted *scripted)
{
	static const struct transport_ops ops = { start, cancel };

	return (struct transport){ .ops = &ops, .self = scripted };
}

static size_t
find_due(const struct scripted *scripted)
{
	size_t best = SIZE_MAX, i;

	for (i = 0; i < scripted->count; i++) {
		if (scripted->exchanges[i].due_ms == INT64_MAX)
			continue;
		if (best == SIZE_MAX ||
		    scripted->exchanges[i].due_ms <
		        scripted->exchanges[best].due_ms)
			best = i;
	}
	return best;
}

static void
call_back(struct scripted *scripted, struct exchange *exchange)
{
	transport_done_fn done = exchange->done;
	void *user = exchange->user;
	struct transport_reply reply = {
		.status = exchange->reply.status,
		.body = exchange->reply.body,
		.body_len = exchange->reply.body_len,
		.date_s = exchange->reply.date_s,
		.sent_wall_ms = exchange->started_wall_ms,
		.done_wall_ms = clock_wall_ms(scripted->clock),
		.retry_after_s = exchange->reply.retry_after_s,
		.http_version = 11,
	};

	if (exchange->reply.fault != ERR_NONE)
		(void)err_set(&reply.err, exchange->reply.fault,
		    exchange->reply.fault_code, NULL, "scripted fault");
	/* The table may move while the callback starts the next request. */
	end_exchange(scripted, exchange);
	done(&reply, user);
}

void
scripted_dispatch(struct scripted *scripted)
{
	int64_t now_ms = clock_mono_ms(scripted->clock);
	size_t due = find_due(scripted);

	while (due != SIZE_MAX && scripted->exchanges[due].due_ms <= now_ms) {
		call_back(scripted, &scripted->exchanges[due]);
		due = find_due(scripted);
	}
}

int64_t
scripted_deadline_ms(const struct scripted *scripted)
{
	size_t due = find_due(scripted);

	return due == SIZE_MAX ? INT64_MAX : scripted->exchanges[due].due_ms;
}

size_t
scripted_count(const struct scripted *scripted)
{
	return scripted->count;
}

const struct transport_request *
scripted_request(const struct scripted *scripted, size_t index)
{
	assert(index < scripted->count);
	return &scripted->exchanges[index].request;
}

const char *
scripted_url(const struct scripted *scripted, size_t index)
{
	return scripted_request(scripted, index)->url;
}

const char *
scripted_body(const struct scripted *scripted, size_t index)
{
	return scripted_request(scripted, index)->body;
}

int64_t
scripted_started_ms(const struct scripted *scripted, size_t index)
{
	assert(index < scripted->count);
	return scripted->exchanges[index].started_ms;
}

size_t
scripted_cancelled(const struct scripted *scripted)
{
	return scripted->cancelled;
}

size_t
scripted_in_flight(const struct scripted *scripted)
{
	return scripted->in_flight;
}

size_t
scripted_in_flight_max(const struct scripted *scripted)
{
	return scripted->in_flight_max;
}
