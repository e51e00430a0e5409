/*
 * A ban_fetch on a scripted service.
 */
#include "walk_rig.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void
see_page(const struct ban_page *page, const struct ban_merge *merge, void *user)
{
	struct walk_rig *walk = user;

	(void)page;
	walk->page_calls++;
	walk->added += merge->added;
	walk->cut = merge->cut;
	if (walk->page_calls == walk->stop_at)
		ban_fetch_stop(walk->fetch);
}

static void
see_change(void *user)
{
	struct walk_rig *walk = user;

	walk->change_calls++;
}

void
walk_init(struct walk_rig *walk)
{
	*walk = (struct walk_rig){ .max_rows = BAN_LIST_ROWS_DEFAULT };
	rig_init(&walk->client);
	walk->client.config.rate = 200;
	ban_model_init(&walk->model);
	scripted_answer_by(walk->client.scripted, ban_model_answer,
	    &walk->model);
	walk->config = (struct ban_fetch_config){
		.group = "lobby",
		.page_size = 10,
		.parallel = 1,
		.on_page = see_page,
		.on_change = see_change,
	};
}

void
walk_open(struct walk_rig *walk)
{
	rig_open(&walk->client);
	walk->list = ban_list_create(walk->max_rows);
	walk->config.client = walk->client.client;
	walk->config.list = walk->list;
	walk->config.clock = &walk->client.clock.clock;
	walk->config.user = walk;
	walk->fetch = ban_fetch_create(&walk->config);
}

void
walk_release(struct walk_rig *walk)
{
	ban_fetch_destroy(walk->fetch);
	ban_list_destroy(walk->list);
	rig_release(&walk->client);
}

void
walk_run(struct walk_rig *walk)
{
	rig_run(&walk->client);
}

struct ban_fetch_status
walk_status(const struct walk_rig *walk)
{
	struct ban_fetch_status status;

	ban_fetch_status(walk->fetch, &status);
	return status;
}

size_t
walk_calls(const struct walk_rig *walk)
{
	return scripted_count(walk->client.scripted);
}

int64_t
walk_asked(const struct walk_rig *walk, size_t index)
{
	const char *body = scripted_body(walk->client.scripted, index);
	const char *at = strstr(body, "\"Offset\":");

	assert(at != NULL);
	return strtoll(at + strlen("\"Offset\":"), NULL, 10);
}

size_t
walk_account(const struct walk_rig *walk, size_t row)
{
	struct ban ban = ban_list_at(walk->list, row);
	char text[32];

	assert(ban.account_len < sizeof text && ban.account[0] == 'a');
	memcpy(text, ban.account, ban.account_len);
	text[ban.account_len] = '\0';
	return (size_t)strtoull(text + 1, NULL, 10);
}
