/*
 * The loop: one wait over the library's sockets, the stop descriptor and, if
 * wanted, standard input, until the next delay is over. The library never
 * starts a thread.
 */
#include "bantop/sim/server.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#include <microhttpd.h>

#include "bantop/base/mem.h"
#include "sim_priv.h"

enum { CONNECTION_BYTES = 262144, CONNECTION_STEP = 16384 };

static const char PRIORITIES[] = "NORMAL:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3";
static const char OLD_PRIORITIES[] = "NORMAL:-VERS-ALL:+VERS-TLS1.1";

static void
note_connection(void *cls, struct MHD_Connection *connection,
    void **socket_context, enum MHD_ConnectionNotificationCode code)
{
	struct sim_server *server = cls;

	(void)connection;
	if (code != MHD_CONNECTION_NOTIFY_STARTED)
		return;
	server->connections++;
	*socket_context = (void *)(uintptr_t)server->connections;
}

static unsigned
flags(void)
{
	unsigned flags = MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME |
	    MHD_USE_SUPPRESS_DATE_NO_CLOCK;

	if (MHD_is_feature_supported(MHD_FEATURE_EPOLL) == MHD_YES)
		flags |= MHD_USE_EPOLL;
	return flags;
}

static struct MHD_Daemon *
start_daemon(struct sim_server *server)
{
	const struct sim_server_config *config = &server->config;
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(config->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};

	return MHD_start_daemon(flags(), config->port, NULL, NULL,
	    sim_exchange_handle, server, MHD_OPTION_SOCK_ADDR,
	    (struct sockaddr *)&address, MHD_OPTION_HTTPS_MEM_KEY,
	    buf_text(&config->certificate->key), MHD_OPTION_HTTPS_MEM_CERT,
	    buf_text(&config->certificate->server), MHD_OPTION_HTTPS_PRIORITIES,
	    config->tls11 ? OLD_PRIORITIES : PRIORITIES,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
	    MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t)CONNECTION_STEP,
	    MHD_OPTION_NOTIFY_COMPLETED, sim_exchange_end, server,
	    MHD_OPTION_NOTIFY_CONNECTION, note_connection, server,
	    MHD_OPTION_END);
}

struct sim_server *
sim_server_create(const struct sim_server_config *config, struct err *err)
{
	struct sim_server *server = mem_alloc(sizeof(*server));

	server->config = *config;
	server->start_ms = clock_mono_ms(config->clock);
	errno = 0;
	server->daemon = start_daemon(server);
	if (server->daemon != NULL)
		return server;
	err_set(err, ERR_CONNECT, errno, NULL,
	    "cannot listen on 127.0.0.1 port %d: %s", (int)config->port,
	    errno == 0 ? "TLS is not available" : strerror(errno));
	free(server);
	return NULL;
}

void
sim_server_destroy(struct sim_server *server)
{
	struct sim_delay *delay;

	if (server == NULL)
		return;
	/* The library wants nothing suspended when it stops. */
	server->ending = true;
	for (;;) {
		delay = sim_delays_take(&server->delays, INT64_MAX);
		if (delay == NULL)
			break;
		sim_exchange_wake(delay);
	}
	MHD_stop_daemon(server->daemon);
	free(server);
}

uint16_t
sim_server_port(const struct sim_server *server)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);

	return info == NULL ? 0 : info->port;
}

static void
wake_due(struct sim_server *server)
{
	int64_t now_ms = clock_mono_ms(server->config.clock);
	struct sim_delay *delay;

	for (;;) {
		delay = sim_delays_take(&server->delays, now_ms);
		if (delay == NULL)
			return;
		sim_exchange_wake(delay);
	}
}

/* How long nothing will have to be done, or -1: until something comes. */
static int64_t
idle_ms(const struct sim_server *server)
{
	int64_t now_ms = clock_mono_ms(server->config.clock), wait_ms = -1;
	const struct sim_delay *first = server->delays.first;
	MHD_UNSIGNED_LONG_LONG limit_ms;

	if (first != NULL && first->due_ms < INT64_MAX)
		wait_ms = first->due_ms > now_ms ? first->due_ms - now_ms : 0;
	if (MHD_get_timeout(server->daemon, &limit_ms) != MHD_YES)
		return wait_ms;
	if (wait_ms < 0 || limit_ms < (uint64_t)wait_ms)
		wait_ms = (int64_t)limit_ms;
	return wait_ms;
}

static bool
wait_for_any(struct sim_server *server, int stop_fd, int input_fd, fd_set *in,
    struct err *err)
{
	fd_set out, odd;
	int top = stop_fd > input_fd ? stop_fd : input_fd;
	int64_t wait_ms;
	struct timeval wait;
	int found;

	FD_ZERO(in);
	FD_ZERO(&out);
	FD_ZERO(&odd);
	FD_SET(stop_fd, in);
	if (input_fd >= 0)
		FD_SET(input_fd, in);
	if (MHD_get_fdset(server->daemon, in, &out, &odd, &top) != MHD_YES)
		return err_set(err, ERR_CONNECT, 0, NULL,
		    "too many connections");
	wait_ms = idle_ms(server);
	wait.tv_sec = (time_t)(wait_ms / 1000);
	wait.tv_usec = (suseconds_t)(wait_ms % 1000 * 1000);
	found = select(top + 1, in, &out, &odd, wait_ms < 0 ? NULL : &wait);
	if (found >= 0)
		return true;
	FD_ZERO(in);
	return errno == EINTR ||
	    err_set(err, ERR_CONNECT, errno, NULL, "cannot wait: %s",
	        strerror(errno));
}

static bool
has_ended(int fd)
{
	char bytes[512];
	ssize_t count = read(fd, bytes, sizeof(bytes));

	return count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN);
}

bool
sim_server_run(struct sim_server *server, int stop_fd, int input_fd,
    struct err *err)
{
	fd_set in;

	for (;;) {
		if (!wait_for_any(server, stop_fd, input_fd, &in, err))
			return false;
		if (FD_ISSET(stop_fd, &in))
			return true;
		if (input_fd >= 0 && FD_ISSET(input_fd, &in) &&
		    has_ended(input_fd))
			return true;
		wake_due(server);
		if (MHD_run(server->daemon) != MHD_YES)
			return err_set(err, ERR_CONNECT, 0, NULL,
			    "the HTTP library has given up");
	}
}
