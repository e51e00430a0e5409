/*
 * Walks over a JSON object that a parser has already found valid. Keys are
 * compared as they are written: nobody escapes the letters of "Next".
 */
#include "bantop/sim/json_in.h"

#include <string.h>

struct place {
	const char *at;
	const char *end;
};

static void
skip_blanks(struct place *place)
{
	while (place->at < place->end && *place->at != '\0' &&
	    strchr(" \t\r\n,:", *place->at) != NULL)
		place->at++;
}

static void
skip_text(struct place *place)
{
	place->at++;
	while (place->at < place->end && *place->at != '"') {
		if (*place->at == '\\')
			place->at++;
		place->at++;
	}
	place->at++;
}

/* A number, true, false or null. */
static void
skip_word(struct place *place)
{
	while (place->at < place->end && *place->at != '\0' &&
	    strchr(" \t\r\n,:]}", *place->at) == NULL)
		place->at++;
}

static void
skip_value(struct place *place)
{
	int depth = 0;

	do {
		skip_blanks(place);
		if (place->at >= place->end)
			return;
		switch (*place->at) {
		case '{':
		case '[':
			depth++;
			place->at++;
			break;
		case '}':
		case ']':
			depth--;
			place->at++;
			break;
		case '"':
			skip_text(place);
			break;
		default:
			skip_word(place);
			break;
		}
		skip_blanks(place);
	} while (depth > 0 && place->at < place->end);
}

/* Behind the value stand blanks that are none of it. */
static size_t
trimmed_len(const char *start, const char *end)
{
	while (end > start && strchr(" \t\r\n,:", end[-1]) != NULL)
		end--;
	return (size_t)(end - start);
}

bool
sim_json_find(const char *json, size_t len, const char *key, const char **value,
    size_t *value_len)
{
	struct place place = { .at = json, .end = json + len };
	size_t key_len = strlen(key), name_len;
	const char *name, *start;

	skip_blanks(&place);
	if (place.at >= place.end || *place.at != '{')
		return false;
	place.at++;
	for (;;) {
		skip_blanks(&place);
		if (place.at >= place.end || *place.at != '"')
			return false;
		name = place.at + 1;
		skip_text(&place);
		name_len = (size_t)(place.at - name - 1);
		skip_blanks(&place);
		start = place.at;
		skip_value(&place);
		if (name_len != key_len || memcmp(name, key, key_len) != 0)
			continue;
		*value = start;
		*value_len = trimmed_len(start, place.at);
		return true;
	}
}
