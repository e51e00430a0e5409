/*
 * Two walks beside each other: the ids, page after page by the mark that the
 * service hands out, and the names, in fifties, of whatever ids have no answer
 * yet. Each has at most one call running; the client spaces the first kind.
 * A failure of either ends both, and a start goes on where each stood.
 */
#include "bantop/api/group_fetch.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/api/group_table.h"
#include "bantop/base/mem.h"

enum { BARREN_PAGES_MAX = 3, ANSWER_TOO_LARGE = 10018 };

struct group_fetch {
	struct client *client;
	const struct clock *clock;
	char type[GROUP_TYPE_MAX + 1];
	group_fetch_change_fn on_change;
	void *user;
	struct group_table *table;
	struct err err;

	bool begun;   /* a listing, ever */
	bool listing; /* ids are wanted */
	bool listed;  /* ids are all in */
	bool stopped;
	uint64_t list_call; /* 0: none */
	uint64_t next;      /* to be sent */
	uint64_t *sent;     /* marks that were answered in this run */
	size_t sent_count;
	int list_limit;
	unsigned run; /* number of the listing, from 1 */
	size_t barren;
	size_t unusable;

	bool filling; /* names are wanted */
	uint64_t info_call;
	size_t batch[GROUP_INFO_MAX]; /* numbers of those asked about */
	size_t batch_count;
	size_t batch_max;
	size_t filled;
	size_t fill_from; /* all before it are filled */
};

struct group_fetch *
group_fetch_create(struct client *client, const struct clock *clock,
    const char *type, group_fetch_change_fn on_change, void *user)
{
	struct group_fetch *fetch = mem_alloc(sizeof *fetch);

	fetch->client = client;
	fetch->clock = clock;
	(void)snprintf(fetch->type, sizeof fetch->type, "%s", type);
	fetch->on_change = on_change;
	fetch->user = user;
	fetch->table = group_table_create();
	fetch->list_limit = GROUP_PAGE_DEFAULT;
	fetch->batch_max = GROUP_INFO_MAX;
	fetch->run = 1;
	return fetch;
}

static void
cancel_calls(struct group_fetch *fetch)
{
	client_cancel(fetch->client, fetch->list_call);
	client_cancel(fetch->client, fetch->info_call);
	fetch->list_call = 0;
	fetch->info_call = 0;
	fetch->listing = false;
	fetch->filling = false;
}

void
group_fetch_destroy(struct group_fetch *fetch)
{
	if (fetch == NULL)
		return;
	cancel_calls(fetch);
	group_table_destroy(fetch->table);
	free(fetch->sent);
	free(fetch);
}

static void
fail(struct group_fetch *fetch, const struct err *err)
{
	cancel_calls(fetch);
	fetch->err = *err;
}

static void
tell_change(const struct group_fetch *fetch)
{
	if (fetch->on_change != NULL)
		fetch->on_change(fetch->user);
}

/* The one refusal that a smaller question cures. */
static bool
is_too_large(const struct err *err)
{
	return err->kind == ERR_SERVICE && err->code == ANSWER_TOO_LARGE;
}

/* -- ids ------------------------------------------------------------------- */

static bool
was_sent(const struct group_fetch *fetch, uint64_t next)
{
	size_t i;

	for (i = 0; i < fetch->sent_count; i++)
		if (fetch->sent[i] == next)
			return true;
	return false;
}

static bool
add_groups(struct group_fetch *fetch, const struct group_list_page *page,
    struct err *err)
{
	bool fresh = false;
	size_t i;

	for (i = 0; i < page->count; i++) {
		size_t index;

		if (group_table_count(fetch->table) >= GROUP_FETCH_MAX)
			return err_set(err, ERR_LIMIT, 0,
			    "narrow the list by a group type",
			    "more than %d groups", GROUP_FETCH_MAX);
		index = group_table_add(fetch->table, page->groups[i].id);
		if (group_table_meet(fetch->table, index, fetch->run))
			fresh = true;
	}
	fetch->unusable += page->unusable;
	fetch->barren = fresh ? 0 : fetch->barren + 1;
	return true;
}

static bool
move_on(struct group_fetch *fetch, uint64_t next, struct err *err)
{
	fetch->sent =
	    mem_grow(fetch->sent, fetch->sent_count + 1, sizeof fetch->sent[0]);
	fetch->sent[fetch->sent_count++] = fetch->next;
	if (next == 0) {
		fetch->listing = false;
		fetch->listed = true;
		return true;
	}
	if (was_sent(fetch, next))
		return err_set(err, ERR_PAGING, 0,
		    "the service repeats itself: try again later",
		    "Next %" PRIu64 " has been sent already", next);
	if (fetch->barren >= BARREN_PAGES_MAX)
		return err_set(err, ERR_PAGING, 0,
		    "the service repeats itself: try again later",
		    "three pages in a row without a new group, next is "
		    "%" PRIu64,
		    next);
	fetch->next = next;
	return true;
}

static bool
take_list(struct group_fetch *fetch, const struct client_reply *reply,
    struct err *err)
{
	struct group_list_page page = { .count = 0 };
	bool ok = false;

	if (!group_list_reply_read(reply->document, &page, err))
		goto done;
	if (!add_groups(fetch, &page, err))
		goto done;
	if (!move_on(fetch, page.next, err))
		goto done;
	ok = true;
done:
	group_list_page_release(&page);
	return ok;
}

static void
list_done(const struct client_reply *reply, void *user)
{
	struct group_fetch *fetch = user;
	struct err err = reply->err;

	fetch->list_call = 0;
	if (is_too_large(&err) && fetch->list_limit > 1)
		fetch->list_limit /= 2;
	else if (err.kind != ERR_NONE || !take_list(fetch, reply, &err))
		fail(fetch, &err);
	group_fetch_run(fetch);
	tell_change(fetch);
}

static void
ask_list(struct group_fetch *fetch)
{
	struct client_request request = { .command = CLIENT_GROUP_LIST,
		.subject = fetch->type,
		.limit = fetch->list_limit };
	struct err err;
	struct buf body;

	buf_init(&body, CLIENT_BODY_MAX);
	if (group_list_request_write(fetch->list_limit, fetch->next,
	        fetch->type, &body, &err)) {
		request.body = buf_text(&body);
		request.body_len = body.len;
		fetch->list_call =
		    client_call(fetch->client, &request, list_done, fetch);
	} else {
		fail(fetch, &err);
	}
	buf_release(&body);
}

/* -- names ----------------------------------------------------------------- */

static bool
has_unfilled(const struct group_fetch *fetch)
{
	return fetch->filled < group_table_count(fetch->table);
}

static size_t
collect_batch(struct group_fetch *fetch, const struct group **groups)
{
	size_t total = group_table_count(fetch->table);
	size_t i = fetch->fill_from;

	while (i < total && group_table_see(fetch->table, i)->filled)
		i++;
	fetch->fill_from = i;
	fetch->batch_count = 0;
	for (; i < total && fetch->batch_count < fetch->batch_max; i++) {
		const struct group *group = group_table_see(fetch->table, i);

		if (group->filled)
			continue;
		groups[fetch->batch_count] = group;
		fetch->batch[fetch->batch_count++] = i;
	}
	return fetch->batch_count;
}

static bool
take_info(struct group_fetch *fetch, const struct client_reply *reply,
    struct err *err)
{
	struct group *groups[GROUP_INFO_MAX];
	size_t i;

	for (i = 0; i < fetch->batch_count; i++)
		groups[i] = group_table_at(fetch->table, fetch->batch[i]);
	if (!group_info_reply_read(json_root(reply->document), groups,
	        fetch->batch_count, err))
		return false;
	/* One that the reply leaves out would be asked about for ever. */
	for (i = 0; i < fetch->batch_count; i++)
		groups[i]->filled = true;
	fetch->filled += fetch->batch_count;
	return true;
}

static void
info_done(const struct client_reply *reply, void *user)
{
	struct group_fetch *fetch = user;
	struct err err = reply->err;

	fetch->info_call = 0;
	if (is_too_large(&err) && fetch->batch_count > 1)
		fetch->batch_max = fetch->batch_count / 2;
	else if (err.kind != ERR_NONE || !take_info(fetch, reply, &err))
		fail(fetch, &err);
	group_fetch_run(fetch);
	tell_change(fetch);
}

static void
ask_info(struct group_fetch *fetch)
{
	const struct group *groups[GROUP_INFO_MAX];
	struct client_request request = { .command = CLIENT_GROUP_INFO };
	struct err err;
	struct buf body;
	size_t count = collect_batch(fetch, groups);

	assert(count > 0);
	buf_init(&body, CLIENT_BODY_MAX);
	if (group_info_request_write(groups, count, &body, &err)) {
		request.subject = groups[0]->id;
		request.body = buf_text(&body);
		request.body_len = body.len;
		fetch->info_call =
		    client_call(fetch->client, &request, info_done, fetch);
	} else {
		fail(fetch, &err);
	}
	buf_release(&body);
}

/* -- from above ------------------------------------------------------------ */

static bool
may_ask_info(const struct group_fetch *fetch)
{
	return fetch->filling && fetch->info_call == 0 && has_unfilled(fetch);
}

void
group_fetch_run(struct group_fetch *fetch)
{
	if (fetch->listing && fetch->list_call == 0)
		ask_list(fetch);
	if (may_ask_info(fetch))
		ask_info(fetch);
}

int64_t
group_fetch_deadline_ms(const struct group_fetch *fetch)
{
	if (may_ask_info(fetch) || (fetch->listing && fetch->list_call == 0))
		return clock_mono_ms(fetch->clock);
	return INT64_MAX;
}

/* All over: what is known of the groups stays until it is asked anew. */
static void
restart(struct group_fetch *fetch)
{
	size_t i;

	for (i = 0; i < group_table_count(fetch->table); i++)
		group_table_at(fetch->table, i)->filled = false;
	fetch->filled = 0;
	fetch->fill_from = 0;
	fetch->listed = false;
	fetch->next = 0;
	fetch->sent_count = 0;
	fetch->barren = 0;
	fetch->unusable = 0;
	fetch->run++;
}

void
group_fetch_start(struct group_fetch *fetch)
{
	static const struct err none;

	if (fetch->listing)
		return;
	if (fetch->listed && !has_unfilled(fetch))
		restart(fetch);
	fetch->err = none;
	fetch->stopped = false;
	fetch->begun = true;
	fetch->listing = !fetch->listed;
	fetch->filling = true;
	group_fetch_run(fetch);
}

void
group_fetch_stop(struct group_fetch *fetch)
{
	if (!fetch->listing && !(fetch->filling && has_unfilled(fetch)))
		return;
	cancel_calls(fetch);
	fetch->stopped = true;
}

void
group_fetch_add(struct group_fetch *fetch, const char *id)
{
	static const struct err none;

	(void)group_table_add(fetch->table, id);
	if (fetch->err.kind != ERR_NONE) {
		fetch->err = none;
		fetch->stopped = fetch->begun && !fetch->listed;
	}
	/* Asked about in the next turn: several ids become one question. */
	fetch->filling = true;
}

static enum group_fetch_state
state_of(const struct group_fetch *fetch)
{
	if (fetch->err.kind != ERR_NONE)
		return GROUP_FETCH_FAILED;
	if (fetch->listing)
		return GROUP_FETCH_LISTING;
	if (fetch->filling && has_unfilled(fetch))
		return GROUP_FETCH_FILLING;
	if (fetch->stopped)
		return GROUP_FETCH_STOPPED;
	return fetch->listed ? GROUP_FETCH_COMPLETE : GROUP_FETCH_IDLE;
}

void
group_fetch_status(const struct group_fetch *fetch,
    struct group_fetch_status *out)
{
	*out = (struct group_fetch_status){ .state = state_of(fetch),
		.err = fetch->err,
		.count = group_table_count(fetch->table),
		.filled = fetch->filled,
		.unusable = fetch->unusable };
}

const struct group *
group_fetch_at(const struct group_fetch *fetch, size_t index)
{
	return group_table_see(fetch->table, index);
}
