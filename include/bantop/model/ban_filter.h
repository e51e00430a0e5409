/*
 * The little language of find and keep-only: a substring, case-blind unless
 * it has a capital; "!" negates; "re:" an extended regular expression;
 * "left<1h" and "left>2d" (m h d); "ended", "permanent", "banned"; "text:"
 * takes the rest literally.
 */
#ifndef BANTOP_MODEL_BAN_FILTER_H
#define BANTOP_MODEL_BAN_FILTER_H

#include "bantop/model/ban.h"

#include "bantop/base/err.h"

enum { BAN_FILTER_TEXT_MAX = 256 };

struct ban_filter;

/** @return owned (destroy); NULL with ERR_USAGE that says what is wrong and
 *          what would be right. An empty text is refused. */
MUST_CHECK struct ban_filter *ban_filter_create(const char *text, size_t len,
    struct err *err);
/** The same for find: all of @p text is the substring, signs and words too. */
MUST_CHECK struct ban_filter *ban_filter_create_find(const char *text,
    size_t len, struct err *err);
void ban_filter_destroy(struct ban_filter *filter);

/** Unusable rows match no filter, negated or not.
 *  @param now_s the service's clock. */
bool ban_filter_matches(const struct ban_filter *filter, const struct ban *ban,
    int64_t now_s);

/** What one row costs, in steps as ban_query_refill() counts them. */
size_t ban_filter_steps(const struct ban_filter *filter);

/** Does the outcome depend on the time? */
bool ban_filter_is_timed(const struct ban_filter *filter);

/** @return borrowed: as it was given. */
const char *ban_filter_text(const struct ban_filter *filter);

#endif
