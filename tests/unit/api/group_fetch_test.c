/*
 * The application's groups: ids by marks, names in fifties. API.md sections
 * 7.1 and 7.2.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "group_rig.h"

#define OK "\"ActionStatus\":\"OK\",\"ErrorCode\":0"

static int
set_up(void **state)
{
	static struct group_rig groups;

	group_rig_init(&groups);
	*state = &groups;
	return 0;
}

static int
tear_down(void **state)
{
	group_rig_release(*state);
	return 0;
}

static struct group_fetch_status
status_of(const struct group_rig *groups)
{
	struct group_fetch_status status;

	group_fetch_status(groups->fetch, &status);
	return status;
}

static struct group_fetch_status
run(struct group_rig *groups)
{
	rig_run(&groups->rig);
	return status_of(groups);
}

static const char *
body_of(const struct group_rig *groups, size_t index)
{
	return scripted_body(groups->rig.scripted, index);
}

static void
ids_and_names_come_in(void **state)
{
	struct group_rig *groups = *state;
	struct group_fetch_status status;

	groups->lists[0] = group_rig_list(0, 3, ",\"TotalCount\":3,\"Next\":0");
	assert_int_equal(status_of(groups).state, GROUP_FETCH_IDLE);
	group_fetch_start(groups->fetch);
	assert_int_equal(status_of(groups).state, GROUP_FETCH_LISTING);
	status = run(groups);
	assert_int_equal(status.state, GROUP_FETCH_COMPLETE);
	assert_int_equal(status.count, 3);
	assert_int_equal(status.filled, 3);
	assert_string_equal(group_fetch_at(groups->fetch, 1)->id, "g1");
	assert_string_equal(group_fetch_at(groups->fetch, 1)->name, "N-g1");
	assert_string_equal(group_fetch_at(groups->fetch, 1)->type, "Public");
	assert_int_equal(group_fetch_at(groups->fetch, 1)->member_num, 7);
	assert_int_equal(groups->changes, 2);
	assert_string_equal(body_of(groups, 0), "{\"Limit\":1000,\"Next\":0}");
	assert_int_equal(group_fetch_deadline_ms(groups->fetch), INT64_MAX);
}

static void
an_absent_next_ends_the_list(void **state)
{
	struct group_rig *groups = *state;

	groups->lists[0] = group_rig_list(0, 1, "");
	group_fetch_start(groups->fetch);
	assert_int_equal(run(groups).state, GROUP_FETCH_COMPLETE);
	assert_int_equal(groups->list_count, 1);
}

static void
marks_of_64_bits_are_sent_back_exactly_and_in_their_time(void **state)
{
	struct group_rig *groups = *state;
	size_t i, lists = 0;
	int64_t last_ms = 0;

	groups->lists[0] =
	    group_rig_list(0, 1, ",\"Next\":18446744073709551615");
	groups->lists[1] = group_rig_list(1, 1, ",\"Next\":9007199254740993");
	groups->lists[2] = group_rig_list(2, 1, ",\"Next\":0");
	group_fetch_start(groups->fetch);
	assert_int_equal(run(groups).state, GROUP_FETCH_COMPLETE);
	for (i = 0; i < scripted_count(groups->rig.scripted); i++) {
		int64_t at_ms = scripted_started_ms(groups->rig.scripted, i);

		if (strstr(body_of(groups, i), "GroupIdList") != NULL)
			continue;
		if (lists == 1)
			assert_non_null(strstr(body_of(groups, i),
			    "\"Next\":18446744073709551615}"));
		if (lists == 2)
			assert_non_null(strstr(body_of(groups, i),
			    "\"Next\":9007199254740993}"));
		if (lists > 0)
			assert_true(at_ms - last_ms >= 1100);
		last_ms = at_ms;
		lists++;
	}
	assert_int_equal(lists, 3);
}

static void
names_are_asked_fifty_at_a_time(void **state)
{
	struct group_rig *groups = *state;
	struct group_fetch_status status;

	groups->lists[0] = group_rig_list(0, 120, ",\"Next\":0");
	group_fetch_start(groups->fetch);
	rig_run_ms(&groups->rig, 150);
	status = status_of(groups);
	assert_int_equal(status.state, GROUP_FETCH_FILLING);
	assert_int_equal(status.count, 120);
	assert_int_equal(status.filled, 0);
	status = run(groups);
	assert_int_equal(status.filled, 120);
	assert_int_equal(scripted_count(groups->rig.scripted), 4);
	assert_non_null(strstr(body_of(groups, 1), "\"g49\""));
	assert_null(strstr(body_of(groups, 1), "\"g50\""));
	assert_non_null(strstr(body_of(groups, 3), "\"g119\""));
}

static void
an_error_of_one_group_stays_with_it(void **state)
{
	struct group_rig *groups = *state;
	const struct group *gone;

	groups->lists[0] = "{" OK ",\"GroupIdList\":[{\"GroupId\":\"a\"},"
	                   "{\"GroupId\":\"x\"}],\"Next\":0}";
	group_fetch_start(groups->fetch);
	assert_int_equal(run(groups).state, GROUP_FETCH_COMPLETE);
	gone = group_fetch_at(groups->fetch, 1);
	assert_int_equal(gone->code, 10010);
	assert_true(gone->filled);
	assert_int_equal(group_fetch_at(groups->fetch, 0)->code, 0);
}

static void
a_group_that_the_reply_leaves_out_is_not_asked_for_ever(void **state)
{
	struct group_rig *groups = *state;

	groups->lists[0] = group_rig_list(0, 1, ",\"Next\":0");
	group_fetch_start(groups->fetch);
	rig_run_ms(&groups->rig, 50);
	rig_queue(&groups->rig, scripted_ok("{" OK ",\"GroupInfo\":[]}"));
	assert_int_equal(run(groups).state, GROUP_FETCH_COMPLETE);
	assert_int_equal(scripted_count(groups->rig.scripted), 2);
	assert_string_equal(group_fetch_at(groups->fetch, 0)->name, "");
}

static void
the_type_narrows_the_list(void **state)
{
	struct group_rig *groups = *state;
	struct group_fetch *fetch = group_fetch_create(groups->rig.client,
	    &groups->rig.clock.clock, "AVChatRoom", NULL, NULL);

	groups->lists[0] = group_rig_list(0, 0, ",\"Next\":0");
	group_fetch_start(fetch);
	(void)run(groups);
	assert_string_equal(body_of(groups, 0),
	    "{\"Limit\":1000,\"Next\":0,\"GroupType\":\"AVChatRoom\"}");
	group_fetch_destroy(fetch);
}

static void
entries_without_a_usable_id_are_counted(void **state)
{
	struct group_rig *groups = *state;
	struct group_fetch_status status;

	groups->lists[0] = "{" OK ",\"GroupIdList\":[{},{\"GroupId\":7},"
	                   "{\"GroupId\":\"a\"}],\"Next\":0}";
	group_fetch_start(groups->fetch);
	status = run(groups);
	assert_int_equal(status.count, 1);
	assert_int_equal(status.unusable, 2);
}

/* -- what cannot be a list ------------------------------------------------- */

static void
a_mark_that_comes_again_ends_the_list(void **state)
{
	struct group_rig *groups = *state;
	struct group_fetch_status status;

	groups->lists[0] = group_rig_list(0, 1, ",\"Next\":5");
	groups->lists[1] = group_rig_list(1, 1, ",\"Next\":9");
	groups->lists[2] = group_rig_list(2, 1, ",\"Next\":5");
	group_fetch_start(groups->fetch);
	status = run(groups);
	assert_int_equal(status.state, GROUP_FETCH_FAILED);
	assert_int_equal(status.err.kind, ERR_PAGING);
	assert_string_equal(status.err.text, "Next 5 has been sent already");
	assert_int_equal(status.count, 3);
}

static void
three_pages_without_a_new_group_end_the_list(void **state)
{
	struct group_rig *groups = *state;
	struct group_fetch_status status;

	groups->lists[0] = group_rig_list(0, 2, ",\"Next\":1");
	groups->lists[1] = group_rig_list(0, 2, ",\"Next\":2");
	groups->lists[2] = group_rig_list(0, 0, ",\"Next\":3");
	groups->lists[3] = group_rig_list(0, 1, ",\"Next\":4");
	group_fetch_start(groups->fetch);
	status = run(groups);
	assert_int_equal(status.err.kind, ERR_PAGING);
	assert_int_equal(status.count, 2);
	assert_int_equal(groups->list_count, 4);
}

static void
groups_that_were_typed_before_are_new_to_the_list(void **state)
{
	struct group_rig *groups = *state;
	size_t i;
	char id[8];

	for (i = 0; i < 4; i++) {
		(void)snprintf(id, sizeof id, "g%zu", i);
		group_fetch_add(groups->fetch, id);
	}
	for (i = 0; i < 4; i++)
		groups->lists[i] = group_rig_list(i, 1,
		    i == 0       ? ",\"Next\":1"
		        : i == 1 ? ",\"Next\":2"
		        : i == 2 ? ",\"Next\":3"
		                 : ",\"Next\":0");
	group_fetch_start(groups->fetch);
	assert_int_equal(run(groups).state, GROUP_FETCH_COMPLETE);
	assert_int_equal(status_of(groups).count, 4);
}

/* -- failure, stop, start -------------------------------------------------- */

static void
a_failure_keeps_what_came_and_a_start_goes_on(void **state)
{
	struct group_rig *groups = *state;
	struct group_fetch_status status;

	groups->lists[0] = group_rig_list(0, 2, ",\"Next\":7");
	groups->lists[1] = "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":10007,"
	                   "\"ErrorInfo\":\"no\"}";
	groups->lists[2] = group_rig_list(2, 2, ",\"Next\":0");
	group_fetch_start(groups->fetch);
	status = run(groups);
	assert_int_equal(status.state, GROUP_FETCH_FAILED);
	assert_int_equal(status.err.code, 10007);
	assert_int_equal(status.count, 2);
	group_fetch_start(groups->fetch);
	status = run(groups);
	assert_int_equal(status.state, GROUP_FETCH_COMPLETE);
	assert_int_equal(status.count, 4);
	assert_int_equal(status.filled, 4);
	assert_int_equal(groups->list_count, 3);
}

static void
a_stop_ends_all_calls_and_a_start_goes_on(void **state)
{
	struct group_rig *groups = *state;

	groups->lists[0] = group_rig_list(0, 2, ",\"Next\":7");
	groups->lists[1] = group_rig_list(2, 1, ",\"Next\":0");
	groups->lists[2] = group_rig_list(2, 1, ",\"Next\":0");
	group_fetch_start(groups->fetch);
	rig_run_ms(&groups->rig, 1150);
	group_fetch_stop(groups->fetch);
	assert_int_equal(status_of(groups).state, GROUP_FETCH_STOPPED);
	assert_int_equal(scripted_in_flight(groups->rig.scripted), 0);
	(void)run(groups);
	assert_int_equal(status_of(groups).count, 2);
	group_fetch_start(groups->fetch);
	assert_int_equal(run(groups).state, GROUP_FETCH_COMPLETE);
	assert_int_equal(status_of(groups).count, 3);
}

static void
a_start_after_the_end_lists_all_over(void **state)
{
	struct group_rig *groups = *state;
	struct group_fetch_status status;

	groups->lists[0] = group_rig_list(0, 2, ",\"Next\":0");
	groups->lists[1] = group_rig_list(1, 2, ",\"Next\":0");
	group_fetch_start(groups->fetch);
	(void)run(groups);
	group_fetch_start(groups->fetch);
	assert_int_equal(status_of(groups).filled, 0);
	/* What is known meanwhile stays. */
	assert_string_equal(group_fetch_at(groups->fetch, 0)->name, "N-g0");
	status = run(groups);
	assert_int_equal(status.state, GROUP_FETCH_COMPLETE);
	assert_int_equal(status.count, 3);
	assert_int_equal(status.filled, 3);
}

static void
an_answer_that_would_be_too_large_is_asked_in_halves(void **state)
{
	struct group_rig *groups = *state;

	groups->too_large = 2;
	groups->lists[0] = group_rig_list(0, 50, ",\"Next\":0");
	group_fetch_start(groups->fetch);
	assert_int_equal(run(groups).state, GROUP_FETCH_COMPLETE);
	assert_int_equal(status_of(groups).filled, 50);
	assert_null(strstr(body_of(groups, 2), "\"g25\""));
	assert_null(strstr(body_of(groups, 3), "\"g12\""));
	assert_non_null(strstr(body_of(groups, 3), "\"g11\""));
}

static void
one_group_that_is_too_large_fails(void **state)
{
	struct group_rig *groups = *state;

	groups->too_large = 100;
	groups->lists[0] = group_rig_list(0, 50, ",\"Next\":0");
	group_fetch_start(groups->fetch);
	assert_int_equal(run(groups).state, GROUP_FETCH_FAILED);
	assert_int_equal(status_of(groups).err.code, 10018);
}

static void
a_list_that_would_be_too_large_is_asked_in_halves_too(void **state)
{
	struct group_rig *groups = *state;

	groups->lists[0] = "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":10018,"
	                   "\"ErrorInfo\":\"too large\"}";
	groups->lists[1] = group_rig_list(0, 1, ",\"Next\":0");
	group_fetch_start(groups->fetch);
	assert_int_equal(run(groups).state, GROUP_FETCH_COMPLETE);
	assert_string_equal(body_of(groups, 1), "{\"Limit\":500,\"Next\":0}");
}

/* -- single ids ------------------------------------------------------------ */

static void
typed_ids_become_one_question_without_a_listing(void **state)
{
	struct group_rig *groups = *state;
	struct group_fetch_status status;

	group_fetch_add(groups->fetch, "b");
	group_fetch_add(groups->fetch, "a");
	group_fetch_add(groups->fetch, "b");
	assert_int_equal(status_of(groups).state, GROUP_FETCH_FILLING);
	assert_true(group_fetch_deadline_ms(groups->fetch) ==
	    rig_now_ms(&groups->rig));
	group_fetch_run(groups->fetch);
	status = run(groups);
	assert_int_equal(status.state, GROUP_FETCH_IDLE);
	assert_int_equal(status.count, 2);
	assert_int_equal(status.filled, 2);
	assert_int_equal(scripted_count(groups->rig.scripted), 1);
	assert_string_equal(group_fetch_at(groups->fetch, 0)->name, "N-b");
}

static void
an_id_typed_after_a_failure_is_asked_about(void **state)
{
	struct group_rig *groups = *state;

	groups->lists[0] = "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":10007,"
	                   "\"ErrorInfo\":\"no\"}";
	group_fetch_start(groups->fetch);
	assert_int_equal(run(groups).state, GROUP_FETCH_FAILED);
	group_fetch_add(groups->fetch, "a");
	group_fetch_run(groups->fetch);
	assert_int_equal(run(groups).filled, 1);
	/* The list is not in; a start goes on with it. */
	assert_int_equal(status_of(groups).state, GROUP_FETCH_STOPPED);
}

static void
a_fetch_that_goes_is_never_called_back(void **state)
{
	struct group_rig *groups = *state;

	groups->lists[0] = group_rig_list(0, 1, ",\"Next\":0");
	group_fetch_start(groups->fetch);
	rig_run_ms(&groups->rig, 50);
	group_fetch_destroy(groups->fetch);
	groups->fetch = NULL;
	rig_run(&groups->rig);
	assert_int_equal(groups->changes, 0);
	assert_int_equal(scripted_in_flight(groups->rig.scripted), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ids_and_names_come_in),
		TEST(an_absent_next_ends_the_list),
		TEST(marks_of_64_bits_are_sent_back_exactly_and_in_their_time),
		TEST(names_are_asked_fifty_at_a_time),
		TEST(an_error_of_one_group_stays_with_it),
		TEST(a_group_that_the_reply_leaves_out_is_not_asked_for_ever),
		TEST(the_type_narrows_the_list),
		TEST(entries_without_a_usable_id_are_counted),
		TEST(a_mark_that_comes_again_ends_the_list),
		TEST(three_pages_without_a_new_group_end_the_list),
		TEST(groups_that_were_typed_before_are_new_to_the_list),
		TEST(a_failure_keeps_what_came_and_a_start_goes_on),
		TEST(a_stop_ends_all_calls_and_a_start_goes_on),
		TEST(a_start_after_the_end_lists_all_over),
		TEST(an_answer_that_would_be_too_large_is_asked_in_halves),
		TEST(one_group_that_is_too_large_fails),
		TEST(a_list_that_would_be_too_large_is_asked_in_halves_too),
		TEST(typed_ids_become_one_question_without_a_listing),
		TEST(an_id_typed_after_a_failure_is_asked_about),
		TEST(a_fetch_that_goes_is_never_called_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
