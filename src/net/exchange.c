/*
 * One request and its reply, apart from the library that carries them: our
 * caps, what is refused on the way, and the account of it at the end. An
 * error page (any status but 200) is read for its status alone, so nothing
 * that it is wrapped in makes another fault of it.
 */
#include <string.h>

#include "bantop/base/text.h"
#include "net_priv.h"

void
http_exchange_init(struct http_exchange *exchange, const struct clock *clock)
{
	memset(exchange, 0, sizeof(*exchange));
	exchange->clock = clock;
	buf_init(&exchange->body, TRANSPORT_BODY_MAX);
}

void
http_exchange_release(struct http_exchange *exchange)
{
	buf_release(&exchange->body);
}

static bool
refuse(struct http_exchange *exchange, enum http_fault_kind why)
{
	exchange->refused = true;
	exchange->refusal = why;
	return false;
}

bool
http_exchange_begin(struct http_exchange *exchange,
    const struct transport_request *request)
{
	exchange->connect_timeout_s = request->connect_timeout_s;
	exchange->timeout_s = request->timeout_s;
	exchange->tls_begun = false;
	exchange->skip_body = false;
	exchange->page_len = 0;
	exchange->enough = false;
	exchange->refused = false;
	http_head_init(&exchange->head);
	buf_reset(&exchange->body);
	memset(&exchange->reply, 0, sizeof(exchange->reply));
	exchange->reply.sent_wall_ms = clock_wall_ms(exchange->clock);
	if (!http_place_parse(request->url, &exchange->place))
		return refuse(exchange, HTTP_FAULT_URL);
	return true;
}

bool
http_exchange_take_head(struct http_exchange *exchange, const char *line,
    size_t len, int64_t (*parse_date)(const char *text))
{
	struct http_head *head = &exchange->head;
	bool was_done = head->done;

	if (!http_head_take(head, line, len, parse_date))
		return refuse(exchange, HTTP_FAULT_HEADERS_LIMIT);
	if (!head->done || was_done)
		return true;
	exchange->reply.done_wall_ms = clock_wall_ms(exchange->clock);
	if (head->encoding[0] == '\0')
		return true;
	if (head->status == 200)
		return refuse(exchange, HTTP_FAULT_ENCODING);
	exchange->skip_body = true;
	return true;
}

/* One that has no end is left where it becomes too long. */
static bool
wants_page(struct http_exchange *exchange, size_t len)
{
	exchange->page_len += len;
	exchange->enough = exchange->page_len > TRANSPORT_BODY_MAX;
	return !exchange->enough;
}

bool
http_exchange_take_body(struct http_exchange *exchange, const char *data,
    size_t len)
{
	struct err ignored = { 0 };

	if (exchange->head.status != 200 && !wants_page(exchange, len))
		return false;
	if (exchange->skip_body)
		return true;
	if (!buf_add(&exchange->body, data, len, &ignored))
		return refuse(exchange, HTTP_FAULT_BODY_LIMIT);
	return true;
}

/* A line of a head past libcurl's own cap is told as a lack of memory. */
static enum http_fault_kind
fault_kind(const struct http_exchange *exchange,
    const struct http_outcome *outcome, enum http_step step)
{
	if (exchange->refused)
		return exchange->refusal;
	if (outcome->kind == HTTP_FAULT_MEMORY && step >= HTTP_STEP_REQUEST)
		return HTTP_FAULT_HEADERS_LIMIT;
	return outcome->kind;
}

/* Over HTTP/2 libcurl takes any frame for the beginning of an answer. */
static struct http_times
times_of(const struct http_exchange *exchange,
    const struct http_outcome *outcome)
{
	struct http_times times = outcome->times;

	times.tls_begun = exchange->tls_begun;
	if (exchange->head.len == 0)
		times.first_us = 0;
	return times;
}

static void
describe(struct http_exchange *exchange, const struct http_outcome *outcome,
    const struct http_times *times)
{
	struct http_fault fault = { 0 };

	fault.step =
	    exchange->head.len > 0 ? HTTP_STEP_ANSWER : http_times_step(times);
	fault.kind = fault_kind(exchange, outcome, fault.step);
	fault.code = outcome->code;
	fault.place = &exchange->place;
	fault.verify = outcome->verify;
	fault.os_errno = outcome->os_errno;
	fault.connect_timeout_s = exchange->connect_timeout_s;
	fault.timeout_s = exchange->timeout_s;
	fault.encoding = exchange->head.encoding;
	/* Only of the handshake: elsewhere it might speak of the URL. */
	fault.detail =
	    fault.step == HTTP_STEP_TLS ? outcome->detail : outcome->summary;
	http_fault_describe(&fault, &exchange->reply.err);
}

/* The clock's offset is measured from when the request left, not from before
 * the lookup and the handshake. */
static void
fill_moments(struct http_exchange *exchange)
{
	struct transport_reply *reply = &exchange->reply;

	if (!exchange->head.done)
		reply->done_wall_ms = clock_wall_ms(exchange->clock);
	else if (reply->timing.wait_ms >= 0)
		reply->sent_wall_ms =
		    reply->done_wall_ms - reply->timing.wait_ms;
	reply->date_s = exchange->head.date_s;
	reply->retry_after_s =
	    http_head_retry_after(&exchange->head, reply->done_wall_ms / 1000);
}

const struct transport_reply *
http_exchange_end(struct http_exchange *exchange,
    const struct http_outcome *outcome)
{
	struct transport_reply *reply = &exchange->reply;
	struct http_times times = times_of(exchange, outcome);

	if (outcome->failed && !exchange->enough)
		describe(exchange, outcome, &times);
	http_times_fill(&times, &reply->timing);
	fill_moments(exchange);
	reply->status = exchange->head.status;
	reply->body = buf_text(&exchange->body);
	reply->body_len = exchange->body.len;
	reply->bytes_sent = outcome->bytes_sent;
	reply->bytes_received = outcome->bytes_received;
	reply->http_version = outcome->http_version;
	if (outcome->peer != NULL)
		(void)text_make_safe(outcome->peer, strlen(outcome->peer),
		    TEXT_ASCII, reply->peer, sizeof(reply->peer));
	return reply;
}
