/*
 * A frame onto curses' screen: only the cells that differ from what is shown,
 * a run a row. Curses then finds the shortest way to them.
 */
#include <string.h>
#include <wchar.h>

#include "term/term_priv.h"

/* What stands for a character that may not be written: the shape of a line,
 * or a question mark. */
static wchar_t
in_ascii(uint32_t point)
{
	if (point < 0x7f)
		return (wchar_t)point;
	if (point == 0x2026)
		return L'~';
	if (point >= 0x2580 && point <= 0x259f)
		return L'#';
	if (point < 0x2500 || point > 0x257f)
		return L'?';
	if (point == 0x2500 || point == 0x2501)
		return L'-';
	return point == 0x2502 || point == 0x2503 ? L'|' : L'+';
}

static bool
may_write(const struct term *term, uint32_t point)
{
	if (point < 0x7f || term->mode == TEXT_UTF8)
		return true;
	return term->mode == TEXT_UNAMBIGUOUS && !text_is_ambiguous(point);
}

static void
make_cell(const struct term *term, const struct frame_cell *from, cchar_t *out)
{
	const struct term_look *look =
	    &term->looks.looks[from->role][from->flags & FRAME_FLAGS_ALL];
	wchar_t wide[TEXT_CLUSTER_POINTS + 1];
	size_t i;

	for (i = 0; i < from->point_count; i++)
		wide[i] = may_write(term, from->points[i])
		    ? (wchar_t)from->points[i]
		    : in_ascii(from->points[i]);
	wide[i] = L'\0';
	if (setcchar(out, wide, look->attributes, look->pair, NULL) == ERR)
		(void)setcchar(out, L"?", look->attributes, look->pair, NULL);
}

/* The cells from @p from to before @p to; a wide one is one of curses' too. */
static void
put_run(struct term *term, const struct frame_cell *cells, int row, int from,
    int to)
{
	int count = 0;
	int col;

	for (col = from; col < to; col++)
		if (cells[col].width_cols > 0)
			make_cell(term, &cells[col], &term->cells[count++]);
	(void)mvadd_wchnstr(row, from, term->cells, count);
}

static void
put_row(struct term *term, const struct frame *frame, int row, int cols)
{
	const struct frame_cell *cells = frame_row(frame, row);
	const struct frame_cell *shown = frame_row(term->shown, row);
	size_t size = (size_t)cols * sizeof cells[0];
	int from = 0;
	int to = cols;

	if (!term->full) {
		/* Most rows are as they were. */
		if (memcmp(cells, shown, size) == 0)
			return;
		while (from < to &&
		    frame_cell_equals(&cells[from], &shown[from]))
			from++;
		while (to > from &&
		    frame_cell_equals(&cells[to - 1], &shown[to - 1]))
			to--;
	}
	/* A run begins and ends at whole characters. */
	while (from > 0 && from < to && cells[from].width_cols == 0)
		from--;
	if (from < to)
		put_run(term, cells, row, from, to);
}

void
term_put_frame(struct term *term, const struct frame *frame)
{
	int rows = frame_rows(frame);
	int cols = frame_cols(frame);
	int row;

	if (rows > frame_rows(term->shown))
		rows = frame_rows(term->shown);
	if (cols > frame_cols(term->shown))
		cols = frame_cols(term->shown);
	for (row = 0; row < rows; row++)
		put_row(term, frame, row, cols);
}
