/*
 * What a terminal may be sent. Knows what must not be there by ranges of its
 * own, and not by the rules of the program that is tested.
 */
#include "raw_bytes.h"

#include <stdbool.h>
#include <string.h>

#include "bantop/base/text.h"

/* Sequences of our own: CSI, character sets, keypad, cursor. */
static bool
is_own_escape(const char *at)
{
	return at[1] != '\0' && strchr("[()=>78MH", at[1]) != NULL;
}

/* A copy for the clipboard: nothing but base64 in it. @return its length. */
static size_t
copy_len(const char *at)
{
	static const char begin[] = "\x1b]52;c;";
	size_t len = sizeof(begin) - 1;

	if (strncmp(at, begin, len) != 0)
		return 0;
	len += strspn(at + len,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
	    "qrstuvwxyz0123456789+/=");
	return at[len] == '\a' ? len + 1 : 0;
}

static bool
is_harmful_point(uint32_t point)
{
	static const struct {
		uint32_t from, to;
	} ranges[] = {
		{ 0x7f, 0x9f },
		{ 0xad, 0xad },
		{ 0x61c, 0x61c },
		{ 0x200b, 0x200f },
		{ 0x2028, 0x202e },
		{ 0x2060, 0x206f },
		{ 0xe000, 0xf8ff },
		{ 0xfeff, 0xfeff },
		{ 0xe0000, 0x10ffff },
	};
	size_t i;

	for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (point >= ranges[i].from && point <= ranges[i].to)
			return true;
	return point < ' ' && strchr("\b\t\n\r\x0e\x0f", (int)point) == NULL;
}

size_t
raw_bytes_allowed(const char *at, size_t left)
{
	uint32_t point;
	size_t len;

	if (*at == '\x1b' && is_own_escape(at))
		return 2;
	if (*at == '\x1b')
		return copy_len(at);
	len = text_decode(at, left, &point);
	return len > 0 && point != 0 && !is_harmful_point(point) ? len : 0;
}

size_t
raw_bytes_harmful(const char *text, size_t len)
{
	size_t at = 0, allowed;

	while (at < len) {
		allowed = raw_bytes_allowed(text + at, len - at);
		if (allowed == 0)
			return at;
		at += allowed;
	}
	return len;
}
