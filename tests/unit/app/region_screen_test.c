#include "bantop/app/region_screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "control_rig.h"
#include "view_rig.h"

static bool
region_row_has(struct control_rig *rig, const char *text)
{
	char row[512];
	const char *at;

	control_rig_shows(rig, "choose a region");
	at = strstr(buf_text(&rig->text), "> sgp");
	assert_non_null(at);
	(void)snprintf(row, sizeof row, "%.*s", (int)strcspn(at, "\n"), at);
	return strstr(row, text) != NULL;
}

/* What was wrong with a group is not wrong with its region. */
static void
a_region_shows_what_concerns_it(void **state)
{
	static const struct {
		int code, status;
		const char *shown;
		bool there;
	} cases[] = {
		{ 10010, 0, "E10010", false },
		{ 10007, 0, "E10007", false },
		{ 70050, 0, "E70050", true },
		{ 0, 404, "404", true },
	};
	struct control_rig *rig = *state;
	size_t i;

	control_rig_open(rig);
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		rig->fail_code = cases[i].code;
		rig->fail_status = cases[i].status;
		rig->fails = -1;
		control_rig_press(rig, "R");
		control_rig_run_ms(rig, 20000);
		control_rig_press(rig, "e");
		control_rig_shows(rig, cases[i].shown);
		control_rig_press(rig, "q q q");
		assert_true(region_row_has(rig, cases[i].shown) ==
		    cases[i].there);
		rig->fails = 0;
		control_rig_press(rig, "Enter i");
		control_rig_type(rig, "g1");
		control_rig_press(rig, "Enter");
		control_rig_run_ms(rig, 2000);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_region_shows_what_concerns_it,
		    control_rig_set_up, control_rig_tear_down),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
