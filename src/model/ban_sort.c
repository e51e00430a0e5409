/*
 * Sorting row numbers of a list, in portions: each run takes as many steps as
 * it is given and goes on there the next time. By time and by state a row has
 * a number as its key, and that key and the row fit into one word, which is
 * sorted by its digits. By account: see ban_sort_account.c.
 *
 * Ties keep the list's order. What has no key (no moment to sort by, or no
 * account that means anything) comes behind all, in either direction.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

#include "model_priv.h"

enum { ROW_BITS = 24, KEY_BITS = 38, DIGIT_BITS = 11, DIGITS = 1 << 11 };
static const uint64_t ROW_MASK = (UINT64_C(1) << ROW_BITS) - 1;
/* Behind every moment there is. */
static const uint64_t KEY_LAST = (UINT64_C(1) << KEY_BITS) - 1;

enum phase {
	PHASE_READ,  /* each row's key into its word */
	PHASE_COUNT, /* how often each digit is there */
	PHASE_MOVE,  /* each word to where its digit has room */
	PHASE_WRITE, /* the rows back into the numbers */
	PHASE_DONE,
};

struct ban_sort {
	struct ban_order order;
	uint32_t *numbers; /* borrowed */
	size_t count;
	struct ban_sort_account *account; /* by account; else NULL */
	enum phase phase;
	size_t at; /* in this phase */
	int shift; /* of the digit */
	uint64_t *words;
	uint64_t *spare; /* as much room again */
	size_t starts[DIGITS];
};

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

size_t
ban_sort_portion(size_t at, size_t count, size_t weight, size_t *left)
{
	size_t rows = *left / weight;

	if (rows == 0)
		rows = 1;
	if (count - at > rows) {
		*left = 0;
		return at + rows;
	}
	*left -= *left < (count - at) * weight ? *left : (count - at) * weight;
	return count;
}

struct ban_sort *
ban_sort_create(struct ban_order order, uint32_t *numbers, size_t count)
{
	struct ban_sort *sort = mem_alloc(sizeof *sort);

	assert(order.column != BAN_COLUMN_NONE);
	sort->order = order;
	sort->numbers = numbers;
	sort->count = count;
	if (count < 2) {
		sort->phase = PHASE_DONE;
	} else if (order.column == BAN_COLUMN_ACCOUNT) {
		sort->account =
		    ban_sort_account_create(numbers, count, order.descending);
	} else {
		sort->words = mem_grow(NULL, count, sizeof sort->words[0]);
		sort->spare = mem_grow(NULL, count, sizeof sort->spare[0]);
	}
	return sort;
}

void
ban_sort_destroy(struct ban_sort *sort)
{
	if (sort == NULL)
		return;
	ban_sort_account_destroy(sort->account);
	free(sort->words);
	free(sort->spare);
	free(sort);
}

static void
read_keys(struct ban_sort *sort, const struct ban_list *list, size_t end)
{
	size_t i;

	for (i = sort->at; i < end; i++) {
		uint32_t row = sort->numbers[i];
		struct ban ban = ban_list_at(list, row);

		sort->words[i] = key_of(&ban, sort->order) << ROW_BITS | row;
	}
}

static size_t
digit_of(uint64_t word, int shift)
{
	return (size_t)(word >> shift & (DIGITS - 1));
}

static void
count_digits(struct ban_sort *sort, size_t end)
{
	size_t i;

	for (i = sort->at; i < end; i++)
		sort->starts[digit_of(sort->words[i], sort->shift)]++;
}

static void
move_words(struct ban_sort *sort, size_t end)
{
	const uint64_t *words = sort->words;
	uint64_t *spare = sort->spare;
	size_t *starts = sort->starts;
	int shift = sort->shift;
	size_t i;

	for (i = sort->at; i < end; i++)
		spare[starts[digit_of(words[i], shift)]++] = words[i];
}

static void
write_numbers(struct ban_sort *sort, size_t end)
{
	size_t i;

	for (i = sort->at; i < end; i++)
		sort->numbers[i] = (uint32_t)(sort->words[i] & ROW_MASK);
}

static enum phase
begin_digit(struct ban_sort *sort, int shift)
{
	sort->shift = shift;
	memset(sort->starts, 0, sizeof sort->starts);
	return shift < ROW_BITS + KEY_BITS ? PHASE_COUNT : PHASE_WRITE;
}

/* From how often to where from. */
static void
add_up(size_t starts[DIGITS])
{
	size_t at = 0;
	size_t i;

	for (i = 0; i < DIGITS; i++) {
		size_t here = starts[i];

		starts[i] = at;
		at += here;
	}
}

static enum phase
phase_after(struct ban_sort *sort)
{
	uint64_t *moved = sort->spare;

	switch (sort->phase) {
	case PHASE_READ:
		return begin_digit(sort, ROW_BITS);
	case PHASE_COUNT:
		/* All have the same digit: nothing is to be moved. */
		if (sort->starts[digit_of(sort->words[0], sort->shift)] ==
		    sort->count)
			return begin_digit(sort, sort->shift + DIGIT_BITS);
		add_up(sort->starts);
		return PHASE_MOVE;
	case PHASE_MOVE:
		sort->spare = sort->words;
		sort->words = moved;
		return begin_digit(sort, sort->shift + DIGIT_BITS);
	case PHASE_WRITE:
	case PHASE_DONE:
		break;
	}
	return PHASE_DONE;
}

static void
run_portion(struct ban_sort *sort, const struct ban_list *list, size_t *left)
{
	size_t weight = sort->phase == PHASE_MOVE ? 2 : 1;
	size_t end = ban_sort_portion(sort->at, sort->count, weight, left);

	switch (sort->phase) {
	case PHASE_READ:
		read_keys(sort, list, end);
		break;
	case PHASE_COUNT:
		count_digits(sort, end);
		break;
	case PHASE_MOVE:
		move_words(sort, end);
		break;
	case PHASE_WRITE:
		write_numbers(sort, end);
		break;
	case PHASE_DONE:
		break;
	}
	sort->at = end;
	if (end < sort->count)
		return;
	sort->phase = phase_after(sort);
	sort->at = 0;
}

bool
ban_sort_run(struct ban_sort *sort, const struct ban_list *list, size_t *left)
{
	if (sort->account != NULL)
		return ban_sort_account_run(sort->account, list, left);
	while (*left > 0 && sort->phase != PHASE_DONE)
		run_portion(sort, list, left);
	return sort->phase == PHASE_DONE;
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
