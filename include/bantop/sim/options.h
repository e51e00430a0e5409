/*
 * The command line of bantop-sim.
 */
#ifndef BANTOP_SIM_OPTIONS_H
#define BANTOP_SIM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "bantop/base/buf.h"
#include "bantop/sim/faults.h"

struct sim_options {
	int64_t port;
	int64_t members;
	int64_t groups;
	int64_t seed;
	int64_t latency_ms;
	int64_t jitter_ms;
	int64_t rate;
	int64_t skew_s;
	int64_t now_s;     /* base of the bans' ends; 0: when it starts */
	const char *group; /* borrowed: for print_members; NULL: the default */
	struct sim_faults faults;
	bool exit_with_stdin;
	bool print_members;
	bool help;
	bool version;
};

/**
 * @return false with one line in @p why; @p options is then undefined.
 */
MUST_CHECK bool sim_options_parse(struct sim_options *options, int argc,
    char **argv, struct buf *why);

/** Writes what --help prints. */
void sim_options_write_help(struct buf *out);

#endif
