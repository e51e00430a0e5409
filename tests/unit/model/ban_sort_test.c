/*
 * Sorting against an order that is right because it is simple.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "query_rig.h"

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* A name may come again: then the row is renewed. */
static void
add_random(struct query_rig *rig, uint32_t *seed)
{
	static const char *const stems[] = { "", "user", "user_same_long_stem_",
		"guest_", "\xe4\xb8\xad" };
	uint32_t kind = next_random(seed) % 40;
	int64_t left_s = (int64_t)(next_random(seed) % 200000) - 50000;
	char name[64];

	(void)snprintf(name, sizeof name, "%s%x", stems[next_random(seed) % 5],
	    next_random(seed) % 5000);
	if (kind == 0)
		query_add_flagged(rig, name, 0, BAN_NO_UNTIL);
	else if (kind == 1)
		query_add_flagged(rig, name, QUERY_NOW_S, BAN_UNUSABLE);
	else if (kind == 2)
		query_add(rig, name, BAN_PERMANENT_S + left_s);
	else if (kind == 3)
		query_add_flagged(rig, name, -left_s, 0);
	else
		query_add(rig, name, left_s / (1 + next_random(seed) % 7));
}

static int
order_of_states(const struct ban *ban)
{
	switch (ban_state_at(ban, QUERY_NOW_S)) {
	case BAN_STATE_BANNED:
		return 0;
	case BAN_STATE_ENDING:
		return 1;
	case BAN_STATE_ENDED:
		return 2;
	case BAN_STATE_PERMANENT:
		return 3;
	case BAN_STATE_INVALID:
		break;
	}
	return 4;
}

static int
compare_text(const struct ban *a, const struct ban *b)
{
	char x[BAN_ACCOUNT_MAX + 1] = { 0 };
	char y[BAN_ACCOUNT_MAX + 1] = { 0 };

	memcpy(x, a->account, a->account_len);
	memcpy(y, b->account, b->account_len);
	return strcmp(x, y);
}

/* May @p a stand before @p b, which is the later one in the list if
 * @p in_turn? */
static bool
may_follow(const struct ban *a, const struct ban *b, enum ban_column column,
    bool descending, bool in_turn)
{
	bool by_account = column == BAN_COLUMN_ACCOUNT;
	bool a_last = by_account ? (a->flags & BAN_UNUSABLE) != 0
	                         : order_of_states(a) == 4;
	bool b_last = by_account ? (b->flags & BAN_UNUSABLE) != 0
	                         : order_of_states(b) == 4;
	int64_t order = 0;

	if (a_last || b_last)
		return a_last == b_last ? in_turn : b_last;
	if (by_account)
		order = compare_text(a, b);
	else if (column == BAN_COLUMN_STATE)
		order = order_of_states(a) - order_of_states(b);
	else
		order = (a->until_s > b->until_s) - (a->until_s < b->until_s);
	if (order == 0)
		return in_turn;
	return descending ? order > 0 : order < 0;
}

static void
assert_sorted(struct query_rig *rig, enum ban_column column, bool descending)
{
	size_t count = ban_query_count(rig->query);
	char *seen = calloc(1, ban_list_count(rig->list));
	size_t i;

	assert_non_null(seen);
	assert_int_equal(count, ban_list_count(rig->list));
	for (i = 0; i < count; i++) {
		size_t row = ban_query_row(rig->query, i);
		struct ban ban = ban_list_at(rig->list, row);

		assert_int_equal(seen[row], 0);
		seen[row] = 1;
		if (i > 0) {
			size_t last = ban_query_row(rig->query, i - 1);
			struct ban before = ban_list_at(rig->list, last);

			assert_true(may_follow(&before, &ban, column,
			    descending, last < row));
		}
	}
	free(seen);
}

static void
thousands_are_sorted_page_by_page_and_at_once(void **state)
{
	struct query_rig *rig = *state;
	uint32_t seed = 42;
	int page, i;

	for (page = 0; page < 40; page++) {
		enum ban_column column =
		    (enum ban_column)(BAN_COLUMN_ACCOUNT + page / 8 % 4);
		bool descending = page / 4 % 2 == 1;

		for (i = 0; i < 1 + page * 8; i++)
			add_random(rig, &seed);
		query_merge(rig);
		ban_query_set_sort(rig->query, column, descending);
		ban_query_update(rig->query, rig->list, QUERY_NOW_S);
		assert_sorted(rig, column, descending);
	}
	assert_true(ban_list_count(rig->list) > 3000);
}

static void
long_accounts_that_begin_alike_are_sorted(void **state)
{
	struct query_rig *rig = *state;
	char name[BAN_ACCOUNT_MAX + 1];
	int i;

	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	for (i = 0; i < 900; i++) {
		/* Each begins with the one before it. */
		name[100 + i] = '\0';
		query_add(rig, name, i);
		name[100 + i] = 'x';
	}
	query_merge(rig);
	ban_query_set_sort(rig->query, BAN_COLUMN_ACCOUNT, true);
	ban_query_update(rig->query, rig->list, QUERY_NOW_S);
	assert_sorted(rig, BAN_COLUMN_ACCOUNT, true);
	ban_query_set_sort(rig->query, BAN_COLUMN_ACCOUNT, false);
	ban_query_update(rig->query, rig->list, QUERY_NOW_S);
	assert_sorted(rig, BAN_COLUMN_ACCOUNT, false);
}

/* -- in portions ----------------------------------------------------------- */

static void
add_many(struct query_rig *rig, uint32_t *seed, int count)
{
	int i;

	for (i = 1; i <= count; i++) {
		add_random(rig, seed);
		if (i % 500 == 0 || i == count)
			query_merge(rig);
	}
}

/* Goes on with so many steps a time. @return how many times. */
static size_t
go_on(struct query_rig *rig, size_t steps)
{
	size_t times = 0;
	bool ready;

	do {
		ban_query_refill(rig->query, steps);
		ready = ban_query_update(rig->query, rig->list, QUERY_NOW_S);
		times++;
	} while (!ready);
	assert_true(ban_query_answers(rig->query));
	return times;
}

static void
portions_of_any_size_give_the_same_order(void **state)
{
	static const size_t portions[] = { 1, 7, 1000, 40000, 100000000 };
	struct query_rig *rig = *state;
	uint32_t seed = 7;
	size_t i;
	int column;

	add_many(rig, &seed, 3000);
	for (column = BAN_COLUMN_ACCOUNT; column <= BAN_COLUMN_STATE; column++)
		for (i = 0; i < sizeof portions / sizeof portions[0]; i++) {
			bool descending = i % 2 == 0;
			size_t times;

			ban_query_set_sort(rig->query, BAN_COLUMN_NONE, false);
			assert_int_equal(go_on(rig, 1), 1);
			ban_query_set_sort(rig->query, (enum ban_column)column,
			    descending);
			times = go_on(rig, portions[i]);
			/* Each row is looked at twice, and not much oftener
			 * than it has to be. */
			assert_true(times * portions[i] >= 6000);
			assert_true(portions[i] < 1000 || times < 400);
			assert_sorted(rig, (enum ban_column)column, descending);
		}
}

/* A list that never rests shows each order that was ready, and makes the next
 * one: else it would show none. */
static void
rows_that_come_meanwhile_are_put_in_too(void **state)
{
	struct query_rig *rig = *state;
	uint32_t seed = 11;
	int column, i;

	for (column = BAN_COLUMN_ACCOUNT; column <= BAN_COLUMN_STATE;
	     column++) {
		add_many(rig, &seed, 2000);
		ban_query_set_sort(rig->query, (enum ban_column)column, true);
		for (i = 0; i < 100; i++) {
			ban_query_refill(rig->query, 5000);
			(void)ban_query_update(rig->query, rig->list,
			    QUERY_NOW_S);
			/* Some of them renew rows that were sorted by now. */
			add_many(rig, &seed, 20);
		}
		assert_true(ban_query_answers(rig->query));
		(void)go_on(rig, 5000);
		assert_sorted(rig, (enum ban_column)column, true);
	}
}

static void
what_was_there_stays_until_the_order_is_ready(void **state)
{
	struct query_rig *rig = *state;
	uint32_t seed = 13;

	add_many(rig, &seed, 2000);
	ban_query_set_sort(rig->query, BAN_COLUMN_UNTIL, false);
	(void)go_on(rig, SIZE_MAX);
	ban_query_set_sort(rig->query, BAN_COLUMN_ACCOUNT, false);
	assert_false(ban_query_answers(rig->query));
	ban_query_refill(rig->query, 5000);
	assert_false(ban_query_update(rig->query, rig->list, QUERY_NOW_S));
	assert_false(ban_query_answers(rig->query));
	assert_sorted(rig, BAN_COLUMN_UNTIL, false);
	/* Nothing is granted: nothing is done. */
	assert_false(ban_query_update(rig->query, rig->list, QUERY_NOW_S));
	/* Another question in the middle of it. */
	ban_query_set_sort(rig->query, BAN_COLUMN_STATE, true);
	(void)go_on(rig, 5000);
	assert_sorted(rig, BAN_COLUMN_STATE, true);
}

static void
another_list_is_put_in_order_beside_the_one_shown(void **state)
{
	struct query_rig *rig = *state;
	struct ban_list *shown = rig->list;
	struct ban_list *fresh = ban_list_create(100000);
	uint32_t seed = 17;
	int times = 0;

	add_many(rig, &seed, 2000);
	ban_query_set_sort(rig->query, BAN_COLUMN_ACCOUNT, false);
	(void)go_on(rig, SIZE_MAX);
	rig->list = fresh;
	add_many(rig, &seed, 3000);
	do {
		ban_query_refill(rig->query, 5000);
		assert_true(ban_query_update(rig->query, shown, QUERY_NOW_S));
		times++;
	} while (!ban_query_prepare(rig->query, fresh, QUERY_NOW_S));
	assert_true(times > 1);
	assert_int_equal(ban_query_count(rig->query), ban_list_count(shown));
	ban_query_refill(rig->query, 0);
	assert_true(ban_query_update(rig->query, fresh, QUERY_NOW_S));
	assert_sorted(rig, BAN_COLUMN_ACCOUNT, false);
	/* Without that nothing is shown of it until it is ready. */
	ban_query_refill(rig->query, 100);
	assert_false(ban_query_update(rig->query, shown, QUERY_NOW_S));
	assert_int_equal(ban_query_count(rig->query), 0);
	ban_list_destroy(shown);
	(void)go_on(rig, 5000);
	assert_sorted(rig, BAN_COLUMN_ACCOUNT, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    thousands_are_sorted_page_by_page_and_at_once, query_set_up,
		    query_tear_down),
		cmocka_unit_test_setup_teardown(
		    long_accounts_that_begin_alike_are_sorted, query_set_up,
		    query_tear_down),
		cmocka_unit_test_setup_teardown(
		    portions_of_any_size_give_the_same_order, query_set_up,
		    query_tear_down),
		cmocka_unit_test_setup_teardown(
		    rows_that_come_meanwhile_are_put_in_too, query_set_up,
		    query_tear_down),
		cmocka_unit_test_setup_teardown(
		    what_was_there_stays_until_the_order_is_ready, query_set_up,
		    query_tear_down),
		cmocka_unit_test_setup_teardown(
		    another_list_is_put_in_order_beside_the_one_shown,
		    query_set_up, query_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
