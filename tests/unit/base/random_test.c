#include "bantop/base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
numbers_do_not_come_again(void **state)
{
	uint64_t seen[64], any = 0, all = UINT64_MAX;
	size_t i, j;

	(void)state;
	for (i = 0; i < 64; i++) {
		seen[i] = random_u64();
		any |= seen[i];
		all &= seen[i];
		for (j = 0; j < i; j++)
			assert_true(seen[i] != seen[j]);
	}
	/* Every bit takes part. */
	assert_true(any == UINT64_MAX);
	assert_true(all == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_do_not_come_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
