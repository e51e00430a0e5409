/*
 * The difference of two loads. Unusable rows have no account to compare and
 * take no part.
 */
#include "bantop/app/bans_changes.h"

#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

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

static void
find_come(struct bans_changes *changes, const struct ban_list *before,
    bool before_complete, const struct ban_list *after)
{
	struct ban ban, old;
	size_t row, found;

	for (row = 0; row < ban_list_count(after); row++) {
		ban = ban_list_at(after, row);
		if ((ban.flags & BAN_UNUSABLE) != 0)
			continue;
		found = ban_list_find(before, ban.account, ban.account_len);
		if (found == BAN_ROW_NONE) {
			if (before_complete)
				add(changes, CHANGE_NEW, BAN_ROW_NONE, row);
			continue;
		}
		old = ban_list_at(before, found);
		if (is_other_end(&ban, &old))
			add(changes, CHANGE_MOVED, found, row);
	}
}

static void
find_gone(struct bans_changes *changes, const struct ban_list *before,
    const struct ban_list *after, int64_t now_s)
{
	struct ban ban;
	size_t row;

	for (row = 0; row < ban_list_count(before); row++) {
		ban = ban_list_at(before, row);
		if ((ban.flags & BAN_UNUSABLE) != 0 ||
		    ban_list_find(after, ban.account, ban.account_len) !=
		        BAN_ROW_NONE)
			continue;
		add(changes,
		    ban_state_at(&ban, now_s) == BAN_STATE_ENDED
		        ? CHANGE_ENDED
		        : CHANGE_LIFTED,
		    row, BAN_ROW_NONE);
	}
}

void
bans_changes_find(struct bans_changes *changes, const struct ban_list *before,
    bool before_complete, const struct ban_list *after, bool after_complete,
    int64_t now_s)
{
	changes->count = 0;
	memset(changes->by_kind, 0, sizeof changes->by_kind);
	find_come(changes, before, before_complete, after);
	if (after_complete)
		find_gone(changes, before, after, now_s);
}
