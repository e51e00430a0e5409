/*
 * One request and its reply: reads the body, asks the service, waits as long
 * as the service says, sends. The log line is written when the request is
 * complete, before any wait: a client that gives up is in the log too.
 * A waiting exchange is suspended in the library and stands in the server's
 * list of delays.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/buf.h"
#include "bantop/base/mem.h"
#include "bantop/sim/request_log.h"
#include "sim_priv.h"

/* Later than anything: a request that is never answered. */
static const int64_t NEVER_MS = INT64_MAX;

struct exchange {
	struct sim_delay delay; /* first: found again from it */
	struct sim_server *server;
	struct MHD_Connection *connection;
	struct buf body;
	struct sim_reply reply;
	bool asked;   /* the reply is made */
	bool waiting; /* suspended, in the list of delays */
	bool rested;  /* drip: the pause before the next byte is over */
};

static bool
has(const struct exchange *exchange, enum sim_fault fault)
{
	return exchange->reply.strike.by[fault] != NULL;
}

static int64_t
mono_ms(const struct sim_server *server)
{
	return clock_mono_ms(server->config.clock);
}

static int64_t
service_s(const struct sim_server *server)
{
	return clock_wall_s(server->config.clock) + server->config.skew_s;
}

static void
suspend(struct exchange *exchange, int64_t wait_ms)
{
	struct sim_server *server = exchange->server;
	int64_t due_ms =
	    wait_ms == NEVER_MS ? NEVER_MS : mono_ms(server) + wait_ms;

	MHD_suspend_connection(exchange->connection);
	exchange->waiting = true;
	sim_delays_add(&server->delays, &exchange->delay, due_ms);
}

void
sim_exchange_wake(struct sim_delay *delay)
{
	struct exchange *exchange = (struct exchange *)(void *)((char *)delay -
	    offsetof(struct exchange, delay));

	exchange->waiting = false;
	exchange->rested = true;
	MHD_resume_connection(exchange->connection);
}

static struct exchange *
begin(struct sim_server *server, struct MHD_Connection *connection)
{
	struct exchange *exchange = mem_alloc(sizeof(*exchange));

	exchange->server = server;
	exchange->connection = connection;
	buf_init(&exchange->body, SIM_REQUEST_MAX);
	return exchange;
}

void
sim_exchange_end(void *cls, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode reason)
{
	struct sim_server *server = cls;
	struct exchange *exchange = *context;

	(void)connection;
	(void)reason;
	if (exchange == NULL)
		return;
	*context = NULL;
	if (exchange->waiting)
		sim_delays_remove(&server->delays, &exchange->delay);
	if (exchange->asked)
		server->open--;
	sim_reply_release(&exchange->reply);
	buf_release(&exchange->body);
	free(exchange);
}

static const char *
parameter(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND,
	    name);
}

static uint64_t
connection_number(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(connection,
	        MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info == NULL ? 0 : (uint64_t)(uintptr_t)info->socket_context;
}

static void
write_log(const struct exchange *exchange, const char *url, const char *method,
    const struct sim_note *note)
{
	struct sim_server *server = exchange->server;
	struct sim_log_entry entry = {
		.number = server->requests,
		.connection = connection_number(exchange->connection),
		.at_ms = mono_ms(server) - server->start_ms,
		.open = server->open,
		.method = method,
		.path = url,
		.note = note,
		.reply = &exchange->reply,
	};

	sim_log_write(server->config.log_fd, &entry);
}

/* The request is complete: what will the answer be? */
static void
ask(struct exchange *exchange, const char *url, const char *method)
{
	struct MHD_Connection *connection = exchange->connection;
	struct sim_server *server = exchange->server;
	struct sim_request request = {
		.method = SIM_METHOD_OTHER,
		.path = url,
		.app_id = parameter(connection, "sdkappid"),
		.account = parameter(connection, "identifier"),
		.usersig = parameter(connection, "usersig"),
		.random = parameter(connection, "random"),
		.content_type = parameter(connection, "contenttype"),
		.body = buf_text(&exchange->body),
		.body_len = exchange->body.len,
	};
	struct sim_note note;

	if (strcmp(method, MHD_HTTP_METHOD_POST) == 0)
		request.method = SIM_METHOD_POST;
	if (strcmp(method, MHD_HTTP_METHOD_HEAD) == 0)
		request.method = SIM_METHOD_HEAD;
	sim_service_answer(server->config.service, &request, mono_ms(server),
	    service_s(server), &exchange->reply, &note);
	exchange->asked = true;
	server->requests++;
	server->open++;
	write_log(exchange, url, method, &note);
}

/* Gives the body a piece at a time: half of it (cut), or byte by byte (drip),
 * with a pause before each. */
static ssize_t
read_piece(void *cls, uint64_t position, char *out, size_t max)
{
	struct exchange *exchange = cls;
	const struct buf *body = &exchange->reply.body;
	size_t at = (size_t)position;
	size_t end = has(exchange, SIM_FAULT_CUT) ? body->len / 2 : body->len;

	if (at >= end || exchange->server->ending)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (has(exchange, SIM_FAULT_DRIP)) {
		if (!exchange->rested) {
			suspend(exchange,
			    exchange->reply.strike.by[SIM_FAULT_DRIP]->number);
			return 0;
		}
		exchange->rested = false;
		max = 1;
	}
	if (max > end - at)
		max = end - at;
	memcpy(out, body->data + at, max);
	return (ssize_t)max;
}

static struct MHD_Response *
make_response(struct exchange *exchange)
{
	struct buf *body = &exchange->reply.body;
	struct MHD_Response *response;
	bool drip = has(exchange, SIM_FAULT_DRIP);

	if (body->len > 0 && (drip || has(exchange, SIM_FAULT_CUT))) {
		exchange->rested = false;
		return MHD_create_response_from_callback(body->len,
		    drip ? 1 : 4096, read_piece, exchange, NULL);
	}
	response = MHD_create_response_from_buffer(body->len, body->data,
	    MHD_RESPMEM_MUST_FREE);
	/* The library has taken the bytes. */
	if (response != NULL)
		buf_init(body, SIM_BODY_MAX);
	return response;
}

static enum MHD_Result
send_reply(struct exchange *exchange)
{
	struct MHD_Response *response;
	enum MHD_Result result;

	if (has(exchange, SIM_FAULT_DROP) || exchange->server->ending)
		return MHD_NO;
	response = make_response(exchange);
	if (response == NULL)
		return MHD_NO;
	sim_headers_add(response, &exchange->reply,
	    service_s(exchange->server));
	result = MHD_queue_response(exchange->connection,
	    (unsigned)exchange->reply.http, response);
	MHD_destroy_response(response);
	return result;
}

/* The library calls this when a request begins, for each piece of its body,
 * when it is complete, and again after a wait. */
enum MHD_Result
sim_exchange_handle(void *cls, struct MHD_Connection *connection,
    const char *url, const char *method, const char *version,
    const char *upload_data, size_t *upload_data_size, void **context)
{
	struct exchange *exchange = *context;

	(void)version;
	if (exchange == NULL) {
		*context = begin(cls, connection);
		return MHD_YES;
	}
	if (*upload_data_size > 0) {
		/* What is too long is cut, and then is no JSON. */
		buf_put(&exchange->body, upload_data, *upload_data_size);
		*upload_data_size = 0;
		return MHD_YES;
	}
	if (!exchange->asked) {
		ask(exchange, url, method);
		if (has(exchange, SIM_FAULT_HANG)) {
			suspend(exchange, NEVER_MS);
			return MHD_YES;
		}
		if (exchange->reply.delay_ms > 0) {
			suspend(exchange, exchange->reply.delay_ms);
			return MHD_YES;
		}
	}
	return send_reply(exchange);
}
