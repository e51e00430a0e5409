/*
 * The table: moving, ordering, filtering, marking. The cursor is a row of the
 * list, which keeps its number; where it stands in the view follows from the
 * query. What goes over all rows for it: see bans_walk.c.
 */
#include "bantop/app/bans_screen.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const enum ban_column columns[] = {
	BAN_COLUMN_NONE,
	BAN_COLUMN_ACCOUNT,
	BAN_COLUMN_REMAINING,
	BAN_COLUMN_UNTIL,
	BAN_COLUMN_STATE,
};
enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

size_t
bans_table_row(const struct bans_screen *screen)
{
	if (screen->cursor >= ban_query_count(screen->query))
		return BAN_ROW_NONE;
	return ban_query_row(screen->query, screen->cursor);
}

void
bans_table_scroll(struct bans_screen *screen)
{
	int window = bans_view_window(screen->area);

	screen->top = view_scroll(screen->top, screen->cursor,
	    ban_query_count(screen->query), window > 0 ? (size_t)window : 1,
	    BANS_VIEW_TAIL);
}

void
bans_table_update(struct bans_screen *screen)
{
	bool answered = ban_query_answers(screen->query);
	size_t count, index;
	uint64_t version;

	if (screen->load.list == NULL)
		return;
	screen->behind = !ban_query_update(screen->query, screen->load.list,
	    ui_context_service_now_s(screen->context));
	if (!answered && ban_query_answers(screen->query)) {
		bans_pane_forget_counts(screen);
		screen->context->dirty = true;
	}
	count = ban_query_count(screen->query);
	version = ban_query_version(screen->query);
	index = BAN_ROW_NONE;
	if (screen->cursor_row != BAN_ROW_NONE)
		index = version == screen->cursor_version
		    ? screen->cursor
		    : ban_query_index(screen->query, screen->cursor_row);
	screen->cursor_version = version;
	if (index != BAN_ROW_NONE)
		screen->cursor = index;
	else if (screen->cursor >= count)
		screen->cursor = count > 0 ? count - 1 : 0;
	screen->cursor_row = bans_table_row(screen);
	bans_table_scroll(screen);
}

void
bans_table_run(struct bans_screen *screen)
{
	const struct ban_filter *filter = ban_query_filter(screen->query);
	uint64_t version = ban_list_version(screen->load.list);

	if (version == screen->query_version && !screen->behind &&
	    (filter == NULL || !ban_filter_is_timed(filter)))
		return;
	screen->query_version = version;
	bans_table_update(screen);
}

void
bans_table_go(struct bans_screen *screen, size_t index)
{
	screen->cursor = index;
	screen->cursor_row = bans_table_row(screen);
	bans_table_scroll(screen);
	bans_load_seen(screen);
	screen->context->dirty = true;
}

void
bans_table_point(struct bans_screen *screen, int frame_row)
{
	struct bans_view view = { .list = screen->load.list,
		.query = screen->query,
		.top = screen->top };
	size_t index = bans_view_index_at(screen->area, &view, frame_row);

	if (index != BAN_ROW_NONE)
		bans_table_go(screen, index);
}

static bool
move(struct bans_screen *screen, enum action action)
{
	int window = bans_view_window(screen->area);
	size_t count = ban_query_count(screen->query);
	size_t cursor = screen->cursor;
	bool was_last = count == 0 || cursor == count - 1;

	if (!ui_context_move(action, count, window > 0 ? (size_t)window : 1,
	        screen->top, &cursor))
		return false;
	if (action == ACTION_LAST && was_last &&
	    !bans_load_is_complete(screen)) {
		bans_load_all(screen);
		return true;
	}
	bans_table_go(screen, cursor);
	return true;
}

static size_t
place_of(enum ban_column column)
{
	size_t i;

	for (i = 0; i < COLUMN_COUNT; i++)
		if (columns[i] == column)
			return i;
	return 0;
}

static void
sort_by(struct bans_screen *screen, enum ban_column column, bool descending)
{
	ban_query_set_sort(screen->query, column, descending);
	bans_table_update(screen);
	screen->context->dirty = true;
}

static void
sort_aside(struct bans_screen *screen, size_t by)
{
	enum ban_column column;
	bool descending;

	column = ban_query_sort(screen->query, &descending);
	column = columns[(place_of(column) + by) % COLUMN_COUNT];
	sort_by(screen, column, column != BAN_COLUMN_NONE && descending);
}

static void
sort_invert(struct bans_screen *screen)
{
	enum ban_column column;
	bool descending;

	column = ban_query_sort(screen->query, &descending);
	if (column == BAN_COLUMN_NONE)
		ui_context_say(screen->context, true,
		    "the service's order has no reverse: choose a column "
		    "with < or >");
	else
		sort_by(screen, column, !descending);
}

bool
bans_table_filter(struct bans_screen *screen, const char *text, struct err *err)
{
	struct ban_filter *filter = NULL;

	if (text[0] != '\0') {
		filter = ban_filter_create(text, strlen(text), err);
		if (filter == NULL)
			return false;
	}
	bans_walk_finish(screen);
	ban_query_set_filter(screen->query, filter);
	bans_pane_forget_counts(screen);
	bans_table_update(screen);
	screen->context->dirty = true;
	return true;
}

static void
scroll_aside(struct bans_screen *screen, int by)
{
	struct bans_view view = { .list = screen->load.list,
		.query = screen->query,
		.top = screen->top,
		.cursor = screen->cursor,
		.time = screen->time };
	int most =
	    bans_view_scroll_max(screen->area, &screen->context->look, &view);

	screen->scroll_cols += by;
	if (screen->scroll_cols > most)
		screen->scroll_cols = most;
	if (screen->scroll_cols < 0)
		screen->scroll_cols = 0;
	screen->context->dirty = true;
}

static void
mark_and_move(struct bans_screen *screen)
{
	size_t row = bans_table_row(screen);

	if (row == BAN_ROW_NONE)
		return;
	if (!marks_set(&screen->marks, screen->load.list, row,
	        !marks_has(&screen->marks, row)))
		ui_context_say(screen->context, true,
		    "this account cannot be used: it cannot be marked");
	(void)move(screen, ACTION_DOWN);
}

static void
mark_range(struct bans_screen *screen)
{
	size_t begin;

	if (bans_table_row(screen) == BAN_ROW_NONE)
		return;
	begin = screen->range_row == BAN_ROW_NONE
	    ? BAN_ROW_NONE
	    : ban_query_index(screen->query, screen->range_row);
	if (begin == BAN_ROW_NONE) {
		screen->range_row = bans_table_row(screen);
		ui_context_say(screen->context, false,
		    "range begins here: move, then v marks it");
		return;
	}
	screen->range_row = BAN_ROW_NONE;
	if (begin <= screen->cursor)
		bans_walk_mark_range(screen, begin, screen->cursor);
	else
		bans_walk_mark_range(screen, screen->cursor, begin);
}

static bool
act_on_marks(struct bans_screen *screen, enum action action)
{
	switch ((int)action) {
	case ACTION_MARK:
		mark_and_move(screen);
		return true;
	case ACTION_MARK_RANGE:
		mark_range(screen);
		return true;
	case ACTION_MARK_ALL:
		bans_walk_mark_all(screen);
		return true;
	case ACTION_MARK_NONE:
		marks_clear(&screen->marks);
		screen->range_row = BAN_ROW_NONE;
		screen->context->dirty = true;
		return true;
	default:
		return false;
	}
}

static bool
act_on_order(struct bans_screen *screen, enum action action)
{
	switch ((int)action) {
	case ACTION_SORT_LEFT:
		sort_aside(screen, COLUMN_COUNT - 1);
		return true;
	case ACTION_SORT_RIGHT:
		sort_aside(screen, 1);
		return true;
	case ACTION_SORT_INVERT:
		sort_invert(screen);
		return true;
	case ACTION_SORT_SOONEST:
		sort_by(screen, BAN_COLUMN_UNTIL, false);
		return true;
	default:
		return false;
	}
}

enum ui_move
bans_table_act(struct bans_screen *screen, enum action action)
{
	if (move(screen, action) || act_on_marks(screen, action) ||
	    act_on_order(screen, action))
		return UI_STAY;
	switch ((int)action) {
	case ACTION_LEFT:
		scroll_aside(screen, -8);
		return UI_STAY;
	case ACTION_RIGHT:
		scroll_aside(screen, 8);
		return UI_STAY;
	case ACTION_FIND_NEXT:
		bans_walk_find(screen, true);
		return UI_STAY;
	case ACTION_FIND_PREVIOUS:
		bans_walk_find(screen, false);
		return UI_STAY;
	default:
		return UI_PASS;
	}
}
