/*
 * OpenSSL on blocking sockets. A thread accepts, one more serves each
 * connection; the end of the test shuts every socket down, which ends whatever
 * a thread waits for. Only the accepting thread and the stop touch the table.
 */
#define _GNU_SOURCE
#include "e2e/support/tls_server.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "bantop/base/buf.h"
#include "bantop/base/mem.h"
#include "bantop/sim/certificate.h"

enum { BODY_MAX = 256 * 1024, FOR_EVER_MS = 24 * 3600 * 1000 };

struct tls_conn {
	struct tls_server *server;
	pthread_t thread;
	size_t number;
	int fd;
	SSL *ssl;
	bool rude;
	bool reset;
	char head[TLS_HEAD_MAX];
	size_t len;  /* in head: of the request, and what came with it */
	size_t used; /* of these, the request before */
};

struct tls_server {
	struct tls_server_options options;
	struct tls_counts counts;
	SSL_CTX *context;
	int listen_fd;
	int port;
	pthread_t thread;
	struct tls_conn *conns[TLS_CONNECTIONS_MAX];
	size_t count;
	char cacert[HOME_PATH_MAX];
	char key_file[HOME_PATH_MAX];
};

/* -- a connection ---------------------------------------------------------- */

size_t
tls_conn_number(const struct tls_conn *conn)
{
	return conn->number;
}

const char *
tls_conn_head(const struct tls_conn *conn)
{
	return conn->head;
}

/* Appends to head. @return false when nothing more comes. */
static bool
receive(struct tls_conn *conn)
{
	size_t room = sizeof conn->head - 1 - conn->len;
	int count;

	if (room == 0)
		return false;
	count = SSL_read(conn->ssl, conn->head + conn->len, (int)room);
	if (count <= 0)
		return false;
	atomic_fetch_add(&conn->server->counts.bytes, (size_t)count);
	conn->len += (size_t)count;
	conn->head[conn->len] = '\0';
	return true;
}

static size_t
body_len(const char *head)
{
	static const char name[] = "\r\nContent-Length: ";
	const char *at = strcasestr(head, name);

	return at == NULL ? 0 : strtoul(at + strlen(name), NULL, 10);
}

bool
tls_conn_read(struct tls_conn *conn)
{
	const char *end;

	memmove(conn->head, conn->head + conn->used, conn->len - conn->used);
	conn->len -= conn->used;
	conn->used = 0;
	conn->head[conn->len] = '\0';
	for (;;) {
		end = strstr(conn->head, "\r\n\r\n");
		if (end != NULL) {
			conn->used = (size_t)(end - conn->head) + 4 +
			    body_len(conn->head);
			if (conn->len >= conn->used)
				break;
		}
		conn->used = 0;
		if (!receive(conn))
			return false;
	}
	atomic_fetch_add(&conn->server->counts.requests, 1);
	return true;
}

int64_t
tls_conn_offset(const struct tls_conn *conn)
{
	static const char name[] = "\"Offset\":";
	const char *at = strstr(conn->head, name);

	return at == NULL ? 0 : strtoll(at + strlen(name), NULL, 10);
}

bool
tls_conn_send(struct tls_conn *conn, const char *text)
{
	return SSL_write(conn->ssl, text, (int)strlen(text)) > 0;
}

bool
tls_conn_send_page(struct tls_conn *conn, int rows, int64_t next,
    const char *more)
{
	int64_t offset = tls_conn_offset(conn);
	struct buf body, reply;
	bool ok;
	int i;

	buf_init(&body, BODY_MAX);
	buf_init(&reply, BODY_MAX);
	buf_put_text(&body,
	    "{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0,"
	    "\"BannedAccountList\":[");
	for (i = 0; i < rows; i++)
		buf_put_format(&body,
		    "%s{\"Member_Account\":\"member-%05lld\","
		    "\"BannedUntil\":4294967295}",
		    i == 0 ? "" : ",", (long long)offset + i);
	buf_put_format(&body, "],\"NextOffset\":%lld}", (long long)next);
	buf_put_format(&reply,
	    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	    "Content-Length: %zu\r\n%s\r\n%s",
	    body.len, more, buf_text(&body));
	ok = tls_conn_send(conn, buf_text(&reply));
	buf_release(&reply);
	buf_release(&body);
	return ok;
}

bool
tls_conn_rest(struct tls_conn *conn, int ms)
{
	struct pollfd peer = { .fd = conn->fd, .events = POLLRDHUP };

	return poll(&peer, 1, ms) == 0;
}

void
tls_conn_hang(struct tls_conn *conn)
{
	(void)tls_conn_rest(conn, FOR_EVER_MS);
}

void
tls_conn_reset(struct tls_conn *conn)
{
	conn->reset = true;
}

void
tls_conn_be_rude(struct tls_conn *conn)
{
	conn->rude = true;
}

/* Its descriptor stays open until the stop: a number that was given away
 * again could be shut down in the place of this one. */
static void
end_conn(struct tls_conn *conn)
{
	const struct linger hard = { .l_onoff = 1, .l_linger = 0 };
	const struct sockaddr none = { .sa_family = AF_UNSPEC };

	if (conn->reset) {
		(void)setsockopt(conn->fd, SOL_SOCKET, SO_LINGER, &hard,
		    sizeof hard);
		(void)connect(conn->fd, &none, sizeof none); /* sends RST */
	} else if (!conn->rude) {
		(void)SSL_shutdown(conn->ssl);
	}
	(void)shutdown(conn->fd, SHUT_RDWR);
}

static bool
shake_hands(struct tls_conn *conn)
{
	const struct tls_server_options *options = &conn->server->options;

	if (options->mute_from != 0 && conn->number >= options->mute_from) {
		tls_conn_hang(conn);
		return false;
	}
	if (options->handshake_ms > 0 &&
	    !tls_conn_rest(conn, options->handshake_ms))
		return false;
	if (SSL_accept(conn->ssl) != 1)
		return false;
	atomic_fetch_add(&conn->server->counts.handshakes, 1);
	if (SSL_session_reused(conn->ssl) == 1)
		atomic_fetch_add(&conn->server->counts.resumed, 1);
	return true;
}

static void *
serve(void *user)
{
	struct tls_conn *conn = user;
	const struct tls_server_options *options = &conn->server->options;

	if (shake_hands(conn))
		options->serve(conn, options->user);
	end_conn(conn);
	return NULL;
}

/* -- the server ------------------------------------------------------------ */

static void
begin_conn(struct tls_server *server, int fd)
{
	struct tls_conn *conn = mem_alloc(sizeof *conn);

	conn->server = server;
	conn->fd = fd;
	conn->ssl = SSL_new(server->context);
	server->conns[server->count++] = conn;
	conn->number = server->count;
	if (conn->ssl == NULL || SSL_set_fd(conn->ssl, fd) != 1 ||
	    pthread_create(&conn->thread, NULL, serve, conn) != 0)
		abort();
}

static void *
accept_all(void *user)
{
	struct tls_server *server = user;
	sigset_t pipe;
	int fd;

	/* What a peer leaves unread is no reason to end the test. */
	(void)sigemptyset(&pipe);
	(void)sigaddset(&pipe, SIGPIPE);
	(void)pthread_sigmask(SIG_BLOCK, &pipe, NULL);
	while (server->count < TLS_CONNECTIONS_MAX) {
		fd = accept4(server->listen_fd, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		if (fd < 0)
			break;
		atomic_fetch_add(&server->counts.connections, 1);
		begin_conn(server, fd);
	}
	return NULL;
}

static void
listen_somewhere(struct tls_server *server)
{
	struct sockaddr_in place = { .sin_family = AF_INET };
	socklen_t len = sizeof place;

	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server->listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(server->listen_fd >= 0);
	assert_int_equal(bind(server->listen_fd,
	                     (const struct sockaddr *)&place, sizeof place),
	    0);
	assert_int_equal(listen(server->listen_fd, 128), 0);
	assert_int_equal(getsockname(server->listen_fd,
	                     (struct sockaddr *)&place, &len),
	    0);
	server->port = ntohs(place.sin_port);
}

static void
show_certificate(struct tls_server *server, const struct buf *pem,
    const struct buf *key_pem)
{
	BIO *certificate_text = BIO_new_mem_buf(pem->data, (int)pem->len);
	BIO *key_text = BIO_new_mem_buf(key_pem->data, (int)key_pem->len);
	X509 *certificate =
	    PEM_read_bio_X509(certificate_text, NULL, NULL, NULL);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(key_text, NULL, NULL, NULL);

	assert_int_equal(SSL_CTX_use_certificate(server->context, certificate),
	    1);
	assert_int_equal(SSL_CTX_use_PrivateKey(server->context, key), 1);
	EVP_PKEY_free(key);
	X509_free(certificate);
	BIO_free(key_text);
	BIO_free(certificate_text);
}

static void
make_context(struct tls_server *server, const struct home *home)
{
	struct sim_certificate certificate = { 0 };
	struct err err = { 0 };
	char name[32];

	if (!sim_certificate_make(&certificate, server->options.kind, &err))
		fail_msg("%s", err.text);
	server->context = SSL_CTX_new(TLS_server_method());
	assert_non_null(server->context);
	if (server->options.tls11) {
		SSL_CTX_set_security_level(server->context, 0);
		assert_int_equal(SSL_CTX_set_min_proto_version(server->context,
		                     TLS1_1_VERSION),
		    1);
		assert_int_equal(SSL_CTX_set_max_proto_version(server->context,
		                     TLS1_1_VERSION),
		    1);
	}
	show_certificate(server, &certificate.server, &certificate.key);
	(void)snprintf(name, sizeof name, "tls-%d.pem", server->port);
	home_write(home, name, certificate.authority.data,
	    certificate.authority.len);
	home_path(home, name, server->cacert);
	sim_certificate_release(&certificate);
}

static void
write_key(struct tls_server *server, const struct home *home)
{
	char name[32], key[SIM_SECRET_LEN + 1];
	struct err err = { 0 };

	if (!sim_secret_make(key, &err))
		fail_msg("%s", err.text);
	(void)snprintf(name, sizeof name, "tls-%d.key", server->port);
	home_write(home, name, key, SIM_SECRET_LEN);
	home_path(home, name, server->key_file);
}

struct tls_server *
tls_server_start(const struct home *home,
    const struct tls_server_options *options)
{
	struct tls_server *server = mem_alloc(sizeof *server);

	server->options = *options;
	listen_somewhere(server);
	make_context(server, home);
	write_key(server, home);
	assert_int_equal(pthread_create(&server->thread, NULL, accept_all,
	                     server),
	    0);
	return server;
}

void
tls_server_stop(struct tls_server *server)
{
	size_t i;

	if (server == NULL)
		return;
	(void)shutdown(server->listen_fd, SHUT_RDWR);
	(void)pthread_join(server->thread, NULL);
	for (i = 0; i < server->count; i++) {
		struct tls_conn *conn = server->conns[i];

		(void)shutdown(conn->fd, SHUT_RDWR);
		(void)pthread_join(conn->thread, NULL);
		SSL_free(conn->ssl);
		(void)close(conn->fd);
		free(conn);
	}
	(void)close(server->listen_fd);
	SSL_CTX_free(server->context);
	free(server);
}

struct tls_counts *
tls_server_counts(struct tls_server *server)
{
	return &server->counts;
}

int
tls_server_port(const struct tls_server *server)
{
	return server->port;
}

void
tls_server_stand_in(const struct tls_server *server, struct sim *sim)
{
	(void)snprintf(sim->url, sizeof sim->url, "https://127.0.0.1:%d",
	    server->port);
	(void)snprintf(sim->cacert, sizeof sim->cacert, "%s", server->cacert);
	(void)snprintf(sim->key_file, sizeof sim->key_file, "%s",
	    server->key_file);
	(void)snprintf(sim->admin, sizeof sim->admin, "administrator");
	(void)snprintf(sim->app_id, sizeof sim->app_id, "1400000123");
}
