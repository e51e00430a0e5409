/*
 * Asking ahead. A slot belongs to one offset, from its call until the walk
 * takes its page or throws it away. All slots lie on the grid of full pages
 * from where the walk stands, and there are never more than the window allows:
 * one for the page that the walk waits for, the others behind it.
 */
#include "bantop/api/ban_ahead.h"

#include <assert.h>
#include <stdlib.h>

#include "api_priv.h"
#include "bantop/api/ahead_window.h"
#include "bantop/api/ban_reply.h"
#include "bantop/base/mem.h"

enum slot_state { SLOT_FREE, SLOT_ASKED, SLOT_READY, SLOT_FAILED };

struct slot {
	struct ban_ahead *ahead;
	enum slot_state state;
	int64_t offset;
	uint64_t call;        /* while asked */
	struct ban_page page; /* when ready; its memory is used again */
};

struct ban_ahead {
	struct ban_ahead_config config;
	struct ahead_window window;
	size_t wasted;
	struct slot slots[AHEAD_WINDOW_MAX]; /* config.parallel of them */
};

uint64_t
client_call_ban_list(struct client *client, const struct ban_question *question,
    client_done_fn done, void *user, struct err *err)
{
	struct client_request request = { .command = CLIENT_BAN_LIST,
		.subject = question->group,
		.offset = question->offset,
		.limit = question->limit,
		.quiet = question->quiet };
	struct buf body;
	uint64_t id = 0;

	buf_init(&body, CLIENT_BODY_MAX);
	if (!ban_request_write(question->group, question->limit,
	        question->offset, &body, err))
		goto done;
	request.body = buf_text(&body);
	request.body_len = body.len;
	id = client_call(client, &request, done, user);
done:
	buf_release(&body);
	return id;
}

struct ban_ahead *
ban_ahead_create(const struct ban_ahead_config *config)
{
	struct ban_ahead *ahead = mem_alloc(sizeof *ahead);
	size_t i;

	ahead->config = *config;
	ahead_window_init(&ahead->window, config->parallel,
	    client_rate(config->client));
	for (i = 0; i < AHEAD_WINDOW_MAX; i++) {
		ahead->slots[i].ahead = ahead;
		ban_page_init(&ahead->slots[i].page);
	}
	return ahead;
}

void
ban_ahead_destroy(struct ban_ahead *ahead)
{
	size_t i;

	if (ahead == NULL)
		return;
	ban_ahead_drop(ahead);
	for (i = 0; i < AHEAD_WINDOW_MAX; i++)
		ban_page_release(&ahead->slots[i].page);
	free(ahead);
}

/* Slots that are free are found by no offset. */
static struct slot *
find_slot(struct ban_ahead *ahead, int64_t offset)
{
	size_t i;

	for (i = 0; i < ahead->config.parallel; i++) {
		struct slot *slot = &ahead->slots[i];

		if (slot->state != SLOT_FREE && slot->offset == offset)
			return slot;
	}
	return NULL;
}

static struct slot *
free_slot(struct ban_ahead *ahead)
{
	size_t i;

	for (i = 0; i < ahead->config.parallel; i++)
		if (ahead->slots[i].state == SLOT_FREE)
			return &ahead->slots[i];
	return NULL;
}

static bool
is_sent(const struct ban_ahead *ahead, const struct slot *slot)
{
	struct client_status status;

	return slot->state == SLOT_ASKED &&
	    client_status(ahead->config.client, slot->call, &status) &&
	    status.phase == CLIENT_IN_FLIGHT;
}

/* A call that still waited for its turn in the rate has cost nothing. */
static void
throw_away(struct ban_ahead *ahead, struct slot *slot)
{
	if (slot->state == SLOT_FREE)
		return;
	if (slot->state != SLOT_ASKED || is_sent(ahead, slot))
		ahead->wasted++;
	if (slot->state == SLOT_ASKED)
		client_cancel(ahead->config.client, slot->call);
	slot->state = SLOT_FREE;
}

void
ban_ahead_drop(struct ban_ahead *ahead)
{
	size_t i;

	for (i = 0; i < ahead->config.parallel; i++)
		throw_away(ahead, &ahead->slots[i]);
}

static bool
is_regular(const struct ban_ahead *ahead, const struct ban_page *page)
{
	return page->next_fault.kind == ERR_NONE &&
	    page->count == (size_t)ahead->config.page_size &&
	    page->next_offset == page->offset + ahead->config.page_size;
}

void
ban_ahead_learn(struct ban_ahead *ahead, const struct ban_page *page)
{
	if (is_regular(ahead, page))
		ahead_window_confirm(&ahead->window);
	else
		ahead_window_miss(&ahead->window);
	if (find_slot(ahead, page->next_offset) == NULL)
		ban_ahead_drop(ahead);
}

void
ban_ahead_time(struct ban_ahead *ahead, int64_t took_ms)
{
	ahead_window_time(&ahead->window, took_ms);
}

static void
read_page(struct slot *slot, const struct client_reply *reply)
{
	struct err err = reply->err;

	slot->state = SLOT_FAILED;
	if (err.kind != ERR_NONE)
		return;
	if (ban_reply_read(json_root(reply->document), slot->offset,
	        reply->received_at, &slot->page, &err))
		slot->state = SLOT_READY;
}

static void
call_done(const struct client_reply *reply, void *user)
{
	struct slot *slot = user;
	struct ban_ahead *ahead = slot->ahead;

	read_page(slot, reply);
	if (slot->state == SLOT_READY)
		ahead_window_time(&ahead->window, reply->took_ms);
	else
		ahead_window_fail(&ahead->window);
	ahead->config.done(slot->offset, ahead->config.user);
}

/* @return false if nothing should be asked behind it. */
static bool
ask_for(struct ban_ahead *ahead, int64_t offset)
{
	struct ban_question question = { .group = ahead->config.group,
		.limit = ahead->config.page_size,
		.offset = offset,
		.quiet = true };
	struct slot *slot = find_slot(ahead, offset);
	struct err err;

	if (slot != NULL)
		return slot->state == SLOT_ASKED ||
		    (slot->state == SLOT_READY &&
		        is_regular(ahead, &slot->page));
	slot = free_slot(ahead);
	if (slot == NULL)
		return false;
	slot->call = client_call_ban_list(ahead->config.client, &question,
	    call_done, slot, &err);
	if (slot->call == 0)
		return false;
	slot->offset = offset;
	slot->state = SLOT_ASKED;
	return true;
}

void
ban_ahead_ask(struct ban_ahead *ahead, int64_t offset)
{
	size_t more = ahead_window_size(&ahead->window) - 1;

	while (more > 0) {
		if (offset > BAN_OFFSET_MAX - ahead->config.page_size)
			return;
		offset += ahead->config.page_size;
		if (!ask_for(ahead, offset))
			return;
		more--;
	}
}

static void
swap_pages(struct ban_page *one, struct ban_page *other)
{
	struct ban_page kept = *one;

	*one = *other;
	*other = kept;
}

enum ban_ahead_found
ban_ahead_take(struct ban_ahead *ahead, int64_t offset, struct ban_page *page)
{
	struct slot *slot = find_slot(ahead, offset);

	if (slot == NULL)
		return BAN_AHEAD_NONE;
	if (slot->state == SLOT_ASKED)
		return BAN_AHEAD_ASKED;
	if (slot->state == SLOT_READY) {
		swap_pages(page, &slot->page);
		slot->state = SLOT_FREE;
		return BAN_AHEAD_READY;
	}
	throw_away(ahead, slot); /* it failed */
	return BAN_AHEAD_NONE;
}

uint64_t
ban_ahead_call(const struct ban_ahead *ahead, int64_t offset)
{
	size_t i;

	for (i = 0; i < ahead->config.parallel; i++)
		if (ahead->slots[i].state == SLOT_ASKED &&
		    ahead->slots[i].offset == offset)
			return ahead->slots[i].call;
	return 0;
}

size_t
ban_ahead_in_flight(const struct ban_ahead *ahead)
{
	size_t count = 0, i;

	for (i = 0; i < ahead->config.parallel; i++)
		if (is_sent(ahead, &ahead->slots[i]))
			count++;
	return count;
}

size_t
ban_ahead_wasted(const struct ban_ahead *ahead)
{
	return ahead->wasted;
}
