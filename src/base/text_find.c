/*
 * Finding a text in a text. Where both are ASCII, as nearly all are, bytes are
 * compared; else characters are, each folded by itself, so that a hit is whole
 * characters. What a fold is, is text.c's to know.
 */
#include "bantop/base/text.h"

#include <string.h>

#include "base_priv.h"

/* The first number behind those of all characters. */
enum { NO_POINT = 0x110000 };

static bool
is_ascii(const char *text, size_t len)
{
	uint64_t seen = 0;
	uint64_t word;
	size_t at;

	for (at = 0; len - at >= sizeof word; at += sizeof word) {
		memcpy(&word, text + at, sizeof word);
		seen |= word;
	}
	for (; at < len; at++)
		seen |= (unsigned char)text[at];
	return (seen & UINT64_C(0x8080808080808080)) == 0;
}

/* The character at @p text for comparing; a byte that is none is itself. */
static size_t
next_folded(const char *text, size_t len, uint32_t *folded)
{
	uint32_t point;
	size_t size = text_decode(text, len, &point);

	if (size == 0) {
		*folded = NO_POINT + (unsigned char)text[0];
		return 1;
	}
	*folded = text_fold(point);
	return size;
}

static bool
begins_folded(const char *text, size_t len, const char *needle,
    size_t needle_len)
{
	size_t at = 0;
	size_t done = 0;

	while (done < needle_len) {
		uint32_t have, want;

		if (at == len)
			return false;
		at += next_folded(text + at, len - at, &have);
		done += next_folded(needle + done, needle_len - done, &want);
		if (have != want)
			return false;
	}
	return true;
}

static size_t
find_folded(const char *text, size_t len, const char *needle, size_t needle_len)
{
	size_t at = 0;

	while (at < len) {
		uint32_t point;
		size_t size;

		if (begins_folded(text + at, len - at, needle, needle_len))
			return at;
		size = text_decode(text + at, len - at, &point);
		at += size > 0 ? size : 1;
	}
	return SIZE_MAX;
}

static unsigned char
lower_ascii(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

static bool
begins_ascii(const char *text, const char *needle, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (lower_ascii(text[i]) != lower_ascii(needle[i]))
			return false;
	return true;
}

/* Most texts that are searched do not even hold the first character. */
static size_t
find_ascii(const char *text, size_t len, const char *needle, size_t needle_len)
{
	char first = (char)lower_ascii(needle[0]);
	char capital =
	    first >= 'a' && first <= 'z' ? (char)(first - 0x20) : first;
	size_t at;

	for (at = 0; needle_len <= len - at; at++)
		if ((text[at] == first || text[at] == capital) &&
		    begins_ascii(text + at, needle, needle_len))
			return at;
	return SIZE_MAX;
}

static size_t
find_exact(const char *text, size_t len, const char *needle, size_t needle_len)
{
	size_t at = 0;

	while (needle_len <= len - at) {
		const char *hit =
		    memchr(text + at, needle[0], len - at - needle_len + 1);

		if (hit == NULL)
			return SIZE_MAX;
		if (memcmp(hit, needle, needle_len) == 0)
			return (size_t)(hit - text);
		at = (size_t)(hit - text) + 1;
	}
	return SIZE_MAX;
}

size_t
text_find(const char *text, size_t len, const char *needle, size_t needle_len,
    bool exact)
{
	if (needle_len == 0)
		return 0;
	if (exact)
		return find_exact(text, len, needle, needle_len);
	if (is_ascii(text, len) && is_ascii(needle, needle_len))
		return find_ascii(text, len, needle, needle_len);
	return find_folded(text, len, needle, needle_len);
}
