/*
 * Loading one group's bans: the lazy next page, load-all, refresh beside what
 * is shown, retry, pause, stop. The list that is shown is only ever replaced by
 * one that is at least as long or complete: see bans_refresh.c.
 */
#include "bantop/app/bans_screen.h"

#include <string.h>

#include "bantop/api/error_code.h"

enum { SIGNATURES_LOCKED = 70050 };

static bool
is_trouble(const struct ban_fetch_status *status)
{
	return status->state == BAN_FETCH_FAILED ||
	    status->state == BAN_FETCH_BROKEN ||
	    status->state == BAN_FETCH_FULL;
}

/* Who asks on with a UserSig that was refused is locked out (70050). */
static void
plan_after(struct bans_screen *screen, const struct err *err)
{
	if (err->kind == ERR_SERVICE &&
	    (err->code == SIGNATURES_LOCKED ||
	        error_code_retry(err->code) == RETRY_AFTER_REFRESH_USERSIG))
		refresh_plan_rest(&screen->plan);
	else
		refresh_plan_fail(&screen->plan,
		    clock_mono_ms(screen->context->clock));
}

/* What is found wrong with a page is known to the walk alone: the client has
 * told the log of errors about all others, naming the call. */
static void
note_trouble(struct bans_screen *screen, struct bans_load *load)
{
	struct ui_context *context = screen->context;
	const struct error_log *log = &context->errors;
	char group[GROUP_ID_SEEN_MAX + 1];
	struct ban_fetch_status status;
	bool noted = load->noted;

	if (load->fetch == NULL)
		return;
	ban_fetch_status(load->fetch, &status);
	load->noted = is_trouble(&status);
	if (!load->noted || noted)
		return;
	if (load == &screen->fresh || ban_list_count(load->list) == 0)
		plan_after(screen, &status.err);
	(void)text_make_safe(screen->group, strlen(screen->group),
	    context->look.mode, group, sizeof group);
	if (log->count > 0 &&
	    strcmp(log->entries[0].err.text, status.err.text) == 0 &&
	    strcmp(log->entries[0].context, group) != 0)
		return;
	error_log_add(&context->errors, &status.err,
	    clock_wall_s(context->clock), group, status.attempt);
}

static void
status_changed(void *user)
{
	struct bans_screen *screen = user;

	note_trouble(screen, &screen->load);
	note_trouble(screen, &screen->fresh);
	screen->context->dirty = true;
}

static void
page_came(const struct ban_page *page, const struct ban_merge *merge,
    void *user)
{
	struct bans_screen *screen = user;
	struct bans_load *load = &screen->load;
	struct bans_load *fresh = &screen->fresh;

	(void)page;
	(void)merge;
	if (fresh->list != NULL)
		first_seen_note(&fresh->seen, fresh->list, load->list,
		    &load->seen);
	else
		screen->plan.failures = 0;
	status_changed(user);
}

static void
begin(struct bans_screen *screen, struct bans_load *load)
{
	const struct settings *settings = screen->context->settings;
	struct ban_fetch_config config = {
		.client = screen->context->client,
		.clock = screen->context->clock,
		.group = screen->group,
		.page_size = settings->page_size,
		.parallel = settings->parallel,
		.on_page = page_came,
		.on_change = status_changed,
		.user = screen,
	};

	load->list = ban_list_create(settings->max_rows);
	config.list = load->list;
	load->fetch = ban_fetch_create(&config);
	load->began_ms = clock_mono_ms(screen->context->clock);
	load->began_rows = 0;
	refresh_plan_renew(&screen->plan, load->began_ms);
}

static void
end(struct bans_load *load)
{
	ban_fetch_destroy(load->fetch);
	ban_list_destroy(load->list);
	first_seen_release(&load->seen);
	*load = (struct bans_load){ .list = NULL };
}

static enum ban_fetch_state
state_of(const struct bans_load *load)
{
	struct ban_fetch_status status;

	ban_fetch_status(load->fetch, &status);
	return status.state;
}

static bool
is_loading(const struct bans_load *load)
{
	return load->list != NULL && state_of(load) == BAN_FETCH_LOADING;
}

void
bans_load_open(struct bans_screen *screen)
{
	begin(screen, &screen->load);
	screen->stale = false;
	screen->paused = false;
	refresh_plan_init(&screen->plan, screen->context->settings->interval_s,
	    screen->load.began_ms);
	ban_fetch_next(screen->load.fetch);
}

void
bans_load_close(struct bans_screen *screen)
{
	end(&screen->fresh);
	end(&screen->load);
	ban_list_destroy(screen->before);
	screen->before = NULL;
}

bool
bans_load_is_complete(const struct bans_screen *screen)
{
	return screen->load.fetch != NULL &&
	    state_of(&screen->load) == BAN_FETCH_COMPLETE;
}

bool
bans_load_is_partial(const struct bans_screen *screen)
{
	bool descending;

	if (screen->load.list == NULL || bans_load_is_complete(screen))
		return false;
	return ban_query_sort(screen->query, &descending) != BAN_COLUMN_NONE ||
	    ban_query_filter(screen->query) != NULL || screen->finder != NULL;
}

/* An order or a filter over a part of the list loads nothing by itself. */
static bool
is_lazy(const struct bans_screen *screen)
{
	bool descending;

	return !screen->paused && screen->fresh.list == NULL &&
	    ban_query_sort(screen->query, &descending) == BAN_COLUMN_NONE &&
	    ban_query_filter(screen->query) == NULL;
}

void
bans_load_seen(struct bans_screen *screen)
{
	int window = bans_view_window(screen->area);
	size_t count;

	if (screen->load.list == NULL || !is_lazy(screen) ||
	    state_of(&screen->load) != BAN_FETCH_MORE)
		return;
	count = ban_list_count(screen->load.list);
	if (count == 0 ||
	    (window > 0 && screen->cursor + (size_t)window >= count))
		ban_fetch_next(screen->load.fetch);
}

void
bans_load_all(struct bans_screen *screen)
{
	struct bans_load *load = &screen->load;

	if (screen->paused) {
		ui_context_say(screen->context, true,
		    "paused: p goes on with loading");
		return;
	}
	switch (state_of(load)) {
	case BAN_FETCH_COMPLETE:
		ui_context_say(screen->context, false,
		    "the whole list is loaded");
		return;
	case BAN_FETCH_FULL:
		ui_context_say(screen->context, true,
		    "no room for more rows: see --max-rows");
		return;
	case BAN_FETCH_MORE:
	case BAN_FETCH_LOADING:
	case BAN_FETCH_FAILED:
	case BAN_FETCH_STOPPED:
	case BAN_FETCH_BROKEN:
		break;
	}
	load->began_ms = clock_mono_ms(screen->context->clock);
	load->began_rows = ban_list_count(load->list);
	load->noted = false;
	ban_fetch_all(load->fetch);
	ui_context_hush(screen->context);
}

static bool
can_retry(const struct bans_load *load)
{
	struct ban_fetch_status status;

	if (load->fetch == NULL)
		return false;
	ban_fetch_status(load->fetch, &status);
	return status.state == BAN_FETCH_FAILED ||
	    status.state == BAN_FETCH_BROKEN ||
	    status.state == BAN_FETCH_STOPPED || status.waiting;
}

void
bans_load_retry(struct bans_screen *screen)
{
	struct bans_load *load = NULL;

	if (can_retry(&screen->fresh))
		load = &screen->fresh;
	else if (can_retry(&screen->load))
		load = &screen->load;
	if (load != NULL) {
		load->noted = false;
		refresh_plan_renew(&screen->plan,
		    clock_mono_ms(screen->context->clock));
		ban_fetch_retry(load->fetch);
	} else {
		ui_context_say(screen->context, false,
		    "no failed page to try again");
	}
	screen->context->dirty = true;
}

bool
bans_load_runs_all(const struct bans_screen *screen)
{
	struct ban_fetch_status status;

	ban_fetch_status(screen->load.fetch, &status);
	return status.state == BAN_FETCH_LOADING && status.all;
}

void
bans_load_refresh(struct bans_screen *screen)
{
	if (screen->paused) {
		ui_context_say(screen->context, true,
		    "paused: p goes on with refreshing");
		return;
	}
	if (screen->fresh.list != NULL && !can_retry(&screen->fresh))
		return;
	if (ban_list_count(screen->load.list) == 0 &&
	    !bans_load_is_complete(screen)) {
		bans_load_close(screen);
		begin(screen, &screen->load);
		screen->stale = false;
		ban_fetch_next(screen->load.fetch);
		return;
	}
	end(&screen->fresh);
	begin(screen, &screen->fresh);
	screen->fresh_all = bans_load_is_complete(screen);
	screen->fresh_rows = ban_list_count(screen->load.list);
	screen->stale = true;
	ban_fetch_stop(screen->load.fetch);
	if (screen->fresh_all)
		ban_fetch_all(screen->fresh.fetch);
	else
		ban_fetch_rows(screen->fresh.fetch, screen->fresh_rows);
	screen->context->dirty = true;
}

/* What the pause has stopped goes on as far as it was asked to. */
void
bans_load_pause(struct bans_screen *screen)
{
	screen->paused = !screen->paused;
	if (screen->paused) {
		screen->paused_all = bans_load_runs_all(screen);
		(void)bans_load_stop(screen);
	} else if (screen->paused_all) {
		bans_load_all(screen);
	} else if (state_of(&screen->load) == BAN_FETCH_STOPPED) {
		ban_fetch_next(screen->load.fetch);
	}
	refresh_plan_renew(&screen->plan,
	    clock_mono_ms(screen->context->clock));
	screen->context->dirty = true;
}

bool
bans_load_stop(struct bans_screen *screen)
{
	if (screen->fresh.list != NULL) {
		end(&screen->fresh);
		ui_context_say(screen->context, false,
		    "refresh stopped: the list is the old one");
		return true;
	}
	if (screen->load.fetch == NULL ||
	    state_of(&screen->load) != BAN_FETCH_LOADING)
		return false;
	ban_fetch_stop(screen->load.fetch);
	ui_context_hush(screen->context);
	return true;
}

/* What runs is not disturbed: the refresh that is due then is left out. */
static void
refresh_if_due(struct bans_screen *screen)
{
	int64_t now_ms = clock_mono_ms(screen->context->clock);

	if (screen->paused || now_ms < screen->plan.next_ms)
		return;
	refresh_plan_renew(&screen->plan, now_ms);
	if (!is_loading(&screen->load) && !is_loading(&screen->fresh))
		bans_load_refresh(screen);
}

void
bans_load_run(struct bans_screen *screen)
{
	if (screen->load.list == NULL)
		return;
	bans_refresh_run(screen);
	refresh_if_due(screen);
}

static enum view_fetch_state
view_state(const struct ban_fetch_status *status)
{
	switch (status->state) {
	case BAN_FETCH_MORE:
		return VIEW_FETCH_MORE;
	case BAN_FETCH_LOADING:
		return status->waiting ? VIEW_FETCH_WAITING
		                       : VIEW_FETCH_LOADING;
	case BAN_FETCH_FAILED:
		return VIEW_FETCH_FAILED;
	case BAN_FETCH_STOPPED:
		return VIEW_FETCH_STOPPED;
	case BAN_FETCH_COMPLETE:
		return VIEW_FETCH_COMPLETE;
	case BAN_FETCH_BROKEN:
		return VIEW_FETCH_BROKEN;
	case BAN_FETCH_FULL:
		return VIEW_FETCH_FULL;
	}
	return VIEW_FETCH_NONE;
}

/* When a list that came to nothing is read anew; 0 if not by itself. A page
 * that is missing behind others is not what a refresh is for. */
static int64_t
again_ms(const struct bans_screen *screen, const struct bans_load *load,
    int64_t now_ms)
{
	bool anew = load == &screen->fresh || ban_list_count(load->list) == 0;

	if (!anew || screen->paused || screen->plan.next_ms == INT64_MAX)
		return 0;
	return screen->plan.next_ms - now_ms;
}

static void
describe(const struct bans_screen *screen, struct bans_load *load,
    struct view_fetch *out)
{
	int64_t now_ms = clock_mono_ms(screen->context->clock);
	struct ban_fetch_status status;

	ban_fetch_status(load->fetch, &status);
	load->err = status.err;
	*out = (struct view_fetch){
		.state = view_state(&status),
		.all = status.all,
		.refresh = load == &screen->fresh,
		.err = &load->err,
		.wait_ms = status.next_try_ms - now_ms,
		.again_ms = again_ms(screen, load, now_ms),
		.attempt = status.attempt,
		.attempts_max = status.attempts_max,
		.pages = status.pages,
		.rows = ban_list_count(load->list),
		.elapsed_ms = now_ms - load->began_ms,
		.rows_per_s = -1,
	};
	if (out->elapsed_ms >= 500)
		out->rows_per_s = (int64_t)(out->rows - load->began_rows) *
		    1000 / out->elapsed_ms;
}

bool
bans_load_describe(struct bans_screen *screen, struct view_fetch *out)
{
	*out = (struct view_fetch){ .state = VIEW_FETCH_NONE };
	if (screen->load.list == NULL)
		return false;
	describe(screen, &screen->load, out);
	return true;
}

bool
bans_load_describe_running(struct bans_screen *screen, struct view_fetch *out)
{
	if (screen->fresh.list == NULL)
		return bans_load_describe(screen, out);
	describe(screen, &screen->fresh, out);
	return true;
}
