/*
 * The parts of the terminal: its way out, where curses' bytes are gathered
 * and written at once, and the looks of a theme in curses' terms.
 */
#ifndef BANTOP_TERM_TERM_PRIV_H
#define BANTOP_TERM_TERM_PRIV_H

#include <stdio.h>
#include <termios.h>

/* Functions, not macros: their names are everyday words. */
#define NCURSES_NOMACROS 1
#include <curses.h>

#include "bantop/term/term.h"

/* What is known of the terminal's attributes after what was written. */
struct term_squeeze {
	bool is_plain;   /* no attribute and no colour is set */
	bool is_charset; /* its usual characters are chosen */
};

/** Nothing is known any more. */
void term_squeeze_reset(struct term_squeeze *squeeze);
/** Takes out what changes nothing. @return the length that is left. */
size_t term_squeeze(struct term_squeeze *squeeze, char *bytes, size_t len);

/** Writes out what the terminal is asked to repeat. @param out NULL: only
 *  count. @return bytes written. */
size_t term_repeat(const char *bytes, size_t len, char *out);

enum { TERM_STRING_MAX = 128, TERM_LAST_MAX = 512 };

/* Curses writes into a file in memory, whose bytes go to the terminal in one
 * write. */
struct term_out {
	int terminal_fd; /* borrowed */
	bool (*is_over)(void);
	int memory_fd;
	char *bytes;
	size_t len;
	size_t cap;
	struct term_squeeze squeeze;
	/* Puts the terminal's first palette back. Curses writes it on the way
	 * from the shell, though no colour was ever changed by us; one that the
	 * user has changed shall stay. "" for none. */
	char palette[TERM_STRING_MAX];
	struct term_stats stats;
	int failure; /* errno of the file in memory, until it is told */
};

/** @return a file in memory that no program inherits; -1 with errno. */
int term_out_open_memory(void);
/** @return false with ERR_FILE. */
MUST_CHECK bool term_out_open(struct term_out *out, int terminal_fd,
    struct err *err);
void term_out_close(struct term_out *out);
/** Takes over what curses has written into the memory file. */
void term_out_gather(struct term_out *out);
void term_out_add(struct term_out *out, const char *text, size_t len);
/** Writes all that is gathered; nothing if there is nothing.
 *  @return false with ERR_FILE; the bytes are dropped in either case. */
MUST_CHECK bool term_out_flush(struct term_out *out, struct err *err);
bool term_out_is_over(const struct term_out *out);

enum { TERM_LOOKS = STYLE_ROLE_COUNT * (FRAME_FLAGS_ALL + 1) };

struct term_look {
	attr_t attributes;
	short pair;
};

struct term_looks {
	int colors; /* 0, 8, 256, 1 << 24 */
	struct term_look looks[STYLE_ROLE_COUNT][FRAME_FLAGS_ALL + 1];
};

/** Colours that the screen of now has. */
int term_looks_colors(void);
void term_looks_set(struct term_looks *looks, const struct theme *theme);

struct term {
	int in_fd;
	int out_fd;
	FILE *curses_in;
	FILE *curses_out;
	SCREEN *screen;
	struct term_out out;
	enum text_mode mode;
	struct term_looks looks;
	struct termios found; /* the modes to be given back */
	struct termios taken;
	bool is_taken;
	bool full;         /* the next frame is painted in full */
	bool cursor_shown; /* as the terminal has it */
	int spare_cols;    /* never written to: see caps_wraps_at_once */
	const char *notice;
	char enter[TERM_STRING_MAX]; /* modes that curses does not know */
	char leave[TERM_STRING_MAX];
	struct frame *shown; /* what the terminal shows */
	cchar_t *cells;      /* a row under way */
};

/** Makes term_last_words() ready: @p bytes are copied. Standard error, if it is
 *  the same terminal, is out of its way from now on. */
void term_last_prepare(const struct term *term, const char *bytes);
/** There is nothing to restore any more; standard error is back. */
void term_last_forget(void);

/** The cells that differ, to curses' own screen. */
void term_put_frame(struct term *term, const struct frame *frame);

#endif
