/*
 * A transport that counts. A call that is cancelled is in flight no more.
 */
#include "soak/counted.h"

#include <assert.h>

void
counted_init(struct counted *counted, struct transport inner,
    struct fake_clock *clock)
{
	*counted = (struct counted){ .inner = inner, .clock = clock };
}

static struct counted_call *
find_call(struct counted *counted, uint64_t id)
{
	size_t i;

	for (i = 0; i < COUNTED_CALLS_MAX; i++)
		if (counted->calls[i].id == id)
			return &counted->calls[i];
	return NULL;
}

static void
answered(const struct transport_reply *reply, void *user)
{
	struct counted_call call = *(struct counted_call *)user;
	struct counted *counted = call.counted;

	((struct counted_call *)user)->id = 0;
	counted->in_flight--;
	counted->answers++;
	counted->faults += reply->err.kind != ERR_NONE;
	counted->connections += reply->timing.tls_ms >= 0;
	fake_clock_advance_ms(counted->clock, COUNTED_TOOK_MS);
	call.done(reply, call.user);
}

static uint64_t
start(void *self, const struct transport_request *request,
    transport_done_fn done, void *user)
{
	struct counted *counted = self;
	struct counted_call *call = find_call(counted, 0);

	assert(call != NULL);
	*call = (struct counted_call){ counted, 0, done, user };
	call->id = counted->inner.ops->start(counted->inner.self, request,
	    answered, call);
	counted->in_flight++;
	return call->id;
}

static void
cancel(void *self, uint64_t id)
{
	struct counted *counted = self;
	struct counted_call *call = id != 0 ? find_call(counted, id) : NULL;

	counted->inner.ops->cancel(counted->inner.self, id);
	if (call == NULL)
		return;
	call->id = 0;
	counted->in_flight--;
}

struct transport
counted_transport(struct counted *counted)
{
	static const struct transport_ops ops = { start, cancel };

	return (struct transport){ .ops = &ops, .self = counted };
}
