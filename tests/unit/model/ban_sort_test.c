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

#include "bantop/model/ban_query.h"

static const int64_t NOW = INT64_C(1795000000);

struct fixture {
	struct ban_list *list;
	struct ban_page page;
	struct ban_query *query;
};

static int
make(void **state)
{
	struct fixture *fix = calloc(1, sizeof *fix);

	if (fix == NULL)
		return -1;
	fix->list = ban_list_create(100000);
	fix->query = ban_query_create();
	ban_page_init(&fix->page);
	*state = fix;
	return 0;
}

static int
destroy(void **state)
{
	struct fixture *fix = *state;

	ban_page_release(&fix->page);
	ban_query_destroy(fix->query);
	ban_list_destroy(fix->list);
	free(fix);
	return 0;
}

static void
add_flagged(struct fixture *fix, const char *account, int64_t until_s,
    unsigned flags)
{
	struct err err = { 0 };

	assert_true(ban_page_add(&fix->page, account, strlen(account), until_s,
	    flags, &err));
}

/* With so many seconds left at NOW. */
static void
add(struct fixture *fix, const char *account, int64_t left_s)
{
	add_flagged(fix, account, NOW + left_s, 0);
}

static void
merge(struct fixture *fix)
{
	struct err err = { 0 };
	struct ban_merge done;

	assert_true(ban_list_merge(fix->list, &fix->page, &done, &err));
	ban_page_reset(&fix->page);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void
add_random(struct fixture *fix, uint32_t *seed)
{
	static const char *const stems[] = { "", "user", "user_same_long_stem_",
		"guest_", "\xe4\xb8\xad" };
	uint32_t kind = next_random(seed) % 40;
	int64_t left_s = (int64_t)(next_random(seed) % 200000) - 50000;
	char name[64];

	(void)snprintf(name, sizeof name, "%s%x", stems[next_random(seed) % 5],
	    next_random(seed) % 5000);
	if (kind == 0)
		add_flagged(fix, name, 0, BAN_NO_UNTIL);
	else if (kind == 1)
		add_flagged(fix, name, NOW, BAN_UNUSABLE);
	else if (kind == 2)
		add(fix, name, BAN_PERMANENT_S + left_s);
	else if (kind == 3)
		add_flagged(fix, name, -left_s, 0);
	else
		add(fix, name, left_s / (1 + next_random(seed) % 7));
}

static int
order_of_states(const struct ban *ban)
{
	switch (ban_state_at(ban, NOW)) {
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
assert_sorted(struct fixture *fix, enum ban_column column, bool descending)
{
	size_t count = ban_query_count(fix->query);
	char *seen = calloc(1, ban_list_count(fix->list));
	size_t i;

	assert_non_null(seen);
	assert_int_equal(count, ban_list_count(fix->list));
	for (i = 0; i < count; i++) {
		size_t row = ban_query_row(fix->query, i);
		struct ban ban = ban_list_at(fix->list, row);

		assert_int_equal(seen[row], 0);
		seen[row] = 1;
		if (i > 0) {
			size_t last = ban_query_row(fix->query, i - 1);
			struct ban before = ban_list_at(fix->list, last);

			assert_true(may_follow(&before, &ban, column,
			    descending, last < row));
		}
	}
	free(seen);
}

static void
thousands_are_sorted_page_by_page_and_at_once(void **state)
{
	struct fixture *fix = *state;
	uint32_t seed = 42;
	int page, i;

	for (page = 0; page < 40; page++) {
		enum ban_column column =
		    (enum ban_column)(BAN_COLUMN_ACCOUNT + page / 8 % 4);
		bool descending = page / 4 % 2 == 1;

		for (i = 0; i < 1 + page * 8; i++)
			add_random(fix, &seed);
		merge(fix);
		ban_query_set_sort(fix->query, column, descending);
		ban_query_update(fix->query, fix->list, NOW);
		assert_sorted(fix, column, descending);
	}
	assert_true(ban_list_count(fix->list) > 3000);
}

static void
long_accounts_that_begin_alike_are_sorted(void **state)
{
	struct fixture *fix = *state;
	char name[BAN_ACCOUNT_MAX + 1];
	int i;

	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	for (i = 0; i < 900; i++) {
		/* Each begins with the one before it. */
		name[100 + i] = '\0';
		add(fix, name, i);
		name[100 + i] = 'x';
	}
	merge(fix);
	ban_query_set_sort(fix->query, BAN_COLUMN_ACCOUNT, true);
	ban_query_update(fix->query, fix->list, NOW);
	assert_sorted(fix, BAN_COLUMN_ACCOUNT, true);
	ban_query_set_sort(fix->query, BAN_COLUMN_ACCOUNT, false);
	ban_query_update(fix->query, fix->list, NOW);
	assert_sorted(fix, BAN_COLUMN_ACCOUNT, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    thousands_are_sorted_page_by_page_and_at_once, make,
		    destroy),
		cmocka_unit_test_setup_teardown(
		    long_accounts_that_begin_alike_are_sorted, make, destroy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
