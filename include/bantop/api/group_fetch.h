/*
 * The application's own groups: ids by get_appid_group_list, one page after
 * another at one call in 1.1 s, then types and names by get_group_info in
 * fifties. Owns its table of groups.
 */
#ifndef BANTOP_API_GROUP_FETCH_H
#define BANTOP_API_GROUP_FETCH_H

#include "bantop/api/client.h"
#include "bantop/api/group_reply.h"

enum { GROUP_FETCH_MAX = 100000 };

enum group_fetch_state {
	GROUP_FETCH_IDLE,
	GROUP_FETCH_LISTING, /* ids come in */
	GROUP_FETCH_FILLING, /* names come in */
	GROUP_FETCH_FAILED,  /* err says why; what came stays */
	GROUP_FETCH_STOPPED,
	GROUP_FETCH_COMPLETE,
};

struct group_fetch_status {
	enum group_fetch_state state;
	struct err err;
	size_t count;    /* ids */
	size_t filled;   /* of these with their info in (or refused) */
	size_t unusable; /* entries without a usable id */
};

struct group_fetch;
typedef void (*group_fetch_change_fn)(void *user);

/** @param type "" for all. */
struct group_fetch *group_fetch_create(struct client *client,
    const struct clock *clock, const char *type,
    group_fetch_change_fn on_change, void *user);
void group_fetch_destroy(struct group_fetch *fetch);

/** Begins, or goes on after a failure or a stop. */
void group_fetch_start(struct group_fetch *fetch);
void group_fetch_stop(struct group_fetch *fetch);
void group_fetch_status(const struct group_fetch *fetch,
    struct group_fetch_status *out);
/**
 * Fills only these ids (typed or pinned ones, group_id_check() passed), without
 * a listing; asked about in the next group_fetch_run().
 */
void group_fetch_add(struct group_fetch *fetch, const char *id);

/** @return borrowed until the next turn. */
const struct group *group_fetch_at(const struct group_fetch *fetch,
    size_t index);

/** Timers of its own (the 1.1 s): call each turn; deadline as the client's. */
void group_fetch_run(struct group_fetch *fetch);
int64_t group_fetch_deadline_ms(const struct group_fetch *fetch);

#endif
