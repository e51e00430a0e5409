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
	const char *cacert;        /* one more CA file, copied; NULL for none */
	const char *proxy; /* from the configuration, copied; NULL for none */
	size_t connections_max; /* to one host; 1 to 64 */
};

struct http;

/**
 * Takes out of the environment what would tell the libraries whom to trust,
 * which proxy to use or where to write down keys. First thing in main(),
 * before any library starts; who runs commands for the user keeps a copy of
 * the environment from before.
 */
void http_clean_environment(void);

/** @return owned; NULL with ERR_FILE for a bad cacert, ERR_NETWORK if libcurl
 *          cannot start. Nothing is sent yet. */
MUST_CHECK struct http *http_create(const struct http_config *config,
    struct err *err);
/** No callback comes any more. Takes NULL. */
void http_destroy(struct http *http);

/** @return its transport; valid as long as it. */
struct transport http_transport(struct http *http);

enum { HTTP_WATCHES_MAX = 16 };

/* A descriptor to wait for besides the network's. */
struct http_watch {
	int fd;
	bool want_write;
	bool ready;   /* set by the wait: readable (or writable) */
	bool hung_up; /* set by the wait: hang-up or error */
};

/**
 * The one wait: until a descriptor is ready, the network moved, or the time
 * is over. @p http may be NULL (before the network is wanted): plain poll().
 * A signal ends it early.
 *
 * @param count at most HTTP_WATCHES_MAX.
 * @param timeout_ms -1 for no end.
 */
void http_wait(struct http *http, struct http_watch *watches, size_t count,
    int64_t timeout_ms);

/** Moves the transfers and calls the callbacks of those that ended; NULL has
 *  none. */
void http_run(struct http *http);

/** @return static: libcurl's version line for --version. */
const char *http_library_version(void);

#endif
