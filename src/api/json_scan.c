/*
 * One pass over the bytes by the grammar of RFC 8259, a function for each of
 * its rules. The copy never grows: whatever is rewritten gets shorter. Bytes
 * of strings that are no UTF-8 pass; who reads the text asks for that.
 */
#include "bantop/api/json_scan.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

struct scanner {
	const char *in;
	size_t len;
	size_t at;
	int depth;
	int depth_max;
	struct json_scan *out;
	struct err *err;
};

static bool take_value(struct scanner *s);

static bool
fail(struct scanner *s, const char *what)
{
	if (s->at >= s->len)
		return err_set(s->err, ERR_DATA, 0, NULL,
		    "not JSON: cut short after byte %zu", s->len);
	return err_set(s->err, ERR_DATA, 0, NULL, "not JSON: %s at byte %zu",
	    what, s->at + 1);
}

/* @return -1 behind the end. */
static int
peek(const struct scanner *s)
{
	return s->at < s->len ? (unsigned char)s->in[s->at] : -1;
}

static bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static void
put(struct scanner *s, int byte)
{
	assert(s->out->len < s->len);
	s->out->text[s->out->len++] = (char)byte;
}

static void
pass(struct scanner *s)
{
	put(s, s->in[s->at]);
	s->at++;
}

static void
skip_space(struct scanner *s)
{
	int c = peek(s);

	while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
		s->at++;
		c = peek(s);
	}
}

static bool
take_literal(struct scanner *s, const char *word)
{
	for (; *word != '\0'; word++) {
		if (peek(s) != *word)
			return fail(s, "a word that is none of JSON's");
		pass(s);
	}
	return true;
}

static bool
take_digits(struct scanner *s)
{
	if (!is_digit(peek(s)))
		return fail(s, "a number without a digit it needs");
	while (is_digit(peek(s)))
		pass(s);
	return true;
}

static bool
take_number_parts(struct scanner *s)
{
	if (peek(s) == '-')
		pass(s);
	if (peek(s) == '0') {
		pass(s);
		if (is_digit(peek(s)))
			return fail(s, "a number with a leading zero");
	} else if (!take_digits(s)) {
		return false;
	}
	if (peek(s) == '.') {
		pass(s);
		if (!take_digits(s))
			return false;
	}
	if (peek(s) == 'e' || peek(s) == 'E') {
		pass(s);
		if (peek(s) == '+' || peek(s) == '-')
			pass(s);
		if (!take_digits(s))
			return false;
	}
	return true;
}

/* The library cuts a number after 63 characters and then stumbles. */
static bool
take_number(struct scanner *s)
{
	static const char beyond[] = "1e999";
	size_t start = s->out->len;

	if (!take_number_parts(s))
		return false;
	if (s->out->len - start > JSON_SCAN_NUMBER_MAX) {
		memcpy(s->out->text + start, beyond, sizeof beyond - 1);
		s->out->len = start + sizeof beyond - 1;
	}
	return true;
}

static int
hex_value(int c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The four digits at @p at, or -1. */
static int32_t
hex_four(const struct scanner *s, size_t at)
{
	int32_t value = 0;
	size_t i;

	if (s->len - at < 4)
		return -1;
	for (i = 0; i < 4; i++) {
		int digit = hex_value((unsigned char)s->in[at + i]);

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* Is there the \uDC00 to \uDFFF that a high surrogate needs behind it? */
static bool
low_follows(const struct scanner *s, size_t at)
{
	int32_t low;

	if (s->len - at < 6 || s->in[at] != '\\' || s->in[at + 1] != 'u')
		return false;
	low = hex_four(s, at + 2);
	return low >= 0xDC00 && low <= 0xDFFF;
}

static void
pass_count(struct scanner *s, size_t count)
{
	while (count-- > 0)
		pass(s);
}

/* s->at is at the backslash of "\u". */
static bool
take_unicode(struct scanner *s)
{
	int32_t unit = hex_four(s, s->at + 2);

	if (unit < 0) {
		s->at += 2;
		while (hex_value(peek(s)) >= 0)
			s->at++;
		return fail(s, "\\u without four hexadecimal digits");
	}
	if (unit >= 0xD800 && unit <= 0xDBFF && low_follows(s, s->at + 6)) {
		pass_count(s, 12);
		return true;
	}
	if (unit != 0 && (unit < 0xD800 || unit > 0xDFFF)) {
		pass_count(s, 6);
		return true;
	}
	if (unit == 0) {
		put(s, 0xC0);
		put(s, 0x80);
	} else {
		put(s, 0xE0 | unit >> 12);
		put(s, 0x80 | (unit >> 6 & 0x3F));
		put(s, 0x80 | (unit & 0x3F));
	}
	s->at += 6;
	return true;
}

static bool
take_escape(struct scanner *s)
{
	int c;

	if (s->len - s->at < 2) {
		s->at = s->len;
		return fail(s, "");
	}
	c = (unsigned char)s->in[s->at + 1];
	if (c == 'u')
		return take_unicode(s);
	if (c == '\0' || strchr("\"\\/bfnrt", c) == NULL)
		return fail(s, "an escape that JSON does not have");
	pass_count(s, 2);
	return true;
}

static bool
take_string(struct scanner *s)
{
	pass(s);
	while (peek(s) != '"') {
		int c = peek(s);

		if (c < 0)
			return fail(s, "");
		if (c < 0x20)
			return fail(s, "control byte in a string");
		if (c != '\\')
			pass(s);
		else if (!take_escape(s))
			return false;
	}
	pass(s);
	return true;
}

static void
note_root_value(struct scanner *s)
{
	struct json_scan *out = s->out;

	if (out->root_count == out->root_cap) {
		out->root_cap = out->root_cap > 0 ? 2 * out->root_cap : 8;
		out->root_at = mem_grow(out->root_at, out->root_cap,
		    sizeof out->root_at[0]);
	}
	out->root_at[out->root_count++] = out->len;
}

static bool
take_member(struct scanner *s)
{
	if (peek(s) != '"')
		return fail(s, "no member name where one is needed");
	if (!take_string(s))
		return false;
	skip_space(s);
	if (peek(s) != ':')
		return fail(s, "no colon behind a member name");
	pass(s);
	skip_space(s);
	/* An object inside a root that is an array is deeper. */
	if (s->depth == 1)
		note_root_value(s);
	return take_value(s);
}

/* From the bracket that opens to the one that closes. */
static bool
take_container(struct scanner *s, int close)
{
	bool object = close == '}';

	if (s->depth == s->depth_max)
		return fail(s, "too deep nesting");
	s->depth++;
	pass(s);
	skip_space(s);
	while (peek(s) != close) {
		if (!(object ? take_member(s) : take_value(s)))
			return false;
		skip_space(s);
		if (peek(s) == close)
			break;
		if (peek(s) != ',')
			return fail(s, "no comma where one is needed");
		pass(s);
		skip_space(s);
		if (peek(s) == close)
			return fail(s, "a comma with nothing behind it");
	}
	pass(s);
	s->depth--;
	return true;
}

static bool
take_value(struct scanner *s)
{
	int c = peek(s);

	switch (c) {
	case '{':
		return take_container(s, '}');
	case '[':
		return take_container(s, ']');
	case '"':
		return take_string(s);
	case 't':
		return take_literal(s, "true");
	case 'f':
		return take_literal(s, "false");
	case 'n':
		return take_literal(s, "null");
	default:
		if (c == '-' || is_digit(c))
			return take_number(s);
		return fail(s, "no value where one is needed");
	}
}

static bool
take_document(struct scanner *s)
{
	if (s->len >= 3 && memcmp(s->in, "\xEF\xBB\xBF", 3) == 0)
		s->at = 3;
	skip_space(s);
	if (s->at == s->len)
		return err_set(s->err, ERR_DATA, 0, NULL,
		    "not JSON: nothing in it");
	if (!take_value(s))
		return false;
	skip_space(s);
	if (s->at < s->len)
		return fail(s, "more behind the value");
	return true;
}

bool
json_scan_read(const char *text, size_t len, int depth_max,
    struct json_scan *out, struct err *err)
{
	struct scanner s = { 0 };

	s.in = text;
	s.len = len;
	s.depth_max = depth_max;
	s.out = out;
	s.err = err;
	*out = (struct json_scan){ 0 };
	out->text = mem_alloc(len + 1);
	if (!take_document(&s))
		return false;
	out->text[out->len] = '\0';
	return true;
}

void
json_scan_release(struct json_scan *scan)
{
	if (scan->text != NULL)
		mem_wipe(scan->text, scan->len);
	free(scan->text);
	free(scan->root_at);
	*scan = (struct json_scan){ 0 };
}
