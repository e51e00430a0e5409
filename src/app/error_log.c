/*
 * The errors since the start. One that is in the log already (same kind, code
 * and text) moves to the front with a higher count, so that a storm of one
 * error cannot push the others out.
 */
#include "bantop/app/error_log.h"

#include <stdio.h>
#include <string.h>

static bool
is_same(const struct err *one, const struct err *other)
{
	return one->kind == other->kind && one->code == other->code &&
	    strcmp(one->text, other->text) == 0;
}

size_t
error_log_find(const struct error_log *log, const struct err *err)
{
	size_t i;

	for (i = 0; i < log->count; i++)
		if (is_same(&log->entries[i].err, err))
			break;
	return i;
}

static size_t
find_place(const struct error_log *log, const struct err *err)
{
	size_t place = error_log_find(log, err);

	return place < ERROR_LOG_MAX ? place : ERROR_LOG_MAX - 1;
}

void
error_log_init(struct error_log *log)
{
	*log = (struct error_log){ .count = 0 };
}

void
error_log_add(struct error_log *log, const struct err *err, int64_t now_s,
    const char *context, int attempt)
{
	struct error_entry entry = { .err = *err,
		.first_at = now_s,
		.last_at = now_s,
		.count = 1,
		.attempt = attempt };
	size_t place;

	place = find_place(log, err);
	if (place < log->count && is_same(&log->entries[place].err, err)) {
		entry.first_at = log->entries[place].first_at;
		entry.count = log->entries[place].count + 1;
	} else if (place == log->count) {
		log->count++;
	}
	(void)snprintf(entry.context, sizeof entry.context, "%s", context);
	memmove(&log->entries[1], &log->entries[0],
	    place * sizeof log->entries[0]);
	log->entries[0] = entry;
	log->total++;
}
