/*
 * What a key does: the table of keymap_table.c, and a copy of its keys that the
 * configuration may change. The first row that fits a key and a place wins.
 */
#include "bantop/app/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/keymap_priv.h"
#include "bantop/base/mem.h"

struct keymap {
	const struct binding *bindings;
	size_t count;
	char keys[][KEYMAP_KEYS_MAX]; /* of each row */
};

/* The next name in a list of them; @return its length, 0 at the end. */
static size_t
next_word(const char **list)
{
	*list += strspn(*list, " ");
	return strcspn(*list, " ");
}

static bool
has_key(const char *names, struct key key)
{
	struct key named;
	size_t len;

	for (len = next_word(&names); len > 0; len = next_word(&names)) {
		if (key_parse(names, len, &named) && key_equals(named, key))
			return true;
		names += len;
	}
	return false;
}

/* Takes @p key out of a list of names. */
static void
drop_key(char *names, struct key key)
{
	char kept[KEYMAP_KEYS_MAX] = "";
	const char *at = names;
	struct key named;
	size_t len, used = 0;

	for (len = next_word(&at); len > 0; len = next_word(&at)) {
		if (!key_parse(at, len, &named) || !key_equals(named, key))
			used +=
			    (size_t)snprintf(kept + used, sizeof kept - used,
			        "%s%.*s", used > 0 ? " " : "", (int)len, at);
		at += len;
	}
	memcpy(names, kept, sizeof kept);
}

struct keymap *
keymap_create(void)
{
	struct keymap *keymap;
	size_t count, i;
	const struct binding *bindings = keymap_rows(&count);

	keymap = mem_alloc(sizeof *keymap + count * KEYMAP_KEYS_MAX);
	keymap->bindings = bindings;
	keymap->count = count;
	for (i = 0; i < count; i++)
		(void)snprintf(keymap->keys[i], sizeof keymap->keys[i], "%s",
		    bindings[i].keys);
	return keymap;
}

void
keymap_destroy(struct keymap *keymap)
{
	free(keymap);
}

static bool
check_keys(const char *name, const char *keys, struct err *err)
{
	struct key key;
	size_t len;

	if (strlen(keys) >= KEYMAP_KEYS_MAX)
		return err_set(err, ERR_CONFIG, 0, NULL,
		    "key %s: too many keys", name);
	for (len = next_word(&keys); len > 0; len = next_word(&keys)) {
		if (!key_parse(keys, len, &key))
			return err_set(err, ERR_CONFIG, 0, NULL,
			    "key %s: no key is named \"%.*s\": such as j, "
			    "C-d, PgDn, F5, Space",
			    name, (int)len, keys);
		keys += len;
	}
	return true;
}

/* No other row of the same place may have a key of @p names. */
static void
take_keys(struct keymap *keymap, size_t row, const char *names)
{
	struct key key;
	size_t i, len;

	for (len = next_word(&names); len > 0; len = next_word(&names)) {
		for (i = 0; i < keymap->count; i++)
			if (i != row && key_parse(names, len, &key) &&
			    (keymap->bindings[i].where &
			        keymap->bindings[row].where) != 0)
				drop_key(keymap->keys[i], key);
		names += len;
	}
}

bool
keymap_set(struct keymap *keymap, const char *name, const char *keys,
    struct err *err)
{
	bool found = false;
	size_t i;

	if (!check_keys(name, keys, err))
		return false;
	for (i = 0; i < keymap->count; i++) {
		if (strcmp(keymap->bindings[i].name, name) != 0)
			continue;
		take_keys(keymap, i, keys);
		(void)snprintf(keymap->keys[i], sizeof keymap->keys[i], "%s",
		    keys);
		found = true;
	}
	if (!found)
		return err_set(err, ERR_CONFIG, 0, NULL,
		    "key %s: no action has that name: see bantop --keys", name);
	return true;
}

enum action
keymap_find(const struct keymap *keymap, struct key key, unsigned place)
{
	size_t i;

	for (i = 0; i < keymap->count; i++)
		if ((keymap->bindings[i].where & place) != 0 &&
		    has_key(keymap->keys[i], key))
			return keymap->bindings[i].action;
	return ACTION_NONE;
}

enum action
keymap_find_name(const struct keymap *keymap, const char *name, size_t len,
    unsigned place)
{
	enum action found = ACTION_NONE;
	bool ambiguous = false;
	size_t i;

	if (len == 0)
		return ACTION_NONE;
	for (i = 0; i < keymap->count; i++) {
		if ((keymap->bindings[i].where & place) == 0 ||
		    strncmp(keymap->bindings[i].name, name, len) != 0)
			continue;
		if (keymap->bindings[i].name[len] == '\0')
			return keymap->bindings[i].action;
		ambiguous = ambiguous || found != ACTION_NONE;
		found = keymap->bindings[i].action;
	}
	return ambiguous ? ACTION_NONE : found;
}

const char *
keymap_complete(const struct keymap *keymap, const char *begin, size_t len,
    unsigned place)
{
	size_t i;

	for (i = 0; i < keymap->count; i++)
		if ((keymap->bindings[i].where & place) != 0 &&
		    strncmp(keymap->bindings[i].name, begin, len) == 0)
			return keymap->bindings[i].name;
	return NULL;
}

size_t
keymap_count(const struct keymap *keymap)
{
	return keymap->count;
}

struct binding
keymap_at(const struct keymap *keymap, size_t index)
{
	struct binding binding = keymap->bindings[index];

	binding.keys = keymap->keys[index];
	return binding;
}

const char *
keymap_key_name(const struct keymap *keymap, enum action action, unsigned place,
    char out[KEY_NAME_MAX])
{
	const char *names;
	size_t i;

	out[0] = '\0';
	for (i = 0; i < keymap->count; i++) {
		if (keymap->bindings[i].action != action ||
		    (keymap->bindings[i].where & place) == 0)
			continue;
		names = keymap->keys[i];
		(void)snprintf(out, KEY_NAME_MAX, "%.*s",
		    (int)next_word(&names), keymap->keys[i]);
		break;
	}
	return out;
}
