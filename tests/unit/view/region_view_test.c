#include "bantop/view/region_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static void
draw(struct view_rig *rig, struct frame_area body)
{
	int64_t now_s = VIEW_RIG_NOW_S;
	struct err err;
	const struct region_row rows[] = {
		{ "cn", "China", "console.tim.qq.com", "", 0, NULL },
		{ "sgp", "Singapore", "adminapisgp.im.qcloud.com", "",
		    now_s - 7200, NULL },
		{ "kr", "Seoul", "adminapikr.im.qcloud.com", "", now_s - 30,
		    &err },
		{ "ind", "Mumbai", "adminapiind.im.qcloud.com", "legacy", 0,
		    NULL },
		{ "ksa", "Saudi Arabia, Riyadh", "adminapiksa.im.qcloud.com",
		    "unverified", now_s - 3 * 86400, NULL },
	};
	const struct region_view view = { .rows = rows,
		.count = 5,
		.total = 5,
		.cursor = 1,
		.narrow = "",
		.now_s = now_s };

	(void)err_set(&err, ERR_SERVICE, 60006, NULL, "no such application");
	assert_true(region_view_window(body) >= 4);
	region_view_draw(rig->frame, body, &rig->look, &view);
}

static void
draw_none(struct view_rig *rig, struct frame_area body)
{
	const struct region_view view = { .total = 9, .narrow = "\x1b[zz" };

	region_view_draw(rig->frame, body, &rig->look, &view);
}

static void
regions_are_shown_with_host_use_and_trouble(void **state)
{
	(void)state;
	view_rig_expect(draw, "choose a region", "regions");
}

static void
no_match_says_how_to_go_on(void **state)
{
	(void)state;
	view_rig_expect(draw_none, "choose a region", "regions_none");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(regions_are_shown_with_host_use_and_trouble),
		cmocka_unit_test(no_match_says_how_to_go_on),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
