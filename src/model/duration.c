/*
 * How long is left, as text. Everything is rounded down, so that a text stands
 * for a whole span of seconds, and duration_next_change() is the rest of that
 * span: the two must be changed together. Written by hand, as it is called for
 * every row of a list that may have a million.
 */
#include "bantop/model/duration.h"

#include <string.h>

#include "bantop/base/num.h"

enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };

static char *
put_text(char *at, const char *text)
{
	size_t len = strlen(text);

	memcpy(at, text, len + 1);
	return at + len;
}

static char *
put_number(char *at, uint64_t value)
{
	return at + num_write((int64_t)value, at);
}

static char *
put_two(char *at, uint64_t value)
{
	*at++ = (char)('0' + value / 10 % 10);
	*at++ = (char)('0' + value % 10);
	return at;
}

static char *
put_unit(char *at, const char *space, uint64_t value, char unit)
{
	at = put_two(put_text(at, space), value);
	*at++ = unit;
	return at;
}

/* "12d 04h" or, in seconds, "12d 04h 07m 09s"; for spans of an hour or more. */
static char *
put_span(char *at, uint64_t s, enum duration_style style)
{
	if (s >= DAY_S) {
		at = put_text(put_number(at, s / DAY_S), "d");
		at = put_unit(at, " ", s / HOUR_S % 24, 'h');
		if (style == DURATION_BY_NEED)
			return at;
	} else {
		at = put_text(put_number(at, s / HOUR_S), "h");
	}
	at = put_unit(at, " ", s / MINUTE_S % 60, 'm');
	if (style == DURATION_SECONDS)
		at = put_unit(at, " ", s % 60, 's');
	return at;
}

static char *
put_left(char *at, uint64_t s, enum duration_style style)
{
	if (s >= HOUR_S)
		return put_span(at, s, style);
	at = put_two(at, s / MINUTE_S);
	*at++ = ':';
	return put_two(at, s % 60);
}

/* The largest unit alone. */
static char *
put_ago_by_need(char *at, uint64_t s)
{
	if (s < MINUTE_S)
		return put_text(put_number(at, s), "s");
	if (s < HOUR_S)
		return put_text(put_number(at, s / MINUTE_S), "m");
	if (s < DAY_S)
		return put_text(put_number(at, s / HOUR_S), "h");
	return put_text(put_number(at, s / DAY_S), "d");
}

static char *
put_ago_in_seconds(char *at, uint64_t s)
{
	if (s < MINUTE_S)
		return put_ago_by_need(at, s);
	if (s >= HOUR_S)
		return put_span(at, s, DURATION_SECONDS);
	at = put_text(put_number(at, s / MINUTE_S), "m");
	return put_unit(at, " ", s % 60, 's');
}

size_t
duration_write(int64_t left_s, enum duration_style style,
    char out[DURATION_TEXT_MAX])
{
	char *at = out;

	if (left_s > 0) {
		at = put_left(at, (uint64_t)left_s, style);
	} else {
		uint64_t ago_s = 0 - (uint64_t)left_s;

		at = put_text(at, "ended ");
		at = style == DURATION_SECONDS ? put_ago_in_seconds(at, ago_s)
		                               : put_ago_by_need(at, ago_s);
		at = put_text(at, " ago");
	}
	*at = '\0';
	return (size_t)(at - out);
}

size_t
duration_write_ban(const struct ban *ban, int64_t now_s,
    enum duration_style style, char out[DURATION_TEXT_MAX])
{
	enum ban_state state = ban_state_at(ban, now_s);

	if (state == BAN_STATE_PERMANENT || state == BAN_STATE_INVALID)
		return (size_t)(put_text(out, ban_state_name(state)) - out);
	return duration_write(ban_left_s(ban, now_s), style, out);
}

/* How many seconds one text stands for at least. */
static int64_t
step_left_s(int64_t left_s, enum duration_style style)
{
	if (style == DURATION_SECONDS || left_s < HOUR_S)
		return 1;
	return left_s < DAY_S ? MINUTE_S : HOUR_S;
}

static int64_t
step_ago_s(int64_t ago_s, enum duration_style style)
{
	if (style == DURATION_SECONDS || ago_s < MINUTE_S)
		return 1;
	if (ago_s < HOUR_S)
		return MINUTE_S;
	return ago_s < DAY_S ? HOUR_S : DAY_S;
}

int64_t
duration_next_change(const struct ban *ban, int64_t now_s,
    enum duration_style style)
{
	enum ban_state state = ban_state_at(ban, now_s);
	int64_t left_s, step_s;

	if (state == BAN_STATE_INVALID)
		return INT64_MAX;
	left_s = ban_left_s(ban, now_s);
	if (state == BAN_STATE_PERMANENT)
		return left_s - BAN_PERMANENT_S;
	if (left_s > 0)
		return left_s % step_left_s(left_s, style) + 1;
	step_s = step_ago_s(-left_s, style);
	return step_s - -left_s % step_s;
}
