/*
 * The rows of the group screen: configured and pinned groups first, then recent
 * ones, then the application's own that are not among them; narrowed. Collected
 * anew when something changed.
 */
#include "bantop/app/group_screen.h"

#include <string.h>

#include "bantop/base/mem.h"

enum { DIGITS = 10 };

const char *
group_rows_region(const struct group_screen *screen)
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

bool
group_rows_is_configured(const struct group_screen *screen, const char *id)
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
		if (!group->pinned ||
		    group_rows_is_configured(screen, group->id) ||
		    strcmp(group->region, group_rows_region(screen)) != 0)
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
	    state_find_group(&screen->context->state, group_rows_region(screen),
	        id);

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
		    group_rows_is_configured(screen, state->groups[i].id) ||
		    strcmp(state->groups[i].region,
		        group_rows_region(screen)) != 0)
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
		if (group_rows_is_configured(screen, item.id) ||
		    state_find_group(&screen->context->state,
		        group_rows_region(screen), item.id) != NULL)
			continue;
		add(screen, &item);
	}
}

void
group_rows_collect(struct group_screen *screen)
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

const char *
group_screen_complete(struct group_screen *screen, const char *begin,
    size_t len)
{
	size_t i;

	group_rows_collect(screen);
	for (i = 0; i < screen->count; i++)
		if (strncmp(screen->items[i].id, begin, len) == 0)
			return screen->items[i].id;
	return NULL;
}
