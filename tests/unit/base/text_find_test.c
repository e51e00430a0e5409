#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/text.h"

static size_t
find(const char *text, const char *needle, bool exact)
{
	return text_find(text, strlen(text), needle, strlen(needle), exact);
}

static void
an_exact_search_minds_the_case(void **state)
{
	(void)state;
	assert_int_equal(find("brennanli12", "li1", true), 7);
	assert_int_equal(find("brennanLI12", "LI1", true), 7);
	assert_int_equal(find("brennanLI12", "li1", true), SIZE_MAX);
	assert_int_equal(find("abcabd", "abd", true), 3);
	assert_int_equal(find("abc", "abcd", true), SIZE_MAX);
	assert_int_equal(find("", "a", true), SIZE_MAX);
	assert_int_equal(find("abc", "", true), 0);
	assert_int_equal(find("", "", false), 0);
}

static void
a_search_is_blind_to_the_case_otherwise(void **state)
{
	(void)state;
	assert_int_equal(find("BrennanLI12", "li1", false), 7);
	assert_int_equal(find("brennanli12", "NANLI", false), 4);
	assert_int_equal(find("x@[`{y", "@[`{", false), 1);
	assert_int_equal(find("x`{y", "@[", false), SIZE_MAX);
	assert_int_equal(find("aab", "AB", false), 1);
}

/* Of any length, and beside bytes that differ from it in one bit. */
static void
a_hit_is_found_wherever_it_stands(void **state)
{
	static const struct {
		char text[3];
		char needle[3];
		char beside;
	} cases[] = { { "Ab", "aB", '!' }, { "zz", "Zz", ':' },
		{ "@1", "@1", '`' }, { "`x", "`X", '@' }, { "[k", "[K", '{' } };
	char text[64];
	size_t i, len, at;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
		for (len = 2; len < 40; len++)
			for (at = 0; at + 2 <= len; at++) {
				memset(text, cases[i].beside, len);
				assert_true(text_find(text, len,
				                cases[i].needle, 2,
				                false) == SIZE_MAX);
				memcpy(text + at, cases[i].text, 2);
				assert_int_equal(text_find(text, len,
				                     cases[i].needle, 2, false),
				    at);
			}
}

/* A sign that is folded to ASCII is one of many bytes, before or behind. */
static void
a_fold_to_ascii_is_found_wherever_it_stands(void **state)
{
	char text[64];
	size_t len, at;

	(void)state;
	for (len = 3; len < 40; len++)
		for (at = 0; at + 3 <= len; at++) {
			memset(text, 'j', len);
			memcpy(text + at, "\xe2\x84\xaa", 3);
			assert_int_equal(text_find(text, len, "k", 1, false),
			    at);
			memset(text, 'j', len);
			text[at] = 'K';
			assert_int_equal(text_find(text, len, "\xe2\x84\xaa", 3,
			                     false),
			    at);
		}
}

static void
case_is_that_of_unicode(void **state)
{
	(void)state;
	/* Latin, Greek with its final sigma, Cyrillic. */
	assert_int_equal(find("x\xc3\x89t\xc3\xa9", "\xc3\xa9t\xc3\x89", false),
	    1);
	assert_int_equal(find("\xce\xa3\xcf\x82", "\xcf\x83\xcf\x83", false),
	    0);
	assert_int_equal(find("\xd0\x9c\xd0\xb8\xd1\x80", "\xd0\xb8\xd0\xa0",
	                     false),
	    2);
	/* The Kelvin sign is a k, the long s an s. */
	assert_int_equal(find("12\xe2\x84\xaa", "k", false), 2);
	assert_int_equal(find("mi\xc5\xbf", "MIS", false), 0);
	assert_int_equal(find("12k", "\xe2\x84\xaa", false), 2);
	assert_int_equal(find("\xe4\xb8\xad\xe6\x96\x87", "\xe6\x96\x87",
	                     false),
	    3);
	assert_int_equal(find("\xc3\xa9", "e", false), SIZE_MAX);
}

/* One that folds to several is its lower case: a hit has whole characters. */
static void
a_letter_that_folds_to_two_is_found_as_itself(void **state)
{
	(void)state;
	assert_int_equal(find("stra\xe1\xba\x9e\x65", "\xc3\x9f", false), 4);
	assert_int_equal(find("stra\xc3\x9f\x65", "\xe1\xba\x9e", false), 4);
	assert_int_equal(find("stra\xc3\x9f\x65", "ss", false), SIZE_MAX);
}

static void
bytes_that_are_no_utf8_are_themselves(void **state)
{
	(void)state;
	assert_int_equal(find("a\xff\xc3\xa9", "\xff\xc3\x89", false), 1);
	assert_int_equal(find("a\xc3\xa9", "\xff", false), SIZE_MAX);
	/* No hit inside a character. */
	assert_int_equal(find("\xc3\xa9", "\xa9", false), SIZE_MAX);
}

static void
capitals_are_seen_in_any_script(void **state)
{
	(void)state;
	assert_false(text_has_upper("", 0));
	assert_false(text_has_upper("abc 123 @[", 10));
	assert_true(text_has_upper("abC", 3));
	assert_true(text_has_upper("a\xc3\x89", 3));
	assert_false(text_has_upper("a\xc3\xa9", 3));
	assert_true(text_has_upper("\xc7\x85", 2)); /* title case */
	assert_false(text_has_upper("\xe4\xb8\xad\xff", 4));
	assert_true(text_has_upper("\xff"
	                           "A",
	    2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_exact_search_minds_the_case),
		cmocka_unit_test(a_search_is_blind_to_the_case_otherwise),
		cmocka_unit_test(a_hit_is_found_wherever_it_stands),
		cmocka_unit_test(a_fold_to_ascii_is_found_wherever_it_stands),
		cmocka_unit_test(case_is_that_of_unicode),
		cmocka_unit_test(a_letter_that_folds_to_two_is_found_as_itself),
		cmocka_unit_test(bytes_that_are_no_utf8_are_themselves),
		cmocka_unit_test(capitals_are_seen_in_any_script),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
