/*
 * A transport that counts what goes through it to another.
 */
#ifndef BANTOP_TESTS_COUNTED_H
#define BANTOP_TESTS_COUNTED_H

#include "bantop/api/transport.h"
#include "fake_clock.h"

enum { COUNTED_CALLS_MAX = 128, COUNTED_TOOK_MS = 20 };

struct counted;

struct counted_call {
	struct counted *counted;
	uint64_t id; /* 0: free */
	transport_done_fn done;
	void *user;
};

struct counted {
	struct transport inner;
	struct fake_clock *clock; /* an answer takes COUNTED_TOOK_MS of it */
	struct counted_call calls[COUNTED_CALLS_MAX];
	size_t in_flight;
	size_t answers;
	size_t faults;      /* of them; without an HTTP reply */
	size_t connections; /* that were made for one */
};

void counted_init(struct counted *counted, struct transport inner,
    struct fake_clock *clock);
struct transport counted_transport(struct counted *counted);

#endif
