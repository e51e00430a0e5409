/*
 * A server that drips, hangs or floods: each attempt settles within its
 * time limit, with words for what was wrong, however the bytes come; what is
 * without an end is given up at the caps, long before.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/clock.h"
#include "e2e/support/listing.h"
#include "e2e/support/tls_server.h"

/* Three attempts of two seconds, and up to three seconds between them. */
enum { SETTLED_MS = 20000, DRIP_MS = 1000, BLOCK = 4096, WORK_MAX_MS = 5000 };

static const char head[] = "HTTP/1.1 200 OK\r\n"
                           "Content-Type: application/json\r\n";

/* -- what the server does -------------------------------------------------- */

static void
send_for_ever(struct tls_conn *conn, const char *text)
{
	char block[BLOCK + 1];
	size_t len = strlen(text), at = 0;

	for (; at + len <= BLOCK; at += len)
		memcpy(block + at, text, len);
	block[at] = '\0';
	while (tls_conn_send(conn, block))
		;
}

static void
drip(struct tls_conn *conn, void *user)
{
	(void)user;
	if (!tls_conn_read(conn) || !tls_conn_send(conn, head) ||
	    !tls_conn_send(conn, "Content-Length: 100\r\n\r\n{"))
		return;
	while (tls_conn_rest(conn, DRIP_MS) && tls_conn_send(conn, " "))
		;
}

static void
drip_a_head(struct tls_conn *conn, void *user)
{
	(void)user;
	if (!tls_conn_read(conn) || !tls_conn_send(conn, head))
		return;
	while (tls_conn_rest(conn, DRIP_MS) && tls_conn_send(conn, "X: y\r\n"))
		;
}

static void
hang_before_a_byte(struct tls_conn *conn, void *user)
{
	(void)user;
	if (tls_conn_read(conn))
		tls_conn_hang(conn);
}

static void
hang_behind_the_head(struct tls_conn *conn, void *user)
{
	(void)user;
	if (tls_conn_read(conn) && tls_conn_send(conn, head) &&
	    tls_conn_send(conn, "Content-Length: 100\r\n\r\n"))
		tls_conn_hang(conn);
}

static void
hang_in_the_body(struct tls_conn *conn, void *user)
{
	(void)user;
	if (tls_conn_read(conn) && tls_conn_send(conn, head) &&
	    tls_conn_send(conn, "Content-Length: 100\r\n\r\n{\"Act"))
		tls_conn_hang(conn);
}

/* Sends what @p user says, and then its last line for ever. */
static void
flood(struct tls_conn *conn, void *user)
{
	const char *const *texts = user;

	if (!tls_conn_read(conn) || !tls_conn_send(conn, texts[0]))
		return;
	send_for_ever(conn, texts[1]);
}

/* -- how it settles -------------------------------------------------------- */

static int64_t
work_ms(void)
{
	struct rusage usage;

	assert_int_equal(getrusage(RUSAGE_CHILDREN, &usage), 0);
	return (int64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
	    (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/* One server, and one program that asks it. */
struct siege {
	struct tls_server *server;
	struct rig rig;
	struct args args;
};

static void
begin(struct siege *siege, void **state,
    const struct tls_server_options *options)
{
	struct run_options run = { .argv = siege->args.list };

	siege->server = tls_server_start(*state, options);
	rig_open_server(&siege->rig, state, siege->server);
	rig_begin_args(&siege->rig, &siege->args);
	args_add_two(&siege->args, "--timeout", "2");
	args_add_two(&siege->args, "--connect-timeout", "2");
	run_start(&siege->rig.run, *state, &run);
}

static void
end(struct siege *siege, int status, const char *said)
{
	int got = run_finish(&siege->rig.run);

	if (got != status)
		fail_msg("status %d and not %d: %s", got, status,
		    run_error(&siege->rig.run));
	rig_check_said(&siege->rig, said);
	tls_server_stop(siege->server);
	rig_close(&siege->rig);
}

/* What a server does, and what becomes of it. */
struct siege_case {
	struct tls_server_options options;
	const char *texts[2]; /* of a flood: once, and for ever */
	int status;
	const char *said;
};

enum { SIEGES_MAX = 8 };

/* All at the same time: most of it is waiting. */
static void
check_all(void **state, const struct siege_case *cases, size_t count,
    int64_t work_max_ms)
{
	struct siege sieges[SIEGES_MAX];
	int64_t began_ms = clock_mono_ms(clock_system());
	int64_t worked_ms = work_ms();
	size_t i;

	assert_true(count <= SIEGES_MAX);
	for (i = 0; i < count; i++) {
		struct tls_server_options options = cases[i].options;

		if (cases[i].texts[0] != NULL)
			options.user = (void *)(uintptr_t)cases[i].texts;
		begin(&sieges[i], state, &options);
	}
	for (i = 0; i < count; i++)
		end(&sieges[i], cases[i].status, cases[i].said);
	assert_true(clock_mono_ms(clock_system()) - began_ms < SETTLED_MS);
	assert_true(work_ms() - worked_ms < work_max_ms);
}

#define CHECK_ALL(state, cases) \
	check_all(state, cases, sizeof(cases) / sizeof((cases)[0]), WORK_MAX_MS)

static const char not_whole[] = "the answer of 127.0.0.1 was not whole after "
                                "2 s";

static void
what_drips_or_hangs_is_given_up(void **state)
{
	static const struct siege_case cases[] = {
		{ { .serve = drip }, { NULL }, 4, not_whole },
		{ { .serve = drip_a_head }, { NULL }, 4, not_whole },
		{ { .serve = hang_before_a_byte }, { NULL }, 4,
		    "no answer from 127.0.0.1 in 2 s" },
		{ { .serve = hang_behind_the_head }, { NULL }, 4, not_whole },
		{ { .serve = hang_in_the_body }, { NULL }, 4, not_whole },
		{ { .serve = hang_in_the_body, .mute_from = 1 }, { NULL }, 4,
		    "no TLS handshake with" },
		{ { .serve = hang_in_the_body, .handshake_ms = 60000 },
		    { NULL }, 4, "no TLS handshake with" },
	};

	CHECK_ALL(state, cases);
}

/* A listener whose queue is full: who comes gets no answer at all. */
static void
what_takes_no_connection_is_given_up(void **state)
{
	static const char *const more[] = { "--connect-timeout", "2", NULL };
	const struct tls_server_options options = { .serve = drip };
	struct tls_server *server = tls_server_start(*state, &options);
	struct sockaddr_in place = { .sin_family = AF_INET };
	socklen_t len = sizeof place;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int guests[2];
	struct rig rig;
	size_t i;

	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(listener, (struct sockaddr *)&place, len), 0);
	assert_int_equal(listen(listener, 0), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&place, &len),
	    0);
	for (i = 0; i < 2; i++) {
		guests[i] = socket(AF_INET,
		    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		(void)connect(guests[i], (struct sockaddr *)&place, len);
	}
	rig_open_server(&rig, state, server);
	(void)snprintf(rig.sim.url, sizeof rig.sim.url, "https://127.0.0.1:%d",
	    (int)ntohs(place.sin_port));
	rig_list(&rig, more, 4);
	rig_check_said(&rig, "no answer in 2 s");
	for (i = 0; i < 2; i++)
		assert_int_equal(close(guests[i]), 0);
	assert_int_equal(close(listener), 0);
	tls_server_stop(server);
	rig_close(&rig);
}

static const char head_limit[] = "the headers of the answer are larger than "
                                 "64 KiB";
static const char body_limit[] = "the answer is larger than 512 KiB";

#define CHUNKED "Transfer-Encoding: chunked\r\n\r\n"

static void
a_head_without_an_end_is_given_up(void **state)
{
	static const struct siege_case cases[] = {
		{ { .serve = flood },
		    { "HTTP/1.1 200 OK\r\n", "X-More: headers\r\n" }, 7,
		    head_limit },
		{ { .serve = flood }, { "HTTP/1.1 200 OK\r\nX-Long: ", "aaa" },
		    7, head_limit },
		{ { .serve = flood }, { "HTTP/1.1 200 ", "OK OK " }, 7,
		    head_limit },
		{ { .serve = flood }, { "aaa", "aaa" }, 7, "is not HTTP" },
		{ { .serve = flood },
		    { "HTTP/1.1 100 Continue\r\n\r\n",
		        "HTTP/1.1 100 Continue\r\n\r\n" },
		    7, head_limit },
		{ { .serve = flood },
		    { "HTTP/1.1 103 Early Hints\r\n\r\n",
		        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" },
		    7, head_limit },
		{ { .serve = flood },
		    { "HTTP/1.1 200 OK\r\n" CHUNKED "0\r\n",
		        "Trailer: more\r\n" },
		    7, head_limit },
	};

	CHECK_ALL(state, cases);
}

static void
a_body_without_an_end_is_given_up(void **state)
{
	static const struct siege_case cases[] = {
		{ { .serve = flood },
		    { "HTTP/1.1 200 OK\r\n\r\n", "{\"a\":0} " }, 7,
		    body_limit },
		{ { .serve = flood },
		    { "HTTP/1.1 200 OK\r\n" CHUNKED, "4\r\n{\"a\"\r\n" }, 7,
		    body_limit },
		{ { .serve = flood }, { "HTTP/1.1 200 OK\r\n" CHUNKED, "0" }, 4,
		    "before the answer was whole" },
		{ { .serve = flood },
		    { "HTTP/1.1 503 No\r\n" CHUNKED, "4\r\nbusy\r\n" }, 4,
		    "HTTP 503" },
		{ { .serve = flood },
		    { "HTTP/1.1 503 No\r\nContent-Encoding: gzip\r\n" CHUNKED,
		        "4\r\nbusy\r\n" },
		    4, "HTTP 503" },
	};

	CHECK_ALL(state, cases);
}

/* The library reads it, and shows nobody: only the time limit ends it. */
static void
a_line_of_a_chunk_without_an_end_is_given_up(void **state)
{
	static const struct siege_case cases[] = {
		{ { .serve = flood },
		    { "HTTP/1.1 200 OK\r\n" CHUNKED "4;", "extension" }, 4,
		    not_whole },
	};

	check_all(state, cases, 1, SETTLED_MS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_drips_or_hangs_is_given_up),
		cmocka_unit_test(what_takes_no_connection_is_given_up),
		cmocka_unit_test(a_head_without_an_end_is_given_up),
		cmocka_unit_test(a_body_without_an_end_is_given_up),
		cmocka_unit_test(a_line_of_a_chunk_without_an_end_is_given_up),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
