/*
 * The descriptors of all connections, so that they can be ended from here.
 * libcurl keeps a connection of HTTP/2 when a call over it has run out of
 * time, and would send the next attempt down the same hole.
 */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net_priv.h"

int
http_sockets_open(struct http_sockets *sockets, int family, int type,
    int protocol)
{
	int fd = socket(family, type, protocol);

	if (fd < 0)
		return -1;
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	if (sockets->count < HTTP_SOCKETS_MAX)
		sockets->fds[sockets->count++] = fd;
	return fd;
}

int
http_sockets_close(struct http_sockets *sockets, int fd)
{
	size_t i;

	for (i = 0; i < sockets->count; i++) {
		if (sockets->fds[i] == fd) {
			sockets->fds[i] = sockets->fds[--sockets->count];
			break;
		}
	}
	return close(fd);
}

void
http_sockets_judge(struct http_sockets *sockets,
    const struct http_outcome *outcome, int64_t now_ms)
{
	int64_t began_ms = now_ms - outcome->times.total_us / 1000;
	size_t i;

	if (!outcome->failed) {
		sockets->heard_ms = now_ms;
		sockets->shared = outcome->http_version == HTTP_VERSION_2;
		return;
	}
	/* What was not sent may still wait in it: the next answer would be to
	 * this request. */
	if ((outcome->kind == HTTP_FAULT_SEND ||
	        outcome->kind == HTTP_FAULT_MEMORY) &&
	    outcome->fd >= 0)
		(void)shutdown(outcome->fd, SHUT_RDWR);
	if (outcome->kind != HTTP_FAULT_TIMEOUT || !sockets->shared ||
	    sockets->heard_ms > began_ms)
		return;
	for (i = 0; i < sockets->count; i++)
		(void)shutdown(sockets->fds[i], SHUT_RDWR);
}
