/*
 * The text of a configuration file before it is parsed: comments blanked, so
 * that lines are counted right, and what opens held to its end.
 */
#ifndef BANTOP_APP_CONFIG_TEXT_H
#define BANTOP_APP_CONFIG_TEXT_H

#include <stddef.h>

/**
 * Overwrites comments (from # or // to the end of the line, and between
 * slash-star and star-slash) with blanks; newlines stay. What stands in
 * quotes is left alone.
 *
 * @param what gets a static text of what is open: "{ without its }".
 * @return 0 if all that opens is closed, else the line of the last brace,
 *         quotation mark or comment that is not.
 */
int config_text_prepare(char *text, size_t len, const char **what);

#endif
