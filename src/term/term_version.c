/*
 * What curses calls itself.
 */
#include "bantop/term/term_version.h"

#include <curses.h>

const char *
term_version(void)
{
	return curses_version();
}
