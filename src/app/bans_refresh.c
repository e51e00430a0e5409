/*
 * A refresh that is in takes the place of what is shown, all at once: its rows
 * are in order and its marks are set by then. What goes over the rows that are
 * shown, or is being written, comes to its end first.
 */
#include "bantop/app/bans_screen.h"

static bool
is_in(const struct bans_screen *screen)
{
	struct ban_fetch_status status;

	if (screen->fresh.list == NULL)
		return false;
	ban_fetch_status(screen->fresh.fetch, &status);
	if (status.state == BAN_FETCH_COMPLETE ||
	    status.state == BAN_FETCH_FULL)
		return true;
	return !screen->fresh_all && status.state == BAN_FETCH_MORE &&
	    ban_list_count(screen->fresh.list) >= screen->fresh_rows;
}

/* The cursor and the marks go with their accounts. */
static void
take_over(struct bans_screen *screen)
{
	struct bans_load old = screen->load;
	size_t row = bans_table_row(screen);
	struct ban ban;

	marks_release(&screen->marks);
	screen->marks = screen->move.moved;
	screen->move = (struct marks_move){ .row = 0 };
	screen->cursor_row = BAN_ROW_NONE;
	if (row != BAN_ROW_NONE) {
		ban = ban_list_at(old.list, row);
		if ((ban.flags & BAN_UNUSABLE) == 0)
			screen->cursor_row = ban_list_find(screen->fresh.list,
			    ban.account, ban.account_len);
	}
	screen->range_row = BAN_ROW_NONE;
	screen->before_complete = bans_load_is_complete(screen);
	screen->load = screen->fresh;
	screen->fresh = (struct bans_load){ .list = NULL };
	screen->stale = false;
	bans_pane_forget_counts(screen);
	screen->changes.begun = false;
	bans_pane_follow_nick(screen, old.list);
	ban_fetch_destroy(old.fetch);
	first_seen_release(&old.seen);
	ban_list_destroy(screen->before);
	screen->before = old.list;
	refresh_plan_succeed(&screen->plan,
	    clock_mono_ms(screen->context->clock));
	bans_table_update(screen);
	screen->context->dirty = true;
}

/* In portions, each with what the one before has left of the turn's steps. */
static bool
is_prepared(struct bans_screen *screen)
{
	return ban_query_prepare(screen->query, screen->fresh.list,
	           ui_context_service_now_s(screen->context)) &&
	    marks_move_run(&screen->move, &screen->marks, screen->load.list,
	        screen->fresh.list, &screen->steps) &&
	    screen->walk.kind == BANS_WALK_NONE && screen->writing == NULL;
}

void
bans_refresh_run(struct bans_screen *screen)
{
	bool in = is_in(screen);

	if (!in)
		marks_move_release(&screen->move);
	screen->preparing = in && !is_prepared(screen);
	if (in && !screen->preparing)
		take_over(screen);
}
