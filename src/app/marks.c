/*
 * Marks as bits by row number: rows never move within a list, and a fresh list
 * takes them over by account.
 */
#include "bantop/app/marks.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

enum { WORD_BITS = 64 };

static uint64_t
bit_of(size_t row)
{
	return UINT64_C(1) << (row % WORD_BITS);
}

static void
grow(struct marks *marks, size_t row)
{
	size_t words = row / WORD_BITS + 1;

	if (words <= marks->words)
		return;
	if (words < marks->words * 2)
		words = marks->words * 2;
	marks->bits = mem_grow(marks->bits, words, sizeof *marks->bits);
	memset(marks->bits + marks->words, 0,
	    (words - marks->words) * sizeof *marks->bits);
	marks->words = words;
}

void
marks_release(struct marks *marks)
{
	free(marks->bits);
	*marks = (struct marks){ .bits = NULL };
}

void
marks_clear(struct marks *marks)
{
	if (marks->count > 0)
		memset(marks->bits, 0, marks->words * sizeof *marks->bits);
	marks->count = 0;
}

bool
marks_has(const struct marks *marks, size_t row)
{
	size_t word = row / WORD_BITS;

	return word < marks->words && (marks->bits[word] & bit_of(row)) != 0;
}

bool
marks_set(struct marks *marks, const struct ban_list *list, size_t row,
    bool marked)
{
	if ((ban_list_at(list, row).flags & BAN_UNUSABLE) != 0)
		return false;
	if (marks_has(marks, row) == marked)
		return true;
	grow(marks, row);
	assert(marks->bits != NULL);
	marks->bits[row / WORD_BITS] ^= bit_of(row);
	if (marked)
		marks->count++;
	else
		marks->count--;
	return true;
}

void
marks_follow(struct marks *marks, const struct ban_list *from,
    const struct ban_list *to)
{
	struct marks fresh = { .bits = NULL };
	struct ban ban;
	size_t row, found;

	for (row = 0; row < ban_list_count(from); row++) {
		if (!marks_has(marks, row))
			continue;
		ban = ban_list_at(from, row);
		found = ban_list_find(to, ban.account, ban.account_len);
		if (found != BAN_ROW_NONE)
			(void)marks_set(&fresh, to, found, true);
	}
	marks_release(marks);
	*marks = fresh;
}
