/*
 * What is remembered from one run to the next: recent and pinned groups, when
 * each region was last used, and the last view. Never rows, never secrets. A
 * file under $XDG_STATE_HOME/bantop/, mode 0600, replaced as a whole.
 */
#ifndef BANTOP_APP_STATE_H
#define BANTOP_APP_STATE_H

#include "bantop/api/region.h"
#include "bantop/app/settings.h"
#include "bantop/view/bans_view.h"

enum {
	STATE_GROUPS_MAX = 64,
	STATE_GROUP_ID_MAX = 255,
	STATE_REGIONS_MAX = REGION_COUNT_MAX,
	STATE_FILE_MAX = 64 * 1024,
};

struct state_group {
	char region[REGION_KEY_MAX];
	char id[STATE_GROUP_ID_MAX + 1];
	int64_t used_at; /* Unix seconds; 0: pinned but never opened */
	bool pinned;
};

struct state_region {
	char key[REGION_KEY_MAX];
	int64_t used_at;
};

/* A plain value. Groups stand pinned first, in the order they were pinned,
 * then by last use, the newest first. */
struct state {
	size_t group_count;
	struct state_group groups[STATE_GROUPS_MAX];
	size_t region_count;
	struct state_region regions[STATE_REGIONS_MAX];
	char last_region[REGION_KEY_MAX]; /* "" for none */
	char last_group[STATE_GROUP_ID_MAX + 1];
	enum bans_time time; /* the last view: how time is shown. An order is
				not remembered: the list begins in the
				service's */
};

/** Empty. */
void state_init(struct state *state);

/**
 * Reads the file; none is an empty state. Lines that are not understood are
 * left out.
 * @return false with ERR_FILE if it is there and cannot be read; the state is
 *         then empty.
 */
MUST_CHECK bool state_load(struct state *state, struct err *err);
/** Replaces the file; makes its folder (0700). @return false with ERR_FILE. */
MUST_CHECK bool state_save(const struct state *state, struct err *err);

/** The group was opened: first among the recent ones. When full the one used
 *  longest ago is dropped, a pinned one never. */
void state_use_group(struct state *state, const char *region, const char *id,
    int64_t now_s);
void state_use_region(struct state *state, const char *region, int64_t now_s);
/** @return false when all places are taken by pinned groups. */
bool state_pin_group(struct state *state, const char *region, const char *id,
    bool pinned);
void state_forget_group(struct state *state, const char *region,
    const char *id);
/** @return borrowed until the state changes, or NULL. */
const struct state_group *state_find_group(const struct state *state,
    const char *region, const char *id);
/** @return 0 for never. */
int64_t state_region_used_at(const struct state *state, const char *region);

#endif
