/*
 * What stands behind the last row of the table of bans, or in the place of
 * all rows: the state of the list in words, and the next key. Nothing is
 * called complete but what the service has ended.
 */
#include <stdio.h>
#include <string.h>

#include "view/bans_priv.h"
#include "view/view_priv.h"

/* "E60007", or a word for the kind. */
static void
write_code(const struct err *err, char *out, size_t size)
{
	if (err == NULL || err->kind == ERR_NONE)
		(void)snprintf(out, size, "no answer");
	else if (err->kind == ERR_SERVICE)
		(void)snprintf(out, size, "E%d", err->code);
	else
		(void)snprintf(out, size, "%s", err_kind_name(err->kind));
}

static enum style_role
write_end(const struct bans_view *view, char *out, size_t size)
{
	const struct view_fetch *fetch = view->fetch;
	size_t all = ban_list_count(view->list);
	char code[40], rows[VIEW_NUMBER_MAX + 8], shown[VIEW_NUMBER_MAX];

	write_code(fetch->err, code, sizeof code);
	view_count_write(all, "row", rows, sizeof rows);
	(void)num_write_grouped((int64_t)bans_row_count(view), shown);
	out[0] = '\0';
	if (!ban_query_answers(view->query)) {
		(void)snprintf(out, size, "arranging the rows");
		return STYLE_NOTICE;
	}
	switch (fetch->state) {
	case VIEW_FETCH_NONE:
		break;
	case VIEW_FETCH_MORE:
		(void)snprintf(out, size, "%s",
		    view->partial ? "part of the list: A loads the rest"
		                  : "more: go on down, or A loads all");
		break;
	case VIEW_FETCH_LOADING:
		(void)snprintf(out, size, "loading");
		return STYLE_NOTICE;
	case VIEW_FETCH_WAITING:
		(void)snprintf(out, size,
		    "next page failed (%s): tried again soon", code);
		return STYLE_WARNING;
	case VIEW_FETCH_FAILED:
		(void)snprintf(out, size,
		    "next page failed (%s): r tries again", code);
		return STYLE_ERROR;
	case VIEW_FETCH_STOPPED:
		(void)snprintf(out, size, "stopped: r goes on, A loads all");
		return STYLE_WARNING;
	case VIEW_FETCH_BROKEN:
		(void)snprintf(out, size, "broken off (%s): r asks again",
		    code);
		return STYLE_ERROR;
	case VIEW_FETCH_FULL:
		(void)snprintf(out, size, "cut here: %s is the limit", rows);
		return STYLE_ERROR;
	case VIEW_FETCH_COMPLETE:
		if (bans_row_count(view) < all)
			(void)snprintf(out, size, "end of list: %s of %s",
			    shown, rows);
		else
			(void)snprintf(out, size, "end of list: %s", rows);
		break;
	}
	return STYLE_DIM;
}

void
bans_draw_end(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct bans_view *view)
{
	struct pen pen = pen_at(frame, area, look,
	    (int)(bans_row_count(view) - view->top) + 1);
	char text[VIEW_LINE_MAX];
	enum style_role role = write_end(view, text, sizeof text);

	pen_skip(&pen, BANS_GUTTER_COLS);
	pen_put_cut(&pen, role, text);
}

/* Nothing is known of the new view, also not that it is empty. */
static void
say_arranging(char first[VIEW_LINE_MAX], char second[VIEW_LINE_MAX])
{
	(void)snprintf(first, VIEW_LINE_MAX, "arranging the rows");
	second[0] = '\0';
}

static void
say_filtered(const struct bans_view *view, char first[VIEW_LINE_MAX],
    char second[VIEW_LINE_MAX])
{
	const struct ban_filter *filter = ban_query_filter(view->query);

	(void)snprintf(first, VIEW_LINE_MAX, "no row matches %.300s",
	    filter != NULL ? ban_filter_text(filter) : "");
	(void)snprintf(second, VIEW_LINE_MAX, "%sEsc clears the filter",
	    view->fetch->state == VIEW_FETCH_COMPLETE ? ""
	                                              : "A loads the rest, ");
}

static void
say_state(const struct bans_view *view, const struct view_look *look,
    char first[VIEW_LINE_MAX], char second[VIEW_LINE_MAX])
{
	const char *a = "", *b = "";
	char time[MOMENT_TEXT_MAX] = "";

	switch (view->fetch->state) {
	case VIEW_FETCH_NONE:
		break;
	case VIEW_FETCH_MORE:
		a = "nothing so far, and the list goes on";
		b = "A loads the rest";
		break;
	case VIEW_FETCH_LOADING:
		a = "loading";
		b = "Esc stops";
		break;
	case VIEW_FETCH_WAITING:
		a = "no answer yet: tried again soon";
		b = "r now, Esc stops, e says why";
		break;
	case VIEW_FETCH_FAILED:
	case VIEW_FETCH_BROKEN:
		a = "nothing loaded";
		b = "r tries again, e says why, q back";
		break;
	case VIEW_FETCH_STOPPED:
		a = "stopped before anything came";
		b = "r loads, q back";
		break;
	case VIEW_FETCH_FULL:
		a = "nothing fits";
		b = "q back";
		break;
	case VIEW_FETCH_COMPLETE:
		(void)moment_write_time(view->as_of, look->zone, time);
		a = "nobody is banned in this group";
		b = "R asks again, q back";
		break;
	}
	(void)snprintf(first, VIEW_LINE_MAX, "%s", a);
	(void)snprintf(second, VIEW_LINE_MAX, "%s%s%s%s",
	    time[0] != '\0' ? "as of " : "", time, time[0] != '\0' ? ": " : "",
	    b);
}

void
bans_draw_empty(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct bans_view *view)
{
	struct frame_area rest = area;
	char first[VIEW_LINE_MAX], second[VIEW_LINE_MAX];

	rest.row++;
	rest.rows--;
	if (view->list != NULL && !ban_query_answers(view->query))
		say_arranging(first, second);
	else if (view->list != NULL && ban_list_count(view->list) > 0)
		say_filtered(view, first, second);
	else
		say_state(view, look, first, second);
	view_put_empty(frame, rest, look, first, second);
	frame_set_cursor(frame, rest.row, rest.col);
}
