#include "bantop/model/ban_query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

static void
set_filter(struct fixture *fix, const char *text)
{
	struct err err = { 0 };
	struct ban_filter *filter = ban_filter_create(text, strlen(text), &err);

	assert_non_null(filter);
	ban_query_set_filter(fix->query, filter);
	assert_ptr_equal(ban_query_filter(fix->query), filter);
}

/* The view's accounts with a blank between are @p want; every index and every
 * row agree. */
static void
assert_view(struct fixture *fix, int64_t now_s, const char *want)
{
	size_t rows = ban_list_count(fix->list);
	size_t seen = 0;
	char have[512];
	size_t len = 0;
	size_t i;

	ban_query_update(fix->query, fix->list, now_s);
	have[0] = '\0';
	for (i = 0; i < ban_query_count(fix->query); i++) {
		size_t row = ban_query_row(fix->query, i);
		struct ban ban = ban_list_at(fix->list, row);

		len += (size_t)snprintf(have + len, sizeof have - len, "%s%.*s",
		    i > 0 ? " " : "", (int)ban.account_len, ban.account);
		assert_int_equal(ban_query_index(fix->query, row), i);
	}
	assert_string_equal(have, want);
	for (i = 0; i < rows; i++)
		seen += ban_query_index(fix->query, i) != BAN_ROW_NONE;
	assert_int_equal(seen, ban_query_count(fix->query));
	assert_int_equal(ban_query_index(fix->query, rows), BAN_ROW_NONE);
}

static void
fill(struct fixture *fix)
{
	add(fix, "zoe", 90000);
	add(fix, "adam", 100);
	add_flagged(fix, "inga", -5, 0);
	add(fix, "perry", INT64_C(60) * 365 * 86400);
	add(fix, "mia", -50);
	add(fix, "ada", 90000);
	add_flagged(fix, "nora", 0, BAN_NO_UNTIL);
	add(fix, "bob", 7200);
	merge(fix);
}

static void
without_a_question_the_view_is_the_list(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(ban_query_count(fix->query), 0);
	assert_view(fix, NOW, "");
	fill(fix);
	assert_int_equal(ban_query_count(fix->query), 0);
	assert_view(fix, NOW, "zoe adam inga perry mia ada nora bob");
	assert_int_equal(ban_query_sort(fix->query, NULL), BAN_COLUMN_NONE);
	assert_null(ban_query_filter(fix->query));
}

static void
by_time_permanents_are_last_and_invalids_behind(void **state)
{
	static const enum ban_column columns[] = { BAN_COLUMN_UNTIL,
		BAN_COLUMN_REMAINING };
	struct fixture *fix = *state;
	size_t i;

	fill(fix);
	for (i = 0; i < 2; i++) {
		bool descending = false;

		ban_query_set_sort(fix->query, columns[i], false);
		assert_view(fix, NOW, "mia adam bob zoe ada perry inga nora");
		ban_query_set_sort(fix->query, columns[i], true);
		assert_view(fix, NOW, "perry zoe ada bob adam mia inga nora");
		assert_int_equal(ban_query_sort(fix->query, &descending),
		    columns[i]);
		assert_true(descending);
	}
}

static void
by_account_is_by_its_bytes(void **state)
{
	struct fixture *fix = *state;

	fill(fix);
	add(fix, "Zed", 5);
	add(fix, "\xe4\xb8\xad", 5);
	add(fix, "ad", 5);
	merge(fix);
	ban_query_set_sort(fix->query, BAN_COLUMN_ACCOUNT, false);
	assert_view(fix, NOW,
	    "Zed ad ada adam bob inga mia nora perry zoe \xe4\xb8\xad");
	ban_query_set_sort(fix->query, BAN_COLUMN_ACCOUNT, true);
	assert_view(fix, NOW,
	    "\xe4\xb8\xad zoe perry nora mia inga bob adam ada ad Zed");
}

static void
by_state_ties_keep_the_order_of_the_service(void **state)
{
	struct fixture *fix = *state;

	fill(fix);
	ban_query_set_sort(fix->query, BAN_COLUMN_STATE, false);
	assert_view(fix, NOW, "zoe ada bob adam mia perry inga nora");
	ban_query_set_sort(fix->query, BAN_COLUMN_STATE, true);
	assert_view(fix, NOW, "perry mia adam zoe ada bob inga nora");
	/* An hour later bob ends soon and adam is over. */
	ban_query_set_sort(fix->query, BAN_COLUMN_STATE, false);
	assert_view(fix, NOW + 3601, "zoe ada bob adam mia perry inga nora");
	/* Then bob is over too, behind those that stand before him. */
	assert_view(fix, NOW + 7201, "zoe ada adam mia bob perry inga nora");
}

static void
unusable_accounts_come_behind_by_account(void **state)
{
	struct fixture *fix = *state;

	add_flagged(fix, "c?", NOW, BAN_UNUSABLE);
	add(fix, "b", 1);
	add_flagged(fix, "a?", NOW, BAN_UNUSABLE);
	add(fix, "d", 1);
	merge(fix);
	ban_query_set_sort(fix->query, BAN_COLUMN_ACCOUNT, false);
	assert_view(fix, NOW, "b d c? a?");
	ban_query_set_sort(fix->query, BAN_COLUMN_ACCOUNT, true);
	assert_view(fix, NOW, "d b c? a?");
	add(fix, "a", 1);
	add_flagged(fix, "0?", NOW, BAN_UNUSABLE);
	merge(fix);
	assert_view(fix, NOW, "d b a c? a? 0?");
}

static void
a_filter_takes_in_what_is_appended(void **state)
{
	struct fixture *fix = *state;

	fill(fix);
	set_filter(fix, "ada");
	assert_view(fix, NOW, "adam ada");
	add(fix, "x", 1);
	add(fix, "adao", 1);
	merge(fix);
	assert_view(fix, NOW, "adam ada adao");
	set_filter(fix, "!ada");
	assert_view(fix, NOW, "zoe inga perry mia nora bob x");
	set_filter(fix, "nothing such");
	assert_view(fix, NOW, "");
	ban_query_set_filter(fix->query, NULL);
	assert_view(fix, NOW, "zoe adam inga perry mia ada nora bob x adao");
}

static void
order_and_filter_work_together(void **state)
{
	struct fixture *fix = *state;

	fill(fix);
	set_filter(fix, "a");
	ban_query_set_sort(fix->query, BAN_COLUMN_UNTIL, false);
	assert_view(fix, NOW, "mia adam ada inga nora");
	add(fix, "lara", 200);
	add(fix, "bo", 1);
	merge(fix);
	assert_view(fix, NOW, "mia adam lara ada inga nora");
	ban_query_set_sort(fix->query, BAN_COLUMN_NONE, false);
	assert_view(fix, NOW, "adam inga mia ada nora lara");
}

static void
a_timed_filter_follows_the_time(void **state)
{
	struct fixture *fix = *state;

	fill(fix);
	set_filter(fix, "left<1h");
	assert_view(fix, NOW, "adam");
	assert_view(fix, NOW + 99, "adam");
	assert_view(fix, NOW + 100, "");
	assert_view(fix, NOW + 3601, "bob");
	set_filter(fix, "ended");
	assert_view(fix, NOW + 100, "adam mia");
	assert_view(fix, NOW, "mia");
}

static void
a_renewed_row_moves(void **state)
{
	struct fixture *fix = *state;

	fill(fix);
	ban_query_set_sort(fix->query, BAN_COLUMN_UNTIL, false);
	assert_view(fix, NOW, "mia adam bob zoe ada perry inga nora");
	add(fix, "mia", 80000);
	merge(fix);
	assert_view(fix, NOW, "adam bob mia zoe ada perry inga nora");
	set_filter(fix, "left<2h");
	assert_view(fix, NOW, "adam");
	add(fix, "mia", 60);
	merge(fix);
	assert_view(fix, NOW, "mia adam");
}

static void
another_list_is_noticed(void **state)
{
	struct fixture *fix = *state;
	struct ban_list *old = fix->list;

	fill(fix);
	set_filter(fix, "a");
	assert_view(fix, NOW, "adam inga mia ada nora");
	fix->list = ban_list_create(100);
	ban_list_destroy(old);
	add(fix, "new", 5);
	add(fix, "anew", 5);
	merge(fix);
	assert_view(fix, NOW, "anew");
}

static void
indexes_are_those_of_the_last_update(void **state)
{
	struct fixture *fix = *state;

	fill(fix);
	ban_query_set_sort(fix->query, BAN_COLUMN_ACCOUNT, false);
	assert_view(fix, NOW, "ada adam bob inga mia nora perry zoe");
	ban_query_set_sort(fix->query, BAN_COLUMN_NONE, false);
	assert_int_equal(ban_query_index(fix->query, 0), 7);
	assert_int_equal(ban_query_row(fix->query, 7), 0);
	assert_view(fix, NOW, "zoe adam inga perry mia ada nora bob");
}

static void
columns_have_the_names_of_the_option(void **state)
{
	static const struct {
		const char *name;
		enum ban_column column;
	} rows[] = { { "account", BAN_COLUMN_ACCOUNT },
		{ "until", BAN_COLUMN_UNTIL },
		{ "remaining", BAN_COLUMN_REMAINING },
		{ "state", BAN_COLUMN_STATE } };
	static const char *const bad[] = { "", "Account", "accounts", "unt",
		"none" };
	enum ban_column column = BAN_COLUMN_NONE;
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		assert_true(ban_column_parse(rows[i].name, strlen(rows[i].name),
		    &column));
		assert_int_equal(column, rows[i].column);
		assert_string_equal(ban_column_name(rows[i].column),
		    rows[i].name);
	}
	for (i = 0; i < 5; i++)
		assert_false(ban_column_parse(bad[i], strlen(bad[i]), &column));
	assert_true(ban_column_parse("until:desc", 5, &column));
}

#define QUERY_TEST(test) cmocka_unit_test_setup_teardown(test, make, destroy)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		QUERY_TEST(without_a_question_the_view_is_the_list),
		QUERY_TEST(by_time_permanents_are_last_and_invalids_behind),
		QUERY_TEST(by_account_is_by_its_bytes),
		QUERY_TEST(by_state_ties_keep_the_order_of_the_service),
		QUERY_TEST(unusable_accounts_come_behind_by_account),
		QUERY_TEST(a_filter_takes_in_what_is_appended),
		QUERY_TEST(order_and_filter_work_together),
		QUERY_TEST(a_timed_filter_follows_the_time),
		QUERY_TEST(a_renewed_row_moves),
		QUERY_TEST(another_list_is_noticed),
		QUERY_TEST(indexes_are_those_of_the_last_update),
		cmocka_unit_test(columns_have_the_names_of_the_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
