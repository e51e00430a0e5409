/*
 * The text of a configuration file before it is parsed: comments blanked, so
 * that lines are counted right, and braces counted.
 */
#ifndef BANTOP_APP_CONFIG_TEXT_H
#define BANTOP_APP_CONFIG_TEXT_H

#include <stddef.h>

/**
 * Overwrites comments (from # or // to the end of the line, and between
 * slash-star and star-slash) with blanks; newlines stay. What stands in
 * quotes is left alone.
 *
 * @return 0 if all braces are closed, else the line of the last one that is
 *         not.
 */
int config_text_prepare(char *text, size_t len);

#endif
