/*
 * A client on a fake clock and a scripted network, and the turns of the
 * program around it. Keeps every attempt that the observer was told of.
 */
#ifndef BANTOP_TESTS_CLIENT_RIG_H
#define BANTOP_TESTS_CLIENT_RIG_H

#include "bantop/api/client.h"
#include "fake_clock.h"
#include "scripted_transport.h"

enum { RIG_WALL_S = 1700000000 };

/* Of a struct client_attempt what stays good. */
struct rig_attempt {
	enum client_command command;
	int64_t offset;
	int attempt;
	bool quiet;
	bool backup;
	char host[REGION_HOST_MAX];
	char subject[64];
	char request_id[64];
	struct err err;
	int status;
};

struct client_rig {
	struct fake_clock clock;
	struct scripted *scripted;
	struct transport transport; /* that of scripted */
	struct credential *credential;
	struct client_config config; /* change it before rig_open() */
	struct client *client;
	struct rig_attempt *attempts;
	size_t attempt_count;
};

/* What a call came to; calls counts the callbacks. */
struct rig_result {
	const struct client_rig *rig;
	int calls;
	struct err err;
	int attempts;
	bool has_document;
	int64_t took_ms;
	int64_t done_ms; /* monotonic */
};

/** Everything but the client: rate 10, a primary and a backup host. */
void rig_init(struct client_rig *rig);
/** The client, as rig->config says. */
void rig_open(struct client_rig *rig);
void rig_release(struct client_rig *rig);

/** Makes a call; @p result is reset and gets what it comes to. */
uint64_t rig_ask(struct client_rig *rig, const struct client_request *request,
    struct rig_result *result);
/** Calls @p command about "group" with the body {}. */
uint64_t rig_call(struct client_rig *rig, enum client_command command,
    struct rig_result *result);
/** The same, asked ahead. */
uint64_t rig_call_quiet(struct client_rig *rig, enum client_command command,
    struct rig_result *result);
/** Queues a reply of the network. */
void rig_queue(struct client_rig *rig, struct scripted_reply reply);
/** From now on an empty queue means the service's bare OK. */
void rig_answer_ok(struct client_rig *rig);

/** A refusal by the service. */
struct scripted_reply rig_refusal(int code);
/** Makes a call and runs it to its end. */
struct rig_result rig_call_once(struct client_rig *rig);
/** @return from the end of request @p index, answered after 100 ms, to the
 *          start of the next. */
int64_t rig_waited_ms(const struct client_rig *rig, size_t index);

int64_t rig_now_ms(const struct client_rig *rig);
/** The next moment at which something happens, and what happens then.
 *  @return false when nothing ever will. */
bool rig_turn(struct client_rig *rig);
/** Turns until nothing more will happen. */
void rig_run(struct client_rig *rig);
/** Turns for @p ms; the clock then shows exactly so much more. */
void rig_run_ms(struct client_rig *rig, int64_t ms);

#endif
