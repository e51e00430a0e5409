/*
 * The difference of two loads. Unusable rows have no account to compare and
 * take no part.
 */
#include "bantop/app/bans_changes.h"

#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "bantop/model/ban_query.h"

/* An account is looked up in the other list, which lies all over memory. */
enum { STEPS_ROW = 32 };

void
bans_changes_release(struct bans_changes *changes)
{
	free(changes->changes);
	*changes = (struct bans_changes){ .count = 0 };
}

static void
add(struct bans_changes *changes, enum change_kind kind, size_t before_row,
    size_t after_row)
{
	if (changes->count == changes->cap) {
		changes->cap = changes->cap * 2 + 64;
		changes->changes = mem_grow(changes->changes, changes->cap,
		    sizeof *changes->changes);
	}
	changes->changes[changes->count++] =
	    (struct bans_change){ kind, before_row, after_row };
	changes->by_kind[kind]++;
}

static bool
is_other_end(const struct ban *one, const struct ban *other)
{
	return one->until_s != other->until_s ||
	    (one->flags & BAN_NO_UNTIL) != (other->flags & BAN_NO_UNTIL);
}

/* Who is in the later list, and was in the earlier one or not. */
static void
compare(struct bans_changes *changes, const struct ban_list *before,
    const struct ban_list *after, size_t row)
{
	struct ban ban = ban_list_at(after, row);
	struct ban old;
	size_t found;

	if ((ban.flags & BAN_UNUSABLE) != 0)
		return;
	found = ban_list_find(before, ban.account, ban.account_len);
	if (found == BAN_ROW_NONE) {
		if (changes->before_complete)
			add(changes, CHANGE_NEW, BAN_ROW_NONE, row);
		return;
	}
	old = ban_list_at(before, found);
	if (is_other_end(&ban, &old))
		add(changes, CHANGE_MOVED, found, row);
}

/* Who was in the earlier list and is in the later one no more. */
static void
miss(struct bans_changes *changes, const struct ban_list *before,
    const struct ban_list *after, size_t row)
{
	struct ban ban = ban_list_at(before, row);

	if ((ban.flags & BAN_UNUSABLE) != 0 ||
	    ban_list_find(after, ban.account, ban.account_len) != BAN_ROW_NONE)
		return;
	add(changes,
	    ban_state_at(&ban, changes->now_s) == BAN_STATE_ENDED
	        ? CHANGE_ENDED
	        : CHANGE_LIFTED,
	    row, BAN_ROW_NONE);
}

void
bans_changes_begin(struct bans_changes *changes, bool before_complete,
    bool after_complete, int64_t now_s)
{
	changes->count = 0;
	memset(changes->by_kind, 0, sizeof changes->by_kind);
	changes->begun = true;
	changes->ready = false;
	changes->before_complete = before_complete;
	changes->after_complete = after_complete;
	changes->now_s = now_s;
	changes->row = 0;
	changes->old = 0;
}

void
bans_changes_run(struct bans_changes *changes, const struct ban_list *before,
    const struct ban_list *after, size_t *left)
{
	size_t gone = changes->after_complete ? ban_list_count(before) : 0;

	while (*left > 0 && !changes->ready) {
		ban_query_spend(left, STEPS_ROW);
		if (changes->row < ban_list_count(after))
			compare(changes, before, after, changes->row++);
		else if (changes->old < gone)
			miss(changes, before, after, changes->old++);
		else
			changes->ready = true;
	}
}
