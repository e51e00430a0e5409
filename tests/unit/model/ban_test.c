#include "bantop/model/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int64_t NOW = INT64_C(1795000000);

static enum ban_state
state_of(int64_t until_s, unsigned flags, int64_t now_s)
{
	struct ban ban = { .account = "a",
		.account_len = 1,
		.until_s = until_s,
		.flags = flags };

	return ban_state_at(&ban, now_s);
}

static void
states_follow_each_other_without_a_gap(void **state)
{
	static const struct {
		int64_t left_s;
		enum ban_state want;
	} rows[] = {
		{ INT64_C(50) * 365 * 86400 + 1, BAN_STATE_PERMANENT },
		{ INT64_C(50) * 365 * 86400, BAN_STATE_BANNED },
		{ 86400, BAN_STATE_BANNED },
		{ 3601, BAN_STATE_BANNED },
		{ 3600, BAN_STATE_BANNED },
		{ 3599, BAN_STATE_ENDING },
		{ 1, BAN_STATE_ENDING },
		{ 0, BAN_STATE_ENDED },
		{ -1, BAN_STATE_ENDED },
		{ -INT64_C(1795000000), BAN_STATE_ENDED },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(state_of(NOW + rows[i].left_s, 0, NOW),
		    rows[i].want);
}

static void
what_is_no_moment_is_invalid(void **state)
{
	(void)state;
	assert_int_equal(state_of(-1, 0, NOW), BAN_STATE_INVALID);
	assert_int_equal(state_of(INT64_MIN, 0, NOW), BAN_STATE_INVALID);
	assert_int_equal(state_of(INT64_MAX, 0, NOW), BAN_STATE_INVALID);
	assert_int_equal(state_of(BAN_UNTIL_MAX_S + 1, 0, NOW),
	    BAN_STATE_INVALID);
	assert_int_equal(state_of(0, BAN_NO_UNTIL, NOW), BAN_STATE_INVALID);
	assert_int_equal(state_of(BAN_UNTIL_MAX_S, 0, NOW),
	    BAN_STATE_PERMANENT);
	assert_int_equal(state_of(0, 0, NOW), BAN_STATE_ENDED);
	assert_int_equal(BAN_UNTIL_MAX_S, INT64_C(253402300799));
}

static void
an_unusable_account_has_a_state_all_the_same(void **state)
{
	(void)state;
	assert_int_equal(state_of(NOW + 60, BAN_UNUSABLE, NOW),
	    BAN_STATE_ENDING);
}

static void
absurd_clocks_do_no_harm(void **state)
{
	(void)state;
	assert_int_equal(state_of(NOW, 0, INT64_MAX), BAN_STATE_ENDED);
	assert_int_equal(state_of(0, 0, INT64_MAX), BAN_STATE_ENDED);
	assert_int_equal(state_of(NOW, 0, INT64_MIN), BAN_STATE_PERMANENT);
	assert_int_equal(state_of(0, 0, INT64_MIN), BAN_STATE_PERMANENT);
	assert_int_equal(state_of(5, 0, -5), BAN_STATE_ENDING);
}

static void
states_have_the_names_of_the_output(void **state)
{
	(void)state;
	assert_string_equal(ban_state_name(BAN_STATE_BANNED), "banned");
	assert_string_equal(ban_state_name(BAN_STATE_ENDING), "ending");
	assert_string_equal(ban_state_name(BAN_STATE_ENDED), "ended");
	assert_string_equal(ban_state_name(BAN_STATE_PERMANENT), "permanent");
	assert_string_equal(ban_state_name(BAN_STATE_INVALID), "invalid");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_follow_each_other_without_a_gap),
		cmocka_unit_test(what_is_no_moment_is_invalid),
		cmocka_unit_test(an_unusable_account_has_a_state_all_the_same),
		cmocka_unit_test(absurd_clocks_do_no_harm),
		cmocka_unit_test(states_have_the_names_of_the_output),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
