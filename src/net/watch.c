/*
 * The descriptors that the program waits for besides the network's. A signal
 * is no reason to wait again: its handler has left a byte in a pipe that is
 * among them, and the turn wants to see it.
 */
#include <assert.h>
#include <poll.h>

#include "net_priv.h"

void
http_watch_poll(struct http_watch *watches, size_t count, int timeout_ms)
{
	struct pollfd fds[HTTP_WATCHES_MAX];
	size_t i;
	int ready;

	assert(count <= HTTP_WATCHES_MAX);
	for (i = 0; i < count; i++) {
		fds[i].fd = watches[i].fd;
		fds[i].events = watches[i].want_write ? POLLOUT : POLLIN;
		fds[i].revents = 0;
	}
	ready = poll(fds, (nfds_t)count, timeout_ms);
	for (i = 0; i < count; i++) {
		short seen = ready > 0 ? fds[i].revents : 0;

		watches[i].ready = (seen & (POLLIN | POLLOUT)) != 0;
		watches[i].hung_up =
		    (seen & (POLLHUP | POLLERR | POLLNVAL)) != 0;
	}
}
