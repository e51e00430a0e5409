/*
 * What a terminal shows, cell by cell, kept to be compared with what another
 * shows. Moments, ports and codes differ from run to run: a digit may stand
 * for another.
 */
#ifndef BANTOP_TESTS_E2E_GRID_H
#define BANTOP_TESTS_E2E_GRID_H

#include "e2e/support/term.h"

struct grid {
	int rows;
	int cols;
	int cursor_row, cursor_col;
	char name[96];
	VTermScreenCell *cells; /* owned */
};

void grid_take(struct grid *grid, const struct term *term, const char *name);
void grid_release(struct grid *grid);

/** Fails the test at the first cell that differs. A cell of @p one that is not
 *  ASCII stands for an x of @p other.
 *  @param is_field says of a cell that it may show anything; NULL: none. */
void grid_compare(const struct grid *one, const struct grid *other,
    bool (*is_field)(const struct grid *one, int row, int col));

/** Writes row @p row, as term_row() does but for what is not ASCII: '?'. */
void grid_row(const struct grid *grid, int row, char out[TERM_ROW_MAX]);

#endif
