#include "e2e/support/deadline.h"

#include <limits.h>
#include <stdlib.h>
#include <time.h>

/* The one that pthread_cond_timedwait() can be told of, too. */
static int64_t
now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t
slowness(void)
{
	const char *text = getenv("BANTOP_TEST_SLOW");
	int64_t factor = text == NULL ? 1 : strtoll(text, NULL, 10);

	return factor < 1 ? 1 : factor > 100 ? 100 : factor;
}

int64_t
deadline_in_s(int seconds)
{
	return now_ms() + slowness() * seconds * 1000;
}

int
deadline_left_ms(int64_t deadline_ms)
{
	int64_t left_ms = deadline_ms - now_ms();

	return left_ms < 0 ? 0 : left_ms > INT_MAX ? INT_MAX : (int)left_ms;
}
