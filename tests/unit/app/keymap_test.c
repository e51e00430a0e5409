/*
 * The table of keys: it is sound, it is found, it can be changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/keymap.h"

static struct keymap *keymap;

static int
set_up(void **state)
{
	(void)state;
	keymap = keymap_create();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	keymap_destroy(keymap);
	return 0;
}

static enum action
find(const char *name, unsigned place)
{
	struct key key;

	assert_true(key_parse(name, strlen(name), &key));
	return keymap_find(keymap, key, place);
}

/* Two rows with one key in one place: the second could never be reached. */
static void
check_key(size_t row, const char *name, size_t len)
{
	struct binding one = keymap_at(keymap, row), other;
	struct key key;
	size_t i;

	if (!key_parse(name, len, &key))
		fail_msg("%s: no key is named %.*s", one.name, (int)len, name);
	for (i = 0; i < row; i++) {
		other = keymap_at(keymap, i);
		if ((other.where & one.where) != 0 &&
		    keymap_find(keymap, key, other.where & one.where) ==
		        other.action)
			fail_msg("%.*s: both %s and %s", (int)len, name,
			    other.name, one.name);
	}
}

static void
every_key_is_a_key_and_means_one_thing_in_one_place(void **state)
{
	const char *keys;
	size_t i, len;

	(void)state;
	for (i = 0; i < keymap_count(keymap); i++) {
		keys = keymap_at(keymap, i).keys;
		assert_true(strlen(keys) > 0);
		while (*keys != '\0') {
			len = strcspn(keys, " ");
			check_key(i, keys, len);
			keys += len;
			keys += strspn(keys, " ");
		}
	}
}

static void
every_row_says_what_it_does(void **state)
{
	struct binding binding;
	size_t i;

	(void)state;
	for (i = 0; i < keymap_count(keymap); i++) {
		binding = keymap_at(keymap, i);
		assert_true(strlen(binding.help) > 0);
		assert_true(strlen(binding.section) > 0);
		assert_int_equal(keymap_find_name(keymap, binding.name,
		                     strlen(binding.name), binding.where),
		    binding.action);
	}
}

static void
the_same_key_does_another_thing_in_another_place(void **state)
{
	(void)state;
	assert_int_equal(find("R", KEYMAP_GROUP), ACTION_FETCH_GROUPS);
	assert_int_equal(find("R", KEYMAP_BANS), ACTION_REFRESH);
	assert_int_equal(find("R", KEYMAP_REGION), ACTION_NONE);
	assert_int_equal(find("/", KEYMAP_REGION), ACTION_NARROW);
	assert_int_equal(find("/", KEYMAP_BANS), ACTION_FIND);
	assert_int_equal(find("n", KEYMAP_BANS), ACTION_FIND_NEXT);
	assert_int_equal(find("n", KEYMAP_DETAILS), ACTION_NICKNAME);
}

static void
a_key_that_is_given_away_is_taken_from_who_had_it(void **state)
{
	struct err err = { .kind = ERR_NONE };

	(void)state;
	assert_true(keymap_set(keymap, "load_all", "F6 R", &err));
	assert_int_equal(find("F6", KEYMAP_BANS), ACTION_LOAD_ALL);
	assert_int_equal(find("R", KEYMAP_BANS), ACTION_LOAD_ALL);
	assert_int_equal(find("F5", KEYMAP_BANS), ACTION_REFRESH);
	assert_int_equal(find("A", KEYMAP_BANS), ACTION_NONE);
	assert_int_equal(find("R", KEYMAP_GROUP), ACTION_FETCH_GROUPS);
}

static enum action
named(const char *name, unsigned place)
{
	return keymap_find_name(keymap, name, strlen(name), place);
}

static void
a_name_may_be_begun_as_long_as_it_is_the_only_one(void **state)
{
	(void)state;
	assert_int_equal(named("q", KEYMAP_BANS), ACTION_QUIT);
	assert_int_equal(named("load", KEYMAP_BANS), ACTION_LOAD_ALL);
	assert_int_equal(named("load", KEYMAP_GROUP), ACTION_NONE);
	assert_int_equal(named("h", KEYMAP_BANS), ACTION_NONE);
	/* A whole name is itself, also where longer ones begin with it. */
	assert_int_equal(named("find", KEYMAP_BANS), ACTION_FIND);
	assert_int_equal(named("", KEYMAP_BANS), ACTION_NONE);
}

static void
a_bad_name_is_refused_and_changes_nothing(void **state)
{
	struct err err = { .kind = ERR_NONE };

	(void)state;
	assert_false(keymap_set(keymap, "load_everything", "A", &err));
	assert_int_equal(err.kind, ERR_CONFIG);
	assert_non_null(strstr(err.text, "load_everything"));
	assert_false(keymap_set(keymap, "load_all", "Hyper-Q", &err));
	assert_non_null(strstr(err.text, "Hyper-Q"));
	assert_int_equal(find("A", KEYMAP_BANS), ACTION_LOAD_ALL);
}

static void
the_first_key_is_the_one_that_hints_show(void **state)
{
	char name[KEY_NAME_MAX];

	(void)state;
	assert_string_equal(keymap_key_name(keymap, ACTION_DETAILS, KEYMAP_BANS,
	                        name),
	    "Enter");
	assert_string_equal(keymap_key_name(keymap, ACTION_PIN, KEYMAP_BANS,
	                        name),
	    "");
}

#define WITH_KEYMAP(test) \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_KEYMAP(
		    every_key_is_a_key_and_means_one_thing_in_one_place),
		WITH_KEYMAP(every_row_says_what_it_does),
		WITH_KEYMAP(the_same_key_does_another_thing_in_another_place),
		WITH_KEYMAP(a_key_that_is_given_away_is_taken_from_who_had_it),
		WITH_KEYMAP(a_name_may_be_begun_as_long_as_it_is_the_only_one),
		WITH_KEYMAP(a_bad_name_is_refused_and_changes_nothing),
		WITH_KEYMAP(the_first_key_is_the_one_that_hints_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
