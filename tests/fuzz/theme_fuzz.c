/*
 * The words of a theme file: lines of `ROLE KEY VALUE`. What is refused leaves
 * the theme as it was.
 */
#include <stdlib.h>
#include <string.h>

#include "bantop/view/theme.h"
#include "fuzz/fuzz.h"

static void
take_line(struct theme *theme, char *line)
{
	struct err err = { .kind = ERR_NONE };
	struct theme before = *theme;
	char *key = strchr(line, ' ');
	char *value;
	bool ok;

	if (key == NULL) {
		ok = theme_begin(theme, line, &err);
	} else {
		*key++ = '\0';
		value = strchr(key, ' ');
		if (value == NULL)
			return;
		*value++ = '\0';
		ok = theme_set(theme, line, key, value, &err);
	}
	if (ok)
		return;
	REQUIRE(err.kind == ERR_CONFIG && err.text[0] != '\0');
	REQUIRE(memcmp(theme, &before, sizeof before) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct theme theme = *theme_default();
	char *text = malloc(size + 1);
	char *line = text;
	char *end;

	REQUIRE(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	while (line != NULL) {
		end = strchr(line, '\n');
		if (end != NULL)
			*end++ = '\0';
		take_line(&theme, line);
		line = end;
	}
	free(text);
	return 0;
}
