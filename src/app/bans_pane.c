/*
 * The panes over the table: details of the selected ban with the nickname that
 * can be asked for, and the summary.
 */
#include "bantop/app/bans_screen.h"

#include <string.h>

enum { TICKET_ROWS = 12, CHANGES_ROWS = 12 };
/* So many rows are counted in less than a millisecond. */
enum { COUNTED_AT_ONCE = 50000 };
/* Steps that a row takes: one after the other, or all over the memory. */
enum { STEPS_NEAR = 4, STEPS_FAR = 36 };

static void
nick_came(const struct client_reply *reply, void *user)
{
	struct bans_screen *screen = user;
	struct ban ban;
	bool ok;

	screen->nick_call = 0;
	screen->context->dirty = true;
	screen->nick_err = reply->err;
	screen->nick_state = DETAILS_NICK_FAILED;
	if (reply->err.kind != ERR_NONE)
		return;
	ban = ban_list_at(screen->load.list, screen->nick_row);
	buf_reset(&screen->nick);
	ok = portrait_reply_read(json_root(reply->document), ban.account,
	    ban.account_len, &screen->nick, &screen->nick_err);
	if (ok)
		screen->nick_state = DETAILS_NICK_KNOWN;
	else
		error_log_add(&screen->context->errors, &screen->nick_err,
		    clock_wall_s(screen->context->clock), "portrait_get",
		    reply->attempts);
}

static void
fetch_nick(struct bans_screen *screen)
{
	struct client_request request = { .command = CLIENT_PORTRAIT };
	size_t row = bans_table_row(screen);
	char subject[BAN_ACCOUNT_MAX + 1];
	struct err err = { .kind = ERR_NONE };
	struct buf body;
	struct ban ban;

	if (row == BAN_ROW_NONE)
		return;
	ban = ban_list_at(screen->load.list, row);
	if ((ban.flags & BAN_UNUSABLE) != 0) {
		ui_context_say(screen->context, true,
		    "this account cannot be used: it cannot be asked about");
		return;
	}
	bans_pane_forget_nick(screen);
	buf_init(&body, CLIENT_BODY_MAX);
	if (portrait_request_write(ban.account, ban.account_len, &body, &err)) {
		(void)text_make_safe(ban.account, ban.account_len, TEXT_UTF8,
		    subject, sizeof subject);
		request.subject = subject;
		request.body = buf_text(&body);
		request.body_len = body.len;
		screen->nick_row = row;
		screen->nick_state = DETAILS_NICK_LOADING;
		screen->nick_call = client_call(screen->context->client,
		    &request, nick_came, screen);
	} else {
		ui_context_fail(screen->context, &err);
	}
	buf_release(&body);
}

void
bans_pane_forget_nick(struct bans_screen *screen)
{
	if (screen->nick_call != 0)
		client_cancel(screen->context->client, screen->nick_call);
	screen->nick_call = 0;
	screen->nick_state = DETAILS_NICK_UNASKED;
	screen->nick_row = BAN_ROW_NONE;
}

void
bans_pane_follow_nick(struct bans_screen *screen, const struct ban_list *old)
{
	struct ban ban;
	size_t row;

	if (screen->nick_row == BAN_ROW_NONE)
		return;
	ban = ban_list_at(old, screen->nick_row);
	row = ban_list_find(screen->load.list, ban.account, ban.account_len);
	if (row == BAN_ROW_NONE)
		bans_pane_forget_nick(screen);
	else
		screen->nick_row = row;
}

static enum ui_move
toggle(struct bans_screen *screen, enum bans_pane pane)
{
	screen->pane = screen->pane == pane ? BANS_PANE_NONE : pane;
	screen->pane_top = 0;
	bans_pane_forget_counts(screen);
	screen->context->dirty = true;
	return UI_STAY;
}

static struct text_view
ticket_view(const struct bans_screen *screen)
{
	bool markdown = screen->ticket_markdown;

	return (struct text_view){
		.title = markdown ? "ticket, Markdown" : "ticket",
		.keys = markdown ? "Y plain" : "Y Markdown",
		.text = buf_text(&screen->ticket),
		.len = screen->ticket.len,
		.top = (int)screen->pane_top,
	};
}

static bool
describe_details(const struct bans_screen *screen, struct details_view *out)
{
	size_t row = bans_table_row(screen);
	struct ban_origin origin;

	if (row == BAN_ROW_NONE)
		return false;
	origin = ban_list_origin(screen->load.list, row);
	*out = (struct details_view){
		.ban = ban_list_at(screen->load.list, row),
		.now_s = ui_context_service_now_s(screen->context),
		.page = origin.page,
		.offset = origin.offset,
		.first_seen_at =
		    first_seen_at(&screen->load.seen, screen->load.list, row),
		.last_seen_at = origin.received_at,
		.marked = marks_has(&screen->marks, row),
		.top = (int)screen->pane_top,
	};
	if (row == screen->nick_row) {
		out->nick_state = screen->nick_state;
		out->nick = buf_text(&screen->nick);
		out->nick_len = screen->nick.len;
		out->nick_err = &screen->nick_err;
	}
	return true;
}

/* The last line at which a pane may begin. */
static size_t
pane_top_max(const struct bans_screen *screen)
{
	const struct view_look *look = &screen->context->look;
	struct frame_area area = screen->pane_area;
	struct details_view details;
	struct text_view view;
	int over = 0;

	if (screen->pane == BANS_PANE_TICKET) {
		view = ticket_view(screen);
		over =
		    text_view_lines(&view, look, area.cols) - (area.rows - 1);
	} else if (screen->pane == BANS_PANE_CHANGES) {
		over = (int)screen->changes.count - changes_view_window(area);
	} else if (screen->pane == BANS_PANE_SUMMARY) {
		over = summary_view_over(area);
	} else if (screen->pane == BANS_PANE_DETAILS &&
	    describe_details(screen, &details)) {
		over =
		    details_view_lines(&details, look, area.cols) - area.rows;
	}
	return over > 0 ? (size_t)over : 0;
}

/* A pane with more text than room takes the keys that move; beside a table
 * those by a row stay the table's. */
static bool
takes(const struct bans_screen *screen, enum action action)
{
	switch (screen->pane) {
	case BANS_PANE_TICKET:
	case BANS_PANE_CHANGES:
		return true;
	case BANS_PANE_DETAILS:
	case BANS_PANE_SUMMARY:
		return pane_top_max(screen) > 0 &&
		    (action == ACTION_PAGE_DOWN || action == ACTION_PAGE_UP ||
		        action == ACTION_HALF_DOWN || action == ACTION_HALF_UP);
	case BANS_PANE_NONE:
		break;
	}
	return false;
}

static bool
scroll(struct bans_screen *screen, enum action action)
{
	int window = screen->pane_area.rows - 2;

	if (!takes(screen, action))
		return false;
	if (!ui_context_move(action, pane_top_max(screen) + 1,
	        window > 0 ? (size_t)window : 1, screen->pane_top,
	        &screen->pane_top))
		return false;
	screen->context->dirty = true;
	return true;
}

enum ui_move
bans_pane_act(struct bans_screen *screen, enum action action)
{
	if (scroll(screen, action))
		return UI_STAY;
	switch ((int)action) {
	case ACTION_DETAILS:
		return toggle(screen, BANS_PANE_DETAILS);
	case ACTION_SUMMARY:
		return toggle(screen, BANS_PANE_SUMMARY);
	case ACTION_CHANGES:
		return toggle(screen, BANS_PANE_CHANGES);
	case ACTION_NICKNAME:
		fetch_nick(screen);
		return UI_STAY;
	default:
		return UI_PASS;
	}
}

int
bans_pane_rows(const struct bans_screen *screen)
{
	switch (screen->pane) {
	case BANS_PANE_NONE:
		return 0;
	case BANS_PANE_DETAILS:
		return DETAILS_VIEW_ROWS;
	case BANS_PANE_SUMMARY:
		return SUMMARY_VIEW_ROWS;
	case BANS_PANE_TICKET:
		return TICKET_ROWS;
	case BANS_PANE_CHANGES:
		return CHANGES_ROWS;
	}
	return 0;
}

static void
draw_details(struct bans_screen *screen, struct frame *frame,
    struct frame_area area)
{
	struct details_view view;

	/* Another ban is read from its beginning. */
	if (screen->pane_row != bans_table_row(screen))
		screen->pane_top = 0;
	screen->pane_row = bans_table_row(screen);
	if (screen->pane_top > pane_top_max(screen))
		screen->pane_top = pane_top_max(screen);
	if (describe_details(screen, &view))
		details_view_draw(frame, area, &screen->context->look, &view);
	else
		(void)pane_draw_border(frame, area, &screen->context->look,
		    "details", "no row");
}

void
bans_pane_forget_counts(struct bans_screen *screen)
{
	screen->summary_at = 0;
	screen->counting_at = 0;
}

/* Without a filter the list's order will do, and is faster. Under one rows may
 * come to stand elsewhere meanwhile: the next count is right again. */
static void
go_on_counting(struct bans_screen *screen)
{
	bool by_row = ban_query_filter(screen->query) == NULL;
	bool near =
	    by_row || ban_query_sort(screen->query, NULL) == BAN_COLUMN_NONE;
	size_t steps = near ? STEPS_NEAR : STEPS_FAR;
	size_t count = ban_query_count(screen->query);

	while (screen->steps > 0 && screen->counting_next < count) {
		size_t at = screen->counting_next++;
		struct ban ban = ban_list_at(screen->load.list,
		    by_row ? at : ban_query_row(screen->query, at));

		summary_add(&screen->counting, &ban, screen->counting_at);
		ban_query_spend(&screen->steps, steps);
	}
	if (screen->counting_next < count)
		return;
	screen->summary = screen->counting;
	screen->summary_at = screen->counting_at;
	screen->counting_at = 0;
	screen->context->dirty = true;
}

/* Each page of a load-all brings rows: a long list is counted once a second
 * meanwhile, and at once when it is complete. */
static bool
wants_count(const struct bans_screen *screen, bool complete, int64_t now_s)
{
	size_t rows = ban_query_count(screen->query);

	if (screen->summary_at != now_s)
		return true;
	return screen->summary.rows != rows &&
	    (complete || rows <= COUNTED_AT_ONCE);
}

static void
run_summary(struct bans_screen *screen)
{
	int64_t now_s = ui_context_service_now_s(screen->context);

	if (!ban_query_answers(screen->query))
		return;
	if (screen->counting_at == 0) {
		if (!wants_count(screen, bans_load_is_complete(screen), now_s))
			return;
		screen->counting = (struct summary){ .rows = 0 };
		screen->counting_at = now_s;
		screen->counting_next = 0;
	}
	go_on_counting(screen);
}

static void
draw_summary(struct bans_screen *screen, struct frame *frame,
    struct frame_area area)
{
	struct summary_view view = {
		.summary = &screen->summary,
		.complete = bans_load_is_complete(screen),
		.filtered = ban_query_filter(screen->query) != NULL &&
		    ban_query_answers(screen->query),
		.marked = screen->marks.count,
		.as_of = ban_list_as_of(screen->load.list),
		.top = (int)screen->pane_top,
	};

	view.counting = screen->summary_at == 0;
	summary_view_draw(frame, area, &screen->context->look, &view);
}

static void
change_at(size_t index, struct change_row *out, void *user)
{
	const struct bans_screen *screen = user;
	const struct bans_change *change = &screen->changes.changes[index];
	struct ban ban;

	*out = (struct change_row){ .kind = change->kind };
	if (change->before_row != BAN_ROW_NONE) {
		ban = ban_list_at(screen->before, change->before_row);
		out->before_s = ban.until_s;
		out->account = ban.account;
		out->account_len = ban.account_len;
	}
	if (change->after_row != BAN_ROW_NONE) {
		ban = ban_list_at(screen->load.list, change->after_row);
		out->after_s = ban.until_s;
		out->account = ban.account;
		out->account_len = ban.account_len;
	}
}

bool
bans_pane_is_behind(const struct bans_screen *screen)
{
	if (screen->pane == BANS_PANE_SUMMARY)
		return screen->summary_at == 0 || screen->counting_at != 0;
	return screen->pane == BANS_PANE_CHANGES && screen->before != NULL &&
	    (!screen->changes.begun || !screen->changes.ready);
}

/* A comparison that runs is finished before the next page begins another. */
static void
run_changes(struct bans_screen *screen)
{
	int64_t as_of = ban_list_as_of(screen->load.list);
	struct bans_changes *changes = &screen->changes;

	if (screen->before == NULL)
		return;
	if (!changes->begun ||
	    (changes->ready && screen->changes_at != as_of)) {
		screen->changes_at = as_of;
		bans_changes_begin(changes, screen->before_complete,
		    bans_load_is_complete(screen),
		    ui_context_service_now_s(screen->context));
	}
	if (changes->ready)
		return;
	bans_changes_run(changes, screen->before, screen->load.list,
	    &screen->steps);
	screen->context->dirty = screen->context->dirty || changes->ready;
}

void
bans_pane_run(struct bans_screen *screen)
{
	if (screen->pane == BANS_PANE_SUMMARY)
		run_summary(screen);
	else if (screen->pane == BANS_PANE_CHANGES)
		run_changes(screen);
}

static void
draw_changes(struct bans_screen *screen, struct frame *frame,
    struct frame_area area)
{
	bool complete = bans_load_is_complete(screen);
	struct changes_view view = { .at = change_at, .user = screen };
	int64_t as_of = ban_list_as_of(screen->load.list);

	view.comparing = bans_pane_is_behind(screen);
	view.comparable = screen->before != NULL;
	if (view.comparable) {
		view.count = screen->changes.count;
		memcpy(view.by_kind, screen->changes.by_kind,
		    sizeof view.by_kind);
		view.complete = complete && screen->before_complete;
		view.before_at = ban_list_as_of(screen->before);
		view.after_at = as_of;
		view.top = screen->pane_top;
	}
	changes_view_draw(frame, area, &screen->context->look, &view);
}

static void
draw_ticket(struct bans_screen *screen, struct frame *frame,
    struct frame_area area)
{
	struct text_view view = ticket_view(screen);

	text_view_draw(frame, area, &screen->context->look, &view);
}

void
bans_pane_draw(struct bans_screen *screen, struct frame *frame,
    struct frame_area area)
{
	screen->pane_area = area;
	switch (screen->pane) {
	case BANS_PANE_NONE:
		return;
	case BANS_PANE_DETAILS:
		draw_details(screen, frame, area);
		return;
	case BANS_PANE_SUMMARY:
		draw_summary(screen, frame, area);
		return;
	case BANS_PANE_TICKET:
		draw_ticket(screen, frame, area);
		return;
	case BANS_PANE_CHANGES:
		draw_changes(screen, frame, area);
		return;
	}
}

int64_t
bans_pane_next_change_s(const struct bans_screen *screen)
{
	struct details_view view;

	if (screen->pane == BANS_PANE_DETAILS &&
	    describe_details(screen, &view))
		return details_view_next_change(&view, &screen->context->look);
	return INT64_MAX;
}
