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
	struct marks_move move = { .row = 0 };
	size_t left = SIZE_MAX;

	(void)state;
	assert_true(marks_set(&marks, old, 10, true));
	assert_true(marks_set(&marks, old, 60, true));
	assert_true(marks_set(&marks, old, 99, true));
	assert_true(marks_move_run(&move, &marks, old, fresh, &left));
	assert_int_equal(move.moved.count, 2);
	assert_true(marks_has(&move.moved, 10));
	assert_true(marks_has(&move.moved, 49));
	assert_false(marks_has(&move.moved, 60));
	marks_move_release(&move);
	marks_release(&marks);
	ban_list_destroy(old);
	ban_list_destroy(fresh);
}

/* @return portions that it took. */
static int
move_all(struct marks_move *move, const struct marks *marks,
    const struct ban_list *from, const struct ban_list *to)
{
	int portions = 1;
	size_t left = 10;

	while (!marks_move_run(move, marks, from, to, &left)) {
		assert_int_equal(left, 0);
		assert_in_range(portions++, 1, 1000);
		left = 10;
	}
	return portions;
}

static void
marks_that_change_on_the_way_go_as_they_are_then(void **state)
{
	struct ban_list *old = list_of(0, 100), *fresh = list_of(50, 120);
	struct marks marks = { .bits = NULL };
	struct marks_move move = { .row = 0 };
	size_t i, left = 10;

	(void)state;
	for (i = 40; i < 100; i += 3)
		assert_true(marks_set(&marks, old, i, true));
	assert_in_range(move_all(&move, &marks, old, fresh), 20, 60);
	assert_int_equal(move.moved.count, 16);
	/* Again, and nothing more is to be done. */
	assert_true(marks_move_run(&move, &marks, old, fresh, &left));
	assert_int_equal(left, 10);
	assert_true(marks_set(&marks, old, 52, false));
	assert_true(marks_set(&marks, old, 53, true));
	assert_false(marks_move_run(&move, &marks, old, fresh, &left));
	move_all(&move, &marks, old, fresh);
	assert_int_equal(move.moved.count, 16);
	assert_false(marks_has(&move.moved, 2));
	assert_true(marks_has(&move.moved, 3));
	marks_clear(&marks);
	left = 10;
	assert_true(marks_move_run(&move, &marks, old, fresh, &left));
	assert_int_equal(move.moved.count, 0);
	marks_move_release(&move);
	marks_release(&marks);
	ban_list_destroy(old);
	ban_list_destroy(fresh);
}

static void
a_copy_of_marks_stands_by_itself(void **state)
{
	struct ban_list *list = list_of(0, 200);
	struct marks marks = { .bits = NULL }, copy;

	(void)state;
	marks_copy(&copy, &marks);
	assert_int_equal(copy.count, 0);
	assert_true(marks_set(&marks, list, 150, true));
	marks_copy(&copy, &marks);
	assert_true(marks_set(&copy, list, 3, true));
	assert_int_equal(copy.count, 2);
	assert_true(marks_has(&copy, 150));
	assert_int_equal(marks.count, 1);
	assert_false(marks_has(&marks, 3));
	marks_release(&copy);
	marks_release(&marks);
	ban_list_destroy(list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mark_is_set_and_cleared_once),
		cmocka_unit_test(an_unusable_row_cannot_be_marked),
		cmocka_unit_test(marks_follow_their_accounts_into_a_fresh_list),
		cmocka_unit_test(
		    marks_that_change_on_the_way_go_as_they_are_then),
		cmocka_unit_test(a_copy_of_marks_stands_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
