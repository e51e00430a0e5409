/*
 * A theme: the style of every role. The built-in one is a table; a theme file
 * is read elsewhere and set here word by word, with what is wrong said.
 */
#ifndef BANTOP_VIEW_THEME_H
#define BANTOP_VIEW_THEME_H

#include "bantop/base/err.h"
#include "bantop/view/style.h"

struct theme {
	struct style styles[STYLE_ROLE_COUNT];
};

/** @return static: the built-in theme, the same as themes/default.theme. */
const struct theme *theme_default(void);

/** @return static: the name of @p role in theme files: "account". */
const char *theme_role_name(enum style_role role);

/**
 * Begins the block `style ROLE_NAME { ... }` of a theme file: the role loses
 * whatever it had. Roles that a file does not name stay as they are in
 * @p theme, so that a file starts from a copy of theme_default().
 *
 * @return false with ERR_CONFIG that lists the roles if there is none so named.
 */
MUST_CHECK bool theme_begin(struct theme *theme, const char *role_name,
    struct err *err);

/**
 * Sets one thing in the block of @p role_name.
 *
 * @param key   "fg", "bg": black red green yellow blue magenta cyan white
 *              default; "fg256", "bg256": 0 to 255; "fg_rgb", "bg_rgb":
 *              "#rrggbb"; "attrs": bold faint underline reverse italic none,
 *              each added to those that are set. A value may hold several
 *              attributes with blanks between.
 * @return false with ERR_CONFIG that names the key or value that is wrong and
 *         those that are right; the theme is then as it was.
 */
MUST_CHECK bool theme_set(struct theme *theme, const char *role_name,
    const char *key, const char *value, struct err *err);

/**
 * The style of a cell: that of @p role with what @p flags (enum frame_flag)
 * lay over it. Attributes add up; a colour that is set wins.
 */
struct style theme_resolve(const struct theme *theme, enum style_role role,
    unsigned flags);

#endif
