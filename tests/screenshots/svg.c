/*
 * Cells become runs, runs become rectangles and texts. Bold, underline,
 * reverse and colours are kept; the cursor is not drawn.
 */
#include "screenshots/svg.h"

#include <stdio.h>
#include <string.h>

#include "bantop/base/text.h"

enum {
	CELL_WIDTH = 9,
	CELL_HEIGHT = 19,
	BASE_LINE = 14,
	MARGIN = 10,
	RUN_MAX = 1024,
};

struct run {
	int row;
	int col;
	int cols;
	size_t len;
	char text[RUN_MAX];
	VTermScreenCell look; /* of its first cell */
};

static void
put_color(const struct term *term, VTermColor color, const char *otherwise,
    bool is_default, struct buf *out)
{
	if (is_default) {
		buf_put_text(out, otherwise);
		return;
	}
	vterm_screen_convert_color_to_rgb(term->screen, &color);
	buf_put_format(out, "#%02x%02x%02x", color.rgb.red, color.rgb.green,
	    color.rgb.blue);
}

static void
put_ink(const struct term *term, const struct svg_look *look,
    const VTermScreenCell *cell, bool foreground, struct buf *out)
{
	bool is_fg = foreground != (cell->attrs.reverse != 0);

	if (is_fg)
		put_color(term, cell->fg, look->foreground,
		    VTERM_COLOR_IS_DEFAULT_FG(&cell->fg), out);
	else
		put_color(term, cell->bg, look->background,
		    VTERM_COLOR_IS_DEFAULT_BG(&cell->bg), out);
}

static void
put_escaped(struct buf *out, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (text[i] == '<')
			buf_put_text(out, "&lt;");
		else if (text[i] == '>')
			buf_put_text(out, "&gt;");
		else if (text[i] == '&')
			buf_put_text(out, "&amp;");
		else
			buf_put(out, text + i, 1);
	}
}

static bool
has_paper(const VTermScreenCell *cell)
{
	return cell->attrs.reverse != 0 ||
	    !VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
}

static void
put_paper(const struct term *term, const struct svg_look *look,
    const struct run *run, struct buf *out)
{
	buf_put_format(out,
	    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"",
	    MARGIN + run->col * CELL_WIDTH, MARGIN + run->row * CELL_HEIGHT,
	    run->cols * CELL_WIDTH, CELL_HEIGHT);
	put_ink(term, look, &run->look, false, out);
	buf_put_text(out, "\"/>\n");
}

static bool
is_blank(const struct run *run)
{
	return strspn(run->text, " ") == run->len;
}

static void
put_run(const struct term *term, const struct svg_look *look,
    const struct run *run, struct buf *out)
{
	if (run->cols == 0)
		return;
	if (has_paper(&run->look))
		put_paper(term, look, run, out);
	if (is_blank(run) && run->look.attrs.underline == 0)
		return;
	buf_put_format(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"",
	    MARGIN + run->col * CELL_WIDTH,
	    MARGIN + run->row * CELL_HEIGHT + BASE_LINE,
	    run->cols * CELL_WIDTH);
	put_ink(term, look, &run->look, true, out);
	buf_put_text(out, "\"");
	if (run->look.attrs.bold != 0)
		buf_put_text(out, " font-weight=\"bold\"");
	if (run->look.attrs.underline != 0)
		buf_put_text(out, " text-decoration=\"underline\"");
	buf_put_text(out, ">");
	put_escaped(out, run->text, run->len);
	buf_put_text(out, "</text>\n");
}

static bool
is_same_look(const VTermScreenCell *one, const VTermScreenCell *other)
{
	return one->attrs.bold == other->attrs.bold &&
	    one->attrs.underline == other->attrs.underline &&
	    one->attrs.reverse == other->attrs.reverse &&
	    vterm_color_is_equal(&one->fg, &other->fg) != 0 &&
	    vterm_color_is_equal(&one->bg, &other->bg) != 0;
}

static void
add_cell(struct run *run, const VTermScreenCell *cell)
{
	char bytes[4];
	size_t i, len;

	if (cell->chars[0] == 0) {
		run->text[run->len++] = ' ';
	} else {
		for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0;
		     i++) {
			len = text_encode(cell->chars[i], bytes);
			memcpy(run->text + run->len, bytes, len);
			run->len += len;
		}
	}
	run->cols += cell->width;
	run->text[run->len] = '\0';
}

static void
put_row(const struct term *term, const struct svg_look *look, int row,
    struct buf *out)
{
	struct run run = { .row = row };
	VTermScreenCell cell;
	int col;

	for (col = 0; col<term->cols; col += cell.width> 1 ? 2 : 1) {
		term_cell(term, row, col, &cell);
		if (run.cols > 0 &&
		    (!is_same_look(&run.look, &cell) ||
		        run.len > RUN_MAX - 32)) {
			put_run(term, look, &run, out);
			run = (struct run){ .row = row };
		}
		if (run.cols == 0) {
			run.col = col;
			run.look = cell;
		}
		add_cell(&run, &cell);
	}
	put_run(term, look, &run, out);
}

void
svg_write(const struct term *term, const struct svg_look *look,
    const char *title, struct buf *out)
{
	int width = 2 * MARGIN + term->cols * CELL_WIDTH;
	int height = 2 * MARGIN + term->rows * CELL_HEIGHT;
	int row;

	buf_put_format(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
	    "width=\"%d\" height=\"%d\" role=\"img\">\n<title>%s</title>\n"
	    "<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\"/>\n"
	    "<g font-family=\"'DejaVu Sans Mono', Menlo, Consolas, "
	    "monospace\" font-size=\"15\" xml:space=\"preserve\" "
	    "lengthAdjust=\"spacingAndGlyphs\">\n",
	    width, height, width, height, title, width, height,
	    look->background);
	for (row = 0; row < term->rows; row++)
		put_row(term, look, row, out);
	buf_put_text(out, "</g>\n</svg>\n");
}
