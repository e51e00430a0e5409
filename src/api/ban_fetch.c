/*
 * The walk: one page is needed at a time, at `offset`, and only its own reply
 * moves it on. Pages asked ahead are taken when, and only when, the page before
 * them has named their offset; so the rows come out as if every page had been
 * asked in turn. A state other than LOADING has no call running, but for the
 * moment of on_page, when a load-all may stand at MORE.
 */
#include "bantop/api/ban_fetch.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "api_priv.h"
#include "bantop/api/ban_ahead.h"
#include "bantop/api/ban_reply.h"
#include "bantop/base/mem.h"

enum { BARREN_PAGES_MAX = 3, OTHER_GROUP_MAX = 128 };

/* How far to go; kept over a failure, so that a retry goes on. */
enum mode { MODE_REST, MODE_ONE, MODE_ROWS, MODE_ALL };

struct ban_fetch {
	struct ban_fetch_config config;
	char *group;
	struct ban_ahead *ahead;
	enum ban_fetch_state state;
	struct err err;
	enum mode mode;
	size_t rows_wanted; /* MODE_ROWS */
	uint64_t call;      /* for the page at offset; 0: none, or ahead's */
	struct ban_page page;
	int64_t offset;
	size_t pages;
	size_t barren; /* pages in a row without a new row */
	bool again;    /* rows of the page at offset are in the list already */
	bool started;
	int64_t started_ms;
	char other_group[OTHER_GROUP_MAX];
};

static void go_on(struct ban_fetch *fetch);

static void
settle(struct ban_fetch *fetch, enum ban_fetch_state state,
    const struct err *err)
{
	fetch->state = state;
	fetch->err = *err;
	ban_ahead_drop(fetch->ahead);
}

static void
tell_change(const struct ban_fetch *fetch)
{
	if (fetch->config.on_change != NULL)
		fetch->config.on_change(fetch->config.user);
}

/* -- what cannot be a list ------------------------------------------------- */

static bool
check_new(struct ban_fetch *fetch, const struct ban_merge *merge,
    struct err *err)
{
	static const char hint[] = "the service repeats itself: load again "
	                           "later";
	const struct ban_page *page = &fetch->page;

	if (merge->added > 0 || (fetch->again && page->count > 0)) {
		fetch->barren = 0;
		return true;
	}
	fetch->barren++;
	if (page->count >= (size_t)fetch->config.page_size)
		return err_set(err, ERR_PAGING, 0, hint,
		    "the full page at offset %" PRId64
		    " brought only accounts already known",
		    page->offset);
	if (fetch->barren < BARREN_PAGES_MAX)
		return true;
	return err_set(err, ERR_PAGING, 0, hint,
	    "three %s in a row, the last at offset %" PRId64,
	    page->count == 0 ? "empty pages" : "pages without a new account",
	    page->offset);
}

static bool
check_next(const struct ban_page *page, struct err *err)
{
	if (page->next_fault.kind != ERR_NONE) {
		*err = page->next_fault;
		return false;
	}
	if (page->next_offset == 0 || page->next_offset > page->offset)
		return true;
	return err_set(err, ERR_PAGING, 0,
	    "the list cannot be read on: load again later",
	    "NextOffset %" PRId64 " is not above Offset %" PRId64
	    " that was asked for",
	    page->next_offset, page->offset);
}

/* The rows are in; where does the page leave the walk? */
static void
judge_page(struct ban_fetch *fetch, const struct ban_merge *merge)
{
	const struct ban_page *page = &fetch->page;
	struct err err = { .kind = ERR_NONE };

	if (!check_next(page, &err)) {
		settle(fetch, BAN_FETCH_BROKEN, &err);
		fetch->again = true;
	} else if (page->next_offset == 0) {
		settle(fetch, BAN_FETCH_COMPLETE, &err);
		fetch->offset = 0;
	} else if (!check_new(fetch, merge, &err)) {
		settle(fetch, BAN_FETCH_BROKEN, &err);
	} else {
		fetch->state = BAN_FETCH_MORE;
		fetch->err = err;
		fetch->offset = page->next_offset;
		fetch->again = false;
	}
}

/* -- pages ----------------------------------------------------------------- */

static bool
wants_more(const struct ban_fetch *fetch)
{
	if (fetch->state != BAN_FETCH_MORE)
		return false;
	switch (fetch->mode) {
	case MODE_REST:
	case MODE_ONE:
		break;
	case MODE_ROWS:
		return ban_list_count(fetch->config.list) < fetch->rows_wanted;
	case MODE_ALL:
		return true;
	}
	return false;
}

static void
take_page(struct ban_fetch *fetch)
{
	struct err err = { .kind = ERR_NONE };
	struct ban_merge merge;

	fetch->pages++;
	if (ban_list_merge(fetch->config.list, &fetch->page, &merge, &err)) {
		ban_ahead_learn(fetch->ahead, &fetch->page);
		judge_page(fetch, &merge);
	} else {
		settle(fetch, BAN_FETCH_FULL, &err);
	}
	if (fetch->state == BAN_FETCH_MORE && !wants_more(fetch))
		fetch->mode = MODE_REST;
	if (fetch->config.on_page != NULL)
		fetch->config.on_page(&fetch->page, &merge, fetch->config.user);
}

static void
note_group(struct ban_fetch *fetch, const struct json *root)
{
	if (fetch->other_group[0] == '\0')
		(void)ban_reply_names_other_group(root, fetch->group,
		    fetch->other_group, sizeof fetch->other_group);
}

static void
call_done(const struct client_reply *reply, void *user)
{
	struct ban_fetch *fetch = user;
	struct err err = reply->err;

	fetch->call = 0;
	if (err.kind == ERR_NONE) {
		ban_ahead_time(fetch->ahead, reply->took_ms);
		note_group(fetch, json_root(reply->document));
		if (ban_reply_read(json_root(reply->document), fetch->offset,
		        reply->received_at, &fetch->page, &err)) {
			take_page(fetch);
			go_on(fetch);
			return;
		}
	}
	settle(fetch,
	    err.kind == ERR_PAGING ? BAN_FETCH_BROKEN : BAN_FETCH_FAILED, &err);
	tell_change(fetch);
}

/* @return true if the page is here already: it was asked ahead. */
static bool
ask(struct ban_fetch *fetch)
{
	struct ban_question question = { .group = fetch->group,
		.limit = fetch->config.page_size,
		.offset = fetch->offset };
	struct err err = { .kind = ERR_NONE };

	if (!fetch->started)
		fetch->started_ms = clock_mono_ms(fetch->config.clock);
	fetch->started = true;
	fetch->state = BAN_FETCH_LOADING;
	fetch->err = err;
	switch (ban_ahead_take(fetch->ahead, fetch->offset, &fetch->page)) {
	case BAN_AHEAD_READY:
		return true;
	case BAN_AHEAD_ASKED:
		break;
	case BAN_AHEAD_NONE:
		fetch->call = client_call_ban_list(fetch->config.client,
		    &question, call_done, fetch, &err);
		if (fetch->call == 0) {
			settle(fetch, BAN_FETCH_FAILED, &err);
			return false;
		}
		break;
	}
	if (fetch->mode == MODE_ALL)
		ban_ahead_ask(fetch->ahead, fetch->offset);
	return false;
}

static void
go_on(struct ban_fetch *fetch)
{
	while (wants_more(fetch) && ask(fetch))
		take_page(fetch);
}

/* The walk may be waiting for just this page; in vain, then it is asked for
 * again, as if it had never been asked ahead. */
static void
ahead_done(int64_t offset, void *user)
{
	struct ban_fetch *fetch = user;

	if (fetch->state != BAN_FETCH_LOADING || fetch->call != 0 ||
	    offset != fetch->offset)
		return;
	fetch->state = BAN_FETCH_MORE;
	go_on(fetch);
}

/* -- from above ------------------------------------------------------------ */

struct ban_fetch *
ban_fetch_create(const struct ban_fetch_config *config)
{
	struct ban_fetch *fetch = mem_alloc(sizeof *fetch);
	struct ban_ahead_config ahead = { .client = config->client,
		.page_size = config->page_size,
		.parallel = config->parallel,
		.done = ahead_done,
		.user = fetch };

	assert(config->page_size >= 1 && config->page_size <= BAN_LIMIT_MAX);
	assert(config->offset >= 0 && config->offset <= BAN_OFFSET_MAX);
	fetch->config = *config;
	fetch->group = mem_copy_text(config->group, strlen(config->group));
	fetch->config.group = fetch->group;
	ahead.group = fetch->group;
	fetch->ahead = ban_ahead_create(&ahead);
	fetch->state = BAN_FETCH_MORE;
	fetch->mode = MODE_REST;
	fetch->offset = config->offset;
	ban_page_init(&fetch->page);
	return fetch;
}

static void
cancel_call(struct ban_fetch *fetch)
{
	client_cancel(fetch->config.client, fetch->call);
	fetch->call = 0;
	ban_ahead_drop(fetch->ahead);
}

void
ban_fetch_destroy(struct ban_fetch *fetch)
{
	if (fetch == NULL)
		return;
	cancel_call(fetch);
	ban_ahead_destroy(fetch->ahead);
	ban_page_release(&fetch->page);
	free(fetch->group);
	free(fetch);
}

/* Nothing is asked ahead between walks, so no page is ready here and no
 * callback comes from inside. */
static void
begin(struct ban_fetch *fetch, enum mode mode)
{
	/* Called from on_page of a walk that goes on by itself? */
	bool walking =
	    fetch->state == BAN_FETCH_MORE && fetch->mode != MODE_REST;

	if (walking && fetch->mode > mode)
		return;
	fetch->mode = mode;
	if (!walking)
		(void)ask(fetch);
}

static bool
is_given_up(const struct ban_fetch *fetch)
{
	return fetch->state == BAN_FETCH_FAILED ||
	    fetch->state == BAN_FETCH_BROKEN;
}

static bool
rests(const struct ban_fetch *fetch)
{
	return fetch->state == BAN_FETCH_MORE ||
	    fetch->state == BAN_FETCH_STOPPED;
}

void
ban_fetch_next(struct ban_fetch *fetch)
{
	if (rests(fetch))
		begin(fetch, MODE_ONE);
}

void
ban_fetch_all(struct ban_fetch *fetch)
{
	if (fetch->state == BAN_FETCH_LOADING)
		fetch->mode = MODE_ALL;
	else if (rests(fetch) || is_given_up(fetch))
		begin(fetch, MODE_ALL);
}

void
ban_fetch_rows(struct ban_fetch *fetch, size_t rows)
{
	if (fetch->mode == MODE_ALL && !is_given_up(fetch) &&
	    fetch->state != BAN_FETCH_STOPPED)
		return;
	fetch->rows_wanted = rows;
	if (fetch->state == BAN_FETCH_LOADING)
		fetch->mode = MODE_ROWS;
	else if ((rests(fetch) || is_given_up(fetch)) &&
	    ban_list_count(fetch->config.list) < rows)
		begin(fetch, MODE_ROWS);
}

void
ban_fetch_retry(struct ban_fetch *fetch)
{
	if (fetch->state == BAN_FETCH_STOPPED)
		begin(fetch, MODE_ONE);
	else if (is_given_up(fetch))
		begin(fetch, fetch->mode == MODE_REST ? MODE_ONE : fetch->mode);
	else if (fetch->state != BAN_FETCH_LOADING)
		return;
	client_retry_now(fetch->config.client, fetch->call);
}

void
ban_fetch_stop(struct ban_fetch *fetch)
{
	static const struct err none;
	bool walking =
	    fetch->state == BAN_FETCH_MORE && fetch->mode != MODE_REST;

	if (fetch->state == BAN_FETCH_LOADING || walking) {
		cancel_call(fetch);
		settle(fetch, BAN_FETCH_STOPPED, &none);
	}
	fetch->mode = MODE_REST;
}

static void
describe_call(const struct ban_fetch *fetch, struct ban_fetch_status *out)
{
	struct client_status status;
	uint64_t id = fetch->call != 0
	    ? fetch->call
	    : ban_ahead_call(fetch->ahead, fetch->offset);

	if (!client_status(fetch->config.client, id, &status))
		return;
	out->attempt = status.attempt;
	if (status.attempts_max > out->attempts_max)
		out->attempts_max = status.attempts_max;
	out->waiting = status.phase == CLIENT_WAITING;
	out->next_try_ms = status.next_try_ms;
	out->err = status.err;
	if (fetch->call != 0 && status.phase == CLIENT_IN_FLIGHT)
		out->in_flight++;
}

void
ban_fetch_status(const struct ban_fetch *fetch, struct ban_fetch_status *out)
{
	*out = (struct ban_fetch_status){
		.state = fetch->state,
		.err = fetch->err,
		.attempt = 1,
		.attempts_max = CLIENT_ATTEMPTS_MAX,
		.all = fetch->mode == MODE_ALL &&
		    (fetch->state == BAN_FETCH_LOADING ||
		        fetch->state == BAN_FETCH_MORE),
		.in_flight = ban_ahead_in_flight(fetch->ahead),
		.pages = fetch->pages,
		.offset = fetch->offset,
		.started_ms = fetch->started_ms,
		.wasted = ban_ahead_wasted(fetch->ahead),
		.other_group = fetch->other_group,
	};
	if (fetch->state == BAN_FETCH_LOADING)
		describe_call(fetch, out);
}
