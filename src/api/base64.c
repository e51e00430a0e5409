/*
 * Base64, three bytes to four characters and back. The alphabets differ in
 * their last two digits and in the padding only.
 */
#include "bantop/api/base64.h"

#include <stdint.h>
#include <string.h>

static const char *const digits[] = {
	[BASE64_USUAL] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	                 "0123456789+/=",
	[BASE64_USERSIG] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv"
	                   "wxyz0123456789*-_",
};

enum { PAD = 64 };

size_t
base64_size(size_t len)
{
	return (len + 2) / 3 * 4;
}

void
base64_write(const unsigned char *data, size_t len,
    enum base64_alphabet alphabet, char *out)
{
	const char *digit = digits[alphabet];
	size_t at;

	for (at = 0; at < len; at += 3) {
		size_t rest = len - at;
		uint32_t group = (uint32_t)data[at] << 16;

		if (rest > 1)
			group |= (uint32_t)data[at + 1] << 8;
		if (rest > 2)
			group |= data[at + 2];
		*out++ = digit[group >> 18];
		*out++ = digit[group >> 12 & 63];
		*out++ = digit[rest > 1 ? group >> 6 & 63 : PAD];
		*out++ = digit[rest > 2 ? group & 63 : PAD];
	}
	*out = '\0';
}

/* @return 0 to 63, PAD, or -1. */
static int
value_of(char c, enum base64_alphabet alphabet)
{
	const char *hit = c != '\0' ? strchr(digits[alphabet], c) : NULL;

	return hit != NULL ? (int)(hit - digits[alphabet]) : -1;
}

size_t
base64_span(const char *text, size_t len, enum base64_alphabet alphabet)
{
	size_t at = 0;

	while (at < len && value_of(text[at], alphabet) >= 0)
		at++;
	return at;
}

/* @return bytes in the group, 1 to 3; 0 if it is none. Only the last group of
 *         a text may be padded. */
static size_t
read_group(const char *text, bool last, enum base64_alphabet alphabet,
    unsigned char bytes[3])
{
	uint32_t group = 0;
	size_t size = 3;
	int i;

	for (i = 0; i < 4; i++) {
		int value = value_of(text[i], alphabet);

		if (value < 0)
			return 0;
		if (value == PAD) {
			if (!last || i < 2)
				return 0;
			size--;
			value = 0;
		} else if (size < 3) {
			return 0;
		}
		group = group << 6 | (uint32_t)value;
	}
	if ((size == 1 && (group & 0xffff) != 0) ||
	    (size == 2 && (group & 0xff) != 0))
		return 0;
	bytes[0] = (unsigned char)(group >> 16);
	bytes[1] = (unsigned char)(group >> 8 & 0xff);
	bytes[2] = (unsigned char)(group & 0xff);
	return size;
}

bool
base64_read(const char *text, size_t len, enum base64_alphabet alphabet,
    unsigned char *out, size_t out_size, size_t *out_len)
{
	size_t used = 0;
	size_t at;

	if (len % 4 != 0)
		return false;
	for (at = 0; at < len; at += 4) {
		unsigned char bytes[3];
		size_t size;

		size = read_group(text + at, at + 4 == len, alphabet, bytes);
		if (size == 0 || size > out_size - used)
			return false;
		memcpy(out + used, bytes, size);
		used += size;
	}
	*out_len = used;
	return true;
}
