/*
 * Sorting by account. The next eight bytes of each account are kept beside
 * its row, so that the accounts themselves, which lie all over the memory, are
 * looked at once for every eight bytes and not for every comparison.
 *
 * What is still to be sorted is a stack of segments of the items; a segment is
 * parted in three by a chunk of its own, and each part is a segment again. The
 * smallest is taken first, so the stack stays low. Any portion can be the last
 * one of a run: where a segment stands is kept in the struct.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "bantop/base/random.h"

#include "model_priv.h"

enum { CHUNK = 8, FEW = 12, SEGMENTS_MAX = 64 };
/* Steps that an item takes: an account is somewhere in the memory. */
enum { STEPS_GATHER = 3, STEPS_LOAD = 16, STEPS_PART = 1 };

struct item {
	uint64_t chunk; /* the account's next bytes, the first one highest */
	uint32_t row;
};

struct segment {
	size_t start;
	size_t count;
	size_t depth;  /* bytes before it are the same in all of them */
	bool has_read; /* the chunks are those at depth */
};

enum phase { PHASE_GATHER, PHASE_LOAD, PHASE_PART, PHASE_WRITE, PHASE_DONE };

struct ban_sort_account {
	uint32_t *numbers; /* borrowed */
	size_t count;
	bool descending;
	struct item *items; /* the unusable ones from the end, backwards */
	size_t usable;
	uint64_t random;
	struct segment todo[SEGMENTS_MAX];
	size_t todo_count;

	enum phase phase;
	struct segment now;
	size_t at;    /* of all, or of the segment's items */
	size_t below; /* while it is parted: so many are below the pivot, */
	size_t above; /* and from here on they are above */
	uint64_t pivot;
};

struct ban_sort_account *
ban_sort_account_create(uint32_t *numbers, size_t count, bool descending)
{
	struct ban_sort_account *sort = mem_alloc(sizeof *sort);

	sort->numbers = numbers;
	sort->count = count;
	sort->descending = descending;
	sort->items = mem_grow(NULL, count, sizeof sort->items[0]);
	sort->random = random_u64();
	return sort;
}

void
ban_sort_account_destroy(struct ban_sort_account *sort)
{
	if (sort == NULL)
		return;
	free(sort->items);
	free(sort);
}

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

/* What is one item alone is in its place. */
static void
put_off(struct ban_sort_account *sort, struct segment segment)
{
	if (segment.count < 2)
		return;
	assert(sort->todo_count < SEGMENTS_MAX);
	sort->todo[sort->todo_count++] = segment;
}

static void
gather(struct ban_sort_account *sort, const struct ban_list *list, size_t end)
{
	size_t i;

	for (i = sort->at; i < end; i++) {
		uint32_t row = sort->numbers[i];
		struct ban ban = ban_list_at(list, row);

		if ((ban.flags & BAN_UNUSABLE) == 0)
			sort->items[sort->usable++] =
			    (struct item){ chunk_at(&ban, 0), row };
		else
			sort->items[sort->count - 1 - (i - sort->usable)].row =
			    row;
	}
}

static void
load(struct ban_sort_account *sort, const struct ban_list *list, size_t end)
{
	struct item *items = sort->items + sort->now.start;
	size_t i;

	for (i = sort->at; i < end; i++) {
		struct ban ban = ban_list_at(list, items[i].row);

		items[i].chunk = chunk_at(&ban, sort->now.depth);
	}
}

/* Accounts that are the same up to here: by their next bytes. No account
 * holds a NUL: with one at the end they are at theirs. */
static struct segment
deeper(const struct ban_sort_account *sort, size_t start, size_t count)
{
	bool at_end = (sort->items[start].chunk & 0xff) == 0;

	return (struct segment){ .start = start,
		.count = at_end ? 0 : count,
		.depth = sort->now.depth + CHUNK };
}

static void
sort_few(struct ban_sort_account *sort)
{
	struct segment now = sort->now;
	struct item *items = sort->items + now.start;
	size_t i, j, start = 0;

	for (i = 1; i < now.count; i++) {
		struct item item = items[i];

		for (j = i; j > 0 && items[j - 1].chunk > item.chunk; j--)
			items[j] = items[j - 1];
		items[j] = item;
	}
	for (i = 1; i <= now.count; i++) {
		if (i < now.count && items[i].chunk == items[start].chunk)
			continue;
		put_off(sort, deeper(sort, now.start + start, i - start));
		start = i;
	}
}

/* Puts the items up to @p end on their side of the pivot: below, the same (so
 * far those between below and at), above. */
static void
part(struct ban_sort_account *sort, size_t steps)
{
	struct item *items = sort->items + sort->now.start;
	uint64_t pivot = sort->pivot;
	size_t below = sort->below;
	size_t above = sort->above;
	size_t at = sort->at;

	while (at < above && steps-- > 0) {
		struct item item = items[at];

		if (item.chunk < pivot) {
			items[at++] = items[below];
			items[below++] = item;
		} else if (item.chunk > pivot) {
			items[at] = items[--above];
			items[above] = item;
		} else {
			at++;
		}
	}
	sort->below = below;
	sort->above = above;
	sort->at = at;
}

/* The three parts, the largest first onto the stack. */
static void
put_off_parts(struct ban_sort_account *sort)
{
	struct segment low = sort->now;
	struct segment high = sort->now;
	struct segment same = deeper(sort, sort->now.start + sort->below,
	    sort->above - sort->below);
	const struct segment *large = &low;
	const struct segment *small = &high;

	low.count = sort->below;
	high.start += sort->above;
	high.count -= sort->above;
	if (low.count < high.count) {
		large = &high;
		small = &low;
	}
	if (same.count > large->count)
		put_off(sort, same);
	put_off(sort, *large);
	if (same.count <= large->count && same.count > small->count)
		put_off(sort, same);
	put_off(sort, *small);
	if (same.count <= small->count)
		put_off(sort, same);
}

static uint64_t
chunk_at_random(struct ban_sort_account *sort)
{
	struct segment now = sort->now;

	sort->random = sort->random * UINT64_C(6364136223846793005) + 1;
	return sort->items[now.start + (sort->random >> 32) % now.count].chunk;
}

/* Nobody who names accounts can know which one will be the pivot: the middle
 * one of three, so that luck makes less of a difference. */
static void
begin_parting(struct ban_sort_account *sort)
{
	uint64_t one = chunk_at_random(sort);
	uint64_t other = chunk_at_random(sort);
	uint64_t third = chunk_at_random(sort);
	uint64_t low = one < other ? one : other;
	uint64_t high = one < other ? other : one;

	sort->pivot = third < low ? low : third > high ? high : third;
	sort->at = 0;
	sort->below = 0;
	sort->above = sort->now.count;
	sort->phase = PHASE_PART;
}

/* Takes up the segment on top; when there is none all are in order. */
static void
begin_segment(struct ban_sort_account *sort)
{
	sort->at = 0;
	sort->phase = PHASE_WRITE;
	if (sort->todo_count == 0)
		return;
	sort->now = sort->todo[--sort->todo_count];
	sort->phase = PHASE_LOAD;
	if (sort->now.has_read)
		sort->at = sort->now.count;
}

/* The segment's chunks are there. */
static void
sort_segment(struct ban_sort_account *sort)
{
	sort->now.has_read = true;
	if (sort->now.count > FEW) {
		begin_parting(sort);
		return;
	}
	sort_few(sort);
	begin_segment(sort);
}

static void
write_numbers(struct ban_sort_account *sort, size_t end)
{
	size_t i, from;

	for (i = sort->at; i < end; i++) {
		if (i >= sort->usable)
			from = sort->count - 1 - (i - sort->usable);
		else if (sort->descending)
			from = sort->usable - 1 - i;
		else
			from = i;
		sort->numbers[i] = sort->items[from].row;
	}
}

static void
run_whole(struct ban_sort_account *sort, const struct ban_list *list,
    size_t *left)
{
	size_t steps = sort->phase == PHASE_GATHER ? STEPS_GATHER : 1;
	size_t end = ban_sort_portion(sort->at, sort->count, steps, left);

	if (sort->phase == PHASE_GATHER)
		gather(sort, list, end);
	else
		write_numbers(sort, end);
	sort->at = end;
	if (end < sort->count)
		return;
	if (sort->phase == PHASE_WRITE) {
		sort->phase = PHASE_DONE;
		return;
	}
	put_off(sort,
	    (struct segment){ .count = sort->usable, .has_read = true });
	begin_segment(sort);
}

static void
run_load(struct ban_sort_account *sort, const struct ban_list *list,
    size_t *left)
{
	size_t end =
	    ban_sort_portion(sort->at, sort->now.count, STEPS_LOAD, left);

	load(sort, list, end);
	sort->at = end;
	if (end == sort->now.count)
		sort_segment(sort);
}

static void
run_part(struct ban_sort_account *sort, size_t *left)
{
	size_t before = sort->at + (sort->now.count - sort->above);
	size_t end =
	    ban_sort_portion(before, sort->now.count, STEPS_PART, left);

	part(sort, end - before);
	if (end < sort->now.count)
		return;
	put_off_parts(sort);
	begin_segment(sort);
}

bool
ban_sort_account_run(struct ban_sort_account *sort, const struct ban_list *list,
    size_t *left)
{
	while (*left > 0 && sort->phase != PHASE_DONE)
		switch (sort->phase) {
		case PHASE_GATHER:
		case PHASE_WRITE:
			run_whole(sort, list, left);
			break;
		case PHASE_LOAD:
			run_load(sort, list, left);
			break;
		case PHASE_PART:
			run_part(sort, left);
			break;
		case PHASE_DONE:
			break;
		}
	return sort->phase == PHASE_DONE;
}
