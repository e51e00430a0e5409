/*
 * The pen: one line of a view, written from left to right and never beyond
 * its area; and the few shapes that several views draw.
 */
#include "view/view_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct pen
pen_at(struct frame *frame, struct frame_area area,
    const struct view_look *look, int row)
{
	struct pen pen = { .frame = frame,
		.mode = look->mode,
		.row = area.row + row,
		.col = area.col,
		.end = area.col + area.cols };

	if (row < 0 || row >= area.rows)
		pen.end = pen.col;
	return pen;
}

int
pen_room(const struct pen *pen)
{
	return pen->end > pen->col ? pen->end - pen->col : 0;
}

void
pen_skip(struct pen *pen, int cols)
{
	if (cols > 0)
		pen->col += cols;
}

void
pen_move(struct pen *pen, int col)
{
	pen_skip(pen, col - pen->col);
}

static void
put(struct pen *pen, enum style_role role, const char *text, size_t len)
{
	pen->col += frame_put_text(pen->frame, pen->row, pen->col,
	    pen_room(pen), role, text, len);
}

void
pen_put(struct pen *pen, enum style_role role, const char *text)
{
	put(pen, role, text, strlen(text));
}

void
pen_put_format(struct pen *pen, enum style_role role, const char *format, ...)
{
	char text[VIEW_LINE_MAX];
	va_list args;

	va_start(args, format);
	if (vsnprintf(text, sizeof text, format, args) > 0)
		pen_put(pen, role, text);
	va_end(args);
}

void
pen_put_cut(struct pen *pen, enum style_role role, const char *text)
{
	(void)pen_put_outside(pen, role, text, strlen(text), pen_room(pen),
	    VIEW_CUT_END);
}

void
pen_put_right(struct pen *pen, enum style_role role, int cols, const char *text)
{
	pen_skip(pen, cols - text_width_cols(text, strlen(text)));
	pen_put(pen, role, text);
}

int
pen_put_safe(struct pen *pen, enum style_role role, const char *text,
    size_t len, int cols, enum view_cut cut)
{
	char fitted[VIEW_SAFE_MAX];
	int from = pen->col;

	if (cols > pen_room(pen))
		cols = pen_room(pen);
	if (cut == VIEW_CUT_MIDDLE)
		len = text_cut_middle(text, len, cols, pen->mode, fitted,
		    sizeof fitted);
	else
		len = text_cut_end(text, len, cols, pen->mode, fitted,
		    sizeof fitted);
	put(pen, role, fitted, len);
	return pen->col - from;
}

int
pen_put_outside(struct pen *pen, enum style_role role, const char *text,
    size_t len, int cols, enum view_cut cut)
{
	char safe[VIEW_SAFE_MAX];

	len = text_make_safe(text, len, pen->mode, safe, sizeof safe);
	return pen_put_safe(pen, role, safe, len, cols, cut);
}

void
view_count_write(size_t count, const char *word, char *out, size_t size)
{
	char number[VIEW_NUMBER_MAX];

	(void)num_write_grouped((int64_t)count, number);
	(void)snprintf(out, size, "%s %s%s", number, word,
	    count == 1 ? "" : "s");
}

/* The last blank up to @p most where a line may end, or 0: one that carries a
 * mark is no blank, and the mark cannot begin a line. */
static size_t
last_blank(const char *text, size_t len, size_t most)
{
	struct text_cluster cluster;
	size_t found = 0;
	size_t at = 0;

	while (at <= most && text_next_cluster(text + at, len - at, &cluster)) {
		if (cluster.len == 1 && text[at] == ' ')
			found = at;
		at += cluster.len;
	}
	return found;
}

/* Bytes of the next line of @p text, and those to be skipped behind it. */
static size_t
line_fit(const char *text, size_t len, int cols, size_t *skip)
{
	const char *newline = memchr(text, '\n', len);
	size_t line = newline != NULL ? (size_t)(newline - text) : len;
	size_t fit = text_fit_cols(text, line, cols, NULL);
	size_t blank;

	*skip = 0;
	if (fit == line) {
		*skip = newline != NULL ? 1 : 0;
		return fit;
	}
	blank = last_blank(text, line, fit);
	*skip = blank > 0 ? 1 : 0;
	return blank > 0 ? blank : fit;
}

int
view_wrap(struct frame *frame, struct frame_area area,
    const struct view_look *look, enum style_role role, const char *text,
    size_t len, int first)
{
	size_t at = 0;
	int line = 0;

	if (area.cols < 2)
		return 0;
	while (at < len) {
		size_t skip;
		size_t fit = line_fit(text + at, len - at, area.cols, &skip);

		if (frame != NULL && line >= first) {
			struct pen pen =
			    pen_at(frame, area, look, line - first);

			put(&pen, role, text + at, fit);
		}
		at += fit + skip;
		line++;
	}
	return line;
}

void
view_put_selected(struct frame *frame, int row, int col)
{
	(void)frame_put(frame, row, col, 1, STYLE_TEXT, ">");
	frame_set_cursor(frame, row, col);
}

void
view_ago_write(int64_t at_s, int64_t now_s, char *out, size_t size)
{
	int64_t past = now_s - at_s;

	if (at_s == 0)
		out[0] = '\0';
	else if (past < 60)
		(void)snprintf(out, size, "just now");
	else if (past < 3600)
		(void)snprintf(out, size, "%dm ago", (int)(past / 60));
	else if (past < 86400)
		(void)snprintf(out, size, "%dh ago", (int)(past / 3600));
	else
		(void)snprintf(out, size, "%lldd ago",
		    (long long)(past / 86400));
}

void
view_put_empty(struct frame *frame, struct frame_area area,
    const struct view_look *look, const char *first, const char *second)
{
	int row = area.rows > 4 ? area.rows / 3 : 0;
	const char *texts[] = { first, second };
	size_t i;

	for (i = 0; i < 2; i++) {
		struct pen pen = pen_at(frame, area, look, row + (int)i);
		int width = text_width_cols(texts[i], strlen(texts[i]));

		pen_skip(&pen, (pen_room(&pen) - width) / 2);
		pen_put_cut(&pen, i == 0 ? STYLE_TEXT : STYLE_DIM, texts[i]);
	}
}
