/*
 * The frame of a turn: chrome, the open screen, and the prompt or question in
 * the place of the hints. A function of what control holds.
 */
#include "app/control_priv.h"

#include <stdio.h>
#include <string.h>

#include "bantop/view/prompt_view.h"

/* A hint names one action or a pair. */
struct hint {
	unsigned where; /* enum keymap_place */
	enum action action;
	enum action other;
	const char *label;
	bool stays;
};

static const struct hint hints[] = {
	{ KEYMAP_REGION, ACTION_CHOOSE, ACTION_NONE, "choose", true },
	{ KEYMAP_GROUP, ACTION_CHOOSE, ACTION_NONE, "open", true },
	{ KEYMAP_GROUP, ACTION_TYPE_ID, ACTION_NONE, "type an id", false },
	{ KEYMAP_GROUP, ACTION_FETCH_GROUPS, ACTION_NONE, "fetch groups",
	    false },
	{ KEYMAP_GROUP, ACTION_PIN, ACTION_NONE, "pin", false },
	{ KEYMAP_PICKERS, ACTION_NARROW, ACTION_NONE, "narrow", false },
	{ KEYMAP_BANS, ACTION_DETAILS, ACTION_NONE, "details", false },
	{ KEYMAP_BANS, ACTION_FIND, ACTION_NONE, "find", false },
	{ KEYMAP_BANS, ACTION_KEEP_ONLY, ACTION_NONE, "keep only", false },
	{ KEYMAP_BANS, ACTION_SORT_LEFT, ACTION_SORT_RIGHT, "sort", false },
	{ KEYMAP_BANS, ACTION_LOAD_ALL, ACTION_NONE, "load all", false },
	{ KEYMAP_BANS, ACTION_REFRESH, ACTION_NONE, "refresh", false },
	{ KEYMAP_ERRORS, ACTION_CHOOSE, ACTION_NONE, "card", false },
	{ KEYMAP_REQUESTS, ACTION_CHOOSE, ACTION_NONE, "all of it", false },
	{ KEYMAP_REQUESTS, ACTION_COPY, ACTION_NONE, "copy curl", false },
	{ KEYMAP_ERRORS | KEYMAP_REQUESTS, ACTION_DOWN, ACTION_UP, "move",
	    false },
	{ KEYMAP_HELP, ACTION_NARROW, ACTION_NONE, "narrow", false },
	{ KEYMAP_HELP, ACTION_DOWN, ACTION_UP, "scroll", false },
	{ KEYMAP_EVERYWHERE & ~(unsigned)KEYMAP_HELP, ACTION_HELP, ACTION_NONE,
	    "help", true },
	{ KEYMAP_EVERYWHERE, ACTION_BACK, ACTION_NONE, "back", true },
};
enum { HINT_COUNT = sizeof hints / sizeof hints[0] };

static void
draw_hints(struct control *control, struct frame *frame, struct frame_area area)
{
	unsigned place = control_place(control);
	const struct keymap *keymap = control->context->keymap;
	struct chrome_hint shown[HINT_COUNT];
	char keys[HINT_COUNT][2 * KEY_NAME_MAX], key[KEY_NAME_MAX];
	size_t i, n = 0;

	for (i = 0; i < HINT_COUNT; i++) {
		if ((hints[i].where & place) == 0)
			continue;
		(void)snprintf(keys[n], sizeof keys[n], "%s",
		    keymap_key_name(keymap, hints[i].action, place, key));
		if (keys[n][0] == '\0')
			continue;
		if (hints[i].other != ACTION_NONE)
			(void)snprintf(keys[n] + strlen(keys[n]),
			    sizeof keys[n] - strlen(keys[n]), " %s",
			    keymap_key_name(keymap, hints[i].other, place,
			        key));
		shown[n] = (struct chrome_hint){ .keys = keys[n],
			.label = hints[i].action == ACTION_BACK &&
			        control->depth == 1
			    ? "leave"
			    : hints[i].label,
			.stays = hints[i].stays };
		n++;
	}
	chrome_draw_hints(frame, area, &control->context->look, shown, n);
}

static void
draw_bottom(struct control *control, struct frame *frame,
    struct frame_area area)
{
	struct ui_context *context = control->context;
	const struct prompt *prompt = &context->prompt;
	struct prompt_view view = { .ghost = prompt->ghost };

	if (context->question != UI_QUESTION_NONE) {
		confirm_view_draw(frame, area, &context->look,
		    context->question_text);
		return;
	}
	if (!prompt_is_open(prompt)) {
		draw_hints(control, frame, area);
		return;
	}
	view.label = prompt->label;
	view.text = prompt->text;
	view.len = prompt->len;
	view.at = prompt->at;
	view.note = prompt->note;
	view.note_is_bad = prompt->note[0] != '\0';
	prompt_view_draw(frame, area, &context->look, &view);
}

static const char *
title_of(enum control_screen screen)
{
	switch (screen) {
	case CONTROL_REGION:
		return "choose a region";
	case CONTROL_GROUP:
		return "choose a group";
	case CONTROL_BANS:
		return "";
	case CONTROL_ERRORS:
		return "errors";
	case CONTROL_REQUESTS:
		return "requests";
	case CONTROL_HELP:
		return "help";
	case CONTROL_PLAIN:
		return "";
	}
	return "";
}

static void
describe(struct control *control, struct chrome *chrome)
{
	const struct ui_context *context = control->context;
	const struct region *region = context->region;
	const struct service_clock *clock;

	*chrome = (struct chrome){
		.marker = context->settings->marker,
		.region_key = "",
		.region_name = "",
		.app_id = context->credential != NULL
		    ? credential_app_id(context->credential)
		    : 0,
		.now_s = clock_wall_s(context->clock),
		.rate_max = context->settings->rate,
		.group = "",
		.group_name = "",
		.title = title_of(control_screen(control)),
	};
	if (region != NULL && control_screen(control) != CONTROL_REGION) {
		if (context->settings->regions.count > 1)
			chrome->region_key = region->key;
		chrome->region_name = region->name;
	}
	if (context->client == NULL)
		return;
	clock = client_service_clock(context->client);
	chrome->clock_known = service_clock_is_known(clock);
	chrome->clock_offset_s = service_clock_offset_s(clock);
	/* It ticks by itself. */
	if (!context->look.reader)
		chrome->rate_in_use = client_rate_in_use(context->client);
}

static void
draw_header(struct control *control, struct frame *frame,
    struct frame_area area)
{
	struct view_fetch fetch;
	struct chrome_list list;
	struct chrome chrome;

	describe(control, &chrome);
	if (control_screen(control) == CONTROL_BANS)
		bans_screen_describe(&control->bans, &chrome, &list, &fetch);
	chrome_draw_header(frame, area, &control->context->look, &chrome);
}

static void
draw_body(struct control *control, struct frame *frame, struct frame_area area)
{
	switch (control_screen(control)) {
	case CONTROL_REGION:
		region_screen_draw(&control->region, frame, area);
		return;
	case CONTROL_GROUP:
		group_screen_draw(&control->group, frame, area);
		return;
	case CONTROL_BANS:
		bans_screen_draw(&control->bans, frame, area);
		return;
	case CONTROL_ERRORS:
		errors_screen_draw(&control->errors, frame, area);
		return;
	case CONTROL_REQUESTS:
		requests_screen_draw(&control->requests, frame, area);
		return;
	case CONTROL_HELP:
		help_screen_draw(&control->help, frame, area);
		return;
	case CONTROL_PLAIN:
		return;
	}
}

static const struct err *
last_error(const struct control *control)
{
	const struct error_log *log = &control->context->errors;

	if (log->count == 0 || log->total == control->errors.seen)
		return NULL;
	return &log->entries[0].err;
}

static const char *
narrow_of(const struct control *control)
{
	switch (control_screen(control)) {
	case CONTROL_REGION:
		return control->region.picker.narrow;
	case CONTROL_GROUP:
		return control->group.picker.narrow;
	case CONTROL_HELP:
		return control->help.narrow;
	case CONTROL_BANS:
	case CONTROL_ERRORS:
	case CONTROL_REQUESTS:
	case CONTROL_PLAIN:
		break;
	}
	return "";
}

static void
draw_trouble(struct control *control, struct frame *frame,
    const struct view_layout *layout)
{
	struct ui_context *context = control->context;
	struct chrome_activity activity = { .notice = context->notice,
		.notice_is_bad = context->notice_is_bad };
	struct view_fetch fetch;

	if (control_screen(control) == CONTROL_BANS)
		bans_screen_describe_activity(&control->bans, &activity,
		    &fetch);
	if (!prompt_is_open(&context->prompt))
		activity.narrow = narrow_of(control);
	if (layout->trouble.rows == 0)
		activity.err = last_error(control);
	chrome_draw_activity(frame, layout->activity, &context->look,
	    &activity);
	if (layout->trouble.rows > 0)
		chrome_draw_error(frame, layout->trouble, &context->look,
		    last_error(control), context->errors.total);
}

void
control_draw(struct control *control, struct frame *frame)
{
	struct view_layout layout;

	frame_clear(frame);
	if (view_is_too_small(frame)) {
		view_draw_too_small(frame);
		return;
	}
	if (control_screen(control) == CONTROL_PLAIN) {
		bans_output_draw_plain(&control->bans, frame);
		return;
	}
	layout = view_layout_of(frame);
	draw_body(control, frame, layout.body);
	draw_header(control, frame, layout.header);
	draw_trouble(control, frame, &layout);
	draw_bottom(control, frame, layout.hints);
}
