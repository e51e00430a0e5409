#include "bantop/sim/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/mem.h"
#include "bantop/sim/pages.h"

enum { NOW = 1700000000, PAGES_MAX = 5000 };

/* How often each member of a set came in a walk from 0 to NextOffset 0. */
struct tally {
	const struct sim_member_set *set;
	int *seen;       /* owned: by place in the service's order */
	int64_t strange; /* rows with accounts that were not in the set */
	int64_t pages;
	int64_t empty;
	int64_t over; /* pages longer than the limit */
	bool ended;
};

struct faulty {
	struct sim_faults faults;
	struct sim_pages pages;
};

static void
faulty_add(struct faulty *faulty, const char *spec)
{
	struct buf why;

	buf_init(&why, 4096);
	assert_true(sim_faults_add(&faulty->faults, spec, &why));
	buf_release(&why);
}

static int64_t
place_of(const struct sim_member_set *set, const struct sim_member *member)
{
	struct sim_member other;
	int64_t i;

	for (i = 0; i < set->count; i++) {
		sim_member_at(set, i, &other);
		if (other.account_len == member->account_len &&
		    memcmp(other.account, member->account,
		        member->account_len) == 0)
			return i;
	}
	return -1;
}

static void
count_rows(struct tally *tally, const struct sim_walk *walk,
    const struct sim_slice *slice)
{
	struct sim_member member;
	int64_t row, place;

	for (row = 0; row < slice->rows; row++) {
		sim_slice_member(walk, slice, row, &member);
		place = place_of(tally->set, &member);
		if (place < 0)
			tally->strange++;
		else
			tally->seen[place]++;
	}
	tally->pages++;
	tally->empty += slice->rows == 0;
	tally->over += slice->rows > walk->limit;
}

static void
walk_all(struct tally *tally, const struct sim_member_set *set,
    struct faulty *faulty, int64_t limit, int64_t most_pages)
{
	struct sim_strike strike;
	struct sim_slice slice;
	struct sim_walk walk = {
		.set = set, .strike = &strike, .limit = limit
	};

	*tally = (struct tally){ .set = set };
	tally->seen = mem_alloc((size_t)set->count * sizeof(*tally->seen));
	while (tally->pages < most_pages) {
		walk.page =
		    sim_pages_find(&faulty->pages, 0, walk.offset, limit);
		walk.changes = sim_pages_changes(&faulty->pages, 0);
		sim_faults_strike(&faulty->faults, SIM_CALL_BANS, walk.page,
		    &strike);
		assert_true(sim_walk_slice(&walk, &slice));
		count_rows(tally, &walk, &slice);
		tally->ended = slice.next == 0;
		if (tally->ended)
			break;
		sim_pages_note_change(&faulty->pages, 0);
		if (slice.next > walk.offset)
			sim_pages_note(&faulty->pages, 0, slice.next,
			    walk.page + 1);
		walk.offset = slice.next;
	}
}

static void
assert_each_once(const struct tally *tally)
{
	int64_t i;

	assert_true(tally->ended);
	assert_int_equal(tally->strange, 0);
	for (i = 0; i < tally->set->count; i++)
		assert_int_equal(tally->seen[i], 1);
}

static void
faulty_release(struct faulty *faulty, struct tally *tally)
{
	sim_pages_release(&faulty->pages);
	free(tally->seen);
}

static void
honest_walks_bring_each_member_once(void **state)
{
	static const int64_t counts[] = { 0, 1, 99, 100, 101, 200, 337 };
	static const int64_t limits[] = { 1, 7, 100 };
	struct sim_member_set set;
	struct tally tally;
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		for (j = 0; j < sizeof(limits) / sizeof(limits[0]); j++) {
			struct faulty faulty = { .faults = { .count = 0 } };

			sim_member_set_init(&set, 1, 0, counts[i], NOW, false);
			walk_all(&tally, &set, &faulty, limits[j], PAGES_MAX);
			assert_each_once(&tally);
			assert_int_equal(tally.over, 0);
			assert_int_equal(tally.pages,
			    counts[i] == 0
			        ? 1
			        : (counts[i] + limits[j] - 1) / limits[j]);
			faulty_release(&faulty, &tally);
		}
	}
}

static void
harmless_faults_bring_each_member_once_too(void **state)
{
	static const struct {
		const char *specs[2];
		int empty;
	} rows[] = {
		{ { "opaque", NULL }, 0 },
		{ { "short", NULL }, 0 },
		{ { "opaque", "short" }, 0 },
		{ { "empty@2", NULL }, 1 },
		{ { "empty@1", "empty@3" }, 2 },
		{ { "opaque", "empty@2" }, 1 },
		{ { "short", "empty@4" }, 1 },
	};
	struct sim_member_set set;
	struct tally tally;
	size_t i, j;

	(void)state;
	sim_member_set_init(&set, 3, 0, 337, NOW, false);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct faulty faulty = { .faults = { .count = 0 } };

		for (j = 0; j < 2 && rows[i].specs[j] != NULL; j++)
			faulty_add(&faulty, rows[i].specs[j]);
		walk_all(&tally, &set, &faulty, 50, PAGES_MAX);
		assert_each_once(&tally);
		assert_int_equal(tally.over, 0);
		assert_int_equal(tally.empty, rows[i].empty);
		faulty_release(&faulty, &tally);
	}
}

static void
opaque_offsets_grow_and_cannot_be_guessed(void **state)
{
	struct faulty faulty = { .faults = { .count = 0 } };
	struct sim_member_set set;
	struct sim_strike strike;
	struct sim_slice slice;
	struct sim_walk walk = {
		.set = &set, .strike = &strike, .limit = 100, .page = 1
	};
	int64_t offset;

	(void)state;
	faulty_add(&faulty, "opaque");
	sim_faults_strike(&faulty.faults, SIM_CALL_BANS, 1, &strike);
	sim_member_set_init(&set, 1, 0, 1000, NOW, false);
	assert_true(sim_walk_slice(&walk, &slice));
	assert_true(slice.next > INT32_MAX / 4);
	offset = slice.next;
	walk.offset = 100;
	assert_false(sim_walk_slice(&walk, &slice));
	walk.offset = offset + 1;
	assert_false(sim_walk_slice(&walk, &slice));
	walk.offset = offset;
	assert_true(sim_walk_slice(&walk, &slice));
	assert_true(slice.next > offset);
	assert_int_not_equal(slice.next - offset, offset);
}

static void
an_endless_list_repeats_and_never_ends(void **state)
{
	struct faulty faulty = { .faults = { .count = 0 } };
	struct sim_member_set set;
	struct tally tally;
	int64_t i;

	(void)state;
	faulty_add(&faulty, "endless");
	sim_member_set_init(&set, 1, 0, 250, NOW, false);
	walk_all(&tally, &set, &faulty, 100, 20);
	assert_false(tally.ended);
	assert_int_equal(tally.pages, 20);
	assert_int_equal(tally.strange, 0);
	for (i = 0; i < set.count; i++)
		assert_int_equal(tally.seen[i], 8);
	faulty_release(&faulty, &tally);
}

static void
a_doubled_page_repeats_three_with_later_ends(void **state)
{
	struct faulty faulty = { .faults = { .count = 0 } };
	struct sim_member_set set;
	struct sim_strike strike;
	struct sim_slice slice;
	struct sim_member member, original;
	struct sim_walk walk = { .set = &set,
		.strike = &strike,
		.offset = 100,
		.limit = 100,
		.page = 2 };

	(void)state;
	faulty_add(&faulty, "dup");
	sim_faults_strike(&faulty.faults, SIM_CALL_BANS, 2, &strike);
	sim_member_set_init(&set, 1, 0, 250, NOW, false);
	assert_true(sim_walk_slice(&walk, &slice));
	assert_int_equal(slice.next, 200);
	sim_slice_member(&walk, &slice, 0, &member);
	sim_member_at(&set, 97, &original);
	assert_string_equal(member.account, original.account);
	assert_int_equal(member.until_s,
	    original.until_s + SIM_WALK_DUP_LATER_S);
	sim_slice_member(&walk, &slice, 3, &member);
	sim_member_at(&set, 100, &original);
	assert_string_equal(member.account, original.account);
	assert_int_equal(member.until_s, original.until_s);
}

static void
a_doubled_list_still_brings_everyone(void **state)
{
	struct faulty faulty = { .faults = { .count = 0 } };
	struct sim_member_set set;
	struct tally tally;
	int64_t i, repeated = 0;

	(void)state;
	faulty_add(&faulty, "dup");
	sim_member_set_init(&set, 1, 0, 437, NOW, false);
	walk_all(&tally, &set, &faulty, 100, PAGES_MAX);
	assert_true(tally.ended);
	for (i = 0; i < set.count; i++) {
		assert_true(tally.seen[i] >= 1);
		repeated += tally.seen[i] - 1;
	}
	assert_int_equal(repeated, SIM_WALK_DUP_ROWS * (tally.pages - 1));
	faulty_release(&faulty, &tally);
}

static void
a_changing_list_repeats_and_misses(void **state)
{
	struct faulty faulty = { .faults = { .count = 0 } };
	struct sim_member_set set;
	struct tally tally;
	int64_t i, repeated = 0, missed = 0;

	(void)state;
	faulty_add(&faulty, "mutate");
	sim_member_set_init(&set, 1, 0, 437, NOW, false);
	walk_all(&tally, &set, &faulty, 50, PAGES_MAX);
	assert_true(tally.ended);
	for (i = 0; i < set.count; i++) {
		repeated += tally.seen[i] > 1;
		missed += tally.seen[i] == 0;
	}
	assert_true(repeated > 0);
	assert_true(missed > 0);
	faulty_release(&faulty, &tally);
}

static void
lying_offsets_lie_but_never_end_the_list(void **state)
{
	struct faulty loop = { .faults = { .count = 0 } };
	struct faulty back = { .faults = { .count = 0 } };
	struct sim_member_set set;
	struct sim_strike strike;
	struct sim_slice slice;
	struct sim_walk walk = { .set = &set,
		.strike = &strike,
		.offset = 200,
		.limit = 100,
		.page = 3 };

	(void)state;
	sim_member_set_init(&set, 1, 0, 250, NOW, false);
	faulty_add(&loop, "loop");
	faulty_add(&back, "back");
	sim_faults_strike(&loop.faults, SIM_CALL_BANS, 3, &strike);
	assert_true(sim_walk_slice(&walk, &slice));
	assert_int_equal(slice.next, 200);
	sim_faults_strike(&back.faults, SIM_CALL_BANS, 3, &strike);
	assert_true(sim_walk_slice(&walk, &slice));
	assert_in_range(slice.next, 1, 199);
	walk.offset = 0;
	assert_true(sim_walk_slice(&walk, &slice));
	assert_int_equal(slice.next, 100);
}

static void
a_big_page_is_above_a_thousand_rows(void **state)
{
	struct faulty faulty = { .faults = { .count = 0 } };
	struct sim_member_set set;
	struct tally tally;

	(void)state;
	faulty_add(&faulty, "big");
	sim_member_set_init(&set, 1, 0, 250, NOW, false);
	walk_all(&tally, &set, &faulty, 100, PAGES_MAX);
	assert_int_equal(tally.pages, 1);
	assert_int_equal(tally.over, 1);
	assert_int_equal(tally.strange, SIM_WALK_BIG_ROWS - 250);
	faulty_release(&faulty, &tally);
}

static void
offsets_remember_their_page(void **state)
{
	struct sim_pages pages = { .entries = NULL };
	int64_t i;

	(void)state;
	assert_int_equal(sim_pages_find(&pages, 0, 0, 100), 1);
	assert_int_equal(sim_pages_find(&pages, 0, 300, 100), 4);
	for (i = 1; i < 1000; i++)
		sim_pages_note(&pages, i % 3, i * 1000, i);
	for (i = 1; i < 1000; i++)
		assert_int_equal(sim_pages_find(&pages, i % 3, i * 1000, 100),
		    i);
	assert_int_equal(sim_pages_changes(&pages, 1), 0);
	sim_pages_note_change(&pages, 1);
	sim_pages_note_change(&pages, 1);
	assert_int_equal(sim_pages_changes(&pages, 1), 2);
	assert_int_equal(sim_pages_changes(&pages, 2), 0);
	sim_pages_release(&pages);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(honest_walks_bring_each_member_once),
		cmocka_unit_test(harmless_faults_bring_each_member_once_too),
		cmocka_unit_test(opaque_offsets_grow_and_cannot_be_guessed),
		cmocka_unit_test(an_endless_list_repeats_and_never_ends),
		cmocka_unit_test(a_doubled_page_repeats_three_with_later_ends),
		cmocka_unit_test(a_doubled_list_still_brings_everyone),
		cmocka_unit_test(a_changing_list_repeats_and_misses),
		cmocka_unit_test(lying_offsets_lie_but_never_end_the_list),
		cmocka_unit_test(a_big_page_is_above_a_thousand_rows),
		cmocka_unit_test(offsets_remember_their_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
