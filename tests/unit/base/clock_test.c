#include "bantop/base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "fake_clock.h"

static void
the_system_wall_clock_is_the_time(void **state)
{
	int64_t before = (int64_t)time(NULL);
	int64_t now = clock_wall_s(clock_system());
	int64_t after = (int64_t)time(NULL);

	(void)state;
	/* time() may be a tick behind clock_gettime(). */
	assert_in_range(now, before, after + 1);
	assert_true(clock_wall_ms(clock_system()) / 1000 >= now);
}

static void
the_monotonic_clock_never_falls(void **state)
{
	int64_t last = clock_mono_ms(clock_system());
	int i;

	(void)state;
	assert_true(last >= 0);
	for (i = 0; i < 1000; i++) {
		int64_t now = clock_mono_ms(clock_system());

		assert_true(now >= last);
		last = now;
	}
}

static void
wall_seconds_are_rounded_down(void **state)
{
	struct fake_clock fake;

	(void)state;
	fake_clock_init(&fake, 0);
	fake.wall_ms = 1999;
	assert_int_equal(clock_wall_s(&fake.clock), 1);
	fake.wall_ms = 0;
	assert_int_equal(clock_wall_s(&fake.clock), 0);
	fake.wall_ms = -1;
	assert_int_equal(clock_wall_s(&fake.clock), -1);
	fake.wall_ms = -1000;
	assert_int_equal(clock_wall_s(&fake.clock), -1);
	fake.wall_ms = -1001;
	assert_int_equal(clock_wall_s(&fake.clock), -2);
}

static void
a_fake_clock_moves_only_when_told(void **state)
{
	struct fake_clock fake;
	int64_t mono;

	(void)state;
	fake_clock_init(&fake, 1000);
	mono = clock_mono_ms(&fake.clock);
	assert_int_equal(clock_wall_ms(&fake.clock), 1000000);
	assert_int_equal(clock_mono_ms(&fake.clock), mono);
	fake_clock_advance_ms(&fake, 1500);
	assert_int_equal(clock_wall_s(&fake.clock), 1001);
	assert_int_equal(clock_mono_ms(&fake.clock), mono + 1500);
	fake_clock_jump_wall_ms(&fake, -3600000);
	assert_int_equal(clock_wall_s(&fake.clock), -2599);
	assert_int_equal(clock_mono_ms(&fake.clock), mono + 1500);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_system_wall_clock_is_the_time),
		cmocka_unit_test(the_monotonic_clock_never_falls),
		cmocka_unit_test(wall_seconds_are_rounded_down),
		cmocka_unit_test(a_fake_clock_moves_only_when_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
