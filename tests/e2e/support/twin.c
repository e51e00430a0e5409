/*
 * The families. Each is short enough for a line of its own, but for the long
 * ones, which are there to be cut.
 */
#include "e2e/support/twin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct family {
	const char *name;
	const char *text;
	size_t len;
	bool is_long;
};

#define FAMILY(name, text)                          \
	{                                           \
		name, text, sizeof(text) - 1, false \
	}
#define LONG(name, text)                           \
	{                                          \
		name, text, sizeof(text) - 1, true \
	}
#define HAN "\xe6\xbc\xa2"
#define MARKS "\xcc\xb4\xcd\x9d\xcc\xa8\xcc\xb4\xcd\x9d\xcc\xa8"

static const struct family families[] = {
	FAMILY("CSI", "\x1b[31mred\x1b[0m"),
	FAMILY("CSI, erase", "\x1b[2J\x1b[H"),
	FAMILY("CSI, mode", "\x1b[?1049l"),
	FAMILY("CSI, question", "\x1b[6n\x1b[c"),
	FAMILY("CSI, printer", "\x1b[5i"),
	FAMILY("CSI, paste", "\x1b[201~q"),
	FAMILY("CSI, cut", "cut\x1b["),
	FAMILY("OSC, title", "\x1b]0;t\a"),
	FAMILY("OSC, copy", "\x1b]52;c;YQ==\a"),
	FAMILY("OSC, link", "\x1b]8;;h\x1b\\"),
	FAMILY("DCS", "\x1bP+q54\x1b\\"),
	FAMILY("APC", "\x1b_Gf=1\x1b\\"),
	FAMILY("PM", "\x1b^p\x1b\\"),
	FAMILY("SOS", "\x1bXs\x1b\\"),
	FAMILY("reset",
	    "\x1b"
	    "c\x1b#8"),
	FAMILY("character sets", "\x1b(0lqk\x0e\x0f"),
	FAMILY("single shifts", "\x1bNa\x1bOb"),
	FAMILY("C1, CSI",
	    "\xc2\x9b"
	    "31m"),
	FAMILY("C1, strings",
	    "\xc2\x9d"
	    "0;t\xc2\x9c\xc2\x90\xc2\x9f"),
	FAMILY("C1, lines", "\xc2\x84\xc2\x85\xc2\x8d"),
	FAMILY("BS", "back\b\b\b\b"),
	FAMILY("CR", "carriage\r~."),
	FAMILY("LF", "line\nfeed"),
	FAMILY("CR LF", "a\r\nb"),
	FAMILY("TAB", "tab\tstop"),
	FAMILY("VT, FF", "\v\f"),
	FAMILY("BEL, DEL", "\a\x7f\x05"),
	FAMILY("flow", "\x13\x11\x16"),
	FAMILY("bidi, override", "\xe2\x80\xaegnp.exe"),
	FAMILY("bidi, isolate", "\xe2\x81\xa6i\xe2\x81\xa9"),
	FAMILY("bidi, marks", "\xe2\x80\x8f\xd8\x9c\xe2\x80\x8e"),
	FAMILY("right to left", "\xd7\xa9\xd7\x9c\xd9\x85\xd8\xb1"),
	FAMILY("zero width", "ad\xe2\x80\x8bmin\xe2\x81\xa0\xef\xbb\xbf"),
	FAMILY("soft hyphen",
	    "so\xc2\xad"
	    "ft\xcd\x8f"),
	FAMILY("joiner", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"),
	FAMILY("selector", "\xe2\x9d\xa4\xef\xb8\x8f"),
	FAMILY("flag", "\xf0\x9f\x87\xaf\xf0\x9f\x87\xb5"),
	FAMILY("tag", "a\xf3\xa0\x81\x81"),
	FAMILY("separators", "\xe2\x80\xa8\xe2\x80\xa9\xc2\xa0"),
	FAMILY("private", "\xee\x80\x80\xf3\xb0\x80\x80"),
	FAMILY("noncharacter", "\xef\xbf\xbf\xef\xb7\x90"),
	FAMILY("mark alone", "\xcc\x81no"),
	FAMILY("mark on a blank",
	    "a \xcc\x81"
	    "b \xcc\x81"),
	FAMILY("format", "%s%n%99x`id`"),
	FAMILY("no UTF-8, lone", "\xff\xfe\x80"),
	FAMILY("no UTF-8, C1",
	    "\x9b"
	    "31m"),
	FAMILY("no UTF-8, overlong", "\xc0\x9b\xe0\x80\x9b"),
	FAMILY("no UTF-8, surrogate", "\xed\xa0\x80"),
	FAMILY("no UTF-8, above", "\xf4\x90\x80\x80"),
	FAMILY("no UTF-8, cut", "cut\xe4\xb8"),
	LONG("marks", "Z" MARKS MARKS MARKS MARKS MARKS MARKS "z"),
	LONG("wide",
	    "x" HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN
	        HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN
	            HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN HAN),
	LONG("codes",
	    "\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b"
	    "\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b"),
};

size_t
twin_count(void)
{
	return sizeof(families) / sizeof(families[0]);
}

const char *
twin_name(size_t index)
{
	return families[index].name;
}

bool
twin_is_long(size_t index)
{
	return families[index].is_long;
}

static void
put_same_cols(const char *text, size_t len, enum text_mode mode,
    struct buf *out)
{
	char safe[TWIN_TEXT_MAX];
	size_t size = text_make_safe(text, len, mode, safe, sizeof(safe));
	struct text_cluster cluster;
	size_t at = 0;

	while (text_next_cluster(safe + at, size - at, &cluster)) {
		if (safe[at] == '\\' && safe[at + 1] == 'x') {
			buf_put(out, "\xff", 1);
			at += 4;
			continue;
		}
		if (cluster.points[0] < 0x7f && cluster.len == 1)
			buf_put(out, safe + at, 1);
		else
			buf_put(out, "xx", (size_t)cluster.width_cols);
		at += cluster.len;
	}
}

static void
put_same_count(const char *text, size_t len, struct buf *out)
{
	size_t at = 0;

	while (at < len) {
		uint32_t point;
		size_t size = text_decode(text + at, len - at, &point);

		if (size == 1 && point >= ' ' && point < 0x7f)
			buf_put(out, text + at, 1);
		else
			buf_put_text(out, size > 0 ? "\xc3\xa5" : "\xff");
		at += size > 0 ? size : 1;
	}
}

/* The text behind @p prefix. */
static void
put(const struct buf *text, const char *prefix, enum twin_kind kind,
    enum text_mode mode, struct buf *out)
{
	struct buf whole;

	buf_init(&whole, TWIN_TEXT_MAX);
	buf_put_text(&whole, prefix);
	switch (kind) {
	case TWIN_HOSTILE:
		buf_put(&whole, text->data, text->len);
		buf_put(out, whole.data, whole.len);
		break;
	case TWIN_SAME_COLS:
		buf_put(&whole, text->data, text->len);
		put_same_cols(whole.data, whole.len, mode, out);
		break;
	case TWIN_SAME_COUNT:
		buf_put(out, whole.data, whole.len);
		put_same_count(text->data, text->len, out);
		break;
	}
	buf_release(&whole);
}

static void
take_family(size_t index, struct buf *text)
{
	buf_init(text, TWIN_TEXT_MAX);
	buf_put(text, families[index].text, families[index].len);
}

void
twin_put_json(size_t index, const char *prefix, enum twin_kind kind,
    enum text_mode mode, struct buf *out)
{
	struct buf family, text;
	size_t i;

	take_family(index, &family);
	buf_init(&text, TWIN_TEXT_MAX);
	put(&family, prefix, kind, mode, &text);
	for (i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if (byte < ' ' || byte == '"' || byte == '\\' || byte == 0x7f)
			buf_put_format(out, "\\u%04x", byte);
		else
			buf_put(out, text.data + i, 1);
	}
	buf_release(&text);
	buf_release(&family);
}

/* As the prompt does: a line is one line, and controls are left out. */
static void
drop_controls(const struct buf *from, struct buf *out)
{
	size_t at = 0;

	while (at < from->len) {
		uint32_t point = 0;
		size_t size =
		    text_decode(from->data + at, from->len - at, &point);

		if (point == '\t' || point == '\n' || point == '\r')
			buf_put_text(out, " ");
		else if (size > 0 && point >= ' ' &&
		    (point < 0x7f || point > 0x9f))
			buf_put(out, from->data + at, size);
		at += size > 0 ? size : 1;
	}
}

void
twin_put_paste(size_t index, const char *prefix, enum twin_kind kind,
    enum text_mode mode, struct buf *out)
{
	struct buf family, taken;

	take_family(index, &family);
	buf_init(&taken, TWIN_TEXT_MAX);
	drop_controls(&family, &taken);
	put(kind == TWIN_HOSTILE ? &family : &taken, prefix, kind, mode, out);
	buf_release(&taken);
	buf_release(&family);
}
