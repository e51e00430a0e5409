/*
 * The small things that every screen does the same way: say, fail, ask, move.
 */
#include "bantop/app/ui_context.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
ui_context_say(struct ui_context *context, bool is_bad, const char *format, ...)
{
	char text[VIEW_LINE_MAX];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	(void)text_make_safe(text, strlen(text), context->look.mode,
	    context->notice, sizeof context->notice);
	context->notice_is_bad = is_bad;
	context->notice_until_ms = clock_mono_ms(context->clock) + UI_NOTICE_MS;
	context->dirty = true;
}

void
ui_context_hush(struct ui_context *context)
{
	context->notice[0] = '\0';
	context->dirty = true;
}

void
ui_context_fail(struct ui_context *context, const struct err *err)
{
	error_log_add(&context->errors, err, clock_wall_s(context->clock), "",
	    0);
	ui_context_say(context, true, "%s", err->text);
}

void
ui_context_ask_text(struct ui_context *context, enum ui_prompt kind,
    const char *label, const char *text)
{
	context->prompt_kind = kind;
	prompt_open(&context->prompt, label, text, &context->histories[kind]);
	context->dirty = true;
}

void
ui_context_ask(struct ui_context *context, enum ui_question question,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(context->question_text, sizeof context->question_text,
	    format, args);
	va_end(args);
	context->question = question;
	context->flush_input = true;
	context->dirty = true;
}

int64_t
ui_context_service_now_s(const struct ui_context *context)
{
	if (context->client != NULL)
		return client_service_now_s(context->client);
	return clock_wall_s(context->clock);
}

void
ui_context_save_state(struct ui_context *context)
{
	struct err err = { .kind = ERR_NONE };

	if (!context->state_changed || context->settings->no_state)
		return;
	context->state_changed = false;
	if (!state_save(&context->state, &err))
		ui_context_fail(context, &err);
}

static size_t
down(size_t cursor, size_t by, size_t count)
{
	return by < count - 1 - cursor ? cursor + by : count - 1;
}

static size_t
up(size_t cursor, size_t by)
{
	return by < cursor ? cursor - by : 0;
}

/* Where an action leads from @p cursor; SIZE_MAX if it moves nothing. */
static size_t
target(enum action action, size_t count, size_t window, size_t top,
    size_t cursor)
{
	size_t seen = window < count - top ? window : count - top;

	/* Every other action moves nothing: hence the default. */
	switch ((int)action) {
	case ACTION_DOWN:
		return down(cursor, 1, count);
	case ACTION_UP:
		return up(cursor, 1);
	case ACTION_HALF_DOWN:
		return down(cursor, window / 2 + 1, count);
	case ACTION_HALF_UP:
		return up(cursor, window / 2 + 1);
	case ACTION_PAGE_DOWN:
		return down(cursor, window, count);
	case ACTION_PAGE_UP:
		return up(cursor, window);
	case ACTION_FIRST:
		return 0;
	case ACTION_LAST:
		return count - 1;
	case ACTION_WINDOW_TOP:
		return top;
	case ACTION_WINDOW_MIDDLE:
		return top + (seen - 1) / 2;
	case ACTION_WINDOW_BOTTOM:
		return top + seen - 1;
	default:
		return SIZE_MAX;
	}
}

bool
ui_context_move(enum action action, size_t count, size_t window, size_t top,
    size_t *cursor)
{
	size_t to;

	if (count == 0)
		return target(action, 1, 1, 0, 0) != SIZE_MAX;
	if (*cursor >= count)
		*cursor = count - 1;
	if (top >= count)
		top = count - 1;
	to = target(action, count, window > 0 ? window : 1, top, *cursor);
	if (to == SIZE_MAX)
		return false;
	*cursor = to;
	return true;
}
