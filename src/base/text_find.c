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
enum { WORD = sizeof(uint64_t) };

/* A byte eight times, in the lowest place and in the highest of each. */
static const uint64_t LOWEST = UINT64_C(0x0101010101010101);
static const uint64_t HIGHEST = UINT64_C(0x8080808080808080);

static uint64_t
word_at(const char *text)
{
	uint64_t word;

	memcpy(&word, text, sizeof word);
	return word;
}

/* The last word may begin in the one before it. */
static bool
is_ascii(const char *text, size_t len)
{
	uint64_t seen = 0;
	size_t at;

	for (at = 0; len - at >= WORD; at += WORD)
		seen |= word_at(text + at);
	if (len >= WORD)
		seen |= word_at(text + len - WORD);
	else
		for (; at < len; at++)
			seen |= (unsigned char)text[at];
	return (seen & HIGHEST) == 0;
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

/* A letter has one bit more when it is small. */
static unsigned char
small_bit(unsigned char byte)
{
	return byte >= 'a' && byte <= 'z' ? 0x20 : 0;
}

/* @return no bit of HIGHEST if all of eight bytes are ASCII and none of them,
 * with the bits of @p small, is as those of @p wanted: where one is the
 * difference holds a zero. */
static uint64_t
look_at(const char *text, uint64_t small, uint64_t wanted)
{
	uint64_t word = word_at(text);
	uint64_t other = (word | small) ^ wanted;

	return word | ((other - LOWEST) & ~other);
}

/* Most texts that are searched are ASCII and do not even hold the character
 * that a hit begins with: this is sure of it for those of a word and more.
 * Up to three words take no branch that depends on the length. */
static bool
is_ascii_without(const char *text, size_t len, unsigned char first)
{
	uint64_t wanted = first * LOWEST;
	uint64_t small = small_bit(first) * LOWEST;
	uint64_t seen;
	size_t at;

	if (len < WORD)
		return false;
	seen = look_at(text, small, wanted) |
	    look_at(text + (len < 2 * WORD ? 0 : WORD), small, wanted) |
	    look_at(text + len - WORD, small, wanted);
	for (at = 2 * WORD; at + WORD < len; at += WORD)
		seen |= look_at(text + at, small, wanted);
	return (seen & HIGHEST) == 0;
}

static size_t
find_ascii(const char *text, size_t len, const char *needle, size_t needle_len)
{
	unsigned char first = lower_ascii(needle[0]);
	unsigned char small = small_bit(first);
	size_t at;

	for (at = 0; needle_len <= len - at; at++)
		if (((unsigned char)text[at] | small) == first &&
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
	/* No character that is not ASCII is folded into those that are in
	 * such a text. */
	if (is_ascii(needle, 1) &&
	    is_ascii_without(text, len, lower_ascii(needle[0])))
		return SIZE_MAX;
	if (is_ascii(text, len) && is_ascii(needle, needle_len))
		return find_ascii(text, len, needle, needle_len);
	return find_folded(text, len, needle, needle_len);
}
