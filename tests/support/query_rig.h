/*
 * A list with a view of it, and a page on which a test lays out what is merged
 * next. A setup and a teardown of cmocka.
 */
#ifndef BANTOP_TESTS_QUERY_RIG_H
#define BANTOP_TESTS_QUERY_RIG_H

#include "bantop/model/ban_query.h"

static const int64_t QUERY_NOW_S = INT64_C(1795000000);

struct query_rig {
	struct ban_list *list;
	struct ban_page page; /* emptied by each merge */
	struct ban_query *query;
};

/** *state is a struct query_rig, all of it empty. */
int query_set_up(void **state);
int query_tear_down(void **state);

/** Lays a ban on the page, with so many seconds left at QUERY_NOW_S. */
void query_add(struct query_rig *rig, const char *account, int64_t left_s);
/** As it is. */
void query_add_flagged(struct query_rig *rig, const char *account,
    int64_t until_s, unsigned flags);
/** Merges the page into the list. */
void query_merge(struct query_rig *rig);

#endif
