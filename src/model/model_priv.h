/*
 * What the parts of the room share: the compact rows behind ban_list, their
 * index by account, and the sorting behind ban_query.
 */
#ifndef BANTOP_MODEL_MODEL_PRIV_H
#define BANTOP_MODEL_MODEL_PRIV_H

#include "bantop/model/ban_list.h"
#include "bantop/model/ban_query.h"

/*
 * Rows: 12 bytes each and the account's own, no allocation a row. A row's
 * account ends where that of the next one begins.
 */
struct ban_rows {
	int64_t *until_s;
	uint32_t *place; /* first byte in texts, below the row's flags */
	size_t count;
	size_t cap;
	char *texts;
	size_t text_len;
	size_t text_cap;
};

void ban_rows_release(struct ban_rows *rows);
/** @return false if the account would pass BAN_LIST_TEXT_MAX. */
MUST_CHECK bool ban_rows_append(struct ban_rows *rows, const struct ban *ban);
/** Keeps the account, takes the rest of @p ban. @return false if the row was
 *  like that already. */
bool ban_rows_renew(struct ban_rows *rows, size_t row, const struct ban *ban);
/** @return values; the text is borrowed until the rows change. */
struct ban ban_rows_at(const struct ban_rows *rows, size_t row);

/*
 * Open addressing over row numbers. Whoever bans accounts in a group could
 * choose names that all fall into one place, if the hash were known: it has a
 * random key.
 */
struct ban_index {
	uint64_t key[2];
	uint32_t *slots; /* 0 is free; else a row and some bits of its hash */
	size_t cap;      /* a power of two, or 0 */
	size_t count;
	uint32_t *old; /* while rows move from there to slots; or NULL */
	size_t old_cap;
	size_t old_rows; /* rows below it are in old */
	size_t moved;    /* rows below it are in slots too */
};

/** Empty, with a key of its own. */
void ban_index_init(struct ban_index *index);
void ban_index_release(struct ban_index *index);
/** @return the row with that account, or BAN_ROW_NONE. */
size_t ban_index_find(const struct ban_index *index,
    const struct ban_rows *rows, const char *account, size_t len);
/** Adds @p row of @p rows, whose account must not be there yet. */
void ban_index_add(struct ban_index *index, const struct ban_rows *rows,
    size_t row);

struct ban_order {
	enum ban_column column; /* not NONE */
	bool descending;
	int64_t now_s; /* for the state */
};

/*
 * A sort that can be done in portions. Rows may be added or renewed between
 * two runs: each row stands where it belonged when it was looked at.
 */
struct ban_sort;

/** @param numbers rows in the list's order; borrowed until destroyed, sorted
 *                 when a run has said so. @return owned (destroy). */
struct ban_sort *ban_sort_create(struct ban_order order, uint32_t *numbers,
    size_t count);
void ban_sort_destroy(struct ban_sort *sort);
/** @param left steps that may be taken, about a row in a cache each; lowered
 *              by those that were. @return true when all is in order. */
bool ban_sort_run(struct ban_sort *sort, const struct ban_list *list,
    size_t *left);

/* The same by account. */
struct ban_sort_account;
struct ban_sort_account *ban_sort_account_create(uint32_t *numbers,
    size_t count, bool descending);
void ban_sort_account_destroy(struct ban_sort_account *sort);
bool ban_sort_account_run(struct ban_sort_account *sort,
    const struct ban_list *list, size_t *left);

/** @return up to where of @p count one may go from @p at, each taking
 *          @p weight of the steps that are @p left, which is lowered. At
 *          least one further. */
size_t ban_sort_portion(size_t at, size_t count, size_t weight, size_t *left);

/** The first @p sorted of @p numbers are in order, and so are the others:
 *  makes one run of them. For few others, as of a page. */
void ban_sort_merge(const struct ban_list *list, struct ban_order order,
    uint32_t *numbers, size_t sorted, size_t count);

#endif
