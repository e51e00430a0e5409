/*
 * What to tell somebody who has met an error: its meaning, its likely causes
 * in their order, the next step, and whether it is repeated by itself. For
 * every code of the service's table, for every HTTP status and for the faults
 * that are found on this side. All texts are static.
 */
#ifndef BANTOP_API_ERROR_ADVICE_H
#define BANTOP_API_ERROR_ADVICE_H

#include <stddef.h>

#include "bantop/api/error_cause.h"
#include "bantop/base/buf.h"
#include "bantop/base/err.h"

enum { ERROR_ADVICE_TEXT_MAX = 4096 }; /* more than any card has */

struct error_advice {
	enum err_kind kind; /* ERR_SERVICE, ERR_HTTP with a code; others */
	int code;           /* the service's, or the HTTP status; else 0 */
	const char *name;   /* "COMM_REST_FREQ_LIMIT", "timeout"; "" unknown */
	const char *title;  /* a few words: "too many calls" */
	const char *meaning;
	const char *causes[ERROR_CAUSE_MAX]; /* the likely one first */
	size_t cause_count;
	const char *action; /* the next step */
	const char *repeat; /* repeated by itself or not, in words */
	const char *source; /* where the meaning comes from */
};

/** For an error that was met. ERR_NONE gives that of success. */
void error_advice_for(const struct err *err, struct error_advice *out);

/** For a code of the service, known or not. */
void error_advice_for_code(int code, struct error_advice *out);

/**
 * For a word of a user's: "60007", "E60007", "COMM_REST_FREQ_LIMIT" (also with
 * ERR_SVR_ before it), "HTTP 502" or "502", or the word of a kind ("timeout",
 * "tls", "dns", ...). Case-blind.
 * @return false with ERR_USAGE that lists what there is.
 */
MUST_CHECK bool error_advice_parse(const char *word, struct error_advice *out,
    struct err *err);

/** Writes the causes as one line: "1) ...; 2) ...". */
void error_advice_put_causes(const struct error_advice *advice,
    struct buf *out);

/** Writes the card as plain ASCII, 79 columns at most, with a final newline. */
void error_advice_put(const struct error_advice *advice, struct buf *out);

#endif
