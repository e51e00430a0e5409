/*
 * The mouse, where the configuration asks for it: the wheel moves as the keys
 * that move do, a click selects the row under it. Neither ever acts.
 */
#include "app/control_priv.h"

#include "bantop/view/errors_view.h"
#include "bantop/view/log_view.h"
#include "bantop/view/region_view.h"

enum { WHEEL_ROWS = 3 };

static void
wheel(struct control *control, enum action action)
{
	const struct key none = { .code = KEY_CODE_NONE };
	int i;

	for (i = 0; i < WHEEL_ROWS; i++)
		(void)control_act(control, action, none);
}

static void
click(struct control *control, int row)
{
	struct picker *picker = NULL;
	size_t count = 0;
	int window = 0;

	switch (control_screen(control)) {
	case CONTROL_REGION:
		picker = &control->region.picker;
		count = control->region.count;
		window = region_view_window(picker->area);
		break;
	case CONTROL_GROUP:
		picker = &control->group.picker;
		count = control->group.count;
		window = group_view_window(picker->area);
		break;
	case CONTROL_BANS:
		bans_table_point(&control->bans, row);
		return;
	case CONTROL_ERRORS:
		picker = &control->errors.picker;
		count = control->context->errors.count;
		window = errors_view_window(picker->area);
		break;
	case CONTROL_REQUESTS:
		picker = &control->requests.picker;
		count = request_log_count(control->context->requests);
		window =
		    log_view_window(picker->area, control->requests.card_open);
		break;
	case CONTROL_HELP:
	case CONTROL_PLAIN:
		return;
	}
	if (picker_point(picker, count, window, row))
		control->context->dirty = true;
}

void
control_mouse(struct control *control, const struct keys_event *event)
{
	struct ui_context *context = control->context;

	if (context->question != UI_QUESTION_NONE ||
	    prompt_is_open(&context->prompt) ||
	    control_screen(control) == CONTROL_PLAIN)
		return;
	switch (event->button) {
	case KEYS_WHEEL_UP:
		wheel(control, ACTION_UP);
		return;
	case KEYS_WHEEL_DOWN:
		wheel(control, ACTION_DOWN);
		return;
	case KEYS_BUTTON_LEFT:
		click(control, event->row);
		return;
	}
}
