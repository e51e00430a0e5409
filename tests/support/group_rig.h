/*
 * A group_fetch on a scripted service: lists of groups in turn, and the infos
 * of whatever ids are asked about.
 */
#ifndef BANTOP_TESTS_GROUP_RIG_H
#define BANTOP_TESTS_GROUP_RIG_H

#include "bantop/api/group_fetch.h"
#include "client_rig.h"

enum { GROUP_RIG_LISTS_MAX = 8 };

struct group_rig {
	struct client_rig rig;
	struct group_fetch *fetch;
	int changes; /* on_change */
	/* Replies of get_appid_group_list in turn. */
	const char *lists[GROUP_RIG_LISTS_MAX];
	size_t list_count; /* given so far */
	int too_large;     /* so many replies of get_group_info are 10018 */
};

/** Rate 200, all types. An info names each id "N-<id>"; one that begins with
 *  "x" is gone (10010). */
void group_rig_init(struct group_rig *groups);
void group_rig_release(struct group_rig *groups);

/** @return a reply with @p count ids from "g<first>" on, and @p rest behind
 *          them; good until four more were made. */
const char *group_rig_list(size_t first, size_t count, const char *rest);

#endif
