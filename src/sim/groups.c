/*
 * The groups. The first dozen stand in a table; any further one is made from
 * its index, which its id ends with, so that finding one needs no search.
 * In a hostile world the further groups have hostile names, and some have ids
 * that nobody should print.
 */
#include "bantop/sim/groups.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bantop/base/num.h"
#include "bantop/sim/hostile.h"
#include "bantop/sim/random.h"

enum { ID_BYTES_MAX = 96, OWN_COUNT = -1, DEFAULT_COUNT = -2, DAY_S = 86400 };

static const struct character {
	const char *id;
	const char *type;
	const char *name;
	int64_t bans; /* or OWN_COUNT, DEFAULT_COUNT */
} characters[] = {
	{ "@TGS#aDEMO00001", "AVChatRoom", "Friday Live", DEFAULT_COUNT },
	{ "friday-live", "AVChatRoom", "Friday Live, back row", OWN_COUNT },
	{ "lobby-01", "Public", "Lobby", OWN_COUNT },
	{ "@TGS#_@TGS#cDEMO00001", "Community", "Town Square", OWN_COUNT },
	{ "team blue", "Private", "Team Blue", OWN_COUNT },
	{ "empty-room", "ChatRoom", "Empty Room", 0 },
	{ "one-ban", "ChatRoom", "One Ban", 1 },
	{ "full-page", "Public", "Exactly a hundred", 100 },
	{ "@TGS#aDEMO00002", "AVChatRoom", "週末ライブ", OWN_COUNT },
	{ "@TGS#2DEMO00003", "Public", "Łódź meet-up ☕", OWN_COUNT },
	{ "help-desk", "Private", "Help desk", OWN_COUNT },
	{ "broadcast-1", "BChatRoom", "Announcements", OWN_COUNT },
};

static const char *const types[] = { "Public", "Private", "ChatRoom",
	"AVChatRoom", "BChatRoom", "Community" };
static const char *const owners[] = { "host_1", "administrator", "mira",
	"ops_lead", "" };
static const char *const topics[] = { "Karaoke", "Speedrun", "Cooking", "Chess",
	"Morning show", "Quiz night", "Flea market", "Film club" };

#define COUNT(list) ((int64_t)(sizeof(list) / sizeof((list)[0])))

static void
set_name(struct sim_group *group, const char *name)
{
	int len = snprintf(group->name, sizeof(group->name), "%s", name);

	group->name_len = (size_t)len;
}

static void
set_id(struct sim_group *group, const char *format, int64_t number)
{
	int len;

	if (format[0] == '@')
		len = snprintf(group->id, sizeof(group->id),
		    "@TGS#aROOM%05" PRId64, number);
	else
		len = snprintf(group->id, sizeof(group->id), "room-%05" PRId64,
		    number);
	group->id_len = (size_t)len;
}

/* A group behind the table: what it is called. */
static void
invent(const struct sim_world *world, struct sim_group *group, uint64_t mixed)
{
	int64_t topic = (int64_t)(mixed / 64 % (uint64_t)COUNT(topics));
	int len;

	set_id(group, mixed % 2 == 0 ? "@" : "room", group->index);
	group->type = types[mixed / 2 % (uint64_t)COUNT(types)];
	if (world->hostile) {
		group->name_len =
		    sim_hostile_text(group->index - COUNT(characters),
		        group->name, sizeof(group->name));
		return;
	}
	len = snprintf(group->name, sizeof(group->name), "%s %" PRId64,
	    topics[topic], group->index);
	group->name_len = (size_t)len;
}

/* In a hostile world some ids hold bytes that no id may hold. */
static void
spoil_id(struct sim_group *group)
{
	static const char *const prefixes[] = { "\x1b[31m", "a\nb-",
		"\xe2\x80\xae", "$(id)-", "=1+1-", "\xff-" };
	char plain[SIM_GROUP_ID_MAX];
	int len;

	if (group->index % 4 != 1)
		return;
	snprintf(plain, sizeof(plain), "%s", group->id);
	len = snprintf(group->id, sizeof(group->id), "%s%.64s",
	    prefixes[group->index / 4 % COUNT(prefixes)], plain);
	group->id_len = (size_t)len;
}

static void
fill(const struct sim_world *world, struct sim_group *group)
{
	uint64_t mixed =
	    sim_random_mix(world->seed ^ 0x67726F75U, (uint64_t)group->index);
	int64_t bans = OWN_COUNT;
	const struct character *known;
	int len;

	if (group->index < COUNT(characters)) {
		known = &characters[group->index];
		len = snprintf(group->id, sizeof(group->id), "%s", known->id);
		group->id_len = (size_t)len;
		group->type = known->type;
		set_name(group, known->name);
		bans = known->bans;
	} else {
		invent(world, group, mixed);
		if (world->hostile)
			spoil_id(group);
	}
	if (bans == OWN_COUNT)
		bans = 3 + (int64_t)(mixed / 512 % 400);
	if (bans == DEFAULT_COUNT)
		bans = world->members;
	group->owner = owners[mixed / 4096 % (uint64_t)COUNT(owners)];
	group->created_s =
	    world->start_s - DAY_S * (1 + (int64_t)(mixed / 32768 % 700));
	group->member_num = 2 + (int64_t)(mixed / 65536 % 5000);
	group->member_max = strcmp(group->type, "AVChatRoom") == 0 ? 0 : 6000;
	sim_member_set_init(&group->bans, world->seed, (uint64_t)group->index,
	    bans, world->start_s, world->hostile);
}

void
sim_group_at(const struct sim_world *world, int64_t index,
    struct sim_group *out)
{
	out->index = index;
	fill(world, out);
}

/* The number at the end of an id that was made here, or -1. */
static int64_t
trailing_number(const char *id, size_t len)
{
	size_t at = len;
	int64_t number;

	while (at > 0 && id[at - 1] >= '0' && id[at - 1] <= '9')
		at--;
	while (at < len && len - at > 1 && id[at] == '0')
		at++;
	if (!num_parse(id + at, len - at, 0, INT32_MAX, &number))
		return -1;
	return number;
}

static bool
is_called(const struct sim_group *group, const char *id, size_t len)
{
	return group->id_len == len && memcmp(group->id, id, len) == 0;
}

bool
sim_group_find(const struct sim_world *world, const char *id, size_t len,
    struct sim_group *out)
{
	int64_t i;

	for (i = 0; i < COUNT(characters); i++) {
		sim_group_at(world, i, out);
		if (is_called(out, id, len))
			return true;
	}
	i = trailing_number(id, len);
	if (i < COUNT(characters) || i >= world->groups)
		return false;
	sim_group_at(world, i, out);
	return is_called(out, id, len);
}

bool
sim_group_id_is_valid(const char *id, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (id[i] < 0x20 || id[i] > 0x7E)
			return false;
	}
	return len > 0 && len <= ID_BYTES_MAX;
}

bool
sim_group_type_exists(const char *type)
{
	int64_t i;

	for (i = 0; i < COUNT(types); i++) {
		if (strcmp(types[i], type) == 0)
			return true;
	}
	return false;
}
