/*
 * The writer of JSON and of the escaped fields of --print-members. What is
 * wrong in a text on purpose (bytes that are no UTF-8) must stay wrong.
 */
#include "bantop/sim/json_out.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>

static bool
is_continuation(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* A surrogate written as if it were a character of three bytes. */
static bool
is_surrogate(const char *text, size_t len)
{
	return len >= 3 && (unsigned char)text[0] == 0xED &&
	    (unsigned char)text[1] >= 0xA0 && is_continuation(text[1]) &&
	    is_continuation(text[2]);
}

static unsigned
surrogate_at(const char *text)
{
	return 0xD000U | ((unsigned)(text[1] & 0x3F) << 6) |
	    (unsigned)(text[2] & 0x3F);
}

static bool
is_plain(char c)
{
	return (unsigned char)c >= 0x20 && c != '"' && c != '\\' &&
	    (unsigned char)c != 0xED;
}

static void
put_escaped(struct buf *out, char c)
{
	switch (c) {
	case '"':
		buf_put_text(out, "\\\"");
		break;
	case '\\':
		buf_put_text(out, "\\\\");
		break;
	case '\n':
		buf_put_text(out, "\\n");
		break;
	case '\t':
		buf_put_text(out, "\\t");
		break;
	default:
		buf_put_format(out, "\\u%04x", (unsigned char)c);
		break;
	}
}

void
sim_json_text(struct buf *out, const char *text, size_t len)
{
	size_t i, run;

	buf_put(out, "\"", 1);
	for (i = 0; i < len;) {
		for (run = i; run < len && is_plain(text[run]);)
			run++;
		buf_put(out, text + i, run - i);
		i = run;
		if (i == len)
			break;
		if (is_surrogate(text + i, len - i)) {
			buf_put_format(out, "\\u%04x", surrogate_at(text + i));
			i += 3;
		} else if ((unsigned char)text[i] == 0xED) {
			buf_put(out, text + i, 1);
			i++;
		} else {
			put_escaped(out, text[i]);
			i++;
		}
	}
	buf_put(out, "\"", 1);
}

/* Faster than any format: a page holds hundreds of them. */
void
sim_json_uint(struct buf *out, uint64_t value)
{
	char digits[24];
	size_t at = sizeof(digits);

	do {
		at--;
		digits[at] = (char)('0' + value % 10);
		value /= 10;
	} while (value != 0);
	buf_put(out, digits + at, sizeof(digits) - at);
}

void
sim_json_int(struct buf *out, int64_t value)
{
	if (value < 0) {
		buf_put(out, "-", 1);
		sim_json_uint(out, 0 - (uint64_t)value);
		return;
	}
	sim_json_uint(out, (uint64_t)value);
}

/* Bytes of the character at text, 0 if it is not valid UTF-8. */
static size_t
character_len(const char *text, size_t len)
{
	unsigned char first = (unsigned char)text[0];
	unsigned char second = len > 1 ? (unsigned char)text[1] : 0;
	size_t want, i;

	if (first < 0x80)
		return 1;
	if (first < 0xC2 || first > 0xF4)
		return 0;
	want = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
	if (len < want)
		return 0;
	for (i = 1; i < want; i++) {
		if (!is_continuation(text[i]))
			return 0;
	}
	if (first == 0xE0 && second < 0xA0)
		return 0;
	if (first == 0xED && second >= 0xA0)
		return 0;
	if (first == 0xF0 && second < 0x90)
		return 0;
	if (first == 0xF4 && second >= 0x90)
		return 0;
	return want;
}

static bool
is_control(const char *text, size_t len)
{
	unsigned char first = (unsigned char)text[0];

	if (len == 1)
		return first < 0x20 || first == 0x7F;
	return len == 2 && first == 0xC2 && (unsigned char)text[1] < 0xA0;
}

static void
put_hex(struct buf *out, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		buf_put_format(out, "\\x%02x", (unsigned char)text[i]);
}

void
sim_tsv_text(struct buf *out, const char *text, size_t len)
{
	size_t i, step;

	for (i = 0; i < len; i += step) {
		step = character_len(text + i, len - i);
		if (text[i] == '\t')
			buf_put_text(out, "\\t");
		else if (text[i] == '\n')
			buf_put_text(out, "\\n");
		else if (text[i] == '\r')
			buf_put_text(out, "\\r");
		else if (text[i] == '\\')
			buf_put_text(out, "\\\\");
		else if (step == 0)
			put_hex(out, text + i, 1);
		else if (is_control(text + i, step))
			put_hex(out, text + i, step);
		else
			buf_put(out, text + i, step);
		if (step == 0)
			step = 1;
	}
}
