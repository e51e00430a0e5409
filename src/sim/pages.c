/*
 * A hash table with open addressing. Changes of a list are counted in the same
 * table, under an offset that none can have.
 */
#include "bantop/sim/pages.h"

#include <stdlib.h>

#include "bantop/base/mem.h"
#include "bantop/sim/random.h"

enum { FIRST_CAP = 64, CHANGES = -1 };

struct sim_pages_entry {
	int64_t group;
	int64_t offset;
	int64_t value; /* 0: the place is free */
};

void
sim_pages_release(struct sim_pages *pages)
{
	free(pages->entries);
	*pages = (struct sim_pages){ .entries = NULL };
}

/* The entry for the key, or the free place where it would stand. */
static struct sim_pages_entry *
seek(const struct sim_pages *pages, int64_t group, int64_t offset)
{
	size_t at = (size_t)sim_random_mix((uint64_t)group, (uint64_t)offset) &
	    (pages->cap - 1);
	struct sim_pages_entry *entry = &pages->entries[at];

	while (entry->value != 0 &&
	    (entry->group != group || entry->offset != offset)) {
		at = (at + 1) & (pages->cap - 1);
		entry = &pages->entries[at];
	}
	return entry;
}

static void
grow(struct sim_pages *pages)
{
	struct sim_pages old = *pages;
	size_t i;

	pages->cap = old.cap == 0 ? FIRST_CAP : old.cap * 2;
	pages->entries = mem_alloc(pages->cap * sizeof(*pages->entries));
	for (i = 0; i < old.cap; i++) {
		if (old.entries[i].value != 0)
			*seek(pages, old.entries[i].group,
			    old.entries[i].offset) = old.entries[i];
	}
	free(old.entries);
}

void
sim_pages_note(struct sim_pages *pages, int64_t group, int64_t offset,
    int64_t page)
{
	struct sim_pages_entry *entry;

	if (pages->count * 2 >= pages->cap)
		grow(pages);
	entry = seek(pages, group, offset);
	if (entry->value == 0)
		pages->count++;
	*entry = (struct sim_pages_entry){ group, offset, page };
}

static int64_t
value_of(const struct sim_pages *pages, int64_t group, int64_t offset)
{
	return pages->cap == 0 ? 0 : seek(pages, group, offset)->value;
}

int64_t
sim_pages_find(const struct sim_pages *pages, int64_t group, int64_t offset,
    int64_t limit)
{
	int64_t page;

	if (offset == 0)
		return 1;
	page = value_of(pages, group, offset);
	return page != 0 ? page : offset / limit + 1;
}

void
sim_pages_note_change(struct sim_pages *pages, int64_t group)
{
	int64_t changes = sim_pages_changes(pages, group);

	sim_pages_note(pages, group, CHANGES, changes + 1);
}

int64_t
sim_pages_changes(const struct sim_pages *pages, int64_t group)
{
	return value_of(pages, group, CHANGES);
}
