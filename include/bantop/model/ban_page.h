/*
 * One page of the service's list, decoded: rows in its order, texts in one
 * arena, and where the service says that the next page begins.
 */
#ifndef BANTOP_MODEL_BAN_PAGE_H
#define BANTOP_MODEL_BAN_PAGE_H

#include "bantop/base/buf.h"
#include "bantop/model/ban.h"

enum { BAN_PAGE_ROWS_MAX = 1000 };
/* Offsets are whole numbers that a double holds exactly. */
static const int64_t BAN_OFFSET_MAX = (INT64_C(1) << 53) - 1;

struct ban_page_row {
	size_t at; /* first byte in texts */
	size_t len;
	int64_t until_s;
	unsigned flags; /* enum ban_flag */
};

struct ban_page {
	int64_t offset;        /* asked for */
	int64_t next_offset;   /* 0: the list ends here */
	struct err next_fault; /* not ERR_NONE: next_offset is unusable, and
				  says why; the rows are good all the same */
	int64_t received_at;   /* wall clock, seconds */
	size_t count;
	size_t unusable;           /* rows with BAN_UNUSABLE */
	struct ban_page_row *rows; /* owned */
	size_t row_cap;
	struct buf texts;
};

void ban_page_init(struct ban_page *page);
void ban_page_release(struct ban_page *page);
void ban_page_reset(struct ban_page *page);

/** Appends a row; the account is copied. @return false with ERR_LIMIT past
 *  BAN_PAGE_ROWS_MAX rows or the arena's cap. */
MUST_CHECK bool ban_page_add(struct ban_page *page, const char *account,
    size_t len, int64_t until_s, unsigned flags, struct err *err);

/** @return values; the text is borrowed until the page changes. */
struct ban ban_page_at(const struct ban_page *page, size_t index);

#endif
