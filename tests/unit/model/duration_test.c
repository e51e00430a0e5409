#include "bantop/model/duration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const int64_t NOW = INT64_C(1795000000);

static void
assert_text(int64_t left_s, enum duration_style style, const char *want)
{
	char text[DURATION_TEXT_MAX];

	assert_int_equal(duration_write(left_s, style, text), strlen(want));
	assert_string_equal(text, want);
}

static void
time_left_is_rounded_down(void **state)
{
	static const struct {
		int64_t left_s;
		const char *text;
	} rows[] = {
		{ 1, "00:01" },
		{ 59, "00:59" },
		{ 60, "01:00" },
		{ 432, "07:12" },
		{ 3599, "59:59" },
		{ 3600, "1h 00m" },
		{ 3659, "1h 00m" },
		{ 3660, "1h 01m" },
		{ 11220, "3h 07m" },
		{ 11279, "3h 07m" },
		{ 86399, "23h 59m" },
		{ 86400, "1d 00h" },
		{ 89999, "1d 00h" },
		{ 90000, "1d 01h" },
		{ 1051200, "12d 04h" },
		{ 1576800000, "18250d 00h" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_text(rows[i].left_s, DURATION_BY_NEED, rows[i].text);
}

static void
what_is_over_ended_a_while_ago(void **state)
{
	static const struct {
		int64_t ago_s;
		const char *text;
	} rows[] = {
		{ 0, "ended 0s ago" },
		{ 1, "ended 1s ago" },
		{ 12, "ended 12s ago" },
		{ 59, "ended 59s ago" },
		{ 60, "ended 1m ago" },
		{ 119, "ended 1m ago" },
		{ 180, "ended 3m ago" },
		{ 3599, "ended 59m ago" },
		{ 3600, "ended 1h ago" },
		{ 7200, "ended 2h ago" },
		{ 86399, "ended 23h ago" },
		{ 86400, "ended 1d ago" },
		{ 432000, "ended 5d ago" },
		{ 1795000000, "ended 20775d ago" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_text(-rows[i].ago_s, DURATION_BY_NEED, rows[i].text);
}

static void
seconds_are_added_everywhere(void **state)
{
	static const struct {
		int64_t left_s;
		const char *text;
	} rows[] = {
		{ 59, "00:59" },
		{ 432, "07:12" },
		{ 3599, "59:59" },
		{ 3600, "1h 00m 00s" },
		{ 11229, "3h 07m 09s" },
		{ 86399, "23h 59m 59s" },
		{ 86400, "1d 00h 00m 00s" },
		{ 1051629, "12d 04h 07m 09s" },
		{ 0, "ended 0s ago" },
		{ -59, "ended 59s ago" },
		{ -60, "ended 1m 00s ago" },
		{ -189, "ended 3m 09s ago" },
		{ -3600, "ended 1h 00m 00s ago" },
		{ -86399, "ended 23h 59m 59s ago" },
		{ -446829, "ended 5d 04h 07m 09s ago" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_text(rows[i].left_s, DURATION_SECONDS, rows[i].text);
}

static void
the_largest_numbers_fit(void **state)
{
	(void)state;
	assert_text(INT64_MAX, DURATION_BY_NEED, "106751991167300d 15h");
	assert_text(INT64_MAX, DURATION_SECONDS,
	    "106751991167300d 15h 30m 07s");
	assert_text(INT64_MIN, DURATION_BY_NEED, "ended 106751991167300d ago");
	assert_text(INT64_MIN, DURATION_SECONDS,
	    "ended 106751991167300d 15h 30m 08s ago");
}

static void
a_ban_may_be_permanent_or_invalid(void **state)
{
	static const struct {
		int64_t until_s;
		unsigned flags;
		const char *text;
	} rows[] = {
		{ 1795000000 + 252, 0, "04:12" },
		{ 1795000000 - 12, 0, "ended 12s ago" },
		{ INT64_C(1795000000) + 1576800000, 0, "18250d 00h" },
		{ INT64_C(1795000000) + 1576800001, 0, "permanent" },
		{ -1, 0, "invalid" },
		{ INT64_MAX, 0, "invalid" },
		{ 0, BAN_NO_UNTIL, "invalid" },
		{ 0, 0, "ended 20775d ago" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ban ban = { .until_s = rows[i].until_s,
			.flags = rows[i].flags };
		char text[DURATION_TEXT_MAX];

		assert_int_equal(duration_write_ban(&ban, NOW, DURATION_BY_NEED,
		                     text),
		    strlen(rows[i].text));
		assert_string_equal(text, rows[i].text);
	}
}

struct look {
	char text[DURATION_TEXT_MAX];
	enum ban_state state;
};

static struct look
look_at(const struct ban *ban, int64_t now_s, enum duration_style style)
{
	struct look look = { .state = ban_state_at(ban, now_s) };

	(void)duration_write_ban(ban, now_s, style, look.text);
	return look;
}

static bool
same(struct look a, struct look b)
{
	return a.state == b.state && strcmp(a.text, b.text) == 0;
}

/* Second by second from @p left_s on: the text stays until the moment that was
 * named, and is another one then. */
static void
assert_changes_as_foretold(int64_t left_s, int64_t seconds,
    enum duration_style style)
{
	const struct ban ban = { .until_s = NOW };
	int64_t now_s = NOW - left_s;
	int64_t end_s = now_s + seconds;
	struct look shown = look_at(&ban, now_s, style);
	int64_t change_s = now_s + duration_next_change(&ban, now_s, style);

	while (now_s < end_s) {
		struct look look;

		assert_true(change_s > now_s);
		assert_int_equal(now_s +
		        duration_next_change(&ban, now_s, style),
		    change_s);
		now_s++;
		look = look_at(&ban, now_s, style);
		assert_int_equal(same(look, shown), now_s < change_s);
		if (now_s < change_s)
			continue;
		shown = look;
		change_s = now_s + duration_next_change(&ban, now_s, style);
	}
}

static void
the_next_change_is_when_the_text_changes(void **state)
{
	(void)state;
	/* From two days before the end until three days after it. */
	assert_changes_as_foretold(2 * 86400 + 5, 5 * 86400, DURATION_BY_NEED);
	assert_changes_as_foretold(2 * 86400 + 5, 5 * 86400, DURATION_SECONDS);
	/* Where a permanent ban becomes one that ends. */
	assert_changes_as_foretold(BAN_PERMANENT_S + 5000, 10000,
	    DURATION_BY_NEED);
	assert_changes_as_foretold(BAN_PERMANENT_S + 50, 100, DURATION_SECONDS);
}

static void
what_is_invalid_never_changes(void **state)
{
	const struct ban none = { .flags = BAN_NO_UNTIL };
	const struct ban below = { .until_s = -1 };
	const struct ban above = { .until_s = BAN_UNTIL_MAX_S + 1 };

	(void)state;
	assert_true(duration_next_change(&none, NOW, DURATION_BY_NEED) ==
	    INT64_MAX);
	assert_true(duration_next_change(&below, NOW, DURATION_SECONDS) ==
	    INT64_MAX);
	assert_true(duration_next_change(&above, NOW, DURATION_SECONDS) ==
	    INT64_MAX);
}

static void
absurd_clocks_do_no_harm(void **state)
{
	static const int64_t clocks[] = { INT64_MIN, INT64_MIN + 1, -1, 0,
		INT64_MAX - 1, INT64_MAX };
	static const int64_t untils[] = { 0, 1, 1795000000,
		INT64_C(253402300799) };
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof clocks / sizeof clocks[0]; i++)
		for (j = 0; j < sizeof untils / sizeof untils[0]; j++) {
			struct ban ban = { .until_s = untils[j] };
			char text[DURATION_TEXT_MAX];

			assert_true(duration_write_ban(&ban, clocks[i],
			                DURATION_SECONDS,
			                text) < DURATION_TEXT_MAX);
			assert_true(duration_next_change(&ban, clocks[i],
			                DURATION_BY_NEED) >= 1);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_left_is_rounded_down),
		cmocka_unit_test(what_is_over_ended_a_while_ago),
		cmocka_unit_test(seconds_are_added_everywhere),
		cmocka_unit_test(the_largest_numbers_fit),
		cmocka_unit_test(a_ban_may_be_permanent_or_invalid),
		cmocka_unit_test(the_next_change_is_when_the_text_changes),
		cmocka_unit_test(what_is_invalid_never_changes),
		cmocka_unit_test(absurd_clocks_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
