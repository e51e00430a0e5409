/*
 * The pane about one ban.
 */
#include "bantop/view/details_view.h"

#include <stdio.h>
#include <string.h>

#include "bantop/model/duration.h"
#include "view/view_priv.h"

enum { LABEL_COLS = 11 };

/* "U+4E2D U+6587 …" of what is not plain ASCII; "" if all of it is. */
static void
write_points(const char *text, size_t len, char *out, size_t size)
{
	size_t used = 0;
	size_t at = 0;
	bool plain = true;

	out[0] = '\0';
	while (at < len && used + 16 < size) {
		uint32_t point;
		size_t step = text_decode(text + at, len - at, &point);

		if (step != 1 || point < ' ' || point > '~')
			plain = false;
		if (step == 0)
			used += (size_t)snprintf(out + used, size - used,
			    "\\x%02X ", (unsigned)(unsigned char)text[at]);
		else
			used += (size_t)snprintf(out + used, size - used,
			    "U+%04lX ", (unsigned long)point);
		at += step > 0 ? step : 1;
	}
	if (plain)
		out[0] = '\0';
}

static void
put_account(struct view_lines *lines, const struct details_view *view)
{
	char points[VIEW_SAFE_MAX];
	const struct ban *ban = &view->ban;

	if (ban->account_len == 0)
		view_lines_say(lines, "account", STYLE_INVALID,
		    "absent: the service named none");
	view_lines_put(lines, "account", STYLE_PLACE, ban->account,
	    ban->account_len);
	write_points(ban->account, ban->account_len, points, sizeof points);
	view_lines_say(lines, "points", STYLE_DIM, points);
	if (ban->flags & BAN_UNUSABLE)
		view_lines_say(lines, "", STYLE_WARNING,
		    "unusable: never matched, copied or merged");
}

static void
put_times(struct view_lines *lines, const struct details_view *view)
{
	const struct ban *ban = &view->ban;
	const char *state = ban_state_name(ban_state_at(ban, view->now_s));
	enum moment_zone zone = lines->look->zone;
	char left[DURATION_TEXT_MAX], number[NUM_TEXT_MAX];
	char local[MOMENT_TEXT_MAX], utc[MOMENT_TEXT_MAX];
	char offset[MOMENT_TEXT_MAX], text[VIEW_LINE_MAX];

	(void)duration_write_ban(ban, view->now_s,
	    lines->look->reader ? DURATION_BY_NEED : DURATION_SECONDS, left);
	(void)snprintf(text, sizeof text, "%s%s%s%s", left,
	    strcmp(left, state) != 0 ? ", " : "",
	    strcmp(left, state) != 0 ? state : "",
	    view->marked ? ", marked" : "");
	view_lines_say(lines, "remaining", STYLE_TEXT, text);
	if (ban->flags & BAN_NO_UNTIL) {
		view_lines_say(lines, "until", STYLE_INVALID,
		    "no number was received");
		return;
	}
	(void)num_write(ban->until_s, number);
	if (moment_write(ban->until_s, zone, local) > 0) {
		(void)moment_write_offset(ban->until_s, zone, offset);
		(void)moment_write(ban->until_s, MOMENT_UTC, utc);
		(void)snprintf(text, sizeof text, "%s %s", local, offset);
		view_lines_say(lines, "until", STYLE_TEXT, text);
		(void)snprintf(text, sizeof text, "%s UTC", utc);
		if (strcmp(local, utc) != 0)
			view_lines_say(lines, "", STYLE_TEXT, text);
	}
	view_lines_say(lines, "epoch", STYLE_TEXT, number);
}

static void
put_origin(struct view_lines *lines, const struct details_view *view)
{
	char text[VIEW_LINE_MAX], first[MOMENT_TEXT_MAX], last[MOMENT_TEXT_MAX];

	if (view->page > 0) {
		(void)snprintf(text, sizeof text, "page %zu, offset %lld",
		    view->page, (long long)view->offset);
		view_lines_say(lines, "came in", STYLE_TEXT, text);
	}
	if (view->first_seen_at == 0)
		return;
	(void)moment_write(view->first_seen_at, lines->look->zone, first);
	(void)moment_write(view->last_seen_at, lines->look->zone, last);
	(void)snprintf(text, sizeof text, "first %s, last %s", first, last);
	view_lines_say(lines, "seen", STYLE_TEXT, text);
}

static void
put_nick(struct view_lines *lines, const struct details_view *view)
{
	char why[VIEW_LINE_MAX];

	switch (view->nick_state) {
	case DETAILS_NICK_UNASKED:
		if (!(view->ban.flags & BAN_UNUSABLE))
			view_lines_say(lines, "nickname", STYLE_DIM,
			    "n fetches it");
		break;
	case DETAILS_NICK_LOADING:
		view_lines_say(lines, "nickname", STYLE_NOTICE, "loading");
		break;
	case DETAILS_NICK_KNOWN:
		if (view->nick_len == 0)
			view_lines_say(lines, "nickname", STYLE_DIM,
			    "never set");
		view_lines_put(lines, "nickname", STYLE_TEXT, view->nick,
		    view->nick_len);
		break;
	case DETAILS_NICK_FAILED:
		(void)view_err_write(view->nick_err, lines->look->mode, false,
		    why);
		view_lines_say(lines, "nickname", STYLE_ERROR,
		    why[0] != '\0' ? why : "not loaded");
		break;
	}
}

static void
put_lines(struct view_lines *lines, const struct details_view *view)
{
	put_account(lines, view);
	put_times(lines, view);
	put_origin(lines, view);
	put_nick(lines, view);
}

int
details_view_lines(const struct details_view *view,
    const struct view_look *look, int cols)
{
	struct view_lines lines = { .look = look,
		.area = { 0, 0, FRAME_ROWS_MAX, cols },
		.label_cols = LABEL_COLS };

	put_lines(&lines, view);
	return lines.count + 1;
}

void
details_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct details_view *view)
{
	bool over = details_view_lines(view, look, area.cols) > area.rows;
	struct view_lines lines = { .frame = frame,
		.look = look,
		.top = view->top,
		.label_cols = LABEL_COLS };

	lines.area = pane_draw_border(frame, area, look, "details",
	    over ? "PgDn more, Esc closes" : "y copies, Esc closes");
	put_lines(&lines, view);
}

int64_t
details_view_next_change(const struct details_view *view,
    const struct view_look *look)
{
	if (look->reader)
		return INT64_MAX;
	return duration_next_change(&view->ban, view->now_s, DURATION_SECONDS);
}
