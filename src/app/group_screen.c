/*
 * Choosing a group: moving, pinning, typing, fetching. The rows come from
 * group_rows.c.
 */
#include "bantop/app/group_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/app/restricted_rules.h"

static void
fetch_changed(void *user)
{
	struct group_screen *screen = user;

	screen->changed = true;
	screen->context->dirty = true;
}

void
group_screen_init(struct group_screen *screen, struct ui_context *context)
{
	*screen = (struct group_screen){ .context = context, .changed = true };
}

void
group_screen_release(struct group_screen *screen)
{
	group_screen_close(screen);
	free(screen->items);
	screen->items = NULL;
}

void
group_screen_open(struct group_screen *screen)
{
	group_screen_close(screen);
	screen->fetch = group_fetch_create(screen->context->client,
	    screen->context->clock, "", fetch_changed, screen);
	screen->picker = (struct picker){ .cursor = 0 };
	screen->changed = true;
	group_screen_select(screen, screen->context->state.last_group);
}

void
group_screen_close(struct group_screen *screen)
{
	group_fetch_destroy(screen->fetch);
	screen->fetch = NULL;
	screen->changed = true;
	screen->count = 0;
}

void
group_screen_select(struct group_screen *screen, const char *id)
{
	size_t i;

	screen->changed = true;
	group_rows_collect(screen);
	for (i = 0; i < screen->count; i++)
		if (strcmp(screen->items[i].id, id) == 0)
			screen->picker.cursor = i;
}

static const char *
selected(struct group_screen *screen)
{
	group_rows_collect(screen);
	if (screen->picker.cursor >= screen->count)
		return NULL;
	return screen->items[screen->picker.cursor].id;
}

static enum ui_move
open_group(struct group_screen *screen, const char *id)
{
	if (id == NULL) {
		ui_context_say(screen->context, true,
		    "no group there: i types an id, R fetches them");
		return UI_STAY;
	}
	(void)snprintf(screen->context->wanted_group,
	    sizeof screen->context->wanted_group, "%s", id);
	return UI_OPEN_GROUP;
}

static void
toggle_pin(struct group_screen *screen)
{
	struct ui_context *context = screen->context;
	char id[GROUP_ID_SEEN_MAX + 1];
	const struct state_group *group;
	bool pin;

	if (selected(screen) == NULL)
		return;
	(void)snprintf(id, sizeof id, "%s", selected(screen));
	if (group_rows_is_configured(screen, id)) {
		ui_context_say(context, true,
		    "this group stands in the configuration: always pinned");
		return;
	}
	group =
	    state_find_group(&context->state, group_rows_region(screen), id);
	pin = group == NULL || !group->pinned;
	if (!state_pin_group(&context->state, group_rows_region(screen), id,
	        pin))
		ui_context_say(context, true, "no room for more pins");
	context->state_changed = true;
	group_screen_select(screen, id);
	context->dirty = true;
}

static void
ask_to_forget(struct group_screen *screen)
{
	const char *id = selected(screen);

	if (id == NULL ||
	    state_find_group(&screen->context->state, group_rows_region(screen),
	        id) == NULL) {
		ui_context_say(screen->context, true,
		    "only pinned and recent groups can be forgotten");
		return;
	}
	ui_context_ask(screen->context, UI_QUESTION_FORGET, "forget %s?", id);
}

void
group_screen_forget(struct group_screen *screen)
{
	const char *id = selected(screen);

	if (id == NULL)
		return;
	state_forget_group(&screen->context->state, group_rows_region(screen),
	    id);
	screen->context->state_changed = true;
	screen->changed = true;
	screen->context->dirty = true;
}

enum ui_move
group_screen_act(struct group_screen *screen, enum action action,
    struct key key)
{
	group_rows_collect(screen);
	if (picker_move(&screen->picker, action, screen->count,
	        group_view_window(screen->picker.area))) {
		screen->context->dirty = true;
		return UI_STAY;
	}
	switch ((int)action) {
	case ACTION_CHOOSE:
		return open_group(screen, selected(screen));
	case ACTION_PINNED:
		return open_group(screen,
		    group_screen_pinned(screen, (int)(key.code - '0')));
	case ACTION_NARROW:
		ui_context_ask_text(screen->context, UI_PROMPT_NARROW, "narrow",
		    screen->picker.narrow);
		return UI_STAY;
	case ACTION_TYPE_ID:
		ui_context_ask_text(screen->context, UI_PROMPT_GROUP_ID,
		    "group id", "");
		return UI_STAY;
	case ACTION_PIN:
		toggle_pin(screen);
		return UI_STAY;
	case ACTION_FORGET:
		ask_to_forget(screen);
		return UI_STAY;
	case ACTION_FETCH_GROUPS:
		group_fetch_start(screen->fetch);
		screen->context->dirty = true;
		return UI_STAY;
	default:
		return UI_PASS;
	}
}

void
group_screen_narrow(struct group_screen *screen, const char *text)
{
	(void)snprintf(screen->picker.narrow, sizeof screen->picker.narrow,
	    "%s", text);
	screen->changed = true;
	screen->context->dirty = true;
}

bool
group_screen_answer(struct group_screen *screen, const char *text,
    struct err *err)
{
	if (!group_id_check(text, strlen(text), err))
		return false;
	(void)open_group(screen, text);
	return true;
}

bool
group_screen_stop(struct group_screen *screen)
{
	struct group_fetch_status status;

	if (screen->fetch == NULL)
		return false;
	group_fetch_status(screen->fetch, &status);
	if (status.state != GROUP_FETCH_LISTING &&
	    status.state != GROUP_FETCH_FILLING)
		return false;
	group_fetch_stop(screen->fetch);
	fetch_changed(screen);
	return true;
}

void
group_screen_run(struct group_screen *screen)
{
	if (screen->fetch != NULL)
		group_fetch_run(screen->fetch);
}

int64_t
group_screen_deadline_ms(const struct group_screen *screen)
{
	if (screen->fetch == NULL)
		return INT64_MAX;
	return group_fetch_deadline_ms(screen->fetch);
}

static void
row_at(size_t index, struct group_row *out, void *user)
{
	const struct group_screen *screen = user;
	const struct group_item *item = &screen->items[index];
	const struct group *info;

	*out = (struct group_row){
		.kind = item->kind,
		.digit = item->digit,
		.id = item->id,
		.id_len = strlen(item->id),
		.name = "",
		.type = "",
		.member_num = -1,
		.used_at = item->used_at,
		.fault = "",
	};
	if (item->info == SIZE_MAX)
		return;
	info = group_fetch_at(screen->fetch, item->info);
	out->name = info->name;
	out->name_len = strlen(info->name);
	out->type = info->type;
	out->member_num = info->member_num;
	if (info->code != 0)
		out->fault = info->code_text;
}

static enum group_view_state
view_state(enum group_fetch_state state)
{
	switch (state) {
	case GROUP_FETCH_IDLE:
	case GROUP_FETCH_STOPPED:
		return GROUP_VIEW_IDLE;
	case GROUP_FETCH_LISTING:
	case GROUP_FETCH_FILLING:
		return GROUP_VIEW_LOADING;
	case GROUP_FETCH_FAILED:
		return GROUP_VIEW_FAILED;
	case GROUP_FETCH_COMPLETE:
		return GROUP_VIEW_COMPLETE;
	}
	return GROUP_VIEW_IDLE;
}

void
group_screen_draw(struct group_screen *screen, struct frame *frame,
    struct frame_area area)
{
	struct group_fetch_status status = { .state = GROUP_FETCH_IDLE };
	struct group_view view = { .at = row_at, .user = screen };

	group_rows_collect(screen);
	screen->picker.area = area;
	picker_clamp(&screen->picker, screen->count, group_view_window(area),
	    GROUP_VIEW_TAIL);
	if (screen->fetch != NULL)
		group_fetch_status(screen->fetch, &status);
	view.count = screen->count;
	view.total = screen->total;
	view.fetched = status.count;
	view.state = view_state(status.state);
	view.err = &status.err;
	view.top = screen->picker.top;
	view.cursor = screen->picker.cursor;
	view.narrow = screen->picker.narrow;
	view.now_s = clock_wall_s(screen->context->clock);
	view.fixed = restricted_has_fixed_groups(screen->context->settings);
	group_view_draw(frame, area, &screen->context->look, &view);
}
