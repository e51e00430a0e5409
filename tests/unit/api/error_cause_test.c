#include "bantop/api/error_cause.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/api/error_code.h"

static bool
first_cause_has(int code, const char *words)
{
	const char *causes[ERROR_CAUSE_MAX];

	assert_true(error_cause_list(code, causes) > 0);
	return strstr(causes[0], words) != NULL;
}

static void
every_code_has_at_least_one_cause(void **state)
{
	const char *causes[ERROR_CAUSE_MAX];
	size_t i, j, count;

	(void)state;
	for (i = 0; i < error_code_count(); i++) {
		count = error_cause_list(error_code_at(i)->code, causes);
		assert_in_range(count, 1, ERROR_CAUSE_MAX);
		for (j = 0; j < count; j++)
			assert_true(strlen(causes[j]) > 0);
	}
}

static void
the_first_suspect_is_that_of_the_notes(void **state)
{
	static const int region[] = { 60006, 60026, 70016, 70020 };
	static const int admin[] = { 60010, 40004, 90009 };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++)
		assert_true(first_cause_has(region[i], "region"));
	for (i = 0; i < 3; i++)
		assert_true(first_cause_has(admin[i], "administrator"));
	assert_true(first_cause_has(70009, "secret key"));
	assert_true(first_cause_has(70001, "UserSig has ended"));
	assert_true(first_cause_has(70003, "cut short"));
	assert_true(first_cause_has(70005, "cut short"));
	assert_true(first_cause_has(70013, "account differs"));
	assert_true(first_cause_has(70014, "application number differs"));
	assert_true(first_cause_has(60025, "differs from the signed"));
	assert_true(first_cause_has(10059, "plan"));
	assert_true(first_cause_has(60020, "plan"));
	assert_true(first_cause_has(80005, "plan"));
	assert_true(first_cause_has(10010, "group id"));
	assert_true(first_cause_has(10015, "group id"));
	assert_true(first_cause_has(60021, "address"));
}

static void
a_refused_ban_list_has_its_four_suspects(void **state)
{
	static const char *const suspects[] = { "console", "plan", "type",
		"administrator" };
	const char *causes[ERROR_CAUSE_MAX];
	size_t i;

	(void)state;
	assert_int_equal(error_cause_list(10007, causes), 4);
	for (i = 0; i < 4; i++)
		assert_non_null(strstr(causes[i], suspects[i]));
}

static void
codes_of_others_say_so(void **state)
{
	(void)state;
	assert_true(first_cause_has(10071, "calls that bantop never makes"));
	assert_true(first_cause_has(4711, "does not know"));
	assert_true(first_cause_has(-1, "does not know"));
	assert_true(first_cause_has(120001, "webhook"));
	assert_true(first_cause_has(0, "no error"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_at_least_one_cause),
		cmocka_unit_test(the_first_suspect_is_that_of_the_notes),
		cmocka_unit_test(a_refused_ban_list_has_its_four_suspects),
		cmocka_unit_test(codes_of_others_say_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
