#include "bantop/view/group_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static void
group_at(size_t index, struct group_row *out, void *user)
{
	static const char *const ids[] = { "@TGS#aDEMO00001", "friday-live",
		"@TGS#_a-group-whose-id-is-longer-than-most-are",
		"gr\xe5\x85\xac\x1b[1m", "@TGS#bGONE" };
	static const char *const names[] = { "Friday Live", "",
		"\xe5\x91\xa8\xe4\xba\x94\xe7\x9b\xb4\xe6\x92\xad", "any\nname",
		"" };
	size_t i = index % 5;

	*out = (struct group_row){ .kind = i == 0 ? GROUP_ROW_PINNED
		    : i < 2                       ? GROUP_ROW_RECENT
		                                  : GROUP_ROW_FETCHED,
		.digit = i == 0 ? 1 : -1,
		.id = ids[i],
		.id_len = strlen(ids[i]),
		.name = names[i],
		.name_len = strlen(names[i]),
		.type = i == 1 ? "" : "Public",
		.member_num = i == 1 ? -1 : (int64_t)i * 1234,
		.used_at = i < 2 ? VIEW_RIG_NOW_S - 4000 : 0,
		.fault = i == 4 ? "E10010 no such group" : "" };
	(void)user;
}

static struct group_view
view_of(size_t count, enum group_view_state state)
{
	struct group_view view = { .count = count,
		.total = count,
		.fetched = 3,
		.at = group_at,
		.state = state,
		.cursor = 1,
		.narrow = "",
		.now_s = VIEW_RIG_NOW_S };

	return view;
}

static void
draw(struct view_rig *rig, struct frame_area body)
{
	struct group_view view = view_of(5, GROUP_VIEW_COMPLETE);

	group_view_draw(rig->frame, body, &rig->look, &view);
}

static void
draw_loading(struct view_rig *rig, struct frame_area body)
{
	struct group_view view = view_of(2, GROUP_VIEW_LOADING);

	group_view_draw(rig->frame, body, &rig->look, &view);
}

static void
draw_none(struct view_rig *rig, struct frame_area body)
{
	struct group_view view = view_of(0, GROUP_VIEW_IDLE);

	group_view_draw(rig->frame, body, &rig->look, &view);
}

static void
draw_failed(struct view_rig *rig, struct frame_area body)
{
	struct group_view view = view_of(2, GROUP_VIEW_FAILED);
	struct err err;

	(void)err_set(&err, ERR_SERVICE, 60010, NULL, "not an administrator");
	view.err = &err;
	group_view_draw(rig->frame, body, &rig->look, &view);
}

static void
groups_are_shown_whatever_their_names(void **state)
{
	(void)state;
	view_rig_expect(draw, "choose a group", "groups");
}

static const char long_name[] = "a name of just forty columns, and whole!";

static void
named(size_t index, struct group_row *out, void *user)
{
	group_at(index, out, user);
	out->name = long_name;
	out->name_len = sizeof long_name - 1;
}

static void
a_wide_screen_has_room_for_names(void **state)
{
	struct view_rig rig;
	int cols;

	(void)state;
	for (cols = 80; cols <= 200; cols += 44) {
		struct group_view view = view_of(1, GROUP_VIEW_COMPLETE);
		bool whole;
		char *row;

		view.at = named;
		view_rig_init(&rig, 24, cols);
		group_view_draw(rig.frame, rig.layout.body, &rig.look, &view);
		row = snapshot_row(rig.frame, rig.layout.body.row + 1);
		whole = strstr(row, long_name) != NULL;
		assert_true(whole == (cols >= 124));
		free(row);
		view_rig_release(&rig);
	}
}

static void
state_of_the_list_is_told(void **state)
{
	(void)state;
	view_rig_expect(draw_loading, "choose a group", "groups_loading");
	view_rig_expect(draw_failed, "choose a group", "groups_failed");
}

static void
empty_screen_names_the_next_key(void **state)
{
	(void)state;
	view_rig_expect(draw_none, "choose a group", "groups_none");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_are_shown_whatever_their_names),
		cmocka_unit_test(a_wide_screen_has_room_for_names),
		cmocka_unit_test(state_of_the_list_is_told),
		cmocka_unit_test(empty_screen_names_the_next_key),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
