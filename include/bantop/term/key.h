/*
 * A key as a value, and its name as in the key table and the configuration:
 * "j", "C-d", "PgDn", "F5", "Space", "S-Tab".
 */
#ifndef BANTOP_TERM_KEY_H
#define BANTOP_TERM_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Characters are their code points; the others lie above Unicode. */
enum key_code {
	KEY_CODE_NONE = 0,
	KEY_CODE_ENTER = 0x200000,
	KEY_CODE_ESC,
	KEY_CODE_TAB,
	KEY_CODE_BACKSPACE,
	KEY_CODE_DELETE,
	KEY_CODE_INSERT,
	KEY_CODE_UP,
	KEY_CODE_DOWN,
	KEY_CODE_LEFT,
	KEY_CODE_RIGHT,
	KEY_CODE_HOME,
	KEY_CODE_END,
	KEY_CODE_PAGE_UP,
	KEY_CODE_PAGE_DOWN,
	KEY_CODE_F1, /* to F24 in order */
	KEY_CODE_F24 = KEY_CODE_F1 + 23,
};

enum key_modifier {
	KEY_SHIFT = 1u, /* of keys that are no characters only */
	KEY_CTRL = 2u,  /* with a character: a lower-case letter or @[\]^_ */
	KEY_ALT = 4u,   /* of keys that are no characters only */
};

struct key {
	uint32_t code;      /* a code point or enum key_code */
	unsigned modifiers; /* enum key_modifier */
};

bool key_equals(struct key a, struct key b);

/** Is it a character that can be typed into a text? */
bool key_is_text(struct key key);

/**
 * Reads a name. Modifiers stand before it: "C-" (or "Ctrl-"), "S-", "M-". Names
 * are case-blind; so is a letter with Ctrl, other characters are not.
 * @return false, with *out untouched, if it is none.
 */
bool key_parse(const char *name, size_t len, struct key *out);

enum { KEY_NAME_MAX = 24 };
/** Writes the name that key_parse() reads. @return its length. */
size_t key_write_name(struct key key, char out[KEY_NAME_MAX]);

#endif
