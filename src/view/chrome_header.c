/*
 * The two lines at the top. What does not fit leaves in the order that the
 * header promises; nothing is cut in the middle of a number.
 */
#include "bantop/view/chrome.h"

#include <stdio.h>
#include <string.h>

#include "view/view_priv.h"

enum {
	ITEM_TEXT_MAX = 2600,
	ITEMS_MAX = 10,
	GROUP_COLS_MIN = 10,
	COUNT_LEAVES = 4, /* before it goes the group is cut */
};

/* A piece of a header line. */
struct item {
	enum style_role role;
	int leaves;  /* the lowest leaves first; 0 stays */
	bool right;  /* stands at the right end */
	bool joined; /* belongs to the one before it: one blank */
	char text[ITEM_TEXT_MAX];
};

struct items {
	size_t count;
	int gap_right; /* blanks between those at the right */
	bool can_cut;  /* the first one may be cut in the middle */
	struct item items[ITEMS_MAX];
};

enum { GAP_LEFT = 2 };

/* The room of their texts, 26 kB, is not cleared for it. */
static void
begin(struct items *items, int gap_right, bool can_cut)
{
	items->count = 0;
	items->gap_right = gap_right;
	items->can_cut = can_cut;
}

static struct item *
add(struct items *items, enum style_role role, int leaves, bool right)
{
	struct item *item = &items->items[items->count++];

	item->role = role;
	item->leaves = leaves;
	item->right = right;
	item->joined = false;
	item->text[0] = '\0';
	return item;
}

static void
add_text(struct items *items, enum style_role role, int leaves, bool right,
    const char *text)
{
	struct item *item;

	if (text[0] == '\0')
		return;
	item = add(items, role, leaves, right);
	(void)snprintf(item->text, sizeof item->text, "%s", text);
}

static void
add_outside(struct items *items, enum style_role role, int leaves,
    const struct view_look *look, const char *text, size_t len)
{
	struct item *item;

	if (len == 0)
		return;
	item = add(items, role, leaves, false);
	(void)text_make_safe(text, len, look->mode, item->text,
	    sizeof item->text);
}

/* The last one stands close to the one before it. */
static void
join(struct items *items)
{
	if (items->count > 1)
		items->items[items->count - 1].joined = true;
}

static int
item_width(const struct item *item)
{
	return text_width_cols(item->text, strlen(item->text));
}

/* Blanks before it, unless it is the first. */
static int
item_gap(const struct items *items, const struct item *item)
{
	if (item->joined)
		return 1;
	return item->right ? items->gap_right : GAP_LEFT;
}

static int
items_width(const struct items *items)
{
	int width = 0;
	size_t i;

	for (i = 0; i < items->count; i++)
		width += item_width(&items->items[i]) +
		    (i > 0 ? item_gap(items, &items->items[i]) : 0);
	return width;
}

/* The one that leaves first, or NULL if all stay. */
static struct item *
next_to_leave(struct items *items)
{
	struct item *found = NULL;
	size_t i;

	for (i = 0; i < items->count; i++) {
		struct item *item = &items->items[i];

		if (item->leaves > 0 &&
		    (found == NULL || item->leaves < found->leaves))
			found = item;
	}
	return found;
}

/* @return columns that the first item must then be cut by; above 0 only if
 * nothing more can leave. */
static int
drop_items(struct items *items, int room)
{
	int over = items_width(items) - room;
	struct item *item = next_to_leave(items);

	while (over > 0 && item != NULL) {
		size_t index = (size_t)(item - items->items);
		int first = item_width(&items->items[0]) - over;

		if (items->can_cut && item->leaves >= COUNT_LEAVES &&
		    first >= GROUP_COLS_MIN)
			break;
		items->count--;
		memmove(item, item + 1, (items->count - index) * sizeof *item);
		over = items_width(items) - room;
		item = next_to_leave(items);
	}
	return over > 0 ? over : 0;
}

static void
draw_items(struct pen pen, struct items *items)
{
	int over = drop_items(items, pen_room(&pen));
	int right = -items->gap_right;
	size_t i;

	for (i = 0; i < items->count; i++) {
		const struct item *item = &items->items[i];
		int width = item_width(item);

		if (item->right) {
			right += width + items->gap_right;
			continue;
		}
		if (i == 0)
			width -= over;
		pen_skip(&pen, i > 0 ? item_gap(items, item) : 0);
		(void)pen_put_safe(&pen, item->role, item->text,
		    strlen(item->text), width, VIEW_CUT_MIDDLE);
	}
	pen_move(&pen, pen.end - right);
	for (i = 0; i < items->count; i++)
		if (items->items[i].right) {
			pen_put(&pen, items->items[i].role,
			    items->items[i].text);
			pen_skip(&pen, items->gap_right);
		}
}

static void
add_clock(struct items *items, const struct chrome *chrome)
{
	int64_t offset = chrome->clock_offset_s;
	int64_t size = offset < 0 ? -offset : offset;
	bool warned = size > CHROME_CLOCK_WARNED_S;
	char text[48];

	if (!chrome->clock_known || size <= CHROME_CLOCK_SHOWN_S)
		return;
	(void)snprintf(text, sizeof text, "clock %s%+llds",
	    warned ? "off " : "", (long long)offset);
	add_text(items, warned ? STYLE_WARNING : STYLE_TEXT, 7, true, text);
}

static void
draw_first(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct chrome *chrome)
{
	struct items items;
	char zone[MOMENT_TEXT_MAX];
	char text[64];

	begin(&items, 2, false);
	add_text(&items, STYLE_TITLE, 4, false, "bantop");
	add_outside(&items, STYLE_MARKER, 0, look, chrome->marker,
	    strlen(chrome->marker));
	add_outside(&items, STYLE_PLACE, 0, look, chrome->region_key,
	    strlen(chrome->region_key));
	add_outside(&items, STYLE_TEXT, chrome->region_key[0] == '\0' ? 0 : 5,
	    look, chrome->region_name, strlen(chrome->region_name));
	if (chrome->region_key[0] != '\0' && chrome->region_name[0] != '\0')
		join(&items);
	if (chrome->app_id != 0) {
		(void)snprintf(text, sizeof text, "app %lu",
		    (unsigned long)chrome->app_id);
		add_text(&items, STYLE_TEXT, 3, false, text);
	}
	add_text(&items, STYLE_DIM, 2, false, "read-only");
	if (chrome->rate_in_use > 0) {
		(void)snprintf(text, sizeof text, "%d of %d/s",
		    chrome->rate_in_use, chrome->rate_max);
		/* It comes and goes: nothing else shall for its sake. */
		add_text(&items, STYLE_DIM, 1, true, text);
	}
	add_clock(&items, chrome);
	(void)moment_write_offset(chrome->now_s, look->zone, zone);
	add_text(&items, STYLE_TEXT, 6, true, zone);
	draw_items(pen_at(frame, area, look, 0), &items);
}

static const char *
state_words(const struct chrome_list *list)
{
	switch (list->fetch->state) {
	case VIEW_FETCH_NONE:
		return "";
	case VIEW_FETCH_MORE:
	case VIEW_FETCH_LOADING:
	case VIEW_FETCH_WAITING:
		return ", more";
	case VIEW_FETCH_FAILED:
		return ", failed";
	case VIEW_FETCH_STOPPED:
		return ", stopped";
	case VIEW_FETCH_BROKEN:
		return ", broken off";
	case VIEW_FETCH_FULL:
		return ", cut";
	case VIEW_FETCH_COMPLETE:
		return ", complete";
	}
	return "";
}

static void
add_list(struct items *items, const struct view_look *look,
    const struct chrome_list *list)
{
	char rows[VIEW_NUMBER_MAX], shown[VIEW_NUMBER_MAX];
	char text[128], time[MOMENT_TEXT_MAX];

	(void)num_write_grouped((int64_t)list->rows, rows);
	(void)num_write_grouped((int64_t)list->shown, shown);
	if (list->marked > 0) {
		char marked[VIEW_NUMBER_MAX];

		(void)num_write_grouped((int64_t)list->marked, marked);
		(void)snprintf(text, sizeof text, "%s marked", marked);
		add_text(items, STYLE_MARKED, 2, true, text);
	}
	(void)snprintf(text, sizeof text, "%s%s%s loaded%s",
	    list->filtered ? shown : "", list->filtered ? " of " : "", rows,
	    state_words(list));
	if (list->as_of != 0 || list->rows > 0)
		add_text(items, STYLE_TEXT, COUNT_LEAVES, true, text);
	if (list->as_of != 0) {
		(void)moment_write_time(list->as_of, look->zone, time);
		(void)snprintf(text, sizeof text, "as of %s", time);
		add_text(items, STYLE_TEXT, 3, true, text);
	}
	add_text(items, STYLE_PARTIAL, 0, true, list->partial ? "PARTIAL" : "");
	add_text(items, STYLE_STALE, 0, true, list->stale ? "STALE" : "");
	add_text(items, STYLE_WARNING, 0, true, list->paused ? "PAUSED" : "");
}

static void
draw_second(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct chrome *chrome, int row)
{
	struct items items;

	begin(&items, 3, chrome->group_len > 0);
	add_outside(&items, STYLE_PLACE, 0, look, chrome->group,
	    chrome->group_len);
	add_outside(&items, STYLE_TEXT, 1, look, chrome->group_name,
	    chrome->group_name_len);
	add_text(&items, STYLE_TITLE, 0, chrome->group_len > 0, chrome->title);
	if (chrome->list != NULL)
		add_list(&items, look, chrome->list);
	draw_items(pen_at(frame, area, look, row), &items);
}

void
chrome_draw_header(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct chrome *chrome)
{
	if (area.rows == 1 && (chrome->group_len > 0 || chrome->title[0])) {
		draw_second(frame, area, look, chrome, 0);
		return;
	}
	draw_first(frame, area, look, chrome);
	draw_second(frame, area, look, chrome, 1);
}
