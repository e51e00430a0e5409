/*
 * Cells are compared as they are seen: a blank has no ink.
 */
#include "e2e/support/grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/mem.h"

/* Calls in the last second, at the right of the first row. */
enum { RATE_COLS = 20 };

void
grid_take(struct grid *grid, const struct term *term, const char *name)
{
	int row, col;

	grid->rows = term->rows;
	grid->cols = term->cols;
	term_cursor(term, &grid->cursor_row, &grid->cursor_col);
	(void)snprintf(grid->name, sizeof(grid->name), "%s", name);
	grid->cells = mem_alloc((size_t)term->rows * (size_t)term->cols *
	    sizeof(*grid->cells));
	for (row = 0; row < term->rows; row++)
		for (col = 0; col < term->cols; col++)
			term_cell(term, row, col,
			    &grid->cells[row * term->cols + col]);
}

void
grid_release(struct grid *grid)
{
	free(grid->cells);
	grid->cells = NULL;
}

static bool
is_blank(const VTermScreenCell *cell)
{
	return (cell->chars[0] == 0 || cell->chars[0] == ' ') &&
	    cell->chars[1] == 0;
}

static bool
is_ascii(const VTermScreenCell *cell)
{
	return cell->chars[0] < 0x7f && cell->chars[1] == 0;
}

static bool
is_digit(const VTermScreenCell *cell)
{
	return is_ascii(cell) && cell->chars[0] != 0 &&
	    strchr("0123456789ABCDEF", (int)cell->chars[0]) != NULL;
}

/* Ours, such as a line or an ellipsis, stands in both. */
static bool
is_same_text(const VTermScreenCell *one, const VTermScreenCell *other)
{
	if (is_blank(one) && is_blank(other))
		return true;
	if (memcmp(one->chars, other->chars, sizeof(one->chars)) == 0)
		return one->width == other->width;
	if (is_digit(one) && is_digit(other))
		return true;
	return !is_ascii(one) && other->chars[0] == 'x' && other->chars[1] == 0;
}

/* The right half of a wide character has the looks of the left one. */
static bool
is_same_look(const VTermScreenCell *one, const VTermScreenCell *other)
{
	if (one->chars[0] == UINT32_MAX)
		return true;
	if (one->attrs.underline != other->attrs.underline ||
	    one->attrs.reverse != other->attrs.reverse ||
	    !vterm_color_is_equal(&one->bg, &other->bg))
		return false;
	if (is_blank(one) && is_blank(other))
		return true;
	return one->attrs.bold == other->attrs.bold &&
	    vterm_color_is_equal(&one->fg, &other->fg);
}

void
grid_row(const struct grid *grid, int row, char out[TERM_ROW_MAX])
{
	const VTermScreenCell *cells = &grid->cells[row * grid->cols];
	int col;

	assert_true(grid->cols < TERM_ROW_MAX);
	for (col = 0; col < grid->cols; col++)
		out[col] = is_blank(&cells[col]) ? ' '
		    : is_ascii(&cells[col])      ? (char)cells[col].chars[0]
		                                 : '?';
	out[col] = '\0';
}

static void
fail_at(const struct grid *one, const struct grid *other, int row, int col)
{
	char text[TERM_ROW_MAX];
	int i;

	for (i = 0; i < one->rows; i++) {
		grid_row(one, i, text);
		print_error("%s\n", text);
	}
	grid_row(other, row, text);
	fail_msg("%s: the cell at row %d, column %d differs from\n%s",
	    one->name, row, col, text);
}

void
grid_compare(const struct grid *one, const struct grid *other,
    bool (*is_field)(const struct grid *one, int row, int col))
{
	int row, col;

	assert_string_equal(one->name, other->name);
	assert_int_equal(one->rows, other->rows);
	assert_int_equal(one->cols, other->cols);
	for (row = 0; row < one->rows; row++)
		for (col = 0; col < one->cols; col++) {
			int at = row * one->cols + col;

			if (row == 0 && col >= one->cols - RATE_COLS)
				continue;
			if (is_field != NULL && is_field(one, row, col))
				continue;
			if (!is_same_text(&one->cells[at], &other->cells[at]) ||
			    !is_same_look(&one->cells[at], &other->cells[at]))
				fail_at(one, other, row, col);
		}
	assert_int_equal(one->cursor_row, other->cursor_row);
	assert_int_equal(one->cursor_col, other->cursor_col);
}
