/*
 * Keys of the configuration are tried on a keymap of their own when they are
 * read, so that a wrong one is told with its line.
 */
#include "bantop/app/key_settings.h"

#include <string.h>

struct keymap *
key_settings_keymap(const struct settings *settings)
{
	struct keymap *keymap = keymap_create();
	struct err checked_before;

	for (size_t i = 0; i < settings->key_count; i++) {
		if (!keymap_set(keymap, settings->keys[i].action,
		        settings->keys[i].keys, &checked_before))
			continue;
	}
	return keymap;
}

bool
key_settings_add(struct settings *settings, const char *action,
    const char *keys, struct err *err)
{
	struct keymap *trial = keymap_create();
	bool ok = keymap_set(trial, action, keys, err);

	keymap_destroy(trial);
	if (!ok)
		return false;
	if (settings->key_count == SETTINGS_KEYS_MAX)
		return err_set(err, ERR_CONFIG, 0, NULL, "%d keys at most",
		    SETTINGS_KEYS_MAX);
	settings->keys[settings->key_count].action =
	    settings_keep(settings, action, strlen(action));
	settings->keys[settings->key_count++].keys =
	    settings_keep(settings, keys, strlen(keys));
	return true;
}

void
key_settings_write(const struct settings *settings, struct buf *out)
{
	struct keymap *keymap = key_settings_keymap(settings);
	const char *section = "";

	for (size_t i = 0; i < keymap_count(keymap); i++) {
		const struct binding binding = keymap_at(keymap, i);

		if (strcmp(section, binding.section) != 0)
			buf_put_format(out, "%s%s\n", i == 0 ? "" : "\n",
			    binding.section);
		section = binding.section;
		buf_put_format(out, "  %-20s %-16s %s\n", binding.keys,
		    binding.name, binding.help);
	}
	keymap_destroy(keymap);
}
