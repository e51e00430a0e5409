/*
 * The bundled simulator as a process of its own that lives in the test's time:
 * its clock is the test's, and so are its faults.
 */
#ifndef BANTOP_TESTS_SOAK_SERVICE_H
#define BANTOP_TESTS_SOAK_SERVICE_H

#include <sys/types.h>

#include "bantop/sim/certificate.h"
#include "bantop/sim/home.h"
#include "fake_clock.h"

enum { SOAK_SERVICE_MEMBERS = 250, SOAK_URL_MAX = 64 };

struct soak_shared;

struct soak_service {
	struct soak_shared *shared; /* with the other process */
	struct fake_clock *clock;   /* in there */
	struct sim_home home;
	char url[SOAK_URL_MAX];
	char app_id[16];
	pid_t pid;
	int stop_fd; /* it ends when this is closed */
};

/** Starts it; fails the test if it cannot. Before the first thread. */
void soak_service_start(struct soak_service *service);
void soak_service_stop(struct soak_service *service);

/** @return how many faults there are to choose from. */
size_t soak_service_fault_count(void);
/** The next answer has that fault. */
void soak_service_fault(struct soak_service *service, size_t index);
/** The connection is closed behind the next answer. */
void soak_service_close_next(struct soak_service *service);

#endif
