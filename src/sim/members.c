/*
 * Made-up accounts and ends of bans. Every account carries the number of its
 * member, so no two are alike; which shape it has and when its ban ends is
 * mixed from that number and the seed. Nothing is stored.
 */
#include "bantop/sim/members.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bantop/sim/hostile.h"
#include "bantop/sim/random.h"

enum { HOUR_S = 3600, DAY_S = 86400, WEEK_S = 604800, ROUNDS = 4 };

/* Members who are always there, so that tests and pages can name them. */
static const struct {
	int64_t id;
	const char *account;
} regulars[] = {
	{ 1, "brennanli1" },
	{ 7, "noisy\xE2\x80\xAEname" },
	{ 8, "DJ Blue Note" },
	{ 12, "brennanli12" },
	{ 17, "guest_0017" },
	{ 42, "guest_0042" },
};

static const char *const handles[] = { "brennanli", "annak", "tomw", "mira",
	"jonas_b", "priya", "kenji", "lucia", "omar", "freya", "dmitri",
	"chloe", "santi", "nadia", "felix", "ingrid" };
static const char *const adjectives[] = { "quiet", "brave", "lazy", "neon",
	"salty", "golden", "tiny", "rapid" };
static const char *const nouns[] = { "otter", "falcon", "mango", "pixel",
	"comet", "badger", "waffle", "cactus" };
static const char *const foreign[] = { "小明", "さくら", "Łukasz_", "игорь",
	"café-", "محمد_", "민준", "🎮gamer", "Zoë.", "ñandú" };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

void
sim_member_set_init(struct sim_member_set *set, uint64_t seed, uint64_t salt,
    int64_t count, int64_t base_s, bool hostile)
{
	*set = (struct sim_member_set){
		.seed = sim_random_mix(seed, salt),
		.count = count,
		.base_s = base_s,
		.hostile = hostile,
	};
	while (INT64_C(1) << (2 * set->half_bits) < count)
		set->half_bits++;
}

/* A shuffle of the numbers below 4^half_bits (a Feistel network): no two
 * become the same, and none is kept in a table. */
static uint64_t
shuffle(const struct sim_member_set *set, uint64_t number)
{
	uint64_t mask = (UINT64_C(1) << set->half_bits) - 1;
	uint64_t left = number >> set->half_bits, right = number & mask;
	uint64_t kept;
	uint64_t round;

	for (round = 0; round < ROUNDS; round++) {
		kept = right;
		right =
		    left ^ (sim_random_mix(set->seed + round, right) & mask);
		left = kept;
	}
	return left << set->half_bits | right;
}

/* The hostile ones come in the order of their table: page 1 has the
 * classics. The others are shuffled again until they land inside. */
static int64_t
id_at(const struct sim_member_set *set, int64_t index)
{
	uint64_t id = (uint64_t)index;

	if (set->hostile || index >= set->count)
		return index;
	do {
		id = shuffle(set, id);
	} while (id >= (uint64_t)set->count);
	return (int64_t)id;
}

static const char *
regular_account(int64_t id)
{
	size_t i;

	for (i = 0; i < COUNT(regulars); i++) {
		if (regulars[i].id == id)
			return regulars[i].account;
	}
	return NULL;
}

static const char *
pick(const char *const *list, size_t count, uint64_t mixed)
{
	return list[mixed % count];
}

/* Shapes 0 to 19, as likely as each other; 18 and 19 are not ASCII. */
static int
write_account(uint64_t mixed, int64_t id, char *out, size_t size)
{
	uint64_t more = mixed / 20;
	const char *handle = pick(handles, COUNT(handles), more);
	const char *adjective = pick(adjectives, COUNT(adjectives), more);
	const char *noun = pick(nouns, COUNT(nouns), more / 16);

	switch (mixed % 20) {
	case 6:
	case 7:
	case 8:
		return snprintf(out, size, "%s%" PRId64, handle, id);
	case 9:
	case 10:
	case 11:
		return snprintf(out, size, "%s_%s_%" PRId64, adjective, noun,
		    id);
	case 12:
	case 13:
		return snprintf(out, size, "user%07" PRId64, id);
	case 14:
		return snprintf(out, size, "xX_%s_%" PRId64 "_Xx", noun, id);
	case 15:
		return snprintf(out, size, "u-%08" PRIx32,
		    (uint32_t)id * UINT32_C(2654435761));
	case 16:
		return snprintf(out, size, "1381%07" PRId64, id);
	case 17:
		return snprintf(out, size, "%s.%s+%" PRId64, handle, noun, id);
	case 18:
	case 19:
		return snprintf(out, size, "%s%" PRId64,
		    pick(foreign, COUNT(foreign), more), id);
	default:
		return snprintf(out, size, "guest_%04" PRId64, id);
	}
}

/* Seconds from the base to the end of a ban. */
static int64_t
life_s(uint64_t mixed)
{
	static const struct {
		unsigned below; /* of a hundred */
		int64_t from_s;
		int64_t to_s;
	} spread[] = {
		{ 6, -3 * DAY_S, -10 },
		{ 11, 10, 90 },
		{ 23, 90, HOUR_S },
		{ 47, HOUR_S, DAY_S },
		{ 76, DAY_S, 2 * WEEK_S },
		{ 90, 2 * WEEK_S, 26 * WEEK_S },
	};
	unsigned lot = (unsigned)(mixed % 100);
	uint64_t width;
	size_t i;

	for (i = 0; i < COUNT(spread); i++) {
		if (lot >= spread[i].below)
			continue;
		width = (uint64_t)(spread[i].to_s - spread[i].from_s);
		return spread[i].from_s + (int64_t)(mixed / 100 % width);
	}
	return SIM_FOREVER_S;
}

/* Moments that no ban can have, for some of the hostile members. */
static int64_t
odd_moment(uint64_t mixed)
{
	static const int64_t moments[] = { 0, -1, -2208988800, 1, 2147483648,
		253402300799, 253402300800, 9007199254740991 };

	return moments[mixed % COUNT(moments)];
}

void
sim_member_at(const struct sim_member_set *set, int64_t index,
    struct sim_member *out)
{
	int64_t id = id_at(set, index);
	uint64_t mixed = sim_random_mix(set->seed, (uint64_t)id);
	const char *known = regular_account(id);
	int len;

	out->until_s = set->base_s + life_s(mixed);
	if (set->hostile) {
		out->account_len =
		    sim_hostile_text(id, out->account, sizeof(out->account));
		if (mixed % 16 == 0)
			out->until_s = odd_moment(mixed / 16);
		return;
	}
	if (known != NULL) {
		len = snprintf(out->account, sizeof(out->account), "%s", known);
	} else {
		len = write_account(mixed / 4294967296U, id, out->account,
		    sizeof(out->account));
	}
	out->account_len = (size_t)len;
}
