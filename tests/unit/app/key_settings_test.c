/*
 * The user's own keys over the table of keys.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/key_settings.h"

static struct settings *settings;
static struct err err;

static int
enter(void **state)
{
	(void)state;
	settings = settings_create();
	return 0;
}

static int
leave(void **state)
{
	(void)state;
	settings_destroy(settings);
	return 0;
}

static enum action
find(const char *name)
{
	struct keymap *keymap = key_settings_keymap(settings);
	enum action action;
	struct key key;

	assert_true(key_parse(name, strlen(name), &key));
	action = keymap_find(keymap, key, KEYMAP_BANS);
	keymap_destroy(keymap);
	return action;
}

static void
a_key_of_the_user_takes_the_place_of_the_tables(void **state)
{
	(void)state;
	assert_int_equal(find("A"), ACTION_LOAD_ALL);
	assert_true(key_settings_add(settings, "load_all", "F9 Z", &err));
	assert_int_equal(find("F9"), ACTION_LOAD_ALL);
	assert_int_equal(find("Z"), ACTION_LOAD_ALL);
	assert_int_equal(find("A"), ACTION_NONE);
}

static void
what_no_keyboard_has_is_refused(void **state)
{
	(void)state;
	assert_false(key_settings_add(settings, "load_all", "Hyper-x", &err));
	assert_int_equal(err.kind, ERR_CONFIG);
	assert_false(key_settings_add(settings, "fly", "x", &err));
	assert_int_equal(settings->key_count, 0);
}

static void
the_page_names_the_keys_in_force(void **state)
{
	struct buf page;

	(void)state;
	assert_true(key_settings_add(settings, "load_all", "F9", &err));
	buf_init(&page, 65536);
	key_settings_write(settings, &page);
	assert_non_null(strstr(buf_text(&page),
	    "\n  F9                   load_all"));
	assert_null(strstr(buf_text(&page),
	    "\n  A                    load_all"));
	buf_release(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_key_of_the_user_takes_the_place_of_the_tables, enter,
		    leave),
		cmocka_unit_test_setup_teardown(what_no_keyboard_has_is_refused,
		    enter, leave),
		cmocka_unit_test_setup_teardown(
		    the_page_names_the_keys_in_force, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
