/*
 * A service with one ban list, page by page as a test lays it out, for the
 * scripted network. An offset that no page has answers with a trap: a full
 * page of accounts that a correct walk never shows.
 */
#ifndef BANTOP_TESTS_BAN_MODEL_H
#define BANTOP_TESTS_BAN_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scripted_transport.h"

enum { BAN_MODEL_PAGES_MAX = 1024 };

struct ban_model_page {
	int64_t offset;
	int64_t next;
	size_t first; /* its accounts are "a<first>", "a<first + 1>", ... */
	size_t count;
	int fails;        /* so many replies before a good one; -1: all */
	const char *body; /* in place of all that, or NULL */
};

struct ban_model {
	struct ban_model_page pages[BAN_MODEL_PAGES_MAX];
	size_t page_count;
	int64_t delay_ms; /* of each reply, plus up to jitter_ms */
	int64_t jitter_ms;
	uint64_t random;
	size_t traps; /* calls for an offset that no page has */
};

void ban_model_init(struct ban_model *model);
/** Adds a page behind the last: full ones make a regular list. */
void ban_model_add(struct ban_model *model, size_t count, int64_t next);
/** Adds @p rows in pages of @p limit, the last of which ends the list. */
void ban_model_add_rows(struct ban_model *model, size_t rows, size_t limit);
/** @return 0 to below - 1. */
size_t ban_model_draw(struct ban_model *model, size_t below);

/** A scripted_answer_fn; @p user is the model. */
void ban_model_answer(const struct transport_request *request,
    struct scripted_reply *reply, struct buf *body, void *user);

#endif
