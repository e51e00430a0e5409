#include "bantop/sim/groups.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct sim_world world = {
	.seed = 1,
	.members = 137,
	.groups = 500,
	.start_s = 1700000000,
};

static bool
find(const struct sim_world *where, const char *id, struct sim_group *out)
{
	return sim_group_find(where, id, strlen(id), out);
}

static void
every_listed_group_is_found_by_its_id(void **state)
{
	struct sim_group listed, found;
	int64_t i;

	(void)state;
	for (i = 0; i < world.groups; i++) {
		sim_group_at(&world, i, &listed);
		assert_true(sim_group_id_is_valid(listed.id, listed.id_len));
		assert_true(sim_group_find(&world, listed.id, listed.id_len,
		    &found));
		assert_int_equal(found.index, i);
		assert_int_equal(found.bans.count, listed.bans.count);
		assert_true(sim_group_type_exists(found.type));
		assert_string_equal(found.name, listed.name);
	}
}

static void
hostile_groups_are_found_too(void **state)
{
	struct sim_world hostile = world;
	struct sim_group listed, found;
	int64_t i, invalid = 0;

	(void)state;
	hostile.hostile = true;
	for (i = 0; i < hostile.groups; i++) {
		sim_group_at(&hostile, i, &listed);
		invalid += !sim_group_id_is_valid(listed.id, listed.id_len);
		assert_true(sim_group_find(&hostile, listed.id, listed.id_len,
		    &found));
		assert_int_equal(found.index, i);
	}
	assert_true(invalid > 50);
}

static void
some_groups_have_a_list_that_tests_rely_on(void **state)
{
	struct sim_group group;

	(void)state;
	assert_true(find(&world, "@TGS#aDEMO00001", &group));
	assert_int_equal(group.bans.count, 137);
	assert_string_equal(group.name, "Friday Live");
	assert_string_equal(group.type, "AVChatRoom");
	assert_true(find(&world, "empty-room", &group));
	assert_int_equal(group.bans.count, 0);
	assert_true(find(&world, "one-ban", &group));
	assert_int_equal(group.bans.count, 1);
	assert_true(find(&world, "full-page", &group));
	assert_int_equal(group.bans.count, 100);
	assert_true(find(&world, "@TGS#_@TGS#cDEMO00001", &group));
	assert_string_equal(group.type, "Community");
	assert_true(find(&world, "team blue", &group));
	assert_true(group.bans.count > 0);
}

static void
nothing_else_is_found(void **state)
{
	static const char *const ids[] = { "", "nope", "Empty-Room", "room-0",
		"room-00500", "room-99999999999999999999", "empty-room ",
		"@TGS#aDEMO0000", "7" };
	struct sim_world few = world;
	struct sim_group group, other;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		assert_false(find(&world, ids[i], &group));
	/* Beyond those that are listed only the known dozen is there. */
	sim_group_at(&world, 400, &group);
	few.groups = 3;
	assert_false(sim_group_find(&few, group.id, group.id_len, &other));
	assert_true(find(&few, "empty-room", &group));
}

static void
ids_are_short_printable_ascii(void **state)
{
	char text[97];

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_true(sim_group_id_is_valid(text, 96));
	assert_false(sim_group_id_is_valid(text, 97));
	assert_false(sim_group_id_is_valid("", 0));
	assert_false(sim_group_id_is_valid("a\nb", 3));
	assert_false(sim_group_id_is_valid("caf\xc3\xa9", 5));
	assert_true(sim_group_id_is_valid("team blue", 9));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_listed_group_is_found_by_its_id),
		cmocka_unit_test(hostile_groups_are_found_too),
		cmocka_unit_test(some_groups_have_a_list_that_tests_rely_on),
		cmocka_unit_test(nothing_else_is_found),
		cmocka_unit_test(ids_are_short_printable_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
