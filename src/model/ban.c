/*
 * What state a ban is in. The bounds follow each other without a gap; the one
 * difference that is taken cannot overflow for a moment that is valid.
 */
#include "bantop/model/ban.h"

bool
ban_has_moment(const struct ban *ban)
{
	return (ban->flags & BAN_NO_UNTIL) == 0 && ban->until_s >= 0 &&
	    ban->until_s <= BAN_UNTIL_MAX_S;
}

int64_t
ban_left_s(const struct ban *ban, int64_t now_s)
{
	if (now_s < 0 && ban->until_s > INT64_MAX + now_s)
		return INT64_MAX;
	return ban->until_s - now_s;
}

enum ban_state
ban_state_at(const struct ban *ban, int64_t now_s)
{
	int64_t left_s;

	if (!ban_has_moment(ban))
		return BAN_STATE_INVALID;
	left_s = ban_left_s(ban, now_s);
	if (left_s > BAN_PERMANENT_S)
		return BAN_STATE_PERMANENT;
	if (left_s <= 0)
		return BAN_STATE_ENDED;
	return left_s < BAN_ENDING_S ? BAN_STATE_ENDING : BAN_STATE_BANNED;
}

const char *
ban_state_name(enum ban_state state)
{
	static const char *const names[] = {
		[BAN_STATE_BANNED] = "banned",
		[BAN_STATE_ENDING] = "ending",
		[BAN_STATE_ENDED] = "ended",
		[BAN_STATE_PERMANENT] = "permanent",
		[BAN_STATE_INVALID] = "invalid",
	};

	return names[state];
}
