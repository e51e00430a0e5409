/*
 * PORT MS: a server on this machine as if it were MS milliseconds away, there
 * and back. Prints the port to ask instead, and ends with its standard input.
 *
 * The model: each direction of a connection holds what it is given for half
 * of the way and passes it on in order. A client's connect() is answered by
 * the kernel at once, so the first bytes of a connection wait the whole way
 * longer, as they would for TCP's own handshake; TLS needs no such help, its
 * messages take their way themselves. A line that is never full and loses
 * nothing: what is asked for here, some kilobytes at a time, fits into the
 * first window of a real one too.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "bench/stage.h"

enum { LINKS_MAX = 128, CHUNK_MAX = 16384, BACKLOG = 128 };

struct chunk {
	struct chunk *next;
	int64_t due_us;
	size_t len; /* 0: the end */
	size_t sent;
	char bytes[];
};

/* One direction of a connection. */
struct way {
	int from;
	int to;
	bool ended; /* nothing more comes */
	bool done;  /* and all has been passed on */
	struct chunk *first;
	struct chunk **last; /* where the next one is hung */
};

struct link {
	bool used;
	int64_t open_us; /* the handshake is over then */
	struct way there;
	struct way back;
};

struct far {
	int listener;
	int port; /* of the server */
	int64_t half_us;
	struct link links[LINKS_MAX];
};

static int
open_socket(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int yes = 1;

	if (fd < 0)
		stage_fail("no socket");
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	return fd;
}

static struct sockaddr_in
local(int port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static void
listen_somewhere(struct far *far)
{
	struct sockaddr_in address = local(0);
	socklen_t size = sizeof address;

	far->listener = open_socket();
	if (bind(far->listener, (struct sockaddr *)&address, size) != 0 ||
	    listen(far->listener, BACKLOG) != 0 ||
	    getsockname(far->listener, (struct sockaddr *)&address, &size) != 0)
		stage_fail("no port to listen on");
	(void)printf("%d\n", ntohs(address.sin_port));
	(void)fflush(stdout);
}

/* -- one direction --------------------------------------------------------- */

static void
open_way(struct way *way, int from, int to)
{
	*way = (struct way){ .from = from, .to = to };
	way->last = &way->first;
}

static void
hold(struct way *way, const char *bytes, size_t len, int64_t due_us)
{
	struct chunk *chunk = malloc(sizeof *chunk + len);

	if (chunk == NULL)
		stage_fail("no memory");
	*chunk = (struct chunk){ .due_us = due_us, .len = len };
	memcpy(chunk->bytes, bytes, len);
	*way->last = chunk;
	way->last = &chunk->next;
}

static void
take(struct way *way, int64_t due_us)
{
	char bytes[CHUNK_MAX];
	ssize_t len = recv(way->from, bytes, sizeof bytes, MSG_DONTWAIT);

	if (len < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	way->ended = len <= 0;
	hold(way, bytes, len > 0 ? (size_t)len : 0, due_us);
}

static void
drop_first(struct way *way)
{
	struct chunk *chunk = way->first;

	way->first = chunk->next;
	if (way->first == NULL)
		way->last = &way->first;
	free(chunk);
}

/* @return false if the receiver takes no more for now. */
static bool
pass_first(struct way *way)
{
	struct chunk *chunk = way->first;
	ssize_t len;

	if (chunk->len == 0) {
		(void)shutdown(way->to, SHUT_WR);
		way->done = true;
	}
	while (chunk->sent < chunk->len) {
		len = send(way->to, chunk->bytes + chunk->sent,
		    chunk->len - chunk->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (len < 0 && errno == EAGAIN)
			return false;
		if (len < 0) {
			way->done = true;
			break;
		}
		chunk->sent += (size_t)len;
	}
	drop_first(way);
	return true;
}

static void
pass(struct way *way, int64_t now_us)
{
	while (way->first != NULL && way->first->due_us <= now_us)
		if (!pass_first(way))
			return;
}

/* -- connections ----------------------------------------------------------- */

static struct link *
free_link(struct far *far)
{
	size_t i;

	for (i = 0; i < LINKS_MAX; i++)
		if (!far->links[i].used)
			return &far->links[i];
	stage_fail("too many connections at once");
}

static void
take_client(struct far *far)
{
	struct sockaddr_in server = local(far->port);
	int client = accept(far->listener, NULL, NULL);
	int other = open_socket();
	struct link *link = free_link(far);
	int yes = 1;

	if (client < 0 ||
	    connect(other, (struct sockaddr *)&server, sizeof server) != 0)
		stage_fail("no connection");
	(void)setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	link->used = true;
	link->open_us = stage_now_us() + 2 * far->half_us;
	open_way(&link->there, client, other);
	open_way(&link->back, other, client);
}

static void
end_if_done(struct link *link)
{
	if (!link->there.done || !link->back.done)
		return;
	while (link->there.first != NULL)
		drop_first(&link->there);
	while (link->back.first != NULL)
		drop_first(&link->back);
	(void)close(link->there.from);
	(void)close(link->there.to);
	link->used = false;
}

static void
run_link(struct far *far, struct link *link, bool there, bool back)
{
	int64_t now_us = stage_now_us();
	int64_t from_us = now_us > link->open_us ? now_us : link->open_us;

	if (there)
		take(&link->there, from_us + far->half_us);
	if (back)
		take(&link->back, now_us + far->half_us);
	pass(&link->there, now_us);
	pass(&link->back, now_us);
	end_if_done(link);
}

/* -- the loop -------------------------------------------------------------- */

/* What a turn waits for; select, as poll counts in whole milliseconds. */
struct waits {
	fd_set fds;
	int count;
	int64_t due_us;
};

static void
watch(struct waits *waits, int fd)
{
	if (fd >= FD_SETSIZE)
		stage_fail("too many connections at once");
	FD_SET(fd, &waits->fds);
	if (fd >= waits->count)
		waits->count = fd + 1;
}

static void
watch_way(struct waits *waits, const struct way *way)
{
	if (!way->ended)
		watch(waits, way->from);
	if (way->first != NULL && way->first->due_us < waits->due_us)
		waits->due_us = way->first->due_us;
}

static void
wait_for(struct far *far, struct waits *waits)
{
	struct timespec left = { .tv_sec = 0 };
	int64_t left_us;
	size_t i;

	FD_ZERO(&waits->fds);
	waits->count = 0;
	waits->due_us = INT64_MAX;
	watch(waits, STDIN_FILENO);
	watch(waits, far->listener);
	for (i = 0; i < LINKS_MAX; i++)
		if (far->links[i].used) {
			watch_way(waits, &far->links[i].there);
			watch_way(waits, &far->links[i].back);
		}
	left_us = waits->due_us - stage_now_us();
	if (left_us > 0) {
		left.tv_sec = left_us / 1000000;
		left.tv_nsec = left_us % 1000000 * 1000;
	}
	if (pselect(waits->count, &waits->fds, NULL, NULL,
	        waits->due_us != INT64_MAX ? &left : NULL, NULL) < 0)
		stage_fail("cannot wait");
}

/* @return false at the end. */
static bool
turn(struct far *far)
{
	struct waits waits;
	size_t i;

	wait_for(far, &waits);
	if (FD_ISSET(STDIN_FILENO, &waits.fds))
		return false;
	for (i = 0; i < LINKS_MAX; i++) {
		struct link *link = &far->links[i];

		if (link->used)
			run_link(far, link,
			    FD_ISSET(link->there.from, &waits.fds) != 0,
			    FD_ISSET(link->back.from, &waits.fds) != 0);
	}
	if (FD_ISSET(far->listener, &waits.fds))
		take_client(far);
	return true;
}

int
main(int argc, char **argv)
{
	struct far far = { .listener = -1 };

	if (argc != 3)
		stage_fail("usage: far PORT MS");
	far.port = (int)strtol(argv[1], NULL, 10);
	far.half_us = strtol(argv[2], NULL, 10) * 500;
	listen_somewhere(&far);
	while (turn(&far))
		;
	return 0;
}
