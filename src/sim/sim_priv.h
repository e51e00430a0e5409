/*
 * Shared by the two halves of the server: the loop and the exchanges in it.
 */
#ifndef BANTOP_SIM_SIM_PRIV_H
#define BANTOP_SIM_SIM_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include <microhttpd.h>

#include "bantop/sim/delays.h"
#include "bantop/sim/server.h"

struct sim_server {
	struct MHD_Daemon *daemon;
	struct sim_server_config config;
	struct sim_delays delays; /* suspended exchanges */
	int64_t start_ms;
	uint64_t requests;
	uint64_t connections;
	int64_t open;
	bool ending; /* whatever is woken now is closed */
};

/* The library's two callbacks for a request; @p cls is the server. */
enum MHD_Result sim_exchange_handle(void *cls,
    struct MHD_Connection *connection, const char *url, const char *method,
    const char *version, const char *upload_data, size_t *upload_data_size,
    void **context);
void sim_exchange_end(void *cls, struct MHD_Connection *connection,
    void **context, enum MHD_RequestTerminationCode reason);

/** Goes on with the exchange that waited with @p delay. */
void sim_exchange_wake(struct sim_delay *delay);

/** Adds what every reply of this server has, and what a fault adds. */
void sim_headers_add(struct MHD_Response *response,
    const struct sim_reply *reply, int64_t now_s);

#endif
