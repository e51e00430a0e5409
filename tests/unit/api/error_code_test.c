#include "bantop/api/error_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { SHORT_BYTES_MAX = 44 };

/* The lists as the service's notes on repeats have them. */
static const int repeated[] = { 10002, 40006, 60008, 60013, 60014, 70169, 70202,
	70500, 20004, 20005, 90992, 90994, 90995, 91000 };
static const int after_wait[] = { 60007, 60011, 60018, 60019, 10006 };
static const int after_new_usersig[] = { 60004, 60005, 70001, 70002, 70003,
	70005, 70013, 70014, 70052, 10001, 10008, 20002 };

static bool
is_in(const int *list, size_t count, int code)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (list[i] == code)
			return true;
	}
	return false;
}

static enum retry_rule
wanted_rule(int code)
{
	if (is_in(repeated, sizeof repeated / sizeof repeated[0], code))
		return RETRY_YES;
	if (is_in(after_wait, sizeof after_wait / sizeof after_wait[0], code))
		return RETRY_AFTER_WAIT;
	if (is_in(after_new_usersig,
	        sizeof after_new_usersig / sizeof after_new_usersig[0], code))
		return RETRY_AFTER_REFRESH_USERSIG;
	return RETRY_NO;
}

static void
every_documented_code_is_there_once(void **state)
{
	size_t i, j;

	(void)state;
	assert_int_equal(error_code_count(), 155);
	for (i = 0; i < error_code_count(); i++) {
		for (j = i + 1; j < error_code_count(); j++)
			assert_int_not_equal(error_code_at(i)->code,
			    error_code_at(j)->code);
	}
}

static void
every_row_is_filled_and_found(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < error_code_count(); i++) {
		const struct error_code *row = error_code_at(i);

		assert_ptr_equal(error_code_find(row->code), row);
		assert_true(strlen(row->name) > 0);
		assert_true(strlen(row->meaning) > 0);
		assert_true(strlen(row->action) > 0);
		assert_true(strlen(row->source) > 0);
	}
}

static void
a_row_is_as_the_table_has_it(void **state)
{
	const struct error_code *row = error_code_find(60007);

	(void)state;
	assert_non_null(row);
	assert_string_equal(row->name, "COMM_REST_FREQ_LIMIT");
	assert_string_equal(row->meaning,
	    "more REST calls per second than this application may make");
	assert_string_equal(row->action,
	    "slow down; raise the limit in the console");
	assert_int_equal(row->retry, RETRY_AFTER_WAIT);
	assert_non_null(strstr(row->source, "trtc.io/document/34348"));
	assert_int_equal(error_code_find(70001)->retry,
	    RETRY_AFTER_REFRESH_USERSIG);
	assert_int_equal(error_code_find(10002)->retry, RETRY_YES);
	assert_int_equal(error_code_find(10007)->retry, RETRY_NO);
}

static void
codes_that_nobody_documented_are_not_found(void **state)
{
	(void)state;
	assert_null(error_code_find(1));
	assert_null(error_code_find(-60007));
	assert_null(error_code_find(99999));
	assert_null(error_code_find(INT32_MAX));
}

static void
reads_are_repeated_for_the_named_codes_and_for_no_other(void **state)
{
	int code;

	(void)state;
	for (code = -10; code < 140000; code++) {
		if (error_code_retry(code) != wanted_rule(code))
			fail_msg("code %d", code);
	}
}

static void
what_only_makes_it_worse_is_not_repeated(void **state)
{
	static const int never[] = { 60028, 70050, 70114, 70009, 70346, 70101,
		80003, 10056, 10023, 10049, 72010 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof never / sizeof never[0]; i++)
		assert_int_equal(error_code_retry(never[i]), RETRY_NO);
}

static void
trouble_with_credentials_is_told_apart(void **state)
{
	(void)state;
	assert_true(error_code_is_credential(60004));
	assert_true(error_code_is_credential(60005));
	assert_true(error_code_is_credential(70000));
	assert_true(error_code_is_credential(70009));
	assert_true(error_code_is_credential(70999));
	assert_false(error_code_is_credential(69999));
	assert_false(error_code_is_credential(71000));
	assert_false(error_code_is_credential(60006));
	assert_false(error_code_is_credential(10007));
	assert_false(error_code_is_credential(0));
}

static void
frequency_limits_are_told_apart(void **state)
{
	(void)state;
	assert_true(error_code_is_frequency(60007));
	assert_true(error_code_is_frequency(60011));
	assert_true(error_code_is_frequency(60018));
	assert_true(error_code_is_frequency(60019));
	assert_true(error_code_is_frequency(10006));
	assert_false(error_code_is_frequency(70050));
	assert_false(error_code_is_frequency(60028));
	assert_false(error_code_is_frequency(10002));
}

static void
four_codes_make_the_region_the_first_suspect(void **state)
{
	int code, count = 0;

	(void)state;
	for (code = 0; code < 140000; code++)
		count += error_code_is_region(code);
	assert_int_equal(count, 4);
	assert_true(error_code_is_region(60006));
	assert_true(error_code_is_region(60026));
	assert_true(error_code_is_region(70016));
	assert_true(error_code_is_region(70020));
}

static void
codes_of_webhooks_are_told_apart(void **state)
{
	(void)state;
	assert_true(error_code_is_custom(120001));
	assert_true(error_code_is_custom(130000));
	assert_true(error_code_is_custom(38000));
	assert_true(error_code_is_custom(39000));
	assert_false(error_code_is_custom(120000));
	assert_false(error_code_is_custom(130001));
	assert_false(error_code_is_custom(37999));
	assert_false(error_code_is_custom(39001));
}

static void
every_code_has_a_few_words(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < error_code_count(); i++) {
		const char *words = error_code_short(error_code_at(i)->code);

		assert_true(strlen(words) > 0);
		if (strlen(words) > SHORT_BYTES_MAX)
			fail_msg("too long: %s", words);
	}
	assert_string_equal(error_code_short(60007), "too many calls");
	assert_string_equal(error_code_short(99999), "unknown code");
	assert_string_equal(error_code_short(120001),
	    "code of the application's own webhook");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_documented_code_is_there_once),
		cmocka_unit_test(every_row_is_filled_and_found),
		cmocka_unit_test(a_row_is_as_the_table_has_it),
		cmocka_unit_test(codes_that_nobody_documented_are_not_found),
		cmocka_unit_test(
		    reads_are_repeated_for_the_named_codes_and_for_no_other),
		cmocka_unit_test(what_only_makes_it_worse_is_not_repeated),
		cmocka_unit_test(trouble_with_credentials_is_told_apart),
		cmocka_unit_test(frequency_limits_are_told_apart),
		cmocka_unit_test(four_codes_make_the_region_the_first_suspect),
		cmocka_unit_test(codes_of_webhooks_are_told_apart),
		cmocka_unit_test(every_code_has_a_few_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
