/*
 * A terminal's screen as an SVG picture: text stays text, each run of cells of
 * one look is an element of its own, so that it stays aligned in any font.
 */
#ifndef BANTOP_TESTS_SVG_H
#define BANTOP_TESTS_SVG_H

#include "e2e/support/term.h"

enum { SVG_MAX = 4 * 1024 * 1024 };

struct svg_look {
	const char *background; /* "#rrggbb" of the terminal */
	const char *foreground;
};

/** Appends the picture. @param title safe ASCII. */
void svg_write(const struct term *term, const struct svg_look *look,
    const char *title, struct buf *out);

#endif
