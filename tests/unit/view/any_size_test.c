/*
 * Every view in every size with texts that mean harm: nothing is asserted but
 * that frames stay whole, and that no byte drives a terminal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/view/changes_view.h"
#include "bantop/view/details_view.h"
#include "bantop/view/error_card.h"
#include "bantop/view/errors_view.h"
#include "bantop/view/group_view.h"
#include "bantop/view/help_view.h"
#include "bantop/view/log_view.h"
#include "bantop/view/prompt_view.h"
#include "bantop/view/region_view.h"
#include "bantop/view/summary_view.h"
#include "bantop/view/text_view.h"
#include "view_rig.h"

enum { ROUNDS = 400, HOSTILE_COUNT = 12 };

static const char *const hostile[HOSTILE_COUNT] = { "",
	"\x1b[2J\x1b]0;title\x07\x1b\\\x9b\x90",
	"\xe5\xbc\xa0\xe4\xbc\x9f\xe6\xb5\x8b\xe8\xaf\x95\xe5\xbc\xa0\xe4\xbc"
	"\x9f",
	"\xe2\x80\xae\xe2\x81\xa6rtl\xd7\xa9\xd7\x9c", "tab\tcr\rlf\nbs\b",
	"e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88",
	"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb\xf0\x9f\x87\xa9",
	"\xff\xfe\xc0\x80\xed\xa0\x80", "plain", "with  blanks  inside",
	"a-very-long-text-that-fits-nowhere-and-goes-on-and-on-until-"
	"somebody-cuts-it-in-the-middle-or-at-the-end-of-the-line",
	"\xcc\x81mark-first" };

static uint64_t seed = 99;

static size_t
draw_below(size_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (size_t)(seed >> 33) % below;
}

static const char *
any_text(void)
{
	return hostile[draw_below(HOSTILE_COUNT)];
}

static void
any_err(struct err *err)
{
	(void)err_set(err, (enum err_kind)(ERR_USAGE + draw_below(ERR_LIMIT)),
	    (int)draw_below(99999), draw_below(2) ? "do this next" : NULL, "%s",
	    any_text());
}

static void
group_at(size_t index, struct group_row *out, void *user)
{
	const char *id = any_text(), *name = any_text();

	(void)user;
	*out = (struct group_row){ .kind = (enum group_row_kind)(index % 3),
		.digit = (int)(index % 11) - 1,
		.id = id,
		.id_len = strlen(id),
		.name = name,
		.name_len = strlen(name),
		.type = any_text(),
		.member_num = (int64_t)index * 1000000007,
		.used_at = (int64_t)draw_below(2) * 1000,
		.fault = any_text() };
}

static void
change_at(size_t index, struct change_row *out, void *user)
{
	const char *account = any_text();

	(void)user;
	*out = (struct change_row){ .kind = (enum change_kind)(index % 4),
		.account = account,
		.account_len = strlen(account),
		.before_s = -1,
		.after_s = INT64_MAX };
}

static void
error_at(size_t index, struct error_row *out, void *user)
{
	any_err(user);
	*out = (struct error_row){ .at = VIEW_RIG_NOW_S,
		.err = user,
		.count = index * index * index };
}

static void
log_at(size_t index, struct log_row *out, void *user)
{
	const char *subject = any_text();

	any_err(user);
	*out = (struct log_row){ .at = VIEW_RIG_NOW_S,
		.command = "get_group_ban_member",
		.subject = subject,
		.subject_len = strlen(subject),
		.offset = (int64_t)index - 1,
		.attempt = 3,
		.done = index % 2 == 0,
		.total_ms = INT32_MAX,
		.bytes = INT64_MAX,
		.status = 999,
		.err = user,
		.host = any_text(),
		.request_id = any_text(),
		.curl = any_text() };
}

static bool
is_marked(size_t list_row, void *user)
{
	(void)user;
	return list_row % 2 == 0;
}

static void
draw_table(struct view_rig *rig, struct frame_area area)
{
	size_t count = ban_query_count(rig->query);

	rig->bans.is_marked = is_marked;
	rig->bans.find = any_text();
	rig->bans.find_len = strlen(rig->bans.find);
	rig->bans.time = (enum bans_time)draw_below(3);
	rig->bans.scroll_cols = (int)draw_below(40);
	rig->bans.top = draw_below(count + 3);
	rig->bans.cursor = draw_below(count + 3);
	bans_view_draw(rig->frame, area, &rig->look, &rig->bans);
	(void)bans_view_scroll_max(area, &rig->look, &rig->bans);
	(void)bans_view_next_change(area, &rig->look, &rig->bans);
}

static void
draw_pickers(struct view_rig *rig, struct frame_area area)
{
	struct err err;
	const struct region_row rows[] = { { any_text(), any_text(), any_text(),
	    any_text(), 1, &err } };
	struct region_view regions = { .rows = rows,
		.count = draw_below(2),
		.total = draw_below(2),
		.narrow = any_text(),
		.now_s = VIEW_RIG_NOW_S };
	struct group_view groups = { .count = draw_below(60),
		.at = group_at,
		.state = (enum group_view_state)draw_below(4),
		.err = &err,
		.top = draw_below(20),
		.cursor = draw_below(60),
		.narrow = any_text() };

	any_err(&err);
	region_view_draw(rig->frame, area, &rig->look, &regions);
	group_view_draw(rig->frame, area, &rig->look, &groups);
}

static void
draw_lists(struct view_rig *rig, struct frame_area area)
{
	struct err err;
	struct errors_view errors = { .count = draw_below(50),
		.at = error_at,
		.user = &err,
		.cursor = draw_below(50) };
	struct log_view log = { .count = draw_below(50),
		.at = log_at,
		.user = &err,
		.cursor = draw_below(5) };
	struct changes_view changes = { .count = draw_below(50),
		.at = change_at,
		.comparable = draw_below(2) == 0,
		.complete = draw_below(2) == 0,
		.cursor = draw_below(5) };

	errors_view_draw(rig->frame, area, &rig->look, &errors);
	log_view_draw(rig->frame, area, &rig->look, &log);
	changes_view_draw(rig->frame, area, &rig->look, &changes);
}

static void
draw_panes(struct view_rig *rig, struct frame_area area)
{
	struct err err;
	const char *text = any_text();
	struct summary summary = { .rows = SIZE_MAX,
		.by_state = { SIZE_MAX / 2, 1, 2, 3, 4 },
		.by_end = { SIZE_MAX / 2, 1, 2, 3, 4, 5 } };
	struct summary_view counts = { .summary = &summary };
	struct text_view page = { .title = any_text(),
		.keys = "Esc closes",
		.text = text,
		.len = strlen(text),
		.top = (int)draw_below(4) };
	struct details_view details = { .ban = { .account = text,
		                            .account_len = strlen(text),
		                            .until_s = INT64_MIN },
		.nick_state = (enum details_nick)draw_below(4),
		.nick = text,
		.nick_len = strlen(text),
		.nick_err = &err,
		.top = (int)draw_below(9) };
	struct error_card card = { .err = &err,
		.name = any_text(),
		.meaning = any_text(),
		.causes = any_text(),
		.action = any_text(),
		.repeat = any_text(),
		.request = any_text(),
		.top = (int)draw_below(9) };

	any_err(&err);
	summary_view_draw(rig->frame, view_pane_area(area, 9), &rig->look,
	    &counts);
	text_view_draw(rig->frame, area, &rig->look, &page);
	error_card_draw(rig->frame, area, &rig->look, &card);
	details_view_draw(rig->frame, view_pane_area(area, 10), &rig->look,
	    &details);
}

static void
draw_lines(struct view_rig *rig)
{
	static const struct help_row help[] = { { "j", "down", "go", "a" },
		{ "k", "up", "go back", "a" } };
	const char *text = any_text();
	struct help_view keys = { .rows = help, .count = 2, .narrow = text };
	struct prompt_view prompt = { .label = "find",
		.text = text,
		.len = strlen(text),
		.at = strlen(text) / 2,
		.ghost = any_text(),
		.note = "what is wrong" };

	help_view_draw(rig->frame, rig->layout.body, &rig->look, &keys);
	prompt_view_draw(rig->frame, rig->layout.hints, &rig->look, &prompt);
	confirm_view_draw(rig->frame, rig->layout.hints, &rig->look, text);
}

/* Width 0 only behind width 2, no control, nothing but ASCII if asked for. */
static void
expect_whole(const struct view_rig *rig)
{
	int rows = frame_rows(rig->frame), cols = frame_cols(rig->frame);
	int row, col;

	for (row = 0; row < rows; row++)
		for (col = 0; col < cols; col++) {
			const struct frame_cell *cell =
			    &frame_row(rig->frame, row)[col];

			if (cell->width_cols == 0) {
				assert_true(col > 0);
				assert_int_equal(cell[-1].width_cols, 2);
				continue;
			}
			if (cell->width_cols == 2)
				assert_int_equal(cell[1].width_cols, 0);
			assert_false(text_is_control(cell->points[0]));
			if (rig->look.mode == TEXT_ASCII)
				assert_true(cell->points[0] < 0x7f);
			if (rig->look.mode == TEXT_UNAMBIGUOUS)
				assert_false(text_is_ambiguous(cell->points
				                                   [0]));
		}
}

static void
fill_list(struct view_rig *rig)
{
	int i;

	for (i = 0; i < 30; i++) {
		const char *account = any_text();

		view_rig_add_raw(rig, account, strlen(account),
		    draw_below(2) ? INT64_MAX
		                  : VIEW_RIG_NOW_S + (int64_t)draw_below(9999),
		    (unsigned)draw_below(4));
	}
}

static void
any_view_survives_any_size(void **state)
{
	int round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		bool small = draw_below(3) > 0;
		struct view_rig rig;

		view_rig_init(&rig, (int)draw_below(small ? 30 : 200) + 1,
		    (int)draw_below(small ? 90 : 500) + 1);
		fill_list(&rig);
		rig.look.mode = (enum text_mode)draw_below(TEXT_ASCII + 1);
		rig.look.reader = draw_below(4) == 0;
		rig.fetch.state =
		    (enum view_fetch_state)draw_below(VIEW_FETCH_COMPLETE + 1);
		any_err(&rig.err);
		any_err(&rig.last_err);
		rig.err_count = draw_below(5);
		rig.chrome.group = any_text();
		rig.chrome.group_len = strlen(rig.chrome.group);
		rig.chrome.group_name = any_text();
		rig.chrome.group_name_len = strlen(rig.chrome.group_name);
		rig.chrome.marker = any_text();
		rig.chrome.region_name = any_text();
		rig.activity.notice = draw_below(2) ? "" : any_text();
		view_rig_draw_bans(&rig);
		draw_table(&rig, rig.layout.body);
		expect_whole(&rig);
		draw_pickers(&rig, rig.layout.body);
		draw_lists(&rig, rig.layout.body);
		draw_panes(&rig, rig.layout.body);
		draw_lines(&rig);
		expect_whole(&rig);
		view_rig_release(&rig);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_view_survives_any_size),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
