/*
 * The errors: whoever looks at them has seen them, and the error line is quiet
 * until the next one.
 */
#include "bantop/app/errors_screen.h"

#include "bantop/view/errors_view.h"

void
errors_screen_init(struct errors_screen *screen, struct ui_context *context)
{
	*screen = (struct errors_screen){ .context = context };
}

enum ui_move
errors_screen_act(struct errors_screen *screen, enum action action)
{
	struct ui_context *context = screen->context;

	if (picker_move(&screen->picker, action, context->errors.count,
	        errors_view_window(screen->picker.area))) {
		context->dirty = true;
		return UI_STAY;
	}
	if (action == ACTION_ERRORS)
		return UI_BACK;
	if (action != ACTION_CHOOSE)
		return UI_PASS;
	screen->card_open = context->errors.count > 0 && !screen->card_open;
	context->dirty = true;
	return UI_STAY;
}

bool
errors_screen_escape(struct errors_screen *screen)
{
	if (!screen->card_open)
		return false;
	screen->card_open = false;
	screen->context->dirty = true;
	return true;
}

static void
row_at(size_t index, struct error_row *out, void *user)
{
	const struct errors_screen *screen = user;
	const struct error_entry *entry =
	    &screen->context->errors.entries[index];

	*out = (struct error_row){
		.at = entry->last_at, .err = &entry->err, .count = entry->count
	};
}

void
errors_screen_draw(struct errors_screen *screen, struct frame *frame,
    struct frame_area area)
{
	const struct error_log *log = &screen->context->errors;
	struct errors_view view = {
		.count = log->count, .at = row_at, .user = screen
	};

	screen->seen = log->total;
	screen->picker.area = area;
	picker_clamp(&screen->picker, log->count, errors_view_window(area), 0);
	view.top = screen->picker.top;
	view.cursor = screen->picker.cursor;
	errors_view_draw(frame, area, &screen->context->look, &view);
}
