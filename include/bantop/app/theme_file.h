/*
 * Themes by name: the built-in one and the files NAME.theme in the folders of
 * DESIGN section 8, the first that has it.
 */
#ifndef BANTOP_APP_THEME_FILE_H
#define BANTOP_APP_THEME_FILE_H

#include <stddef.h>

#include "bantop/app/problems.h"
#include "bantop/view/theme.h"

enum { THEME_NAME_MAX = 32, THEME_COUNT_MAX = 32 };

/* The names that can be chosen, sorted; "default" is always among them. */
struct theme_names {
	size_t count;
	char names[THEME_COUNT_MAX][THEME_NAME_MAX];
};

void theme_file_list(struct theme_names *names);

/** @return false with ERR_CONFIG: no such theme (the names are listed), or
 *          what is first wrong in its file and where. */
MUST_CHECK bool theme_file_load(const char *name, struct theme *theme,
    struct err *err);

/** Looks for the same without loading it, and adds all that is wrong, in order:
 *  every mistake of its file. */
void theme_file_check(const char *name, struct problems *problems);

#endif
