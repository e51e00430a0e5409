/*
 * Every error since the start, the newest first: the same one again is counted,
 * not listed again. A fixed ring; the oldest leave.
 */
#ifndef BANTOP_APP_ERROR_LOG_H
#define BANTOP_APP_ERROR_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "bantop/base/err.h"

enum { ERROR_LOG_MAX = 200, ERROR_LOG_CONTEXT_MAX = 384 };

struct error_entry {
	struct err err;
	int64_t first_at; /* wall clock, seconds */
	int64_t last_at;
	size_t count;
	int attempt; /* of the call that failed last; 0 for none */
	char context[ERROR_LOG_CONTEXT_MAX]; /* the request, made harmless */
};

struct error_log {
	size_t count; /* entries, at most ERROR_LOG_MAX */
	size_t total; /* errors ever */
	struct error_entry entries[ERROR_LOG_MAX]; /* newest first */
};

void error_log_init(struct error_log *log);
/** @param context safe text, or "". */
void error_log_add(struct error_log *log, const struct err *err, int64_t now_s,
    const char *context, int attempt);
/** @return where it stands now; the count if it is not there. */
size_t error_log_find(const struct error_log *log, const struct err *err);

#endif
