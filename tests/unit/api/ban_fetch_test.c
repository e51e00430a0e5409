/*
 * The walk over a ban list, one page after another: DESIGN section 9.
 */
#include "walk_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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

static void
assert_state(const struct walk_rig *walk, enum ban_fetch_state state)
{
	assert_int_equal(walk_status(walk).state, state);
}

static void
a_new_walk_rests_and_asks_nothing(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	walk->config.offset = 70;
	walk_open(walk);
	walk_run(walk);
	status = walk_status(walk);
	assert_int_equal(status.state, BAN_FETCH_MORE);
	assert_int_equal(status.offset, 70);
	assert_int_equal(status.pages, 0);
	assert_int_equal(walk_calls(walk), 0);
}

static void
next_brings_one_page_and_rests(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 25, 10);
	walk_open(walk);
	ban_fetch_next(walk->fetch);
	assert_state(walk, BAN_FETCH_LOADING);
	ban_fetch_next(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_MORE);
	assert_int_equal(walk_calls(walk), 1);
	assert_int_equal(ban_list_count(walk->list), 10);
	assert_int_equal(walk_status(walk).offset, 10);
	assert_int_equal(walk->page_calls, 1);
	assert_string_equal(scripted_body(walk->client.scripted, 0),
	    "{\"GroupId\":\"lobby\",\"Limit\":10,\"Offset\":0}");
	ban_fetch_next(walk->fetch);
	walk_run(walk);
	assert_int_equal(walk_asked(walk, 1), 10);
	assert_int_equal(walk_calls(walk), 2);
}

static void
only_next_offset_zero_completes_a_list(void **state)
{
	struct walk_rig *walk = *state;

	/* Short pages, then an empty last one. */
	ban_model_add(&walk->model, 10, 10);
	ban_model_add(&walk->model, 3, 13);
	ban_model_add(&walk->model, 1, 14);
	ban_model_add(&walk->model, 0, 0);
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	assert_true(walk_status(walk).all);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_COMPLETE);
	assert_false(walk_status(walk).all);
	assert_int_equal(ban_list_count(walk->list), 14);
	assert_int_equal(walk_calls(walk), 4);
	assert_int_equal(walk_status(walk).pages, 4);
	assert_int_equal(walk_status(walk).offset, 0);
	ban_fetch_all(walk->fetch);
	ban_fetch_next(walk->fetch);
	ban_fetch_retry(walk->fetch);
	walk_run(walk);
	assert_int_equal(walk_calls(walk), 4);
}

static void
an_empty_list_is_complete(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add(&walk->model, 0, 0);
	walk_open(walk);
	ban_fetch_next(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_COMPLETE);
	assert_int_equal(walk->page_calls, 1);
}

static void
offsets_are_sent_back_as_they_came(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add(&walk->model, 10, 4611686018);
	ban_model_add(&walk->model, 10, 9007199254740991);
	ban_model_add(&walk->model, 1, 0);
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	assert_true(walk_asked(walk, 1) == 4611686018);
	assert_true(walk_asked(walk, 2) == 9007199254740991);
	assert_state(walk, BAN_FETCH_COMPLETE);
}

static void
rows_are_loaded_until_enough_are_in(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 100, 10);
	walk_open(walk);
	ban_fetch_rows(walk->fetch, 35);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_MORE);
	assert_int_equal(ban_list_count(walk->list), 40);
	ban_fetch_rows(walk->fetch, 40);
	walk_run(walk);
	assert_int_equal(walk_calls(walk), 4);
	ban_fetch_rows(walk->fetch, 1000);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_COMPLETE);
}

static void
a_load_all_may_take_over_from_a_page(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 100, 10);
	walk_open(walk);
	ban_fetch_next(walk->fetch);
	rig_run_ms(&walk->client, 50);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_COMPLETE);
	assert_int_equal(walk_calls(walk), 10);
}

/* -- failures -------------------------------------------------------------- */

static void
a_failed_page_keeps_the_rows_before_it(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add_rows(&walk->model, 30, 10);
	walk->model.pages[1].fails = -1;
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	rig_run_ms(&walk->client, 3600 * 1000);
	status = walk_status(walk);
	assert_int_equal(status.state, BAN_FETCH_FAILED);
	assert_int_equal(status.err.code, 503);
	assert_int_equal(status.offset, 10);
	assert_false(status.all);
	assert_int_equal(ban_list_count(walk->list), 10);
	assert_int_equal(walk_calls(walk), 4);
	assert_int_equal(walk->change_calls, 1);
	ban_fetch_next(walk->fetch);
	walk_run(walk);
	assert_int_equal(walk_calls(walk), 4);
}

static void
a_retry_goes_on_with_what_was_under_way(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 40, 10);
	walk->model.pages[1].fails = 3;
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_FAILED);
	ban_fetch_retry(walk->fetch);
	assert_true(walk_status(walk).all);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_COMPLETE);
	assert_int_equal(ban_list_count(walk->list), 40);
}

static void
a_retry_of_one_page_brings_one_page(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 40, 10);
	walk->model.pages[0].fails = 3;
	walk_open(walk);
	ban_fetch_next(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_FAILED);
	ban_fetch_retry(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_MORE);
	assert_int_equal(ban_list_count(walk->list), 10);
}

static void
a_load_all_retries_a_failed_page_first(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 40, 10);
	walk->model.pages[0].fails = 3;
	walk_open(walk);
	ban_fetch_next(walk->fetch);
	walk_run(walk);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_COMPLETE);
	assert_int_equal(walk_asked(walk, 3), 0);
}

static void
the_wait_shows_and_a_retry_ends_it(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add_rows(&walk->model, 5, 10);
	walk->model.pages[0].fails = 1;
	walk_open(walk);
	ban_fetch_next(walk->fetch);
	assert_int_equal(walk_status(walk).in_flight, 0);
	client_run(walk->client.client);
	status = walk_status(walk);
	assert_int_equal(status.in_flight, 1);
	assert_int_equal(status.attempt, 1);
	assert_int_equal(status.attempts_max, 3);
	rig_run_ms(&walk->client, 101);
	status = walk_status(walk);
	assert_int_equal(status.state, BAN_FETCH_LOADING);
	assert_true(status.waiting);
	assert_int_equal(status.attempt, 2);
	assert_int_equal(status.err.code, 503);
	assert_true(status.next_try_ms > rig_now_ms(&walk->client));
	assert_int_equal(status.in_flight, 0);
	ban_fetch_retry(walk->fetch);
	assert_false(walk_status(walk).waiting);
	rig_run_ms(&walk->client, 101);
	assert_state(walk, BAN_FETCH_COMPLETE);
}

static void
a_reply_that_is_no_page_fails_and_can_be_retried(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 20, 10);
	walk->model.pages[1].body =
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"NextOffset\":0}";
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_FAILED);
	assert_int_equal(walk_status(walk).err.kind, ERR_DATA);
	assert_int_equal(ban_list_count(walk->list), 10);
	/* The same question would bring the same answer. */
	assert_int_equal(walk_calls(walk), 2);
	walk->model.pages[1].body = NULL;
	ban_fetch_retry(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_COMPLETE);
}

static void
another_group_in_a_reply_is_told(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add(&walk->model, 0, 0);
	walk->model.pages[0].body =
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"GroupId\":\"other\","
	    "\"BannedAccountList\":[],\"NextOffset\":0}";
	walk_open(walk);
	assert_string_equal(walk_status(walk).other_group, "");
	ban_fetch_next(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_COMPLETE);
	assert_string_equal(walk_status(walk).other_group, "other");
}

/* -- stopping -------------------------------------------------------------- */

static void
a_stop_keeps_the_rows_and_the_offset(void **state)
{
	struct walk_rig *walk = *state;
	size_t calls;

	ban_model_add_rows(&walk->model, 100, 10);
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	rig_run_ms(&walk->client, 350);
	ban_fetch_stop(walk->fetch);
	calls = walk_calls(walk);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_STOPPED);
	assert_int_equal(ban_list_count(walk->list), 30);
	assert_int_equal(walk_status(walk).offset, 30);
	assert_int_equal(walk_calls(walk), calls);
	assert_int_equal(scripted_in_flight(walk->client.scripted), 0);
	ban_fetch_retry(walk->fetch);
	walk_run(walk);
	assert_int_equal(walk_asked(walk, calls), 30);
	assert_int_equal(ban_list_count(walk->list), 40);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_COMPLETE);
	assert_int_equal(ban_list_count(walk->list), 100);
}

static void
a_stop_while_resting_changes_nothing(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 100, 10);
	walk_open(walk);
	ban_fetch_stop(walk->fetch);
	assert_state(walk, BAN_FETCH_MORE);
	ban_fetch_next(walk->fetch);
	walk_run(walk);
	ban_fetch_stop(walk->fetch);
	assert_state(walk, BAN_FETCH_MORE);
}

static void
a_page_may_stop_the_walk(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 100, 10);
	walk->stop_at = 3;
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	assert_state(walk, BAN_FETCH_STOPPED);
	assert_int_equal(walk_calls(walk), 3);
	assert_int_equal(walk_status(walk).offset, 30);
}

static void
a_walk_that_goes_is_never_called_back(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 100, 10);
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	rig_run_ms(&walk->client, 250);
	ban_fetch_destroy(walk->fetch);
	walk->fetch = NULL;
	walk_run(walk);
	assert_int_equal(walk->page_calls, 2);
	assert_int_equal(walk->change_calls, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_walk_rests_and_asks_nothing),
		TEST(next_brings_one_page_and_rests),
		TEST(only_next_offset_zero_completes_a_list),
		TEST(an_empty_list_is_complete),
		TEST(offsets_are_sent_back_as_they_came),
		TEST(rows_are_loaded_until_enough_are_in),
		TEST(a_load_all_may_take_over_from_a_page),
		TEST(a_failed_page_keeps_the_rows_before_it),
		TEST(a_retry_goes_on_with_what_was_under_way),
		TEST(a_retry_of_one_page_brings_one_page),
		TEST(a_load_all_retries_a_failed_page_first),
		TEST(the_wait_shows_and_a_retry_ends_it),
		TEST(a_reply_that_is_no_page_fails_and_can_be_retried),
		TEST(another_group_in_a_reply_is_told),
		TEST(a_stop_keeps_the_rows_and_the_offset),
		TEST(a_stop_while_resting_changes_nothing),
		TEST(a_page_may_stop_the_walk),
		TEST(a_walk_that_goes_is_never_called_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
