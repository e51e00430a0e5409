/*
 * Which rows of a list are marked: a bit a row. Unusable rows cannot be
 * marked, since nothing may be done with them.
 */
#ifndef BANTOP_APP_MARKS_H
#define BANTOP_APP_MARKS_H

#include "bantop/model/ban_list.h"

struct marks {
	uint64_t *bits; /* owned */
	size_t words;
	size_t count;
};

void marks_release(struct marks *marks);
void marks_clear(struct marks *marks);
bool marks_has(const struct marks *marks, size_t row);
/** @return false if the row is unusable: it stays as it is. */
bool marks_set(struct marks *marks, const struct ban_list *list, size_t row,
    bool marked);
/** Marks in @p to what is marked in @p from, by account; those that are gone
 *  are dropped. */
void marks_follow(struct marks *marks, const struct ban_list *from,
    const struct ban_list *to);

#endif
