/*
 * How one thing is read from the front of the bytes: the grammar of what a
 * terminal sends, apart from the time at which it comes.
 */
#ifndef BANTOP_TERM_KEYS_PRIV_H
#define BANTOP_TERM_KEYS_PRIV_H

#include "bantop/term/keys.h"

enum decode_result {
	DECODE_KEY,   /* event->key */
	DECODE_MOUSE, /* event->button, row, col */
	DECODE_SKIP,  /* nothing that anyone should see */
	DECODE_PASTE_BEGIN,
	DECODE_STRING, /* OSC and its like: skip to its end */
	DECODE_MORE,   /* not all of it is here */
};

/** @param len at least 1. @param used bytes it took; 0 with DECODE_MORE. */
enum decode_result keys_decode(const char *bytes, size_t len, size_t *used,
    struct keys_event *event);

#endif
