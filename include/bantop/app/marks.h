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
	uint64_t changes; /* grows with each */
};

/* The way of marks from one list to another. */
struct marks_move {
	struct marks moved;
	uint64_t changes; /* of the marks, when it was begun */
	size_t row;       /* to be moved next */
};

void marks_release(struct marks *marks);
void marks_clear(struct marks *marks);
bool marks_has(const struct marks *marks, size_t row);
/** @return false if the row is unusable: it stays as it is. */
bool marks_set(struct marks *marks, const struct ban_list *list, size_t row,
    bool marked);
/** @param to released before; then with the same marks. */
void marks_copy(struct marks *to, const struct marks *from);

/**
 * Marks in @p to what is marked in @p from, by account; those that are gone
 * are dropped. Begins again if @p marks were changed since the last call.
 *
 * @param move zeroed before the first call; released by who does not go on.
 * @param left steps, as ban_query_refill() counts them; lowered by those that
 *             were taken.
 * @return true when move->moved is what the marks are in @p to.
 */
bool marks_move_run(struct marks_move *move, const struct marks *marks,
    const struct ban_list *from, const struct ban_list *to, size_t *left);
void marks_move_release(struct marks_move *move);

#endif
