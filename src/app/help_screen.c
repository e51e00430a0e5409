/*
 * Help from the key map: the rows are those of the table, with the keys that
 * are in force. It scrolls by lines and has no cursor of its own.
 */
#include "bantop/app/help_screen.h"

#include <stdio.h>
#include <string.h>

/* Ten keys in a row are said in short. */
static const char *
shown_keys(const struct binding *binding)
{
	return strcmp(binding->keys, "1 2 3 4 5 6 7 8 9 0") == 0
	    ? "1 to 9, 0"
	    : binding->keys;
}

static void
collect(struct help_screen *screen)
{
	const struct keymap *keymap = screen->context->keymap;
	struct binding binding;
	size_t i;

	screen->count = 0;
	for (i = 0; i < keymap_count(keymap); i++) {
		binding = keymap_at(keymap, i);
		if (screen->count == HELP_ROWS_MAX)
			return;
		screen->rows[screen->count++] =
		    (struct help_row){ .keys = shown_keys(&binding),
			    .name = binding.name,
			    .help = binding.help,
			    .section = binding.section };
	}
}

void
help_screen_init(struct help_screen *screen, struct ui_context *context)
{
	*screen = (struct help_screen){ .context = context };
	collect(screen);
}

static struct help_view
view_of(const struct help_screen *screen)
{
	return (struct help_view){ .rows = screen->rows,
		.count = screen->count,
		.narrow = screen->narrow,
		.top = (int)screen->top };
}

static size_t
top_max(const struct help_screen *screen)
{
	struct help_view view = view_of(screen);
	int over = help_view_lines(&view) - screen->area.rows;

	return over > 0 ? (size_t)over : 0;
}

/* What moves a cursor elsewhere moves the window here. */
static bool
scroll(struct help_screen *screen, enum action action)
{
	size_t top = screen->top, most = top_max(screen);
	size_t window = screen->area.rows > 0 ? (size_t)screen->area.rows : 1;

	if (!ui_context_move(action, most + 1, window, top, &top))
		return false;
	screen->top = top;
	return true;
}

enum ui_move
help_screen_act(struct help_screen *screen, enum action action)
{
	if (scroll(screen, action)) {
		screen->context->dirty = true;
		return UI_STAY;
	}
	if (action == ACTION_HELP)
		return UI_BACK;
	if (action != ACTION_NARROW)
		return UI_PASS;
	ui_context_ask_text(screen->context, UI_PROMPT_NARROW, "narrow",
	    screen->narrow);
	return UI_STAY;
}

void
help_screen_narrow(struct help_screen *screen, const char *text)
{
	(void)snprintf(screen->narrow, sizeof screen->narrow, "%s", text);
	screen->top = 0;
	screen->context->dirty = true;
}

void
help_screen_draw(struct help_screen *screen, struct frame *frame,
    struct frame_area area)
{
	struct help_view view;

	screen->area = area;
	if (screen->top > top_max(screen))
		screen->top = top_max(screen);
	view = view_of(screen);
	help_view_draw(frame, area, &screen->context->look, &view);
}
