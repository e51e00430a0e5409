/*
 * A view of a list: its order and its filter, as a vector of row numbers that
 * is brought up to date when the list or the question changed. Without either
 * it is the identity and holds nothing.
 */
#ifndef BANTOP_MODEL_BAN_QUERY_H
#define BANTOP_MODEL_BAN_QUERY_H

#include "bantop/model/ban_filter.h"
#include "bantop/model/ban_list.h"

enum ban_column {
	BAN_COLUMN_NONE, /* the service's order */
	BAN_COLUMN_ACCOUNT,
	BAN_COLUMN_REMAINING,
	BAN_COLUMN_UNTIL,
	BAN_COLUMN_STATE,
};

/** "account until remaining state", as for --sort. @return false if none. */
bool ban_column_parse(const char *name, size_t len, enum ban_column *out);
const char *ban_column_name(enum ban_column column);

struct ban_query;

/* Steps that take some milliseconds. */
enum { BAN_QUERY_STEPS = 400000 };

struct ban_query *ban_query_create(void);
void ban_query_destroy(struct ban_query *query);

/** Ties keep the service's order, also when descending. By time, permanents
 *  come last ascending; rows that are invalid come behind all, always. */
void ban_query_set_sort(struct ban_query *query, enum ban_column column,
    bool descending);
enum ban_column ban_query_sort(const struct ban_query *query, bool *descending);

/** @param filter taken; NULL for none. */
void ban_query_set_filter(struct ban_query *query, struct ban_filter *filter);
/** @return borrowed, or NULL. */
const struct ban_filter *ban_query_filter(const struct ban_query *query);

/**
 * Grants so many steps to the updates from now on: a step is about what a row
 * costs to look at once, and a sort looks at each some tens of times. Before
 * the first refill, and with SIZE_MAX, an update does all there is to do.
 */
void ban_query_refill(struct ban_query *query, size_t steps);
/** For others that go over rows by the same steps: takes @p steps of those that
 *  are @p left, or all of them. */
void ban_query_spend(size_t *left, size_t steps);

/**
 * Brings the vector up to date with @p list (another list than last time is
 * fine) at the service's time @p now_s. Cheap when nothing changed.
 *
 * @return false if the steps were not enough: an update with more of them goes
 *         on. Until then the view is what it was before, or nothing, if that
 *         was one of another list.
 */
bool ban_query_update(struct ban_query *query, const struct ban_list *list,
    int64_t now_s);

/**
 * Makes a view of another list than the one that is shown, beside it, so that
 * an update with that list has it at once. Forgotten when the question
 * changes; @p list is not touched between two calls.
 *
 * @return false if the steps were not enough yet.
 */
bool ban_query_prepare(struct ban_query *query, const struct ban_list *list,
    int64_t now_s);

/** Is the view an answer to the order and the filter as they are now, and not
 *  still to those before? */
bool ban_query_answers(const struct ban_query *query);

/* All below: as of the last update. */

/** Another number once rows may stand elsewhere in the view than before; rows
 *  that came behind all others change nothing. */
uint64_t ban_query_version(const struct ban_query *query);
size_t ban_query_count(const struct ban_query *query);
/** @return the list's row at @p index of the view. */
size_t ban_query_row(const struct ban_query *query, size_t index);
/** @return where @p row stands in the view; BAN_ROW_NONE if it does not. */
size_t ban_query_index(const struct ban_query *query, size_t row);

#endif
