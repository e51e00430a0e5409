/*
 * A line that is typed: text, cursor, history. Knows keys and bytes, not what
 * the text is for.
 */
#ifndef BANTOP_APP_PROMPT_H
#define BANTOP_APP_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "bantop/term/key.h"

enum { PROMPT_TEXT_MAX = 512, PROMPT_HISTORY_MAX = 20 };

/* Lines that were accepted, the newest first. */
struct prompt_history {
	size_t count;
	char lines[PROMPT_HISTORY_MAX][PROMPT_TEXT_MAX];
};

struct prompt {
	const char *label;          /* static; NULL while closed */
	char text[PROMPT_TEXT_MAX]; /* UTF-8, NUL-terminated */
	size_t len;
	size_t at;                      /* byte index of the cursor */
	char note[PROMPT_TEXT_MAX];     /* what is wrong; "" for nothing */
	char ghost[PROMPT_TEXT_MAX];    /* Tab would put it behind the text */
	struct prompt_history *history; /* borrowed; or NULL */
	size_t history_at; /* 0: the line being typed; n: the n-th before */
	char typed[PROMPT_TEXT_MAX]; /* kept while history is shown */
};

enum prompt_outcome {
	PROMPT_OPEN,     /* nothing but the cursor moved, if anything */
	PROMPT_CHANGED,  /* the text changed */
	PROMPT_ACCEPTED, /* Enter: text is the answer; still open */
	PROMPT_CLOSED,   /* Esc, or Backspace on an empty line */
};

/** @param label static. @param text where to start from, or "". */
void prompt_open(struct prompt *prompt, const char *label, const char *text,
    struct prompt_history *history);
void prompt_close(struct prompt *prompt);
bool prompt_is_open(const struct prompt *prompt);
/** Puts a line into the history; the same one again moves to the front. */
void prompt_remember(struct prompt_history *history, const char *line);

/** Offers @p whole as what the line would be completed to: what it has beyond
 *  the typed text is shown behind it. NULL for nothing. */
void prompt_offer(struct prompt *prompt, const char *whole);

/** Editing: characters, Backspace, Delete, arrows, Home, End, C-a C-e C-b C-f
 *  C-d C-h C-k C-u C-w; Up and Down through the history; Tab takes
 *  what is offered. */
enum prompt_outcome prompt_key(struct prompt *prompt, struct key key);
/** Pasted text goes in as it is, but for control bytes and bytes that are no
 *  UTF-8: those are dropped, a line break is a blank. It never accepts. */
enum prompt_outcome prompt_paste(struct prompt *prompt, const char *text,
    size_t len);

#endif
