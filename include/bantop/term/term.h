/*
 * The real terminal: takes it over, paints frames, gives it back. The only
 * module that knows curses. Each frame goes out in one write, and holds only
 * what differs from the frame before. Owns the terminal's modes between open
 * and close; there can be one at a time.
 *
 * The caller has called setlocale() and has its own handlers for SIGWINCH,
 * SIGTSTP, SIGCONT, SIGINT and SIGTERM: none is installed here.
 */
#ifndef BANTOP_TERM_TERM_H
#define BANTOP_TERM_TERM_H

#include "bantop/base/buf.h"
#include "bantop/base/text.h"
#include "bantop/term/keys.h"
#include "bantop/view/frame.h"
#include "bantop/view/theme.h"

struct term_config {
	int in_fd;           /* a terminal */
	int out_fd;          /* a terminal; may be the same */
	const char *type;    /* $TERM; NULL for unset */
	enum text_mode mode; /* what stands for a character that may not be */
	bool color;          /* false: attributes alone */
	bool mouse;          /* ask for clicks and the wheel */
	const struct theme *theme; /* copied */
	/* Must everything come to an end? A terminal that takes nothing is
	 * not waited for then. NULL: never. */
	bool (*is_over)(void);
};

struct term;

/**
 * Takes the terminal over: modes, alternate screen, bracketed paste. Ctrl-C
 * and Ctrl-Z arrive as keys; Ctrl-\ stays a signal, Ctrl-S and Ctrl-Q stay the
 * terminal's. What is to be written goes out with the first frame.
 *
 * @return owned (close); NULL with ERR_USAGE, and the terminal as it was, if
 *         it is none, is dumb, or no description of it can be found.
 */
MUST_CHECK struct term *term_open(const struct term_config *config,
    struct err *err);
/** Gives the terminal back. Takes NULL. */
void term_close(struct term *term);

/** @return static, "" for none: what the user should know of the terminal,
 *          such as "unknown terminal type: taken for xterm". */
const char *term_notice(const struct term *term);

/** The keys of this terminal's description. */
void term_define_keys(const struct term *term, struct keys *keys);

/** What the terminal says of its size; 24x80 when it does not say. */
void term_size(const struct term *term, int *rows, int *cols);
/** The size has changed: the next frame is painted in full. */
void term_resize(struct term *term);

/**
 * Shows @p frame. Nothing is written when nothing has changed. A frame of
 * another size than the terminal's is cut or leaves the rest blank.
 *
 * @return false with ERR_FILE (errno) if the terminal takes no bytes any more.
 */
MUST_CHECK bool term_paint(struct term *term, const struct frame *frame,
    struct err *err);
/** The next frame is painted in full (Ctrl-L). */
void term_repaint(struct term *term);

/** Other looks from the next frame on. */
void term_set_theme(struct term *term, const struct theme *theme);
/** Colours that are in use: 0 (attributes alone), 8, 256, 1 << 24. */
int term_colors(const struct term *term);

/** Gives the terminal back for a while (Ctrl-Z, the plain-text screen) and
 *  takes it again; the frame after that is painted in full. */
void term_suspend(struct term *term);
MUST_CHECK bool term_resume(struct term *term, struct err *err);

/* What has gone out since it was opened: for benches and tests. */
struct term_stats {
	uint64_t frames; /* painted with at least one byte */
	uint64_t writes; /* calls of write() */
	uint64_t bytes;
};
void term_stats(const struct term *term, struct term_stats *out);

enum { TERM_COPY_MAX = 74994 }; /* bytes; what xterm takes as OSC 52 */
/**
 * Asks the terminal to copy @p text (OSC 52; wrapped for tmux and screen). No
 * terminal says whether it did.
 * @param inside_tmux, inside_screen from the environment.
 * @return false with ERR_LIMIT if it is too long, ERR_FILE if the terminal
 *         takes no bytes any more.
 */
MUST_CHECK bool term_copy(struct term *term, const char *text, size_t len,
    bool inside_tmux, bool inside_screen, struct err *err);

/** Restores the terminal that is open, if one is, by system calls alone: from a
 *  handler or as mem_set_last_words(). Does it once. Behind it standard error
 *  is the terminal again, with the end of what was said there meanwhile. */
void term_last_words(void);

#endif
