/*
 * The table of keys, and a copy of it that the configuration may change. Rows
 * with the same action in different places are rows of their own. The first
 * row that fits a key and a place wins.
 */
#include "bantop/app/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

static const struct binding bindings[] = {
	{ ACTION_HELP, KEYMAP_EVERYWHERE, "? F1", "help", "this help",
	    "everywhere" },
	{ ACTION_BACK, KEYMAP_EVERYWHERE, "q", "back",
	    "go back; out of the first screen", "everywhere" },
	{ ACTION_QUIT, KEYMAP_EVERYWHERE, "Q", "quit", "leave", "everywhere" },
	{ ACTION_ESCAPE, KEYMAP_EVERYWHERE, "Esc", "escape",
	    "one step back: close, stop, clear; never leaves", "everywhere" },
	{ ACTION_STOP, KEYMAP_EVERYWHERE, "C-c", "stop",
	    "stop what runs; twice in 2 s leave", "everywhere" },
	{ ACTION_REPAINT, KEYMAP_EVERYWHERE, "C-l", "repaint",
	    "paint the screen anew", "everywhere" },
	{ ACTION_SUSPEND, KEYMAP_EVERYWHERE, "C-z", "suspend",
	    "back to the shell", "everywhere" },
	{ ACTION_COMMAND, KEYMAP_EVERYWHERE, ":", "command",
	    "type an action's name", "everywhere" },
	{ ACTION_ERRORS, KEYMAP_EVERYWHERE, "e", "errors",
	    "errors since the start", "everywhere" },
	{ ACTION_REQUESTS, KEYMAP_EVERYWHERE, "!", "requests",
	    "log of requests", "everywhere" },
	{ ACTION_THEME, KEYMAP_EVERYWHERE, "T", "theme", "next theme",
	    "everywhere" },

	{ ACTION_DOWN, KEYMAP_LISTS, "j Down", "down", "down", "moving" },
	{ ACTION_UP, KEYMAP_LISTS, "k Up", "up", "up", "moving" },
	{ ACTION_HALF_DOWN, KEYMAP_LISTS, "C-d", "half_down",
	    "half a screen down", "moving" },
	{ ACTION_HALF_UP, KEYMAP_LISTS, "C-u", "half_up", "half a screen up",
	    "moving" },
	{ ACTION_PAGE_DOWN, KEYMAP_LISTS, "PgDn C-f", "page_down",
	    "a screen down", "moving" },
	{ ACTION_PAGE_UP, KEYMAP_LISTS, "PgUp C-b", "page_up", "a screen up",
	    "moving" },
	{ ACTION_FIRST, KEYMAP_LISTS, "g Home", "first", "first row",
	    "moving" },
	{ ACTION_LAST, KEYMAP_LISTS, "G End", "last",
	    "last row; there again: load all", "moving" },
	{ ACTION_LEFT, KEYMAP_BANS, "h Left", "left",
	    "long accounts to the left", "moving" },
	{ ACTION_RIGHT, KEYMAP_BANS, "l Right", "right",
	    "long accounts to the right", "moving" },
	{ ACTION_WINDOW_TOP, KEYMAP_LISTS, "H", "window_top",
	    "top of the window", "moving" },
	{ ACTION_WINDOW_MIDDLE, KEYMAP_LISTS, "M", "window_middle",
	    "middle of the window", "moving" },
	{ ACTION_WINDOW_BOTTOM, KEYMAP_LISTS, "L", "window_bottom",
	    "bottom of the window", "moving" },

	{ ACTION_NARROW, KEYMAP_PICKERS | KEYMAP_HELP, "/", "narrow",
	    "type to narrow the rows", "choosing" },
	{ ACTION_CHOOSE, KEYMAP_PICKERS | KEYMAP_ERRORS | KEYMAP_REQUESTS,
	    "Enter", "choose", "choose; open the card of an error or a request",
	    "choosing" },
	{ ACTION_TYPE_ID, KEYMAP_GROUP, "i", "type_id", "type a group id",
	    "choosing" },
	{ ACTION_PIN, KEYMAP_GROUP, "*", "pin", "pin, or unpin", "choosing" },
	{ ACTION_FORGET, KEYMAP_GROUP, "x", "forget", "forget the row (asks)",
	    "choosing" },
	{ ACTION_FETCH_GROUPS, KEYMAP_GROUP, "R", "fetch_groups",
	    "fetch the application's groups", "choosing" },
	{ ACTION_PINNED, KEYMAP_GROUP | KEYMAP_BANS, "1 2 3 4 5 6 7 8 9 0",
	    "pinned", "the pinned groups in order", "choosing" },

	{ ACTION_DETAILS, KEYMAP_BANS, "Enter d", "details", "details of a ban",
	    "bans" },
	{ ACTION_NICKNAME, KEYMAP_DETAILS, "n", "nickname",
	    "in details: fetch the nickname", "bans" },
	{ ACTION_FIND, KEYMAP_BANS, "/", "find", "find in accounts", "bans" },
	{ ACTION_FIND_NEXT, KEYMAP_BANS, "n", "find_next", "next match",
	    "bans" },
	{ ACTION_FIND_PREVIOUS, KEYMAP_BANS, "N", "find_previous",
	    "previous match", "bans" },
	{ ACTION_KEEP_ONLY, KEYMAP_BANS, "& \\", "keep_only",
	    "keep only rows that match: text !not re:... left<1h ended",
	    "bans" },
	{ ACTION_SORT_LEFT, KEYMAP_BANS, "<", "sort_left",
	    "sort by the column left", "bans" },
	{ ACTION_SORT_RIGHT, KEYMAP_BANS, ">", "sort_right",
	    "sort by the column right", "bans" },
	{ ACTION_SORT_INVERT, KEYMAP_BANS, "I", "invert", "invert the order",
	    "bans" },
	{ ACTION_SORT_SOONEST, KEYMAP_BANS, "X", "soonest", "soonest end first",
	    "bans" },
	{ ACTION_TIME, KEYMAP_BANS, "t", "time",
	    "time left: by need, with seconds, moment only", "bans" },
	{ ACTION_ZONE, KEYMAP_BANS, "z", "zone",
	    "time zone: local, UTC, the configured one", "bans" },
	{ ACTION_REFRESH, KEYMAP_BANS, "R F5", "refresh", "read the list again",
	    "bans" },
	{ ACTION_LOAD_ALL, KEYMAP_BANS, "A", "load_all", "load the whole list",
	    "bans" },
	{ ACTION_RETRY, KEYMAP_BANS, "r", "retry", "try the failed page again",
	    "bans" },
	{ ACTION_PAUSE, KEYMAP_BANS, "p", "pause",
	    "pause loading and refreshing", "bans" },
	{ ACTION_SUMMARY, KEYMAP_BANS, "s", "summary",
	    "counts, and when bans end", "bans" },
	{ ACTION_CHANGES, KEYMAP_BANS, "D", "changes",
	    "changes since the last load", "bans" },
	{ ACTION_PREVIOUS_GROUP, KEYMAP_BANS, "-", "previous_group",
	    "the group before", "bans" },

	{ ACTION_MARK, KEYMAP_BANS, "Space", "mark", "mark and move on",
	    "marking" },
	{ ACTION_MARK_RANGE, KEYMAP_BANS, "v", "range",
	    "begin a range; again: mark it", "marking" },
	{ ACTION_MARK_ALL, KEYMAP_BANS, "a", "mark_all",
	    "mark all that match; without a search all in view", "marking" },
	{ ACTION_MARK_NONE, KEYMAP_BANS, "U", "mark_none", "clear the marks",
	    "marking" },
	{ ACTION_COPY, KEYMAP_BANS | KEYMAP_REQUESTS, "y c", "copy",
	    "copy the account, or the marked ones; of a request its curl line",
	    "output" },
	{ ACTION_TICKET, KEYMAP_BANS, "Y", "ticket",
	    "text for a ticket; again: Markdown", "output" },
	{ ACTION_WRITE, KEYMAP_BANS, "w", "write", "write rows to a file",
	    "output" },
	{ ACTION_PLAIN, KEYMAP_BANS, "P", "plain", "plain-text screen",
	    "output" },
};

enum { COUNT = sizeof bindings / sizeof bindings[0] };

struct keymap {
	char keys[COUNT][KEYMAP_KEYS_MAX];
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
	struct keymap *keymap = mem_alloc(sizeof *keymap);
	size_t i;

	for (i = 0; i < COUNT; i++)
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
		for (i = 0; i < COUNT; i++)
			if (i != row && key_parse(names, len, &key) &&
			    (bindings[i].where & bindings[row].where) != 0)
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
	for (i = 0; i < COUNT; i++) {
		if (strcmp(bindings[i].name, name) != 0)
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

	for (i = 0; i < COUNT; i++)
		if ((bindings[i].where & place) != 0 &&
		    has_key(keymap->keys[i], key))
			return bindings[i].action;
	return ACTION_NONE;
}

enum action
keymap_find_name(const struct keymap *keymap, const char *name, size_t len,
    unsigned place)
{
	enum action found = ACTION_NONE;
	bool ambiguous = false;
	size_t i;

	(void)keymap;
	if (len == 0)
		return ACTION_NONE;
	for (i = 0; i < COUNT; i++) {
		if ((bindings[i].where & place) == 0 ||
		    strncmp(bindings[i].name, name, len) != 0)
			continue;
		if (bindings[i].name[len] == '\0')
			return bindings[i].action;
		ambiguous = ambiguous || found != ACTION_NONE;
		found = bindings[i].action;
	}
	return ambiguous ? ACTION_NONE : found;
}

const char *
keymap_complete(const struct keymap *keymap, const char *begin, size_t len,
    unsigned place)
{
	size_t i;

	(void)keymap;
	for (i = 0; i < COUNT; i++)
		if ((bindings[i].where & place) != 0 &&
		    strncmp(bindings[i].name, begin, len) == 0)
			return bindings[i].name;
	return NULL;
}

size_t
keymap_count(const struct keymap *keymap)
{
	(void)keymap;
	return COUNT;
}

struct binding
keymap_at(const struct keymap *keymap, size_t index)
{
	struct binding binding = bindings[index];

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
	for (i = 0; i < COUNT; i++) {
		if (bindings[i].action != action ||
		    (bindings[i].where & place) == 0)
			continue;
		names = keymap->keys[i];
		(void)snprintf(out, KEY_NAME_MAX, "%.*s",
		    (int)next_word(&names), keymap->keys[i]);
		break;
	}
	return out;
}
