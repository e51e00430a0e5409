#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/text.h"

#define DOTS "\xe2\x80\xa6"
#define ZHONG "\xe4\xb8\xad"
#define WEN "\xe6\x96\x87"
#define E_MARKED "e\xcc\x81\xcc\x82"

typedef size_t (*cut_fn)(const char *text, size_t len, int cols,
    enum text_mode mode, char *out, size_t out_size);

static void
assert_cut(cut_fn cut, const char *text, int cols, const char *want)
{
	char out[128];
	size_t len = cut(text, strlen(text), cols, TEXT_UTF8, out, sizeof out);

	assert_string_equal(out, want);
	assert_int_equal(len, strlen(want));
	assert_true(text_width_cols(out, len) <= (cols > 0 ? cols : 0));
}

static void
width_counts_columns(void **state)
{
	(void)state;
	assert_int_equal(text_width_cols("", 0), 0);
	assert_int_equal(text_width_cols("abc", 3), 3);
	assert_int_equal(text_width_cols(ZHONG WEN, 6), 4);
	assert_int_equal(text_width_cols(E_MARKED, 5), 1);
	assert_int_equal(text_width_cols("a" ZHONG E_MARKED "z", 10), 5);
}

static void
fit_takes_whole_clusters(void **state)
{
	static const char text[] = "a" ZHONG E_MARKED "z";
	static const struct {
		int cols;
		size_t len;
		int width;
	} rows[] = { { -1, 0, 0 }, { 0, 0, 0 }, { 1, 1, 1 }, { 2, 1, 1 },
		{ 3, 4, 3 }, { 4, 9, 4 }, { 5, 10, 5 }, { 80, 10, 5 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int width = -1;

		assert_int_equal(text_fit_cols(text, sizeof text - 1,
		                     rows[i].cols, &width),
		    rows[i].len);
		assert_int_equal(width, rows[i].width);
		assert_int_equal(text_fit_cols(text, sizeof text - 1,
		                     rows[i].cols, NULL),
		    rows[i].len);
	}
}

static void
what_fits_is_not_cut(void **state)
{
	(void)state;
	assert_cut(text_cut_end, "abc", 3, "abc");
	assert_cut(text_cut_end, "", 0, "");
	assert_cut(text_cut_end, ZHONG WEN, 4, ZHONG WEN);
	assert_cut(text_cut_middle, "abc", 3, "abc");
	assert_cut(text_cut_middle, ZHONG WEN, 5, ZHONG WEN);
}

static void
the_end_is_cut_with_an_ellipsis(void **state)
{
	(void)state;
	assert_cut(text_cut_end, "abcdef", 5, "abcd" DOTS);
	assert_cut(text_cut_end, "abcdef", 2, "a" DOTS);
	assert_cut(text_cut_end, "abcdef", 1, DOTS);
	assert_cut(text_cut_end, "abcdef", 0, "");
	assert_cut(text_cut_end, "abcdef", -3, "");
	assert_cut(text_cut_end, ZHONG WEN ZHONG, 5, ZHONG WEN DOTS);
	assert_cut(text_cut_end, ZHONG WEN ZHONG, 4, ZHONG DOTS);
	assert_cut(text_cut_end, E_MARKED "bcd", 2, E_MARKED DOTS);
}

static void
the_middle_is_cut_so_that_both_ends_show(void **state)
{
	(void)state;
	assert_cut(text_cut_middle, "abcdefgh", 7, "abc" DOTS "fgh");
	assert_cut(text_cut_middle, "abcdefgh", 6, "abc" DOTS "gh");
	assert_cut(text_cut_middle, "abcdefgh", 3, "a" DOTS "h");
	assert_cut(text_cut_middle, "abcdefgh", 2, "a" DOTS);
	assert_cut(text_cut_middle, "abcdefgh", 1, DOTS);
	assert_cut(text_cut_middle, "abcdefgh", 0, "");
	/* Half a wide character is left over: the tail takes the column. */
	assert_cut(text_cut_middle, ZHONG ZHONG "xyzw", 6, ZHONG DOTS "yzw");
	assert_cut(text_cut_middle, "abcd" E_MARKED, 4, "ab" DOTS E_MARKED);
	assert_cut(text_cut_middle, "abc" ZHONG, 4, "ab" DOTS);
}

static void
ascii_has_a_sign_of_its_own(void **state)
{
	char out[16];

	(void)state;
	assert_int_equal(text_cut_end("abcdef", 6, 4, TEXT_ASCII, out,
	                     sizeof out),
	    4);
	assert_string_equal(out, "abc~");
	assert_int_equal(text_cut_middle("abcdef", 6, 5, TEXT_ASCII, out,
	                     sizeof out),
	    5);
	assert_string_equal(out, "ab~ef");
}

static void
a_small_buffer_is_never_passed(void **state)
{
	static const char text[] = "a" ZHONG E_MARKED "z" WEN "xyz";
	static const cut_fn ways[] = { text_cut_end, text_cut_middle };
	size_t size, way;
	int cols;

	(void)state;
	for (way = 0; way < 2; way++)
		for (cols = 0; cols < 12; cols++)
			for (size = 1; size < sizeof text; size++) {
				char out[64];
				size_t len;

				memset(out, '#', sizeof out);
				len = ways[way](text, sizeof text - 1, cols,
				    TEXT_UTF8, out, size);
				assert_true(len < size);
				assert_int_equal(out[len], '\0');
				assert_int_equal(out[size], '#');
				assert_true(text_is_safe(out, len));
			}
}

/* Wherever in a word of the processor it stands. */
static void
plain_text_ends_before_what_is_not(void **state)
{
	char text[24];
	size_t len, at;
	int byte;

	(void)state;
	for (len = 1; len <= sizeof text; len++)
		for (at = 0; at < len; at++)
			for (byte = 0; byte < 256; byte++) {
				size_t want = at;

				memset(text, 'a', sizeof text);
				text[at] = (char)byte;
				if (byte >= ' ' && byte <= '~')
					want = len;
				else if (byte >= 0x80 && at > 0)
					want = at - 1; /* it may join it */
				assert_int_equal(text_plain_len(text, len),
				    want);
			}
	assert_int_equal(text_plain_len(text, 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(width_counts_columns),
		cmocka_unit_test(fit_takes_whole_clusters),
		cmocka_unit_test(what_fits_is_not_cut),
		cmocka_unit_test(the_end_is_cut_with_an_ellipsis),
		cmocka_unit_test(the_middle_is_cut_so_that_both_ends_show),
		cmocka_unit_test(ascii_has_a_sign_of_its_own),
		cmocka_unit_test(a_small_buffer_is_never_passed),
		cmocka_unit_test(plain_text_ends_before_what_is_not),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
