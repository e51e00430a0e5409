/*
 * What the terminal's description says, as text. Apart from the rest of the
 * room because the library's header for it has a struct term of its own.
 */
#ifndef BANTOP_TERM_CAPS_PRIV_H
#define BANTOP_TERM_CAPS_PRIV_H

#include <stdbool.h>
#include <stddef.h>

enum { CAPS_TEXT_MAX = 128 };

/** Is there a description of that type, and can the terminal move its cursor
 *  by it? @param fd a terminal. */
bool caps_is_known(const char *type, int fd);
/** Of the screen that was opened last. A string without its waiting times; ""
 *  if the terminal has none. */
void caps_copy(const char *name, char out[CAPS_TEXT_MAX]);
/** The same behind what @p out holds already. */
void caps_append(char *out, size_t size, const char *name);
bool caps_has(const char *name);
/** Does the description say that the cursor is on the next line as soon as the
 *  last column is written? Hardly any terminal does so. */
bool caps_wraps_at_once(void);

#endif
