/*
 * A page of the manual, or any other text of the tree, as lines that a test
 * can ask for. Run from the root of the tree.
 */
#ifndef TESTS_SUPPORT_PAGE_H
#define TESTS_SUPPORT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "bantop/base/buf.h"

/* A part of a text; not ended by NUL. */
struct span {
	const char *text;
	size_t len;
};

/** Appends the file @p path, or fails the test. */
void page_read(const char *path, struct buf *out);

/** @return what stands behind the line @p heading (".Sh KEYS"), up to the next
 *          heading of its kind; fails the test if there is no such line. */
struct span page_section(const struct buf *page, const char *heading);

/** @return how many lines begin with @p prefix. */
size_t page_count(struct span span, const char *prefix);

/** Is there a line that is @p line, or goes on behind it with a blank? */
bool page_has(struct span span, const char *line);

/** @return the part behind @p before and up to @p after; fails the test if it
 *          is not there. */
struct span page_between(struct span span, const char *before,
    const char *after);

/** Is @p word one of the blank-separated words? */
bool page_has_word(struct span span, const char *word);

/** @return how many words there are. */
size_t page_count_words(struct span span);

#endif
