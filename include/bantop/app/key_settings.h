/*
 * The user's own keys: the section keys of the configuration over the table
 * of keys.
 */
#ifndef BANTOP_APP_KEY_SETTINGS_H
#define BANTOP_APP_KEY_SETTINGS_H

#include "bantop/app/keymap.h"
#include "bantop/app/settings.h"

/** The table of keys with those of @p settings. @return owned
 *  (keymap_destroy). */
struct keymap *key_settings_keymap(const struct settings *settings);

/**
 * Gives @p action the keys @p keys.
 * @return false with ERR_CONFIG that says what is wrong.
 */
MUST_CHECK bool key_settings_add(struct settings *settings, const char *action,
    const char *keys, struct err *err);

/** Appends what --keys prints: key, action, what it does. */
void key_settings_write(const struct settings *settings, struct buf *out);

#endif
