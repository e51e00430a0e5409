#include "bantop/view/changes_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static void
change_at(size_t index, struct change_row *out, void *user)
{
	static const char *const accounts[] = { "new_one", "ended_one",
		"lifted\xe2\x80\xaeone",
		"moved-and-long-enough-to-be-cut-in-the-middle" };

	(void)user;
	*out = (struct change_row){ .kind = (enum change_kind)(index % 4),
		.account = accounts[index % 4],
		.account_len = strlen(accounts[index % 4]),
		.before_s = VIEW_RIG_NOW_S - 60,
		.after_s = VIEW_RIG_NOW_S + 7200 };
}

static struct changes_view
view_of(bool complete)
{
	struct changes_view view = { .count = 4,
		.by_kind = { 1, 1, 1, 1 },
		.at = change_at,
		.comparable = true,
		.complete = complete,
		.before_at = VIEW_RIG_NOW_S - 900,
		.after_at = VIEW_RIG_NOW_S,
		.cursor = 1 };

	return view;
}

static void
draw(struct view_rig *rig, struct frame_area body)
{
	struct changes_view view = view_of(true);

	changes_view_draw(rig->frame, body, &rig->look, &view);
}

static void
draw_partial(struct view_rig *rig, struct frame_area body)
{
	struct changes_view view = view_of(false);

	changes_view_draw(rig->frame, body, &rig->look, &view);
}

static void
draw_one(struct view_rig *rig, struct frame_area body)
{
	struct changes_view view = { .at = change_at };

	changes_view_draw(rig->frame, body, &rig->look, &view);
}

static void
each_kind_of_change_is_shown(void **state)
{
	(void)state;
	view_rig_expect(draw, "", "changes");
}

static void
what_is_gone_from_a_part_is_not_claimed(void **state)
{
	(void)state;
	view_rig_expect(draw_partial, "", "changes_partial");
}

static void
one_load_has_nothing_to_compare(void **state)
{
	(void)state;
	view_rig_expect(draw_one, "", "changes_none");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_change_is_shown),
		cmocka_unit_test(what_is_gone_from_a_part_is_not_claimed),
		cmocka_unit_test(one_load_has_nothing_to_compare),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
