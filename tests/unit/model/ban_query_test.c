#include "bantop/model/ban_query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "query_rig.h"

static void
set_filter(struct query_rig *rig, const char *text)
{
	struct err err = { 0 };
	struct ban_filter *filter = ban_filter_create(text, strlen(text), &err);

	assert_non_null(filter);
	ban_query_set_filter(rig->query, filter);
	assert_ptr_equal(ban_query_filter(rig->query), filter);
}

/* The view's accounts with a blank between are @p want; every index and every
 * row agree. */
static void
assert_view(struct query_rig *rig, int64_t now_s, const char *want)
{
	size_t rows = ban_list_count(rig->list);
	size_t seen = 0;
	char have[512];
	size_t len = 0;
	size_t i;

	ban_query_update(rig->query, rig->list, now_s);
	have[0] = '\0';
	for (i = 0; i < ban_query_count(rig->query); i++) {
		size_t row = ban_query_row(rig->query, i);
		struct ban ban = ban_list_at(rig->list, row);

		len += (size_t)snprintf(have + len, sizeof have - len, "%s%.*s",
		    i > 0 ? " " : "", (int)ban.account_len, ban.account);
		assert_int_equal(ban_query_index(rig->query, row), i);
	}
	assert_string_equal(have, want);
	for (i = 0; i < rows; i++)
		seen += ban_query_index(rig->query, i) != BAN_ROW_NONE;
	assert_int_equal(seen, ban_query_count(rig->query));
	assert_int_equal(ban_query_index(rig->query, rows), BAN_ROW_NONE);
}

static void
fill(struct query_rig *rig)
{
	query_add(rig, "zoe", 90000);
	query_add(rig, "adam", 100);
	query_add_flagged(rig, "inga", -5, 0);
	query_add(rig, "perry", INT64_C(60) * 365 * 86400);
	query_add(rig, "mia", -50);
	query_add(rig, "ada", 90000);
	query_add_flagged(rig, "nora", 0, BAN_NO_UNTIL);
	query_add(rig, "bob", 7200);
	query_merge(rig);
}

static void
without_a_question_the_view_is_the_list(void **state)
{
	struct query_rig *rig = *state;

	assert_int_equal(ban_query_count(rig->query), 0);
	assert_view(rig, QUERY_NOW_S, "");
	fill(rig);
	assert_int_equal(ban_query_count(rig->query), 0);
	assert_view(rig, QUERY_NOW_S, "zoe adam inga perry mia ada nora bob");
	assert_int_equal(ban_query_sort(rig->query, NULL), BAN_COLUMN_NONE);
	assert_null(ban_query_filter(rig->query));
}

static void
by_time_permanents_are_last_and_invalids_behind(void **state)
{
	static const enum ban_column columns[] = { BAN_COLUMN_UNTIL,
		BAN_COLUMN_REMAINING };
	struct query_rig *rig = *state;
	size_t i;

	fill(rig);
	for (i = 0; i < 2; i++) {
		bool descending = false;

		ban_query_set_sort(rig->query, columns[i], false);
		assert_view(rig, QUERY_NOW_S,
		    "mia adam bob zoe ada perry inga nora");
		ban_query_set_sort(rig->query, columns[i], true);
		assert_view(rig, QUERY_NOW_S,
		    "perry zoe ada bob adam mia inga nora");
		assert_int_equal(ban_query_sort(rig->query, &descending),
		    columns[i]);
		assert_true(descending);
	}
}

static void
by_account_is_by_its_bytes(void **state)
{
	struct query_rig *rig = *state;

	fill(rig);
	query_add(rig, "Zed", 5);
	query_add(rig, "\xe4\xb8\xad", 5);
	query_add(rig, "ad", 5);
	query_merge(rig);
	ban_query_set_sort(rig->query, BAN_COLUMN_ACCOUNT, false);
	assert_view(rig, QUERY_NOW_S,
	    "Zed ad ada adam bob inga mia nora perry zoe \xe4\xb8\xad");
	ban_query_set_sort(rig->query, BAN_COLUMN_ACCOUNT, true);
	assert_view(rig, QUERY_NOW_S,
	    "\xe4\xb8\xad zoe perry nora mia inga bob adam ada ad Zed");
}

static void
by_state_ties_keep_the_order_of_the_service(void **state)
{
	struct query_rig *rig = *state;

	fill(rig);
	ban_query_set_sort(rig->query, BAN_COLUMN_STATE, false);
	assert_view(rig, QUERY_NOW_S, "zoe ada bob adam mia perry inga nora");
	ban_query_set_sort(rig->query, BAN_COLUMN_STATE, true);
	assert_view(rig, QUERY_NOW_S, "perry mia adam zoe ada bob inga nora");
	/* An hour later bob ends soon and adam is over. */
	ban_query_set_sort(rig->query, BAN_COLUMN_STATE, false);
	assert_view(rig, QUERY_NOW_S + 3601,
	    "zoe ada bob adam mia perry inga nora");
	/* Then bob is over too, behind those that stand before him. */
	assert_view(rig, QUERY_NOW_S + 7201,
	    "zoe ada adam mia bob perry inga nora");
}

static void
unusable_accounts_come_behind_by_account(void **state)
{
	struct query_rig *rig = *state;

	query_add_flagged(rig, "c?", QUERY_NOW_S, BAN_UNUSABLE);
	query_add(rig, "b", 1);
	query_add_flagged(rig, "a?", QUERY_NOW_S, BAN_UNUSABLE);
	query_add(rig, "d", 1);
	query_merge(rig);
	ban_query_set_sort(rig->query, BAN_COLUMN_ACCOUNT, false);
	assert_view(rig, QUERY_NOW_S, "b d c? a?");
	ban_query_set_sort(rig->query, BAN_COLUMN_ACCOUNT, true);
	assert_view(rig, QUERY_NOW_S, "d b c? a?");
	query_add(rig, "a", 1);
	query_add_flagged(rig, "0?", QUERY_NOW_S, BAN_UNUSABLE);
	query_merge(rig);
	assert_view(rig, QUERY_NOW_S, "d b a c? a? 0?");
}

static void
a_filter_takes_in_what_is_appended(void **state)
{
	struct query_rig *rig = *state;

	fill(rig);
	set_filter(rig, "ada");
	assert_view(rig, QUERY_NOW_S, "adam ada");
	query_add(rig, "x", 1);
	query_add(rig, "adao", 1);
	query_merge(rig);
	assert_view(rig, QUERY_NOW_S, "adam ada adao");
	set_filter(rig, "!ada");
	assert_view(rig, QUERY_NOW_S, "zoe inga perry mia nora bob x");
	set_filter(rig, "nothing such");
	assert_view(rig, QUERY_NOW_S, "");
	ban_query_set_filter(rig->query, NULL);
	assert_view(rig, QUERY_NOW_S,
	    "zoe adam inga perry mia ada nora bob x adao");
}

static void
order_and_filter_work_together(void **state)
{
	struct query_rig *rig = *state;

	fill(rig);
	set_filter(rig, "a");
	ban_query_set_sort(rig->query, BAN_COLUMN_UNTIL, false);
	assert_view(rig, QUERY_NOW_S, "mia adam ada inga nora");
	query_add(rig, "lara", 200);
	query_add(rig, "bo", 1);
	query_merge(rig);
	assert_view(rig, QUERY_NOW_S, "mia adam lara ada inga nora");
	ban_query_set_sort(rig->query, BAN_COLUMN_NONE, false);
	assert_view(rig, QUERY_NOW_S, "adam inga mia ada nora lara");
}

static void
a_timed_filter_follows_the_time(void **state)
{
	struct query_rig *rig = *state;

	fill(rig);
	set_filter(rig, "left<1h");
	assert_view(rig, QUERY_NOW_S, "adam");
	assert_view(rig, QUERY_NOW_S + 99, "adam");
	assert_view(rig, QUERY_NOW_S + 100, "");
	assert_view(rig, QUERY_NOW_S + 3601, "bob");
	set_filter(rig, "ended");
	assert_view(rig, QUERY_NOW_S + 100, "adam mia");
	assert_view(rig, QUERY_NOW_S, "mia");
}

static void
a_renewed_row_moves(void **state)
{
	struct query_rig *rig = *state;

	fill(rig);
	ban_query_set_sort(rig->query, BAN_COLUMN_UNTIL, false);
	assert_view(rig, QUERY_NOW_S, "mia adam bob zoe ada perry inga nora");
	query_add(rig, "mia", 80000);
	query_merge(rig);
	assert_view(rig, QUERY_NOW_S, "adam bob mia zoe ada perry inga nora");
	set_filter(rig, "left<2h");
	assert_view(rig, QUERY_NOW_S, "adam");
	query_add(rig, "mia", 60);
	query_merge(rig);
	assert_view(rig, QUERY_NOW_S, "mia adam");
}

static void
another_list_is_noticed(void **state)
{
	struct query_rig *rig = *state;
	struct ban_list *old = rig->list;

	fill(rig);
	set_filter(rig, "a");
	assert_view(rig, QUERY_NOW_S, "adam inga mia ada nora");
	rig->list = ban_list_create(100);
	ban_list_destroy(old);
	query_add(rig, "new", 5);
	query_add(rig, "anew", 5);
	query_merge(rig);
	assert_view(rig, QUERY_NOW_S, "anew");
}

static void
indexes_are_those_of_the_last_update(void **state)
{
	struct query_rig *rig = *state;

	fill(rig);
	ban_query_set_sort(rig->query, BAN_COLUMN_ACCOUNT, false);
	assert_view(rig, QUERY_NOW_S, "ada adam bob inga mia nora perry zoe");
	ban_query_set_sort(rig->query, BAN_COLUMN_NONE, false);
	assert_int_equal(ban_query_index(rig->query, 0), 7);
	assert_int_equal(ban_query_row(rig->query, 7), 0);
	assert_view(rig, QUERY_NOW_S, "zoe adam inga perry mia ada nora bob");
}

/* A row that has an index keeps it for as long as the version stays. */
static void
the_version_is_another_one_when_rows_move(void **state)
{
	struct query_rig *rig = *state;
	uint64_t version;

	fill(rig);
	assert_view(rig, QUERY_NOW_S, "zoe adam inga perry mia ada nora bob");
	version = ban_query_version(rig->query);
	query_add(rig, "eve", 5);
	query_merge(rig);
	assert_view(rig, QUERY_NOW_S,
	    "zoe adam inga perry mia ada nora bob eve");
	assert_true(ban_query_version(rig->query) == version);
	ban_query_set_sort(rig->query, BAN_COLUMN_ACCOUNT, false);
	assert_view(rig, QUERY_NOW_S,
	    "ada adam bob eve inga mia nora perry zoe");
	assert_true(ban_query_version(rig->query) != version);
	version = ban_query_version(rig->query);
	assert_view(rig, QUERY_NOW_S + 1,
	    "ada adam bob eve inga mia nora perry zoe");
	assert_true(ban_query_version(rig->query) == version);
	query_add(rig, "aaa", 5);
	query_merge(rig);
	assert_view(rig, QUERY_NOW_S + 1,
	    "aaa ada adam bob eve inga mia nora perry zoe");
	assert_true(ban_query_version(rig->query) != version);
	version = ban_query_version(rig->query);
	set_filter(rig, "a");
	assert_view(rig, QUERY_NOW_S + 1, "aaa ada adam inga mia nora");
	assert_true(ban_query_version(rig->query) != version);
	version = ban_query_version(rig->query);
	ban_query_set_filter(rig->query, NULL);
	ban_query_set_sort(rig->query, BAN_COLUMN_NONE, false);
	assert_view(rig, QUERY_NOW_S + 1,
	    "zoe adam inga perry mia ada nora bob eve aaa");
	assert_true(ban_query_version(rig->query) != version);
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

#define QUERY_TEST(test) \
	cmocka_unit_test_setup_teardown(test, query_set_up, query_tear_down)

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
		QUERY_TEST(the_version_is_another_one_when_rows_move),
		cmocka_unit_test(columns_have_the_names_of_the_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
