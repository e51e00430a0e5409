/*
 * nghttpx with nothing of the machine's configuration; its log of requests,
 * a port and a protocol a line, is its standard output.
 */
#include "e2e/support/front.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/sim/certificate.h"

enum { OPTION_MAX = 2 * HOME_PATH_MAX };

/* Debian has it where only root looks. */
static void
find_program(char path[HOME_PATH_MAX])
{
	static const char *const more = "/usr/sbin:/usr/local/sbin";
	char places[4096];
	const char *at = places;

	(void)snprintf(places, sizeof places, "%s:%s", getenv("PATH"), more);
	while (*at != '\0') {
		size_t len = strcspn(at, ":");

		(void)snprintf(path, HOME_PATH_MAX, "%.*s/nghttpx", (int)len,
		    at);
		if (access(path, X_OK) == 0)
			return;
		at += len + (at[len] == ':' ? 1 : 0);
	}
	fail_msg("no nghttpx: make deps-test");
}

/* One that is free now; the kernel does not give it away again so soon. */
static int
find_port(void)
{
	struct sockaddr_in place = { .sin_family = AF_INET };
	socklen_t len = sizeof place;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (const struct sockaddr *)&place, len), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&place, &len), 0);
	assert_int_equal(close(fd), 0);
	return ntohs(place.sin_port);
}

static void
write_certificate(struct front *front, const struct home *home)
{
	struct sim_certificate made = { 0 };
	struct err err = { 0 };

	if (!sim_certificate_make(&made, NULL, &err))
		fail_msg("%s", err.text);
	home_write(home, "front-ca.pem", made.authority.data,
	    made.authority.len);
	home_write(home, "front.pem", made.server.data, made.server.len);
	home_write(home, "front.key", made.key.data, made.key.len);
	sim_certificate_release(&made);
	home_path(home, "front-ca.pem", front->place.cacert);
	home_path(home, "front.pem", front->certificate);
	home_path(home, "front.key", front->key);
}

static void
start(struct front *front, const struct home *home, const struct sim *sim)
{
	char program[HOME_PATH_MAX], cacert[OPTION_MAX];
	char frontend[OPTION_MAX], backend[OPTION_MAX];
	const char *argv[] = { program, "--conf=/dev/null", "--workers=1",
		"--no-ocsp", "--accesslog-file=/dev/stdout",
		"--errorlog-file=/dev/stderr", "--log-level=NOTICE",
		"--accesslog-format=$remote_port $alpn", frontend, backend,
		cacert, front->key, front->certificate, NULL };
	const struct run_options options = { .argv = argv };

	find_program(program);
	(void)snprintf(frontend, sizeof frontend, "--frontend=127.0.0.1,%d",
	    front->port);
	(void)snprintf(backend, sizeof backend,
	    "--backend=127.0.0.1,%s;;tls;sni=localhost",
	    strrchr(sim->url, ':') + 1);
	(void)snprintf(cacert, sizeof cacert, "--cacert=%s", sim->cacert);
	run_start(&front->run, home, &options);
	run_wait_error(&front->run, "Listening on");
}

/* Its certificate is there. */
static void
open_front(struct front *front, const struct home *home, const struct sim *sim)
{
	memset(&front->run, 0, sizeof front->run);
	front->port = find_port();
	(void)snprintf(front->place.url, sizeof front->place.url,
	    "https://127.0.0.1:%d", front->port);
	start(front, home, sim);
}

void
front_start(struct front *front, const struct home *home, const struct sim *sim)
{
	memset(front, 0, sizeof *front);
	memcpy(front->place.admin, sim->admin, sizeof sim->admin);
	memcpy(front->place.app_id, sim->app_id, sizeof sim->app_id);
	memcpy(front->place.key_file, sim->key_file, sizeof sim->key_file);
	write_certificate(front, home);
	open_front(front, home, sim);
}

void
front_start_beside(struct front *front, const struct home *home,
    const struct sim *sim, const struct front *before)
{
	*front = *before;
	open_front(front, home, sim);
}

void
front_end(const struct front *front, int signal)
{
	child_signal(&front->run.child, signal);
}

void
front_finish(struct front *front)
{
	(void)run_finish(&front->run);
}

void
front_release(struct front *front)
{
	run_release(&front->run);
}

void
front_see(const struct front *front, struct front_seen *seen)
{
	long ports[FRONT_CONNECTIONS_MAX] = { 0 };
	const char *line = run_output(&front->run);
	char *behind;
	size_t i;
	long port;

	memset(seen, 0, sizeof *seen);
	for (; strchr(line, '\n') != NULL; line = strchr(line, '\n') + 1) {
		port = strtol(line, &behind, 10);
		seen->requests++;
		seen->others += strncmp(behind, " h2\n", 4) == 0 ? 0 : 1;
		for (i = 0; i < seen->connections && ports[i] != port; i++)
			;
		if (i < seen->connections)
			continue;
		assert_true(i < FRONT_CONNECTIONS_MAX);
		ports[seen->connections++] = port;
	}
}
