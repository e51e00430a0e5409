/*
 * One thread, one poll. What is read is written at once: tests send little,
 * and a side that does not read only holds up the test.
 */
#include "e2e/support/relay.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/mem.h"
#include "e2e/support/child.h"

enum { PAIRS_MAX = 64, CHUNK = 16384 };

struct relay {
	int listen_fd;
	int stop[2];
	int port;
	int to_port;
	pthread_t thread;
	int fds[2 * PAIRS_MAX]; /* of a pair one behind the other; -1: ended */
	atomic_size_t count;    /* of pairs */
	atomic_size_t forgotten;
};

static int
open_local(int port, struct sockaddr_in *place)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	*place = (struct sockaddr_in){ .sin_family = AF_INET };
	place->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	place->sin_port = htons((unsigned short)port);
	return fd;
}

static void
take_pair(struct relay *relay)
{
	size_t count = atomic_load(&relay->count);
	struct sockaddr_in place;
	int fd = accept(relay->listen_fd, NULL, NULL);
	int other = open_local(relay->to_port, &place);

	if (fd < 0 || other < 0 || count == PAIRS_MAX ||
	    connect(other, (const struct sockaddr *)&place, sizeof place) !=
	        0) {
		(void)close(fd);
		(void)close(other);
		return;
	}
	relay->fds[2 * count] = fd;
	relay->fds[2 * count + 1] = other;
	atomic_store(&relay->count, count + 1);
}

/* Passes on what has come, or the end. */
static void
pass(struct relay *relay, size_t index)
{
	char bytes[CHUNK];
	ssize_t len = read(relay->fds[index], bytes, sizeof bytes);
	size_t other = index ^ 1;

	if (len > 0 &&
	    send(relay->fds[other], bytes, (size_t)len, MSG_NOSIGNAL) == len)
		return;
	(void)close(relay->fds[index]);
	(void)close(relay->fds[other]);
	relay->fds[index] = -1;
	relay->fds[other] = -1;
}

static bool
is_lost(const struct relay *relay, size_t index)
{
	return index / 2 < atomic_load(&relay->forgotten);
}

static void *
work(void *user)
{
	struct relay *relay = user;
	struct pollfd polled[2 * PAIRS_MAX + 2];
	size_t i, count;

	for (;;) {
		count = 2 * atomic_load(&relay->count);
		for (i = 0; i < count; i++)
			polled[i] = (struct pollfd){
				.fd = is_lost(relay, i) ? -1 : relay->fds[i],
				.events = POLLIN,
			};
		polled[count] =
		    (struct pollfd){ .fd = relay->listen_fd, .events = POLLIN };
		polled[count + 1] =
		    (struct pollfd){ .fd = relay->stop[0], .events = POLLIN };
		(void)poll(polled, count + 2, -1);
		if (polled[count + 1].revents != 0)
			return NULL;
		for (i = 0; i < count; i++) {
			if (polled[i].revents != 0 && relay->fds[i] >= 0 &&
			    !is_lost(relay, i))
				pass(relay, i);
		}
		if (polled[count].revents != 0)
			take_pair(relay);
	}
}

struct relay *
relay_start(int to_port)
{
	struct relay *relay = mem_alloc(sizeof *relay);
	struct sockaddr_in place;
	socklen_t len = sizeof place;

	relay->to_port = to_port;
	relay->listen_fd = open_local(0, &place);
	assert_int_equal(bind(relay->listen_fd, (const struct sockaddr *)&place,
	                     sizeof place),
	    0);
	assert_int_equal(listen(relay->listen_fd, 16), 0);
	assert_int_equal(getsockname(relay->listen_fd,
	                     (struct sockaddr *)&place, &len),
	    0);
	relay->port = ntohs(place.sin_port);
	child_pipe(relay->stop);
	assert_int_equal(pthread_create(&relay->thread, NULL, work, relay), 0);
	return relay;
}

int
relay_port(const struct relay *relay)
{
	return relay->port;
}

void
relay_forget(struct relay *relay)
{
	atomic_store(&relay->forgotten, atomic_load(&relay->count));
}

size_t
relay_connections(const struct relay *relay)
{
	return atomic_load(&relay->count);
}

void
relay_stop(struct relay *relay)
{
	size_t i;

	if (relay == NULL)
		return;
	(void)close(relay->stop[1]);
	(void)pthread_join(relay->thread, NULL);
	for (i = 0; i < 2 * atomic_load(&relay->count); i++) {
		if (relay->fds[i] >= 0)
			(void)close(relay->fds[i]);
	}
	(void)close(relay->stop[0]);
	(void)close(relay->listen_fd);
	free(relay);
}
