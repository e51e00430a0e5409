/*
 * Marks: by row within a list, by account across lists.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/marks.h"

static struct ban_list *
list_of(size_t from, size_t to)
{
	struct ban_list *list = ban_list_create(1000);
	struct err err = { .kind = ERR_NONE };
	struct ban_merge merge;
	struct ban_page page;
	char account[32];
	size_t i;

	ban_page_init(&page);
	for (i = from; i < to; i++) {
		(void)snprintf(account, sizeof account, "guest_%zu", i);
		assert_true(ban_page_add(&page, account, strlen(account), 1000,
		    0, &err));
	}
	assert_true(ban_page_add(&page, "\xff", 1, 1000, BAN_UNUSABLE, &err));
	assert_true(ban_list_merge(list, &page, &merge, &err));
	ban_page_release(&page);
	return list;
}

static void
a_mark_is_set_and_cleared_once(void **state)
{
	struct ban_list *list = list_of(0, 200);
	struct marks marks = { .bits = NULL };

	(void)state;
	assert_false(marks_has(&marks, 150));
	assert_true(marks_set(&marks, list, 150, true));
	assert_true(marks_set(&marks, list, 150, true));
	assert_int_equal(marks.count, 1);
	assert_true(marks_has(&marks, 150));
	assert_false(marks_has(&marks, 149));
	assert_true(marks_set(&marks, list, 150, false));
	assert_int_equal(marks.count, 0);
	marks_release(&marks);
	ban_list_destroy(list);
}

static void
an_unusable_row_cannot_be_marked(void **state)
{
	struct ban_list *list = list_of(0, 3);
	struct marks marks = { .bits = NULL };

	(void)state;
	assert_false(marks_set(&marks, list, 3, true));
	assert_int_equal(marks.count, 0);
	marks_release(&marks);
	ban_list_destroy(list);
}

static void
marks_follow_their_accounts_into_a_fresh_list(void **state)
{
	struct ban_list *old = list_of(0, 100), *fresh = list_of(50, 120);
	struct marks marks = { .bits = NULL };

	(void)state;
	assert_true(marks_set(&marks, old, 10, true));
	assert_true(marks_set(&marks, old, 60, true));
	assert_true(marks_set(&marks, old, 99, true));
	marks_follow(&marks, old, fresh);
	assert_int_equal(marks.count, 2);
	assert_true(marks_has(&marks, 10));
	assert_true(marks_has(&marks, 49));
	assert_false(marks_has(&marks, 60));
	marks_release(&marks);
	ban_list_destroy(old);
	ban_list_destroy(fresh);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mark_is_set_and_cleared_once),
		cmocka_unit_test(an_unusable_row_cannot_be_marked),
		cmocka_unit_test(marks_follow_their_accounts_into_a_fresh_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
