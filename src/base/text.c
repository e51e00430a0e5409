/*
 * Text from outside, made harmless and measured. Two rules keep the terminal
 * and us of one mind: a cluster is one character that takes columns and the
 * zero-width ones that join it, at most TEXT_CLUSTER_POINTS in all, which is
 * what a cell of curses holds; and a width is always that of wcwidth(). What
 * would have to be guessed (joined emoji, variation selectors, marks without a
 * base) is shown by its code instead.
 *
 * Literal text that looks like our codes is left as it is: it harms nobody.
 */
#include "bantop/base/text.h"

#include <assert.h>
#include <string.h>
#include <wchar.h>

#include <utf8proc.h>

#include "base_priv.h"

enum { POINT_MAX = 0x10ffff, CODE_MAX = 12 };

bool
text_is_utf8(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		uint32_t point;
		size_t size = text_decode(text + at, len - at, &point);

		if (size == 0)
			return false;
		at += size;
	}
	return true;
}

size_t
text_decode(const char *text, size_t len, uint32_t *point)
{
	utf8proc_int32_t decoded;
	utf8proc_ssize_t size;

	if (len == 0)
		return 0;
	if ((unsigned char)text[0] < 0x80) {
		*point = (unsigned char)text[0];
		return 1;
	}
	/* No character is longer, and the length must fit its type. */
	size = utf8proc_iterate((const utf8proc_uint8_t *)text,
	    (utf8proc_ssize_t)(len < 4 ? len : 4), &decoded);
	if (size <= 0)
		return 0;
	*point = (uint32_t)decoded;
	return (size_t)size;
}

size_t
text_encode(uint32_t point, char out[4])
{
	utf8proc_ssize_t size;

	assert(point <= POINT_MAX);
	size = utf8proc_encode_char((utf8proc_int32_t)point,
	    (utf8proc_uint8_t *)out);
	assert(size > 0);
	return (size_t)size;
}

/* Letters and marks that show nothing, whatever their category says; some
 * change how wide a terminal draws what they follow. */
static bool
is_invisible(uint32_t point)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x034f, 0x034f },   /* combining grapheme joiner */
		{ 0x115f, 0x1160 },   /* Hangul fillers */
		{ 0x17b4, 0x17b5 },   /* Khmer inherent vowels */
		{ 0x180b, 0x180f },   /* Mongolian selectors */
		{ 0x3164, 0x3164 },   /* Hangul filler */
		{ 0xfe00, 0xfe0f },   /* variation selectors */
		{ 0xffa0, 0xffa0 },   /* halfwidth Hangul filler */
		{ 0xe0000, 0xe0fff }, /* tags, more selectors */
	};
	size_t i;

	for (i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return false;
}

bool
text_is_control(uint32_t point)
{
	if (point < 0x7f)
		return point < 0x20;
	switch (utf8proc_category((utf8proc_int32_t)point)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return is_invisible(point);
	}
}

static bool
is_printable(char byte)
{
	return byte >= ' ' && byte <= '~';
}

/* Eight bytes at once: has one of them its highest bit set, or would it have
 * when 0x20 is taken away (then it is a control), or 1 added (DEL)? */
static bool
are_printable(const char *text)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t word;

	memcpy(&word, text, sizeof word);
	return ((word | (word - ' ' * ones) | (word + ones)) & 0x80 * ones) ==
	    0;
}

size_t
text_plain_len(const char *text, size_t len)
{
	size_t at = 0;

	while (len - at >= sizeof(uint64_t) && are_printable(text + at))
		at += sizeof(uint64_t);
	while (at < len && is_printable(text[at]))
		at++;
	if (at > 0 && at < len && (unsigned char)text[at] >= 0x80)
		at--;
	return at;
}

/* What a character is where it stands. */
enum shape {
	SHAPE_BASE, /* begins a cluster */
	SHAPE_MARK, /* joins the one before it */
	SHAPE_CODE, /* must be shown by its code */
};

struct walk {
	enum text_mode mode;
	uint32_t previous;
	size_t points; /* in the cluster; 0 where none can be joined */
};

static int
point_width_cols(uint32_t point)
{
	return point < 0x7f ? 1 : wcwidth((wchar_t)point);
}

static bool
joins(const struct walk *walk, uint32_t point)
{
	return walk->points > 0 && walk->points < TEXT_CLUSTER_POINTS &&
	    !utf8proc_grapheme_break((utf8proc_int32_t)walk->previous,
	        (utf8proc_int32_t)point);
}

static bool
may_show(uint32_t point, enum text_mode mode)
{
	if (text_is_control(point))
		return false;
	if (point < 0x80 || mode == TEXT_UTF8)
		return true;
	return mode == TEXT_UNAMBIGUOUS && !text_is_ambiguous(point);
}

static enum shape
shape_next(struct walk *walk, uint32_t point)
{
	enum shape shape = SHAPE_CODE;

	if (may_show(point, walk->mode)) {
		int width = point_width_cols(point);

		if (width > 0)
			shape = SHAPE_BASE;
		else if (width == 0 && joins(walk, point))
			shape = SHAPE_MARK;
	}
	if (shape == SHAPE_BASE)
		walk->points = 1;
	else if (shape == SHAPE_MARK)
		walk->points++;
	else
		walk->points = 0;
	walk->previous = point;
	return shape;
}

/* Writes @p value with at least @p digits hexadecimal digits. */
static size_t
write_hex(uint32_t value, int digits, char *out)
{
	size_t len = 0;
	int shift;

	for (shift = 28; shift >= 0; shift -= 4) {
		uint32_t rest = value >> shift;

		if (rest > 0 || shift < 4 * digits)
			out[len++] = "0123456789ABCDEF"[rest & 0xf];
	}
	return len;
}

static size_t
write_code(uint32_t point, char out[CODE_MAX])
{
	size_t len = 3;

	memcpy(out, "<U+", 3);
	len += write_hex(point, 4, out + len);
	out[len++] = '>';
	return len;
}

static size_t
write_byte(char byte, char out[CODE_MAX])
{
	memcpy(out, "\\x", 2);
	return 2 + write_hex((unsigned char)byte, 2, out + 2);
}

/* The next piece of safe text for what stands at @p text. @return its bytes;
 * those that it stands for are stored in *taken. */
static size_t
make_piece(struct walk *walk, const char *text, size_t len, enum shape *shape,
    size_t *taken, char piece[CODE_MAX])
{
	uint32_t point;

	*shape = SHAPE_CODE;
	*taken = text_decode(text, len, &point);
	if (*taken == 0) {
		*taken = 1;
		walk->points = 0;
		return write_byte(text[0], piece);
	}
	*shape = shape_next(walk, point);
	if (*shape == SHAPE_CODE)
		return write_code(point, piece);
	memcpy(piece, text, *taken);
	return *taken;
}

size_t
text_make_safe(const char *text, size_t len, enum text_mode mode, char *out,
    size_t out_size)
{
	struct walk walk = { .mode = mode };
	size_t cluster_at = 0;
	size_t used = 0;
	size_t at = 0;

	assert(out_size > 0);
	while (at < len) {
		size_t room = out_size - 1 - used;
		char piece[CODE_MAX];
		enum shape shape;
		size_t taken = text_plain_len(text + at, len - at);
		size_t size = taken < room ? taken : room;

		memcpy(out + used, text + at, size);
		used += size;
		at += size;
		if (at == len)
			break;
		room -= size;
		size = make_piece(&walk, text + at, len - at, &shape, &taken,
		    piece);
		if (shape != SHAPE_MARK)
			cluster_at = used;
		if (size > room) {
			used = cluster_at; /* the whole cluster, or nothing */
			break;
		}
		memcpy(out + used, piece, size);
		used += size;
		at += taken;
	}
	out[used] = '\0';
	return used;
}

bool
text_is_safe(const char *text, size_t len)
{
	struct walk walk = { .mode = TEXT_UTF8 };
	size_t at = 0;

	for (;;) {
		uint32_t point;
		size_t size;

		at += text_plain_len(text + at, len - at);
		if (at == len)
			return true;
		size = text_decode(text + at, len - at, &point);
		if (size == 0 || shape_next(&walk, point) == SHAPE_CODE)
			return false;
		at += size;
	}
}

/* One cell for what is not safe after all: a wrong caller must not hang us. */
static void
stand_in(struct text_cluster *cluster)
{
	cluster->len = 1;
	cluster->width_cols = 1;
	cluster->point_count = 1;
	cluster->points[0] = '?';
}

bool
text_next_cluster(const char *text, size_t len, struct text_cluster *cluster)
{
	struct walk walk = { .mode = TEXT_UTF8 };

	/* Two bytes say whether the first one stands alone. */
	if (text_plain_len(text, len < 2 ? len : 2) > 0) {
		cluster->len = 1;
		cluster->width_cols = 1;
		cluster->point_count = 1;
		cluster->points[0] = (unsigned char)text[0];
		return true;
	}
	cluster->len = 0;
	cluster->width_cols = 0;
	cluster->point_count = 0;
	if (len == 0)
		return false;
	while (cluster->len < len) {
		struct walk before = walk;
		uint32_t point;
		size_t size = text_decode(text + cluster->len,
		    len - cluster->len, &point);
		enum shape wanted = cluster->len == 0 ? SHAPE_BASE : SHAPE_MARK;

		if (size == 0 || shape_next(&walk, point) != wanted) {
			walk = before;
			break;
		}
		if (wanted == SHAPE_BASE)
			cluster->width_cols = point_width_cols(point);
		cluster->points[cluster->point_count++] = point;
		cluster->len += size;
	}
	if (cluster->len == 0)
		stand_in(cluster);
	return true;
}

uint32_t
text_fold(uint32_t point)
{
	utf8proc_int32_t folded[8];
	int boundclass = 0;

	if (point < 0x80)
		return point - 'A' < 26u ? point + ('a' - 'A') : point;
	/* One for one, or the lower case: a hit must have whole characters. */
	if (utf8proc_decompose_char((utf8proc_int32_t)point, folded,
	        sizeof folded / sizeof folded[0], UTF8PROC_CASEFOLD,
	        &boundclass) == 1)
		return (uint32_t)folded[0];
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
}

bool
text_has_upper(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		uint32_t point = 0;
		size_t size = text_decode(text + at, len - at, &point);

		switch (utf8proc_category((utf8proc_int32_t)point)) {
		case UTF8PROC_CATEGORY_LU:
		case UTF8PROC_CATEGORY_LT:
			return true;
		default:
			break;
		}
		at += size > 0 ? size : 1;
	}
	return false;
}

const char *
text_library_version(void)
{
	return utf8proc_version();
}
