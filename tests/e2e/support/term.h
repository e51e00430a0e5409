/*
 * A terminal with a program in it: a pseudo-terminal on one side, libvterm on
 * the other. What the program writes becomes a screen; what is typed goes in
 * as the terminal's present mode has it. Each wait ends when the screen is as
 * it should be, and fails the test, with the screen, when it never is.
 */
#ifndef BANTOP_TESTS_E2E_TERM_H
#define BANTOP_TESTS_E2E_TERM_H

#include <vterm.h>

#include "bantop/base/buf.h"
#include "e2e/support/child.h"
#include "e2e/support/home.h"

enum {
	TERM_ROW_MAX = 8192,
	TERM_TEXT_MAX = 4 * 1024 * 1024,
	TERM_RAW_MAX = 256 * 1024 * 1024,
};

struct term_options {
	int rows;
	int cols;
	const char *const *argv;
	const char *const *environment; /* on top of the home's, or NULL */
};

struct term {
	struct child child;
	int fd; /* the terminal's side; -1 when the program has left it */
	int rows;
	int cols;
	VTerm *vterm;
	VTermScreen *screen;
	struct buf raw; /* every byte that the program has written */
	size_t bursts;  /* times that output came after a silence */
	bool altscreen;
	bool cursor_visible;
	size_t bells;
};

void term_start(struct term *term, const struct home *home,
    const struct term_options *options);
/** Kills what still runs. Takes a zeroed one too. */
void term_release(struct term *term);

/* -- what is on the screen -- */

/** Writes row @p row as UTF-8, without the blanks at its end; "" beyond the
 *  screen. Wide characters are there once. */
void term_row(const struct term *term, int row, char out[TERM_ROW_MAX]);
/** Appends all rows, each with a newline. */
void term_text(const struct term *term, struct buf *out);
/** @return the first row that holds @p text, or -1. */
int term_find(const struct term *term, const char *text);
bool term_has(const struct term *term, const char *text);
void term_cell(const struct term *term, int row, int col,
    VTermScreenCell *cell);
void term_cursor(const struct term *term, int *row, int *col);

/* -- waiting -- */

typedef bool (*term_predicate)(const struct term *term, void *user);

/** @param what says in the failure what was waited for. */
void term_wait(struct term *term, term_predicate holds, void *user,
    const char *what);
void term_wait_text(struct term *term, const char *text);
void term_wait_gone(struct term *term, const char *text);
void term_wait_row(struct term *term, int row, const char *text);
/** Waits until these bytes were written (an OSC, say). */
void term_wait_raw(struct term *term, const char *bytes);
/** Takes what has come by now, without waiting. */
void term_take(struct term *term);
/** Takes what comes for so long; for "nothing is written" alone. */
void term_watch_ms(struct term *term, int ms);
/** Waits for the end of the program. @return as child.exit_code. */
int term_wait_exit(struct term *term);

/* -- what is done to the program -- */

void term_key(struct term *term, VTermKey key, VTermModifier modifier);
/** A character; VTERM_MOD_CTRL with 'c' is Ctrl-C. */
void term_char(struct term *term, uint32_t point, VTermModifier modifier);
/** Each character of an ASCII text, as typed. */
void term_type(struct term *term, const char *text);
/** In brackets, if the program has asked for them. */
void term_paste(struct term *term, const char *text);
/** Bytes as they are. */
void term_send(struct term *term, const char *bytes, size_t len);
/** A new size: the program gets its SIGWINCH. */
void term_resize(struct term *term, int rows, int cols);
/** The terminal goes away. */
void term_hang_up(struct term *term);

#endif
