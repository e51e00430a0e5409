#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim_rig.h"

static void
rig_fault(struct sim_rig *rig, const char *spec)
{
	struct buf why;

	buf_init(&why, 4096);
	assert_true(sim_faults_add(&rig->service.faults, spec, &why));
	buf_release(&why);
}

/* @return the ErrorCode of page 1 under one fault, in a new service. */
static int
strike(struct sim_rig *rig, const char *spec)
{
	sim_rig_init(rig);
	rig_fault(rig, spec);
	return sim_rig_ask_bans(rig);
}

static bool
body_has(const struct sim_rig *rig, const char *text)
{
	return strstr(buf_text(&rig->reply.body), text) != NULL;
}

static void
a_code_refuses_with_a_reason(void **state)
{
	struct sim_rig rig;

	(void)state;
	assert_int_equal(strike(&rig, "code:10007"), 10007);
	assert_true(body_has(&rig, "\"ActionStatus\":\"FAIL\""));
	assert_false(body_has(&rig, "\"ErrorInfo\":\"\""));
	assert_int_equal(rig.note.code, 10007);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_INFO,
	                     "{\"GroupIdList\":[\"a\"]}"),
	    10007);
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "code:12345@1x1"), 12345);
	assert_int_equal(sim_rig_ask_bans(&rig), 0);
	sim_rig_release(&rig);
}

static void
an_http_status_comes_with_a_page(void **state)
{
	struct sim_rig rig;

	(void)state;
	assert_int_equal(strike(&rig, "http:503"), -1);
	assert_int_equal(rig.reply.http, 503);
	assert_string_equal(rig.reply.type, "text/html");
	assert_true(body_has(&rig, "<html>"));
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "redirect:https://host.invalid/"), -1);
	assert_int_equal(rig.reply.http, 302);
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "html"), -1);
	assert_int_equal(rig.reply.http, 200);
	sim_rig_release(&rig);
}

static void
bodies_are_broken_as_asked(void **state)
{
	struct sim_rig rig;

	(void)state;
	assert_int_equal(strike(&rig, "badjson"), -1);
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "cutjson"), -1);
	assert_true(rig.reply.body.len > 1000);
	sim_rig_release(&rig);
	strike(&rig, "trailing");
	assert_true(body_has(&rig, " tail"));
	sim_rig_release(&rig);
	strike(&rig, "bom");
	assert_memory_equal(rig.reply.body.data, "\xEF\xBB\xBF{", 4);
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "huge"), 0);
	assert_true(rig.reply.body.len > 512 * 1024);
	assert_int_equal(sim_rig_rows(&rig), 100);
	sim_rig_release(&rig);
	strike(&rig, "gzip");
	assert_memory_equal(rig.reply.body.data, "\x1f\x8b", 2);
	sim_rig_release(&rig);
}

static void
a_body_can_come_from_a_file(void **state)
{
	struct sim_rig rig;

	(void)state;
	strike(&rig, "body:tests/data/usersig_vectors.json");
	assert_true(body_has(&rig, "admin-180-days"));
	assert_int_equal(rig.reply.http, 200);
	sim_rig_release(&rig);
}

static void
the_envelope_is_wrong_as_asked(void **state)
{
	struct sim_rig rig;

	(void)state;
	assert_int_equal(strike(&rig, "oddpair"), 10002);
	assert_true(body_has(&rig, "\"ActionStatus\":\"OK\""));
	sim_rig_release(&rig);
	strike(&rig, "dupkey");
	assert_non_null(strstr(strstr(buf_text(&rig.reply.body), "ErrorCode") +
	        1,
	    "ErrorCode"));
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "noinfo"), 0);
	assert_false(body_has(&rig, "ErrorInfo"));
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "extra"), 0);
	assert_true(body_has(&rig, "NewField"));
	assert_true(body_has(&rig, "\"Reason\""));
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "response"), 0);
	assert_int_equal(sim_rig_rows(&rig), 0);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(
	                     cJSON_GetObjectItem(rig.json, "Response"),
	                     "BannedAccountList")),
	    100);
	sim_rig_release(&rig);
}

static void
the_list_is_wrong_as_asked(void **state)
{
	struct sim_rig rig;

	(void)state;
	assert_int_equal(strike(&rig, "norows"), 0);
	assert_false(body_has(&rig, "BannedAccountList"));
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "nullrows"), 0);
	assert_true(body_has(&rig, "\"BannedAccountList\":null"));
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "nonext"), 0);
	assert_false(body_has(&rig, "NextOffset"));
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "strnext"), 0);
	assert_true(body_has(&rig, "\"NextOffset\":\"100\""));
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "floatnext"), 0);
	assert_true(body_has(&rig, "\"NextOffset\":100.5"));
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "types"), 0);
	assert_true(body_has(&rig, "\"BannedUntil\":true"));
	assert_int_equal(sim_rig_rows(&rig), 100);
	sim_rig_release(&rig);
}

static int
rows_with(const struct sim_rig *rig, const char *name)
{
	const cJSON *row;
	int count = 0;

	cJSON_ArrayForEach(row,
	    cJSON_GetObjectItem(rig->json, "BannedAccountList")) count +=
	    cJSON_HasObjectItem(row, name);
	return count;
}

static void
every_fifth_row_lacks_a_field(void **state)
{
	struct sim_rig rig;

	(void)state;
	assert_int_equal(strike(&rig, "nountil"), 0);
	assert_int_equal(rows_with(&rig, "BannedUntil"), 80);
	assert_int_equal(rows_with(&rig, "Member_Account"), 100);
	sim_rig_release(&rig);
	assert_int_equal(strike(&rig, "noaccount"), 0);
	assert_int_equal(rows_with(&rig, "BannedUntil"), 100);
	assert_int_equal(rows_with(&rig, "Member_Account"), 80);
	sim_rig_release(&rig);
}

static void
the_rate_fault_strikes_one_call_in_four(void **state)
{
	struct sim_rig rig;
	int i, refused = 0;

	(void)state;
	sim_rig_init(&rig);
	rig_fault(&rig, "rate");
	for (i = 0; i < 400; i++)
		refused += sim_rig_ask_bans(&rig) == 60007;
	assert_in_range(refused, 70, 130);
	sim_rig_release(&rig);
}

static void
replies_are_late_by_latency_jitter_and_fault(void **state)
{
	struct sim_rig rig;
	int64_t least = INT64_MAX, most = 0;
	int i;

	(void)state;
	sim_rig_init(&rig);
	rig.service.latency_ms = 100;
	rig.service.jitter_ms = 20;
	for (i = 0; i < 200; i++) {
		sim_rig_ask_bans(&rig);
		least = rig.reply.delay_ms < least ? rig.reply.delay_ms : least;
		most = rig.reply.delay_ms > most ? rig.reply.delay_ms : most;
	}
	assert_in_range(least, 80, 85);
	assert_in_range(most, 115, 120);
	rig.service.jitter_ms = 0;
	rig_fault(&rig, "slow:500");
	sim_rig_ask_bans(&rig);
	assert_int_equal(rig.reply.delay_ms, 600);
	sim_rig_release(&rig);
}

static void
faults_of_the_wire_are_left_to_the_wire(void **state)
{
	static const char *const specs[] = { "drop", "hang", "cut", "drip",
		"close", "nodate", "headers" };
	struct sim_rig rig;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(specs) / sizeof(specs[0]); i++) {
		struct buf struck;

		buf_init(&struck, 256);
		assert_int_equal(strike(&rig, specs[i]), 0);
		sim_strike_write(&rig.reply.strike, &struck);
		assert_string_equal(buf_text(&struck), specs[i]);
		assert_int_equal(sim_rig_rows(&rig), 100);
		buf_release(&struck);
		sim_rig_release(&rig);
	}
}

static void
pages_are_counted_through_opaque_offsets(void **state)
{
	char body[128];
	struct sim_rig rig;
	int page;

	(void)state;
	sim_rig_init(&rig);
	rig_fault(&rig, "opaque");
	rig_fault(&rig, "short");
	rig_fault(&rig, "code:10007@4x1");
	rig.note.next = 0;
	for (page = 1; page < 4; page++) {
		snprintf(body, sizeof(body),
		    "{\"GroupId\":\"@TGS#aDEMO00001\",\"Limit\":20,"
		    "\"Offset\":%lld}",
		    (long long)rig.note.next);
		assert_int_equal(sim_rig_ask(&rig, SIM_RIG_BANS, body), 0);
		assert_int_equal(rig.note.page, page);
	}
	snprintf(body, sizeof(body),
	    "{\"GroupId\":\"@TGS#aDEMO00001\",\"Limit\":20,\"Offset\":%lld}",
	    (long long)rig.note.next);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_BANS, body), 10007);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_BANS, body), 0);
	assert_int_equal(rig.note.page, 4);
	sim_rig_release(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_refuses_with_a_reason),
		cmocka_unit_test(an_http_status_comes_with_a_page),
		cmocka_unit_test(bodies_are_broken_as_asked),
		cmocka_unit_test(a_body_can_come_from_a_file),
		cmocka_unit_test(the_envelope_is_wrong_as_asked),
		cmocka_unit_test(the_list_is_wrong_as_asked),
		cmocka_unit_test(every_fifth_row_lacks_a_field),
		cmocka_unit_test(the_rate_fault_strikes_one_call_in_four),
		cmocka_unit_test(replies_are_late_by_latency_jitter_and_fault),
		cmocka_unit_test(faults_of_the_wire_are_left_to_the_wire),
		cmocka_unit_test(pages_are_counted_through_opaque_offsets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
