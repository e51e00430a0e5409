/*
 * What the service's error codes mean: the built-in table of all documented
 * ones, made from error_codes.tsv, and what follows from a code.
 */
#ifndef BANTOP_API_ERROR_CODE_H
#define BANTOP_API_ERROR_CODE_H

#include <stdbool.h>
#include <stddef.h>

enum retry_rule {
	RETRY_NO,
	RETRY_YES,                   /* at once or after a short pause */
	RETRY_AFTER_WAIT,            /* a frequency limit */
	RETRY_AFTER_REFRESH_USERSIG, /* once, with a new UserSig */
};

/* One row of the table; all texts static. */
struct error_code {
	int code;
	const char *name;      /* "COMM_REST_FREQ_LIMIT" */
	const char *meaning;   /* one line */
	const char *action;    /* what to do */
	enum retry_rule retry; /* as the table says; see error_code_retry() */
	const char *source;
};

size_t error_code_count(void);
const struct error_code *error_code_at(size_t index);
/** @return NULL for a code that the table does not have. */
const struct error_code *error_code_find(int code);

/** The rule that the client follows for a read: API.md section 4, narrower
 *  than the table where that names a code explicitly (70050, 60028, 70009).
 *  Unknown codes: RETRY_NO. */
enum retry_rule error_code_retry(int code);

/** Credentials' trouble: 70000 to 70999, 60004, 60005 (exit status 6). */
bool error_code_is_credential(int code);
/** A frequency limit of the service. */
bool error_code_is_frequency(int code);
/** The region is the first suspect: 60006, 60026, 70016, 70020. */
bool error_code_is_region(int code);

/** Chosen by the application's own webhooks, not by the service: 120001 to
 *  130000, 38000 to 39000. */
bool error_code_is_custom(int code);

/** A few words for the error line: "too many calls"; never NULL. */
const char *error_code_short(int code);

#endif
