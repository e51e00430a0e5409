#include "bantop/model/ban_filter.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const int64_t NOW = INT64_C(1795000000);

static struct ban_filter *
filter_of(const char *text)
{
	struct err err = { 0 };
	struct ban_filter *filter = ban_filter_create(text, strlen(text), &err);

	assert_non_null(filter);
	assert_string_equal(ban_filter_text(filter), text);
	return filter;
}

static bool
lets(const char *text, struct ban ban)
{
	struct ban_filter *filter = filter_of(text);
	bool matches = ban_filter_matches(filter, &ban, NOW);

	ban_filter_destroy(filter);
	return matches;
}

static struct ban
named(const char *account)
{
	return (struct ban){ .account = account,
		.account_len = strlen(account),
		.until_s = 1795000000 + 7200 };
}

static struct ban
with_left(int64_t left_s)
{
	return (struct ban){
		.account = "a", .account_len = 1, .until_s = 1795000000 + left_s
	};
}

static bool
finds(const char *text, const char *account)
{
	return lets(text, named(account));
}

static void
a_substring_is_found_without_minding_the_case(void **state)
{
	(void)state;
	assert_true(finds("li1", "brennanli12"));
	assert_true(finds("li1", "BRENNANLI12"));
	assert_false(finds("li3", "brennanli12"));
	assert_true(finds("\xc3\xa9t", "x\xc3\x89T"));
	assert_true(finds(" ", "a b"));
}

static void
a_capital_makes_it_exact(void **state)
{
	(void)state;
	assert_true(finds("Li1", "brennanLi12"));
	assert_false(finds("Li1", "brennanli12"));
	assert_false(finds("Li1", "brennanLI12"));
}

static void
a_sign_in_front_negates(void **state)
{
	(void)state;
	assert_false(finds("!li", "brennanli"));
	assert_true(finds("!li", "guest"));
	assert_true(finds("!re:^b", "guest"));
	assert_false(finds("!text:gu", "guest"));
	assert_true(lets("!ended", with_left(5)));
	assert_false(lets("!ended", with_left(-5)));
	/* The second sign is a part of the text. */
	assert_false(finds("!!a", "x!a"));
	assert_true(finds("!!a", "xa"));
}

static void
expressions_are_extended_ones(void **state)
{
	(void)state;
	assert_true(finds("re:^guest_[0-9]+$", "guest_0017"));
	assert_true(finds("re:^guest_[0-9]+$", "GUEST_0017"));
	assert_false(finds("re:^guest_[0-9]+$", "guest_x"));
	assert_true(finds("re:(li|wang)1{2,3}$", "xli111"));
	assert_false(finds("re:^Guest", "guest"));
	assert_true(finds("re:^Guest", "Guest"));
	assert_true(finds("re:[[:digit:]]", "a1"));
	assert_true(finds("re:^.$", "\xe4\xb8\xad"));
	assert_false(finds("re:^\xc3\x89$", "\xc3\xa9"));
	/* The capital of an escape is none. */
	assert_true(finds("re:a\\Wb", "A-B"));
	assert_true(finds("re:a\\.b", "a.B"));
}

static void
text_takes_the_rest_literally(void **state)
{
	(void)state;
	assert_true(finds("text:re:x", "are:xy"));
	assert_true(finds("text:!a", "x!a"));
	assert_true(finds("text:ended", "was ended"));
	assert_true(finds("text:left<1h", "left<1h"));
	assert_true(finds("text:text:", "a text: b"));
	assert_true(finds("ended by", "it ended by"));
	assert_true(finds("Ended", "xEndedx"));
}

static void
time_left_is_compared(void **state)
{
	(void)state;
	assert_true(lets("left<1h", with_left(3599)));
	assert_false(lets("left<1h", with_left(3600)));
	assert_false(lets("left>1h", with_left(3600)));
	assert_true(lets("left>1h", with_left(3601)));
	assert_true(lets("left<90m", with_left(5399)));
	assert_false(lets("left<90m", with_left(5400)));
	assert_true(lets("left>2d", with_left(172801)));
	assert_false(lets("left>2d", with_left(172800)));
	assert_true(lets("left>2d", with_left(BAN_PERMANENT_S + 9)));
	assert_false(lets("left<2d", with_left(BAN_PERMANENT_S + 9)));
}

static void
what_is_over_has_no_time_left(void **state)
{
	(void)state;
	assert_true(lets("left<1h", with_left(1)));
	assert_false(lets("left<1h", with_left(0)));
	assert_false(lets("left<1h", with_left(-5)));
	assert_false(lets("left>0m", with_left(-5)));
	assert_true(lets("!left<1h", with_left(-5)));
}

static void
states_are_told_apart(void **state)
{
	static const struct {
		int64_t left_s;
		bool ended, permanent, banned;
	} rows[] = {
		{ 7200, false, false, true }, { 60, false, false, true },
		{ 0, true, false, false }, { -60, true, false, false },
		{ INT64_C(51) * 365 * 86400, false, true, true },
		{ -INT64_C(1795000001), false, false, false }, /* invalid */
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ban ban = with_left(rows[i].left_s);

		assert_int_equal(lets("ended", ban), rows[i].ended);
		assert_int_equal(lets("permanent", ban), rows[i].permanent);
		assert_int_equal(lets("banned", ban), rows[i].banned);
		assert_int_equal(lets("!banned", ban), !rows[i].banned);
	}
}

static void
unusable_rows_match_nothing(void **state)
{
	static const char *const texts[] = { "a", "!a", "re:.", "!re:x",
		"ended", "!ended", "banned", "left<9d", "!left<9d", "text:a" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct ban ban = with_left(60);

		ban.flags = BAN_UNUSABLE;
		assert_false(lets(texts[i], ban));
	}
}

static void
a_ban_without_an_end_matches_by_its_account(void **state)
{
	struct ban ban = with_left(60);

	(void)state;
	ban.flags = BAN_NO_UNTIL;
	assert_true(lets("a", ban));
	assert_false(lets("left<9d", ban));
	assert_false(lets("ended", ban));
	assert_false(lets("banned", ban));
	assert_true(lets("!ended", ban));
}

static void
what_depends_on_the_time_is_known(void **state)
{
	static const struct {
		const char *text;
		bool timed;
	} rows[] = { { "a", false }, { "!a", false }, { "re:a", false },
		{ "text:ended", false }, { "ended", true }, { "!ended", true },
		{ "permanent", true }, { "banned", true }, { "left<1h", true },
		{ "left>1d", true } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ban_filter *filter = filter_of(rows[i].text);

		assert_int_equal(ban_filter_is_timed(filter), rows[i].timed);
		ban_filter_destroy(filter);
	}
}

static void
assert_refused(const char *text, size_t len, const char *why)
{
	struct err err = { 0 };

	assert_null(ban_filter_create(text, len, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_non_null(strstr(err.text, why));
}

static void
what_makes_no_sense_is_refused_with_a_word_why(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "", "nothing to look for" },
		{ "!", "nothing behind !" },
		{ "text:", "nothing to look for" },
		{ "!text:", "nothing to look for" },
		{ "re:", "nothing behind re:" },
		{ "re:(", "re: " },
		{ "re:[a", "re: " },
		{ "left<", "left<1h" },
		{ "left<h", "left<1h" },
		{ "left<1", "left<1h" },
		{ "left<1s", "left<1h" },
		{ "left<1H", "left<1h" },
		{ "left<-1h", "left<1h" },
		{ "left< 1h", "left<1h" },
		{ "left<1.5h", "left<1h" },
		{ "left>9999999999d", "left<1h" },
		{ "!left>x", "left<1h" },
		{ "a\xff", "UTF-8" },
	};
	char text[BAN_FILTER_TEXT_MAX + 1];
	struct ban_filter *filter;
	struct err err = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_refused(rows[i].text, strlen(rows[i].text), rows[i].why);
	assert_refused("a\0b", 3, "UTF-8");
	memset(text, 'x', sizeof text);
	assert_refused(text, sizeof text, "longer than 256 bytes");
	filter = ban_filter_create(text, sizeof text - 1, &err);
	assert_non_null(filter);
	ban_filter_destroy(filter);
	ban_filter_destroy(NULL);
}

static void
expressions_that_cost_too_much_are_refused(void **state)
{
	(void)state;
	assert_refused("re:(a)\\1", 8, "back-references");
	assert_refused("re:a{1001}", 10, "too often");
	assert_refused("re:a{1,99999999999999999999}", 28, "too often");
	assert_refused("re:((a{200}){200}){200}", 23, "too often");
	assert_refused("re:(a{30}){40}", 14, "too often");
	assert_true(finds("re:^(a{2}){3}$", "aaaaaa"));
	assert_true(finds("re:^a{,2}$", "aa"));
	assert_true(finds("re:^a{2,}$", "aaaa"));
}

static void
find_takes_every_sign_literally(void **state)
{
	static const struct {
		const char *text, *account;
		bool found;
	} rows[] = { { "!a", "x!A", true }, { "!a", "b", false },
		{ "re:", "x re: y", true }, { "ended", "it ended", true },
		{ "left<", "left<", true }, { "Ab", "xab", false },
		{ "text:a", "a", false } };
	struct err err = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ban ban = named(rows[i].account);
		struct ban_filter *filter = ban_filter_create_find(rows[i].text,
		    strlen(rows[i].text), &err);

		assert_non_null(filter);
		assert_int_equal(ban_filter_matches(filter, &ban, NOW),
		    rows[i].found);
		assert_false(ban_filter_is_timed(filter));
		ban_filter_destroy(filter);
	}
	assert_null(ban_filter_create_find("", 0, &err));
	assert_int_equal(err.kind, ERR_USAGE);
}

static void
the_longest_account_is_looked_at_whole(void **state)
{
	static char account[BAN_ACCOUNT_MAX];
	struct ban ban = { .account = account,
		.account_len = sizeof account,
		.until_s = 1795000060 };

	(void)state;
	memset(account, 'a', sizeof account);
	account[sizeof account - 1] = 'z';
	assert_true(lets("re:az$", ban));
	assert_true(lets("az", ban));
	assert_false(lets("re:aa$", ban));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_substring_is_found_without_minding_the_case),
		cmocka_unit_test(a_capital_makes_it_exact),
		cmocka_unit_test(a_sign_in_front_negates),
		cmocka_unit_test(expressions_are_extended_ones),
		cmocka_unit_test(text_takes_the_rest_literally),
		cmocka_unit_test(time_left_is_compared),
		cmocka_unit_test(what_is_over_has_no_time_left),
		cmocka_unit_test(states_are_told_apart),
		cmocka_unit_test(unusable_rows_match_nothing),
		cmocka_unit_test(a_ban_without_an_end_matches_by_its_account),
		cmocka_unit_test(what_depends_on_the_time_is_known),
		cmocka_unit_test(
		    what_makes_no_sense_is_refused_with_a_word_why),
		cmocka_unit_test(expressions_that_cost_too_much_are_refused),
		cmocka_unit_test(find_takes_every_sign_literally),
		cmocka_unit_test(the_longest_account_is_looked_at_whole),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
