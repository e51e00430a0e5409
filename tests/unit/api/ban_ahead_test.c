/*
 * Asking ahead: what it gains, what it may cost, and that nobody sees it.
 * DESIGN section 9.
 */
#include "walk_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { LIMIT = 10 };

static int
set_up(void **state)
{
	static struct walk_rig walk;

	walk_init(&walk);
	walk.config.parallel = 8;
	walk.model.delay_ms = 200;
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
assert_rows_in_order(const struct walk_rig *walk, size_t count)
{
	size_t row;

	assert_int_equal(ban_list_count(walk->list), count);
	for (row = 0; row < count; row++)
		assert_int_equal(walk_account(walk, row), row);
}

/* -- a regular list -------------------------------------------------------- */

static void
a_regular_list_is_read_many_pages_at_a_time(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;
	int64_t begin_ms, took_ms;

	ban_model_add_rows(&walk->model, 100 * LIMIT, LIMIT);
	walk_open(walk);
	begin_ms = rig_now_ms(&walk->client);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	took_ms = rig_now_ms(&walk->client) - begin_ms;
	status = walk_status(walk);
	assert_int_equal(status.state, BAN_FETCH_COMPLETE);
	assert_rows_in_order(walk, 100 * LIMIT);
	/* One after another: 20 s. */
	assert_true(took_ms < 100 * 200 / 5);
	assert_int_equal(scripted_in_flight_max(walk->client.scripted), 8);
	assert_true(status.wasted <= 7);
	assert_int_equal(walk_calls(walk), 100 + status.wasted);
	assert_int_equal(walk->page_calls, 100);
}

static void
the_first_page_is_asked_alone_and_the_second_with_one_more(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 100 * LIMIT, LIMIT);
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	rig_run_ms(&walk->client, 199);
	assert_int_equal(walk_calls(walk), 1);
	rig_run_ms(&walk->client, 100);
	assert_int_equal(walk_calls(walk), 3);
	assert_int_equal(walk_status(walk).in_flight, 2);
	assert_int_equal(walk_asked(walk, 1), LIMIT);
	assert_int_equal(walk_asked(walk, 2), 2 * LIMIT);
	rig_run_ms(&walk->client, 200);
	assert_int_equal(walk_status(walk).in_flight, 4);
}

static void
pages_that_come_out_of_order_are_shown_in_order(void **state)
{
	struct walk_rig *walk = *state;

	walk->model.jitter_ms = 3000;
	ban_model_add_rows(&walk->model, 60 * LIMIT + 3, LIMIT);
	assert_int_equal(load_all(walk).state, BAN_FETCH_COMPLETE);
	assert_rows_in_order(walk, 60 * LIMIT + 3);
}

static void
only_a_load_all_asks_ahead(void **state)
{
	struct walk_rig *walk = *state;
	size_t page;

	ban_model_add_rows(&walk->model, 100 * LIMIT, LIMIT);
	walk_open(walk);
	for (page = 0; page < 10; page++) {
		ban_fetch_next(walk->fetch);
		walk_run(walk);
	}
	ban_fetch_rows(walk->fetch, 300);
	walk_run(walk);
	assert_int_equal(scripted_in_flight_max(walk->client.scripted), 1);
	assert_int_equal(walk_calls(walk), 30);
}

static void
parallel_one_asks_one_after_another(void **state)
{
	struct walk_rig *walk = *state;

	walk->config.parallel = 1;
	ban_model_add_rows(&walk->model, 50 * LIMIT, LIMIT);
	assert_int_equal(load_all(walk).wasted, 0);
	assert_int_equal(scripted_in_flight_max(walk->client.scripted), 1);
	assert_int_equal(walk_calls(walk), 50);
}

static void
the_rate_holds_for_calls_asked_ahead(void **state)
{
	struct walk_rig *walk = *state;
	size_t i;

	walk->client.config.rate = 10;
	walk->config.parallel = 64;
	walk->model.delay_ms = 3000;
	ban_model_add_rows(&walk->model, 120 * LIMIT, LIMIT);
	assert_int_equal(load_all(walk).state, BAN_FETCH_COMPLETE);
	for (i = 11; i < walk_calls(walk); i++)
		assert_true(scripted_started_ms(walk->client.scripted, i) -
		        scripted_started_ms(walk->client.scripted, i - 11) >
		    1000);
	/* Rate times round trip is 30; more would only queue. */
	assert_true(scripted_in_flight_max(walk->client.scripted) <= 31);
}

static void
a_service_faster_than_the_rate_is_never_asked_ahead(void **state)
{
	struct walk_rig *walk = *state;

	walk->client.config.rate = 10;
	walk->model.delay_ms = 90;
	ban_model_add_rows(&walk->model, 50 * LIMIT, LIMIT);
	assert_int_equal(load_all(walk).wasted, 0);
	assert_int_equal(walk_calls(walk), 50);
}

static void
pages_read_one_by_one_count_towards_the_window(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 100 * LIMIT, LIMIT);
	walk_open(walk);
	ban_fetch_next(walk->fetch);
	walk_run(walk);
	ban_fetch_all(walk->fetch);
	client_run(walk->client.client);
	rig_run_ms(&walk->client, 50);
	assert_int_equal(walk_status(walk).in_flight, 2);
}

/* -- lists that are not regular -------------------------------------------- */

static void
after_a_short_first_page_pages_are_asked_in_turn(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add(&walk->model, LIMIT - 1, LIMIT - 1);
	ban_model_add_rows(&walk->model, 6 * LIMIT, LIMIT);
	assert_int_equal(load_all(walk).wasted, 0);
	assert_int_equal(walk->model.traps, 0);
	assert_int_equal(walk_calls(walk), 7);
}

static void
short_pages_on_the_grid_of_full_ones_are_asked_in_turn(void **state)
{
	struct walk_rig *walk = *state;
	int64_t page;

	for (page = 1; page <= 30; page++)
		ban_model_add(&walk->model, LIMIT - 1,
		    page == 30 ? 0 : page * LIMIT);
	assert_int_equal(load_all(walk).state, BAN_FETCH_COMPLETE);
	assert_int_equal(scripted_in_flight_max(walk->client.scripted), 1);
}

static void
every_seventh_page_short_wastes_little(void **state)
{
	static const size_t lengths[] = { 21, 50, 100, 400, 1000 };
	size_t i, page;

	for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		struct walk_rig *walk = *state;
		struct ban_fetch_status status;
		int64_t at = 0;

		walk->config.parallel = 64;
		for (page = 1; page <= lengths[i]; page++) {
			size_t count = page % 7 == 0 ? LIMIT - 4 : LIMIT;

			at += (int64_t)count;
			ban_model_add(&walk->model, count,
			    page == lengths[i] ? 0 : at);
		}
		status = load_all(walk);
		assert_int_equal(status.state, BAN_FETCH_COMPLETE);
		assert_true(10 * status.wasted <= 3 * lengths[i]);
		assert_int_equal(walk_calls(walk), lengths[i] + status.wasted);
		walk_release(walk);
		(void)set_up(state);
	}
}

static void
no_period_of_short_pages_wastes_much(void **state)
{
	size_t period, page;

	for (period = 1; period <= 40; period++) {
		struct walk_rig *walk = *state;
		int64_t at = 0;

		for (page = 1; page <= 300; page++) {
			size_t count = page % period == 0 ? 1 : LIMIT;

			at += (int64_t)count;
			ban_model_add(&walk->model, count,
			    page == 300 ? 0 : at);
		}
		assert_true(10 * load_all(walk).wasted <= 3 * 300);
		walk_release(walk);
		(void)set_up(state);
	}
}

static void
a_list_that_is_regular_again_is_asked_ahead_again(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 10 * LIMIT, LIMIT);
	walk->model.pages[9].next = 1000;
	ban_model_add_rows(&walk->model, 9 * LIMIT, LIMIT);
	walk->model.pages[18].next = 1090;
	walk_open(walk);
	ban_model_add_rows(&walk->model, 80 * LIMIT, LIMIT);
	ban_fetch_all(walk->fetch);
	while (walk_status(walk).offset < 1300)
		assert_true(rig_turn(&walk->client));
	assert_true(walk_status(walk).in_flight > 1);
	walk_run(walk);
	assert_rows_in_order(walk, 99 * LIMIT);
}

/* -- failures -------------------------------------------------------------- */

static void
a_page_asked_ahead_in_vain_has_its_three_attempts(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;
	size_t i, quiet = 0, told = 0;

	ban_model_add_rows(&walk->model, 40 * LIMIT, LIMIT);
	walk->model.pages[20].fails = -1;
	status = load_all(walk);
	assert_int_equal(status.state, BAN_FETCH_FAILED);
	assert_int_equal(status.err.code, 503);
	assert_int_equal(status.offset, 20 * LIMIT);
	assert_rows_in_order(walk, 20 * LIMIT);
	for (i = 0; i < walk->client.attempt_count; i++) {
		const struct rig_attempt *attempt = &walk->client.attempts[i];

		if (attempt->err.kind == ERR_NONE)
			continue;
		assert_int_equal(attempt->offset, 20 * LIMIT);
		quiet += attempt->quiet;
		told += !attempt->quiet;
	}
	assert_int_equal(quiet, 1);
	assert_int_equal(told, 3);
	assert_int_equal(walk->change_calls, 1);
}

/* Read ahead it is nobody's; the walk asks for itself and says what it got. */
static void
a_page_that_is_none_is_asked_for_again_in_its_turn(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add_rows(&walk->model, 40 * LIMIT, LIMIT);
	walk->model.pages[20].body =
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"NextOffset\":0}";
	status = load_all(walk);
	assert_int_equal(status.state, BAN_FETCH_FAILED);
	assert_int_equal(status.err.kind, ERR_DATA);
	assert_string_equal(status.err.text,
	    "BannedAccountList is absent from the reply");
	assert_int_equal(status.offset, 20 * LIMIT);
	assert_rows_in_order(walk, 20 * LIMIT);
}

static void
a_page_that_failed_ahead_and_is_good_again_is_no_error(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add_rows(&walk->model, 40 * LIMIT, LIMIT);
	walk->model.pages[20].fails = 1;
	status = load_all(walk);
	assert_int_equal(status.state, BAN_FETCH_COMPLETE);
	assert_int_equal(walk->change_calls, 0);
	assert_rows_in_order(walk, 40 * LIMIT);
}

static void
a_service_that_takes_one_call_at_a_time_is_soon_left_alone(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;
	size_t i;

	ban_model_add_rows(&walk->model, 200 * LIMIT, LIMIT);
	for (i = 2; i < 200; i++)
		walk->model.pages[i].fails = 1;
	status = load_all(walk);
	assert_int_equal(status.state, BAN_FETCH_COMPLETE);
	assert_true(10 * status.wasted <= 3 * 200);
}

static void
a_stop_throws_away_what_was_asked_ahead(void **state)
{
	struct walk_rig *walk = *state;
	struct ban_fetch_status status;

	ban_model_add_rows(&walk->model, 100 * LIMIT, LIMIT);
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	rig_run_ms(&walk->client, 1100);
	assert_true(walk_status(walk).in_flight > 2);
	ban_fetch_stop(walk->fetch);
	assert_int_equal(scripted_in_flight(walk->client.scripted), 0);
	status = walk_status(walk);
	assert_int_equal(status.in_flight, 0);
	assert_true(status.wasted > 0);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	assert_int_equal(walk_status(walk).state, BAN_FETCH_COMPLETE);
	assert_rows_in_order(walk, 100 * LIMIT);
}

static void
a_page_may_stop_a_walk_that_has_the_next_ones_already(void **state)
{
	struct walk_rig *walk = *state;

	walk->model.jitter_ms = 500;
	ban_model_add_rows(&walk->model, 100 * LIMIT, LIMIT);
	walk->stop_at = 30;
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	assert_int_equal(walk_status(walk).state, BAN_FETCH_STOPPED);
	assert_rows_in_order(walk, 30 * LIMIT);
	assert_int_equal(walk->page_calls, 30);
	assert_int_equal(walk_status(walk).offset, 30 * LIMIT);
}

static void
a_walk_that_goes_takes_what_was_asked_ahead_with_it(void **state)
{
	struct walk_rig *walk = *state;

	ban_model_add_rows(&walk->model, 100 * LIMIT, LIMIT);
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	rig_run_ms(&walk->client, 1100);
	ban_fetch_destroy(walk->fetch);
	walk->fetch = NULL;
	assert_int_equal(scripted_in_flight(walk->client.scripted), 0);
	walk_run(walk);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_regular_list_is_read_many_pages_at_a_time),
		TEST(
		    the_first_page_is_asked_alone_and_the_second_with_one_more),
		TEST(pages_that_come_out_of_order_are_shown_in_order),
		TEST(only_a_load_all_asks_ahead),
		TEST(parallel_one_asks_one_after_another),
		TEST(the_rate_holds_for_calls_asked_ahead),
		TEST(a_service_faster_than_the_rate_is_never_asked_ahead),
		TEST(pages_read_one_by_one_count_towards_the_window),
		TEST(after_a_short_first_page_pages_are_asked_in_turn),
		TEST(short_pages_on_the_grid_of_full_ones_are_asked_in_turn),
		TEST(every_seventh_page_short_wastes_little),
		TEST(no_period_of_short_pages_wastes_much),
		TEST(a_list_that_is_regular_again_is_asked_ahead_again),
		TEST(a_page_asked_ahead_in_vain_has_its_three_attempts),
		TEST(a_page_that_is_none_is_asked_for_again_in_its_turn),
		TEST(a_page_that_failed_ahead_and_is_good_again_is_no_error),
		TEST(
		    a_service_that_takes_one_call_at_a_time_is_soon_left_alone),
		TEST(a_stop_throws_away_what_was_asked_ahead),
		TEST(a_page_may_stop_a_walk_that_has_the_next_ones_already),
		TEST(a_walk_that_goes_takes_what_was_asked_ahead_with_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
