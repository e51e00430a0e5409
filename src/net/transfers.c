/*
 * Which calls run, under which names, and when their callers are told. A
 * transfer lives in one list while it runs and in another while it rests, its
 * handle kept for the next call. Invariants: a callback comes once, never
 * from inside start or cancel, and after its transfer has left the list, so
 * that it may start and cancel whatever it likes.
 */
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "net_priv.h"

void
transfers_init(struct transfers *transfers, const struct carrier_ops *carrier,
    void *self, const struct clock *clock)
{
	memset(transfers, 0, sizeof(*transfers));
	transfers->carrier = carrier;
	transfers->self = self;
	transfers->clock = clock;
}

static struct transfer *
take_resting(struct transfers *transfers)
{
	struct transfer *transfer = transfers->resting;

	if (transfer != NULL) {
		transfers->resting = transfer->next;
		return transfer;
	}
	transfer = mem_alloc(sizeof(*transfer));
	http_exchange_init(&transfer->exchange, transfers->clock);
	return transfer;
}

static void
take_out(struct transfers *transfers, struct transfer *transfer)
{
	struct transfer **link = &transfers->running;

	while (*link != transfer)
		link = &(*link)->next;
	*link = transfer->next;
	if (!transfer->stillborn)
		transfers->carrier->stop(transfers->self, transfer->handle);
}

static void
rest(struct transfers *transfers, struct transfer *transfer)
{
	transfer->next = transfers->resting;
	transfers->resting = transfer;
}

static uint64_t
start(void *self, const struct transport_request *request,
    transport_done_fn done, void *user)
{
	struct transfers *transfers = self;
	struct transfer *transfer = take_resting(transfers);

	if (transfer->handle == NULL)
		transfer->handle =
		    transfers->carrier->open(transfers->self, transfer);
	transfer->id = ++transfers->last_id;
	transfer->done = done;
	transfer->user = user;
	transfer->stillborn =
	    !http_exchange_begin(&transfer->exchange, request) ||
	    transfer->handle == NULL ||
	    !transfers->carrier->send(transfers->self, transfer->handle,
	        request);
	transfer->next = transfers->running;
	transfers->running = transfer;
	return transfer->id;
}

static void
cancel(void *self, uint64_t id)
{
	struct transfers *transfers = self;
	struct transfer *transfer = transfers->running;

	while (transfer != NULL && transfer->id != id)
		transfer = transfer->next;
	if (transfer == NULL)
		return;
	take_out(transfers, transfer);
	rest(transfers, transfer);
}

struct transport
transfers_transport(struct transfers *transfers)
{
	static const struct transport_ops ops = {
		.start = start,
		.cancel = cancel,
	};
	struct transport transport = { .ops = &ops, .self = transfers };

	return transport;
}

void
transfers_finish(struct transfers *transfers, struct transfer *transfer,
    const struct http_outcome *outcome)
{
	const struct transport_reply *reply =
	    http_exchange_end(&transfer->exchange, outcome);

	take_out(transfers, transfer);
	transfer->done(reply, transfer->user);
	rest(transfers, transfer);
}

static struct transfer *
find_stillborn(const struct transfers *transfers)
{
	struct transfer *transfer = transfers->running;

	while (transfer != NULL && !transfer->stillborn)
		transfer = transfer->next;
	return transfer;
}

bool
transfers_has_stillborn(const struct transfers *transfers)
{
	return find_stillborn(transfers) != NULL;
}

/* One whose callback starts another of the kind has that one told now, too:
 * whoever repeats does so after a wait. */
void
transfers_finish_stillborn(struct transfers *transfers)
{
	const struct http_outcome outcome = {
		.failed = true,
		.kind = HTTP_FAULT_OTHER,
		.summary = "the request cannot be started",
		.detail = "",
	};
	struct transfer *transfer;

	for (;;) {
		transfer = find_stillborn(transfers);
		if (transfer == NULL)
			return;
		transfers_finish(transfers, transfer, &outcome);
	}
}

void
transfers_release(struct transfers *transfers)
{
	struct transfer *transfer;

	while (transfers->running != NULL) {
		transfer = transfers->running;
		take_out(transfers, transfer);
		rest(transfers, transfer);
	}
	while (transfers->resting != NULL) {
		transfer = transfers->resting;
		transfers->resting = transfer->next;
		if (transfer->handle != NULL)
			transfers->carrier->close(transfers->self,
			    transfer->handle);
		http_exchange_release(&transfer->exchange);
		free(transfer);
	}
}
