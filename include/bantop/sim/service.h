/*
 * The service itself, without sockets: a request goes in, a reply and a note
 * for the log come out. It owns the faults, the limits and the walk's memory;
 * time is told to it.
 */
#ifndef BANTOP_SIM_SERVICE_H
#define BANTOP_SIM_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bantop/base/buf.h"
#include "bantop/sim/answers.h"
#include "bantop/sim/faults.h"
#include "bantop/sim/groups.h"
#include "bantop/sim/guard.h"
#include "bantop/sim/pages.h"

enum { SIM_REQUEST_MAX = 1 << 20 };

enum sim_method { SIM_METHOD_POST, SIM_METHOD_HEAD, SIM_METHOD_OTHER };

/* A request as it came; all borrowed. A parameter is NULL when absent. */
struct sim_request {
	enum sim_method method;
	const char *path;
	const char *app_id;
	const char *account; /* identifier */
	const char *usersig;
	const char *random;
	const char *content_type; /* contenttype */
	const char *body;
	size_t body_len;
};

struct sim_reply {
	int http;
	struct buf body;
	const char *type;         /* static: Content-Type */
	struct sim_strike strike; /* what the wire still has to do */
	int64_t delay_ms;
};

struct sim_service {
	struct sim_world world;
	struct sim_faults faults;
	struct sim_pages pages;
	struct sim_guard guard;
	const char *admin; /* borrowed */
	int64_t app_id;
	const char *key; /* borrowed: the secret key as text */
	int64_t latency_ms;
	int64_t jitter_ms;
	uint64_t random; /* the run of lots for jitter and the rate fault */
};

/** Takes a zeroed or released one too. */
void sim_service_release(struct sim_service *service);

/**
 * Answers a request, or finds that the wire should not.
 *
 * @param mono_ms monotonic, for the limits.
 * @param now_s   the service's clock, for the signature.
 * @param reply   its body is owned: sim_reply_release().
 * @param note    what was asked and answered.
 */
void sim_service_answer(struct sim_service *service,
    const struct sim_request *request, int64_t mono_ms, int64_t now_s,
    struct sim_reply *reply, struct sim_note *note);

/** Takes a zeroed or released one too. */
void sim_reply_release(struct sim_reply *reply);

/** @return which call the path names; @p code is 0 only for a known one. */
enum sim_call sim_path_call(const char *path, int *code);

/** @return the command at the end of a path; borrowed from it. */
const char *sim_path_command(const char *path);

/** Does to a finished body and status what the strike wants. */
void sim_damage_apply(struct sim_reply *reply);

#endif
