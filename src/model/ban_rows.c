/*
 * The compact rows behind ban_list. Numbers grow by a quarter, not by twice:
 * what counts over hours is what is held, not how often it was moved.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

#include "model_priv.h"

enum { PLACE_BITS = 27, ROWS_FIRST = 256, TEXT_FIRST = 4096 };
static const uint32_t PLACE_MASK = (UINT32_C(1) << PLACE_BITS) - 1;

static size_t
next_cap(size_t cap, size_t first)
{
	return cap < first ? first : cap + cap / 4;
}

void
ban_rows_release(struct ban_rows *rows)
{
	free(rows->until_s);
	free(rows->place);
	free(rows->texts);
	*rows = (struct ban_rows){ 0 };
}

static void
grow_rows(struct ban_rows *rows)
{
	if (rows->count < rows->cap)
		return;
	rows->cap = next_cap(rows->cap, ROWS_FIRST);
	rows->until_s =
	    mem_grow(rows->until_s, rows->cap, sizeof rows->until_s[0]);
	rows->place = mem_grow(rows->place, rows->cap, sizeof rows->place[0]);
}

static void
grow_texts(struct ban_rows *rows, size_t more)
{
	while (more > rows->text_cap - rows->text_len) {
		size_t cap = next_cap(rows->text_cap, TEXT_FIRST);

		if (cap > BAN_LIST_TEXT_MAX)
			cap = BAN_LIST_TEXT_MAX;
		rows->texts = mem_grow(rows->texts, cap, 1);
		rows->text_cap = cap;
	}
}

bool
ban_rows_append(struct ban_rows *rows, const struct ban *ban)
{
	if (ban->account_len > BAN_LIST_TEXT_MAX - rows->text_len)
		return false;
	grow_rows(rows);
	grow_texts(rows, ban->account_len);
	if (ban->account_len > 0)
		memcpy(rows->texts + rows->text_len, ban->account,
		    ban->account_len);
	rows->until_s[rows->count] = ban->until_s;
	rows->place[rows->count] =
	    (uint32_t)rows->text_len | (uint32_t)ban->flags << PLACE_BITS;
	rows->text_len += ban->account_len;
	rows->count++;
	return true;
}

bool
ban_rows_renew(struct ban_rows *rows, size_t row, const struct ban *ban)
{
	uint32_t place = (rows->place[row] & PLACE_MASK) |
	    (uint32_t)ban->flags << PLACE_BITS;

	if (rows->until_s[row] == ban->until_s && rows->place[row] == place)
		return false;
	rows->until_s[row] = ban->until_s;
	rows->place[row] = place;
	return true;
}

struct ban
ban_rows_at(const struct ban_rows *rows, size_t row)
{
	size_t at, end;

	assert(row < rows->count);
	at = rows->place[row] & PLACE_MASK;
	end = row + 1 < rows->count ? rows->place[row + 1] & PLACE_MASK
	                            : rows->text_len;
	return (struct ban){
		/* No bytes may have come at all so far. */
		.account = rows->texts != NULL ? rows->texts + at : "",
		.account_len = end - at,
		.until_s = rows->until_s[row],
		.flags = rows->place[row] >> PLACE_BITS,
	};
}
