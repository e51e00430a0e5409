/*
 * Marks as bits by row number: rows never move within a list, and a fresh list
 * takes them over by account.
 */
#include "bantop/app/marks.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "bantop/model/ban_query.h"

/* A marked account is looked up in the other list, all over the memory. */
enum { WORD_BITS = 64, STEPS_ROW = 32, STEPS_WORD = 1 };

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
	marks->changes++;
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
	marks->changes++;
	return true;
}

void
marks_copy(struct marks *to, const struct marks *from)
{
	*to = *from;
	to->bits = NULL;
	if (from->words == 0)
		return;
	to->bits = mem_grow(NULL, from->words, sizeof *to->bits);
	memcpy(to->bits, from->bits, from->words * sizeof *to->bits);
}

static void
move_row(struct marks_move *move, const struct ban_list *from,
    const struct ban_list *to)
{
	struct ban ban = ban_list_at(from, move->row);
	size_t found = ban_list_find(to, ban.account, ban.account_len);

	if (found != BAN_ROW_NONE)
		(void)marks_set(&move->moved, to, found, true);
}

bool
marks_move_run(struct marks_move *move, const struct marks *marks,
    const struct ban_list *from, const struct ban_list *to, size_t *left)
{
	size_t end = marks->count > 0 ? marks->words * WORD_BITS : 0;

	if (move->changes != marks->changes)
		marks_move_release(move);
	move->changes = marks->changes;
	while (*left > 0 && move->row < end) {
		bool none = marks->bits[move->row / WORD_BITS] == 0;
		bool marked = marks_has(marks, move->row);

		ban_query_spend(left, marked ? STEPS_ROW : STEPS_WORD);
		if (marked)
			move_row(move, from, to);
		move->row += none ? WORD_BITS : 1;
	}
	return move->row >= end;
}

void
marks_move_release(struct marks_move *move)
{
	marks_release(&move->moved);
	*move = (struct marks_move){ .row = 0 };
}
