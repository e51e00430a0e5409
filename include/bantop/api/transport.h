/*
 * What api needs of a network: one POST out, one reply or one fault back. The
 * room net serves it; tests serve it from a script.
 */
#ifndef BANTOP_API_TRANSPORT_H
#define BANTOP_API_TRANSPORT_H

#include <stddef.h>
#include <stdint.h>

#include "bantop/base/err.h"

enum {
	TRANSPORT_BODY_MAX = 512 * 1024,
	TRANSPORT_HEADERS_MAX = 64 * 1024,
};

struct transport_request {
	const char *url;  /* borrowed for the call; holds the UserSig: secret */
	const char *body; /* borrowed for the call */
	size_t body_len;
	int connect_timeout_s; /* 1 to 300 */
	int timeout_s;         /* whole attempt, 1 to 300 */
};

/* Milliseconds each part took; -1 where it did not happen. */
struct transport_timing {
	int32_t lookup_ms;
	int32_t connect_ms;
	int32_t tls_ms;
	int32_t wait_ms; /* request sent to first byte */
	int32_t total_ms;
};

struct transport_reply {
	/* ERR_NONE: an HTTP reply arrived whole, whatever its status. Else
	 * ERR_LOOKUP, _CONNECT, _TLS, _NETWORK, _TIMEOUT, _LIMIT or _DATA
	 * (an unasked Content-Encoding). */
	struct err err;
	int status;       /* 0 when none came */
	const char *body; /* borrowed until the callback returns; NUL-ended */
	size_t body_len;
	int64_t date_s;        /* Date header, Unix seconds; -1 when absent */
	int64_t sent_wall_ms;  /* wall clock when the request was started */
	int64_t done_wall_ms;  /* wall clock when the headers were in */
	int64_t retry_after_s; /* -1 when absent */
	int64_t bytes_sent;
	int64_t bytes_received;
	int http_version; /* 10, 11, 20; 0 when unknown */
	struct transport_timing timing;
	char peer[64]; /* address that answered; "" when none */
};

/** Called once for each start that was not cancelled, from the main turn,
 *  never from inside start() or cancel(). */
typedef void (*transport_done_fn)(const struct transport_reply *reply,
    void *user);

struct transport_ops {
	/** @return an identifier, never 0. */
	uint64_t (*start)(void *self, const struct transport_request *request,
	    transport_done_fn done, void *user);
	/** Its callback will not come any more. Unknown ones are ignored. */
	void (*cancel)(void *self, uint64_t id);
};

struct transport {
	const struct transport_ops *ops;
	void *self;
};

#endif
