/*
 * What a kind of terminal understands, by its description: the sequences and
 * controls that its capabilities are made of. A number in a sequence stands
 * for any, but in SGR, where each is an attribute, and where it names a mode.
 */
#ifndef BANTOP_TESTS_E2E_DIALECT_H
#define BANTOP_TESTS_E2E_DIALECT_H

#include "bantop/base/buf.h"

enum { DIALECT_WORDS_MAX = 512, DIALECT_WORD_MAX = 32 };

struct dialect {
	int colors; /* 0 for none */
	size_t count;
	char words[DIALECT_WORDS_MAX][DIALECT_WORD_MAX];
};

/** Fails the test if nothing describes @p type. */
void dialect_read(struct dialect *dialect, const char *type);

/** @return the byte of @p raw, from @p from on, where something begins that it
 *          does not understand; SIZE_MAX for nowhere. Text is understood. */
size_t dialect_find_foreign(const struct dialect *dialect,
    const struct buf *raw, size_t from);

#endif
