/*
 * HTTPS by libcurl's multi interface, and the one wait of the program. Serves
 * the transport that api declares. All network rules stand here: https only,
 * TLS 1.2 or later, peer and host verified, no redirects, cookies, netrc,
 * environment proxies or compression.
 */
#ifndef BANTOP_NET_HTTP_H
#define BANTOP_NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "bantop/api/transport.h"
#include "bantop/base/clock.h"

struct http_config {
	const struct clock *clock; /* borrowed */
	const char *cacert; /* one more CA file, copied; NULL for none */
	const char *proxy;  /* from the configuration, copied; NULL for none */
	size_t connections_max; /* to one host; 1 to 64 */
};

struct http;

/** @return owned; NULL with ERR_FILE for a bad cacert, ERR_NETWORK if libcurl
 *          cannot start. Nothing is sent yet. */
MUST_CHECK struct http *http_create(
    const struct http_config *config, struct err *err);
void http_destroy(struct http *http);

/** @return its transport; valid as long as it. */
struct transport http_transport(struct http *http);

/* A descriptor to wait for besides the network's. */
struct http_watch {
	int fd;
	bool want_write;
	bool ready;  /* set by the wait: readable (or writable) */
	bool hung_up; /* set by the wait: hang-up or error */
};

/**
 * The one wait: until a descriptor is ready, the network moved, or the time
 * is over. @p http may be NULL (before the network is wanted): plain poll().
 *
 * @param timeout_ms -1 for no end.
 */
void http_wait(struct http *http, struct http_watch *watches, size_t count,
    int64_t timeout_ms);

/** Moves the transfers and calls the callbacks of those that ended. */
void http_run(struct http *http);

/** @return static: libcurl's version line for --version. */
const char *http_library_version(void);

#endif
