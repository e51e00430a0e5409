/*
 * Strings of the terminal's description.
 */
#include "term/caps_priv.h"

#include <stdio.h>
#include <string.h>

#define NCURSES_NOMACROS 1
#include <curses.h>
#include <term.h>

bool
caps_is_known(const char *type, int fd)
{
	int found = 0;
	bool known;

	if (setupterm(type, fd, &found) != OK)
		return false;
	known = caps_has("cup");
	(void)del_curterm(cur_term);
	return known;
}

void
caps_copy(const char *name, char out[CAPS_TEXT_MAX])
{
	const char *from = tigetstr(name);
	size_t len = 0;

	out[0] = '\0';
	if (from == NULL || from == (const char *)-1)
		return;
	while (*from != '\0' && len + 1 < CAPS_TEXT_MAX) {
		const char *end =
		    from[0] == '$' && from[1] == '<' ? strchr(from, '>') : NULL;

		if (end != NULL)
			from = end + 1;
		else
			out[len++] = *from++;
	}
	out[len] = '\0';
}

void
caps_append(char *out, size_t size, const char *name)
{
	char text[CAPS_TEXT_MAX];
	size_t len = strlen(out);

	caps_copy(name, text);
	(void)snprintf(out + len, size - len, "%s", text);
}

bool
caps_has(const char *name)
{
	char text[CAPS_TEXT_MAX];

	caps_copy(name, text);
	return text[0] != '\0';
}

bool
caps_wraps_at_once(void)
{
	return tigetflag("am") > 0 && tigetflag("xenl") <= 0;
}
