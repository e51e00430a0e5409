/*
 * What a failure means for the exit status, when nothing was had.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bantop/app/message.h"

static int
status_of(enum err_kind kind, int code)
{
	const struct err err = { .kind = kind, .code = code };

	return (int)exit_status_of(&err);
}

static void
the_services_codes_are_refusals_or_credentials(void **state)
{
	(void)state;
	assert_int_equal(status_of(ERR_SERVICE, 10007), 5);
	assert_int_equal(status_of(ERR_SERVICE, 60007), 5);
	assert_int_equal(status_of(ERR_SERVICE, 60004), 6);
	assert_int_equal(status_of(ERR_SERVICE, 60005), 6);
	assert_int_equal(status_of(ERR_SERVICE, 69999), 5);
	assert_int_equal(status_of(ERR_SERVICE, 70000), 6);
	assert_int_equal(status_of(ERR_SERVICE, 70999), 6);
	assert_int_equal(status_of(ERR_SERVICE, 71000), 5);
}

static void
everything_on_the_way_is_the_network(void **state)
{
	(void)state;
	assert_int_equal(status_of(ERR_LOOKUP, 6), 4);
	assert_int_equal(status_of(ERR_CONNECT, 7), 4);
	assert_int_equal(status_of(ERR_TLS, 60), 4);
	assert_int_equal(status_of(ERR_NETWORK, 56), 4);
	assert_int_equal(status_of(ERR_TIMEOUT, 28), 4);
	assert_int_equal(status_of(ERR_HTTP, 502), 4);
}

static void
the_users_own_mistakes_are_two_and_data_is_seven(void **state)
{
	(void)state;
	assert_int_equal(status_of(ERR_USAGE, 0), 2);
	assert_int_equal(status_of(ERR_CONFIG, 0), 2);
	assert_int_equal(status_of(ERR_FILE, 28), 2);
	assert_int_equal(status_of(ERR_CREDENTIAL, 0), 6);
	assert_int_equal(status_of(ERR_DATA, 0), 7);
	assert_int_equal(status_of(ERR_PAGING, 0), 7);
	assert_int_equal(status_of(ERR_CANCELLED, 0), 130);
	assert_int_equal(status_of(ERR_NONE, 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_services_codes_are_refusals_or_credentials),
		cmocka_unit_test(everything_on_the_way_is_the_network),
		cmocka_unit_test(
		    the_users_own_mistakes_are_two_and_data_is_seven),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
