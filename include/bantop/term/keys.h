/*
 * Bytes from the terminal become keys: UTF-8, control bytes, the sequences of
 * terminfo and of xterm, bracketed paste, the mouse. What a terminal answers
 * (OSC, DCS, cursor reports, focus) is swallowed, as is every sequence that is
 * not known. Never waits: a lone Esc is known by its deadline, which the
 * caller keeps.
 *
 * Esc followed at once by a character is two keys, as it is when a slow line
 * delivers both together. An escape sequence that a slow line has torn behind
 * its Esc is put together again, so that its rest never acts as keys.
 */
#ifndef BANTOP_TERM_KEYS_H
#define BANTOP_TERM_KEYS_H

#include "bantop/term/key.h"

enum {
	KEYS_ESC_MS = 25,       /* a lone Esc is told after it */
	KEYS_TORN_MS = 300,     /* the rest of a torn sequence comes within */
	KEYS_PASTE_MS = 1000,   /* a paste without its end mark ends after */
	KEYS_SEQUENCE_MS = 500, /* a sequence that does not end is dropped */
	KEYS_AFTER_PASTE_MS = 100,  /* keys behind an end mark are ignored */
	KEYS_PASTE_MAX = 16 * 1024, /* bytes; the rest of a paste is dropped */
	KEYS_SEQUENCE_MAX = 64,     /* bytes; a longer one is swallowed */
};

enum keys_event_kind {
	KEYS_NOTHING, /* no more for now */
	KEYS_KEY,
	KEYS_PASTE,
	KEYS_MOUSE,
	KEYS_HANGUP, /* the terminal is gone; told once, behind the last key */
};

enum keys_button {
	KEYS_BUTTON_LEFT,
	KEYS_WHEEL_UP,
	KEYS_WHEEL_DOWN,
};

struct keys_event {
	enum keys_event_kind kind;
	struct key key;
	const char *paste; /* KEYS_PASTE: borrowed until the next call of
			      keys_next(); any bytes; never empty */
	size_t paste_len;
	enum keys_button button; /* KEYS_MOUSE: pressed */
	int row;                 /* from 0 */
	int col;
};

struct keys;

/** @return owned (destroy). */
struct keys *keys_create(void);
void keys_destroy(struct keys *keys);

/** A key's sequence as this terminal's description has it; it goes before the
 *  usual ones. Ignored if it does not begin with Esc, or is no key's. */
void keys_define(struct keys *keys, const char *sequence, struct key key);

/**
 * Reads what is there at @p fd, which may be a blocking descriptor: asks first
 * whether a read would wait. Reads until nothing is left or the store of 4 KiB
 * is full; call it again when keys_next() has emptied it.
 * @param now_ms monotonic.
 */
void keys_read(struct keys *keys, int fd, int64_t now_ms);
/** The same from memory. @return bytes taken. */
size_t keys_feed(struct keys *keys, const char *bytes, size_t len,
    int64_t now_ms);

/** @return false, with KEYS_NOTHING, when no more can be told by @p now_ms. */
bool keys_next(struct keys *keys, int64_t now_ms, struct keys_event *out);

/** When keys_next() can tell more without more bytes (a lone Esc, a sequence
 *  given up); INT64_MAX for never. Monotonic milliseconds. */
int64_t keys_deadline_ms(const struct keys *keys);

/** Forgets all that was typed ahead, also in the system's queue of @p fd
 *  (below 0: none): before a question. */
void keys_flush(struct keys *keys, int fd);

#endif
