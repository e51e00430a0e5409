#include "bantop/net/http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* Every wait here ends by an event; this only bounds a failure. */
enum { DEADLINE_MS = 20000 };

struct caller {
	int calls;
	struct transport_reply reply; /* its body is not kept */
};

static void
called(const struct transport_reply *reply, void *user)
{
	struct caller *caller = user;

	caller->calls++;
	caller->reply = *reply;
	caller->reply.body = NULL;
}

static struct http *
open_http(void)
{
	const struct http_config config = {
		.clock = clock_system(),
		.connections_max = 2,
	};
	struct err err = { 0 };
	struct http *http = http_create(&config, &err);

	if (http == NULL)
		fail_msg("%s", err.text);
	return http;
}

static uint64_t
post_within(struct http *http, int port, int connect_timeout_s,
    struct caller *caller)
{
	struct transport transport = http_transport(http);
	struct transport_request request = {
		.body = "{}",
		.body_len = 2,
		.connect_timeout_s = connect_timeout_s,
		.timeout_s = 10,
	};
	char url[64];

	(void)snprintf(url, sizeof(url), "https://127.0.0.1:%d/x?usersig=s",
	    port);
	request.url = url;
	return transport.ops->start(transport.self, &request, called, caller);
}

static uint64_t
post(struct http *http, int port, struct caller *caller)
{
	return post_within(http, port, 10, caller);
}

/* A socket bound to a port of its own; @p backlog 0: refuses. */
static int
open_port(bool listens, int *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address,
	                     sizeof(address)),
	    0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	if (listens)
		assert_int_equal(listen(fd, 8), 0);
	*port = ntohs(address.sin_port);
	return fd;
}

static void
run_until_called(struct http *http, struct caller *caller)
{
	int64_t end_ms = clock_mono_ms(clock_system()) + DEADLINE_MS;

	while (caller->calls == 0) {
		assert_true(clock_mono_ms(clock_system()) < end_ms);
		http_wait(http, NULL, 0, 1000);
		http_run(http);
	}
	assert_int_equal(caller->calls, 1);
}

static int
accept_one(struct http *http, int listener)
{
	int64_t end_ms = clock_mono_ms(clock_system()) + DEADLINE_MS;
	struct http_watch watch = { .fd = listener };

	while (!watch.ready) {
		assert_true(clock_mono_ms(clock_system()) < end_ms);
		http_wait(http, &watch, 1, 1000);
		http_run(http);
	}
	return accept(listener, NULL, NULL);
}

static void
a_refused_connection_is_named(void **state)
{
	struct caller caller = { 0 };
	struct http *http = open_http();
	char want[64];
	int fd, port;

	(void)state;
	fd = open_port(false, &port);
	(void)post(http, port, &caller);
	assert_int_equal(caller.calls, 0);
	run_until_called(http, &caller);
	(void)snprintf(want, sizeof(want),
	    "cannot connect to 127.0.0.1:%d: connection refused", port);
	assert_string_equal(caller.reply.err.text, want);
	assert_int_equal(caller.reply.err.kind, ERR_CONNECT);
	assert_int_equal(caller.reply.status, 0);
	assert_int_equal(caller.reply.date_s, -1);
	assert_int_equal(caller.reply.timing.tls_ms, -1);
	http_destroy(http);
	assert_int_equal(close(fd), 0);
}

static void
a_port_that_speaks_no_tls_is_named(void **state)
{
	static const char answer[] =
	    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
	struct caller caller = { 0 };
	struct http *http = open_http();
	int listener, peer, port;

	(void)state;
	listener = open_port(true, &port);
	(void)post(http, port, &caller);
	peer = accept_one(http, listener);
	assert_int_equal(write(peer, answer, sizeof(answer) - 1),
	    (ssize_t)sizeof(answer) - 1);
	run_until_called(http, &caller);
	assert_int_equal(caller.reply.err.kind, ERR_TLS);
	assert_non_null(strstr(caller.reply.err.text, "does not speak TLS"));
	http_destroy(http);
	assert_int_equal(close(peer), 0);
	assert_int_equal(close(listener), 0);
}

static void
a_handshake_broken_off_is_named(void **state)
{
	struct caller caller = { 0 };
	struct http *http = open_http();
	int listener, peer, port;

	(void)state;
	listener = open_port(true, &port);
	(void)post(http, port, &caller);
	peer = accept_one(http, listener);
	assert_int_equal(close(peer), 0);
	run_until_called(http, &caller);
	assert_int_equal(caller.reply.err.kind, ERR_NETWORK);
	assert_non_null(strstr(caller.reply.err.text, "broke off"));
	http_destroy(http);
	assert_int_equal(close(listener), 0);
}

static void
a_handshake_that_does_not_come_is_named(void **state)
{
	struct caller caller = { 0 };
	struct http *http = open_http();
	int listener, peer, port;

	(void)state;
	listener = open_port(true, &port);
	(void)post_within(http, port, 1, &caller);
	peer = accept_one(http, listener);
	run_until_called(http, &caller);
	assert_int_equal(caller.reply.err.kind, ERR_TIMEOUT);
	assert_non_null(strstr(caller.reply.err.text, "no TLS handshake"));
	assert_non_null(strstr(caller.reply.err.text, "in 1 s"));
	http_destroy(http);
	assert_int_equal(close(peer), 0);
	assert_int_equal(close(listener), 0);
}

static void
a_cancelled_call_closes_its_connection(void **state)
{
	struct caller caller = { 0 };
	struct http *http = open_http();
	struct transport transport = http_transport(http);
	struct http_watch watch = { 0 };
	int64_t end_ms = clock_mono_ms(clock_system()) + DEADLINE_MS;
	int listener, port;
	char bytes[4096];
	uint64_t id;

	(void)state;
	listener = open_port(true, &port);
	id = post(http, port, &caller);
	watch.fd = accept_one(http, listener);
	transport.ops->cancel(transport.self, id);
	for (;;) { /* the ClientHello, then the end */
		assert_true(clock_mono_ms(clock_system()) < end_ms);
		http_wait(http, &watch, 1, 1000);
		http_run(http);
		if ((watch.ready || watch.hung_up) &&
		    read(watch.fd, bytes, sizeof(bytes)) <= 0)
			break;
	}
	assert_int_equal(caller.calls, 0);
	http_destroy(http);
	assert_int_equal(close(watch.fd), 0);
	assert_int_equal(close(listener), 0);
}

static void
plain_http_is_told_in_the_next_turn(void **state)
{
	const struct transport_request request = {
		.url = "http://127.0.0.1/",
		.body = "{}",
		.body_len = 2,
		.connect_timeout_s = 1,
		.timeout_s = 1,
	};
	struct caller caller = { 0 };
	struct http *http = open_http();
	struct transport transport = http_transport(http);

	(void)state;
	assert_int_not_equal(transport.ops->start(transport.self, &request,
	                         called, &caller),
	    0);
	assert_int_equal(caller.calls, 0);
	http_wait(http, NULL, 0, -1);
	http_run(http);
	assert_int_equal(caller.calls, 1);
	assert_int_equal(caller.reply.err.kind, ERR_NETWORK);
	http_destroy(http);
}

static void
check_watches(struct http *http)
{
	struct http_watch watches[3] = { 0 };
	int quiet[2], loud[2];

	assert_int_equal(pipe(quiet), 0);
	assert_int_equal(pipe(loud), 0);
	assert_int_equal(write(loud[1], "x", 1), 1);
	watches[0].fd = quiet[0];
	watches[1].fd = loud[0];
	watches[2].fd = quiet[1];
	watches[2].want_write = true;
	http_wait(http, watches, 2, -1);
	assert_false(watches[0].ready || watches[0].hung_up);
	assert_true(watches[1].ready && !watches[1].hung_up);
	http_wait(http, watches, 3, -1);
	assert_true(watches[2].ready);
	assert_int_equal(close(quiet[1]), 0);
	http_wait(http, watches, 1, -1);
	assert_true(watches[0].hung_up);
	assert_int_equal(close(quiet[0]), 0);
	assert_int_equal(close(loud[0]), 0);
	assert_int_equal(close(loud[1]), 0);
}

static void
descriptors_are_waited_for_with_and_without_a_network(void **state)
{
	struct http *http = open_http();

	(void)state;
	check_watches(NULL);
	check_watches(http);
	http_wait(NULL, NULL, 0, 1);
	http_wait(http, NULL, 0, 1);
	http_run(NULL);
	http_destroy(http);
	http_destroy(NULL);
}

static void
a_bad_authority_is_told_at_once(void **state)
{
	const struct http_config config = {
		.clock = clock_system(),
		.cacert = "/nonexistent/ca.pem",
		.connections_max = 1,
	};
	struct err err = { 0 };

	(void)state;
	assert_null(http_create(&config, &err));
	assert_int_equal(err.kind, ERR_FILE);
	assert_non_null(strstr(err.text, "/nonexistent/ca.pem"));
}

static void
the_environment_is_cleaned(void **state)
{
	static const char *const names[] = { "SSLKEYLOGFILE", "SSL_CERT_FILE",
		"SSL_CERT_DIR", "CURL_CA_BUNDLE", "OPENSSL_CONF", "https_proxy",
		"HTTPS_PROXY", "ALL_PROXY", "no_proxy" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(setenv(names[i], "/nonexistent", 1), 0);
	assert_int_equal(setenv("BANTOP_KEPT", "1", 1), 0);
	http_clean_environment();
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_null(getenv(names[i]));
	assert_non_null(getenv("BANTOP_KEPT"));
}

static void
the_library_is_named(void **state)
{
	(void)state;
	assert_non_null(strstr(http_library_version(), "libcurl/"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_environment_is_cleaned),
		cmocka_unit_test(a_refused_connection_is_named),
		cmocka_unit_test(a_port_that_speaks_no_tls_is_named),
		cmocka_unit_test(a_handshake_broken_off_is_named),
		cmocka_unit_test(a_handshake_that_does_not_come_is_named),
		cmocka_unit_test(a_cancelled_call_closes_its_connection),
		cmocka_unit_test(plain_http_is_told_in_the_next_turn),
		cmocka_unit_test(
		    descriptors_are_waited_for_with_and_without_a_network),
		cmocka_unit_test(a_bad_authority_is_told_at_once),
		cmocka_unit_test(the_library_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
