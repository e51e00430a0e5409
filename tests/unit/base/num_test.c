#include "bantop/base/num.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool
parses(const char *text, int64_t min, int64_t max, int64_t want)
{
	int64_t value = want == 77 ? 78 : 77;

	return num_parse(text, strlen(text), min, max, &value) && value == want;
}

static bool
refused(const char *text, int64_t min, int64_t max)
{
	int64_t value = 77;

	return !num_parse(text, strlen(text), min, max, &value) && value == 77;
}

static void
whole_numbers_in_range_are_taken(void **state)
{
	(void)state;
	assert_true(parses("0", 0, 9, 0));
	assert_true(parses("1", 1, 100, 1));
	assert_true(parses("100", 1, 100, 100));
	assert_true(parses("007", 1, 100, 7));
	assert_true(parses("-5", -5, 5, -5));
	assert_true(parses("-0", -5, 5, 0));
	assert_true(parses("-7", INT64_MIN, -7, -7));
}

static void
what_is_out_of_range_is_refused(void **state)
{
	(void)state;
	assert_true(refused("0", 1, 100));
	assert_true(refused("101", 1, 100));
	assert_true(refused("-6", -5, 5));
	assert_true(refused("6", -5, 5));
	assert_true(refused("-1", 0, 5));
	assert_true(refused("-0", 0, 5));
}

static void
the_whole_range_of_64_bits_is_reached(void **state)
{
	(void)state;
	assert_true(parses("9223372036854775807", 0, INT64_MAX, INT64_MAX));
	assert_true(refused("9223372036854775808", INT64_MIN, INT64_MAX));
	assert_true(parses("-9223372036854775808", INT64_MIN, INT64_MAX,
	    INT64_MIN));
	assert_true(refused("-9223372036854775809", INT64_MIN, INT64_MAX));
	assert_true(refused("18446744073709551616", INT64_MIN, INT64_MAX));
	assert_true(refused("99999999999999999999999999999999", INT64_MIN,
	    INT64_MAX));
}

static void
anything_but_digits_is_refused(void **state)
{
	static const char *const texts[] = { "", " 1", "1 ", "+1", "1.0", "1e3",
		"0x10", "1,000", "-", "--1", "- 1", "1-", "one", "\xd9\xa1",
		"1\n" };
	int64_t value = 77;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_true(refused(texts[i], INT64_MIN, INT64_MAX));
	assert_false(num_parse("1\0", 2, 0, 9, &value));
	assert_int_equal(value, 77);
}

static void
unsigned_numbers_reach_their_end(void **state)
{
	uint64_t value = 77;

	(void)state;
	assert_true(num_parse_u64("18446744073709551615", 20, &value));
	assert_true(value == UINT64_MAX);
	value = 77;
	assert_false(num_parse_u64("18446744073709551616", 20, &value));
	assert_false(num_parse_u64("28446744073709551615", 20, &value));
	assert_false(num_parse_u64("-1", 2, &value));
	assert_false(num_parse_u64("", 0, &value));
	assert_true(value == 77);
	assert_true(num_parse_u64("12x", 2, &value));
	assert_true(value == 12);
}

static void
numbers_are_written_as_printf_would(void **state)
{
	static const int64_t values[] = { 0, 1, 9, 10, 99, 100, 1234567, -1,
		-10, -999, INT64_MAX, INT64_MIN, INT64_MIN + 1 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof values / sizeof values[0]; i++) {
		char want[64], have[NUM_TEXT_MAX];
		int len =
		    snprintf(want, sizeof want, "%lld", (long long)values[i]);

		assert_int_equal(num_write(values[i], have), len);
		assert_string_equal(have, want);
	}
}

static void
thousands_are_grouped(void **state)
{
	static const struct {
		int64_t value;
		const char *text;
	} rows[] = {
		{ 0, "0" },
		{ 999, "999" },
		{ 1000, "1,000" },
		{ 12345, "12,345" },
		{ 123456, "123,456" },
		{ 1234567, "1,234,567" },
		{ -1000, "-1,000" },
		{ -999, "-999" },
		{ INT64_MAX, "9,223,372,036,854,775,807" },
		{ INT64_MIN, "-9,223,372,036,854,775,808" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char text[NUM_TEXT_MAX + 8];

		assert_int_equal(num_write_grouped(rows[i].value, text),
		    strlen(rows[i].text));
		assert_string_equal(text, rows[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_numbers_in_range_are_taken),
		cmocka_unit_test(what_is_out_of_range_is_refused),
		cmocka_unit_test(the_whole_range_of_64_bits_is_reached),
		cmocka_unit_test(anything_but_digits_is_refused),
		cmocka_unit_test(unsigned_numbers_reach_their_end),
		cmocka_unit_test(numbers_are_written_as_printf_would),
		cmocka_unit_test(thousands_are_grouped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
