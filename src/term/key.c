/*
 * Names of keys, in one table for both directions. Where a key has two names
 * the first is the one that is written.
 */
#include "bantop/term/key.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "bantop/base/num.h"
#include "bantop/base/text.h"

static const struct {
	const char *name;
	uint32_t code;
} names[] = {
	{ "Enter", KEY_CODE_ENTER },
	{ "Return", KEY_CODE_ENTER },
	{ "Esc", KEY_CODE_ESC },
	{ "Escape", KEY_CODE_ESC },
	{ "Tab", KEY_CODE_TAB },
	{ "Backspace", KEY_CODE_BACKSPACE },
	{ "Del", KEY_CODE_DELETE },
	{ "Delete", KEY_CODE_DELETE },
	{ "Ins", KEY_CODE_INSERT },
	{ "Insert", KEY_CODE_INSERT },
	{ "Up", KEY_CODE_UP },
	{ "Down", KEY_CODE_DOWN },
	{ "Left", KEY_CODE_LEFT },
	{ "Right", KEY_CODE_RIGHT },
	{ "Home", KEY_CODE_HOME },
	{ "End", KEY_CODE_END },
	{ "PgUp", KEY_CODE_PAGE_UP },
	{ "PageUp", KEY_CODE_PAGE_UP },
	{ "PgDn", KEY_CODE_PAGE_DOWN },
	{ "PageDown", KEY_CODE_PAGE_DOWN },
	{ "Space", ' ' },
};

static const struct {
	const char *prefix;
	unsigned modifier;
} modifiers[] = {
	{ "C-", KEY_CTRL },
	{ "M-", KEY_ALT },
	{ "S-", KEY_SHIFT },
	{ "Ctrl-", KEY_CTRL },
};

enum { WRITTEN_MODIFIERS = 3, F_COUNT = 24 };

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

bool
key_equals(struct key a, struct key b)
{
	return a.code == b.code && a.modifiers == b.modifiers;
}

bool
key_is_text(struct key key)
{
	return key.modifiers == 0 && key.code >= ' ' &&
	    key.code < KEY_CODE_ENTER;
}

static bool
is_named(const char *name, const char *text, size_t len)
{
	return strlen(name) == len && strncasecmp(name, text, len) == 0;
}

static bool
parse_function_key(const char *text, size_t len, uint32_t *code)
{
	int64_t number;

	if (len < 2 || (text[0] != 'F' && text[0] != 'f') ||
	    !num_parse(text + 1, len - 1, 1, F_COUNT, &number))
		return false;
	*code = KEY_CODE_F1 + (uint32_t)(number - 1);
	return true;
}

static bool
parse_code(const char *text, size_t len, uint32_t *code)
{
	uint32_t point;
	size_t i;

	for (i = 0; len > 1 && i < COUNT_OF(names); i++)
		if (is_named(names[i].name, text, len)) {
			*code = names[i].code;
			return true;
		}
	if (parse_function_key(text, len, code))
		return true;
	if (len == 0 || text_decode(text, len, &point) != len ||
	    text_is_control(point))
		return false;
	*code = point;
	return true;
}

/* Bytes of the modifier that @p text begins with; 0 for none. A single "C-"
 * with nothing behind it is none. */
static size_t
parse_modifier(const char *text, size_t len, unsigned *modifier)
{
	size_t i;

	for (i = 0; i < COUNT_OF(modifiers); i++) {
		size_t size = strlen(modifiers[i].prefix);

		if (len > size &&
		    strncasecmp(modifiers[i].prefix, text, size) == 0) {
			*modifier = modifiers[i].modifier;
			return size;
		}
	}
	return 0;
}

bool
key_parse(const char *name, size_t len, struct key *out)
{
	struct key key = { 0, 0 };
	unsigned modifier = 0;
	size_t size = parse_modifier(name, len, &modifier);

	while (size > 0) {
		key.modifiers |= modifier;
		name += size;
		len -= size;
		size = parse_modifier(name, len, &modifier);
	}
	if (!parse_code(name, len, &key.code))
		return false;
	if ((key.modifiers & KEY_CTRL) && key.code >= 'A' && key.code <= 'Z')
		key.code += 'a' - 'A';
	/* What no terminal sends apart: a capital says it itself. */
	if (key.code < KEY_CODE_ENTER && (key.modifiers & ~(unsigned)KEY_CTRL))
		return false;
	*out = key;
	return true;
}

static size_t
write_code(uint32_t code, char *out, size_t size)
{
	size_t i;

	for (i = 0; i < COUNT_OF(names); i++)
		if (names[i].code == code) {
			size_t len = strlen(names[i].name);

			memcpy(out, names[i].name, len);
			return len;
		}
	if (code >= KEY_CODE_F1 && code <= KEY_CODE_F24)
		return (size_t)snprintf(out, size, "F%d",
		    (int)(code - KEY_CODE_F1) + 1);
	return text_encode(code, out);
}

size_t
key_write_name(struct key key, char out[KEY_NAME_MAX])
{
	size_t len = 0;
	size_t i;

	for (i = 0; i < WRITTEN_MODIFIERS; i++)
		if (key.modifiers & modifiers[i].modifier) {
			memcpy(out + len, modifiers[i].prefix, 2);
			len += 2;
		}
	len += write_code(key.code, out + len, KEY_NAME_MAX - len);
	out[len] = '\0';
	return len;
}
