#include "bantop/view/details_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static void
draw_over_table(struct view_rig *rig, struct frame_area body,
    const struct details_view *view)
{
	view_rig_add_mixed(rig);
	view_rig_draw_bans(rig);
	details_view_draw(rig->frame, view_pane_area(body, DETAILS_VIEW_ROWS),
	    &rig->look, view);
}

static void
draw(struct view_rig *rig, struct frame_area body)
{
	struct details_view view = { .now_s = VIEW_RIG_NOW_S,
		.page = 3,
		.offset = 200,
		.first_seen_at = VIEW_RIG_NOW_S - 600,
		.last_seen_at = VIEW_RIG_NOW_S - 11,
		.nick_state = DETAILS_NICK_UNASKED };

	view_rig_add(rig, "first", 4 * 60 + 12);
	view.ban = ban_list_at(rig->list, 0);
	draw_over_table(rig, body, &view);
}

static void
draw_odd(struct view_rig *rig, struct frame_area body)
{
	static const char account[] = "\xe5\xbc\xa0\xe2\x80\xaez\xff";
	struct err err;
	struct details_view view = { .now_s = VIEW_RIG_NOW_S,
		.page = 1,
		.marked = true,
		.nick_state = DETAILS_NICK_FAILED,
		.nick_err = &err };

	(void)err_set(&err, ERR_SERVICE, 40003, NULL, "no such account");
	view_rig_add_raw(rig, account, sizeof account - 1,
	    INT64_C(999999999999), BAN_UNUSABLE);
	view.ban = ban_list_at(rig->list, 0);
	draw_over_table(rig, body, &view);
}

static void
all_that_is_known_is_shown(void **state)
{
	(void)state;
	view_rig_expect(draw, "", "details");
}

static void
odd_accounts_are_shown_by_their_code_points(void **state)
{
	(void)state;
	view_rig_expect(draw_odd, "", "details_odd");
}

/* The row that holds @p words in a pane with this nickname; NULL if none. */
static bool
says(enum details_nick nick_state, const char *nick, const char *words)
{
	struct details_view view = { .ban = { .account = "one",
		                         .account_len = 3 },
		.nick_state = nick_state,
		.nick = nick,
		.nick_len = strlen(nick) };
	struct view_rig rig;
	struct buf text;
	struct err err;
	bool found;

	view_rig_init(&rig, 24, 80);
	details_view_draw(rig.frame, rig.layout.body, &rig.look, &view);
	buf_init(&text, 100000);
	assert_true(frame_write_text(rig.frame, &text, &err));
	found = strstr(text.data, words) != NULL;
	buf_release(&text);
	view_rig_release(&rig);
	return found;
}

static void
nickname_has_four_states(void **state)
{
	(void)state;
	assert_true(says(DETAILS_NICK_UNASKED, "", "nickname   n fetches it"));
	assert_true(says(DETAILS_NICK_LOADING, "", "nickname   loading"));
	assert_true(says(DETAILS_NICK_KNOWN, "", "nickname   never set"));
	assert_true(says(DETAILS_NICK_KNOWN, "B\x1b", "B<U+001B>"));
	assert_true(says(DETAILS_NICK_FAILED, "", "nickname   not loaded"));
}

static void
pane_scrolls_to_its_last_line(void **state)
{
	struct details_view view = { .ban = { .account = "one",
		                         .account_len = 3,
		                         .until_s = VIEW_RIG_NOW_S },
		.now_s = VIEW_RIG_NOW_S,
		.page = 1,
		.top = 3 };
	struct frame_area area = { 0, 0, 4, 80 };
	struct view_rig rig;
	char *row;

	(void)state;
	view_rig_init(&rig, 24, 80);
	details_view_draw(rig.frame, area, &rig.look, &view);
	row = snapshot_row(rig.frame, 1);
	assert_string_equal(row, "           2026-11-22 06:03:22 UTC");
	free(row);
	row = snapshot_row(rig.frame, 3);
	assert_string_equal(row, "came in    page 1, offset 0");
	free(row);
	row = snapshot_row(rig.frame, 4);
	assert_string_equal(row, "");
	free(row);
	view_rig_release(&rig);
}

static void
details_tick_each_second_unless_read_aloud(void **state)
{
	struct details_view view = { .ban = { .account = "one",
		                         .account_len = 3,
		                         .until_s = VIEW_RIG_NOW_S + 86400 },
		.now_s = VIEW_RIG_NOW_S };
	struct view_look look = { .reader = false };

	(void)state;
	assert_int_equal(details_view_next_change(&view, &look), 1);
	look.reader = true;
	assert_true(details_view_next_change(&view, &look) == INT64_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_is_known_is_shown),
		cmocka_unit_test(odd_accounts_are_shown_by_their_code_points),
		cmocka_unit_test(nickname_has_four_states),
		cmocka_unit_test(pane_scrolls_to_its_last_line),
		cmocka_unit_test(details_tick_each_second_unless_read_aloud),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
