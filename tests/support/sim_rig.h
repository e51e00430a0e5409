/*
 * A service without sockets, and a request that it answers with page 1 of the
 * default group; a test changes what it wants and asks.
 */
#ifndef BANTOP_TESTS_SIM_RIG_H
#define BANTOP_TESTS_SIM_RIG_H

#include <cjson/cJSON.h>

#include "bantop/sim/service.h"

struct sim_rig {
	struct sim_service service;
	struct sim_request request;
	struct sim_reply reply;
	struct sim_note note;
	cJSON *json; /* the last reply's body; NULL when it is none */
	int64_t mono_ms;
};

extern const char SIM_RIG_BANS[];
extern const char SIM_RIG_GROUPS[];
extern const char SIM_RIG_INFO[];
extern const char SIM_RIG_PROFILE[];

void sim_rig_init(struct sim_rig *rig);
void sim_rig_release(struct sim_rig *rig);

/** @return the ErrorCode of the reply, or -1 when there is none. */
int sim_rig_ask(struct sim_rig *rig, const char *path, const char *body);
/** The same for page 1, by 100. */
int sim_rig_ask_bans(struct sim_rig *rig);

/** Entries in the last reply's list of bans. */
int sim_rig_rows(const struct sim_rig *rig);

#endif
