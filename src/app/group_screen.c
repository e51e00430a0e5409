/*
 * Choosing a group. The rows are collected anew when something changed:
 * configured and pinned groups first, then recent ones, then the application's
 * own that are not among them.
 */
#include "bantop/app/group_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

enum { DIGITS = 10 };

static const char *
region_key(const struct group_screen *screen)
{
	const struct region *region = screen->context->region;

	return region != NULL ? region->key : "";
}

static size_t
fetched_count(const struct group_screen *screen)
{
	struct group_fetch_status status;

	if (screen->fetch == NULL)
		return 0;
	group_fetch_status(screen->fetch, &status);
	return status.count;
}

static size_t
find_info(const struct group_screen *screen, const char *id)
{
	size_t i, count = fetched_count(screen);

	for (i = 0; i < count; i++)
		if (strcmp(group_fetch_at(screen->fetch, i)->id, id) == 0)
			return i;
	return SIZE_MAX;
}

const struct group *
group_screen_info(const struct group_screen *screen, const char *id)
{
	size_t at = find_info(screen, id);

	return at != SIZE_MAX ? group_fetch_at(screen->fetch, at) : NULL;
}

static bool
is_taken(const struct group_screen *screen, const struct group_item *item)
{
	const struct group *info;

	if (picker_takes(&screen->picker, item->id, strlen(item->id)))
		return true;
	if (item->info == SIZE_MAX)
		return false;
	info = group_fetch_at(screen->fetch, item->info);
	return picker_takes(&screen->picker, info->name, strlen(info->name)) ||
	    picker_takes(&screen->picker, info->type, strlen(info->type));
}

static void
add(struct group_screen *screen, const struct group_item *item)
{
	screen->total++;
	if (!is_taken(screen, item))
		return;
	if (screen->count == screen->cap) {
		screen->cap = screen->cap * 2 + 64;
		screen->items =
		    mem_grow(screen->items, screen->cap, sizeof *screen->items);
	}
	screen->items[screen->count++] = *item;
}

static bool
is_configured(const struct group_screen *screen, const char *id)
{
	const struct settings *settings = screen->context->settings;
	size_t i;

	for (i = 0; i < settings->group_count; i++)
		if (strcmp(settings->groups[i], id) == 0)
			return true;
	return false;
}

/* The n-th of the configured and pinned ones, from 0; NULL behind the last. */
static const char *
pinned_at(const struct group_screen *screen, size_t n)
{
	const struct settings *settings = screen->context->settings;
	const struct state *state = &screen->context->state;
	const struct state_group *group;
	size_t i;

	if (n < settings->group_count)
		return settings->groups[n];
	n -= settings->group_count;
	for (i = 0; i < state->group_count; i++) {
		group = &state->groups[i];
		if (!group->pinned || is_configured(screen, group->id) ||
		    strcmp(group->region, region_key(screen)) != 0)
			continue;
		if (n == 0)
			return group->id;
		n--;
	}
	return NULL;
}

const char *
group_screen_pinned(struct group_screen *screen, int digit)
{
	return pinned_at(screen, digit == 0 ? DIGITS - 1 : (size_t)(digit - 1));
}

static int64_t
used_at(const struct group_screen *screen, const char *id)
{
	const struct state_group *group =
	    state_find_group(&screen->context->state, region_key(screen), id);

	return group != NULL ? group->used_at : 0;
}

static void
collect_pinned(struct group_screen *screen)
{
	struct group_item item = { .kind = GROUP_ROW_PINNED };
	size_t n;

	for (n = 0;; n++) {
		item.id = pinned_at(screen, n);
		if (item.id == NULL)
			return;
		item.digit = n < DIGITS ? (int)((n + 1) % DIGITS) : -1;
		item.info = find_info(screen, item.id);
		item.used_at = used_at(screen, item.id);
		add(screen, &item);
	}
}

static void
collect_recent(struct group_screen *screen)
{
	struct group_item item = { .kind = GROUP_ROW_RECENT, .digit = -1 };
	const struct state *state = &screen->context->state;
	size_t i;

	for (i = 0; i < state->group_count; i++) {
		if (state->groups[i].pinned ||
		    is_configured(screen, state->groups[i].id) ||
		    strcmp(state->groups[i].region, region_key(screen)) != 0)
			continue;
		item.id = state->groups[i].id;
		item.info = find_info(screen, item.id);
		item.used_at = state->groups[i].used_at;
		add(screen, &item);
	}
}

static void
collect_fetched(struct group_screen *screen)
{
	struct group_item item = { .kind = GROUP_ROW_FETCHED, .digit = -1 };
	size_t i, count = fetched_count(screen);

	for (i = 0; i < count; i++) {
		item.id = group_fetch_at(screen->fetch, i)->id;
		item.info = i;
		if (is_configured(screen, item.id) ||
		    state_find_group(&screen->context->state,
		        region_key(screen), item.id) != NULL)
			continue;
		add(screen, &item);
	}
}

static void
collect(struct group_screen *screen)
{
	if (!screen->changed)
		return;
	screen->changed = false;
	screen->count = 0;
	screen->total = 0;
	collect_pinned(screen);
	collect_recent(screen);
	collect_fetched(screen);
}

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
	collect(screen);
	for (i = 0; i < screen->count; i++)
		if (strcmp(screen->items[i].id, id) == 0)
			screen->picker.cursor = i;
}

static const char *
selected(struct group_screen *screen)
{
	collect(screen);
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
	if (is_configured(screen, id)) {
		ui_context_say(context, true,
		    "this group stands in the configuration: always pinned");
		return;
	}
	group = state_find_group(&context->state, region_key(screen), id);
	pin = group == NULL || !group->pinned;
	if (!state_pin_group(&context->state, region_key(screen), id, pin))
		ui_context_say(context, true, "no room for more pins");
	ui_context_save_state(context);
	group_screen_select(screen, id);
	context->dirty = true;
}

static void
ask_to_forget(struct group_screen *screen)
{
	const char *id = selected(screen);

	if (id == NULL ||
	    state_find_group(&screen->context->state, region_key(screen), id) ==
	        NULL) {
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
	state_forget_group(&screen->context->state, region_key(screen), id);
	ui_context_save_state(screen->context);
	screen->changed = true;
	screen->context->dirty = true;
}

enum ui_move
group_screen_act(struct group_screen *screen, enum action action,
    struct key key)
{
	collect(screen);
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

	collect(screen);
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
	group_view_draw(frame, area, &screen->context->look, &view);
}
