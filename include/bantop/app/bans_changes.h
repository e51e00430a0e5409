/*
 * What changed between two loads of one group: who is new, who is gone and
 * why, whose end moved. Rows of two lists, compared by account.
 */
#ifndef BANTOP_APP_BANS_CHANGES_H
#define BANTOP_APP_BANS_CHANGES_H

#include "bantop/model/ban_list.h"
#include "bantop/view/changes_view.h"

/* One change; a row that is not there is BAN_ROW_NONE. */
struct bans_change {
	enum change_kind kind;
	size_t before_row;
	size_t after_row;
};

struct bans_changes {
	size_t count;
	size_t by_kind[CHANGE_KIND_COUNT];
	size_t cap;
	struct bans_change *changes; /* owned */

	bool begun; /* false: it is to be begun */
	bool ready; /* all rows have been compared */
	bool before_complete;
	bool after_complete;
	int64_t now_s;
	size_t row; /* to be compared next: of the later list, */
	size_t old; /* then of the earlier one */
};

void bans_changes_release(struct bans_changes *changes);

/**
 * Begins to compare. Who is missing from a list that is not complete may stand
 * in the rest of it, so nobody is called new or gone on its account.
 *
 * @param now_s the service's clock: was it over, or lifted?
 */
void bans_changes_begin(struct bans_changes *changes, bool before_complete,
    bool after_complete, int64_t now_s);
/** Goes on until it is ready.
 *  @param left steps, as ban_query_refill() counts them: where they end, the
 *              next call goes on. Lowered by those that were taken. */
void bans_changes_run(struct bans_changes *changes,
    const struct ban_list *before, const struct ban_list *after, size_t *left);

#endif
