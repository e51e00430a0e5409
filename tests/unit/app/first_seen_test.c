/*
 * The moment of an account: kept from list to list, new for a new one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/first_seen.h"

/* A page of guests from @p from on, and a row that cannot be used. */
static void
add(struct ban_list *list, size_t from, size_t to, int64_t received_at)
{
	struct err err = { .kind = ERR_NONE };
	struct ban_merge merge;
	struct ban_page page;
	char account[32];
	size_t i;

	ban_page_init(&page);
	page.received_at = received_at;
	for (i = from; i < to; i++) {
		(void)snprintf(account, sizeof account, "guest_%zu", i);
		assert_true(ban_page_add(&page, account, strlen(account), 9000,
		    0, &err));
	}
	assert_true(ban_page_add(&page, "\xff", 1, 9000, BAN_UNUSABLE, &err));
	assert_true(ban_list_merge(list, &page, &merge, &err));
	ban_page_release(&page);
}

static int64_t
moment_of(const struct first_seen *seen, const struct ban_list *list,
    const char *account)
{
	size_t row = ban_list_find(list, account, strlen(account));

	assert_int_not_equal(row, BAN_ROW_NONE);
	return first_seen_at(seen, list, row);
}

static void
an_account_keeps_its_moment_through_refreshes(void **state)
{
	struct ban_list *lists[3];
	struct first_seen seen[3] = { { .at = NULL } };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)
		lists[i] = ban_list_create(1000);
	add(lists[0], 0, 10, 100);
	/* Another order, page by page, one more and one less each time. */
	add(lists[1], 5, 11, 200);
	first_seen_note(&seen[1], lists[1], lists[0], &seen[0]);
	add(lists[1], 1, 5, 201);
	first_seen_note(&seen[1], lists[1], lists[0], &seen[0]);
	add(lists[2], 2, 12, 300);
	first_seen_note(&seen[2], lists[2], lists[1], &seen[1]);
	assert_int_equal(moment_of(&seen[0], lists[0], "guest_2"), 100);
	assert_int_equal(moment_of(&seen[1], lists[1], "guest_2"), 100);
	assert_int_equal(moment_of(&seen[2], lists[2], "guest_2"), 100);
	assert_int_equal(moment_of(&seen[2], lists[2], "guest_10"), 200);
	assert_int_equal(moment_of(&seen[2], lists[2], "guest_11"), 300);
	for (i = 0; i < 3; i++) {
		first_seen_release(&seen[i]);
		ban_list_destroy(lists[i]);
	}
}

static void
a_row_that_was_not_noted_has_the_moment_of_its_page(void **state)
{
	struct ban_list *old = ban_list_create(1000);
	struct ban_list *list = ban_list_create(1000);
	struct first_seen none = { .at = NULL }, seen = { .at = NULL };

	(void)state;
	add(old, 0, 3, 100);
	add(list, 0, 3, 200);
	first_seen_note(&seen, list, old, &none);
	add(list, 3, 6, 250);
	assert_int_equal(moment_of(&seen, list, "guest_4"), 250);
	/* One that cannot be used is nobody: not the one of the old list. */
	assert_int_equal(first_seen_at(&seen, list, 3), 200);
	first_seen_release(&seen);
	first_seen_release(&seen);
	ban_list_destroy(list);
	ban_list_destroy(old);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_keeps_its_moment_through_refreshes),
		cmocka_unit_test(
		    a_row_that_was_not_noted_has_the_moment_of_its_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
