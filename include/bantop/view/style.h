/*
 * How things look: a role for everything that the screen shows, and for each
 * role its attributes and colours. A role must be recognisable by attributes
 * or words alone; colour only helps. Plain values; owns nothing.
 */
#ifndef BANTOP_VIEW_STYLE_H
#define BANTOP_VIEW_STYLE_H

#include <stdint.h>

enum style_role {
	STYLE_TEXT,    /* what has no role of its own */
	STYLE_TITLE,   /* the program's name */
	STYLE_MARKER,  /* LIVE and its like */
	STYLE_PLACE,   /* where one is: region, group */
	STYLE_HEADING, /* of a table's column, of a pane's part */
	STYLE_SORTED,  /* heading of the column that orders the table */
	STYLE_ACCOUNT,
	STYLE_REMAINING, /* of a ban that lasts */
	STYLE_ENDING,
	STYLE_ENDED,
	STYLE_PERMANENT,
	STYLE_INVALID,
	STYLE_UNTIL,
	STYLE_DIM, /* what may be passed over */
	STYLE_ERROR,
	STYLE_WARNING,
	STYLE_GOOD,
	STYLE_NOTICE, /* what runs, or was just done */
	STYLE_KEY,    /* a key that can be pressed */
	STYLE_HINT,   /* what it does */
	STYLE_PROMPT, /* the words before what is typed */
	STYLE_INPUT,  /* what is typed */
	STYLE_PARTIAL,
	STYLE_STALE,
	STYLE_BORDER, /* lines between panes */
	STYLE_BAR,    /* of a chart */
	/* The three that lie over another role. */
	STYLE_SELECTED,
	STYLE_MARKED,
	STYLE_MATCH,
};
enum { STYLE_ROLE_COUNT = STYLE_MATCH + 1 };

enum style_attribute {
	STYLE_BOLD = 1u,
	STYLE_FAINT = 2u,
	STYLE_UNDERLINE = 4u,
	STYLE_REVERSE = 8u,
	STYLE_ITALIC = 16u,
};

/* One colour from poor to rich; a terminal takes the richest that it has and
 * that is set. */
struct style_color {
	int16_t basic; /* 0 to 7 as ANSI counts them; -1: the terminal's own */
	int16_t indexed; /* 0 to 255; -1: take basic */
	int32_t rgb;     /* 0xRRGGBB; -1: take indexed */
};

struct style {
	unsigned attributes; /* enum style_attribute */
	struct style_color fg;
	struct style_color bg;
};

#endif
