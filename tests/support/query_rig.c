#include "query_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS_MAX = 100000 };

int
query_set_up(void **state)
{
	struct query_rig *rig = calloc(1, sizeof(*rig));

	if (rig == NULL)
		return -1;
	rig->list = ban_list_create(ROWS_MAX);
	rig->query = ban_query_create();
	ban_page_init(&rig->page);
	*state = rig;
	return 0;
}

int
query_tear_down(void **state)
{
	struct query_rig *rig = *state;

	ban_page_release(&rig->page);
	ban_query_destroy(rig->query);
	ban_list_destroy(rig->list);
	free(rig);
	return 0;
}

void
query_add_flagged(struct query_rig *rig, const char *account, int64_t until_s,
    unsigned flags)
{
	struct err err = { 0 };

	assert_true(ban_page_add(&rig->page, account, strlen(account), until_s,
	    flags, &err));
}

void
query_add(struct query_rig *rig, const char *account, int64_t left_s)
{
	query_add_flagged(rig, account, QUERY_NOW_S + left_s, 0);
}

void
query_merge(struct query_rig *rig)
{
	struct err err = { 0 };
	struct ban_merge done;

	assert_true(ban_list_merge(rig->list, &rig->page, &done, &err));
	ban_page_reset(&rig->page);
}
