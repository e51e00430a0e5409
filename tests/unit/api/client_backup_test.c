/*
 * The backup host: asked after a failed lookup or connect, and only then.
 */
#include "client_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int
set_up(void **state)
{
	static struct client_rig rig;

	rig_init(&rig);
	rig_answer_ok(&rig);
	*state = &rig;
	return 0;
}

static int
tear_down(void **state)
{
	rig_release(*state);
	return 0;
}

static bool
went_to(const struct client_rig *rig, size_t index, const char *host)
{
	char wanted[128];

	(void)snprintf(wanted, sizeof wanted, "https://%s/v4/", host);
	return strncmp(scripted_url(rig->scripted, index), wanted,
	           strlen(wanted)) == 0;
}

static void
an_unreached_host_gives_way_to_its_backup_at_once(void **state)
{
	static const enum err_kind kinds[] = { ERR_LOOKUP, ERR_CONNECT };
	size_t i;

	for (i = 0; i < 2; i++) {
		struct client_rig *rig = *state;

		rig_open(rig);
		rig_queue(rig, scripted_fault(kinds[i], 6));
		assert_int_equal(rig_call_once(rig).attempts, 2);
		assert_true(went_to(rig, 0, "primary.example"));
		assert_true(went_to(rig, 1, "backup.example"));
		assert_in_range(rig_waited_ms(rig, 0), 0, 10);
		assert_false(rig->attempts[0].backup);
		assert_true(rig->attempts[1].backup);
		assert_string_equal(rig->attempts[1].host, "backup.example");
		rig_release(rig);
		(void)set_up(state);
	}
}

static void
the_backup_host_counts_as_an_attempt(void **state)
{
	struct client_rig *rig = *state;
	struct rig_result result;

	rig_open(rig);
	rig_queue(rig, scripted_fault(ERR_LOOKUP, 6));
	rig_queue(rig, scripted_fault(ERR_CONNECT, 7));
	rig_queue(rig, scripted_fault(ERR_LOOKUP, 6));
	result = rig_call_once(rig);
	assert_int_equal(result.attempts, 3);
	assert_int_equal(result.err.kind, ERR_LOOKUP);
	assert_true(went_to(rig, 1, "backup.example"));
	assert_true(went_to(rig, 2, "primary.example"));
	assert_in_range(rig_waited_ms(rig, 1), 500, 1000);
}

static void
the_backup_host_is_not_asked_after_any_other_fault(void **state)
{
	struct client_rig *rig = *state;

	rig_open(rig);
	rig_queue(rig, scripted_fault(ERR_TIMEOUT, 28));
	rig_queue(rig, scripted_fault(ERR_NETWORK, 56));
	(void)rig_call_once(rig);
	rig_queue(rig, scripted_status(503, ""));
	rig_queue(rig, rig_refusal(10002));
	(void)rig_call_once(rig);
	rig_queue(rig, scripted_fault(ERR_TLS, 60));
	(void)rig_call_once(rig);
	assert_int_equal(scripted_count(rig->scripted), 7);
	while (rig->attempt_count > 0)
		assert_false(rig->attempts[--rig->attempt_count].backup);
}

static void
without_a_backup_host_the_same_one_is_asked_after_a_wait(void **state)
{
	struct client_rig *rig = *state;

	rig->config.region.backup[0] = '\0';
	rig_open(rig);
	rig_queue(rig, scripted_fault(ERR_LOOKUP, 6));
	assert_int_equal(rig_call_once(rig).attempts, 2);
	assert_true(went_to(rig, 1, "primary.example"));
	assert_in_range(rig_waited_ms(rig, 0), 500, 1000);
}

static void
a_backup_host_that_answers_is_kept_for_five_minutes(void **state)
{
	struct client_rig *rig = *state;

	rig_open(rig);
	rig_queue(rig, scripted_fault(ERR_LOOKUP, 6));
	(void)rig_call_once(rig);
	(void)rig_call_once(rig);
	assert_true(went_to(rig, 2, "backup.example"));
	fake_clock_advance_ms(&rig->clock, 5 * 60 * 1000);
	(void)rig_call_once(rig);
	assert_true(went_to(rig, 3, "primary.example"));
}

static void
a_backup_host_out_of_reach_gives_way_to_the_first(void **state)
{
	struct client_rig *rig = *state;

	rig_open(rig);
	rig_queue(rig, scripted_fault(ERR_LOOKUP, 6));
	(void)rig_call_once(rig);
	rig_queue(rig, scripted_fault(ERR_CONNECT, 7));
	(void)rig_call_once(rig);
	assert_true(went_to(rig, 2, "backup.example"));
	assert_true(went_to(rig, 3, "primary.example"));
	(void)rig_call_once(rig);
	assert_true(went_to(rig, 4, "primary.example"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_unreached_host_gives_way_to_its_backup_at_once),
		TEST(the_backup_host_counts_as_an_attempt),
		TEST(the_backup_host_is_not_asked_after_any_other_fault),
		TEST(without_a_backup_host_the_same_one_is_asked_after_a_wait),
		TEST(a_backup_host_that_answers_is_kept_for_five_minutes),
		TEST(a_backup_host_out_of_reach_gives_way_to_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
