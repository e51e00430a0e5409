/*
 * A ban_fetch on a scripted service: a walk that a test starts, turns and looks
 * at.
 */
#ifndef BANTOP_TESTS_WALK_RIG_H
#define BANTOP_TESTS_WALK_RIG_H

#include "ban_model.h"
#include "bantop/api/ban_fetch.h"
#include "client_rig.h"

struct walk_rig {
	struct client_rig client;
	struct ban_model model;
	struct ban_fetch_config config; /* change it before walk_open() */
	size_t max_rows;
	struct ban_list *list;
	struct ban_fetch *fetch;
	size_t page_calls;   /* on_page */
	size_t change_calls; /* on_change */
	size_t added;        /* as on_page was told */
	bool cut;
	size_t stop_at; /* on_page stops there; 0: never */
};

/** Pages of 10, parallel 1, rate 200, an empty model. */
void walk_init(struct walk_rig *walk);
void walk_open(struct walk_rig *walk);
void walk_release(struct walk_rig *walk);

/** Turns until nothing more will happen. */
void walk_run(struct walk_rig *walk);
struct ban_fetch_status walk_status(const struct walk_rig *walk);
/** Calls that the service was asked. */
size_t walk_calls(const struct walk_rig *walk);
/** @return the Offset of request @p index. */
int64_t walk_asked(const struct walk_rig *walk, size_t index);
/** @return the number behind "a" of the account in @p row; fails on a trap. */
size_t walk_account(const struct walk_rig *walk, size_t row);

#endif
