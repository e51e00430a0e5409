/*
 * A view of a list. What was appended since the last update is filtered and
 * merged in alone; anything else that changed (another list, a renewed row,
 * another question, the time where it matters) makes the vector anew.
 *
 * Without order and filter the vector is empty and the view is the list.
 */
#include "bantop/model/ban_query.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

#include "model_priv.h"

enum { CAP_FIRST = 256 };

struct ban_query {
	enum ban_column column;
	bool descending;
	struct ban_filter *filter; /* owned, or NULL */
	uint32_t *numbers;         /* rows in view order */
	size_t cap;
	size_t count;
	/* What the vector was made from. */
	bool stale; /* the question is another one now */
	uint64_t identity;
	uint64_t renewals;
	size_t seen; /* rows of the list */
	int64_t now_s;
	bool ascending; /* by row number, as without an order */
};

static const char *const column_names[] = {
	[BAN_COLUMN_NONE] = "",
	[BAN_COLUMN_ACCOUNT] = "account",
	[BAN_COLUMN_REMAINING] = "remaining",
	[BAN_COLUMN_UNTIL] = "until",
	[BAN_COLUMN_STATE] = "state",
};

bool
ban_column_parse(const char *name, size_t len, enum ban_column *out)
{
	int column;

	for (column = BAN_COLUMN_ACCOUNT; column <= BAN_COLUMN_STATE; column++)
		if (strlen(column_names[column]) == len &&
		    memcmp(column_names[column], name, len) == 0) {
			*out = (enum ban_column)column;
			return true;
		}
	return false;
}

const char *
ban_column_name(enum ban_column column)
{
	return column_names[column];
}

struct ban_query *
ban_query_create(void)
{
	struct ban_query *query = mem_alloc(sizeof *query);

	query->stale = true;
	return query;
}

void
ban_query_destroy(struct ban_query *query)
{
	if (query == NULL)
		return;
	ban_filter_destroy(query->filter);
	free(query->numbers);
	free(query);
}

void
ban_query_set_sort(struct ban_query *query, enum ban_column column,
    bool descending)
{
	if (query->column == column && query->descending == descending)
		return;
	query->column = column;
	query->descending = descending;
	query->stale = true;
}

enum ban_column
ban_query_sort(const struct ban_query *query, bool *descending)
{
	if (descending != NULL)
		*descending = query->descending;
	return query->column;
}

void
ban_query_set_filter(struct ban_query *query, struct ban_filter *filter)
{
	if (filter == query->filter)
		return;
	ban_filter_destroy(query->filter);
	query->filter = filter;
	query->stale = true;
}

const struct ban_filter *
ban_query_filter(const struct ban_query *query)
{
	return query->filter;
}

static bool
is_identity(const struct ban_query *query)
{
	return query->column == BAN_COLUMN_NONE && query->filter == NULL;
}

static bool
is_timed(const struct ban_query *query)
{
	return query->column == BAN_COLUMN_STATE ||
	    (query->filter != NULL && ban_filter_is_timed(query->filter));
}

static void
forget_numbers(struct ban_query *query)
{
	free(query->numbers);
	query->numbers = NULL;
	query->cap = 0;
}

static void
add_number(struct ban_query *query, size_t row)
{
	if (query->count == query->cap) {
		query->cap = query->cap < CAP_FIRST
		    ? CAP_FIRST
		    : query->cap + query->cap / 4;
		query->numbers = mem_grow(query->numbers, query->cap,
		    sizeof query->numbers[0]);
	}
	query->numbers[query->count++] = (uint32_t)row;
}

/* Appends the rows from @p first on that the filter lets through. */
static void
collect(struct ban_query *query, const struct ban_list *list, size_t first,
    int64_t now_s)
{
	size_t end = ban_list_count(list);
	size_t row;

	for (row = first; row < end; row++) {
		if (query->filter != NULL) {
			struct ban ban = ban_list_at(list, row);

			if (!ban_filter_matches(query->filter, &ban, now_s))
				continue;
		}
		add_number(query, row);
	}
}

/* Puts what follows the first @p sorted numbers where it belongs. */
static void
put_in_order(struct ban_query *query, const struct ban_list *list,
    size_t sorted, int64_t now_s)
{
	struct ban_order order = {
		.column = query->column,
		.descending = query->descending,
		.now_s = now_s,
	};

	if (query->column == BAN_COLUMN_NONE || sorted == query->count)
		return;
	ban_sort(list, order, query->numbers + sorted, query->count - sorted);
	if (sorted > 0)
		ban_sort_merge(list, order, query->numbers, sorted,
		    query->count);
}

/* Are the vector's rows still right, so that it only wants the new ones? */
static bool
can_append(const struct ban_query *query, const struct ban_list *list,
    int64_t now_s)
{
	return !query->stale && query->identity == ban_list_identity(list) &&
	    query->renewals == ban_list_renewals(list) &&
	    (query->now_s == now_s || !is_timed(query));
}

void
ban_query_update(struct ban_query *query, const struct ban_list *list,
    int64_t now_s)
{
	size_t sorted = 0;
	size_t first = 0;

	if (can_append(query, list, now_s)) {
		first = query->seen;
		sorted = query->count;
	}
	query->stale = false;
	query->identity = ban_list_identity(list);
	query->renewals = ban_list_renewals(list);
	query->seen = ban_list_count(list);
	query->now_s = now_s;
	query->ascending = query->column == BAN_COLUMN_NONE;
	if (is_identity(query)) {
		forget_numbers(query);
		query->count = query->seen;
		return;
	}
	query->count = sorted;
	collect(query, list, first, now_s);
	put_in_order(query, list, sorted, now_s);
}

size_t
ban_query_count(const struct ban_query *query)
{
	return query->count;
}

size_t
ban_query_row(const struct ban_query *query, size_t index)
{
	assert(index < query->count);
	return query->numbers != NULL ? query->numbers[index] : index;
}

static size_t
index_ascending(const struct ban_query *query, size_t row)
{
	size_t low = 0;
	size_t high = query->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (query->numbers[middle] < row)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < query->count && query->numbers[low] == row)
		return low;
	return BAN_ROW_NONE;
}

size_t
ban_query_index(const struct ban_query *query, size_t row)
{
	size_t i;

	if (query->numbers == NULL)
		return row < query->count ? row : BAN_ROW_NONE;
	if (query->ascending)
		return index_ascending(query, row);
	for (i = 0; i < query->count; i++)
		if (query->numbers[i] == row)
			return i;
	return BAN_ROW_NONE;
}
