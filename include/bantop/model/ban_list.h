/*
 * The store: every ban that was received for one group, in the service's
 * order, a million of them compactly (account bytes in one arena, no
 * allocation a row), with an index by account. Rows are only ever appended or
 * renewed in place, so a row's number stays good for the life of the list.
 */
#ifndef BANTOP_MODEL_BAN_LIST_H
#define BANTOP_MODEL_BAN_LIST_H

#include "bantop/model/ban_page.h"

enum {
	BAN_LIST_ROWS_DEFAULT = 1000000,
	BAN_LIST_ROWS_MAX = 10000000,
};
static const size_t BAN_LIST_TEXT_MAX = (size_t)64 << 20;
static const size_t BAN_ROW_NONE = SIZE_MAX;

struct ban_list;

/* What a merge did. */
struct ban_merge {
	size_t first;    /* row of the first one added */
	size_t added;    /* rows appended, unusable ones too */
	size_t repeated; /* accounts here already: renewed in place */
	size_t unusable; /* of those added */
	bool cut;        /* the row or text cap cut the page: err_set too */
};

/* Which page a row came in. */
struct ban_origin {
	size_t page;    /* 1 is the first page */
	int64_t offset; /* the Offset that was asked for */
	int64_t received_at;
};

/** @param max_rows 1 to BAN_LIST_ROWS_MAX. @return owned (destroy). */
struct ban_list *ban_list_create(size_t max_rows);
void ban_list_destroy(struct ban_list *list);

/**
 * Adds the bans of @p page in its order, and renews those already here: the
 * later answer wins, the row stays where it is. Unusable rows are appended
 * always and never found. Past a cap nothing is added, but what is here is
 * renewed all the same.
 *
 * @param page  borrowed for the call; its texts are copied.
 * @param merge filled in either case.
 * @return false with ERR_LIMIT if a cap was reached: rows up to exactly the
 *         cap are in, merge->cut is set.
 */
MUST_CHECK bool ban_list_merge(struct ban_list *list,
    const struct ban_page *page, struct ban_merge *merge, struct err *err);

size_t ban_list_count(const struct ban_list *list);
size_t ban_list_pages(const struct ban_list *list);
/** Accounts that came more than once, summed over all merges. */
size_t ban_list_repeated(const struct ban_list *list);
size_t ban_list_unusable(const struct ban_list *list);
/** Unlike that of any other list, also of one at the same address before. */
uint64_t ban_list_identity(const struct ban_list *list);
/** Grows by one with each merge that changed anything: a cheap "is it new?" */
uint64_t ban_list_version(const struct ban_list *list);
/** Grows with each row that a merge changed in place; an account that comes
 *  again just as it was changes nothing. */
uint64_t ban_list_renewals(const struct ban_list *list);

/** @return values; the text is borrowed until the list next changes.
 *          @p row must be below the count. */
struct ban ban_list_at(const struct ban_list *list, size_t row);

/** @return its row, or BAN_ROW_NONE. Exact bytes. */
size_t ban_list_find(const struct ban_list *list, const char *account,
    size_t len);

struct ban_origin ban_list_origin(const struct ban_list *list, size_t row);
/** When the last page came, wall clock; 0 before the first. */
int64_t ban_list_as_of(const struct ban_list *list);

/** Bytes held in all, for tests and benches. */
size_t ban_list_bytes(const struct ban_list *list);

#endif
