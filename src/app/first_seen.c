/*
 * Rows are only ever appended to a list, so that what is new is what lies
 * behind the last one noted; page by page, since a million at once would be
 * felt.
 */
#include "bantop/app/first_seen.h"

#include <stdlib.h>

#include "bantop/base/mem.h"

void
first_seen_release(struct first_seen *seen)
{
	free(seen->at);
	*seen = (struct first_seen){ .at = NULL };
}

int64_t
first_seen_at(const struct first_seen *seen, const struct ban_list *list,
    size_t row)
{
	if (row < seen->count)
		return seen->at[row];
	return ban_list_origin(list, row).received_at;
}

static int64_t
moment_of(const struct ban_list *list, size_t row, const struct ban_list *old,
    const struct first_seen *old_seen)
{
	struct ban ban = ban_list_at(list, row);
	size_t found = BAN_ROW_NONE;

	if ((ban.flags & BAN_UNUSABLE) == 0)
		found = ban_list_find(old, ban.account, ban.account_len);
	if (found != BAN_ROW_NONE)
		return first_seen_at(old_seen, old, found);
	return ban_list_origin(list, row).received_at;
}

void
first_seen_note(struct first_seen *seen, const struct ban_list *list,
    const struct ban_list *old, const struct first_seen *old_seen)
{
	size_t count = ban_list_count(list);

	if (count > seen->cap) {
		seen->cap = seen->cap * 2 > count ? seen->cap * 2 : count;
		seen->at = mem_grow(seen->at, seen->cap, sizeof *seen->at);
	}
	for (; seen->count < count; seen->count++)
		seen->at[seen->count] =
		    moment_of(list, seen->count, old, old_seen);
}
