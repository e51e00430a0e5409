#include "bantop/base/text.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { POINT_MAX = 0x10ffff, OUT_MAX = 256 };

static int
use_utf8(void **state)
{
	(void)state;
	return setlocale(LC_ALL, "C.UTF-8") == NULL ? -1 : 0;
}

static void
what_terminals_differ_on_is_ambiguous(void **state)
{
	static const uint32_t yes[] = { 0xa1, 0xb0, 0xb1, 0xd7, 0xe9, 0x3a9,
		0x3b1, 0x416, 0x451, 0x2018, 0x2026, 0x20ac, 0x2160, 0x2191,
		0x2460, 0x24ff, 0x2500, 0x2502, 0x254b, 0x2588, 0x25a0, 0x2605,
		0x2640, 0x273d, 0x2776, 0x1f100, 0x1f1ac };
	static const uint32_t no[] = { 0, 'a', '~', 0x7f, 0xa0, 0xe5, 0x3c2,
		0x400, 0x452, 0x1100, 0x254c, 0x3042, 0x4e2d, 0xac00, 0xff01,
		0xff71, 0x1f600, POINT_MAX };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof yes / sizeof yes[0]; i++)
		if (!text_is_ambiguous(yes[i]))
			fail_msg("U+%04X is not", (unsigned)yes[i]);
	for (i = 0; i < sizeof no / sizeof no[0]; i++)
		if (text_is_ambiguous(no[i]))
			fail_msg("U+%04X is", (unsigned)no[i]);
}

/* They are ambiguous in Unicode, but no terminal gives them a column. */
static void
marks_and_what_is_never_shown_are_not_ambiguous(void **state)
{
	uint32_t point;

	(void)state;
	for (point = 0x300; point <= 0x36f; point++)
		assert_false(text_is_ambiguous(point));
	for (point = 0; point <= POINT_MAX; point++)
		if (text_is_control(point))
			assert_false(text_is_ambiguous(point));
}

static void
make(const char *raw, enum text_mode mode, char out[OUT_MAX])
{
	size_t len = text_make_safe(raw, strlen(raw), mode, out, OUT_MAX);

	assert_true(text_is_safe(out, len));
}

static void
codes_stand_for_ambiguous_characters_alone(void **state)
{
	char out[OUT_MAX];

	(void)state;
	make("\xc2\xb1"
	     "1 \xe4\xb8\xad \xc3\xa5 e\xcc\x81 \xc3\xa9 \xef\xbd\xb1\x1b",
	    TEXT_UNAMBIGUOUS, out);
	assert_string_equal(out,
	    "<U+00B1>1 \xe4\xb8\xad \xc3\xa5 e\xcc\x81 <U+00E9> \xef\xbd\xb1"
	    "<U+001B>");
	/* A mark behind a code has no base. */
	make("\xce\xb1\xcc\x81", TEXT_UNAMBIGUOUS, out);
	assert_string_equal(out, "<U+03B1><U+0301>");
}

static void
every_other_character_is_as_it_was(void **state)
{
	uint32_t point;

	(void)state;
	for (point = 1; point <= POINT_MAX; point++) {
		char raw[5] = { 0 }, code[16], plain[OUT_MAX], safe[OUT_MAX];

		if (point == 0xd800)
			point = 0xe000;
		(void)text_encode(point, raw);
		make(raw, TEXT_UTF8, plain);
		make(raw, TEXT_UNAMBIGUOUS, safe);
		(void)snprintf(code, sizeof code, "<U+%04X>", (unsigned)point);
		assert_string_equal(safe,
		    text_is_ambiguous(point) ? code : plain);
	}
}

static void
a_cut_has_no_ambiguous_sign(void **state)
{
	char out[OUT_MAX];

	(void)state;
	(void)text_cut_end("abcdef", 6, 4, TEXT_UNAMBIGUOUS, out, sizeof out);
	assert_string_equal(out, "abc~");
	(void)text_cut_middle("abcdef", 6, 5, TEXT_UNAMBIGUOUS, out,
	    sizeof out);
	assert_string_equal(out, "ab~ef");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_terminals_differ_on_is_ambiguous),
		cmocka_unit_test(
		    marks_and_what_is_never_shown_are_not_ambiguous),
		cmocka_unit_test(codes_stand_for_ambiguous_characters_alone),
		cmocka_unit_test(every_other_character_is_as_it_was),
		cmocka_unit_test(a_cut_has_no_ambiguous_sign),
	};

	return cmocka_run_group_tests(tests, use_utf8, NULL);
}
