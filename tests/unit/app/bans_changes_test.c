/*
 * Changes between two loads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/bans_changes.h"

struct row {
	const char *account;
	int64_t until_s;
	unsigned flags;
};

static struct ban_list *
list_of(const struct row *rows, size_t count)
{
	struct ban_list *list = ban_list_create(100);
	struct err err = { .kind = ERR_NONE };
	struct ban_merge merge;
	struct ban_page page;
	size_t i;

	ban_page_init(&page);
	for (i = 0; i < count; i++)
		assert_true(ban_page_add(&page, rows[i].account,
		    strlen(rows[i].account), rows[i].until_s, rows[i].flags,
		    &err));
	assert_true(ban_list_merge(list, &page, &merge, &err));
	ban_page_release(&page);
	return list;
}

static const struct row old_rows[] = {
	{ "stays", 900, 0 },
	{ "moves", 900, 0 },
	{ "over", 400, 0 },
	{ "lifted", 900, 0 },
	{ "\xff", 900, BAN_UNUSABLE },
};
static const struct row new_rows[] = {
	{ "new", 900, 0 },
	{ "moves", 950, 0 },
	{ "stays", 900, 0 },
	{ "\xfe", 900, BAN_UNUSABLE },
};

static struct ban_list *before, *after;
static struct bans_changes changes;

static int
set_up(void **state)
{
	(void)state;
	before = list_of(old_rows, sizeof old_rows / sizeof old_rows[0]);
	after = list_of(new_rows, sizeof new_rows / sizeof new_rows[0]);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	bans_changes_release(&changes);
	ban_list_destroy(before);
	ban_list_destroy(after);
	return 0;
}

/* In portions of a row or less, which make no difference. */
static void
find(bool before_complete, bool after_complete)
{
	size_t left, turns = 0;

	bans_changes_begin(&changes, before_complete, after_complete, 500);
	while (!changes.ready) {
		left = 1;
		bans_changes_run(&changes, before, after, &left);
		assert_int_equal(left, 0);
		turns++;
	}
	assert_in_range(turns, ban_list_count(after), 1000);
}

static void
new_moved_ended_and_lifted_are_told_apart(void **state)
{
	static const enum change_kind kinds[] = {
		CHANGE_NEW,
		CHANGE_MOVED,
		CHANGE_ENDED,
		CHANGE_LIFTED,
	};
	size_t i;

	(void)state;
	find(true, true);
	assert_int_equal(changes.count, 4);
	for (i = 0; i < 4; i++)
		assert_int_equal(changes.changes[i].kind, kinds[i]);
	assert_int_equal(changes.changes[0].after_row, 0);
	assert_int_equal(changes.changes[1].before_row, 1);
	assert_int_equal(changes.changes[1].after_row, 1);
	assert_int_equal(changes.changes[2].before_row, 2);
	assert_int_equal(changes.changes[3].before_row, 3);
}

static void
each_kind_is_counted_anew_each_time(void **state)
{
	int times;

	(void)state;
	for (times = 0; times < 2; times++) {
		find(true, true);
		assert_int_equal(changes.by_kind[CHANGE_NEW], 1);
		assert_int_equal(changes.by_kind[CHANGE_MOVED], 1);
		assert_int_equal(changes.by_kind[CHANGE_ENDED], 1);
		assert_int_equal(changes.by_kind[CHANGE_LIFTED], 1);
	}
}

static void
a_part_of_a_list_makes_nobody_new_or_gone(void **state)
{
	(void)state;
	find(false, false);
	assert_int_equal(changes.count, 1);
	assert_int_equal(changes.changes[0].kind, CHANGE_MOVED);
	find(true, false);
	assert_int_equal(changes.count, 2);
	assert_int_equal(changes.changes[0].kind, CHANGE_NEW);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    new_moved_ended_and_lifted_are_told_apart, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    each_kind_is_counted_anew_each_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_part_of_a_list_makes_nobody_new_or_gone, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
