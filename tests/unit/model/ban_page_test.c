#include "bantop/model/ban_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
add(struct ban_page *page, const char *account, size_t len, int64_t until_s,
    unsigned flags)
{
	struct err err = { 0 };

	assert_true(ban_page_add(page, account, len, until_s, flags, &err));
}

static void
rows_come_back_as_they_were_added(void **state)
{
	struct ban_page page;
	struct ban ban;

	(void)state;
	ban_page_init(&page);
	assert_int_equal(page.count, 0);
	add(&page, "brennanli1", 10, 1795000000, 0);
	add(&page, "\xe4\xb8\xad\x1b", 4, -5, 0);
	add(&page, "b", 1, 77, BAN_NO_UNTIL);
	assert_int_equal(page.count, 3);
	assert_int_equal(page.unusable, 0);
	ban = ban_page_at(&page, 0);
	assert_int_equal(ban.account_len, 10);
	assert_memory_equal(ban.account, "brennanli1", 10);
	assert_int_equal(ban.until_s, 1795000000);
	assert_int_equal(ban.flags, 0);
	ban = ban_page_at(&page, 1);
	assert_memory_equal(ban.account, "\xe4\xb8\xad\x1b", 4);
	assert_int_equal(ban.until_s, -5);
	ban = ban_page_at(&page, 2);
	assert_int_equal(ban.flags, BAN_NO_UNTIL);
	assert_int_equal(ban.until_s, 0);
	ban_page_release(&page);
	ban_page_release(&page);
}

static void
accounts_that_nobody_can_use_are_marked(void **state)
{
	static char longest[BAN_ACCOUNT_MAX + 1];
	struct ban_page page;
	size_t i;

	(void)state;
	memset(longest, 'a', sizeof longest);
	ban_page_init(&page);
	add(&page, "a\xff", 2, 1, 0);
	add(&page, "a\0b", 3, 1, 0);
	add(&page, NULL, 0, 1, 0);
	add(&page, longest, BAN_ACCOUNT_MAX + 1, 1, 0);
	add(&page, "fine", 4, 1, BAN_UNUSABLE);
	add(&page, longest, BAN_ACCOUNT_MAX, 1, 0);
	assert_int_equal(page.count, 6);
	assert_int_equal(page.unusable, 5);
	for (i = 0; i < 5; i++)
		assert_int_equal(ban_page_at(&page, i).flags, BAN_UNUSABLE);
	assert_int_equal(ban_page_at(&page, 5).flags, 0);
	assert_int_equal(ban_page_at(&page, 1).account_len, 3);
	assert_int_equal(ban_page_at(&page, 2).account_len, 0);
	assert_int_equal(ban_page_at(&page, 3).account_len, BAN_ACCOUNT_MAX);
	assert_int_equal(ban_page_at(&page, 5).account_len, BAN_ACCOUNT_MAX);
	ban_page_release(&page);
}

static void
an_account_too_long_is_cut_at_a_character(void **state)
{
	char text[BAN_ACCOUNT_MAX + 6];
	size_t shift;

	(void)state;
	for (shift = 0; shift < 3; shift++) {
		struct ban_page page;
		size_t at = shift;
		size_t len;

		memset(text, 'x', sizeof text);
		for (; at + 3 <= sizeof text; at += 3)
			memcpy(text + at, "\xe4\xb8\xad", 3);
		ban_page_init(&page);
		add(&page, text, at, 1, 0);
		len = ban_page_at(&page, 0).account_len;
		assert_in_range(len, BAN_ACCOUNT_MAX - 2, BAN_ACCOUNT_MAX);
		assert_int_equal((len - shift) % 3, 0);
		ban_page_release(&page);
	}
}

static void
the_caps_are_exact(void **state)
{
	static char longest[BAN_ACCOUNT_MAX];
	struct err err = { 0 };
	struct ban_page page;
	int i;

	(void)state;
	memset(longest, 'a', sizeof longest);
	ban_page_init(&page);
	for (i = 0; i < BAN_PAGE_ROWS_MAX; i++)
		add(&page, longest, sizeof longest, i, 0);
	assert_false(ban_page_add(&page, "a", 1, 1, 0, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_non_null(strstr(err.text, "1000 rows"));
	assert_int_equal(page.count, BAN_PAGE_ROWS_MAX);
	assert_int_equal(ban_page_at(&page, 999).until_s, 999);
	assert_memory_equal(ban_page_at(&page, 999).account, longest,
	    sizeof longest);
	ban_page_release(&page);
}

static void
a_reset_page_is_as_new(void **state)
{
	struct ban_page page;

	(void)state;
	ban_page_init(&page);
	page.offset = 100;
	page.next_offset = 200;
	page.received_at = 5;
	page.next_fault.kind = ERR_PAGING;
	add(&page, "a\xff", 2, 1, 0);
	ban_page_reset(&page);
	assert_int_equal(page.count, 0);
	assert_int_equal(page.unusable, 0);
	assert_int_equal(page.offset, 0);
	assert_int_equal(page.next_offset, 0);
	assert_int_equal(page.received_at, 0);
	assert_int_equal(page.next_fault.kind, ERR_NONE);
	add(&page, "again", 5, 2, 0);
	assert_memory_equal(ban_page_at(&page, 0).account, "again", 5);
	ban_page_release(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_come_back_as_they_were_added),
		cmocka_unit_test(accounts_that_nobody_can_use_are_marked),
		cmocka_unit_test(an_account_too_long_is_cut_at_a_character),
		cmocka_unit_test(the_caps_are_exact),
		cmocka_unit_test(a_reset_page_is_as_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
