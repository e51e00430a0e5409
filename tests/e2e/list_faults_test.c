/*
 * What the service refuses, and what goes wrong on the way: the status tells
 * which, the rows that came are printed, and the list goes on from there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/listing.h"

static const char command[] = "get_group_ban_member";

/* -- what the service refuses, and what goes wrong ------------------------- */

static void
check_status(void **state, const char *fault, int status, const char *said)
{
	struct rig rig;

	print_message("%s\n", fault);
	rig_open_fault(&rig, state, "350", fault);
	rig_list(&rig, NULL, status);
	rig_check_said(&rig, said);
	rig_close(&rig);
}

static void
each_refusal_has_its_status(void **state)
{
	check_status(state, "code:10007", 5, "E10007");
	check_status(state, "code:10010", 5, "E10010");
	check_status(state, "code:70009", 6, "E70009");
	check_status(state, "code:60010", 5, "E60010");
	check_status(state, "http:404", 4, "404");
	check_status(state, "redirect:https://127.0.0.1:1/", 4, "302");
	check_status(state, "html", 7, "");
	check_status(state, "badjson", 7, "");
	check_status(state, "trailing", 7, "");
	check_status(state, "dupkey", 7, "ErrorCode");
	check_status(state, "norows", 7, "BannedAccountList");
	check_status(state, "big", 7, "1200");
	check_status(state, "gzip", 7, "gzip");
	check_status(state, "huge", 7, "512 KiB");
	check_status(state, "headers", 7, "64 KiB");
	check_status(state, "cert:expired", 4, "expired");
}

static void
a_page_that_cannot_be_a_list_keeps_the_rows(void **state)
{
	static const char *const faults[] = { "loop", "back@3", "strnext@2",
		"nonext@2", "floatnext@2", "endless" };
	struct rig rig;
	size_t i;

	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		print_message("%s\n", faults[i]);
		rig_open_fault(&rig, state, "350", faults[i]);
		rig_list(&rig, NULL, 3);
		rig_check_said(&rig, "--offset ");
		rig_read_tsv(&rig);
		assert_true(listing_lines(&rig.got) >= 100);
		listing_compare_beginning(&rig.got, &rig.want);
		rig_close(&rig);
	}
}

static void
a_walk_goes_on_from_where_it_ended(void **state)
{
	struct rig rig;
	char offset[32];
	const char *more[] = { "--offset", offset, NULL };
	const char *in_turn[] = { "--parallel", "1", NULL };
	const char *healthy[] = { "--members", "350", "--seed", "7", "--now",
		LISTING_NOW, NULL };
	const char *said;

	rig_open_fault(&rig, state, "350", "cut@3");
	rig_list(&rig, in_turn, 3);
	rig_read_tsv(&rig);
	assert_int_equal(listing_lines(&rig.got), 200);
	said = strstr(run_error(&rig.run), "--offset ");
	assert_non_null(said);
	(void)snprintf(offset, sizeof(offset), "%lld",
	    strtoll(said + strlen("--offset "), NULL, 10));
	assert_string_equal(offset, "200");
	/* Three attempts, and no more; a call asked ahead would come on top. */
	assert_int_equal(sim_count(&rig.sim, command, 200), 3);
	sim_stop(&rig.sim);
	sim_start(&rig.sim, rig.home, healthy);
	rig_list(&rig, more, 0);
	listing_read_tsv(run_output(&rig.run), &rig.got);
	listing_compare(&rig.got, &rig.want);
	assert_int_equal(sim_count(&rig.sim, command, 0), 0);
	rig_close(&rig);
}

static void
a_fault_that_passes_is_not_seen(void **state)
{
	static const char *const faults[] = { "code:60007@2x2", "cut@2x1",
		"http:502@1x1", "drop@3x2" };
	struct rig rig;
	size_t i;

	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		print_message("%s\n", faults[i]);
		rig_open_fault(&rig, state, "350", faults[i]);
		rig_list(&rig, NULL, 0);
		rig_read_tsv(&rig);
		listing_compare(&rig.got, &rig.want);
		rig_close(&rig);
	}
}

static void
an_unusable_row_makes_the_list_incomplete(void **state)
{
	struct rig rig;

	rig_open_fault(&rig, state, "50", "noaccount");
	rig_list(&rig, NULL, 3);
	rig_check_said(&rig, "10 rows unusable");
	rig_close(&rig);
}

static void
max_rows_cuts_exactly_there(void **state)
{
	static const char *const more[] = { "--max-rows", "150", NULL };
	struct rig rig;

	rig_open(&rig, state, "350", NULL);
	rig_list(&rig, more, 3);
	rig_check_said(&rig, "--offset 100");
	rig_read_tsv(&rig);
	assert_int_equal(listing_lines(&rig.got), 150);
	listing_compare_beginning(&rig.got, &rig.want);
	rig_close(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_refusal_has_its_status),
		cmocka_unit_test(a_page_that_cannot_be_a_list_keeps_the_rows),
		cmocka_unit_test(a_walk_goes_on_from_where_it_ended),
		cmocka_unit_test(a_fault_that_passes_is_not_seen),
		cmocka_unit_test(an_unusable_row_makes_the_list_incomplete),
		cmocka_unit_test(max_rows_cuts_exactly_there),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
