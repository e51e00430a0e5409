/*
 * A cursor over rows that can be narrowed.
 */
#include "bantop/app/picker.h"

#include <string.h>

bool
picker_takes(const struct picker *picker, const char *text, size_t len)
{
	size_t narrow_len = strlen(picker->narrow);

	if (narrow_len == 0)
		return true;
	return text_find(text, len, picker->narrow, narrow_len,
	           text_has_upper(picker->narrow, narrow_len)) != SIZE_MAX;
}

bool
picker_move(struct picker *picker, enum action action, size_t count, int window)
{
	return ui_context_move(action, count, window > 0 ? (size_t)window : 1,
	    picker->top, &picker->cursor);
}

void
picker_clamp(struct picker *picker, size_t count, int window, size_t tail)
{
	if (picker->cursor >= count)
		picker->cursor = count > 0 ? count - 1 : 0;
	picker->top = view_scroll(picker->top, picker->cursor, count,
	    window > 0 ? (size_t)window : 1, tail);
}

bool
picker_point(struct picker *picker, size_t count, int window, int frame_row)
{
	int line = frame_row - picker->area.row - 1;

	if (line < 0 || line >= window || picker->top + (size_t)line >= count)
		return false;
	picker->cursor = picker->top + (size_t)line;
	return true;
}
