/*
 * When each account of a list was first seen: by this list, or by the ones
 * that it took the place of. Owns one moment a row.
 */
#ifndef BANTOP_APP_FIRST_SEEN_H
#define BANTOP_APP_FIRST_SEEN_H

#include "bantop/model/ban_list.h"

/* All zero is an empty one. */
struct first_seen {
	int64_t *at; /* by row, wall clock */
	size_t count;
	size_t cap;
};

void first_seen_release(struct first_seen *seen);

/**
 * Notes the rows that @p list has got since the last call.
 * @param old the list that it will take the place of: an account that is
 *            there keeps its moment; @p old_seen is what was noted of it.
 */
void first_seen_note(struct first_seen *seen, const struct ban_list *list,
    const struct ban_list *old, const struct first_seen *old_seen);

/** @return wall clock; the row's own moment if it was not noted. */
int64_t first_seen_at(const struct first_seen *seen,
    const struct ban_list *list, size_t row);

#endif
