/*
 * Groups by number and by id.
 */
#include "bantop/api/group_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
each_id_stands_once_and_keeps_its_number(void **state)
{
	struct group_table *table = group_table_create();

	(void)state;
	assert_int_equal(group_table_add(table, "a"), 0);
	assert_int_equal(group_table_add(table, "b"), 1);
	assert_int_equal(group_table_add(table, "a"), 0);
	assert_int_equal(group_table_count(table), 2);
	assert_string_equal(group_table_see(table, 1)->id, "b");
	group_table_destroy(table);
	group_table_destroy(NULL);
}

static void
a_new_group_is_unknown_but_for_its_id(void **state)
{
	struct group_table *table = group_table_create();
	const struct group *group;

	(void)state;
	group = group_table_see(table, group_table_add(table, "@TGS#a b"));
	assert_string_equal(group->id, "@TGS#a b");
	assert_string_equal(group->type, "");
	assert_string_equal(group->name, "");
	assert_int_equal(group->member_num, -1);
	assert_int_equal(group->code, 0);
	assert_false(group->filled);
	group_table_destroy(table);
}

static void
many_groups_are_found_again_with_what_is_known_of_them(void **state)
{
	enum { COUNT = 5000 };
	struct group_table *table = group_table_create();
	char id[32];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT; i++) {
		(void)snprintf(id, sizeof id, "group-%zu", i);
		assert_int_equal(group_table_add(table, id), i);
		group_table_at(table, i)->member_num = (int64_t)i;
	}
	for (i = 0; i < COUNT; i++) {
		(void)snprintf(id, sizeof id, "group-%zu", i);
		assert_int_equal(group_table_add(table, id), i);
		assert_int_equal(group_table_see(table, i)->member_num, i);
	}
	assert_int_equal(group_table_count(table), COUNT);
	group_table_destroy(table);
}

static void
the_longest_id_fits(void **state)
{
	struct group_table *table = group_table_create();
	char id[GROUP_ID_SEEN_MAX + 1];

	(void)state;
	memset(id, 'x', GROUP_ID_SEEN_MAX);
	id[GROUP_ID_SEEN_MAX] = '\0';
	(void)group_table_add(table, id);
	assert_string_equal(group_table_see(table, 0)->id, id);
	group_table_destroy(table);
}

static void
a_group_is_met_once_in_each_run(void **state)
{
	struct group_table *table = group_table_create();

	(void)state;
	(void)group_table_add(table, "a");
	assert_true(group_table_meet(table, 0, 1));
	assert_false(group_table_meet(table, 0, 1));
	assert_true(group_table_meet(table, 0, 2));
	group_table_destroy(table);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_id_stands_once_and_keeps_its_number),
		cmocka_unit_test(a_new_group_is_unknown_but_for_its_id),
		cmocka_unit_test(
		    many_groups_are_found_again_with_what_is_known_of_them),
		cmocka_unit_test(the_longest_id_fits),
		cmocka_unit_test(a_group_is_met_once_in_each_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
