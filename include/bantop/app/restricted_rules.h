/*
 * What restricted mode refuses: options that write, run or lead elsewhere, and
 * keys that do. Everything here is true of settings that are restricted.
 */
#ifndef BANTOP_APP_RESTRICTED_RULES_H
#define BANTOP_APP_RESTRICTED_RULES_H

#include "bantop/app/keymap.h"
#include "bantop/app/settings.h"

enum { RESTRICTED_IDLE_S = 900 };

/** May the user of this process not have written @p path? Neither the file nor
 *  a folder above it may be the user's or open to the user's writing.
 *  @return false with ERR_USAGE. */
MUST_CHECK bool restricted_check_config(const char *path, struct err *err);

/**
 * Refuses what restricted mode has no place for, and ties the rest down: no
 * state, one region, a fixed list of groups when there is one (a group that
 * was named is on it), an idle time.
 * @return false with ERR_USAGE that names the option.
 */
MUST_CHECK bool restricted_apply(struct settings *settings, struct err *err);

/** Are the groups only those of the settings: none typed, none fetched? */
bool restricted_has_fixed_groups(const struct settings *settings);

/** @return why @p action is not to be had, static; NULL if it is. Of settings
 *          that are not restricted nothing is refused. */
const char *restricted_refusal(const struct settings *settings,
    enum action action);

#endif
