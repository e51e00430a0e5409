/*
 * One page of the service's list. What makes an account unusable is decided
 * here, once, so that no row from whatever reader can pass for a usable one.
 */
#include "bantop/model/ban_page.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "bantop/base/text.h"

enum { ROWS_FIRST = 100, TEXTS_MAX = BAN_PAGE_ROWS_MAX * BAN_ACCOUNT_MAX };

void
ban_page_init(struct ban_page *page)
{
	*page = (struct ban_page){ 0 };
	buf_init(&page->texts, TEXTS_MAX);
}

void
ban_page_release(struct ban_page *page)
{
	free(page->rows);
	buf_release(&page->texts);
	ban_page_init(page);
}

void
ban_page_reset(struct ban_page *page)
{
	struct ban_page kept = *page;

	*page = (struct ban_page){
		.rows = kept.rows,
		.row_cap = kept.row_cap,
		.texts = kept.texts,
	};
	buf_reset(&page->texts);
}

static bool
is_usable(const char *account, size_t len)
{
	return len > 0 && len <= BAN_ACCOUNT_MAX &&
	    memchr(account, '\0', len) == NULL && text_is_utf8(account, len);
}

/* Where to cut, so that the half that is shown has no half character. */
static size_t
cut_len(const char *account, size_t len)
{
	size_t cut = BAN_ACCOUNT_MAX;

	if (len <= BAN_ACCOUNT_MAX)
		return len;
	while (cut > BAN_ACCOUNT_MAX - 4 &&
	    ((unsigned char)account[cut] & 0xc0) == 0x80)
		cut--;
	return cut;
}

static void
grow(struct ban_page *page)
{
	if (page->count < page->row_cap)
		return;
	page->row_cap = page->row_cap > 0 ? 2 * page->row_cap : ROWS_FIRST;
	page->rows = mem_grow(page->rows, page->row_cap, sizeof page->rows[0]);
}

bool
ban_page_add(struct ban_page *page, const char *account, size_t len,
    int64_t until_s, unsigned flags, struct err *err)
{
	struct ban_page_row row = {
		.at = page->texts.len,
		.len = cut_len(account, len),
		.until_s = (flags & BAN_NO_UNTIL) != 0 ? 0 : until_s,
		.flags = flags,
	};

	if (page->count == BAN_PAGE_ROWS_MAX)
		return err_set(err, ERR_LIMIT, 0, NULL,
		    "more than %d rows in a page", BAN_PAGE_ROWS_MAX);
	if (!buf_add(&page->texts, account, row.len, err))
		return false;
	if (!is_usable(account, len))
		row.flags |= BAN_UNUSABLE;
	if ((row.flags & BAN_UNUSABLE) != 0)
		page->unusable++;
	grow(page);
	page->rows[page->count++] = row;
	return true;
}

struct ban
ban_page_at(const struct ban_page *page, size_t index)
{
	const struct ban_page_row *row;

	assert(index < page->count);
	row = &page->rows[index];
	return (struct ban){
		.account = buf_text(&page->texts) + row->at,
		.account_len = row->len,
		.until_s = row->until_s,
		.flags = row->flags,
	};
}
