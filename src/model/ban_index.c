/*
 * The index by account: open addressing with linear steps, at most three
 * quarters full. A slot holds a row plus one in its lower bits and a few bits
 * of the hash above, so that a wrong account is nearly never looked at.
 *
 * When it grows, the old slots stay until all rows of theirs are in the new
 * ones, a few with each row that is added: no page is held up by a million.
 *
 * The hash is SipHash-1-3: keyed, and strong enough that nobody who only sees
 * how long we take can find names that collide.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "bantop/base/random.h"

#include "model_priv.h"

enum { ROW_BITS = 24, CAP_FIRST = 512, MOVED_AT_ONCE = 4 };
static const uint32_t ROW_MASK = (UINT32_C(1) << ROW_BITS) - 1;
_Static_assert(BAN_LIST_ROWS_MAX < 1 << 24, "a row must fit into a slot");

static uint64_t
turn(uint64_t word, int bits)
{
	return word << bits | word >> (64 - bits);
}

static void
mix(uint64_t v[4])
{
	v[0] += v[1];
	v[2] += v[3];
	v[1] = turn(v[1], 13) ^ v[0];
	v[3] = turn(v[3], 16) ^ v[2];
	v[0] = turn(v[0], 32);
	v[2] += v[1];
	v[0] += v[3];
	v[1] = turn(v[1], 17) ^ v[2];
	v[3] = turn(v[3], 21) ^ v[0];
	v[2] = turn(v[2], 32);
}

/* The bytes before the last whole word are mixed in by words; the machine's
 * order of bytes will do, as no hash leaves the process. */
static uint64_t
hash_text(const uint64_t key[2], const char *text, size_t len)
{
	uint64_t v[4] = {
		key[0] ^ UINT64_C(0x736f6d6570736575),
		key[1] ^ UINT64_C(0x646f72616e646f6d),
		key[0] ^ UINT64_C(0x6c7967656e657261),
		key[1] ^ UINT64_C(0x7465646279746573),
	};
	uint64_t word;
	size_t at;

	for (at = 0; len - at >= sizeof word; at += sizeof word) {
		memcpy(&word, text + at, sizeof word);
		v[3] ^= word;
		mix(v);
		v[0] ^= word;
	}
	word = 0;
	if (len > at)
		memcpy(&word, text + at, len - at);
	word ^= (uint64_t)len << 56;
	v[3] ^= word;
	mix(v);
	v[0] ^= word;
	v[2] ^= 0xff;
	mix(v);
	mix(v);
	mix(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void
ban_index_init(struct ban_index *index)
{
	*index = (struct ban_index){ .key = { random_u64(), random_u64() } };
}

void
ban_index_release(struct ban_index *index)
{
	free(index->slots);
	free(index->old);
	*index = (struct ban_index){ 0 };
}

static uint32_t
slot_of(uint64_t hash, size_t row)
{
	return ((uint32_t)(hash >> 32) & ~ROW_MASK) | (uint32_t)(row + 1);
}

static bool
is_account(const struct ban_rows *rows, uint32_t slot, const char *account,
    size_t len)
{
	struct ban ban = ban_rows_at(rows, (slot & ROW_MASK) - 1);

	return ban.account_len == len && memcmp(ban.account, account, len) == 0;
}

static size_t
find_in(const uint32_t *slots, size_t cap, const struct ban_rows *rows,
    uint64_t hash, const char *account, size_t len)
{
	uint32_t tag = slot_of(hash, 0) & ~ROW_MASK;
	size_t at = (size_t)hash & (cap - 1);

	while (slots[at] != 0) {
		uint32_t slot = slots[at];

		if ((slot & ~ROW_MASK) == tag &&
		    is_account(rows, slot, account, len))
			return (slot & ROW_MASK) - 1;
		at = (at + 1) & (cap - 1);
	}
	return BAN_ROW_NONE;
}

size_t
ban_index_find(const struct ban_index *index, const struct ban_rows *rows,
    const char *account, size_t len)
{
	size_t row = BAN_ROW_NONE;
	uint64_t hash;

	if (index->cap == 0)
		return BAN_ROW_NONE;
	hash = hash_text(index->key, account, len);
	if (index->old != NULL)
		row = find_in(index->old, index->old_cap, rows, hash, account,
		    len);
	if (row == BAN_ROW_NONE)
		row =
		    find_in(index->slots, index->cap, rows, hash, account, len);
	return row;
}

/* @return false if the row is unusable: then it stays outside. */
static bool
put(struct ban_index *index, const struct ban_rows *rows, size_t row)
{
	struct ban ban = ban_rows_at(rows, row);
	uint64_t hash;
	size_t at;

	if ((ban.flags & BAN_UNUSABLE) != 0)
		return false;
	hash = hash_text(index->key, ban.account, ban.account_len);
	at = (size_t)hash & (index->cap - 1);
	while (index->slots[at] != 0)
		at = (at + 1) & (index->cap - 1);
	index->slots[at] = slot_of(hash, row);
	return true;
}

/* Takes some rows more from the old slots: all have moved long before the
 * new ones are full. */
static void
move_some(struct ban_index *index, const struct ban_rows *rows)
{
	size_t left = MOVED_AT_ONCE;

	if (index->old == NULL)
		return;
	while (left > 0 && index->moved < index->old_rows)
		if (put(index, rows, index->moved++))
			left--;
	if (index->moved < index->old_rows)
		return;
	free(index->old);
	index->old = NULL;
	index->old_cap = 0;
}

/* @p row and those behind it are not in it yet. */
static void
grow(struct ban_index *index, size_t row)
{
	if (index->count < index->cap / 4 * 3)
		return;
	assert(index->old == NULL);
	index->old = index->slots;
	index->old_cap = index->cap;
	index->old_rows = row;
	index->moved = 0;
	index->cap = index->cap > 0 ? 2 * index->cap : CAP_FIRST;
	index->slots = mem_alloc(index->cap * sizeof index->slots[0]);
}

void
ban_index_add(struct ban_index *index, const struct ban_rows *rows, size_t row)
{
	assert(row < BAN_LIST_ROWS_MAX);
	grow(index, row);
	move_some(index, rows);
	(void)put(index, rows, row);
	index->count++;
}
