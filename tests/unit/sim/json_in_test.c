#include "bantop/sim/json_in.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
assert_found(const char *json, const char *key, const char *want)
{
	const char *value = NULL;
	size_t len = 0;

	assert_int_equal(sim_json_find(json, strlen(json), key, &value, &len),
	    want != NULL);
	if (want == NULL)
		return;
	assert_int_equal(len, strlen(want));
	assert_memory_equal(value, want, len);
}

static void
a_member_is_found_digit_by_digit(void **state)
{
	(void)state;
	assert_found("{\"Next\":18446744073709551615}", "Next",
	    "18446744073709551615");
	assert_found(" { \"a\" : [1,{\"Next\":2}] , \"Next\" : 3 } ", "Next",
	    "3");
	assert_found("{\"a\":\"\\\"Next\\\":1\",\"Next\":4}", "Next", "4");
	assert_found("{\"a\":{\"b\":[]},\"Next\":\"5\"}", "Next", "\"5\"");
	assert_found("{\"a\":{},\"Next\":{\"x\":[1,2]}}", "Next",
	    "{\"x\":[1,2]}");
}

static void
an_absent_member_is_not_found(void **state)
{
	(void)state;
	assert_found("{}", "Next", NULL);
	assert_found("{\"a\":{\"Next\":1},\"next\":2,\"Nex\":3}", "Next", NULL);
	assert_found("[\"Next\",1]", "Next", NULL);
	assert_found("", "Next", NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_member_is_found_digit_by_digit),
		cmocka_unit_test(an_absent_member_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
