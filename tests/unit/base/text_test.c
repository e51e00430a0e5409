#include "bantop/base/text.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { OUT_MAX = 4096 };

static void
assert_safe_form(const char *raw, size_t len, enum text_mode mode,
    const char *want)
{
	char out[OUT_MAX], again[OUT_MAX];
	size_t used = text_make_safe(raw, len, mode, out, sizeof out);

	assert_string_equal(out, want);
	assert_int_equal(used, strlen(out));
	assert_true(text_is_utf8(out, used));
	assert_true(text_is_safe(out, used));
	assert_int_equal(text_make_safe(out, used, mode, again, sizeof again),
	    used);
	assert_string_equal(again, out);
}

static void
assert_safe(const char *raw, const char *want)
{
	assert_safe_form(raw, strlen(raw), TEXT_UTF8, want);
}

static void
assert_points_shown_by_code(uint32_t first, uint32_t last)
{
	uint32_t point;

	for (point = first; point <= last; point++) {
		char raw[8], want[32];
		size_t size = text_encode(point, raw + 1);

		raw[0] = 'a';
		raw[1 + size] = 'z';
		(void)snprintf(want, sizeof want, "a<U+%04X>z",
		    (unsigned)point);
		assert_true(text_is_control(point));
		assert_false(text_is_safe(raw, size + 2));
		assert_safe_form(raw, size + 2, TEXT_UTF8, want);
		assert_safe_form(raw, size + 2, TEXT_ASCII, want);
	}
}

static void
every_scalar_value_comes_back(void **state)
{
	uint32_t point;

	(void)state;
	for (point = 0; point <= 0x10ffff; point++) {
		uint32_t back = UINT32_MAX;
		char out[4];
		size_t size;

		if (point == 0xd800)
			point = 0xe000;
		size = text_encode(point, out);
		assert_in_range(size, 1, 4);
		assert_int_equal(text_decode(out, size, &back), size);
		assert_int_equal(back, point);
		assert_true(text_is_utf8(out, size));
		if (size > 1)
			assert_int_equal(text_decode(out, size - 1, &back), 0);
	}
}

static void
what_is_no_utf8_is_refused(void **state)
{
	static const char *const texts[] = {
		"\x80", /* a follower alone */
		"\xbf",
		"\xc3", /* cut */
		"\xc3(",
		"\xe4\xb8", /* cut */
		"\xe4\xb8z",
		"\xf0\x9f\x98", /* cut */
		"\xc0\x80",     /* overlong */
		"\xc0\xaf",
		"\xc1\xbf",
		"\xe0\x80\xaf",
		"\xe0\x9f\xbf",
		"\xf0\x80\x80\xaf",
		"\xf0\x8f\xbf\xbf",
		"\xed\xa0\x80", /* surrogates */
		"\xed\xbf\xbf",
		"\xf4\x90\x80\x80", /* past U+10FFFF */
		"\xf5\x80\x80\x80",
		"\xf8\x88\x80\x80\x80",
		"\xfe",
		"\xff",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		uint32_t point;

		assert_false(text_is_utf8(texts[i], strlen(texts[i])));
		assert_int_equal(text_decode(texts[i], strlen(texts[i]),
		                     &point),
		    0);
	}
}

static void
valid_text_is_utf8_with_nul_bytes_too(void **state)
{
	uint32_t point;

	(void)state;
	assert_true(text_is_utf8("", 0));
	assert_true(text_is_utf8("a\0b", 3));
	assert_true(text_is_utf8("h\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80", 10));
	assert_false(text_is_utf8("good\xffgood", 9));
	assert_int_equal(text_decode("", 0, &point), 0);
}

static void
plain_text_stays_as_it_is(void **state)
{
	(void)state;
	assert_safe("", "");
	assert_safe("brennanli1 ~!@#$%^&*()", "brennanli1 ~!@#$%^&*()");
	assert_safe("h\xc3\xa9llo \xe4\xb8\xad\xe6\x96\x87",
	    "h\xc3\xa9llo \xe4\xb8\xad\xe6\x96\x87");
	assert_safe("\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80");
	assert_safe("\xd8\xb9\xd8\xb1\xd8\xa8", "\xd8\xb9\xd8\xb1\xd8\xa8");
	assert_safe("literal <U+202E> and \\x1B stay",
	    "literal <U+202E> and \\x1B stay");
}

static void
controls_are_shown_by_their_codes(void **state)
{
	(void)state;
	assert_points_shown_by_code(0x00, 0x1f);
	assert_points_shown_by_code(0x7f, 0x9f);
}

static void
escape_sequences_lose_their_escape(void **state)
{
	static const struct {
		const char *raw, *want;
	} rows[] = {
		{ "\x1b[2J", "<U+001B>[2J" },
		{ "\x1b[31;1m", "<U+001B>[31;1m" },
		{ "\x1b]0;title\x07", "<U+001B>]0;title<U+0007>" },
		{ "\x1b]52;c;cm0=\x1b\\", "<U+001B>]52;c;cm0=<U+001B>\\" },
		{ "\x1bPq#0\x1b\\", "<U+001B>Pq#0<U+001B>\\" },
		{ "\x1b_G\x1b\\", "<U+001B>_G<U+001B>\\" },
		{ "\x1b^p\x1b\\", "<U+001B>^p<U+001B>\\" },
		{ "\x1bXs\x1b\\", "<U+001B>Xs<U+001B>\\" },
		{ "\x1b(0", "<U+001B>(0" },
		{ "\x1b#8", "<U+001B>#8" },
		{ "\x1b%G", "<U+001B>%G" },
		{ "\x1b"
		  "c",
		    "<U+001B>c" },
		{ "\x1b[6n", "<U+001B>[6n" },
		{ "\x1b[200~", "<U+001B>[200~" },
		{ "\x0e\x0f\x05", "<U+000E><U+000F><U+0005>" },
		{ "a\rb\nc\td", "a<U+000D>b<U+000A>c<U+0009>d" },
		{ "\xc2\x9b"
		  "2J",
		    "<U+009B>2J" },
		{ "\xc2\x9d"
		  "0;t\xc2\x9c",
		    "<U+009D>0;t<U+009C>" },
		{ "\x9b"
		  "2J",
		    "\\x9B2J" },
		{ "\x9d"
		  "0;t\x9c",
		    "\\x9D0;t\\x9C" },
		{ "\x90q\x9c", "\\x90q\\x9C" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_safe(rows[i].raw, rows[i].want);
}

static void
what_nobody_can_see_is_shown_by_its_code(void **state)
{
	(void)state;
	assert_points_shown_by_code(0x00ad, 0x00ad); /* soft hyphen */
	assert_points_shown_by_code(0x034f, 0x034f); /* joiner */
	assert_points_shown_by_code(0x061c, 0x061c); /* Arabic mark */
	assert_points_shown_by_code(0x115f, 0x1160); /* Hangul fillers */
	assert_points_shown_by_code(0x17b4, 0x17b5); /* Khmer vowels */
	assert_points_shown_by_code(0x180b, 0x180e); /* Mongolian */
	assert_points_shown_by_code(0x200b, 0x200f); /* zero width */
	assert_points_shown_by_code(0x2028, 0x202e); /* lines, bidi */
	assert_points_shown_by_code(0x2060, 0x206f); /* joiner, bidi */
	assert_points_shown_by_code(0x3164, 0x3164);
	assert_points_shown_by_code(0xfe00, 0xfe0f); /* selectors */
	assert_points_shown_by_code(0xfeff, 0xfeff); /* byte order mark */
	assert_points_shown_by_code(0xffa0, 0xffa0);
	assert_points_shown_by_code(0xfff9, 0xfffb);   /* annotations */
	assert_points_shown_by_code(0x1d173, 0x1d17a); /* music format */
	assert_points_shown_by_code(0xe0000, 0xe01ff); /* tags, selectors */
}

static void
what_means_nothing_is_shown_by_its_code(void **state)
{
	uint32_t plane;

	(void)state;
	assert_points_shown_by_code(0x0378, 0x0379); /* unassigned */
	assert_points_shown_by_code(0x05ff, 0x05ff);
	assert_points_shown_by_code(0xe000, 0xe010); /* private use */
	assert_points_shown_by_code(0xf8ff, 0xf8ff);
	assert_points_shown_by_code(0xf0000, 0xf0010);
	assert_points_shown_by_code(0x100000, 0x100010);
	assert_points_shown_by_code(0xfdd0, 0xfdef); /* noncharacters */
	for (plane = 0; plane <= 16; plane++)
		assert_points_shown_by_code(plane << 16 | 0xfffe,
		    plane << 16 | 0xffff);
}

static void
bytes_that_are_no_utf8_are_shown_as_bytes(void **state)
{
	(void)state;
	assert_safe("a\xff\xfe"
	            "b",
	    "a\\xFF\\xFEb");
	assert_safe("\xc0\xaf", "\\xC0\\xAF");
	assert_safe("\xed\xa0\x80", "\\xED\\xA0\\x80");
	assert_safe("\xf4\x90\x80\x80", "\\xF4\\x90\\x80\\x80");
	assert_safe("cut \xe4\xb8", "cut \\xE4\\xB8");
	assert_safe("cut \xf0\x9f\x98", "cut \\xF0\\x9F\\x98");
	/* An escape byte is not swallowed by the lead byte before it. */
	assert_safe("\xe4\x1b[2J", "\\xE4<U+001B>[2J");
	assert_safe("\xc2"
	            "A",
	    "\\xC2A");
}

static void
a_joined_emoji_shows_its_joiner(void **state)
{
	(void)state;
	assert_safe("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
	    "\xf0\x9f\x91\xa9<U+200D>\xf0\x9f\x92\xbb");
	assert_safe("\xe2\x9d\xa4\xef\xb8\x8f", "\xe2\x9d\xa4<U+FE0F>");
}

static void
marks_need_a_base_and_have_a_limit(void **state)
{
	(void)state;
	assert_safe("e\xcc\x81", "e\xcc\x81");
	assert_safe("e\xcc\x81\xcc\x82\xcc\x83", "e\xcc\x81\xcc\x82\xcc\x83");
	assert_safe("e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85z",
	    "e\xcc\x81\xcc\x82\xcc\x83<U+0304><U+0305>z");
	assert_safe("\xcc\x81"
	            "a",
	    "<U+0301>a");
	assert_safe("\x1b\xcc\x81", "<U+001B><U+0301>");
	assert_safe("\xff\xcc\x81", "\\xFF<U+0301>");
	assert_safe("\xe2\x80\x8b\xcc\x81", "<U+200B><U+0301>");
}

static void
a_zero_width_letter_joins_only_where_it_may(void **state)
{
	(void)state;
	/* Hangul in parts is one syllable; its parts elsewhere are strays. */
	assert_safe("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab",
	    "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab");
	assert_safe("a\xe1\x85\xa1", "a<U+1161>");
}

static void
every_character_is_safe_afterwards(void **state)
{
	uint32_t point;

	(void)state;
	for (point = 0; point <= 0x10ffff; point++) {
		struct text_cluster cluster;
		char raw[9], out[64];
		size_t size, used;

		if (point == 0xd800)
			point = 0xe000;
		raw[0] = 'a';
		size = 1 + text_encode(point, raw + 1);
		used = text_make_safe(raw, size, TEXT_UTF8, out, sizeof out);
		assert_true(used <= size * TEXT_SAFE_GROWTH);
		assert_true(text_is_safe(out, used));
		assert_true(text_next_cluster(out, used, &cluster));
		assert_in_range(cluster.width_cols, 1, 2);
		assert_int_equal(text_is_safe(raw, size),
		    used == size && memcmp(raw, out, size) == 0);
		used = text_make_safe(raw, size, TEXT_ASCII, out, sizeof out);
		assert_true(used <= size * TEXT_SAFE_GROWTH);
		assert_int_equal(text_width_cols(out, used), used);
	}
}

static void
random_bytes_are_safe_afterwards(void **state)
{
	uint32_t seed = 12345;
	int round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		char raw[24], out[24 * TEXT_SAFE_GROWTH + 1];
		size_t i, used;

		for (i = 0; i < sizeof raw; i++) {
			seed = seed * 1664525u + 1013904223u;
			/* Mostly lead and follower bytes. */
			raw[i] =
			    (char)(seed >> 24 | (seed & 0x300u ? 0x80u : 0));
		}
		used =
		    text_make_safe(raw, sizeof raw, TEXT_UTF8, out, sizeof out);
		assert_true(text_is_safe(out, used));
		assert_true(used >= sizeof raw);
	}
}

static void
ascii_mode_shows_everything_else_by_its_code(void **state)
{
	static const char raw[] = "a\xe4\xb8\xad\xc3\xa9\xf0\x9f\x98\x80\xff";

	(void)state;
	assert_safe_form(raw, sizeof raw - 1, TEXT_ASCII,
	    "a<U+4E2D><U+00E9><U+1F600>\\xFF");
}

static void
a_nul_byte_does_not_end_the_text(void **state)
{
	(void)state;
	assert_safe_form("a\0b", 3, TEXT_UTF8, "a<U+0000>b");
	assert_false(text_is_safe("a\0b", 3));
}

static void
bytes_that_are_no_utf8_are_not_safe(void **state)
{
	(void)state;
	assert_false(text_is_safe("\xff", 1));
	assert_false(text_is_safe("a\xe4\xb8", 3));
	assert_true(text_is_safe("a\xe4\xb8\xad", 4));
	assert_true(text_is_safe("", 0));
}

static void
what_does_not_fit_is_cut_at_a_cluster(void **state)
{
	/* A letter, a code, a letter with two marks, a wide one, a byte. */
	static const char raw[] = "a\x1b"
	                          "e\xcc\x81\xcc\x82\xe4\xb8\xad\xff";
	static const size_t edges[] = { 0, 1, 9, 14, 17, 21 };
	char whole[64];
	size_t size, edge = 0;

	(void)state;
	assert_int_equal(text_make_safe(raw, sizeof raw - 1, TEXT_UTF8, whole,
	                     sizeof whole),
	    21);
	for (size = 1; size <= sizeof whole; size++) {
		char out[64 + 1];
		size_t used;

		memset(out, '#', sizeof out);
		used =
		    text_make_safe(raw, sizeof raw - 1, TEXT_UTF8, out, size);
		if (edge < 5 && size > edges[edge + 1])
			edge++;
		assert_int_equal(used, edges[edge]);
		assert_memory_equal(out, whole, used);
		assert_int_equal(out[used], '\0');
		assert_int_equal(out[size], '#');
	}
}

static void
in_the_c_locale_nothing_wide_gets_through(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_ALL, "C"));
	assert_safe("a\xe4\xb8\xad", "a<U+4E2D>");
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	assert_safe("a\xe4\xb8\xad", "a\xe4\xb8\xad");
}

static void
clusters_carry_their_marks(void **state)
{
	static const char text[] = "a\xe4\xb8\xad"
	                           "e\xcc\x81\xcc\x82z";
	struct text_cluster cluster;
	size_t at = 0;

	(void)state;
	assert_true(text_next_cluster(text, sizeof text - 1, &cluster));
	assert_int_equal(cluster.len, 1);
	assert_int_equal(cluster.width_cols, 1);
	assert_int_equal(cluster.point_count, 1);
	assert_int_equal(cluster.points[0], 'a');
	at += cluster.len;
	assert_true(text_next_cluster(text + at, sizeof text - 1 - at,
	    &cluster));
	assert_int_equal(cluster.len, 3);
	assert_int_equal(cluster.width_cols, 2);
	assert_int_equal(cluster.points[0], 0x4e2d);
	at += cluster.len;
	assert_true(text_next_cluster(text + at, sizeof text - 1 - at,
	    &cluster));
	assert_int_equal(cluster.len, 5);
	assert_int_equal(cluster.width_cols, 1);
	assert_int_equal(cluster.point_count, 3);
	assert_int_equal(cluster.points[0], 'e');
	assert_int_equal(cluster.points[1], 0x301);
	assert_int_equal(cluster.points[2], 0x302);
	at += cluster.len;
	assert_true(text_next_cluster(text + at, sizeof text - 1 - at,
	    &cluster));
	assert_int_equal(cluster.len, 1);
	at += cluster.len;
	assert_false(text_next_cluster(text + at, sizeof text - 1 - at,
	    &cluster));
	assert_int_equal(cluster.len, 0);
}

static void
unsafe_text_does_not_stop_the_walk(void **state)
{
	static const char text[] = "\x7f\xff\xcc\x81\x1b";
	struct text_cluster cluster;
	size_t at = 0;

	(void)state;
	while (text_next_cluster(text + at, sizeof text - 1 - at, &cluster)) {
		assert_true(cluster.len > 0);
		assert_int_equal(cluster.width_cols, 1);
		assert_int_equal(cluster.points[0], '?');
		at += cluster.len;
	}
	assert_int_equal(at, sizeof text - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scalar_value_comes_back),
		cmocka_unit_test(what_is_no_utf8_is_refused),
		cmocka_unit_test(valid_text_is_utf8_with_nul_bytes_too),
		cmocka_unit_test(plain_text_stays_as_it_is),
		cmocka_unit_test(controls_are_shown_by_their_codes),
		cmocka_unit_test(escape_sequences_lose_their_escape),
		cmocka_unit_test(what_nobody_can_see_is_shown_by_its_code),
		cmocka_unit_test(what_means_nothing_is_shown_by_its_code),
		cmocka_unit_test(bytes_that_are_no_utf8_are_shown_as_bytes),
		cmocka_unit_test(a_joined_emoji_shows_its_joiner),
		cmocka_unit_test(marks_need_a_base_and_have_a_limit),
		cmocka_unit_test(a_zero_width_letter_joins_only_where_it_may),
		cmocka_unit_test(every_character_is_safe_afterwards),
		cmocka_unit_test(random_bytes_are_safe_afterwards),
		cmocka_unit_test(ascii_mode_shows_everything_else_by_its_code),
		cmocka_unit_test(a_nul_byte_does_not_end_the_text),
		cmocka_unit_test(bytes_that_are_no_utf8_are_not_safe),
		cmocka_unit_test(what_does_not_fit_is_cut_at_a_cluster),
		cmocka_unit_test(in_the_c_locale_nothing_wide_gets_through),
		cmocka_unit_test(clusters_carry_their_marks),
		cmocka_unit_test(unsafe_text_does_not_stop_the_walk),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
