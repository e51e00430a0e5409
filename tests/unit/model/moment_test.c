#include "bantop/model/moment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "bantop/model/ban.h"

/* 2026-11-22 06:07:34 UTC */
static const int64_t AT = INT64_C(1795327654);

typedef size_t (*write_fn)(int64_t at_s, enum moment_zone zone,
    char out[MOMENT_TEXT_MAX]);

static void
assert_moment(write_fn write_it, int64_t at_s, enum moment_zone zone,
    const char *want)
{
	char text[MOMENT_TEXT_MAX] = "untouched";

	assert_int_equal(write_it(at_s, zone, text), strlen(want));
	assert_string_equal(text, want);
}

static void
use(const char *zone)
{
	struct err err = { 0 };

	assert_true(moment_use_zone(zone, &err));
}

static void
a_moment_is_written_in_utc(void **state)
{
	(void)state;
	assert_moment(moment_write, AT, MOMENT_UTC, "2026-11-22 06:07:34");
	assert_moment(moment_write_iso, AT, MOMENT_UTC,
	    "2026-11-22T06:07:34+00:00");
	assert_moment(moment_write_time, AT, MOMENT_UTC, "06:07:34");
	assert_moment(moment_write_offset, AT, MOMENT_UTC, "UTC");
}

static void
a_moment_is_written_in_the_chosen_zone(void **state)
{
	(void)state;
	use("Asia/Singapore");
	assert_moment(moment_write, AT, MOMENT_LOCAL, "2026-11-22 14:07:34");
	assert_moment(moment_write_iso, AT, MOMENT_LOCAL,
	    "2026-11-22T14:07:34+08:00");
	assert_moment(moment_write_time, AT, MOMENT_LOCAL, "14:07:34");
	assert_moment(moment_write_offset, AT, MOMENT_LOCAL, "+08");
	assert_moment(moment_write, AT, MOMENT_UTC, "2026-11-22 06:07:34");
	moment_use_start_zone();
}

static void
offsets_may_be_west_odd_or_change_in_summer(void **state)
{
	(void)state;
	use("Asia/Kolkata");
	assert_moment(moment_write_offset, AT, MOMENT_LOCAL, "+0530");
	assert_moment(moment_write_iso, AT, MOMENT_LOCAL,
	    "2026-11-22T11:37:34+05:30");
	use("America/St_Johns");
	assert_moment(moment_write_offset, AT, MOMENT_LOCAL, "-0330");
	assert_moment(moment_write_iso, AT, MOMENT_LOCAL,
	    "2026-11-22T02:37:34-03:30");
	use("America/New_York");
	assert_moment(moment_write_offset, AT, MOMENT_LOCAL, "-05");
	assert_moment(moment_write_offset, AT - INT64_C(120) * 86400,
	    MOMENT_LOCAL, "-04");
	use("Europe/London");
	assert_moment(moment_write_offset, AT, MOMENT_LOCAL, "+00");
	use("UTC");
	assert_moment(moment_write_offset, AT, MOMENT_LOCAL, "UTC");
	moment_use_start_zone();
}

static void
the_edges_are_1970_and_9999(void **state)
{
	(void)state;
	assert_moment(moment_write, 0, MOMENT_UTC, "1970-01-01 00:00:00");
	assert_moment(moment_write, BAN_UNTIL_MAX_S, MOMENT_UTC,
	    "9999-12-31 23:59:59");
	assert_moment(moment_write_iso, BAN_UNTIL_MAX_S, MOMENT_UTC,
	    "9999-12-31T23:59:59+00:00");
}

static void
what_is_no_moment_is_empty(void **state)
{
	static const write_fn ways[] = { moment_write, moment_write_iso,
		moment_write_time, moment_write_offset };
	static const int64_t moments[] = { -1, INT64_MIN, INT64_MAX,
		INT64_C(253402300800) };
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof ways / sizeof ways[0]; i++)
		for (j = 0; j < sizeof moments / sizeof moments[0]; j++) {
			assert_moment(ways[i], moments[j], MOMENT_UTC, "");
			assert_moment(ways[i], moments[j], MOMENT_LOCAL, "");
		}
}

static void
the_local_edges_fit_too(void **state)
{
	(void)state;
	use("Asia/Tokyo");
	assert_moment(moment_write, BAN_UNTIL_MAX_S, MOMENT_LOCAL,
	    "10000-01-01 08:59:59");
	use("America/New_York");
	assert_moment(moment_write, 0, MOMENT_LOCAL, "1969-12-31 19:00:00");
	moment_use_start_zone();
}

static void
unknown_zones_are_refused_and_change_nothing(void **state)
{
	static const char *const names[] = { "", "Nowhere/Nothing",
		"/usr/share/zoneinfo/UTC", "../zoneinfo/UTC", "Asia", "Asia/",
		"UTC0", "JST-9", ":UTC", "zone.tab", "tzdata.zi",
		"Asia/Tokyo\n", "Asia/../UTC" };
	size_t i;

	(void)state;
	use("Asia/Singapore");
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct err err = { 0 };

		assert_false(moment_use_zone(names[i], &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_non_null(strstr(err.text, "no time zone \""));
		assert_non_null(strstr(err.text, "such as Asia/Tokyo"));
	}
	assert_moment(moment_write_offset, AT, MOMENT_LOCAL, "+08");
	moment_use_start_zone();
}

static void
the_start_zone_comes_back(void **state)
{
	(void)state;
	use("Asia/Kolkata");
	use("Asia/Tokyo");
	moment_use_start_zone();
	assert_string_equal(getenv("TZ"), "America/Bogota");
	assert_moment(moment_write_offset, AT, MOMENT_LOCAL, "-05");
	moment_use_start_zone();
	assert_moment(moment_write_offset, AT, MOMENT_LOCAL, "-05");
}

static int
start_in_bogota(void **state)
{
	(void)state;
	if (setenv("TZ", "America/Bogota", 1) != 0)
		return -1;
	tzset();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_moment_is_written_in_utc),
		cmocka_unit_test(a_moment_is_written_in_the_chosen_zone),
		cmocka_unit_test(offsets_may_be_west_odd_or_change_in_summer),
		cmocka_unit_test(the_edges_are_1970_and_9999),
		cmocka_unit_test(what_is_no_moment_is_empty),
		cmocka_unit_test(the_local_edges_fit_too),
		cmocka_unit_test(unknown_zones_are_refused_and_change_nothing),
		cmocka_unit_test(the_start_zone_comes_back),
	};

	return cmocka_run_group_tests(tests, start_in_bogota, NULL);
}
