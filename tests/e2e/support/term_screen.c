/*
 * The screen as text, and the waits that are about it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/text.h"
#include "e2e/support/term.h"

/* The right half of a wide character. */
static const uint32_t right_half = UINT32_MAX;

void
term_cell(const struct term *term, int row, int col, VTermScreenCell *cell)
{
	VTermPos place = { .row = row, .col = col };

	memset(cell, 0, sizeof(*cell));
	assert_true(vterm_screen_get_cell(term->screen, place, cell) != 0);
}

void
term_cursor(const struct term *term, int *row, int *col)
{
	VTermPos place;

	vterm_state_get_cursorpos(vterm_obtain_state(term->vterm), &place);
	*row = place.row;
	*col = place.col;
}

static size_t
put_cell(const VTermScreenCell *cell, char *out)
{
	size_t len = 0;
	int i;

	if (cell->chars[0] == right_half)
		return 0;
	if (cell->chars[0] == 0) {
		out[0] = ' ';
		return 1;
	}
	for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0; i++)
		len += text_encode(cell->chars[i], out + len);
	return len;
}

void
term_row(const struct term *term, int row, char out[TERM_ROW_MAX])
{
	VTermScreenCell cell;
	size_t len = 0;
	int col;

	for (col = 0; row < term->rows && col < term->cols; col++) {
		if (len + 4 * VTERM_MAX_CHARS_PER_CELL >= TERM_ROW_MAX)
			fail_msg("a row of the screen is too long");
		term_cell(term, row, col, &cell);
		len += put_cell(&cell, out + len);
	}
	while (len > 0 && out[len - 1] == ' ')
		len--;
	out[len] = '\0';
}

void
term_text(const struct term *term, struct buf *out)
{
	char row[TERM_ROW_MAX];
	int i;

	for (i = 0; i < term->rows; i++) {
		term_row(term, i, row);
		buf_put_text(out, row);
		buf_put_text(out, "\n");
	}
}

int
term_find(const struct term *term, const char *text)
{
	char row[TERM_ROW_MAX];
	int i;

	for (i = 0; i < term->rows; i++) {
		term_row(term, i, row);
		if (strstr(row, text) != NULL)
			return i;
	}
	return -1;
}

bool
term_has(const struct term *term, const char *text)
{
	return term_find(term, text) >= 0;
}

/* What the waits below are about. */
struct wanted {
	const char *text;
	int row;
};

static bool
has_text(const struct term *term, void *user)
{
	const struct wanted *wanted = user;

	return term_has(term, wanted->text);
}

static bool
lacks_text(const struct term *term, void *user)
{
	const struct wanted *wanted = user;

	return !term_has(term, wanted->text);
}

static bool
row_has_text(const struct term *term, void *user)
{
	const struct wanted *wanted = user;
	char row[TERM_ROW_MAX];

	term_row(term, wanted->row, row);
	return strstr(row, wanted->text) != NULL;
}

static bool
raw_has_text(const struct term *term, void *user)
{
	const struct wanted *wanted = user;

	return strstr(buf_text(&term->raw), wanted->text) != NULL;
}

static void
wait_for(struct term *term, term_predicate holds, int row, const char *text,
    const char *how)
{
	struct wanted wanted = { .text = text, .row = row };
	char what[512];

	(void)snprintf(what, sizeof(what), "\"%s\" %s (%d)", text, how, row);
	term_wait(term, holds, &wanted, what);
}

void
term_wait_text(struct term *term, const char *text)
{
	wait_for(term, has_text, 0, text, "on the screen");
}

void
term_wait_gone(struct term *term, const char *text)
{
	wait_for(term, lacks_text, 0, text, "no more on the screen");
}

void
term_wait_row(struct term *term, int row, const char *text)
{
	wait_for(term, row_has_text, row, text, "in its row");
}

void
term_wait_raw(struct term *term, const char *bytes)
{
	wait_for(term, raw_has_text, 0, bytes, "among the bytes");
}
