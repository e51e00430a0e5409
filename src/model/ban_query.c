/*
 * A view of a list. What was appended since the last update is filtered and
 * merged in alone; anything else that changed (another list, a renewed row,
 * another question, the time where it matters) makes the vector anew, in as
 * many portions as it takes. What is shown meanwhile is the vector before; a
 * list that changes while its vector is made does not begin it again, or it
 * would never be ready: it is made a second time.
 *
 * Without order and filter the vector is empty and the view is the list.
 */
#include "bantop/model/ban_query.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

#include "model_priv.h"

enum { CAP_FIRST = 256, STEPS_APPEND = 64 };

/* What a vector was made from. */
struct source {
	uint64_t identity;
	uint64_t renewals;
	size_t rows; /* of the list, the first ones */
	int64_t now_s;
};

struct vector {
	struct source source;
	uint32_t *numbers; /* rows in view order; NULL: the list itself */
	size_t cap;
	size_t count;
	bool ascending; /* by row number, as without an order */
};

/* A vector in the making. */
struct job {
	struct vector vector;
	size_t row;            /* to be looked at next */
	struct ban_sort *sort; /* NULL before all rows have been looked at */
	bool ready;
};

struct ban_query {
	enum ban_column column;
	bool descending;
	struct ban_filter *filter; /* owned, or NULL */
	size_t left;               /* steps until refilled; SIZE_MAX: all */
	struct vector shown;
	uint64_t version; /* grows when rows of it may stand elsewhere */
	bool stale;       /* the question is another one now */
	struct job *job;  /* for the list that is shown, or NULL */
	struct job *next; /* for another one beside it, or NULL */
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
	query->left = SIZE_MAX;
	return query;
}

static void
drop_job(struct job **job)
{
	if (*job == NULL)
		return;
	ban_sort_destroy((*job)->sort);
	free((*job)->vector.numbers);
	free(*job);
	*job = NULL;
}

void
ban_query_destroy(struct ban_query *query)
{
	if (query == NULL)
		return;
	drop_job(&query->job);
	drop_job(&query->next);
	ban_filter_destroy(query->filter);
	free(query->shown.numbers);
	free(query);
}

static void
ask_anew(struct ban_query *query)
{
	drop_job(&query->job);
	drop_job(&query->next);
	query->stale = true;
}

void
ban_query_set_sort(struct ban_query *query, enum ban_column column,
    bool descending)
{
	if (query->column == column && query->descending == descending)
		return;
	query->column = column;
	query->descending = descending;
	ask_anew(query);
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
	ask_anew(query);
	ban_filter_destroy(query->filter);
	query->filter = filter;
}

const struct ban_filter *
ban_query_filter(const struct ban_query *query)
{
	return query->filter;
}

void
ban_query_refill(struct ban_query *query, size_t steps)
{
	query->left = steps;
}

void
ban_query_spend(size_t *left, size_t steps)
{
	*left -= *left < steps ? *left : steps;
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

static struct source
source_of(const struct ban_list *list, int64_t now_s)
{
	return (struct source){
		.identity = ban_list_identity(list),
		.renewals = ban_list_renewals(list),
		.rows = ban_list_count(list),
		.now_s = now_s,
	};
}

static void
add_number(struct vector *vector, size_t row)
{
	if (vector->count == vector->cap) {
		vector->cap = vector->cap < CAP_FIRST
		    ? CAP_FIRST
		    : vector->cap + vector->cap / 4;
		vector->numbers = mem_grow(vector->numbers, vector->cap,
		    sizeof vector->numbers[0]);
	}
	vector->numbers[vector->count++] = (uint32_t)row;
}

/* Appends those of the rows from @p first to @p end that the filter lets
 * through. */
static void
collect(const struct ban_query *query, struct vector *vector,
    const struct ban_list *list, size_t first, size_t end)
{
	size_t row;

	for (row = first; row < end; row++) {
		if (query->filter != NULL) {
			struct ban ban = ban_list_at(list, row);

			if (!ban_filter_matches(query->filter, &ban,
			        vector->source.now_s))
				continue;
		}
		add_number(vector, row);
	}
}

static size_t
steps_to_collect(const struct ban_query *query)
{
	return query->filter != NULL ? ban_filter_steps(query->filter) : 1;
}

static struct ban_order
order_of(const struct ban_query *query, int64_t now_s)
{
	return (struct ban_order){
		.column = query->column,
		.descending = query->descending,
		.now_s = now_s,
	};
}

/* -- making one anew ------------------------------------------------------ */

static struct job *
begin(const struct ban_query *query, struct source source)
{
	struct job *job = mem_alloc(sizeof *job);

	job->vector.source = source;
	job->vector.ascending = query->column == BAN_COLUMN_NONE;
	/* A view of nothing is none of the list itself. */
	job->vector.cap = CAP_FIRST;
	job->vector.numbers =
	    mem_grow(NULL, CAP_FIRST, sizeof job->vector.numbers[0]);
	return job;
}

static void
run(const struct ban_query *query, struct job *job, const struct ban_list *list,
    size_t *left)
{
	struct vector *vector = &job->vector;

	if (job->row < vector->source.rows) {
		size_t end = ban_sort_portion(job->row, vector->source.rows,
		    steps_to_collect(query), left);

		collect(query, vector, list, job->row, end);
		job->row = end;
		if (end < vector->source.rows)
			return;
	}
	if (query->column == BAN_COLUMN_NONE) {
		job->ready = true;
		return;
	}
	if (job->sort == NULL)
		job->sort =
		    ban_sort_create(order_of(query, vector->source.now_s),
		        vector->numbers, vector->count);
	job->ready = ban_sort_run(job->sort, list, left);
}

/* Works on @p job, which is begun if it is none or one for another list.
 * @return true when its vector is ready. */
static bool
work(struct ban_query *query, struct job **job, const struct ban_list *list,
    int64_t now_s)
{
	if (*job != NULL &&
	    (*job)->vector.source.identity != ban_list_identity(list))
		drop_job(job);
	if (*job == NULL)
		*job = begin(query, source_of(list, now_s));
	if (!(*job)->ready && query->left > 0)
		run(query, *job, list, &query->left);
	return (*job)->ready;
}

static void
publish(struct ban_query *query)
{
	free(query->shown.numbers);
	query->shown = query->job->vector;
	query->version++;
	query->stale = false;
	query->job->vector.numbers = NULL;
	drop_job(&query->job);
}

bool
ban_query_prepare(struct ban_query *query, const struct ban_list *list,
    int64_t now_s)
{
	return is_identity(query) || work(query, &query->next, list, now_s);
}

/* -- bringing it up to date ------------------------------------------------ */

/* Are the vector's rows still right, so that it only wants the new ones? */
static bool
can_append(const struct ban_query *query, const struct source *source)
{
	const struct source *seen = &query->shown.source;

	return !query->stale && seen->identity == source->identity &&
	    seen->renewals == source->renewals &&
	    (seen->now_s == source->now_s || !is_timed(query));
}

static bool
append(struct ban_query *query, const struct ban_list *list,
    const struct source *source)
{
	struct vector *shown = &query->shown;
	struct ban_order order = order_of(query, source->now_s);
	size_t first = shown->source.rows;
	size_t sorted = shown->count;
	size_t all = SIZE_MAX;
	struct ban_sort *sort;
	size_t end;

	shown->source.now_s = source->now_s;
	if (first == source->rows)
		return true;
	if (query->left == 0)
		return false;
	end = ban_sort_portion(first, source->rows, STEPS_APPEND, &query->left);
	collect(query, shown, list, first, end);
	shown->source.rows = end;
	if (query->column != BAN_COLUMN_NONE && shown->count > sorted) {
		sort = ban_sort_create(order, shown->numbers + sorted,
		    shown->count - sorted);
		(void)ban_sort_run(sort, list, &all);
		ban_sort_destroy(sort);
		if (sorted > 0)
			ban_sort_merge(list, order, shown->numbers, sorted,
			    shown->count);
		query->version++;
	}
	return end == source->rows;
}

static void
show_list(struct ban_query *query, const struct source *source)
{
	drop_job(&query->job);
	drop_job(&query->next);
	if (query->shown.numbers != NULL ||
	    query->shown.source.identity != source->identity)
		query->version++;
	free(query->shown.numbers);
	query->shown = (struct vector){
		.source = *source, .count = source->rows, .ascending = true
	};
	query->stale = false;
}

/* What stands there of another list means nothing in this one. */
static void
turn_to(struct ban_query *query, const struct source *source)
{
	struct job *job = query->job;

	if (query->shown.source.identity == source->identity)
		return;
	if (query->next != NULL) {
		query->job = query->next;
		query->next = job;
	}
	drop_job(&query->next);
	query->shown.source = *source;
	query->shown.count = 0;
	query->version++;
	query->stale = true;
}

bool
ban_query_update(struct ban_query *query, const struct ban_list *list,
    int64_t now_s)
{
	struct source source = source_of(list, now_s);

	if (is_identity(query)) {
		show_list(query, &source);
		return true;
	}
	turn_to(query, &source);
	while (!can_append(query, &source)) {
		if (!work(query, &query->job, list, now_s))
			return false;
		publish(query);
	}
	return append(query, list, &source);
}

bool
ban_query_answers(const struct ban_query *query)
{
	return !query->stale;
}

uint64_t
ban_query_version(const struct ban_query *query)
{
	return query->version;
}

size_t
ban_query_count(const struct ban_query *query)
{
	return query->shown.count;
}

size_t
ban_query_row(const struct ban_query *query, size_t index)
{
	assert(index < query->shown.count);
	return query->shown.numbers != NULL ? query->shown.numbers[index]
	                                    : index;
}

static size_t
index_ascending(const struct ban_query *query, size_t row)
{
	size_t low = 0;
	size_t high = query->shown.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (query->shown.numbers[middle] < row)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < query->shown.count && query->shown.numbers[low] == row)
		return low;
	return BAN_ROW_NONE;
}

size_t
ban_query_index(const struct ban_query *query, size_t row)
{
	size_t i;

	if (query->shown.numbers == NULL)
		return row < query->shown.count ? row : BAN_ROW_NONE;
	if (query->shown.ascending)
		return index_ascending(query, row);
	for (i = 0; i < query->shown.count; i++)
		if (query->shown.numbers[i] == row)
			return i;
	return BAN_ROW_NONE;
}
