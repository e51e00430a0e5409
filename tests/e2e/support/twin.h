/*
 * Hostile texts, a family each, and for each a harmless twin: text without
 * anything in it that a terminal could act on, which the screen gives the same
 * columns.
 */
#ifndef BANTOP_TESTS_E2E_TWIN_H
#define BANTOP_TESTS_E2E_TWIN_H

#include "bantop/base/buf.h"
#include "bantop/base/text.h"

enum {
	TWIN_TEXT_MAX = 2048,
	TWIN_SHORT_COLS = 150, /* of what is not long */
};

enum twin_kind {
	TWIN_HOSTILE, /* the text itself */
	/* Its safe form: codes stand there as plain text, and an x for each
	 * column of what is shown as itself. */
	TWIN_SAME_COLS,
	/* As many characters: a letter for each that is not plain ASCII. */
	TWIN_SAME_COUNT,
};

size_t twin_count(void);
/** @return static: the family, for messages. */
const char *twin_name(size_t index);
/** Is it longer than a line, or made to be cut? */
bool twin_is_long(size_t index);

/** Appends the text behind an ASCII one, which a mark may join, as it stands in
 *  JSON without the quotes. Bytes that are no UTF-8 are 0xff in a twin.
 *  @param mode that the screen shows it in. */
void twin_put_json(size_t index, const char *prefix, enum twin_kind kind,
    enum text_mode mode, struct buf *out);
/** What is pasted; of a twin, what a prompt takes of it. */
void twin_put_paste(size_t index, const char *prefix, enum twin_kind kind,
    enum text_mode mode, struct buf *out);

#endif
