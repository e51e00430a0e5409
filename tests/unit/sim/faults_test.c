#include "bantop/sim/faults.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WHY_MAX = 4096 };

static bool
add(struct sim_faults *faults, const char *spec)
{
	struct buf why;
	bool ok;

	buf_init(&why, WHY_MAX);
	ok = sim_faults_add(faults, spec, &why);
	/* A refusal is one line, and nothing is said otherwise. */
	assert_true(ok == (why.len == 0));
	assert_null(strchr(buf_text(&why), '\n'));
	buf_release(&why);
	return ok;
}

static bool
hits(struct sim_faults *faults, enum sim_fault fault, enum sim_call call,
    int64_t page)
{
	struct sim_strike strike;

	sim_faults_strike(faults, call, page, &strike);
	return strike.by[fault] != NULL;
}

static void
a_bare_name_strikes_every_call_always(void **state)
{
	struct sim_faults faults = { .count = 0 };
	int i;

	(void)state;
	assert_true(add(&faults, "http:503"));
	assert_int_equal(faults.rules[0].number, 503);
	for (i = 0; i < 5; i++) {
		assert_true(hits(&faults, SIM_FAULT_HTTP, SIM_CALL_BANS, i));
		assert_true(hits(&faults, SIM_FAULT_HTTP, SIM_CALL_INFO, 0));
		assert_true(hits(&faults, SIM_FAULT_HTTP, SIM_CALL_OTHER, 0));
	}
}

static void
a_page_is_a_page_of_the_list_of_bans(void **state)
{
	struct sim_faults faults = { .count = 0 };

	(void)state;
	assert_true(add(&faults, "code:10007@3"));
	assert_false(hits(&faults, SIM_FAULT_CODE, SIM_CALL_BANS, 2));
	assert_true(hits(&faults, SIM_FAULT_CODE, SIM_CALL_BANS, 3));
	assert_true(hits(&faults, SIM_FAULT_CODE, SIM_CALL_BANS, 3));
	assert_false(hits(&faults, SIM_FAULT_CODE, SIM_CALL_GROUPS, 0));
}

static void
times_are_counted_down_by_strikes_alone(void **state)
{
	struct sim_faults faults = { .count = 0 };

	(void)state;
	assert_true(add(&faults, "drop@2x2"));
	assert_true(add(&faults, "drop@5x1"));
	assert_false(hits(&faults, SIM_FAULT_DROP, SIM_CALL_BANS, 1));
	assert_true(hits(&faults, SIM_FAULT_DROP, SIM_CALL_BANS, 2));
	assert_true(hits(&faults, SIM_FAULT_DROP, SIM_CALL_BANS, 5));
	assert_true(hits(&faults, SIM_FAULT_DROP, SIM_CALL_BANS, 2));
	assert_false(hits(&faults, SIM_FAULT_DROP, SIM_CALL_BANS, 2));
	assert_false(hits(&faults, SIM_FAULT_DROP, SIM_CALL_BANS, 5));
}

static void
a_call_can_be_named_in_place_of_a_page(void **state)
{
	struct sim_faults faults = { .count = 0 };

	(void)state;
	assert_true(add(&faults, "code:60007@groupsx1"));
	assert_true(add(&faults, "html@profile"));
	assert_true(add(&faults, "slow@anyx1"));
	assert_true(add(&faults, "bom@x1"));
	assert_false(hits(&faults, SIM_FAULT_HTML, SIM_CALL_INFO, 0));
	assert_true(hits(&faults, SIM_FAULT_HTML, SIM_CALL_PROFILE, 0));
	assert_true(hits(&faults, SIM_FAULT_CODE, SIM_CALL_GROUPS, 0));
	assert_false(hits(&faults, SIM_FAULT_CODE, SIM_CALL_GROUPS, 0));
	assert_int_equal(faults.rules[2].left, 0);
	assert_int_equal(faults.rules[3].left, 0);
}

static void
text_arguments_may_hold_colons_and_ats(void **state)
{
	struct sim_faults faults = { .count = 0 };

	(void)state;
	assert_true(add(&faults, "redirect:https://a@host.invalid:1/x?y"));
	assert_string_equal(faults.rules[0].text,
	    "https://a@host.invalid:1/x?y");
	assert_int_equal(faults.rules[0].page, 0);
	assert_true(add(&faults, "redirect:https://a@b/@2x3"));
	assert_string_equal(faults.rules[1].text, "https://a@b/");
	assert_int_equal(faults.rules[1].page, 2);
	assert_int_equal(faults.rules[1].left, 3);
	assert_true(add(&faults, "body:tests/data/a page.bin"));
	assert_string_equal(faults.rules[2].text, "tests/data/a page.bin");
}

static void
arguments_have_ranges_and_usual_values(void **state)
{
	struct sim_faults faults = { .count = 0 };

	(void)state;
	assert_true(add(&faults, "slow"));
	assert_int_equal(faults.rules[0].number, 2000);
	assert_true(add(&faults, "slow:5"));
	assert_int_equal(faults.rules[1].number, 5);
	assert_true(add(&faults, "drip"));
	assert_int_equal(faults.rules[2].number, 100);
	assert_true(add(&faults, "cert:expired"));
	assert_true(add(&faults, "hostile"));
	assert_ptr_equal(sim_faults_find(&faults, SIM_FAULT_SLOW),
	    &faults.rules[0]);
	assert_null(sim_faults_find(&faults, SIM_FAULT_TLS11));
}

static void
what_makes_no_sense_is_refused(void **state)
{
	static const char *const specs[] = { "code", "code:", "code:x",
		"code:0", "http:99", "http:600", "html:1", "drop@0", "drop@",
		"drop@2x0", "drop@2x", "drop@nowhere", "loop@groups",
		"hostile@2", "cert:odd", "cert", "redirect:", "tls11@x2",
		"slow:-1" };
	struct sim_faults faults = { .count = 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(specs) / sizeof(specs[0]); i++)
		assert_false(add(&faults, specs[i]));
	assert_int_equal(faults.count, 0);
}

static void
an_unknown_name_is_answered_with_all_names(void **state)
{
	static const char *const names[] = { " code ", " cutjson ", " opaque ",
		" hostile ", " cert ", " tls11" };
	struct sim_faults faults = { .count = 0 };
	struct buf why;
	size_t i;

	(void)state;
	buf_init(&why, WHY_MAX);
	assert_false(sim_faults_add(&faults, "nonsense@2", &why));
	assert_non_null(strstr(buf_text(&why), "nonsense"));
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_non_null(strstr(buf_text(&why), names[i]));
	buf_release(&why);
}

static void
the_help_has_a_line_for_each_fault(void **state)
{
	struct buf help;
	size_t lines = 0, i, start = 0;

	(void)state;
	buf_init(&help, 65536);
	sim_faults_write_help(&help);
	for (i = 0; i < help.len; i++) {
		if (help.data[i] != '\n')
			continue;
		lines++;
		assert_true(i - start <= 80);
		start = i + 1;
	}
	assert_int_equal(lines, SIM_FAULT_COUNT);
	buf_release(&help);
}

static void
a_strike_is_written_as_it_was_asked_for(void **state)
{
	struct sim_faults faults = { .count = 0 };
	struct sim_strike strike;
	struct buf out;

	(void)state;
	buf_init(&out, 256);
	assert_true(add(&faults, "nodate"));
	assert_true(add(&faults, "http:503@2"));
	sim_faults_strike(&faults, SIM_CALL_BANS, 2, &strike);
	sim_strike_write(&strike, &out);
	assert_string_equal(buf_text(&out), "http:503@2,nodate");
	buf_reset(&out);
	sim_faults_strike(&faults, SIM_CALL_BANS, 3, &strike);
	sim_strike_write(&strike, &out);
	assert_string_equal(buf_text(&out), "nodate");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bare_name_strikes_every_call_always),
		cmocka_unit_test(a_page_is_a_page_of_the_list_of_bans),
		cmocka_unit_test(times_are_counted_down_by_strikes_alone),
		cmocka_unit_test(a_call_can_be_named_in_place_of_a_page),
		cmocka_unit_test(text_arguments_may_hold_colons_and_ats),
		cmocka_unit_test(arguments_have_ranges_and_usual_values),
		cmocka_unit_test(what_makes_no_sense_is_refused),
		cmocka_unit_test(an_unknown_name_is_answered_with_all_names),
		cmocka_unit_test(the_help_has_a_line_for_each_fault),
		cmocka_unit_test(a_strike_is_written_as_it_was_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
