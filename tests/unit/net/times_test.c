#include "net/net_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static void
each_part_is_counted_from_the_one_before(void **state)
{
	const struct http_times times = {
		.lookup_us = 2000,
		.connect_us = 5000,
		.tls_us = 12000,
		.sent_us = 12100,
		.first_us = 30100,
		.total_us = 31400,
		.connects = 1,
	};
	struct transport_timing timing;

	(void)state;
	http_times_fill(&times, &timing);
	assert_int_equal(timing.lookup_ms, 2);
	assert_int_equal(timing.connect_ms, 3);
	assert_int_equal(timing.tls_ms, 7);
	assert_int_equal(timing.wait_ms, 18);
	assert_int_equal(timing.total_ms, 31);
	assert_int_equal(http_times_step(&times), HTTP_STEP_ANSWER);
}

static void
a_kept_connection_has_only_wait_and_total(void **state)
{
	const struct http_times times = {
		.lookup_us = 20,
		.connect_us = 21,
		.tls_us = 22,
		.sent_us = 100,
		.first_us = 4100,
		.total_us = 5000,
		.connects = 0,
	};
	struct transport_timing timing;

	(void)state;
	http_times_fill(&times, &timing);
	assert_int_equal(timing.lookup_ms, -1);
	assert_int_equal(timing.connect_ms, -1);
	assert_int_equal(timing.tls_ms, -1);
	assert_int_equal(timing.wait_ms, 4);
	assert_int_equal(timing.total_ms, 5);
}

static void
what_did_not_happen_took_no_time(void **state)
{
	struct http_times times = { .total_us = 1000 };
	struct transport_timing timing;

	(void)state;
	http_times_fill(&times, &timing);
	assert_int_equal(timing.lookup_ms, -1);
	assert_int_equal(timing.wait_ms, -1);
	assert_int_equal(timing.total_ms, 1);
	assert_int_equal(http_times_step(&times), HTTP_STEP_LOOKUP);
	times.lookup_us = 10;
	assert_int_equal(http_times_step(&times), HTTP_STEP_CONNECT);
	times.tls_begun = true;
	assert_int_equal(http_times_step(&times), HTTP_STEP_TLS);
	times.tls_begun = false;
	times.connect_us = 20;
	assert_int_equal(http_times_step(&times), HTTP_STEP_TLS);
	http_times_fill(&times, &timing);
	assert_int_equal(timing.tls_ms, -1);
	times.sent_us = 30;
	assert_int_equal(http_times_step(&times), HTTP_STEP_REQUEST);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_part_is_counted_from_the_one_before),
		cmocka_unit_test(a_kept_connection_has_only_wait_and_total),
		cmocka_unit_test(what_did_not_happen_took_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
