/*
 * Keys, sizes, failures and time in no order that anybody thought of: the
 * controller must stay on its feet, and never call a list complete that the
 * service has not ended.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "control_rig.h"
#include "scratch.h"
#include "view_rig.h"

enum { STEPS = 500, SEEDS = 6, MANY = 40000 };

struct monkey {
	struct control_rig rig;
	uint64_t random;
	bool many; /* rows: more than are gone over in a turn */
};

static size_t
draw(struct monkey *monkey, size_t below)
{
	monkey->random = monkey->random * UINT64_C(6364136223846793005) +
	    1442695040888963407;
	return (size_t)(monkey->random >> 33) % below;
}

/* Any key of the table; but not those that leave. */
static void
press_any(struct monkey *monkey)
{
	struct keymap *keymap = monkey->rig.context.keymap;
	struct binding binding =
	    keymap_at(keymap, draw(monkey, keymap_count(keymap)));
	char name[KEY_NAME_MAX];
	size_t len, skip;

	if (binding.action == ACTION_QUIT || binding.keys[0] == '\0')
		return;
	for (skip = draw(monkey, 3); skip > 0; skip--)
		if (strchr(binding.keys, ' ') != NULL)
			binding.keys = strchr(binding.keys, ' ') + 1;
	len = strcspn(binding.keys, " ");
	(void)snprintf(name, sizeof name, "%.*s", (int)len, binding.keys);
	(void)control_rig_press(&monkey->rig, name);
}

static void
type_any(struct monkey *monkey)
{
	static const char *const texts[] = { "g1-0", "re:[", "left<1h", "!x",
		"y", "n", "\t", "zz", "ended", "999", "summary", "g2", "   " };

	control_rig_type(&monkey->rig,
	    texts[draw(monkey, sizeof texts / sizeof texts[0])]);
	if (draw(monkey, 2) == 0)
		(void)control_rig_press(&monkey->rig, "Enter");
}

static void
resize_any(struct monkey *monkey)
{
	static const int sizes[][2] = { { 24, 80 }, { 1, 1 }, { 10, 40 },
		{ 5, 20 }, { 60, 200 }, { 4, 19 }, { 12, 30 }, { 500, 200 } };
	size_t at = draw(monkey, sizeof sizes / sizeof sizes[0]);

	control_rig_resize(&monkey->rig, sizes[at][0], sizes[at][1]);
}

static void
change_service(struct monkey *monkey)
{
	static const int codes[] = { 60007, 10007, 10010, 70001, 99999 };
	static const int64_t delays[] = { 0, 10, 100, 3000, SCRIPTED_NEVER_MS };
	struct control_rig *rig = &monkey->rig;

	rig->fail_code = codes[draw(monkey, 5)];
	rig->fails = (int)draw(monkey, 3) * (int)draw(monkey, 2);
	rig->delay_ms = delays[draw(monkey, 5)];
	rig->come = draw(monkey, 5);
	rig->rows =
	    monkey->many ? MANY + draw(monkey, 1000) : draw(monkey, 400);
	rig->nonext = draw(monkey, 8) == 0;
}

static void
step(struct monkey *monkey)
{
	size_t what = draw(monkey, 100);

	if (what < 70)
		press_any(monkey);
	else if (what < 80)
		type_any(monkey);
	else if (what < 83)
		control_rig_paste(&monkey->rig, "x\x1b[201~Q\xff\n");
	else if (what < 87)
		resize_any(monkey);
	else if (what < 91)
		change_service(monkey);
	else if (what < 99)
		control_rig_run_ms(&monkey->rig, (int64_t)draw(monkey, 4000));
	else
		control_wake(monkey->rig.control);
}

static void
run_seed(uint64_t seed)
{
	struct monkey monkey = { .random = seed };
	int i;

	control_rig_init(&monkey.rig);
	monkey.rig.settings->page_size = 10 + (int)draw(&monkey, 91);
	monkey.rig.settings->parallel = 1 + draw(&monkey, 4);
	monkey.rig.settings->interval_s = draw(&monkey, 2) == 0 ? 10 : 0;
	monkey.rig.settings->max_rows = draw(&monkey, 3) == 0 ? 150 : 100000;
	monkey.rig.settings->groups[0] = "alpha";
	monkey.rig.settings->group_count = 1;
	control_rig_open(&monkey.rig);
	for (i = 0; i < STEPS; i++)
		step(&monkey);
	assert_true(control_rig_pages(&monkey.rig) > 3);
	control_rig_release(&monkey.rig);
}

static void
it_stays_on_its_feet_whatever_is_pressed(void **state)
{
	uint64_t seed;

	(void)state;
	for (seed = 1; seed <= SEEDS; seed++)
		run_seed(seed);
}

/* What is typed comes in the middle of what goes over all rows. */
static void
it_stays_on_its_feet_over_many_rows(void **state)
{
	struct monkey monkey = { .random = 7, .many = true };
	struct control_rig *rig = &monkey.rig;
	int i;

	(void)state;
	control_rig_init(rig);
	control_rig_hold_many(rig, MANY);
	rig->settings->groups[0] = "alpha";
	rig->settings->group_count = 1;
	control_rig_open(rig);
	for (i = 0; i < STEPS; i++) {
		if (i % 100 == 0) {
			control_rig_press(rig, "Esc Esc Esc Enter A");
			control_rig_run_ms(rig, 5000);
		}
		if (draw(&monkey, 8) == 0)
			control_rig_press_at_once(rig, "X g / 7 7 Enter n N");
		if (draw(&monkey, 8) == 0)
			control_rig_press_at_once(rig, "> a v G v j Space y");
		step(&monkey);
	}
	assert_true(control_rig_pages(rig) > MANY / 100);
	control_rig_release(rig);
}

/* Every page says that there is another one. */
static void
an_endless_list_is_never_complete_whatever_is_pressed(void **state)
{
	struct monkey monkey = { .random = 99 };
	int i;

	(void)state;
	control_rig_init(&monkey.rig);
	monkey.rig.rows = 1000000;
	control_rig_open(&monkey.rig);
	for (i = 0; i < STEPS; i++) {
		if (draw(&monkey, 4) == 0)
			control_rig_run_ms(&monkey.rig, 500);
		else
			press_any(&monkey);
		control_rig_hides(&monkey.rig, "loaded, complete");
		control_rig_hides(&monkey.rig, "end of list");
	}
	control_rig_release(&monkey.rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    it_stays_on_its_feet_whatever_is_pressed, scratch_enter,
		    scratch_leave),
		cmocka_unit_test_setup_teardown(
		    it_stays_on_its_feet_over_many_rows, scratch_enter,
		    scratch_leave),
		cmocka_unit_test_setup_teardown(
		    an_endless_list_is_never_complete_whatever_is_pressed,
		    scratch_enter, scratch_leave),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
