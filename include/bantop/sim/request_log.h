/*
 * One line of JSON for every request, so that a test can say what was asked.
 * Never the UserSig.
 */
#ifndef BANTOP_SIM_REQUEST_LOG_H
#define BANTOP_SIM_REQUEST_LOG_H

#include <stdint.h>

#include "bantop/sim/answers.h"
#include "bantop/sim/service.h"

struct sim_log_entry {
	uint64_t number;     /* of the request, from 1 */
	uint64_t connection; /* from 1 */
	int64_t at_ms;       /* since the start */
	int64_t open;        /* requests not answered yet, this one with them */
	const char *method;  /* borrowed for the call */
	const char *path;    /* borrowed for the call */
	const struct sim_note *note;
	const struct sim_reply *reply;
};

/** Writes the line to @p fd in one piece; a failure to write is ignored. */
void sim_log_write(int fd, const struct sim_log_entry *entry);

#endif
