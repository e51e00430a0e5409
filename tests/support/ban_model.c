/*
 * A service with one ban list. Reads its requests as text: what the program
 * sends is checked elsewhere.
 */
#include "ban_model.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
ban_model_init(struct ban_model *model)
{
	*model =
	    (struct ban_model){ .delay_ms = 100, .random = 88172645463325252u };
}

size_t
ban_model_draw(struct ban_model *model, size_t below)
{
	model->random ^= model->random << 13;
	model->random ^= model->random >> 7;
	model->random ^= model->random << 17;
	return (size_t)(model->random % below);
}

void
ban_model_add(struct ban_model *model, size_t count, int64_t next)
{
	struct ban_model_page *page = &model->pages[model->page_count];

	assert(model->page_count < BAN_MODEL_PAGES_MAX);
	*page = (struct ban_model_page){ .next = next, .count = count };
	if (model->page_count > 0) {
		page->offset = page[-1].next;
		page->first = page[-1].first + page[-1].count;
	}
	model->page_count++;
}

void
ban_model_add_rows(struct ban_model *model, size_t rows, size_t limit)
{
	int64_t at = model->page_count > 0
	    ? model->pages[model->page_count - 1].next
	    : 0;

	while (rows > limit) {
		at += (int64_t)limit;
		rows -= limit;
		ban_model_add(model, limit, at);
	}
	ban_model_add(model, rows, 0);
}

static long long
number_behind(const char *body, const char *name)
{
	const char *at = strstr(body, name);

	assert(at != NULL);
	return strtoll(at + strlen(name), NULL, 10);
}

static struct ban_model_page *
find_page(struct ban_model *model, int64_t offset)
{
	size_t i;

	for (i = 0; i < model->page_count; i++)
		if (model->pages[i].offset == offset)
			return &model->pages[i];
	return NULL;
}

static void
write_page(const struct ban_model_page *page, const char *word,
    struct buf *body)
{
	size_t i;

	buf_put_text(body,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"BannedAccountList\":[");
	for (i = 0; i < page->count; i++)
		buf_put_format(body,
		    "%s{\"Member_Account\":\"%s%zu\",\"BannedUntil\":%zu}",
		    i > 0 ? "," : "", word, page->first + i,
		    (size_t)1800000000 + i);
	buf_put_format(body, "],\"NextOffset\":%" PRId64 "}", page->next);
}

static void
write_trap(int64_t offset, int64_t limit, struct buf *body)
{
	struct ban_model_page trap = { .next = offset + limit,
		.first = (size_t)offset,
		.count = (size_t)limit };

	write_page(&trap, "trap", body);
}

void
ban_model_answer(const struct transport_request *request,
    struct scripted_reply *reply, struct buf *body, void *user)
{
	struct ban_model *model = user;
	int64_t offset = number_behind(request->body, "\"Offset\":");
	struct ban_model_page *page = find_page(model, offset);

	reply->delay_ms = model->delay_ms +
	    (int64_t)ban_model_draw(model, (size_t)model->jitter_ms + 1);
	if (page == NULL) {
		model->traps++;
		write_trap(offset, number_behind(request->body, "\"Limit\":"),
		    body);
		return;
	}
	if (page->fails != 0) {
		if (page->fails > 0)
			page->fails--;
		reply->status = 503;
		return;
	}
	if (page->body != NULL)
		buf_put_text(body, page->body);
	else
		write_page(page, "a", body);
}
