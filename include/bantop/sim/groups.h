/*
 * The application's groups: a dozen with a character of their own, and as many
 * made-up ones behind them as are wanted. Each has its own list of bans.
 */
#ifndef BANTOP_SIM_GROUPS_H
#define BANTOP_SIM_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bantop/sim/members.h"

enum { SIM_GROUP_ID_MAX = 128, SIM_GROUP_NAME_MAX = 2048 };

/* A plain value: what everything here is made from. */
struct sim_world {
	uint64_t seed;
	int64_t members; /* banned in the default group */
	int64_t groups;  /* how many get_appid_group_list names */
	int64_t start_s; /* ends of bans are counted from here */
	bool hostile;
};

struct sim_group {
	int64_t index;
	char id[SIM_GROUP_ID_MAX];
	size_t id_len;
	const char *type; /* static: "AVChatRoom", ... */
	char name[SIM_GROUP_NAME_MAX];
	size_t name_len;
	const char *owner; /* static */
	int64_t created_s;
	int64_t member_num;
	int64_t member_max;
	struct sim_member_set bans;
};

/** Number 0 is the default group. @p index is from 0 on. */
void sim_group_at(const struct sim_world *world, int64_t index,
    struct sim_group *out);

/**
 * Those with a character of their own are found even when fewer are listed.
 * @return false, with @p out undefined, if there is no such group.
 */
bool sim_group_find(const struct sim_world *world, const char *id,
    size_t id_len, struct sim_group *out);

/** May this be a group id at all: 1 to 96 bytes of printable ASCII? */
bool sim_group_id_is_valid(const char *id, size_t id_len);

/** @return whether the service knows a type of this name. */
bool sim_group_type_exists(const char *type);

#endif
