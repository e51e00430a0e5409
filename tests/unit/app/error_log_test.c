/*
 * The error log: what it counts, what it keeps, what leaves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "bantop/app/error_log.h"

static struct error_log error_log;

static void
add(int code, int64_t now_s)
{
	struct err err = { .kind = ERR_SERVICE, .code = code };

	(void)snprintf(err.text, sizeof err.text, "refused %d", code);
	error_log_add(&error_log, &err, now_s, "get_group_ban_member", 1);
}

static void
the_newest_error_stands_first(void **state)
{
	(void)state;
	error_log_init(&error_log);
	add(10007, 100);
	add(60007, 101);
	assert_int_equal(error_log.count, 2);
	assert_int_equal(error_log.entries[0].err.code, 60007);
	assert_int_equal(error_log.entries[1].err.code, 10007);
}

static void
the_same_error_again_is_counted_and_moves_to_the_front(void **state)
{
	(void)state;
	error_log_init(&error_log);
	add(10007, 100);
	add(60007, 101);
	add(10007, 105);
	assert_int_equal(error_log.count, 2);
	assert_int_equal(error_log.total, 3);
	assert_int_equal(error_log.entries[0].err.code, 10007);
	assert_int_equal(error_log.entries[0].count, 2);
	assert_int_equal(error_log.entries[0].first_at, 100);
	assert_int_equal(error_log.entries[0].last_at, 105);
}

static void
the_oldest_leaves_when_the_log_is_full(void **state)
{
	int i;

	(void)state;
	error_log_init(&error_log);
	for (i = 0; i < ERROR_LOG_MAX + 5; i++)
		add(i, i);
	assert_int_equal(error_log.count, ERROR_LOG_MAX);
	assert_int_equal(error_log.total, ERROR_LOG_MAX + 5);
	assert_int_equal(error_log.entries[0].err.code, ERROR_LOG_MAX + 4);
	assert_int_equal(error_log.entries[ERROR_LOG_MAX - 1].err.code, 5);
}

static void
an_error_is_found_where_it_has_moved_to(void **state)
{
	struct err err = { .kind = ERR_SERVICE, .code = 10007 };

	(void)state;
	(void)snprintf(err.text, sizeof err.text, "refused 10007");
	error_log_init(&error_log);
	assert_int_equal(error_log_find(&error_log, &err), 0);
	add(10007, 100);
	add(60007, 101);
	assert_int_equal(error_log_find(&error_log, &err), 1);
	add(10007, 102);
	assert_int_equal(error_log_find(&error_log, &err), 0);
	err.code = 1;
	assert_int_equal(error_log_find(&error_log, &err), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_newest_error_stands_first),
		cmocka_unit_test(
		    the_same_error_again_is_counted_and_moves_to_the_front),
		cmocka_unit_test(an_error_is_found_where_it_has_moved_to),
		cmocka_unit_test(the_oldest_leaves_when_the_log_is_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
