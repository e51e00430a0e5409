#include "bantop/model/ban_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MILLION = 1000000 };

/* A page as it is filled in a test: row by row. */
static void
add(struct ban_page *page, const char *account, int64_t until_s)
{
	struct err err = { 0 };

	assert_true(ban_page_add(page, account, strlen(account), until_s, 0,
	    &err));
}

static void
merge(struct ban_list *list, struct ban_page *page, struct ban_merge *done)
{
	struct err err = { 0 };

	assert_true(ban_list_merge(list, page, done, &err));
	assert_false(done->cut);
	ban_page_reset(page);
}

static void
assert_row(const struct ban_list *list, size_t row, const char *account,
    int64_t until_s)
{
	struct ban ban = ban_list_at(list, row);

	assert_int_equal(ban.account_len, strlen(account));
	assert_memory_equal(ban.account, account, ban.account_len);
	assert_int_equal(ban.until_s, until_s);
}

static size_t
find(const struct ban_list *list, const char *account)
{
	return ban_list_find(list, account, strlen(account));
}

static void
a_new_list_is_empty(void **state)
{
	struct ban_list *list = ban_list_create(10);

	(void)state;
	assert_int_equal(ban_list_count(list), 0);
	assert_int_equal(ban_list_pages(list), 0);
	assert_int_equal(ban_list_repeated(list), 0);
	assert_int_equal(ban_list_unusable(list), 0);
	assert_int_equal(ban_list_version(list), 0);
	assert_int_equal(ban_list_as_of(list), 0);
	assert_int_equal(find(list, "a"), BAN_ROW_NONE);
	ban_list_destroy(list);
	ban_list_destroy(NULL);
}

static void
rows_keep_the_order_of_the_service(void **state)
{
	struct ban_list *list = ban_list_create(10);
	struct ban_merge done;
	struct ban_page page;

	(void)state;
	ban_page_init(&page);
	add(&page, "zoe", 30);
	add(&page, "adam", 10);
	merge(list, &page, &done);
	assert_int_equal(done.first, 0);
	assert_int_equal(done.added, 2);
	add(&page, "mia", 20);
	merge(list, &page, &done);
	assert_int_equal(done.first, 2);
	assert_int_equal(done.added, 1);
	assert_int_equal(ban_list_count(list), 3);
	assert_row(list, 0, "zoe", 30);
	assert_row(list, 1, "adam", 10);
	assert_row(list, 2, "mia", 20);
	assert_int_equal(find(list, "adam"), 1);
	assert_int_equal(find(list, "ada"), BAN_ROW_NONE);
	assert_int_equal(find(list, "adams"), BAN_ROW_NONE);
	assert_int_equal(find(list, "Adam"), BAN_ROW_NONE);
	assert_int_equal(find(list, ""), BAN_ROW_NONE);
	ban_page_release(&page);
	ban_list_destroy(list);
}

static void
merge_keeps_one_ban_per_account(void **state)
{
	struct ban_list *list = ban_list_create(10);
	struct ban_merge done;
	struct ban_page page;

	(void)state;
	ban_page_init(&page);
	add(&page, "a", 1);
	add(&page, "b", 2);
	add(&page, "a", 3);
	merge(list, &page, &done);
	assert_int_equal(done.added, 2);
	assert_int_equal(done.repeated, 1);
	assert_row(list, 0, "a", 3);
	add(&page, "b", 5);
	add(&page, "c", 6);
	merge(list, &page, &done);
	assert_int_equal(done.first, 2);
	assert_int_equal(done.added, 1);
	assert_int_equal(done.repeated, 1);
	assert_int_equal(ban_list_count(list), 3);
	assert_row(list, 0, "a", 3);
	assert_row(list, 1, "b", 5);
	assert_row(list, 2, "c", 6);
	assert_int_equal(ban_list_repeated(list), 2);
	ban_page_release(&page);
	ban_list_destroy(list);
}

static void
a_renewal_may_bring_or_take_the_number(void **state)
{
	struct ban_list *list = ban_list_create(10);
	struct err err = { 0 };
	struct ban_merge done;
	struct ban_page page;

	(void)state;
	ban_page_init(&page);
	add(&page, "a", 7);
	assert_true(ban_page_add(&page, "b", 1, 0, BAN_NO_UNTIL, &err));
	merge(list, &page, &done);
	assert_int_equal(ban_list_at(list, 1).flags, BAN_NO_UNTIL);
	assert_true(ban_page_add(&page, "a", 1, 0, BAN_NO_UNTIL, &err));
	add(&page, "b", 8);
	merge(list, &page, &done);
	assert_int_equal(ban_list_at(list, 0).flags, BAN_NO_UNTIL);
	assert_int_equal(ban_list_at(list, 1).flags, 0);
	assert_row(list, 1, "b", 8);
	ban_page_release(&page);
	ban_list_destroy(list);
}

static void
unusable_rows_are_kept_and_never_found(void **state)
{
	struct ban_list *list = ban_list_create(10);
	struct err err = { 0 };
	struct ban_merge done;
	struct ban_page page;
	int round;

	(void)state;
	ban_page_init(&page);
	for (round = 0; round < 2; round++) {
		assert_true(ban_page_add(&page, "a\xff", 2, 1, 0, &err));
		assert_true(ban_page_add(&page, NULL, 0, 2, 0, &err));
		assert_true(ban_page_add(&page, "fine", 4, 3, BAN_UNUSABLE,
		    &err));
		merge(list, &page, &done);
		assert_int_equal(done.added, 3);
		assert_int_equal(done.unusable, 3);
		assert_int_equal(done.repeated, 0);
	}
	assert_int_equal(ban_list_count(list), 6);
	assert_int_equal(ban_list_unusable(list), 6);
	assert_int_equal(ban_list_find(list, "a\xff", 2), BAN_ROW_NONE);
	assert_int_equal(find(list, ""), BAN_ROW_NONE);
	assert_int_equal(find(list, "fine"), BAN_ROW_NONE);
	assert_row(list, 0, "a\xff", 1);
	assert_row(list, 1, "", 2);
	assert_int_equal(ban_list_at(list, 3).flags, BAN_UNUSABLE);
	add(&page, "fine", 9);
	merge(list, &page, &done);
	assert_int_equal(done.added, 1);
	assert_int_equal(find(list, "fine"), 6);
	ban_page_release(&page);
	ban_list_destroy(list);
}

static void
versions_tell_what_happened(void **state)
{
	struct ban_list *list = ban_list_create(10);
	struct ban_merge done;
	struct ban_page page;

	(void)state;
	ban_page_init(&page);
	add(&page, "a", 1);
	merge(list, &page, &done);
	assert_int_equal(ban_list_version(list), 1);
	assert_int_equal(ban_list_renewals(list), 0);
	merge(list, &page, &done);
	assert_int_equal(ban_list_version(list), 1);
	add(&page, "a", 2);
	merge(list, &page, &done);
	assert_int_equal(ban_list_version(list), 2);
	assert_int_equal(ban_list_renewals(list), 1);
	/* Just as it was: no order has to be made anew for it. */
	ban_page_reset(&page);
	add(&page, "a", 2);
	merge(list, &page, &done);
	assert_int_equal(done.repeated, 1);
	assert_int_equal(ban_list_version(list), 3);
	assert_int_equal(ban_list_renewals(list), 1);
	ban_page_release(&page);
	ban_list_destroy(list);
}

static void
lists_are_told_apart(void **state)
{
	struct ban_list *a = ban_list_create(10);
	struct ban_list *b = ban_list_create(10);

	(void)state;
	assert_true(ban_list_identity(a) != ban_list_identity(b));
	ban_list_destroy(b);
	ban_list_destroy(a);
}

static void
a_row_knows_the_page_it_came_in(void **state)
{
	static const struct {
		const char *accounts;
		int64_t offset, received_at;
	} pages[] = { { "abc", 0, 1000 }, { "", 3, 1001 }, { "a", 4, 1002 },
		{ "de", 9, 1003 } };
	static const size_t page_of[] = { 1, 1, 1, 4, 4 };
	struct ban_list *list = ban_list_create(10);
	struct ban_merge done;
	struct ban_page page;
	size_t i, j;

	(void)state;
	ban_page_init(&page);
	for (i = 0; i < 4; i++) {
		page.offset = pages[i].offset;
		page.received_at = pages[i].received_at;
		for (j = 0; j < strlen(pages[i].accounts); j++) {
			char name[2] = { pages[i].accounts[j], '\0' };

			add(&page, name, 5);
		}
		merge(list, &page, &done);
		assert_int_equal(ban_list_as_of(list), pages[i].received_at);
	}
	assert_int_equal(ban_list_pages(list), 4);
	assert_int_equal(ban_list_count(list), 5);
	for (i = 0; i < 5; i++) {
		struct ban_origin origin = ban_list_origin(list, i);

		assert_int_equal(origin.page, page_of[i]);
		assert_int_equal(origin.offset, pages[page_of[i] - 1].offset);
		assert_int_equal(origin.received_at,
		    pages[page_of[i] - 1].received_at);
	}
	ban_page_release(&page);
	ban_list_destroy(list);
}

static void
the_row_cap_is_exact(void **state)
{
	struct ban_list *list = ban_list_create(3);
	struct err err = { 0 };
	struct ban_merge done;
	struct ban_page page;

	(void)state;
	ban_page_init(&page);
	add(&page, "a", 1);
	add(&page, "b", 2);
	merge(list, &page, &done);
	add(&page, "c", 3);
	add(&page, "d", 4);
	add(&page, "a", 5);
	assert_false(ban_list_merge(list, &page, &done, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_string_equal(err.text, "more than 3 rows: --max-rows");
	assert_true(done.cut);
	assert_int_equal(done.added, 1);
	assert_int_equal(done.repeated, 1);
	assert_int_equal(ban_list_count(list), 3);
	assert_row(list, 0, "a", 5);
	assert_row(list, 2, "c", 3);
	assert_int_equal(find(list, "d"), BAN_ROW_NONE);
	ban_page_reset(&page);
	add(&page, "b", 6);
	merge(list, &page, &done);
	assert_row(list, 1, "b", 6);
	ban_page_release(&page);
	ban_list_destroy(list);
}

static void
the_error_names_the_cap_as_it_is_read(void **state)
{
	struct ban_list *list = ban_list_create(1234);
	struct err err = { 0 };
	struct ban_merge done;
	struct ban_page page;
	int i;

	(void)state;
	ban_page_init(&page);
	for (i = 0; i < 1235; i++) {
		char name[32];

		(void)snprintf(name, sizeof name, "u%d", i);
		add(&page, name, i);
		if (page.count == 100)
			merge(list, &page, &done);
	}
	assert_false(ban_list_merge(list, &page, &done, &err));
	assert_string_equal(err.text, "more than 1,234 rows: --max-rows");
	assert_int_equal(ban_list_count(list), 1234);
	ban_page_release(&page);
	ban_list_destroy(list);
}

static void
fill_with_long_names(struct ban_page *page, int first)
{
	char name[BAN_ACCOUNT_MAX + 1];
	int i;

	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	for (i = 0; i < 512; i++) {
		(void)snprintf(name, 8, "%07d", first + i);
		name[7] = 'x';
		add(page, name, first + i);
	}
}

static void
the_text_cap_is_exact(void **state)
{
	struct ban_list *list = ban_list_create(BAN_LIST_ROWS_MAX);
	struct err err = { 0 };
	struct ban_merge done;
	struct ban_page page;
	int i;

	(void)state;
	ban_page_init(&page);
	for (i = 0; i < 128; i++) {
		fill_with_long_names(&page, 512 * i);
		merge(list, &page, &done);
	}
	assert_int_equal((size_t)ban_list_count(list) * BAN_ACCOUNT_MAX,
	    BAN_LIST_TEXT_MAX);
	add(&page, "a", 1);
	assert_false(ban_list_merge(list, &page, &done, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_string_equal(err.text, "more than 64 MiB of account names");
	assert_true(done.cut);
	assert_int_equal(ban_list_count(list), 65536);
	ban_page_reset(&page);
	/* No bytes are needed for a row without an account. */
	assert_true(ban_page_add(&page, NULL, 0, 4, 0, &err));
	merge(list, &page, &done);
	assert_row(list, 65536, "", 4);
	assert_int_equal(ban_list_at(list, 65535).until_s, 65535);
	ban_page_release(&page);
	ban_list_destroy(list);
}

static void
name_row(char name[16], int i)
{
	/* 12 bytes, in no order. */
	(void)snprintf(name, 16, "u%011u",
	    (unsigned)i * 2654435761u % 1000000007u);
}

static void
a_million_rows_are_held_in_little(void **state)
{
	struct ban_list *list = ban_list_create(MILLION);
	struct ban_merge done;
	struct ban_page page;
	size_t index_bytes = 4u << 21;
	char name[16];
	int i;

	(void)state;
	ban_page_init(&page);
	for (i = 0; i < MILLION; i++) {
		name_row(name, i);
		add(&page, name, i);
		if (page.count == 100)
			merge(list, &page, &done);
	}
	assert_int_equal(ban_list_count(list), MILLION);
	assert_int_equal(ban_list_repeated(list), 0);
	assert_int_equal(ban_list_pages(list), MILLION / 100);
	assert_true(ban_list_bytes(list) <= (size_t)32 * MILLION + index_bytes);
	for (i = 0; i < MILLION; i += 997) {
		name_row(name, i);
		assert_int_equal(find(list, name), i);
		assert_row(list, (size_t)i, name, i);
		assert_int_equal(ban_list_origin(list, (size_t)i).page,
		    i / 100 + 1);
	}
	assert_int_equal(find(list, "u99999999999"), BAN_ROW_NONE);
	ban_page_release(&page);
	ban_list_destroy(list);
}

/* Each row of the index's growth, with many rows that are in no index. */
static void
every_row_is_found_however_far_the_index_has_grown(void **state)
{
	enum { ROWS = 3000, UNUSABLE = 4 };
	struct ban_list *list = ban_list_create(MILLION);
	struct ban_merge done;
	struct ban_page page;
	struct err err = { 0 };
	char name[16];
	int i, k;

	(void)state;
	ban_page_init(&page);
	for (i = 0; i < ROWS; i++) {
		for (k = 0; k < UNUSABLE; k++)
			assert_true(ban_page_add(&page, "\xff", 1, k, 0, &err));
		name_row(name, i);
		add(&page, name, i);
		merge(list, &page, &done);
		assert_int_equal(done.added, UNUSABLE + 1);
		for (k = i % 7; k <= i; k += 7) {
			name_row(name, k);
			assert_int_equal(find(list, name),
			    k * (UNUSABLE + 1) + UNUSABLE);
		}
		name_row(name, i + 1);
		assert_int_equal(find(list, name), BAN_ROW_NONE);
	}
	assert_int_equal(ban_list_unusable(list), ROWS * UNUSABLE);
	ban_page_release(&page);
	ban_list_destroy(list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_list_is_empty),
		cmocka_unit_test(rows_keep_the_order_of_the_service),
		cmocka_unit_test(merge_keeps_one_ban_per_account),
		cmocka_unit_test(a_renewal_may_bring_or_take_the_number),
		cmocka_unit_test(unusable_rows_are_kept_and_never_found),
		cmocka_unit_test(versions_tell_what_happened),
		cmocka_unit_test(lists_are_told_apart),
		cmocka_unit_test(
		    every_row_is_found_however_far_the_index_has_grown),
		cmocka_unit_test(a_row_knows_the_page_it_came_in),
		cmocka_unit_test(the_row_cap_is_exact),
		cmocka_unit_test(the_error_names_the_cap_as_it_is_read),
		cmocka_unit_test(the_text_cap_is_exact),
		cmocka_unit_test(a_million_rows_are_held_in_little),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
