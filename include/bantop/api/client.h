/*
 * One call of the service until it is answered or given up: signature, rate,
 * attempts and waits, backup host, envelope. Every attempt is reported to an
 * observer (request log, error list). It never draws and never blocks.
 */
#ifndef BANTOP_API_CLIENT_H
#define BANTOP_API_CLIENT_H

#include "bantop/api/credential.h"
#include "bantop/api/json.h"
#include "bantop/api/limiter.h"
#include "bantop/api/region.h"
#include "bantop/api/service_clock.h"
#include "bantop/api/transport.h"
#include "bantop/base/clock.h"

enum {
	CLIENT_ATTEMPTS_MAX = 3, /* a new UserSig's one comes on top */
	CLIENT_BODY_MAX = 64 * 1024,
};

enum client_command {
	CLIENT_BAN_LIST,   /* get_group_ban_member */
	CLIENT_GROUP_LIST, /* get_appid_group_list: 1 a second */
	CLIENT_GROUP_INFO, /* get_group_info */
	CLIENT_PORTRAIT,   /* portrait_get */
};
/** @return static: the service's name of the command. */
const char *client_command_name(enum client_command command);

/* One attempt that has ended; texts borrowed for the call. One that could not
 * be sent for want of a UserSig is reported too: ERR_CREDENTIAL, no reply. */
struct client_attempt {
	enum client_command command;
	const char *subject; /* the group or account asked about, exact */
	int64_t offset;      /* of CLIENT_BAN_LIST; else 0 */
	int limit;
	int attempt; /* 1 is the first */
	bool quiet;  /* asked ahead: its error is shown to nobody */
	bool backup; /* sent to the backup host */
	const char *host;
	const char *body; /* as sent; no secret in it */
	size_t body_len;
	struct err err;               /* ERR_NONE: success */
	struct transport_reply reply; /* its body is NULL here */
	const char *request_id;       /* "" when the service gave none */
};
/** It may neither destroy the client nor cancel calls. */
typedef void (*client_observe_fn)(const struct client_attempt *attempt,
    void *user);

struct client_config {
	/* Borrowed, outlives the client; filled before the first run. */
	const struct transport *transport;
	const struct clock *clock;     /* borrowed, outlives the client */
	struct credential *credential; /* borrowed, outlives the client */
	struct region region;
	int rate;              /* 1 to 200 */
	int connect_timeout_s; /* 1 to 300 */
	int timeout_s;
	uint64_t seed;             /* of the random half of the waits */
	client_observe_fn observe; /* or NULL */
	void *observe_user;
};

struct client;

struct client *client_create(const struct client_config *config);
/** Cancels what runs. Takes NULL. */
void client_destroy(struct client *client);

struct client_request {
	enum client_command command;
	const char *subject; /* copied */
	const char *body;    /* copied */
	size_t body_len;
	int64_t offset; /* for the log */
	int limit;      /* for the log */
	bool quiet;     /* one attempt only; errors to nobody but the caller */
};

struct client_reply {
	struct err err; /* ERR_NONE: success, document is there */
	const struct json_document *document; /* borrowed for the callback */
	int64_t received_at;                  /* wall clock, seconds */
	int attempts;
	int64_t took_ms; /* the last attempt, from its start; monotonic */
};
/** It may call and cancel, but not destroy the client. */
typedef void (*client_done_fn)(const struct client_reply *reply, void *user);

/** @return an identifier, never 0. @p done is called once from the main turn
 *          (client_run or the transport's dispatch), unless cancelled. */
uint64_t client_call(struct client *client,
    const struct client_request *request, client_done_fn done, void *user);
void client_cancel(struct client *client, uint64_t id);

enum client_phase {
	CLIENT_QUEUED,    /* waits for its turn in the rate */
	CLIENT_IN_FLIGHT, /* sent, not answered */
	CLIENT_WAITING,   /* failed; waits for the next attempt */
};
struct client_status {
	enum client_phase phase;
	int attempt; /* running, or next to run; from 1 */
	int attempts_max;
	int64_t next_try_ms; /* monotonic; with CLIENT_WAITING */
	int64_t started_ms;  /* monotonic; of the running attempt */
	struct err err;      /* of the last failed attempt, or ERR_NONE */
};
/** @return false if the call is not there any more. */
bool client_status(const struct client *client, uint64_t id,
    struct client_status *out);
/** Ends the wait of a call now, and a pause that the service asked for. */
void client_retry_now(struct client *client, uint64_t id);

/** Starts what may start; ends what cannot. Call it each turn. */
void client_run(struct client *client);
/** Monotonic time at which client_run() next has work; INT64_MAX: none. */
int64_t client_deadline_ms(const struct client *client);

/** Seconds to add to our wall clock for the service's. */
const struct service_clock *client_service_clock(const struct client *client);
/** The service's clock now, as far as it is known. */
int64_t client_service_now_s(const struct client *client);
/** Calls a second, as configured. */
int client_rate(const struct client *client);
/** Calls started in the last second. */
int client_rate_in_use(const struct client *client);
/** The wall clock jumped, or the machine slept: forget the offset. */
void client_clock_jumped(struct client *client);
/** Attempts sent since the start. */
int64_t client_calls(const struct client *client);
const struct region *client_region(const struct client *client);

#endif
