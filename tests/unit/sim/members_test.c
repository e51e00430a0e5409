#include "bantop/sim/members.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/mem.h"
#include "bantop/sim/hostile.h"

enum { NOW = 1700000000, MANY = 20000 };

struct name {
	char *text;
	size_t len;
};

static int
compare_names(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	size_t len = x->len < y->len ? x->len : y->len;
	int order = memcmp(x->text, y->text, len);

	return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

static void
assert_all_differ(const struct sim_member_set *set, size_t count)
{
	struct name *names = mem_alloc(count * sizeof(*names));
	struct sim_member member;
	size_t i;

	for (i = 0; i < count; i++) {
		sim_member_at(set, (int64_t)i, &member);
		names[i].len = member.account_len;
		names[i].text =
		    mem_copy_text(member.account, member.account_len);
	}
	qsort(names, count, sizeof(*names), compare_names);
	for (i = 1; i < count; i++)
		assert_int_not_equal(compare_names(&names[i - 1], &names[i]),
		    0);
	for (i = 0; i < count; i++)
		free(names[i].text);
	free(names);
}

static void
no_two_accounts_are_alike_even_behind_the_end(void **state)
{
	static const int64_t counts[] = { 1, 2, 3, 5, 137, 1000, 4096, MANY };
	struct sim_member_set set;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		sim_member_set_init(&set, 1, 0, counts[i], NOW, false);
		assert_all_differ(&set, (size_t)counts[i] + 500);
	}
	sim_member_set_init(&set, 1, 0, 1000, NOW, true);
	assert_all_differ(&set, 1000);
}

static void
the_seed_and_the_group_decide_everything(void **state)
{
	struct sim_member_set one, same, other_seed, other_group;
	struct sim_member a, b;
	int64_t i;
	int differ_seed = 0, differ_group = 0;

	(void)state;
	sim_member_set_init(&one, 7, 0, 500, NOW, false);
	sim_member_set_init(&same, 7, 0, 500, NOW, false);
	sim_member_set_init(&other_seed, 8, 0, 500, NOW, false);
	sim_member_set_init(&other_group, 7, 1, 500, NOW, false);
	for (i = 0; i < 500; i++) {
		sim_member_at(&one, i, &a);
		sim_member_at(&same, i, &b);
		assert_string_equal(a.account, b.account);
		assert_int_equal(a.until_s, b.until_s);
		sim_member_at(&other_seed, i, &b);
		differ_seed += strcmp(a.account, b.account) != 0;
		sim_member_at(&other_group, i, &b);
		differ_group += strcmp(a.account, b.account) != 0;
	}
	assert_true(differ_seed > 400);
	assert_true(differ_group > 400);
}

static void
ends_are_spread_and_move_with_the_base(void **state)
{
	struct sim_member_set set, later;
	struct sim_member a, b;
	int ended = 0, minutes = 0, hours = 0, days = 0, forever = 0;
	int64_t i, left;

	(void)state;
	sim_member_set_init(&set, 1, 0, MANY, NOW, false);
	sim_member_set_init(&later, 1, 0, MANY, NOW + 1000, false);
	for (i = 0; i < MANY; i++) {
		sim_member_at(&set, i, &a);
		sim_member_at(&later, i, &b);
		assert_int_equal(a.until_s + 1000, b.until_s);
		left = a.until_s - NOW;
		ended += left <= 0;
		minutes += left > 0 && left < 3600;
		hours += left >= 3600 && left < 86400;
		days += left >= 86400 && left < SIM_FOREVER_S;
		forever += left == SIM_FOREVER_S;
	}
	assert_int_equal(ended + minutes + hours + days + forever, MANY);
	assert_true(ended > MANY / 50 && minutes > MANY / 10);
	assert_true(hours > MANY / 10 && days > MANY / 4);
	assert_true(forever > MANY / 20);
}

static void
one_account_in_ten_is_not_ascii(void **state)
{
	struct sim_member_set set;
	struct sim_member member;
	int foreign = 0;
	int64_t i;
	size_t at;

	(void)state;
	sim_member_set_init(&set, 1, 0, MANY, NOW, false);
	for (i = 0; i < MANY; i++) {
		sim_member_at(&set, i, &member);
		assert_in_range(member.account_len, 1, 32);
		for (at = 0; at < member.account_len; at++) {
			if ((unsigned char)member.account[at] < 0x80)
				continue;
			foreign++;
			break;
		}
	}
	assert_in_range(foreign, MANY / 12, MANY / 8);
}

static void
the_order_is_that_of_no_column(void **state)
{
	struct sim_member_set set;
	struct sim_member a, b;
	int names_rise = 0, ends_rise = 0;
	int64_t i;

	(void)state;
	sim_member_set_init(&set, 1, 0, 1000, NOW, false);
	sim_member_at(&set, 0, &a);
	for (i = 1; i < 1000; i++) {
		sim_member_at(&set, i, &b);
		names_rise += strcmp(a.account, b.account) < 0;
		ends_rise += a.until_s < b.until_s;
		a = b;
	}
	assert_in_range(names_rise, 300, 700);
	assert_in_range(ends_rise, 300, 700);
}

static bool
holds(const struct sim_member_set *set, const char *account)
{
	struct sim_member member;
	int64_t i;

	for (i = 0; i < set->count; i++) {
		sim_member_at(set, i, &member);
		if (strcmp(member.account, account) == 0)
			return true;
	}
	return false;
}

static void
the_regulars_are_always_there(void **state)
{
	struct sim_member_set set;
	uint64_t seed;

	(void)state;
	for (seed = 1; seed < 5; seed++) {
		sim_member_set_init(&set, seed, 0, 137, NOW, false);
		assert_true(holds(&set, "guest_0017"));
		assert_true(holds(&set, "brennanli1"));
		assert_true(holds(&set, "brennanli12"));
		assert_true(holds(&set, "noisy\xE2\x80\xAEname"));
	}
}

static bool
has_bytes(const char *text, size_t len, const char *what, size_t what_len)
{
	size_t i;

	for (i = 0; i + what_len <= len; i++) {
		if (memcmp(text + i, what, what_len) == 0)
			return true;
	}
	return false;
}

static void
lone_surrogates_stay_behind_the_first_page(void **state)
{
	char text[SIM_ACCOUNT_MAX];
	size_t len;
	int64_t i, first = -1;

	(void)state;
	for (i = 0; i < sim_hostile_count(); i++) {
		len = sim_hostile_text(i, text, sizeof(text));
		assert_true(len < sizeof(text));
		if (first < 0 && has_bytes(text, len, "\xed\xa0\x80", 3))
			first = i;
	}
	assert_in_range(first, 100, 136);
}

static void
hostile_accounts_hold_what_they_should(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} wanted[] = { { "\x1b[", 2 }, { "\x1b]52;", 5 }, { "\0", 1 },
		{ "\b", 1 }, { "\r", 1 }, { "\n", 1 }, { "\t", 1 },
		{ "\xc2\x9b", 2 }, { "\xe2\x80\xae", 3 }, { "\xe2\x80\x8b", 3 },
		{ "\xff", 1 }, { "=cmd", 4 }, { "$(", 2 } };
	char text[SIM_ACCOUNT_MAX];
	size_t i, len, longest = 0;
	bool found;
	int64_t at;

	(void)state;
	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		found = false;
		for (at = 0; at < 100 && !found; at++) {
			len = sim_hostile_text(at, text, sizeof(text));
			found = has_bytes(text, len, wanted[i].bytes,
			    wanted[i].len);
		}
		assert_true(found);
	}
	for (at = 0; at < 100; at++) {
		len = sim_hostile_text(at, text, sizeof(text));
		longest = len > longest ? len : longest;
	}
	assert_true(longest > 1024);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_two_accounts_are_alike_even_behind_the_end),
		cmocka_unit_test(the_seed_and_the_group_decide_everything),
		cmocka_unit_test(ends_are_spread_and_move_with_the_base),
		cmocka_unit_test(one_account_in_ten_is_not_ascii),
		cmocka_unit_test(the_order_is_that_of_no_column),
		cmocka_unit_test(the_regulars_are_always_there),
		cmocka_unit_test(lone_surrogates_stay_behind_the_first_page),
		cmocka_unit_test(hostile_accounts_hold_what_they_should),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
