/*
 * bantop list prints what the service has: all of it, once, in its order,
 * whatever the service does with its pages, and in every format.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "e2e/support/listing.h"

static const char command[] = "get_group_ban_member";

/* -- whole lists ----------------------------------------------------------- */

static void
check_whole(void **state, const char *members, const char *const *faults)
{
	static const char *const more[] = { "--rate", "200", NULL };
	struct rig rig;

	rig_open(&rig, state, members, faults);
	rig_list(&rig, more, 0);
	assert_string_equal(run_error(&rig.run), "");
	rig_read_tsv(&rig);
	listing_compare(&rig.got, &rig.want);
	assert_int_equal(listing_lines(&rig.got), strtol(members, NULL, 10));
	rig_close(&rig);
}

static void
every_member_is_printed_once_in_order(void **state)
{
	static const char *const members[] = { "0", "1", "99", "100", "101",
		"137", "200" };
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		check_whole(state, members[i], NULL);
}

static void
twenty_five_thousand_members_are_printed(void **state)
{
	check_whole(state, "25000", NULL);
}

static void
pages_of_any_kind_make_the_same_list(void **state)
{
	static const char *const kinds[] = { "short", "opaque", "empty@3x2",
		"empty@1x1", "extra", "noinfo", "nodate", "close" };
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const char *faults[] = { kinds[i], NULL };

		print_message("%s\n", kinds[i]);
		check_whole(state, "731", faults);
	}
}

static void
short_pages_with_opaque_offsets_make_the_same_list(void **state)
{
	static const char *const faults[] = { "short", "opaque", NULL };

	check_whole(state, "2500", faults);
}

static void
a_null_list_is_an_empty_one(void **state)
{
	struct rig rig;

	rig_open_fault(&rig, state, "0", "nullrows");
	rig_list(&rig, NULL, 0);
	rig_read_tsv(&rig);
	assert_int_equal(rig.got.len, 0);
	rig_close(&rig);
}

static void
an_account_that_comes_again_is_printed_once(void **state)
{
	struct rig rig;

	rig_open_fault(&rig, state, "350", "dup");
	rig_list(&rig, NULL, 0);
	rig_check_said(&rig, "came again");
	rig_read_tsv(&rig);
	listing_compare(&rig.got, &rig.want);
	rig_close(&rig);
}

static void
page_sizes_make_the_same_list(void **state)
{
	static const char *const sizes[] = { "1", "7", "99" };
	struct sim_request request;
	struct rig rig;
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const char *more[] = { "--page-size", sizes[i], "--rate", "200",
			NULL };

		rig_open(&rig, state, "61", NULL);
		rig_list(&rig, more, 0);
		rig_read_tsv(&rig);
		listing_compare(&rig.got, &rig.want);
		sim_request_at(&rig.sim, 0, &request);
		assert_int_equal(request.limit, strtol(sizes[i], NULL, 10));
		rig_close(&rig);
	}
}

static void
one_call_at_a_time_is_possible(void **state)
{
	static const char *const more[] = { "--parallel", "1", "--rate", "200",
		NULL };
	struct sim_request request;
	struct rig rig;
	size_t i;

	rig_open(&rig, state, "950", NULL);
	rig_list(&rig, more, 0);
	rig_read_tsv(&rig);
	listing_compare(&rig.got, &rig.want);
	assert_int_equal(sim_count(&rig.sim, command, -1), 10);
	for (i = 0; i < 10; i++) {
		sim_request_at(&rig.sim, i, &request);
		assert_int_equal(request.offset, 100 * (int64_t)i);
		assert_int_equal(request.open, 1);
	}
	rig_close(&rig);
}

static void
calls_ahead_stay_within_their_bounds(void **state)
{
	static const char *const more[] = { "--parallel", "4", "--rate", "50",
		NULL };
	struct sim_request request, later;
	struct rig rig;
	size_t count, i;
	int64_t most = 0;

	rig_open_fault(&rig, state, "6000", "slow:60");
	rig_list(&rig, more, 0);
	rig_read_tsv(&rig);
	listing_compare(&rig.got, &rig.want);
	count = sim_count(&rig.sim, command, -1);
	assert_in_range(count, 60, 70);
	for (i = 0; i < count; i++) {
		sim_request_at(&rig.sim, i, &request);
		most = request.open > most ? request.open : most;
		if (i + 51 >= count)
			continue;
		/* 52 calls take more than a second, less what a handshake
		 * may have held up the first. */
		sim_request_at(&rig.sim, i + 51, &later);
		assert_true(later.at_ms - request.at_ms >= 900);
	}
	assert_in_range(most, 2, 4);
	rig_close(&rig);
}

/* -- formats --------------------------------------------------------------- */

static void
each_line_of_jsonl_is_an_object(void **state)
{
	static const char *const more[] = { "--format", "jsonl", NULL };
	const char *line, *end;
	struct rig rig;

	rig_open(&rig, state, "137", NULL);
	rig_list(&rig, more, 0);
	for (line = run_output(&rig.run); *line != '\0'; line = end + 1) {
		cJSON *object;

		end = strchr(line, '\n');
		assert_non_null(end);
		object = cJSON_ParseWithLength(line, (size_t)(end - line));
		assert_true(cJSON_IsObject(object));
		assert_int_equal(cJSON_GetArraySize(object), 5);
		buf_put_format(&rig.got, "%s\t%.0f\n",
		    cJSON_GetStringValue(cJSON_GetObjectItem(object,
		        "account")),
		    cJSON_GetNumberValue(cJSON_GetObjectItem(object,
		        "banned_until")));
		cJSON_Delete(object);
	}
	listing_compare(&rig.got, &rig.want);
	rig_close(&rig);
}

static void
json_says_that_it_is_complete(void **state)
{
	static const char *const more[] = { "--format", "json", NULL };
	const cJSON *member;
	struct rig rig;
	cJSON *whole;

	rig_open(&rig, state, "137", NULL);
	rig_list(&rig, more, 0);
	whole = cJSON_Parse(run_output(&rig.run));
	assert_true(cJSON_IsObject(whole));
	assert_true(cJSON_IsTrue(cJSON_GetObjectItem(whole, "complete")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItem(whole, "error")));
	assert_true(cJSON_GetNumberValue(cJSON_GetObjectItem(whole,
	                "next_offset")) == 0);
	assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(whole,
	                        "group")),
	    LISTING_GROUP);
	cJSON_ArrayForEach(member,
	    cJSON_GetObjectItem(whole, "members")) buf_put_format(&rig.got,
	    "%s\t%.0f\n",
	    cJSON_GetStringValue(cJSON_GetObjectItem(member, "account")),
	    cJSON_GetNumberValue(cJSON_GetObjectItem(member, "banned_until")));
	listing_compare(&rig.got, &rig.want);
	cJSON_Delete(whole);
	rig_close(&rig);
}

/* Anything else is shown by its code. */
static bool
is_plain(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (text[i] < ' ' || text[i] > '~')
			return false;
	}
	return true;
}

static void
a_table_has_a_line_for_each_member(void **state)
{
	static const char *const more[] = { "--format", "table", NULL };
	const char *line, *want;
	struct rig rig;
	size_t len;

	rig_open(&rig, state, "20", NULL);
	rig_list(&rig, more, 0);
	line = strchr(run_output(&rig.run), '\n');
	want = buf_text(&rig.want);
	while (*want != '\0') {
		assert_non_null(line);
		line++;
		len = strcspn(want, "\t");
		if (is_plain(want, len) &&
		    (strncmp(line, want, len) != 0 || line[len] != ' '))
			fail_msg("expected %.*s in: %s", (int)len, want, line);
		want = strchr(want, '\n') + 1;
		line = strchr(line, '\n');
	}
	assert_non_null(line);
	assert_string_equal(line, "\n");
	rig_close(&rig);
}

static void
an_order_holds_for_the_whole_list(void **state)
{
	static const char *const more[] = { "--sort", "until:desc", NULL };
	const char *line;
	long long last = INT64_MAX, until;
	struct rig rig;

	rig_open(&rig, state, "450", NULL);
	rig_list(&rig, more, 0);
	rig_read_tsv(&rig);
	assert_int_equal(listing_lines(&rig.got), 450);
	for (line = buf_text(&rig.got); *line != '\0';
	     line = strchr(line, '\n') + 1) {
		until = strtoll(strchr(line, '\t'), NULL, 10);
		assert_true(until <= last);
		last = until;
	}
	rig_close(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_member_is_printed_once_in_order),
		cmocka_unit_test(twenty_five_thousand_members_are_printed),
		cmocka_unit_test(pages_of_any_kind_make_the_same_list),
		cmocka_unit_test(
		    short_pages_with_opaque_offsets_make_the_same_list),
		cmocka_unit_test(a_null_list_is_an_empty_one),
		cmocka_unit_test(an_account_that_comes_again_is_printed_once),
		cmocka_unit_test(page_sizes_make_the_same_list),
		cmocka_unit_test(one_call_at_a_time_is_possible),
		cmocka_unit_test(calls_ahead_stay_within_their_bounds),
		cmocka_unit_test(each_line_of_jsonl_is_an_object),
		cmocka_unit_test(json_says_that_it_is_complete),
		cmocka_unit_test(a_table_has_a_line_for_each_member),
		cmocka_unit_test(an_order_holds_for_the_whole_list),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
