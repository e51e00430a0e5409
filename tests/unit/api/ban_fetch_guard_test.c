/*
 * What cannot be a list, and what is too much of one: every fault has its name
 * and its offset, keeps its rows, and is never "complete".
 */
#include "walk_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PAGE(list, rest)                                                  \
	"{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"BannedAccountList\":" \
	"[" list "]" rest "}"
#define ROW(name) "{\"Member_Account\":\"" name "\",\"BannedUntil\":1800000000}"

static int
set_up(void **state)
{
	static struct walk_rig walk;

	walk_init(&walk);
	*state = &walk;
	return 0;
}

static int
tear_down(void **state)
{
	walk_release(*state);
	return 0;
}

static struct ban_fetch_status
load_all(struct walk_rig *walk)
{
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	return walk_status(walk);
}

static void
assert_broken(const struct ban_fetch_status *status, enum err_kind kind,
    const char *text)
{
	assert_int_equal(status->state, BAN_FETCH_BROKEN);
	assert_int_equal(status->err.kind, kind);
	assert_string_equal(status->err.text, text);
	assert_false(status->all);
}

static void
an_offset_that_repeats_breaks_the_list(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add(&walk->model, 10, 10);
	ban_model_add(&walk->model, 10, 10);
	status = load_all(walk);
	assert_broken(&status, ERR_PAGING,
	    "NextOffset 10 is not above Offset 10 that was asked for");
	assert_int_equal(status.offset, 10);
	assert_int_equal(ban_list_count(walk->list), 20);
	assert_int_equal(walk_calls(walk), 2);
	assert_int_equal(walk->page_calls, 2);
}

static void
an_offset_that_goes_back_breaks_the_list(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add(&walk->model, 10, 30);
	ban_model_add(&walk->model, 10, 10);
	status = load_all(walk);
	assert_broken(&status, ERR_PAGING,
	    "NextOffset 10 is not above Offset 30 that was asked for");
	assert_int_equal(ban_list_count(walk->list), 20);
}

static void
three_empty_pages_in_a_row_break_the_list(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add(&walk->model, 10, 10);
	ban_model_add(&walk->model, 0, 20);
	ban_model_add(&walk->model, 0, 30);
	ban_model_add(&walk->model, 0, 40);
	status = load_all(walk);
	assert_broken(&status, ERR_PAGING,
	    "three empty pages in a row, the last at offset 30");
	assert_int_equal(walk_calls(walk), 4);
}

static void
two_empty_pages_in_a_row_do_not(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add(&walk->model, 0, 10);
	ban_model_add(&walk->model, 0, 20);
	ban_model_add(&walk->model, 1, 30);
	ban_model_add(&walk->model, 0, 40);
	ban_model_add(&walk->model, 0, 50);
	ban_model_add(&walk->model, 0, 0);
	assert_int_equal(load_all(walk).state, BAN_FETCH_COMPLETE);
}

static void
a_full_page_of_known_accounts_breaks_the_list(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add(&walk->model, 10, 10);
	ban_model_add(&walk->model, 10, 20);
	walk->model.pages[1].first = 0;
	status = load_all(walk);
	assert_broken(&status, ERR_PAGING,
	    "the full page at offset 10 brought only accounts already known");
	assert_int_equal(ban_list_count(walk->list), 10);
}

static void
a_page_with_one_new_account_does_not(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add(&walk->model, 10, 10);
	ban_model_add(&walk->model, 10, 20);
	walk->model.pages[1].first = 1;
	ban_model_add(&walk->model, 0, 0);
	assert_int_equal(load_all(walk).state, BAN_FETCH_COMPLETE);
	assert_int_equal(ban_list_count(walk->list), 11);
	assert_int_equal(ban_list_repeated(walk->list), 9);
}

static void
three_short_pages_without_a_new_account_break_the_list(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;
	size_t i;

	ban_model_add(&walk->model, 5, 5);
	for (i = 1; i <= 3; i++) {
		ban_model_add(&walk->model, 5, 5 + 5 * (int64_t)i);
		walk->model.pages[i].first = 0;
	}
	status = load_all(walk);
	assert_broken(&status, ERR_PAGING,
	    "three pages without a new account in a row, "
	    "the last at offset 15");
}

static void
a_last_page_of_known_accounts_completes_the_list(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add(&walk->model, 10, 10);
	ban_model_add(&walk->model, 10, 0);
	walk->model.pages[1].first = 0;
	assert_int_equal(load_all(walk).state, BAN_FETCH_COMPLETE);
}

static void
a_next_offset_that_is_none_keeps_the_rows_of_its_page(void **state)
{
	static const struct {
		const char *body;
		enum err_kind kind;
	} cases[] = {
		{ PAGE(ROW("x"), ""), ERR_DATA },
		{ PAGE(ROW("x"), ",\"NextOffset\":\"20\""), ERR_DATA },
		{ PAGE(ROW("x"), ",\"NextOffset\":null"), ERR_DATA },
		{ PAGE(ROW("x"), ",\"NextOffset\":-1"), ERR_PAGING },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct walk_rig *walk = *state;
		struct ban_fetch_status status;

		ban_model_add(&walk->model, 10, 10);
		ban_model_add(&walk->model, 1, 0);
		walk->model.pages[1].body = cases[i].body;
		status = load_all(walk);
		assert_int_equal(status.state, BAN_FETCH_BROKEN);
		assert_int_equal(status.err.kind, cases[i].kind);
		assert_non_null(strstr(status.err.text, "NextOffset"));
		assert_int_equal(status.offset, 10);
		assert_int_equal(ban_list_count(walk->list), 11);
		walk_release(walk);
		walk_init(walk);
	}
}

static void
a_page_that_is_too_long_breaks_the_list(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add(&walk->model, 10, 10);
	ban_model_add(&walk->model, 1001, 0);
	status = load_all(walk);
	assert_int_equal(status.state, BAN_FETCH_BROKEN);
	assert_int_equal(status.err.kind, ERR_PAGING);
	assert_true(ban_list_count(walk->list) >= 10);
	assert_int_equal(walk_calls(walk), 2);
}

static void
a_broken_page_that_is_whole_again_goes_on(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 30, 10);
	walk->model.pages[1].next = 10;
	assert_int_equal(load_all(walk).state, BAN_FETCH_BROKEN);
	assert_int_equal(ban_list_count(walk->list), 20);
	/* Its rows are known by now; that is no fault of the page. */
	walk->model.pages[1].next = 20;
	ban_fetch_retry(walk->fetch);
	walk_run(walk);
	assert_int_equal(walk_asked(walk, 2), 10);
	assert_int_equal(walk_status(walk).state, BAN_FETCH_COMPLETE);
	assert_int_equal(ban_list_count(walk->list), 30);
}

/* Asked for again, it counts as one of the three. */
static void
a_broken_page_that_is_empty_then_brings_nothing_new(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add(&walk->model, 10, 10);
	ban_model_add(&walk->model, 10, 10);
	ban_model_add(&walk->model, 0, 30);
	ban_model_add(&walk->model, 0, 40);
	assert_int_equal(load_all(walk).state, BAN_FETCH_BROKEN);
	walk->model.pages[1].count = 0;
	walk->model.pages[1].next = 20;
	walk->model.pages[2].offset = 20;
	walk->model.pages[3].offset = 30;
	ban_fetch_retry(walk->fetch);
	walk_run(walk);
	status = walk_status(walk);
	assert_broken(&status, ERR_PAGING,
	    "three empty pages in a row, the last at offset 30");
	assert_int_equal(walk_calls(walk), 5);
	assert_int_equal(ban_list_count(walk->list), 20);
}

static void
a_service_that_repeats_itself_is_found_out_again(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add(&walk->model, 10, 10);
	ban_model_add(&walk->model, 10, 20);
	walk->model.pages[1].first = 0;
	(void)load_all(walk);
	ban_fetch_retry(walk->fetch);
	walk_run(walk);
	assert_int_equal(walk_status(walk).state, BAN_FETCH_BROKEN);
	assert_int_equal(walk_calls(walk), 3);
}

static void
the_cap_cuts_exactly_and_names_the_page_that_was_cut(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add_rows(&walk->model, 100, 10);
	walk->max_rows = 25;
	status = load_all(walk);
	assert_int_equal(status.state, BAN_FETCH_FULL);
	assert_int_equal(status.err.kind, ERR_LIMIT);
	assert_int_equal(status.offset, 20);
	assert_int_equal(ban_list_count(walk->list), 25);
	assert_int_equal(walk->page_calls, 3);
	assert_int_equal(walk->added, 25);
	assert_true(walk->cut);
	ban_fetch_all(walk->fetch);
	ban_fetch_retry(walk->fetch);
	ban_fetch_next(walk->fetch);
	walk_run(walk);
	assert_int_equal(walk_calls(walk), 3);
}

static void
a_last_page_that_was_cut_is_not_complete(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 10, 10);
	walk->max_rows = 9;
	assert_int_equal(load_all(walk).state, BAN_FETCH_FULL);
}

static void
a_list_of_exactly_the_cap_is_complete(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 20, 10);
	walk->max_rows = 20;
	assert_int_equal(load_all(walk).state, BAN_FETCH_COMPLETE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_offset_that_repeats_breaks_the_list),
		TEST(an_offset_that_goes_back_breaks_the_list),
		TEST(three_empty_pages_in_a_row_break_the_list),
		TEST(two_empty_pages_in_a_row_do_not),
		TEST(a_full_page_of_known_accounts_breaks_the_list),
		TEST(a_page_with_one_new_account_does_not),
		TEST(three_short_pages_without_a_new_account_break_the_list),
		TEST(a_last_page_of_known_accounts_completes_the_list),
		TEST(a_next_offset_that_is_none_keeps_the_rows_of_its_page),
		TEST(a_page_that_is_too_long_breaks_the_list),
		TEST(a_broken_page_that_is_whole_again_goes_on),
		TEST(a_broken_page_that_is_empty_then_brings_nothing_new),
		TEST(a_service_that_repeats_itself_is_found_out_again),
		TEST(the_cap_cuts_exactly_and_names_the_page_that_was_cut),
		TEST(a_last_page_that_was_cut_is_not_complete),
		TEST(a_list_of_exactly_the_cap_is_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
