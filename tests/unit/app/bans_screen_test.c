/*
 * Keys that come faster than the program turns: the second is about what the
 * first has opened, though nothing of it has been drawn yet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "control_rig.h"
#include "view_rig.h"

static void
open_rig(struct control_rig *rig)
{
	control_rig_init(rig);
	rig->settings->groups[0] = "alpha";
	rig->settings->group_count = 1;
	control_rig_open(rig);
}

static void
any_key_may_follow_one_that_opens_a_group(void **state)
{
	struct keymap *keymap = keymap_create();
	char name[KEY_NAME_MAX];
	struct control_rig rig;
	struct binding binding;
	size_t i;

	(void)state;
	for (i = 0; i < keymap_count(keymap); i++) {
		binding = keymap_at(keymap, i);
		if ((binding.where & KEYMAP_BANS) == 0)
			continue;
		(void)snprintf(name, sizeof name, "%.*s",
		    (int)strcspn(binding.keys, " "), binding.keys);
		open_rig(&rig);
		control_rig_press(&rig, "G");
		control_rig_press_at_once(&rig, "1");
		control_rig_press_at_once(&rig, name);
		control_rig_run_ms(&rig, 500);
		control_rig_release(&rig);
	}
	keymap_destroy(keymap);
}

static void
what_is_copied_behind_it_is_not_of_the_group_before(void **state)
{
	struct control_rig rig;

	(void)state;
	open_rig(&rig);
	control_rig_press(&rig, "y");
	assert_string_equal(buf_text(&rig.context.copy), "g1-000");
	control_rig_press_at_once(&rig, "1");
	control_rig_press_at_once(&rig, "y");
	control_rig_turn(&rig);
	control_rig_shows(&rig, "no row to copy");
	assert_string_equal(buf_text(&rig.context.copy), "");
	control_rig_release(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_key_may_follow_one_that_opens_a_group),
		cmocka_unit_test(
		    what_is_copied_behind_it_is_not_of_the_group_before),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
