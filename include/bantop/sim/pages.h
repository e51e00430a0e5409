/*
 * Remembers which page of a walk each offset was handed out for, so that a
 * fault can be meant for "page 3" however the offsets run. Small numbers by
 * group and offset, nothing else.
 */
#ifndef BANTOP_SIM_PAGES_H
#define BANTOP_SIM_PAGES_H

#include <stddef.h>
#include <stdint.h>

struct sim_pages {
	struct sim_pages_entry *entries; /* owned: open addressing */
	size_t cap;                      /* 0 or a power of two */
	size_t count;
};

/** Takes a zeroed or released one too. */
void sim_pages_release(struct sim_pages *pages);

/** Notes that @p offset of @p group begins page @p page. */
void sim_pages_note(struct sim_pages *pages, int64_t group, int64_t offset,
    int64_t page);

/**
 * @return the page that @p offset begins: 1 for offset 0; for one that was
 *         never handed out the page that it would be if every page had
 *         @p limit entries.
 */
int64_t sim_pages_find(const struct sim_pages *pages, int64_t group,
    int64_t offset, int64_t limit);

/** Counts the replies to @p group that changed its list. */
void sim_pages_note_change(struct sim_pages *pages, int64_t group);
int64_t sim_pages_changes(const struct sim_pages *pages, int64_t group);

#endif
