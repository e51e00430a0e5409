/*
 * What may stand in a configuration file: what its reader knows, and what was
 * met besides. The door to the parser makes its tables from it.
 */
#ifndef BANTOP_APP_CONFIG_GRAMMAR_H
#define BANTOP_APP_CONFIG_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

enum { CONFIG_UNKNOWN_MAX = 64 };

struct config_key {
	const char *name;
	bool is_list; /* key = { "a", "b" } */
};

/* What may stand in a file: the section "" is its top level. */
struct config_section {
	const char *name;
	bool has_title; /* profile live { ... }; may come more than once */
	const struct config_key *keys;
	size_t key_count;
};

/* What an unknown key looks like, the first guess first. */
enum config_shape {
	CONFIG_SHAPE_VALUES,  /* key = value, key = { a, b } */
	CONFIG_SHAPE_SECTION, /* key { ... } */
	CONFIG_SHAPE_TITLED,  /* key title { ... } */
};

struct config_unknown {
	char *section;
	char *key;
	enum config_shape shape;
};

struct config_grammar {
	const struct config_section *sections; /* borrowed */
	size_t section_count;
	struct config_unknown unknown[CONFIG_UNKNOWN_MAX];
	size_t unknown_count;
};

void config_grammar_release(struct config_grammar *grammar);

/** @return NULL for one that the reader does not know. */
const struct config_section *config_grammar_find(const struct config_grammar
                                                     *grammar,
    const char *section);
/** @return the top level, an empty one if the reader wants none. */
const struct config_section *config_grammar_top(const struct config_grammar
        *grammar);
bool config_section_has(const struct config_section *section, const char *key);

enum config_learnt {
	CONFIG_LEARNT_NOTHING, /* it is known already, or there are too many */
	CONFIG_LEARNT_KEY,     /* it is new: @p section holds it */
	CONFIG_LEARNT_SHAPE,   /* it was guessed wrongly before */
};

/** The parser stumbled over @p key in @p section. */
enum config_learnt config_grammar_learn(struct config_grammar *grammar,
    const char *section, const char *key);

#endif
