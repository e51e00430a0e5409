/*
 * What the keys do: one table that the keys themselves, the line of hints, the
 * help screen, --keys and the manual read.
 */
#ifndef BANTOP_APP_KEYMAP_H
#define BANTOP_APP_KEYMAP_H

#include "bantop/base/err.h"
#include "bantop/term/key.h"

enum action {
	ACTION_NONE,
	ACTION_HELP,
	ACTION_BACK,
	ACTION_QUIT,
	ACTION_ESCAPE,
	ACTION_STOP,
	ACTION_REPAINT,
	ACTION_SUSPEND,
	ACTION_COMMAND,
	ACTION_ERRORS,
	ACTION_REQUESTS,
	ACTION_THEME,

	ACTION_DOWN,
	ACTION_UP,
	ACTION_HALF_DOWN,
	ACTION_HALF_UP,
	ACTION_PAGE_DOWN,
	ACTION_PAGE_UP,
	ACTION_FIRST,
	ACTION_LAST,
	ACTION_LEFT,
	ACTION_RIGHT,
	ACTION_WINDOW_TOP,
	ACTION_WINDOW_MIDDLE,
	ACTION_WINDOW_BOTTOM,

	ACTION_CHOOSE,
	ACTION_NARROW,
	ACTION_TYPE_ID,
	ACTION_PIN,
	ACTION_FORGET,
	ACTION_FETCH_GROUPS,
	ACTION_PINNED,

	ACTION_DETAILS,
	ACTION_NICKNAME,
	ACTION_FIND,
	ACTION_FIND_NEXT,
	ACTION_FIND_PREVIOUS,
	ACTION_KEEP_ONLY,
	ACTION_SORT_LEFT,
	ACTION_SORT_RIGHT,
	ACTION_SORT_INVERT,
	ACTION_SORT_SOONEST,
	ACTION_TIME,
	ACTION_ZONE,
	ACTION_REFRESH,
	ACTION_LOAD_ALL,
	ACTION_RETRY,
	ACTION_PAUSE,
	ACTION_SUMMARY,
	ACTION_CHANGES,
	ACTION_PREVIOUS_GROUP,

	ACTION_MARK,
	ACTION_MARK_RANGE,
	ACTION_MARK_ALL,
	ACTION_MARK_NONE,
	ACTION_COPY,
	ACTION_TICKET,
	ACTION_WRITE,
	ACTION_PLAIN,
};

/* Where a key works; a set. */
enum keymap_place {
	KEYMAP_REGION = 1u,
	KEYMAP_GROUP = 2u,
	KEYMAP_BANS = 4u,
	KEYMAP_ERRORS = 8u,
	KEYMAP_HELP = 16u,
	KEYMAP_REQUESTS = 32u,
	KEYMAP_DETAILS = 64u, /* the pane over bans; before KEYMAP_BANS */
	KEYMAP_PICKERS = KEYMAP_REGION | KEYMAP_GROUP,
	KEYMAP_LISTS = KEYMAP_PICKERS | KEYMAP_BANS | KEYMAP_ERRORS |
	    KEYMAP_HELP | KEYMAP_REQUESTS,
	KEYMAP_EVERYWHERE = KEYMAP_LISTS | KEYMAP_DETAILS,
};

/* One row of the table; texts static. */
struct binding {
	enum action action;
	unsigned where;      /* enum keymap_place */
	const char *keys;    /* names with blanks between, as key_parse() */
	const char *name;    /* of the action: ":", --keys, configuration */
	const char *help;    /* one line */
	const char *section; /* heading on the help screen */
};

enum { KEYMAP_KEYS_MAX = 64 };

struct keymap;

/** As the table has it. @return owned (destroy). */
struct keymap *keymap_create(void);
void keymap_destroy(struct keymap *keymap);

/**
 * Gives the action @p name the keys of @p keys (blanks between), in the place
 * of those it had. A key that another action had in the same place is taken
 * from it.
 * @return false with ERR_CONFIG: no such action, or no such key.
 */
MUST_CHECK bool keymap_set(struct keymap *keymap, const char *name,
    const char *keys, struct err *err);

/** @return what @p key does in @p place; ACTION_NONE if nothing. */
enum action keymap_find(const struct keymap *keymap, struct key key,
    unsigned place);
/** By name, for ":", or by what only one name begins with. ACTION_NONE if
 *  there is none of it in @p place. */
enum action keymap_find_name(const struct keymap *keymap, const char *name,
    size_t len, unsigned place);

/** @return static: the first name in @p place that begins so; NULL if none. */
const char *keymap_complete(const struct keymap *keymap, const char *begin,
    size_t len, unsigned place);

size_t keymap_count(const struct keymap *keymap);
/** @return values; keys as set, borrowed until the next keymap_set(). */
struct binding keymap_at(const struct keymap *keymap, size_t index);
/** The first key's name of @p action in @p place, "" if it has none.
 *  @return borrowed as with keymap_at(). */
const char *keymap_key_name(const struct keymap *keymap, enum action action,
    unsigned place, char out[KEY_NAME_MAX]);

#endif
