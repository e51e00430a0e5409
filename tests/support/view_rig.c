/*
 * A whole screen with fixed values.
 */
#include "view_rig.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"

static const int64_t day_s = 86400;
static const int64_t page_s = INT64_C(1795327391); /* 14:03:11 */

int
view_rig_locale(void **state)
{
	struct err err;

	(void)state;
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return -1;
	return moment_use_zone("Asia/Shanghai", &err) ? 0 : -1;
}

static void
init_chrome(struct view_rig *rig)
{
	rig->chrome = (struct chrome){ .marker = "LIVE",
		.region_key = "sgp",
		.region_name = "Singapore",
		.app_id = 1400000123,
		.clock_known = true,
		.clock_offset_s = 42,
		.now_s = VIEW_RIG_NOW_S,
		.group = "@TGS#aDEMO00001",
		.group_len = 15,
		.group_name = "Friday Live",
		.group_name_len = 11,
		.title = "",
		.list = &rig->header };
	rig->header =
	    (struct chrome_list){ .fetch = &rig->fetch, .as_of = page_s };
	rig->activity =
	    (struct chrome_activity){ .notice = "", .fetch = &rig->fetch };
}

void
view_rig_init(struct view_rig *rig, int rows, int cols)
{
	memset(rig, 0, sizeof *rig);
	rig->frame = frame_create(rows, cols);
	rig->layout = view_layout_of(rig->frame);
	rig->look.mode = TEXT_UTF8;
	rig->look.zone = MOMENT_LOCAL;
	rig->list = ban_list_create(BAN_LIST_ROWS_DEFAULT);
	rig->query = ban_query_create();
	rig->fetch = (struct view_fetch){ .state = VIEW_FETCH_MORE,
		.err = &rig->err,
		.attempt = 1,
		.attempts_max = 3,
		.rows_per_s = -1 };
	rig->bans = (struct bans_view){ .list = rig->list,
		.query = rig->query,
		.now_s = VIEW_RIG_NOW_S,
		.fetch = &rig->fetch,
		.as_of = page_s };
	init_chrome(rig);
}

void
view_rig_release(struct view_rig *rig)
{
	ban_query_destroy(rig->query);
	ban_list_destroy(rig->list);
	frame_destroy(rig->frame);
}

void
view_rig_add_raw(struct view_rig *rig, const char *account, size_t len,
    int64_t until_s, unsigned flags)
{
	struct ban_page page;
	struct ban_merge merge;
	struct err err;

	ban_page_init(&page);
	page.received_at = page_s;
	assert_true(ban_page_add(&page, account, len, until_s, flags, &err));
	assert_true(ban_list_merge(rig->list, &page, &merge, &err));
	ban_page_release(&page);
}

void
view_rig_add(struct view_rig *rig, const char *account, int64_t left_s)
{
	view_rig_add_raw(rig, account, strlen(account), VIEW_RIG_NOW_S + left_s,
	    0);
}

void
view_rig_add_sample(struct view_rig *rig)
{
	int i;

	view_rig_add(rig, "brennanli12", 3 * 3600 + 6 * 60 + 40);
	view_rig_add(rig, "noisy\xe2\x80\xaename", INT64_C(4294967284));
	view_rig_add(rig, "guest_0017", 12 * day_s + 4 * 3600 + 998);
	view_rig_add(rig, "brennanli1", 4 * 60 + 12);
	for (i = 4; i < VIEW_RIG_ROWS; i++) {
		char account[32];

		(void)snprintf(account, sizeof account, "moved_on_%04d", i);
		view_rig_add(rig, account, INT64_C(4294967284) + i * 3611);
	}
}

void
view_rig_add_mixed(struct view_rig *rig)
{
	view_rig_add(rig, "brennanli1", 4 * 60 + 12);
	view_rig_add(rig, "guest_0017", 12 * day_s + 4 * 3600);
	view_rig_add(rig, "left_already", -12);
	view_rig_add(rig, "left_long_ago", -400 * day_s);
	view_rig_add(rig, "permanent.one", 200 * 365 * day_s);
	view_rig_add_raw(rig, "no moment", 9, -5, 0);
	view_rig_add_raw(rig, "no number", 9, 0, BAN_NO_UNTIL);
	view_rig_add_raw(rig, "bad\xff", 4, VIEW_RIG_NOW_S + 5 * day_s,
	    BAN_UNUSABLE);
	view_rig_add_raw(rig, "", 0, VIEW_RIG_NOW_S + 5 * day_s, BAN_UNUSABLE);
	view_rig_add(rig, "\xe5\xbc\xa0\xe4\xbc\x9f_\xe6\xb5\x8b\xe8\xaf\x95",
	    7200);
	view_rig_add(rig, "z\xcc\x81oe", 86399);
	view_rig_add(rig,
	    "a-very-long-account-name-that-does-not-fit-into-its-column-0042",
	    30 * day_s);
	view_rig_add(rig, "esc\x1b[2Jape", 59);
	view_rig_add(rig, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", 3600);
}

void
view_rig_update(struct view_rig *rig)
{
	ban_query_update(rig->query, rig->list, rig->bans.now_s);
	rig->header.rows = ban_list_count(rig->list);
	rig->header.shown = ban_query_count(rig->query);
	rig->header.filtered = ban_query_filter(rig->query) != NULL;
	rig->header.partial = rig->bans.partial;
	rig->activity.unusable = ban_list_unusable(rig->list);
	rig->activity.repeated = ban_list_repeated(rig->list);
}

static const struct chrome_hint hints[] = {
	{ "Enter", "details", false },
	{ "/", "find", false },
	{ "&", "keep only", false },
	{ "< >", "sort", false },
	{ "A", "load all", false },
	{ "R", "refresh", false },
	{ "?", "help", true },
	{ "q", "back", true },
};

void
view_rig_draw_chrome(struct view_rig *rig)
{
	chrome_draw_header(rig->frame, rig->layout.header, &rig->look,
	    &rig->chrome);
	chrome_draw_activity(rig->frame, rig->layout.activity, &rig->look,
	    &rig->activity);
	chrome_draw_error(rig->frame, rig->layout.trouble, &rig->look,
	    &rig->last_err, rig->err_count);
	chrome_draw_hints(rig->frame, rig->layout.hints, &rig->look, hints,
	    sizeof hints / sizeof hints[0]);
}

void
view_rig_draw_bans(struct view_rig *rig)
{
	view_rig_update(rig);
	frame_clear(rig->frame);
	view_rig_draw_chrome(rig);
	bans_view_draw(rig->frame, rig->layout.body, &rig->look, &rig->bans);
}

void
view_rig_expect(view_rig_draw_fn draw, const char *title, const char *name)
{
	static const struct {
		int rows, cols;
	} sizes[] = { { 24, 80 }, { 10, 40 } };
	size_t i;

	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct view_rig rig;
		char full[96];

		view_rig_init(&rig, sizes[i].rows, sizes[i].cols);
		rig.chrome.title = title;
		rig.chrome.list = NULL;
		view_rig_draw_chrome(&rig);
		draw(&rig, rig.layout.body);
		(void)snprintf(full, sizeof full, "%s_%dx%d", name,
		    sizes[i].cols, sizes[i].rows);
		snapshot_expect(rig.frame, full);
		view_rig_release(&rig);
	}
}
