#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/net_priv.h"

static const struct http_outcome good = { .http_version = HTTP_VERSION_2 };
/* Waited from 1 s before its end. */
static const struct http_outcome late = { .failed = true,
	.kind = HTTP_FAULT_TIMEOUT,
	.times = { .total_us = 1000000 } };

/* One end under watch, as if libcurl had opened it. */
struct pair {
	struct http_sockets sockets;
	int own;
	int peer;
};

static int
set_up(void **state)
{
	static struct pair pair;
	int fds[2];

	memset(&pair, 0, sizeof pair);
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0)
		return -1;
	pair.own = http_sockets_open(&pair.sockets, AF_UNIX, SOCK_STREAM, 0);
	if (pair.own < 0 || dup2(fds[0], pair.own) < 0)
		return -1;
	(void)close(fds[0]);
	pair.peer = fds[1];
	*state = &pair;
	return 0;
}

static int
tear_down(void **state)
{
	struct pair *pair = *state;

	(void)close(pair->peer);
	return http_sockets_close(&pair->sockets, pair->own);
}

static bool
is_shut(const struct pair *pair)
{
	char byte;

	return recv(pair->peer, &byte, 1, MSG_DONTWAIT) == 0;
}

static void
a_shared_connection_that_said_nothing_is_ended(void **state)
{
	struct pair *pair = *state;

	http_sockets_judge(&pair->sockets, &good, 1000);
	http_sockets_judge(&pair->sockets, &late, 5000);
	assert_true(is_shut(pair));
}

static void
one_that_answered_others_meanwhile_is_kept(void **state)
{
	struct pair *pair = *state;

	http_sockets_judge(&pair->sockets, &good, 4500);
	http_sockets_judge(&pair->sockets, &late, 5000);
	assert_false(is_shut(pair));
}

static void
connections_of_one_call_each_are_left_to_libcurl(void **state)
{
	struct http_outcome old = good;
	struct pair *pair = *state;

	old.http_version = 11;
	http_sockets_judge(&pair->sockets, &late, 5000);
	http_sockets_judge(&pair->sockets, &old, 6000);
	http_sockets_judge(&pair->sockets, &late, 9000);
	assert_false(is_shut(pair));
}

static void
a_fault_that_is_no_lack_of_time_ends_nothing(void **state)
{
	struct http_outcome cut = late;
	struct pair *pair = *state;

	cut.kind = HTTP_FAULT_CUT;
	http_sockets_judge(&pair->sockets, &good, 1000);
	http_sockets_judge(&pair->sockets, &cut, 5000);
	assert_false(is_shut(pair));
}

static void
one_that_a_request_did_not_leave_is_ended(void **state)
{
	struct http_outcome unsent = late;
	struct pair *pair = *state;

	unsent.kind = HTTP_FAULT_SEND;
	unsent.fd = -1;
	http_sockets_judge(&pair->sockets, &unsent, 5000);
	assert_false(is_shut(pair));
	unsent.fd = pair->own;
	http_sockets_judge(&pair->sockets, &unsent, 5000);
	assert_true(is_shut(pair));
}

static void
what_was_closed_is_not_touched(void **state)
{
	struct pair *pair = *state;
	int fd = http_sockets_open(&pair->sockets, AF_UNIX, SOCK_STREAM, 0);

	assert_int_equal(pair->sockets.count, 2);
	assert_int_equal(http_sockets_close(&pair->sockets, fd), 0);
	assert_int_equal(pair->sockets.count, 1);
	assert_int_equal(pair->sockets.fds[0], pair->own);
	assert_int_equal(http_sockets_open(&pair->sockets, -1, SOCK_STREAM, 0),
	    -1);
	assert_int_equal(pair->sockets.count, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_shared_connection_that_said_nothing_is_ended),
		TEST(one_that_answered_others_meanwhile_is_kept),
		TEST(connections_of_one_call_each_are_left_to_libcurl),
		TEST(a_fault_that_is_no_lack_of_time_ends_nothing),
		TEST(one_that_a_request_did_not_leave_is_ended),
		TEST(what_was_closed_is_not_touched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
