#include "bantop/api/error_fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
is_filled(const struct error_fault *fault)
{
	assert_non_null(fault);
	assert_true(strlen(fault->title) > 0 && strlen(fault->title) < 32);
	assert_true(strlen(fault->meaning) > 0);
	assert_non_null(fault->causes[0]);
	assert_true(strlen(fault->action) > 0);
	assert_true(strlen(fault->repeat) > 0);
}

static void
every_kind_and_every_status_has_its_row(void **state)
{
	int kind, status;

	(void)state;
	for (kind = ERR_NONE; kind <= ERR_CANCELLED; kind++)
		is_filled(error_fault_of_kind((enum err_kind)kind));
	for (status = 0; status < 700; status++)
		is_filled(error_fault_of_status(status));
}

static bool
is_repeated(const struct error_fault *fault)
{
	return strstr(fault->repeat, "at most twice") != NULL;
}

static void
only_passing_faults_are_said_to_be_repeated(void **state)
{
	int status;

	(void)state;
	for (status = 201; status < 600; status++)
		assert_int_equal(is_repeated(error_fault_of_status(status)),
		    status == 408 || status == 429 || status >= 500);
	assert_true(is_repeated(error_fault_of_kind(ERR_LOOKUP)));
	assert_true(is_repeated(error_fault_of_kind(ERR_CONNECT)));
	assert_true(is_repeated(error_fault_of_kind(ERR_NETWORK)));
	assert_true(is_repeated(error_fault_of_kind(ERR_TIMEOUT)));
	assert_false(is_repeated(error_fault_of_kind(ERR_TLS)));
	assert_false(is_repeated(error_fault_of_kind(ERR_DATA)));
	assert_false(is_repeated(error_fault_of_kind(ERR_PAGING)));
	assert_false(is_repeated(error_fault_of_kind(ERR_LIMIT)));
}

static void
the_backup_host_is_named_where_it_is_tried(void **state)
{
	(void)state;
	assert_non_null(strstr(error_fault_of_kind(ERR_LOOKUP)->repeat,
	    "backup"));
	assert_non_null(strstr(error_fault_of_kind(ERR_CONNECT)->repeat,
	    "backup"));
	assert_null(strstr(error_fault_of_kind(ERR_TIMEOUT)->repeat, "backup"));
}

static void
a_narrow_range_of_statuses_wins_over_a_wide_one(void **state)
{
	const struct error_fault *other = error_fault_of_kind(ERR_HTTP);

	(void)state;
	assert_string_equal(error_fault_of_status(407)->title,
	    "the proxy asks who you are");
	assert_string_equal(error_fault_of_status(429)->title,
	    "too many calls");
	assert_string_equal(error_fault_of_status(302)->title,
	    "sent elsewhere");
	assert_ptr_equal(error_fault_of_status(500),
	    error_fault_of_status(599));
	assert_ptr_equal(error_fault_of_status(204), other);
	assert_ptr_equal(error_fault_of_status(418), other);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_and_every_status_has_its_row),
		cmocka_unit_test(only_passing_faults_are_said_to_be_repeated),
		cmocka_unit_test(the_backup_host_is_named_where_it_is_tried),
		cmocka_unit_test(
		    a_narrow_range_of_statuses_wins_over_a_wide_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
