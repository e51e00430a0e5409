/*
 * The screen of bans as a whole: opening and leaving a group, what each action
 * goes to, what the frame and the chrome are told.
 */
#include "bantop/app/bans_screen.h"

#include <stdio.h>
#include <string.h>

#include "bantop/app/ticket.h"

/* For the keys of the next turn and its work: a key has no more to wait for
 * than that. */
static void
grant_steps(struct bans_screen *screen)
{
	ban_query_refill(screen->query, BAN_QUERY_STEPS);
	screen->steps = BAN_QUERY_STEPS;
}

void
bans_screen_init(struct bans_screen *screen, struct ui_context *context)
{
	const struct settings *settings = context->settings;

	*screen = (struct bans_screen){
		.context = context,
		.query = ban_query_create(),
		.time = context->state.time,
		.cursor_row = BAN_ROW_NONE,
		.range_row = BAN_ROW_NONE,
		.nick_row = BAN_ROW_NONE,
		.plan = { .next_ms = INT64_MAX },
	};
	buf_init(&screen->nick, BAN_ACCOUNT_MAX * 4);
	buf_init(&screen->ticket, TICKET_TEXT_MAX);
	ban_query_set_sort(screen->query, settings->sort,
	    settings->sort_descending);
	grant_steps(screen);
}

void
bans_screen_release(struct bans_screen *screen)
{
	bans_screen_close(screen);
	ban_query_destroy(screen->query);
	ban_filter_destroy(screen->finder);
	marks_release(&screen->marks);
	bans_changes_release(&screen->changes);
	buf_release(&screen->nick);
	buf_release(&screen->ticket);
}

void
bans_screen_close(struct bans_screen *screen)
{
	if (screen->load.list == NULL)
		return;
	bans_file_finish(screen);
	bans_walk_forget(screen);
	bans_pane_forget_nick(screen);
	bans_load_close(screen);
	marks_move_release(&screen->move);
	marks_clear(&screen->marks);
	ban_filter_destroy(screen->finder);
	screen->finder = NULL;
	screen->find[0] = '\0';
	screen->cursor = 0;
	screen->cursor_row = BAN_ROW_NONE;
	screen->range_row = BAN_ROW_NONE;
	screen->top = 0;
	screen->scroll_cols = 0;
	screen->pane = BANS_PANE_NONE;
	bans_pane_forget_counts(screen);
	screen->changes.begun = false;
	screen->stale = false;
	screen->behind = false;
	screen->preparing = false;
	ban_query_set_filter(screen->query, NULL);
}

/* --filter is for the first group that is opened. */
static void
take_first_filter(struct bans_screen *screen)
{
	const char *text = screen->context->settings->filter;
	struct err err = { .kind = ERR_NONE };

	if (text == NULL || screen->group[0] != '\0')
		return;
	if (!bans_screen_answer(screen, UI_PROMPT_KEEP_ONLY, text, &err))
		ui_context_fail(screen->context, &err);
}

void
bans_screen_open(struct bans_screen *screen, const char *group)
{
	struct ui_context *context = screen->context;
	char opened[GROUP_ID_SEEN_MAX + 1];

	(void)snprintf(opened, sizeof opened, "%s", group);
	bans_screen_close(screen);
	if (screen->group[0] != '\0')
		ui_context_hush(context);
	take_first_filter(screen);
	if (strcmp(screen->group, opened) != 0)
		memcpy(screen->previous_group, screen->group,
		    sizeof screen->previous_group);
	memcpy(screen->group, opened, sizeof screen->group);
	screen->group_name[0] = '\0';
	screen->remembered = false;
	bans_load_open(screen);
	/* A key that came with this one finds no row of the list before. */
	bans_table_update(screen);
	context->dirty = true;
}

/* A group is remembered when the service has shown it: a mistyped id is none
 * to come back to. */
static void
remember(struct bans_screen *screen)
{
	struct ui_context *context = screen->context;

	if (screen->remembered || context->region == NULL ||
	    ban_list_pages(screen->load.list) == 0)
		return;
	screen->remembered = true;
	state_use_group(&context->state, context->region->key, screen->group,
	    clock_wall_s(context->clock));
	context->state_changed = true;
}

static void
next_zone(struct ui_context *context)
{
	struct err err = { .kind = ERR_NONE };

	switch (context->zone) {
	case UI_ZONE_LOCAL:
		context->zone = UI_ZONE_UTC;
		break;
	case UI_ZONE_UTC:
		context->zone = context->settings->zone != NULL
		    ? UI_ZONE_CONFIGURED
		    : UI_ZONE_LOCAL;
		break;
	case UI_ZONE_CONFIGURED:
		context->zone = UI_ZONE_LOCAL;
		break;
	}
	moment_use_start_zone();
	context->look.zone = MOMENT_LOCAL;
	if (context->zone == UI_ZONE_UTC)
		context->look.zone = MOMENT_UTC;
	else if (context->zone == UI_ZONE_CONFIGURED &&
	    !moment_use_zone(context->settings->zone, &err))
		ui_context_fail(context, &err);
	context->dirty = true;
}

static enum ui_move
act_on_list(struct bans_screen *screen, enum action action)
{
	switch ((int)action) {
	case ACTION_REFRESH:
		if (bans_load_runs_all(screen))
			ui_context_say(screen->context, true,
			    "the whole list is being loaded: Esc stops that");
		else
			bans_load_refresh(screen);
		return UI_STAY;
	case ACTION_LOAD_ALL:
		bans_load_all(screen);
		return UI_STAY;
	case ACTION_RETRY:
		bans_load_retry(screen);
		return UI_STAY;
	case ACTION_PAUSE:
		bans_load_pause(screen);
		return UI_STAY;
	case ACTION_TIME:
		screen->time = (enum bans_time)((screen->time + 1) %
		    (BANS_TIME_MOMENT + 1));
		screen->context->state.time = screen->time;
		screen->context->state_changed = true;
		screen->context->dirty = true;
		return UI_STAY;
	case ACTION_ZONE:
		/* A file is in one zone. */
		bans_file_finish(screen);
		next_zone(screen->context);
		return UI_STAY;
	default:
		return UI_PASS;
	}
}

static const char *
filter_text(const struct bans_screen *screen)
{
	const struct ban_filter *filter = ban_query_filter(screen->query);

	return filter != NULL ? ban_filter_text(filter) : "";
}

static enum ui_move
act_on_rest(struct bans_screen *screen, enum action action)
{
	struct ui_context *context = screen->context;

	switch ((int)action) {
	case ACTION_FIND:
		ui_context_ask_text(context, UI_PROMPT_FIND, "find", "");
		return UI_STAY;
	case ACTION_KEEP_ONLY:
		ui_context_ask_text(context, UI_PROMPT_KEEP_ONLY, "keep only",
		    filter_text(screen));
		return UI_STAY;
	case ACTION_PREVIOUS_GROUP:
		if (screen->previous_group[0] == '\0') {
			ui_context_say(context, true, "no group before this");
			return UI_STAY;
		}
		memcpy(context->wanted_group, screen->previous_group,
		    sizeof context->wanted_group);
		return UI_OPEN_GROUP;
	default:
		return UI_PASS;
	}
}

static enum ui_move
act_now(struct bans_screen *screen, enum action action)
{
	enum ui_move move = bans_pane_act(screen, action);

	if (move == UI_PASS)
		move = bans_table_act(screen, action);
	if (move == UI_PASS)
		move = act_on_list(screen, action);
	if (move == UI_PASS)
		move = bans_output_act(screen, action);
	if (move == UI_PASS)
		move = act_on_rest(screen, action);
	return move;
}

enum ui_move
bans_screen_act(struct bans_screen *screen, enum action action, struct key key)
{
	(void)key;
	if (screen->load.list == NULL)
		return UI_PASS;
	if (bans_walk_holds(screen, action))
		return UI_STAY;
	return act_now(screen, action);
}

bool
bans_screen_answer(struct bans_screen *screen, enum ui_prompt kind,
    const char *text, struct err *err)
{
	if (kind == UI_PROMPT_FIND && text[0] != '\0')
		return bans_walk_search(screen, text, err);
	if (kind == UI_PROMPT_FIND &&
	    !bans_walk_holds(screen, ACTION_FIND_NEXT))
		bans_walk_find(screen, true);
	if (kind == UI_PROMPT_KEEP_ONLY)
		return bans_table_filter(screen, text, err);
	if (kind == UI_PROMPT_WRITE)
		return bans_file_answer(screen, text, err);
	return true;
}

bool
bans_screen_escape(struct bans_screen *screen)
{
	struct ui_context *context = screen->context;

	if (screen->pane != BANS_PANE_NONE) {
		screen->pane = BANS_PANE_NONE;
	} else if (bans_walk_stop(screen) || bans_file_stop(screen) ||
	    bans_load_stop(screen)) {
		;
	} else if (ban_query_filter(screen->query) != NULL) {
		ban_query_set_filter(screen->query, NULL);
		bans_table_update(screen);
	} else if (screen->finder != NULL) {
		ban_filter_destroy(screen->finder);
		screen->finder = NULL;
		screen->find[0] = '\0';
	} else if (screen->marks.count > 0 ||
	    screen->range_row != BAN_ROW_NONE) {
		marks_clear(&screen->marks);
		screen->range_row = BAN_ROW_NONE;
	} else {
		return false;
	}
	context->dirty = true;
	return true;
}

bool
bans_screen_stop(struct bans_screen *screen)
{
	if (screen->nick_call != 0) {
		bans_pane_forget_nick(screen);
		screen->context->dirty = true;
		return true;
	}
	return bans_walk_stop(screen) || bans_file_stop(screen) ||
	    bans_load_stop(screen);
}

void
bans_screen_wake(struct bans_screen *screen)
{
	if (screen->load.list == NULL)
		return;
	screen->stale = true;
	screen->context->dirty = true;
	if (!screen->paused)
		bans_load_refresh(screen);
}

enum ui_move
bans_screen_run(struct bans_screen *screen)
{
	enum ui_move move = UI_STAY;
	enum action action;

	if (screen->load.list == NULL)
		return UI_STAY;
	bans_load_run(screen);
	bans_table_run(screen);
	bans_walk_run(screen);
	while (move == UI_STAY) {
		action = bans_walk_next(screen);
		if (action == ACTION_NONE)
			break;
		move = act_now(screen, action);
	}
	bans_file_run(screen);
	bans_pane_run(screen);
	remember(screen);
	bans_load_seen(screen);
	grant_steps(screen);
	return move;
}

int64_t
bans_screen_deadline_ms(const struct bans_screen *screen)
{
	if (screen->load.list == NULL)
		return INT64_MAX;
	if (screen->behind || screen->preparing || bans_walk_is_busy(screen) ||
	    screen->writing != NULL || bans_pane_is_behind(screen))
		return 0; /* as soon as keys and answers have had their turn */
	if (screen->paused)
		return INT64_MAX;
	return screen->plan.next_ms;
}

static bool
is_marked(size_t row, void *user)
{
	const struct bans_screen *screen = user;

	return marks_has(&screen->marks, row) || row == screen->range_row;
}

static struct bans_view
view_of(struct bans_screen *screen, const struct view_fetch *fetch)
{
	return (struct bans_view){
		.list = screen->load.list,
		.query = screen->query,
		.top = screen->top,
		.cursor = screen->cursor,
		.scroll_cols = screen->scroll_cols,
		.now_s = ui_context_service_now_s(screen->context),
		.time = screen->time,
		.find = screen->find,
		.find_len = strlen(screen->find),
		.is_marked = is_marked,
		.marked_user = screen,
		.fetch = fetch,
		.partial = bans_load_is_partial(screen),
		.as_of = ban_list_as_of(screen->load.list),
	};
}

static int64_t
until_second(const struct bans_screen *screen, int64_t seconds)
{
	int64_t wall_ms = clock_wall_ms(screen->context->clock);

	if (seconds == INT64_MAX)
		return INT64_MAX;
	return seconds * 1000 - wall_ms % 1000;
}

int64_t
bans_screen_next_change_ms(struct bans_screen *screen)
{
	const struct ban_filter *filter = ban_query_filter(screen->query);
	struct view_fetch fetch;
	struct bans_view view;
	int64_t rows_s, pane_s, fetch_ms, rows_ms;

	if (screen->load.list == NULL ||
	    !bans_load_describe_running(screen, &fetch))
		return INT64_MAX;
	view = view_of(screen, &fetch);
	rows_s =
	    bans_view_next_change(screen->area, &screen->context->look, &view);
	pane_s = bans_pane_next_change_s(screen);
	if (pane_s < rows_s)
		rows_s = pane_s;
	if (rows_s > 1 &&
	    ((filter != NULL && ban_filter_is_timed(filter)) ||
	        screen->pane == BANS_PANE_SUMMARY))
		rows_s = 1;
	rows_ms = until_second(screen, rows_s);
	fetch_ms = view_fetch_next_change_ms(&fetch, &screen->context->look);
	return fetch_ms < rows_ms ? fetch_ms : rows_ms;
}

void
bans_screen_draw(struct bans_screen *screen, struct frame *frame,
    struct frame_area area)
{
	struct frame_area below = { .rows = 0 };
	struct view_fetch fetch;
	struct bans_view view;
	int wanted = bans_pane_rows(screen);

	if (!bans_load_describe(screen, &fetch))
		return;
	if (wanted > 0) {
		below = view_pane_area(area, wanted);
		area.rows -= below.rows;
	}
	screen->area = area;
	bans_table_scroll(screen);
	view = view_of(screen, &fetch);
	bans_view_draw(frame, area, &screen->context->look, &view);
	if (wanted > 0)
		bans_pane_draw(screen, frame, below);
}

/* What runs or went wrong: of the refresh while there is one. */
void
bans_screen_describe(struct bans_screen *screen, struct chrome *chrome,
    struct chrome_list *list, struct view_fetch *fetch)
{
	if (!bans_load_describe(screen, fetch))
		return;
	*list = (struct chrome_list){
		.fetch = fetch,
		.rows = ban_list_count(screen->load.list),
		.filtered = ban_query_filter(screen->query) != NULL &&
		    ban_query_answers(screen->query),
		.shown = ban_query_count(screen->query),
		.marked = screen->marks.count,
		.as_of = ban_list_as_of(screen->load.list),
		.partial = bans_load_is_partial(screen),
		.stale = screen->stale,
		.paused = screen->paused,
	};
	chrome->group = screen->group;
	chrome->group_len = strlen(screen->group);
	chrome->group_name = screen->group_name;
	chrome->group_name_len = strlen(screen->group_name);
	chrome->list = list;
}

void
bans_screen_describe_activity(struct bans_screen *screen,
    struct chrome_activity *activity, struct view_fetch *fetch)
{
	if (!bans_load_describe_running(screen, fetch))
		return;
	activity->fetch = fetch;
	activity->rows = ban_list_count(screen->load.list);
	activity->work = bans_walk_word(screen);
	activity->work_stops = activity->work != NULL;
	if (!ban_query_answers(screen->query)) {
		activity->work = "arranging";
	} else if (activity->work == NULL && screen->writing != NULL) {
		activity->work = "writing";
		activity->work_stops = true;
	}
	activity->repeated = ban_list_repeated(screen->load.list);
	activity->unusable = ban_list_unusable(screen->load.list);
	activity->keep = filter_text(screen);
	activity->find = screen->find;
}
