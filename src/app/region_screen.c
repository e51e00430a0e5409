/*
 * Choosing a region. The cursor starts on the one used last.
 */
#include "bantop/app/region_screen.h"

#include <stdio.h>
#include <string.h>

#include "bantop/api/error_code.h"
#include "bantop/view/region_view.h"

static const struct region *
region_at(const struct region_screen *screen, size_t index)
{
	return &screen->context->settings->regions
	            .regions[screen->shown[index]];
}

static void
collect(struct region_screen *screen)
{
	const struct region_set *set = &screen->context->settings->regions;
	char text[REGION_KEY_MAX + REGION_NAME_MAX + REGION_HOST_MAX];
	const struct region *region;
	size_t i;

	screen->count = 0;
	for (i = 0; i < set->count; i++) {
		region = &set->regions[i];
		(void)snprintf(text, sizeof text, "%s %s %s", region->key,
		    region->name, region->host);
		if (picker_takes(&screen->picker, text, strlen(text)))
			screen->shown[screen->count++] = i;
	}
}

void
region_screen_select(struct region_screen *screen, const char *key)
{
	size_t i;

	for (i = 0; i < screen->count; i++)
		if (strcmp(region_at(screen, i)->key, key) == 0)
			screen->picker.cursor = i;
}

void
region_screen_init(struct region_screen *screen, struct ui_context *context)
{
	*screen = (struct region_screen){ .context = context };
	collect(screen);
	region_screen_select(screen, context->state.last_region);
}

static enum ui_move
choose(struct region_screen *screen)
{
	if (screen->count == 0)
		return UI_STAY;
	screen->context->region = region_at(screen, screen->picker.cursor);
	return UI_TO_GROUPS;
}

enum ui_move
region_screen_act(struct region_screen *screen, enum action action)
{
	if (picker_move(&screen->picker, action, screen->count,
	        region_view_window(screen->picker.area))) {
		screen->context->dirty = true;
		return UI_STAY;
	}
	switch ((int)action) {
	case ACTION_CHOOSE:
		return choose(screen);
	case ACTION_NARROW:
		ui_context_ask_text(screen->context, UI_PROMPT_NARROW, "narrow",
		    screen->picker.narrow);
		return UI_STAY;
	default:
		return UI_PASS;
	}
}

void
region_screen_narrow(struct region_screen *screen, const char *text)
{
	(void)snprintf(screen->picker.narrow, sizeof screen->picker.narrow,
	    "%s", text);
	collect(screen);
	screen->context->dirty = true;
}

/* Or of a group, or of what was asked: it says nothing of the region. */
static bool
concerns_region(const struct err *err)
{
	switch (err->kind) {
	case ERR_CREDENTIAL:
	case ERR_LOOKUP:
	case ERR_CONNECT:
	case ERR_TLS:
	case ERR_NETWORK:
	case ERR_TIMEOUT:
	case ERR_HTTP:
		return true;
	case ERR_SERVICE:
		return error_code_is_credential(err->code);
	case ERR_NONE:
	case ERR_USAGE:
	case ERR_CONFIG:
	case ERR_FILE:
	case ERR_DATA:
	case ERR_PAGING:
	case ERR_LIMIT:
	case ERR_CANCELLED:
		return false;
	}
	return false;
}

void
region_screen_note(struct region_screen *screen, const char *key,
    const struct err *err)
{
	const struct region_set *set = &screen->context->settings->regions;
	size_t i;

	if (!concerns_region(err))
		return;
	for (i = 0; i < set->count; i++)
		if (strcmp(set->regions[i].key, key) == 0)
			screen->errs[i] = *err;
}

static const char *
state_word(const struct region *region)
{
	if (region->state == REGION_CURRENT || region->state == REGION_ENDPOINT)
		return "";
	return region_state_name(region->state);
}

void
region_screen_draw(struct region_screen *screen, struct frame *frame,
    struct frame_area area)
{
	struct ui_context *context = screen->context;
	struct region_row rows[REGION_COUNT_MAX];
	const struct region *region;
	struct region_view view = { .rows = rows };
	size_t i;

	screen->picker.area = area;
	picker_clamp(&screen->picker, screen->count, region_view_window(area),
	    0);
	for (i = 0; i < screen->count; i++) {
		region = region_at(screen, i);
		rows[i] = (struct region_row){
			.key = region->key,
			.name = region->name,
			.host = region->host,
			.state = state_word(region),
			.used_at =
			    state_region_used_at(&context->state, region->key),
			.err = &screen->errs[screen->shown[i]],
		};
	}
	view.count = screen->count;
	view.total = context->settings->regions.count;
	view.top = screen->picker.top;
	view.cursor = screen->picker.cursor;
	view.narrow = screen->picker.narrow;
	view.now_s = clock_wall_s(context->clock);
	region_view_draw(frame, area, &context->look, &view);
}
