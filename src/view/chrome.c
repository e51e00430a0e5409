/*
 * The lines below every screen: what goes on, what went wrong, which keys.
 */
#include "bantop/view/chrome.h"

#include <stdio.h>
#include <string.h>

#include "view/view_priv.h"

static void
draw_err(struct pen *pen, const struct err *err, int cols)
{
	char text[VIEW_LINE_MAX];
	char *rest;
	int end = pen->col + cols;

	(void)view_err_write(err, pen->mode, true, text);
	rest = strchr(text, ' ');
	if (err->kind == ERR_SERVICE && rest != NULL) {
		pen->col += frame_put_text(pen->frame, pen->row, pen->col, cols,
		    STYLE_ERROR, text, (size_t)(rest - text));
		(void)pen_put_outside(pen, STYLE_TEXT, rest, strlen(rest),
		    end - pen->col, VIEW_CUT_END);
	} else {
		(void)pen_put_outside(pen, STYLE_ERROR, text, strlen(text),
		    cols, VIEW_CUT_END);
	}
}

static bool
is_err(const struct err *err)
{
	return err != NULL && err->kind != ERR_NONE;
}

static bool
draw_pattern(struct pen *pen, const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return false;
	pen_put(pen, STYLE_DIM, label);
	(void)pen_put_outside(pen, STYLE_TEXT, text, strlen(text),
	    pen_room(pen) / 2, VIEW_CUT_END);
	pen_skip(pen, 2);
	return true;
}

/* What holds for the rows in sight, so that nobody takes them for all. */
static void
draw_patterns(struct pen *pen, const struct chrome_activity *activity)
{
	bool any = draw_pattern(pen, "narrowed to ", activity->narrow);

	any = draw_pattern(pen, "keep only ", activity->keep) || any;
	any = draw_pattern(pen, "find ", activity->find) || any;
	if (!any)
		return;
	pen_put_cut(pen, STYLE_DIM, "Esc clears");
	pen_skip(pen, 2);
}

static void
draw_found(struct pen *pen, const struct chrome_activity *activity)
{
	char rows[VIEW_NUMBER_MAX + 8], text[VIEW_LINE_MAX];
	int len = 0;

	if (activity->repeated > 0) {
		(void)num_write_grouped((int64_t)activity->repeated, rows);
		len = snprintf(text, sizeof text,
		    "list changed while loading: %s repeated%s", rows,
		    activity->unusable > 0 ? ", " : "");
	}
	if (activity->unusable > 0) {
		view_count_write(activity->unusable, "row", rows, sizeof rows);
		(void)snprintf(text + len, sizeof text - (size_t)len,
		    "%s unusable", rows);
	}
	pen_put_cut(pen, STYLE_WARNING, text);
}

static void
draw_standing(struct pen *pen, const struct chrome_activity *activity)
{
	draw_patterns(pen, activity);
	if (activity->repeated > 0 || activity->unusable > 0)
		draw_found(pen, activity);
}

void
chrome_draw_activity(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct chrome_activity *activity)
{
	struct pen pen = pen_at(frame, area, look, 0);
	char rows[VIEW_NUMBER_MAX + 8];
	char text[VIEW_LINE_MAX] = "";
	bool trouble = false;

	if (activity->notice[0] != '\0') {
		pen_put_cut(&pen,
		    activity->notice_is_bad ? STYLE_WARNING : STYLE_NOTICE,
		    activity->notice);
		return;
	}
	if (activity->work != NULL) {
		view_count_write(activity->rows, "row", rows, sizeof rows);
		pen_put_format(&pen, STYLE_NOTICE, "%s %s%s", activity->work,
		    rows, activity->work_stops ? ", Esc stop" : "");
		return;
	}
	if (activity->fetch != NULL) {
		(void)view_fetch_write(activity->fetch, look, area.cols, text);
		trouble = view_fetch_is_trouble(activity->fetch);
	}
	if (text[0] != '\0')
		pen_put_cut(&pen, trouble ? STYLE_WARNING : STYLE_NOTICE, text);
	else if (is_err(activity->err))
		draw_err(&pen, activity->err, pen_room(&pen));
	else
		draw_standing(&pen, activity);
}

void
chrome_draw_error(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct err *err, size_t error_count)
{
	struct pen pen = pen_at(frame, area, look, 0);
	char more[48] = "e: card";
	int width;

	if (!is_err(err))
		return;
	if (error_count > 1)
		(void)snprintf(more, sizeof more, "e: all %zu", error_count);
	width = (int)strlen(more);
	draw_err(&pen, err, pen_room(&pen) - width - 2);
	pen_move(&pen, pen.end - width);
	pen_put_format(&pen, STYLE_KEY, "e");
	pen_put(&pen, STYLE_HINT, more + 1);
}

static int
hint_width(const struct chrome_hint *hint)
{
	return (int)(strlen(hint->keys) + strlen(hint->label)) + 3;
}

enum { HINTS_MAX = 64 };

/* Marks those that fit: first those that stay, then from the left. */
static void
choose_hints(const struct chrome_hint *hints, size_t count, int room,
    bool chosen[HINTS_MAX])
{
	bool full = false;
	size_t i;

	room += 2; /* no gap behind the last */
	for (i = 0; i < count; i++) {
		chosen[i] = hints[i].stays && hint_width(&hints[i]) <= room;
		if (chosen[i])
			room -= hint_width(&hints[i]);
	}
	for (i = 0; i < count && !full; i++) {
		if (hints[i].stays)
			continue;
		full = hint_width(&hints[i]) > room;
		chosen[i] = !full;
		room -= hint_width(&hints[i]);
	}
}

void
chrome_draw_hints(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct chrome_hint *hints, size_t count)
{
	struct pen pen = pen_at(frame, area, look, 0);
	bool chosen[HINTS_MAX] = { false };
	size_t i;

	if (count > HINTS_MAX)
		count = HINTS_MAX;
	choose_hints(hints, count, pen_room(&pen), chosen);
	for (i = 0; i < count; i++) {
		if (!chosen[i])
			continue;
		pen_put(&pen, STYLE_KEY, hints[i].keys);
		pen_skip(&pen, 1);
		pen_put(&pen, STYLE_HINT, hints[i].label);
		pen_skip(&pen, 2);
	}
}
