/*
 * Writes out what curses asks the terminal to repeat ("- ESC [ 7 b" for eight
 * of them), which it does where the locale is not UTF-8. Many a terminal that
 * calls itself xterm does not know how to, or miscounts at its right edge.
 */
#include <string.h>

#include "term/term_priv.h"

enum { ESC = 0x1b, COUNT_MAX = FRAME_COLS_MAX };

/* The length of a repetition at the front, and how often in *count. @return 0
 * for none. */
static size_t
repeat_len(const char *at, size_t len, size_t *count)
{
	size_t i = 2;

	*count = 0;
	if (len < 4 || at[0] != ESC || at[1] != '[')
		return 0;
	for (; i < len && at[i] >= '0' && at[i] <= '9'; i++) {
		*count = 10 * *count + (size_t)(at[i] - '0');
		if (*count > COUNT_MAX)
			return 0;
	}
	return i > 2 && i < len && at[i] == 'b' ? i + 1 : 0;
}

size_t
term_repeat(const char *bytes, size_t len, char *out)
{
	size_t at = 0;
	size_t used = 0;

	while (at < len) {
		size_t count;
		size_t size = repeat_len(bytes + at, len - at, &count);

		if (size == 0 || at == 0) {
			if (out != NULL)
				out[used] = bytes[at];
			used++;
			at++;
			continue;
		}
		if (out != NULL)
			memset(out + used, bytes[at - 1], count);
		used += count;
		at += size;
	}
	return used;
}
