/*
 * What is remembered: its order, its bounds, and the file.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/app/state.h"
#include "scratch.h"

static struct state remembered;
static struct err err;

static int
enter(void **state)
{
	char folder[1024];

	if (scratch_enter(state) != 0 || getcwd(folder, sizeof(folder)) == NULL)
		return -1;
	state_init(&remembered);
	return setenv("XDG_STATE_HOME", folder, 1);
}

static void
expect_group(size_t index, const char *id)
{
	assert_true(index < remembered.group_count);
	assert_string_equal(remembered.groups[index].id, id);
}

static void
the_last_used_stands_first_behind_the_pinned(void **state)
{
	(void)state;
	state_use_group(&remembered, "sgp", "a", 1);
	state_use_group(&remembered, "sgp", "b", 2);
	state_use_group(&remembered, "sgp", "a", 3);
	expect_group(0, "a");
	expect_group(1, "b");
	assert_true(state_pin_group(&remembered, "sgp", "b", true));
	expect_group(0, "b");
	state_use_group(&remembered, "sgp", "a", 4);
	expect_group(0, "b");
	expect_group(1, "a");
	assert_string_equal(remembered.last_group, "a");
}

static void
pins_keep_their_order(void **state)
{
	(void)state;
	assert_true(state_pin_group(&remembered, "sgp", "a", true));
	assert_true(state_pin_group(&remembered, "sgp", "b", true));
	state_use_group(&remembered, "sgp", "b", 9);
	expect_group(0, "a");
	expect_group(1, "b");
}

static void
a_full_list_drops_the_oldest_never_a_pin(void **state)
{
	char id[32];

	(void)state;
	assert_true(state_pin_group(&remembered, "sgp", "pin", true));
	for (int i = 0; i < STATE_GROUPS_MAX + 5; i++) {
		snprintf(id, sizeof(id), "g%d", i);
		state_use_group(&remembered, "sgp", id, i);
	}
	assert_int_equal(remembered.group_count, STATE_GROUPS_MAX);
	expect_group(0, "pin");
	expect_group(1, id);
	assert_null(state_find_group(&remembered, "sgp", "g0"));
}

static void
no_place_is_left_when_all_are_pinned(void **state)
{
	char id[32];

	(void)state;
	for (int i = 0; i < STATE_GROUPS_MAX; i++) {
		snprintf(id, sizeof(id), "g%d", i);
		assert_true(state_pin_group(&remembered, "sgp", id, true));
	}
	assert_false(state_pin_group(&remembered, "sgp", "more", true));
	state_use_group(&remembered, "sgp", "more", 1);
	assert_int_equal(remembered.group_count, STATE_GROUPS_MAX);
}

static void
the_same_id_in_two_regions_is_two_groups(void **state)
{
	(void)state;
	state_use_group(&remembered, "sgp", "a", 1);
	state_use_group(&remembered, "kr", "a", 2);
	assert_int_equal(remembered.group_count, 2);
	state_forget_group(&remembered, "sgp", "a");
	assert_int_equal(remembered.group_count, 1);
	assert_null(state_find_group(&remembered, "sgp", "a"));
}

static void
the_file_brings_everything_back(void **state)
{
	struct state again;
	struct stat status;

	(void)state;
	state_use_region(&remembered, "sgp", 77);
	state_use_group(&remembered, "sgp", "@TGS#a team blue", 78);
	assert_true(state_pin_group(&remembered, "kr", "pin", true));
	remembered.time = BANS_TIME_MOMENT;
	assert_true(state_save(&remembered, &err));
	assert_int_equal(stat("bantop/state", &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_true(state_load(&again, &err));
	assert_memory_equal(&again, &remembered, sizeof(again));
	assert_int_equal(state_region_used_at(&again, "sgp"), 77);
}

static void
no_file_is_an_empty_state(void **state)
{
	(void)state;
	assert_true(state_load(&remembered, &err));
	assert_int_equal(remembered.group_count, 0);
}

static void
damaged_lines_are_left_out(void **state)
{
	static const char text[] = "group\tsgp\tx\trecent\ta\n"
	                           "group\tsgp\t5\trecent\n"
	                           "nonsense\n"
	                           "\n"
	                           "group\tsgp\t5\trecent\ta\x1b[2Jb\n"
	                           "group\tsgp\t5\trecent\tgood\n"
	                           "time\tsoon\n"
	                           "group\tsgp\t6\trecent\tcut";
	int fd;

	(void)state;
	assert_int_equal(mkdir("bantop", 0700), 0);
	fd = open("bantop/state", O_WRONLY | O_CREAT, 0600);
	assert_int_equal(write(fd, text, sizeof(text) - 1), sizeof(text) - 1);
	close(fd);
	assert_true(state_load(&remembered, &err));
	assert_int_equal(remembered.group_count, 1);
	expect_group(0, "good");
	assert_int_equal(remembered.time, BANS_TIME_BY_NEED);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, enter, scratch_leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_last_used_stands_first_behind_the_pinned),
		TEST(pins_keep_their_order),
		TEST(a_full_list_drops_the_oldest_never_a_pin),
		TEST(no_place_is_left_when_all_are_pinned),
		TEST(the_same_id_in_two_regions_is_two_groups),
		TEST(the_file_brings_everything_back),
		TEST(no_file_is_an_empty_state),
		TEST(damaged_lines_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
