/*
 * HTTPS on the loopback interface: carries requests to the service and replies
 * back, late, slow, cut or not at all where a fault wants it so. One thread;
 * nobody waits for anybody.
 */
#ifndef BANTOP_SIM_SERVER_H
#define BANTOP_SIM_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "bantop/base/clock.h"
#include "bantop/base/err.h"
#include "bantop/sim/certificate.h"
#include "bantop/sim/service.h"

struct sim_server;

struct sim_server_config {
	struct sim_service *service; /* borrowed until the server is gone */
	const struct sim_certificate *certificate; /* borrowed for the start */
	const struct clock *clock;                 /* borrowed */
	int64_t skew_s;
	uint16_t port; /* 0: any */
	bool tls11;
	int log_fd;
};

/** @return owned (sim_server_destroy), or NULL with ERR_CONNECT. */
struct sim_server *sim_server_create(const struct sim_server_config *config,
    struct err *err);
/** Takes NULL too. */
void sim_server_destroy(struct sim_server *server);

uint16_t sim_server_port(const struct sim_server *server);

/**
 * Serves until @p stop_fd has something to read, or @p input_fd (unless it is
 * -1) has reached its end.
 * @return false with ERR_CONNECT when waiting fails.
 */
MUST_CHECK bool sim_server_run(struct sim_server *server, int stop_fd,
    int input_fd, struct err *err);

#endif
