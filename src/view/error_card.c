/*
 * The card of one error.
 */
#include "bantop/view/error_card.h"

#include <stdio.h>
#include <string.h>

#include "view/view_priv.h"

enum { LABEL_COLS = 10 };

static void
put_lines(struct view_lines *lines, const struct error_card *card)
{
	char text[VIEW_LINE_MAX], time[MOMENT_TEXT_MAX];
	const char *hint = card->err->hint;

	(void)view_err_write(card->err, lines->look->mode, false, text);
	view_lines_say(lines, "what", STYLE_ERROR, text);
	view_lines_say(lines, "name", STYLE_TEXT, card->name);
	view_lines_say(lines, "meaning", STYLE_TEXT, card->meaning);
	view_lines_say(lines, "causes", STYLE_TEXT, card->causes);
	view_lines_say(lines, "do next", STYLE_GOOD,
	    card->action[0] != '\0' || hint == NULL ? card->action : hint);
	view_lines_say(lines, "repeated", STYLE_TEXT, card->repeat);
	view_lines_say(lines, "request", STYLE_TEXT, card->request);
	(void)moment_write(card->at, lines->look->zone, time);
	if (card->count > 1)
		(void)snprintf(text, sizeof text, "%zu times, last %s",
		    card->count, time);
	else
		(void)snprintf(text, sizeof text, "once, %s", time);
	view_lines_say(lines, "seen", STYLE_TEXT, text);
}

static struct view_lines
lines_of(struct frame *frame, struct frame_area area,
    const struct view_look *look, int top)
{
	struct view_lines lines = { .frame = frame,
		.area = area,
		.look = look,
		.top = top,
		.label_cols = LABEL_COLS };

	return lines;
}

void
error_card_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct error_card *card)
{
	struct frame_area inside;
	struct view_lines lines;
	char title[64];

	(void)snprintf(title, sizeof title, "error: %s",
	    err_kind_name(card->err->kind));
	inside = pane_draw_border(frame, area, look, title, "Esc closes");
	lines = lines_of(frame, inside, look, card->top);
	put_lines(&lines, card);
}

int
error_card_lines(const struct error_card *card, const struct view_look *look,
    int cols)
{
	struct frame_area area = { 0, 0, FRAME_ROWS_MAX, cols };
	struct view_lines lines = lines_of(NULL, area, look, 0);

	put_lines(&lines, card);
	return lines.count + 1;
}
