/*
 * The simulator in the test's time. What both processes see lies in memory that
 * they share: a clock, which only the test turns, and how often each fault
 * still strikes.
 */
#include "soak/soak_service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/sim/server.h"

enum { APP_ID = 1400000123, RATE = 200, WHY_MAX = 4096 };

struct soak_shared {
	struct fake_clock clock;
	struct sim_service service;
	char key[SIM_SECRET_LEN + 1];
};

/* The first closes the connection and harms nothing else. */
static const char *const faults[] = { "close@1x1", "code:60007@1x1",
	"code:10007@1x1", "code:70001@1x1", "code:70003@1x1", "http:503@1x1",
	"http:404@1x1", "drop@1x1", "cut@1x1", "cut@2x1", "html@1x1",
	"badjson@2x1", "cutjson@1x1", "huge@1x1", "headers@1x1", "gzip@1x1",
	"nonext@2x1", "strnext@1x1", "types@2x1", "noaccount@1x1", "big@1x1",
	"norows@1x1", "dupkey@1x1", "trailing@1x1" };
enum { FAULT_COUNT = sizeof faults / sizeof faults[0] };

static void
make_service(struct soak_shared *shared)
{
	struct sim_service *service = &shared->service;
	struct buf why;
	size_t i;

	*service = (struct sim_service){
		.world = {
			.seed = 1,
			.members = SOAK_SERVICE_MEMBERS,
			.groups = 60,
			.start_s = clock_wall_s(&shared->clock.clock),
		},
		.admin = "administrator",
		.app_id = APP_ID,
		.key = shared->key,
		.random = 1,
	};
	buf_init(&why, WHY_MAX);
	for (i = 0; i < FAULT_COUNT; i++) {
		if (!sim_faults_add(&service->faults, faults[i], &why))
			fail_msg("%s", buf_text(&why));
		service->faults.rules[i].left = 0;
	}
}

/* The other process. It frees nothing that the test has made. */
static _Noreturn void
serve(struct soak_shared *shared, const struct sim_certificate *certificate,
    int port_fd, int stop_fd)
{
	const struct sim_server_config config = {
		.service = &shared->service,
		.certificate = certificate,
		.clock = &shared->clock.clock,
		.log_fd = -1,
	};
	struct sim_server *server;
	struct err err;
	uint16_t port;

	sim_guard_init(&shared->service.guard, RATE);
	server = sim_server_create(&config, &err);
	if (server == NULL)
		_exit(1);
	port = sim_server_port(server);
	if (write(port_fd, &port, sizeof port) != (ssize_t)sizeof port)
		_exit(1);
	_exit(sim_server_run(server, stop_fd, -1, &err) ? 0 : 1);
}

static void
fork_service(struct soak_service *service,
    const struct sim_certificate *certificate)
{
	int stop[2], ports[2];
	uint16_t port = 0;

	assert_int_equal(pipe(stop), 0);
	assert_int_equal(pipe(ports), 0);
	service->pid = fork();
	assert_true(service->pid >= 0);
	if (service->pid == 0) {
		(void)close(stop[1]);
		serve(service->shared, certificate, ports[1], stop[0]);
	}
	(void)close(stop[0]);
	(void)close(ports[1]);
	service->stop_fd = stop[1];
	assert_int_equal(read(ports[0], &port, sizeof port), sizeof port);
	(void)close(ports[0]);
	(void)snprintf(service->url, sizeof service->url,
	    "https://127.0.0.1:%u", (unsigned)port);
}

static struct soak_shared *
share(void)
{
	FILE *file = tmpfile();
	struct soak_shared *shared;

	assert_non_null(file);
	assert_int_equal(ftruncate(fileno(file), sizeof *shared), 0);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED,
	    fileno(file), 0);
	assert_true(shared != MAP_FAILED);
	(void)fclose(file);
	return shared;
}

void
soak_service_start(struct soak_service *service)
{
	struct sim_certificate certificate = { .key = { .data = NULL } };
	struct err err;

	*service = (struct soak_service){ .stop_fd = -1 };
	service->shared = share();
	service->clock = &service->shared->clock;
	fake_clock_init(service->clock, clock_wall_s(clock_system()));
	(void)snprintf(service->app_id, sizeof service->app_id, "%d", APP_ID);
	if (!sim_certificate_make(&certificate, NULL, &err) ||
	    !sim_secret_make(service->shared->key, &err) ||
	    !sim_home_make(&service->home, &err) ||
	    !sim_home_write_cacert(&service->home, certificate.authority.data,
	        certificate.authority.len, &err) ||
	    !sim_home_write_secret(&service->home, service->shared->key,
	        SIM_SECRET_LEN, &err))
		fail_msg("%s", err.text);
	make_service(service->shared);
	fork_service(service, &certificate);
	sim_certificate_release(&certificate);
}

void
soak_service_stop(struct soak_service *service)
{
	int status = -1;

	(void)close(service->stop_fd);
	assert_int_equal(waitpid(service->pid, &status, 0), service->pid);
	assert_int_equal(status, 0);
	sim_home_release(&service->home);
	(void)munmap(service->shared, sizeof *service->shared);
}

size_t
soak_service_fault_count(void)
{
	return FAULT_COUNT - 1;
}

void
soak_service_fault(struct soak_service *service, size_t index)
{
	assert_true(index < FAULT_COUNT - 1);
	service->shared->service.faults.rules[index + 1].left = 1;
}

void
soak_service_close_next(struct soak_service *service)
{
	service->shared->service.faults.rules[0].left = 1;
}
