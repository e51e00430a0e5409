/*
 * A front that speaks HTTP/2 to the program and passes what it is asked to
 * the simulator, which does not: nghttpx. It says for each request over which
 * connection it came.
 */
#ifndef BANTOP_TESTS_E2E_FRONT_H
#define BANTOP_TESTS_E2E_FRONT_H

#include "e2e/support/run.h"
#include "e2e/support/sim.h"

enum { FRONT_CONNECTIONS_MAX = 256 };

struct front {
	struct run run;
	struct sim place; /* how to reach the simulator by way of it */
	int port;
	char certificate[HOME_PATH_MAX];
	char key[HOME_PATH_MAX];
};

/** In front of @p sim; listens when it returns. Fails the test where there is
 *  no nghttpx. */
void front_start(struct front *front, const struct home *home,
    const struct sim *sim);
/** Another one, with the certificate of @p before. */
void front_start_beside(struct front *front, const struct home *home,
    const struct sim *sim, const struct front *before);
/** Tells it to end: SIGQUIT says good-bye (GOAWAY) and lets what runs come to
 *  its end, SIGKILL does neither. */
void front_end(const struct front *front, int signal);
/** Waits for that. */
void front_finish(struct front *front);
/** Kills what still runs. Takes a zeroed one too. */
void front_release(struct front *front);

/* What came, once it has ended. */
struct front_seen {
	size_t requests;
	size_t connections; /* that requests came over */
	size_t others;      /* requests that were not HTTP/2 */
};

void front_see(const struct front *front, struct front_seen *seen);

#endif
