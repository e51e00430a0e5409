/*
 * Escapes of the delimited formats. A C1 control is two bytes of UTF-8, and
 * both are written as \xNN: what reads the escapes back gets the same bytes.
 */
#include "bantop/app/escape.h"

#include <stdint.h>
#include <string.h>

#include "bantop/base/text.h"

static void
put_bytes(const char *text, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++)
		buf_put_format(out, "\\x%02x", (unsigned char)text[i]);
}

static bool
is_control(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

/* Writes one character as \xNN if it is a control or no character at all.
 * @return its bytes; 0 if it is a good one, of @p size bytes. */
static size_t
put_if_bad(const char *text, size_t len, size_t *size, struct buf *out)
{
	uint32_t point = 0;

	*size = text_decode(text, len, &point);
	if (*size > 0 && !is_control(point))
		return 0;
	if (*size == 0)
		*size = 1;
	put_bytes(text, *size, out);
	return *size;
}

static const char *
tsv_name(char byte)
{
	switch (byte) {
	case '\t':
		return "\\t";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\\':
		return "\\\\";
	default:
		return NULL;
	}
}

void
escape_tsv(const char *text, size_t len, struct buf *out)
{
	size_t size;
	size_t i = 0;

	while (i < len) {
		const char *name = tsv_name(text[i]);

		if (name != NULL) {
			buf_put_text(out, name);
			i++;
			continue;
		}
		if (put_if_bad(text + i, len - i, &size, out) == 0)
			buf_put(out, text + i, size);
		i += size;
	}
}

/* What a spreadsheet would take for a formula, also in full width. */
static bool
begins_formula(const char *text, size_t len)
{
	static const uint32_t signs[] = { '=', '+', '-', '@', '\t', '\r', '\n',
		0xff1d, 0xff0b, 0xff0d, 0xff20 };
	uint32_t point;

	if (text_decode(text, len, &point) == 0)
		return false;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (signs[i] == point)
			return true;
	}
	return false;
}

void
escape_csv(const char *text, size_t len, struct buf *out)
{
	size_t size;
	size_t i = 0;

	buf_put_text(out, begins_formula(text, len) ? "\"'" : "\"");
	while (i < len) {
		if (text[i] == '"') {
			buf_put_text(out, "\"\"");
			size = 1;
		} else if (text[i] == '\t' || text[i] == '\r' ||
		    text[i] == '\n') {
			buf_put(out, text + i, 1);
			size = 1;
		} else if (put_if_bad(text + i, len - i, &size, out) == 0) {
			buf_put(out, text + i, size);
		}
		i += size;
	}
	buf_put_text(out, "\"");
}
