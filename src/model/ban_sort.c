/*
 * Sorting row numbers of a list. By time and by state a row has a number as
 * its key, and that key and the row fit into one word, which is sorted by its
 * digits. By account the next eight bytes are kept beside the row, so that
 * the accounts themselves, which lie all over the memory, are looked at once
 * for every eight bytes and not for every comparison.
 *
 * Ties keep the list's order. What has no key (no moment to sort by, or no
 * account that means anything) comes behind all, in either direction.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "bantop/base/random.h"

#include "model_priv.h"

enum { ROW_BITS = 24, KEY_BITS = 38, DIGIT_BITS = 11, DIGITS = 1 << 11 };
enum { CHUNK = 8, FEW = 12 };
static const uint64_t ROW_MASK = (UINT64_C(1) << ROW_BITS) - 1;
/* Behind every moment there is. */
static const uint64_t KEY_LAST = (UINT64_C(1) << KEY_BITS) - 1;

static uint64_t
state_rank(enum ban_state state)
{
	switch (state) {
	case BAN_STATE_BANNED:
		return 0;
	case BAN_STATE_ENDING:
		return 1;
	case BAN_STATE_ENDED:
		return 2;
	case BAN_STATE_PERMANENT:
		return 3;
	case BAN_STATE_INVALID:
		break;
	}
	return KEY_LAST;
}

static uint64_t
key_of(const struct ban *ban, struct ban_order order)
{
	uint64_t last = (uint64_t)BAN_UNTIL_MAX_S;
	uint64_t key;

	if (order.column == BAN_COLUMN_STATE) {
		key = state_rank(ban_state_at(ban, order.now_s));
		last = 3;
	} else {
		key = ban_has_moment(ban) ? (uint64_t)ban->until_s : KEY_LAST;
	}
	if (order.descending && key != KEY_LAST)
		key = last - key;
	return key;
}

/* Sorts @p words by their bits from @p shift on, one digit; @p spare has as
 * much room. @return false if all have the same digit: nothing was moved. */
static bool
sort_digit(const uint64_t *words, uint64_t *spare, size_t count, int shift)
{
	size_t starts[DIGITS] = { 0 };
	size_t at = 0;
	size_t i;

	for (i = 0; i < count; i++)
		starts[words[i] >> shift & (DIGITS - 1)]++;
	if (starts[words[0] >> shift & (DIGITS - 1)] == count)
		return false;
	for (i = 0; i < DIGITS; i++) {
		size_t here = starts[i];

		starts[i] = at;
		at += here;
	}
	for (i = 0; i < count; i++)
		spare[starts[words[i] >> shift & (DIGITS - 1)]++] = words[i];
	return true;
}

static void
sort_by_key(const struct ban_list *list, struct ban_order order,
    uint32_t *numbers, size_t count)
{
	uint64_t *words = mem_grow(NULL, count, sizeof words[0]);
	uint64_t *spare = mem_grow(NULL, count, sizeof spare[0]);
	size_t i;
	int shift;

	for (i = 0; i < count; i++) {
		struct ban ban = ban_list_at(list, numbers[i]);

		words[i] = key_of(&ban, order) << ROW_BITS | numbers[i];
	}
	for (shift = ROW_BITS; shift < ROW_BITS + KEY_BITS; shift += DIGIT_BITS)
		if (sort_digit(words, spare, count, shift)) {
			uint64_t *sorted = spare;

			spare = words;
			words = sorted;
		}
	for (i = 0; i < count; i++)
		numbers[i] = (uint32_t)(words[i] & ROW_MASK);
	free(spare);
	free(words);
}

struct item {
	uint64_t chunk; /* the account's next bytes, the first one highest */
	uint32_t row;
};

/* What the recursion hands down. */
struct account_sort {
	const struct ban_list *list;
	uint64_t random;
};

static uint64_t
chunk_at(const struct ban *ban, size_t depth)
{
	uint64_t chunk = 0;
	size_t i;

	for (i = depth; i < depth + CHUNK; i++)
		chunk = chunk << 8 |
		    (i < ban->account_len ? (unsigned char)ban->account[i]
		                          : 0u);
	return chunk;
}

static void
load_chunks(struct account_sort *sort, struct item *items, size_t count,
    size_t depth)
{
	size_t i;

	for (i = 0; i < count; i++) {
		struct ban ban = ban_list_at(sort->list, items[i].row);

		items[i].chunk = chunk_at(&ban, depth);
	}
}

/* From the pivot's chunk in three: below, the same, above. Nobody who names
 * accounts can know which one it will be. */
static void
part(struct account_sort *sort, struct item *items, size_t count, size_t *below,
    size_t *above)
{
	uint64_t pivot;
	size_t at = 0;

	sort->random = sort->random * UINT64_C(6364136223846793005) + 1;
	pivot = items[(sort->random >> 32) % count].chunk;
	*below = 0;
	*above = count;
	while (at < *above) {
		struct item item = items[at];

		if (item.chunk < pivot) {
			items[at++] = items[*below];
			items[(*below)++] = item;
		} else if (item.chunk > pivot) {
			items[at] = items[--*above];
			items[*above] = item;
		} else {
			at++;
		}
	}
}

static void
sort_few(struct item *items, size_t count)
{
	size_t i, j;

	for (i = 1; i < count; i++) {
		struct item item = items[i];

		for (j = i; j > 0 && items[j - 1].chunk > item.chunk; j--)
			items[j] = items[j - 1];
		items[j] = item;
	}
}

static void sort_items(struct account_sort *sort, struct item *items,
    size_t count, size_t depth);

/* Accounts that are the same up to here: by their next bytes. */
static void
sort_deeper(struct account_sort *sort, struct item *items, size_t count,
    size_t depth)
{
	/* No account holds a NUL: with one at the end they are at theirs. */
	if (count < 2 || (items[0].chunk & 0xff) == 0)
		return;
	load_chunks(sort, items, count, depth + CHUNK);
	sort_items(sort, items, count, depth + CHUNK);
}

static void
sort_runs(struct account_sort *sort, struct item *items, size_t count,
    size_t depth)
{
	size_t start = 0;
	size_t i;

	sort_few(items, count);
	for (i = 1; i <= count; i++) {
		if (i < count && items[i].chunk == items[start].chunk)
			continue;
		sort_deeper(sort, items + start, i - start, depth);
		start = i;
	}
}

/* The larger side is left to the loop, so that the stack stays low. */
static void
sort_items(struct account_sort *sort, struct item *items, size_t count,
    size_t depth)
{
	while (count > FEW) {
		size_t below, above;

		part(sort, items, count, &below, &above);
		sort_deeper(sort, items + below, above - below, depth);
		if (below < count - above) {
			sort_items(sort, items, below, depth);
			items += above;
			count -= above;
		} else {
			sort_items(sort, items + above, count - above, depth);
			count = below;
		}
	}
	sort_runs(sort, items, count, depth);
}

/* Puts the unusable rows behind all. @return how many are usable. */
static size_t
put_unusable_last(const struct ban_list *list, uint32_t *numbers, size_t count)
{
	uint32_t *last = mem_grow(NULL, count, sizeof last[0]);
	size_t usable = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		struct ban ban = ban_list_at(list, numbers[i]);

		if ((ban.flags & BAN_UNUSABLE) != 0)
			last[i - usable] = numbers[i];
		else
			numbers[usable++] = numbers[i];
	}
	memcpy(numbers + usable, last, (count - usable) * sizeof last[0]);
	free(last);
	return usable;
}

static void
sort_by_account(const struct ban_list *list, struct ban_order order,
    uint32_t *numbers, size_t count)
{
	struct account_sort sort = { .list = list, .random = random_u64() };
	struct item *items;
	size_t usable, i;

	usable = ban_list_unusable(list) > 0
	    ? put_unusable_last(list, numbers, count)
	    : count;
	items = mem_grow(NULL, usable, sizeof items[0]);
	for (i = 0; i < usable; i++)
		items[i].row = numbers[i];
	load_chunks(&sort, items, usable, 0);
	sort_items(&sort, items, usable, 0);
	/* No two rows have the same account: there are no ties to keep. */
	for (i = 0; i < usable; i++)
		numbers[order.descending ? usable - 1 - i : i] = items[i].row;
	free(items);
}

void
ban_sort(const struct ban_list *list, struct ban_order order, uint32_t *numbers,
    size_t count)
{
	assert(order.column != BAN_COLUMN_NONE);
	if (count < 2)
		return;
	if (order.column == BAN_COLUMN_ACCOUNT)
		sort_by_account(list, order, numbers, count);
	else
		sort_by_key(list, order, numbers, count);
}

static int
compare_accounts(const struct ban *a, const struct ban *b, bool descending)
{
	unsigned a_last = a->flags & BAN_UNUSABLE;
	unsigned b_last = b->flags & BAN_UNUSABLE;
	size_t len =
	    a->account_len < b->account_len ? a->account_len : b->account_len;
	int order;

	if (a_last != 0 || b_last != 0)
		return (a_last > b_last) - (a_last < b_last);
	order = memcmp(a->account, b->account, len);
	if (order == 0)
		order = (a->account_len > b->account_len) -
		    (a->account_len < b->account_len);
	return descending ? -order : order;
}

static bool
is_before(const struct ban_list *list, struct ban_order order, uint32_t row,
    uint32_t other)
{
	struct ban a = ban_list_at(list, row);
	struct ban b = ban_list_at(list, other);
	int compared;

	if (order.column == BAN_COLUMN_ACCOUNT) {
		compared = compare_accounts(&a, &b, order.descending);
	} else {
		uint64_t key = key_of(&a, order);
		uint64_t other_key = key_of(&b, order);

		compared = (key > other_key) - (key < other_key);
	}
	return compared < 0 || (compared == 0 && row < other);
}

/* @return how many of the @p count sorted numbers come before @p row. */
static size_t
count_before(const struct ban_list *list, struct ban_order order,
    const uint32_t *numbers, size_t count, uint32_t row)
{
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (is_before(list, order, numbers[middle], row))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
ban_sort_merge(const struct ban_list *list, struct ban_order order,
    uint32_t *numbers, size_t sorted, size_t count)
{
	size_t others = count - sorted;
	uint32_t *tail = mem_grow(NULL, others, sizeof tail[0]);
	size_t i;

	memcpy(tail, numbers + sorted, others * sizeof tail[0]);
	/* From the end: what is behind a row of the tail moves only once. */
	for (i = others; i > 0; i--) {
		uint32_t row = tail[i - 1];
		size_t at = count_before(list, order, numbers, sorted, row);

		memmove(numbers + at + i, numbers + at,
		    (sorted - at) * sizeof numbers[0]);
		numbers[at + i - 1] = row;
		sorted = at;
	}
	free(tail);
}
