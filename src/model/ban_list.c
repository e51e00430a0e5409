/*
 * The store: rows that are only appended or renewed in place, their index, and
 * of each page where its rows begin. Unusable rows are not in the index, so
 * they are never found, and never taken for another account.
 */
#include "bantop/model/ban_list.h"

#include <assert.h>
#include <stdlib.h>

#include "bantop/base/mem.h"
#include "bantop/base/num.h"
#include "bantop/base/random.h"

#include "model_priv.h"

enum { PAGES_FIRST = 16 };

/* A page that brought no row begins where the next one does. */
struct page_start {
	size_t first;
	int64_t offset;
	int64_t received_at;
};

struct ban_list {
	struct ban_rows rows;
	struct ban_index index;
	struct page_start *pages;
	size_t page_count;
	size_t page_cap;
	size_t max_rows;
	size_t repeated;
	size_t unusable;
	uint64_t identity;
	uint64_t version;
	uint64_t renewals;
};

struct ban_list *
ban_list_create(size_t max_rows)
{
	struct ban_list *list = mem_alloc(sizeof *list);

	assert(max_rows >= 1 && max_rows <= BAN_LIST_ROWS_MAX);
	list->max_rows = max_rows;
	list->identity = random_u64();
	ban_index_init(&list->index);
	return list;
}

void
ban_list_destroy(struct ban_list *list)
{
	if (list == NULL)
		return;
	ban_rows_release(&list->rows);
	ban_index_release(&list->index);
	free(list->pages);
	free(list);
}

static void
add_page(struct ban_list *list, const struct ban_page *page)
{
	if (list->page_count == list->page_cap) {
		list->page_cap = list->page_cap > 0
		    ? list->page_cap + list->page_cap / 2
		    : PAGES_FIRST;
		list->pages = mem_grow(list->pages, list->page_cap,
		    sizeof list->pages[0]);
	}
	list->pages[list->page_count++] = (struct page_start){
		.first = list->rows.count,
		.offset = page->offset,
		.received_at = page->received_at,
	};
}

static bool
refuse_rows(const struct ban_list *list, struct err *err)
{
	char number[NUM_TEXT_MAX + 8];

	(void)num_write_grouped((int64_t)list->max_rows, number);
	return err_set(err, ERR_LIMIT, 0, NULL, "more than %s rows: --max-rows",
	    number);
}

static bool
refuse_text(struct err *err)
{
	return err_set(err, ERR_LIMIT, 0, NULL,
	    "more than %zu MiB of account names", BAN_LIST_TEXT_MAX >> 20);
}

static bool
append(struct ban_list *list, const struct ban *ban, struct err *err)
{
	size_t row = list->rows.count;

	if (row == list->max_rows)
		return refuse_rows(list, err);
	if (!ban_rows_append(&list->rows, ban))
		return refuse_text(err);
	if ((ban->flags & BAN_UNUSABLE) != 0)
		list->unusable++;
	else
		ban_index_add(&list->index, &list->rows, row);
	return true;
}

static void
merge_ban(struct ban_list *list, const struct ban *ban, struct ban_merge *merge,
    struct err *err)
{
	bool usable = (ban->flags & BAN_UNUSABLE) == 0;
	size_t row = BAN_ROW_NONE;

	if (usable)
		row = ban_list_find(list, ban->account, ban->account_len);
	if (row != BAN_ROW_NONE) {
		if (ban_rows_renew(&list->rows, row, ban))
			list->renewals++;
		merge->repeated++;
	} else if (!merge->cut) {
		/* Behind a row that was cut nothing may follow: the walk goes
		 * on from there. What is known is renewed all the same. */
		merge->cut = !append(list, ban, err);
		if (!merge->cut)
			merge->added++;
		if (!merge->cut && !usable)
			merge->unusable++;
	}
}

bool
ban_list_merge(struct ban_list *list, const struct ban_page *page,
    struct ban_merge *merge, struct err *err)
{
	size_t i;

	*merge = (struct ban_merge){ .first = list->rows.count };
	add_page(list, page);
	for (i = 0; i < page->count; i++) {
		struct ban ban = ban_page_at(page, i);

		merge_ban(list, &ban, merge, err);
	}
	list->repeated += merge->repeated;
	if (merge->repeated > 0 || merge->added > 0)
		list->version++;
	return !merge->cut;
}

size_t
ban_list_count(const struct ban_list *list)
{
	return list->rows.count;
}

size_t
ban_list_pages(const struct ban_list *list)
{
	return list->page_count;
}

size_t
ban_list_repeated(const struct ban_list *list)
{
	return list->repeated;
}

size_t
ban_list_unusable(const struct ban_list *list)
{
	return list->unusable;
}

uint64_t
ban_list_identity(const struct ban_list *list)
{
	return list->identity;
}

uint64_t
ban_list_version(const struct ban_list *list)
{
	return list->version;
}

uint64_t
ban_list_renewals(const struct ban_list *list)
{
	return list->renewals;
}

struct ban
ban_list_at(const struct ban_list *list, size_t row)
{
	return ban_rows_at(&list->rows, row);
}

size_t
ban_list_find(const struct ban_list *list, const char *account, size_t len)
{
	return ban_index_find(&list->index, &list->rows, account, len);
}

struct ban_origin
ban_list_origin(const struct ban_list *list, size_t row)
{
	size_t low = 0;
	size_t high = list->page_count;

	assert(row < list->rows.count);
	/* The last page that begins at or before the row: low has, high not. */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (list->pages[middle].first <= row)
			low = middle;
		else
			high = middle;
	}
	return (struct ban_origin){
		.page = low + 1,
		.offset = list->pages[low].offset,
		.received_at = list->pages[low].received_at,
	};
}

int64_t
ban_list_as_of(const struct ban_list *list)
{
	if (list->page_count == 0)
		return 0;
	return list->pages[list->page_count - 1].received_at;
}

size_t
ban_list_bytes(const struct ban_list *list)
{
	const struct ban_rows *rows = &list->rows;

	return sizeof *list + rows->text_cap +
	    rows->cap * (sizeof rows->until_s[0] + sizeof rows->place[0]) +
	    (list->index.cap + list->index.old_cap) *
	    sizeof list->index.slots[0] +
	    list->page_cap * sizeof list->pages[0];
}
