/*
 * A network from a script: replies in the order of a queue, or made by a
 * function when the queue is empty; each ends after its delay on the test's
 * clock. Keeps what was asked. Callbacks run from scripted_dispatch() alone.
 */
#ifndef BANTOP_TESTS_SCRIPTED_TRANSPORT_H
#define BANTOP_TESTS_SCRIPTED_TRANSPORT_H

#include "bantop/api/transport.h"
#include "bantop/base/buf.h"
#include "bantop/base/clock.h"

enum { SCRIPTED_NEVER_MS = -1 };

/* A reply, or with a fault none. Begin with scripted_ok() and change it. */
struct scripted_reply {
	int64_t delay_ms; /* SCRIPTED_NEVER_MS: until it is cancelled */
	enum err_kind fault;
	int fault_code;
	int status;
	const char *body; /* copied */
	size_t body_len;
	int64_t date_s;
	int64_t retry_after_s;
};

/** HTTP 200 with @p body after 100 ms, without a Date. */
struct scripted_reply scripted_ok(const char *body);
struct scripted_reply scripted_status(int status, const char *body);
struct scripted_reply scripted_fault(enum err_kind fault, int code);

struct scripted;

/** Makes the reply to one request. @p body: for its text, if it likes; reply
 *  begins as scripted_ok(""). */
typedef void (*scripted_answer_fn)(const struct transport_request *request,
    struct scripted_reply *reply, struct buf *body, void *user);

struct scripted *scripted_create(const struct clock *clock);
void scripted_destroy(struct scripted *scripted);
struct transport scripted_transport(struct scripted *scripted);

/** Queues a reply. A request that finds neither a reply nor a function ends
 *  the test. */
void scripted_queue(struct scripted *scripted,
    const struct scripted_reply *reply);
void scripted_answer_by(struct scripted *scripted, scripted_answer_fn answer,
    void *user);

/** Calls back whatever is due, in the order in which it is due. */
void scripted_dispatch(struct scripted *scripted);
/** When something is due next; INT64_MAX for never. */
int64_t scripted_deadline_ms(const struct scripted *scripted);

/** Requests started since the start; index from 0. */
size_t scripted_count(const struct scripted *scripted);
const char *scripted_url(const struct scripted *scripted, size_t index);
const char *scripted_body(const struct scripted *scripted, size_t index);
int64_t scripted_started_ms(const struct scripted *scripted, size_t index);
const struct transport_request *scripted_request(const struct scripted
                                                     *scripted,
    size_t index);
size_t scripted_cancelled(const struct scripted *scripted);
size_t scripted_in_flight(const struct scripted *scripted);
size_t scripted_in_flight_max(const struct scripted *scripted);

#endif
