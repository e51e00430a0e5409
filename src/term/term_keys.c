/*
 * The keys of the terminal's description.
 */
#include <stdio.h>

#include "bantop/term/term.h"
#include "term/caps_priv.h"

static const struct {
	const char *capability;
	struct key key;
} table[] = {
	{ "kcuu1", { KEY_CODE_UP, 0 } },
	{ "kcud1", { KEY_CODE_DOWN, 0 } },
	{ "kcub1", { KEY_CODE_LEFT, 0 } },
	{ "kcuf1", { KEY_CODE_RIGHT, 0 } },
	{ "khome", { KEY_CODE_HOME, 0 } },
	{ "kend", { KEY_CODE_END, 0 } },
	{ "kpp", { KEY_CODE_PAGE_UP, 0 } },
	{ "knp", { KEY_CODE_PAGE_DOWN, 0 } },
	{ "kich1", { KEY_CODE_INSERT, 0 } },
	{ "kdch1", { KEY_CODE_DELETE, 0 } },
	{ "kent", { KEY_CODE_ENTER, 0 } },
	{ "kcbt", { KEY_CODE_TAB, KEY_SHIFT } },
};

enum { F_KEYS = 12 };

void
term_define_keys(const struct term *term, struct keys *keys)
{
	char sequence[CAPS_TEXT_MAX];
	size_t i;

	(void)term; /* there is one at a time, and curses knows it */
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		caps_copy(table[i].capability, sequence);
		keys_define(keys, sequence, table[i].key);
	}
	for (i = 0; i < F_KEYS; i++) {
		struct key key = { KEY_CODE_F1 + (uint32_t)i, 0 };
		char name[8];

		(void)snprintf(name, sizeof name, "kf%d", (int)i + 1);
		caps_copy(name, sequence);
		keys_define(keys, sequence, key);
	}
}
