/*
 * Strings of the terminal's description.
 */
#include "term/term_caps.h"

#include <stdio.h>
#include <string.h>

#define NCURSES_NOMACROS 1
#include <curses.h>
#include <term.h>

bool
term_caps_is_known(const char *type, int fd)
{
	int found = 0;
	bool known;

	if (setupterm(type, fd, &found) != OK)
		return false;
	known = term_caps_has("cup");
	(void)del_curterm(cur_term);
	return known;
}

void
term_caps_copy(const char *name, char out[TERM_CAPS_TEXT_MAX])
{
	const char *from = tigetstr(name);
	size_t len = 0;

	out[0] = '\0';
	if (from == NULL || from == (const char *)-1)
		return;
	while (*from != '\0' && len + 1 < TERM_CAPS_TEXT_MAX) {
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
term_caps_append(char *out, size_t size, const char *name)
{
	char text[TERM_CAPS_TEXT_MAX];
	size_t len = strlen(out);

	term_caps_copy(name, text);
	(void)snprintf(out + len, size - len, "%s", text);
}

bool
term_caps_has(const char *name)
{
	char text[TERM_CAPS_TEXT_MAX];

	term_caps_copy(name, text);
	return text[0] != '\0';
}

bool
term_caps_wraps_at_once(void)
{
	return tigetflag("am") > 0 && tigetflag("xenl") <= 0;
}
