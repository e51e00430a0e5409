/*
 * Groups with an index by id: open addressing, at most half full, entries are
 * numbers + 1. The hash is seeded, so that a service cannot choose ids that
 * all fall into one place.
 */
#include "bantop/api/group_table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "bantop/base/random.h"

enum { SLOTS_FIRST = 64 };

struct entry {
	struct group group;
	unsigned run; /* it was last met in; 0: in none */
};

struct group_table {
	struct entry *entries;
	size_t count;
	size_t cap;
	uint32_t *slots; /* slot_count of them, 0: free */
	size_t slot_count;
	uint64_t seed;
};

struct group_table *
group_table_create(void)
{
	struct group_table *table = mem_alloc(sizeof *table);

	table->seed = random_u64();
	table->slot_count = SLOTS_FIRST;
	table->slots = mem_alloc(SLOTS_FIRST * sizeof table->slots[0]);
	return table;
}

void
group_table_destroy(struct group_table *table)
{
	if (table == NULL)
		return;
	free(table->slots);
	free(table->entries);
	free(table);
}

size_t
group_table_count(const struct group_table *table)
{
	return table->count;
}

struct group *
group_table_at(struct group_table *table, size_t index)
{
	assert(index < table->count);
	return &table->entries[index].group;
}

const struct group *
group_table_see(const struct group_table *table, size_t index)
{
	assert(index < table->count);
	return &table->entries[index].group;
}

static uint64_t
hash(const struct group_table *table, const char *id)
{
	uint64_t value = table->seed;

	for (; *id != '\0'; id++) {
		value ^= (unsigned char)*id;
		value *= UINT64_C(0x9e3779b97f4a7c15);
		value ^= value >> 32;
	}
	return value;
}

/* @return the slot of the id, or the free one where it belongs. */
static uint32_t *
find_slot(const struct group_table *table, const char *id)
{
	size_t mask = table->slot_count - 1;
	size_t at = (size_t)hash(table, id) & mask;

	while (table->slots[at] != 0 &&
	    strcmp(table->entries[table->slots[at] - 1].group.id, id) != 0)
		at = (at + 1) & mask;
	return &table->slots[at];
}

static void
grow_index(struct group_table *table)
{
	size_t i;

	free(table->slots);
	table->slot_count *= 2;
	table->slots = mem_alloc(table->slot_count * sizeof table->slots[0]);
	for (i = 0; i < table->count; i++)
		*find_slot(table, table->entries[i].group.id) =
		    (uint32_t)(i + 1);
}

static void
append(struct group_table *table, const char *id)
{
	struct entry *entry;

	if (table->count == table->cap) {
		table->cap = table->cap > 0 ? 2 * table->cap : SLOTS_FIRST / 2;
		table->entries = mem_grow(table->entries, table->cap,
		    sizeof table->entries[0]);
	}
	entry = &table->entries[table->count++];
	*entry = (struct entry){ .group = { .member_num = -1 } };
	memcpy(entry->group.id, id, strlen(id) + 1);
}

size_t
group_table_add(struct group_table *table, const char *id)
{
	uint32_t *slot = find_slot(table, id);

	assert(strlen(id) <= GROUP_ID_SEEN_MAX);
	if (*slot != 0)
		return *slot - 1;
	if (2 * (table->count + 1) > table->slot_count) {
		grow_index(table);
		slot = find_slot(table, id);
	}
	append(table, id);
	*slot = (uint32_t)table->count;
	return table->count - 1;
}

bool
group_table_meet(struct group_table *table, size_t index, unsigned run)
{
	assert(index < table->count);
	if (table->entries[index].run == run)
		return false;
	table->entries[index].run = run;
	return true;
}
