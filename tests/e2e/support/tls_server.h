/*
 * A TLS server that does what a test says, byte by byte, and counts what it is
 * told: for what the simulator's library would never send. Each connection has
 * a thread of its own and is served by a function of the test's, which must
 * fail no test: it counts, sends, waits and returns.
 */
#ifndef BANTOP_TESTS_E2E_TLS_SERVER_H
#define BANTOP_TESTS_E2E_TLS_SERVER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "e2e/support/home.h"
#include "e2e/support/sim.h"

enum { TLS_HEAD_MAX = 16384, TLS_CONNECTIONS_MAX = 256 };

struct tls_server;
struct tls_conn;

/** Serves a connection whose handshake is over; it is closed on return. */
typedef void (*tls_serve_fn)(struct tls_conn *conn, void *user);

struct tls_server_options {
	const char *kind; /* of certificate, as the simulator's; NULL: good */
	bool tls11;       /* nothing newer */
	/* Of the connections from this one on (1: all), the handshake is
	 * never answered; 0: none. */
	size_t mute_from;
	int handshake_ms; /* and this is how late it is answered */
	tls_serve_fn serve;
	void *user; /* borrowed */
};

/* What was seen so far. */
struct tls_counts {
	atomic_size_t connections; /* accepted */
	atomic_size_t handshakes;  /* that were brought to their end */
	atomic_size_t resumed;     /* of these, without a certificate */
	atomic_size_t bytes;       /* received behind a handshake */
	atomic_size_t requests;    /* received whole */
};

/** Listens on the loopback interface. @p home gets its authority and a key. */
struct tls_server *tls_server_start(const struct home *home,
    const struct tls_server_options *options);
/** Ends every connection and waits for its thread. Takes NULL. */
void tls_server_stop(struct tls_server *server);

struct tls_counts *tls_server_counts(struct tls_server *server);
int tls_server_port(const struct tls_server *server);
/** The fields of @p sim that say how to reach it, and no others: rigs and
 *  stories then come here. */
void tls_server_stand_in(const struct tls_server *server, struct sim *sim);

/* -- in a function that serves -- */

/** The place of the connection among all, from 1. */
size_t tls_conn_number(const struct tls_conn *conn);
/** Waits for a request and its body. @return false when none comes. */
bool tls_conn_read(struct tls_conn *conn);
/** @return the head of the last request, borrowed until the next. */
const char *tls_conn_head(const struct tls_conn *conn);
/** @return the Offset that it asked for, or 0. */
int64_t tls_conn_offset(const struct tls_conn *conn);
/** @return false when nobody reads any more. */
bool tls_conn_send(struct tls_conn *conn, const char *text);
/** A whole answer: rows "member-OFFSET" and on, with ends far ahead.
 *  @param more header lines, each with its end, or "". */
bool tls_conn_send_page(struct tls_conn *conn, int rows, int64_t next,
    const char *more);
/** @return false when the peer, or the test, is done before. */
bool tls_conn_rest(struct tls_conn *conn, int ms);
/** Until the peer has gone, or the test is over. */
void tls_conn_hang(struct tls_conn *conn);
/** The connection ends by a reset, and not by a good-bye. */
void tls_conn_reset(struct tls_conn *conn);
/** The connection ends without the good-bye of TLS. */
void tls_conn_be_rude(struct tls_conn *conn);

#endif
