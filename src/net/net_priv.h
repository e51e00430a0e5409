/*
 * The parts of http.c that need no libcurl: what a URL names, what a header
 * says, what a fault is called, and which authorities are trusted.
 */
#ifndef BANTOP_NET_NET_PRIV_H
#define BANTOP_NET_NET_PRIV_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bantop/api/transport.h"
#include "bantop/base/buf.h"
#include "bantop/base/err.h"
#include "bantop/net/http.h"

/* -- url.c ----------------------------------------------------------------- */

enum { HTTP_HOST_MAX = 256 };

/* The only part of a URL that may be shown. */
struct http_place {
	char host[HTTP_HOST_MAX]; /* an IPv6 address without its brackets */
	int port;
};

/** @return false unless @p url is https://HOST[:PORT]/... without a user. */
MUST_CHECK bool http_place_parse(const char *url, struct http_place *place);

/** @param proxy as configured, or NULL. */
bool http_proxy_speaks_tls(const char *proxy);

/* -- head.c ---------------------------------------------------------------- */

enum { HTTP_ENCODING_MAX = 48 };

/* What the head of a reply says, as it comes in line by line. */
struct http_head {
	size_t len;            /* bytes of all heads and trailers so far */
	int status;            /* 0 before the first line */
	bool done;             /* of the final reply, not of a 1xx */
	int64_t date_s;        /* -1 when none */
	int64_t retry_after_s; /* -1 when none, or given as a date */
	int64_t retry_date_s;  /* -1 when none */
	char encoding[HTTP_ENCODING_MAX]; /* one not asked for; else "" */
};

void http_head_init(struct http_head *head);

/**
 * @param line as libcurl hands it over, with its end, without a NUL.
 * @param parse_date Unix seconds, or -1.
 * @return false if the heads pass TRANSPORT_HEADERS_MAX.
 */
MUST_CHECK bool http_head_take(struct http_head *head, const char *line,
    size_t len, int64_t (*parse_date)(const char *text));

/** @param now_s stands in for an absent Date. @return seconds, or -1. */
int64_t http_head_retry_after(const struct http_head *head, int64_t now_s);

/* -- fault.c, fault_code.c, times.c ---------------------------------------- */

enum http_fault_kind {
	HTTP_FAULT_URL,
	HTTP_FAULT_LOOKUP,
	HTTP_FAULT_PROXY_LOOKUP,
	HTTP_FAULT_CONNECT,
	HTTP_FAULT_PROXY,
	HTTP_FAULT_HANDSHAKE,
	HTTP_FAULT_CERTIFICATE,
	HTTP_FAULT_AUTHORITIES,
	HTTP_FAULT_TIMEOUT,
	HTTP_FAULT_EMPTY,
	HTTP_FAULT_CUT,
	HTTP_FAULT_SEND,
	HTTP_FAULT_RECEIVE,
	HTTP_FAULT_NOT_HTTP,
	HTTP_FAULT_BODY_LIMIT,
	HTTP_FAULT_HEADERS_LIMIT,
	HTTP_FAULT_ENCODING,
	HTTP_FAULT_MEMORY, /* so the library says */
	HTTP_FAULT_OTHER,
};

/* How far a call had come. */
enum http_step {
	HTTP_STEP_LOOKUP,
	HTTP_STEP_CONNECT,
	HTTP_STEP_TLS,
	HTTP_STEP_REQUEST, /* no byte of an answer */
	HTTP_STEP_ANSWER,
};

/* Microseconds from the start of a call; 0 where it did not come to that. */
struct http_times {
	int64_t lookup_us;
	int64_t connect_us;
	int64_t tls_us;
	int64_t sent_us;
	int64_t first_us;
	int64_t total_us;
	int64_t connects; /* 0: over a connection that was there */
	bool tls_begun;   /* libcurl tells connect_us only after TLS */
};
/** What each part took. */
void http_times_fill(const struct http_times *times,
    struct transport_timing *timing);
/** The step that was under way when the call ended without an answer. */
enum http_step http_times_step(const struct http_times *times);

struct http_fault {
	enum http_fault_kind kind;
	enum http_step step;
	int code; /* the library's */
	const struct http_place *place;
	const char *detail; /* the library's words; "" when it has none */
	int64_t verify;     /* OpenSSL's X509_V_ERR number; 0 when none */
	int os_errno;       /* 0 when none */
	int connect_timeout_s;
	int timeout_s;
	const char *encoding; /* of HTTP_FAULT_ENCODING; not yet harmless */
};

/** The kind that one of libcurl's codes is. */
enum http_fault_kind http_fault_kind_of(int code);
/** Puts @p fault in words: what happened, to which host, what to do. */
void http_fault_describe(const struct http_fault *fault, struct err *err);

/* -- exchange.c ------------------------------------------------------------ */

/* One request and what came of it so far; between two it keeps its memory. */
struct http_exchange {
	const struct clock *clock; /* borrowed */
	struct http_place place;
	int connect_timeout_s;
	int timeout_s;
	struct http_head head;
	struct buf body;
	bool tls_begun;
	bool skip_body;
	size_t page_len; /* of an error page so far */
	bool enough;     /* of an error page: its status is known */
	bool refused;    /* by us, for what stands in refusal */
	enum http_fault_kind refusal;
	struct transport_reply reply;
};

/* How the library says that it ended. */
struct http_outcome {
	bool failed;
	enum http_fault_kind kind; /* of the code */
	int code;
	const char *summary; /* the code in the library's words */
	const char *detail;  /* its words for this very call */
	int64_t verify;
	int os_errno;
	struct http_times times;
	int64_t bytes_sent;
	int64_t bytes_received;
	int http_version;
	const char *peer; /* NULL when none */
	int fd;           /* of its connection, -1 when that has gone */
};

void http_exchange_init(struct http_exchange *exchange,
    const struct clock *clock);
void http_exchange_release(struct http_exchange *exchange);

/** Forgets the one before. @return false if the URL is not to be called. */
MUST_CHECK bool http_exchange_begin(struct http_exchange *exchange,
    const struct transport_request *request);

/** @return false if the exchange is to be given up. */
MUST_CHECK bool http_exchange_take_head(struct http_exchange *exchange,
    const char *line, size_t len, int64_t (*parse_date)(const char *text));
MUST_CHECK bool http_exchange_take_body(struct http_exchange *exchange,
    const char *data, size_t len);

/** @return the reply, borrowed until the next begin or the release. */
const struct transport_reply *http_exchange_end(struct http_exchange *exchange,
    const struct http_outcome *outcome);

/* -- transfers.c ----------------------------------------------------------- */

struct transfer {
	struct transfer *next;
	uint64_t id;
	transport_done_fn done;
	void *user;
	void *handle;   /* of the carrier; NULL when it gave none */
	bool stillborn; /* the carrier did not take it */
	struct http_exchange exchange;
};

/* What carries a transfer: libcurl, or a test. */
struct carrier_ops {
	/** @return a handle for this transfer and its next ones, or NULL. */
	void *(*open)(void *self, struct transfer *transfer);
	/** @return false if the request does not even start. */
	bool (*send)(void *self, void *handle,
	    const struct transport_request *request);
	/** After a send that was true: ended or not, it is over, and the
	 *  handle forgets the URL. */
	void (*stop)(void *self, void *handle);
	void (*close)(void *self, void *handle);
};

struct transfers {
	const struct carrier_ops *carrier;
	void *self;
	const struct clock *clock; /* borrowed */
	uint64_t last_id;
	struct transfer *running;
	struct transfer *resting;
};

void transfers_init(struct transfers *transfers,
    const struct carrier_ops *carrier, void *self, const struct clock *clock);
/** Stops what runs, without a callback. */
void transfers_release(struct transfers *transfers);

/** @return the transport that they serve; valid as long as they. */
struct transport transfers_transport(struct transfers *transfers);

/** Calls back, once. The callback may start and cancel transfers. */
void transfers_finish(struct transfers *transfers, struct transfer *transfer,
    const struct http_outcome *outcome);

/** Is there one that the carrier did not take, and nobody was told of? */
bool transfers_has_stillborn(const struct transfers *transfers);
void transfers_finish_stillborn(struct transfers *transfers);

/* -- sigpipe.c ------------------------------------------------------------- */

/** Around whatever may write to a connection. */
void http_sigpipe_ignore(struct sigaction *before);
void http_sigpipe_restore(const struct sigaction *before);

/* -- sockets.c ------------------------------------------------------------- */

/* Twice what may be open: two addresses of a host may be tried at once. */
enum { HTTP_SOCKETS_MAX = 128, HTTP_VERSION_2 = 20 };

/* A zeroed one is empty. */
struct http_sockets {
	int fds[HTTP_SOCKETS_MAX];
	size_t count;
	int64_t heard_ms; /* monotonic: when a call last came to its end */
	bool shared;      /* many calls go over one of them (HTTP/2) */
};

/** As socket(), and closed on exec. @return -1 when there is none. */
int http_sockets_open(struct http_sockets *sockets, int family, int type,
    int protocol);
/** As close(). */
int http_sockets_close(struct http_sockets *sockets, int fd);
/**
 * A call is over. A connection that it could not be sent on whole is shut
 * down: libcurl may keep it, and what was not sent. When it ran out of time
 * over a shared connection, and no other came to its end meanwhile, all are
 * shut down, and the next attempt has a new one.
 */
void http_sockets_judge(struct http_sockets *sockets,
    const struct http_outcome *outcome, int64_t now_ms);

/* -- watch.c --------------------------------------------------------------- */

/** Asks once about all of @p watches, and marks them; waits for one of them
 *  up to @p timeout_ms (-1: no end), or until a signal. */
void http_watch_poll(struct http_watch *watches, size_t count, int timeout_ms);

/* -- ca_store.c ------------------------------------------------------------ */

enum { CA_FILE_MAX = 1024 * 1024, CA_STORE_MAX = 8 * 1024 * 1024 };

/* The system's authorities and one file more, as they stand in files. */
struct ca_store {
	struct buf pem;  /* empty when neither is there */
	char *extra;     /* the path of that file; NULL for none */
	bool has_system; /* the system's bundle is among them, or alone */
};

/**
 * @param system the system's bundle, or NULL: then it is looked for in the
 *               usual places if there is an @p extra, and not at all if not.
 * @param extra  NULL for none.
 * @return false with ERR_FILE if @p extra cannot be read or holds no
 *         certificate. A system without a bundle is no failure.
 */
MUST_CHECK bool ca_store_init(struct ca_store *store, const char *system,
    const char *extra, struct err *err);
/** Takes a zeroed or released one too. */
void ca_store_release(struct ca_store *store);

/* -- trust.c --------------------------------------------------------------- */

struct trust;

/**
 * @param pem     borrowed until the trust is destroyed.
 * @param library what libcurl says of its TLS library, or NULL.
 * @return owned; NULL when there is nobody to trust in @p pem, or @p library
 *         is not the very OpenSSL that would be called here: libcurl then has
 *         to read the bytes by itself.
 */
struct trust *trust_create(const struct buf *pem, const char *library);
/** After the last connection that it joined. Takes NULL. */
void trust_destroy(struct trust *trust);

/**
 * Has one connection trust the authorities, beside whom it trusts already.
 *
 * @param context OpenSSL's SSL_CTX of the connection.
 * @return false if what was given is no run of certificates.
 */
MUST_CHECK bool trust_join(struct trust *trust, void *context);

#endif
