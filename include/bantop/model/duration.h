/*
 * How long is left, as text that ticks no faster than it must: DESIGN section
 * 10. "12d 04h" from a day, "3h 07m" from an hour, "07:12" below, from 0 on
 * "ended 12s ago", "ended 3m ago", "ended 2h ago", "ended 5d ago".
 */
#ifndef BANTOP_MODEL_DURATION_H
#define BANTOP_MODEL_DURATION_H

#include "bantop/model/ban.h"

enum { DURATION_TEXT_MAX = 48 };

enum duration_style {
	DURATION_BY_NEED,
	/* Seconds everywhere: "12d 04h 07m 09s", "3h 07m 09s", "07:12";
	 * "ended 3m 09s ago", "ended 5d 04h 07m 09s ago". */
	DURATION_SECONDS,
};

/** Writes the text for @p left_s seconds. @return its length. */
size_t duration_write(int64_t left_s, enum duration_style style,
    char out[DURATION_TEXT_MAX]);

/** Writes a ban's: "permanent", "invalid", or its duration. @return length. */
size_t duration_write_ban(const struct ban *ban, int64_t now_s,
    enum duration_style style, char out[DURATION_TEXT_MAX]);

/** @return seconds (>= 1) after @p now_s at which the text or the state of
 *          @p ban next changes; INT64_MAX for never. */
int64_t duration_next_change(const struct ban *ban, int64_t now_s,
    enum duration_style style);

#endif
