/*
 * What a ban is: an account that may not come back until a moment. Plain
 * values; texts are borrowed from their list or page.
 */
#ifndef BANTOP_MODEL_BAN_H
#define BANTOP_MODEL_BAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	BAN_ACCOUNT_MAX = 1024, /* bytes; a longer one is unusable, and cut */
	BAN_ENDING_S = 3600,    /* below it a ban is "ending" */
};
/* More than 50 x 365 days ahead counts as for ever. */
static const int64_t BAN_PERMANENT_S = INT64_C(50) * 365 * 86400;
/* 9999-12-31 23:59:59 UTC: the last moment that is shown as one. */
static const int64_t BAN_UNTIL_MAX_S = INT64_C(253402300799);

enum ban_flag {
	/* The account is no valid UTF-8, holds a NUL, is too long, or was
	 * absent: shown escaped, never matched, copied or merged. */
	BAN_UNUSABLE = 1u,
	/* BannedUntil was absent or no whole number: there is no number. */
	BAN_NO_UNTIL = 2u,
};

struct ban {
	const char *account; /* exact bytes as they came; not terminated */
	size_t account_len;
	int64_t until_s; /* as received; 0 with BAN_NO_UNTIL */
	unsigned flags;  /* enum ban_flag */
};

enum ban_state {
	BAN_STATE_BANNED,
	BAN_STATE_ENDING,
	BAN_STATE_ENDED,
	BAN_STATE_PERMANENT,
	BAN_STATE_INVALID,
};

/** Is until_s a moment from 1970 to year 9999? Else the ban is invalid. */
bool ban_has_moment(const struct ban *ban);

/** @return seconds from @p now_s to the end, below 0 when it is over; of a ban
 *          that has a moment. */
int64_t ban_left_s(const struct ban *ban, int64_t now_s);

/** @param now_s the service's clock. */
enum ban_state ban_state_at(const struct ban *ban, int64_t now_s);

/** @return static: "banned", "ending", ... as in every output. */
const char *ban_state_name(enum ban_state state);

#endif
