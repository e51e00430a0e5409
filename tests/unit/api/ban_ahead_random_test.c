/*
 * Asking ahead against asking one after another, over random lists: opaque
 * offsets, short and empty pages, accounts that come again, pages that fail,
 * caps. What a user could see of both is the same.
 */
#include "walk_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { LIMIT = 10 };

static struct ban_fetch_status
load_all(struct walk_rig *walk)
{
	walk_open(walk);
	ban_fetch_all(walk->fetch);
	walk_run(walk);
	return walk_status(walk);
}

/* How a page is left for the next one, and what is wrong with some. */
static void
add_random_page(struct ban_model *model, int kind, bool last)
{
	struct ban_model_page *page;
	int64_t at = model->page_count > 0
	    ? model->pages[model->page_count - 1].next
	    : 0;
	size_t count = LIMIT;

	if (kind > 0 && ban_model_draw(model, 4) == 0)
		count = ban_model_draw(model, LIMIT + 1);
	at += kind == 1 ? LIMIT : (int64_t)count;
	if (kind == 2 || count == 0)
		at += 1 + (int64_t)ban_model_draw(model, 3 * LIMIT);
	ban_model_add(model, count, last ? 0 : at);
	page = &model->pages[model->page_count - 1];
	/* Accounts that come again. */
	if (kind == 3 && page->first > 0 && ban_model_draw(model, 5) == 0)
		page->first -= 1 + ban_model_draw(model, page->first);
}

static void
lay_out_randomly(struct ban_model *model, uint64_t seed)
{
	size_t pages, bad;
	int kind;

	model->random = seed * 2654435769u + 1;
	(void)ban_model_draw(model, 2);
	pages = 1 + ban_model_draw(model, 60);
	kind = (int)ban_model_draw(model, 4);
	while (model->page_count < pages)
		add_random_page(model, kind, model->page_count + 1 == pages);
	bad = ban_model_draw(model, 2 * pages);
	if (bad >= pages)
		return;
	switch (ban_model_draw(model, 4)) {
	case 0:
		model->pages[bad].fails = -1;
		break;
	case 1:
		model->pages[bad].fails = 2;
		break;
	case 2:
		model->pages[bad].body = "{\"ActionStatus\":\"OK\"}";
		break;
	default:
		model->pages[bad].next = model->pages[bad].offset;
		break;
	}
}

/* All that a user could see of a walk, as text. */
static char *
outcome_of(uint64_t seed, size_t parallel)
{
	static struct walk_rig walk;
	struct ban_fetch_status status;
	size_t size = 65536, used = 0, row;
	char *text = malloc(size);

	assert_non_null(text);
	walk_init(&walk);
	lay_out_randomly(&walk.model, seed);
	walk.model.delay_ms = 50;
	walk.model.jitter_ms = (int64_t)(seed % 5) * 200;
	walk.config.parallel = parallel;
	if (seed % 7 == 0)
		walk.max_rows = (size_t)(1 + seed % 300);
	status = load_all(&walk);
	used += (size_t)snprintf(text, size,
	    "%d %d %d %s %lld %zu %zu:", (int)status.state,
	    (int)status.err.kind, status.err.code, status.err.text,
	    (long long)status.offset, status.pages,
	    ban_list_repeated(walk.list));
	for (row = 0; row < ban_list_count(walk.list); row++)
		used += (size_t)snprintf(text + used, size - used, " %zu",
		    walk_account(&walk, row));
	assert_true(used < size);
	walk_release(&walk);
	return text;
}

static void
random_lists_come_out_as_if_asked_one_after_another(void **state)
{
	uint64_t seed;

	(void)state;
	for (seed = 1; seed <= 400; seed++) {
		char *plain = outcome_of(seed, 1);
		char *ahead = outcome_of(seed, (size_t)(2 + seed % 15));

		assert_string_equal(plain, ahead);
		free(plain);
		free(ahead);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    random_lists_come_out_as_if_asked_one_after_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
