/*
 * The errors: whoever looks at them has seen them, and the error line is quiet
 * until the next one.
 */
#include "bantop/app/errors_screen.h"

#include "bantop/api/error_advice.h"
#include "bantop/view/error_card.h"
#include "bantop/view/errors_view.h"

void
errors_screen_init(struct errors_screen *screen, struct ui_context *context)
{
	*screen = (struct errors_screen){ .context = context };
	buf_init(&screen->causes, ERROR_ADVICE_TEXT_MAX);
}

void
errors_screen_release(struct errors_screen *screen)
{
	buf_release(&screen->causes);
}

/* With the card open the keys that move scroll it. */
static bool
scroll_card(struct errors_screen *screen, enum action action)
{
	size_t over = screen->card_over > 0 ? (size_t)screen->card_over : 0;

	return screen->card_open && over > 0 &&
	    ui_context_move(action, over + 1, over, screen->card_top,
	        &screen->card_top);
}

enum ui_move
errors_screen_act(struct errors_screen *screen, enum action action)
{
	struct ui_context *context = screen->context;

	if (scroll_card(screen, action)) {
		context->dirty = true;
		return UI_STAY;
	}
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
	screen->card_top = 0;
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

static struct frame_area
draw_card(struct errors_screen *screen, struct frame *frame,
    struct frame_area area)
{
	const struct error_entry *entry =
	    &screen->context->errors.entries[screen->picker.cursor];
	const struct view_look *look = &screen->context->look;
	struct frame_area below;
	struct error_advice advice;
	struct error_card card;
	int lines;

	error_advice_for(&entry->err, &advice);
	buf_reset(&screen->causes);
	error_advice_put_causes(&advice, &screen->causes);
	card = (struct error_card){ .err = &entry->err,
		.name = advice.name,
		.meaning = advice.meaning,
		.causes = buf_text(&screen->causes),
		.action = advice.action,
		.repeat = advice.repeat,
		.request = entry->context,
		.count = entry->count,
		.at = entry->last_at,
		.top = (int)screen->card_top };
	lines = error_card_lines(&card, look, area.cols);
	below = view_pane_area(area, lines);
	screen->card_over = lines - below.rows;
	error_card_draw(frame, below, look, &card);
	area.rows -= below.rows;
	return area;
}

/* New errors come in above: the cursor stays on the one that is being read, or
 * on the newest if it was there and no card is open. */
static void
follow(struct errors_screen *screen)
{
	const struct error_log *log = &screen->context->errors;
	size_t found;

	if (screen->seen == log->total ||
	    (screen->picker.cursor == 0 && !screen->card_open))
		return;
	found = error_log_find(log, &screen->selected);
	if (found < log->count)
		screen->picker.cursor = found;
}

void
errors_screen_draw(struct errors_screen *screen, struct frame *frame,
    struct frame_area area)
{
	const struct error_log *log = &screen->context->errors;
	struct errors_view view = {
		.count = log->count, .at = row_at, .user = screen
	};

	follow(screen);
	screen->seen = log->total;
	if (screen->card_open && screen->picker.cursor < log->count)
		area = draw_card(screen, frame, area);
	screen->picker.area = area;
	picker_clamp(&screen->picker, log->count, errors_view_window(area), 0);
	if (log->count > 0)
		screen->selected = log->entries[screen->picker.cursor].err;
	view.top = screen->picker.top;
	view.cursor = screen->picker.cursor;
	errors_view_draw(frame, area, &screen->context->look, &view);
}
