/*
 * Unknown keys as they are met: first taken for assignments, then for
 * sections, then for sections with a title.
 */
#include "bantop/app/config_grammar.h"

#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

void
config_grammar_release(struct config_grammar *grammar)
{
	for (size_t i = 0; i < grammar->unknown_count; i++) {
		free(grammar->unknown[i].section);
		free(grammar->unknown[i].key);
	}
	grammar->unknown_count = 0;
}

const struct config_section *
config_grammar_find(const struct config_grammar *grammar, const char *section)
{
	for (size_t i = 0; i < grammar->section_count; i++) {
		if (strcmp(grammar->sections[i].name, section) == 0)
			return &grammar->sections[i];
	}
	return NULL;
}

const struct config_section *
config_grammar_top(const struct config_grammar *grammar)
{
	static const struct config_section none = { .name = "" };
	const struct config_section *top = config_grammar_find(grammar, "");

	return top == NULL ? &none : top;
}

bool
config_section_has(const struct config_section *section, const char *key)
{
	for (size_t i = 0; i < section->key_count; i++) {
		if (strcmp(section->keys[i].name, key) == 0)
			return true;
	}
	return false;
}

static bool
is_known(const struct config_grammar *grammar, const char *section,
    const char *key)
{
	const struct config_section *known =
	    config_grammar_find(grammar, section);

	if (section[0] == '\0' && config_grammar_find(grammar, key) != NULL)
		return true;
	return known != NULL && config_section_has(known, key);
}

static struct config_unknown *
find_unknown(struct config_grammar *grammar, const char *section,
    const char *key)
{
	for (size_t i = 0; i < grammar->unknown_count; i++) {
		if (strcmp(grammar->unknown[i].section, section) == 0 &&
		    strcmp(grammar->unknown[i].key, key) == 0)
			return &grammar->unknown[i];
	}
	return NULL;
}

enum config_learnt
config_grammar_learn(struct config_grammar *grammar, const char *section,
    const char *key)
{
	struct config_unknown *unknown = find_unknown(grammar, section, key);

	if (key[0] == '\0' || is_known(grammar, section, key))
		return CONFIG_LEARNT_NOTHING;
	if (unknown != NULL) {
		if (unknown->shape == CONFIG_SHAPE_TITLED || section[0] != '\0')
			return CONFIG_LEARNT_NOTHING;
		unknown->shape++;
		return CONFIG_LEARNT_SHAPE;
	}
	if (grammar->unknown_count == CONFIG_UNKNOWN_MAX)
		return CONFIG_LEARNT_NOTHING;
	unknown = &grammar->unknown[grammar->unknown_count++];
	unknown->section = mem_copy_text(section, strlen(section));
	unknown->key = mem_copy_text(key, strlen(key));
	unknown->shape = CONFIG_SHAPE_VALUES;
	return CONFIG_LEARNT_KEY;
}
