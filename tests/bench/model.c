/*
 * The list in memory, from a thousand rows to a million: what it costs to
 * merge, sort, filter, find a row's place, take a page more under an order,
 * and hold. With an operation named it does that one alone, for callgrind.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bantop/api/ban_reply.h"
#include "bantop/api/json.h"
#include "bantop/base/mem.h"
#include "bantop/model/ban_list.h"
#include "bantop/model/ban_query.h"
#include "bench/stage.h"

enum { PAGE = 100, ROUNDS = 5, REPLY_MAX = 65536 };
enum { NOW_S = 1800000000, DAY_S = 86400 };

struct store {
	struct ban_list *list;
	struct ban_query *query;
	struct ban_page page;
	uint64_t random;
	size_t rows;
};

/* The processor's time: nothing here waits, and a machine may be shared. */
static int64_t
cpu_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static uint64_t
next_random(struct store *store)
{
	store->random =
	    store->random * UINT64_C(6364136223846793005) + UINT64_C(1442695);
	return store->random >> 33;
}

/* Accounts as applications make them: a few words and a number. */
static size_t
write_account(struct store *store, size_t row, char *out, size_t size)
{
	static const char *const words[] = { "user", "guest_", "neon_waffle_",
		"brennanli", "x", "lazy-badger", "1381000", "mira." };
	size_t word = next_random(store) % 8;

	return (size_t)snprintf(out, size, "%s%07zu", words[word],
	    (row * 7919) % 10000019);
}

static void
fill_page(struct store *store)
{
	struct err err;
	char account[64];
	int i;

	ban_page_reset(&store->page);
	store->page.offset = (int64_t)store->rows;
	store->page.received_at = NOW_S;
	for (i = 0; i < PAGE; i++) {
		size_t len =
		    write_account(store, store->rows, account, sizeof account);
		int64_t until_s =
		    NOW_S + (int64_t)(next_random(store) % (90 * DAY_S));

		if (!ban_page_add(&store->page, account, len, until_s, 0, &err))
			stage_fail(err.text);
		store->rows++;
	}
}

static void
add_page(struct store *store)
{
	struct ban_merge merge;
	struct err err;

	fill_page(store);
	if (!ban_list_merge(store->list, &store->page, &merge, &err))
		stage_fail(err.text);
}

static void
open_store(struct store *store, size_t rows)
{
	*store = (struct store){ .random = 1 };
	store->list = ban_list_create(BAN_LIST_ROWS_MAX);
	store->query = ban_query_create();
	ban_page_init(&store->page);
	while (store->rows < rows)
		add_page(store);
}

static void
close_store(struct store *store)
{
	ban_query_destroy(store->query);
	ban_list_destroy(store->list);
	ban_page_release(&store->page);
}

/* -- operations ------------------------------------------------------------ */

static void
keep_only(struct store *store, const char *text)
{
	struct err err;
	struct ban_filter *filter =
	    text != NULL ? ban_filter_create(text, strlen(text), &err) : NULL;

	ban_query_set_filter(store->query, filter);
}

static void
update(struct store *store)
{
	(void)ban_query_update(store->query, store->list, NOW_S);
}

static void
start_plain(struct store *store)
{
	keep_only(store, NULL);
	ban_query_set_sort(store->query, BAN_COLUMN_NONE, false);
	update(store);
}

static void
start_sorted(struct store *store)
{
	keep_only(store, NULL);
	ban_query_set_sort(store->query, BAN_COLUMN_UNTIL, false);
	update(store);
}

static void
sort_until(struct store *store)
{
	ban_query_set_sort(store->query, BAN_COLUMN_UNTIL, false);
	update(store);
}

static void
sort_account(struct store *store)
{
	ban_query_set_sort(store->query, BAN_COLUMN_ACCOUNT, false);
	update(store);
}

static void
sort_state(struct store *store)
{
	ban_query_set_sort(store->query, BAN_COLUMN_STATE, false);
	update(store);
}

static void
filter_blind(struct store *store)
{
	keep_only(store, "waffle_0000");
	update(store);
}

static void
filter_exact(struct store *store)
{
	keep_only(store, "Waffle_0000");
	update(store);
}

static void
filter_left(struct store *store)
{
	keep_only(store, "left<1h");
	update(store);
}

static void
find_place(struct store *store)
{
	(void)ban_query_index(store->query, store->rows / 2);
}

static void
take_page(struct store *store)
{
	add_page(store);
	update(store);
}

static void
do_nothing(struct store *store)
{
	update(store);
}

struct operation {
	const char *name;
	void (*start)(struct store *store);
	void (*run)(struct store *store);
};

static const struct operation operations[] = {
	{ "sort-until", start_plain, sort_until },
	{ "sort-account", start_plain, sort_account },
	{ "sort-state", start_plain, sort_state },
	{ "filter", start_plain, filter_blind },
	{ "filter-exact", start_plain, filter_exact },
	{ "filter-left", start_plain, filter_left },
	{ "place", start_sorted, find_place },
	{ "page-plain", start_plain, take_page },
	{ "page-sorted", start_sorted, take_page },
	{ "update-sorted", start_sorted, do_nothing },
};
enum { OPERATIONS = sizeof operations / sizeof operations[0] };
enum { PORTIONED = 6 }; /* the first of them */

static int
compare(const void *a, const void *b)
{
	const int64_t *one = a;
	const int64_t *other = b;

	return (*one > *other) - (*one < *other);
}

static int64_t
median_us(struct store *store, const struct operation *operation)
{
	int64_t took_us[ROUNDS];
	size_t i;

	for (i = 0; i < ROUNDS; i++) {
		operation->start(store);
		took_us[i] = cpu_us();
		operation->run(store);
		took_us[i] = cpu_us() - took_us[i];
	}
	qsort(took_us, ROUNDS, sizeof took_us[0], compare);
	return took_us[ROUNDS / 2];
}

/* The longest of the portions that a screen does it in. */
static int64_t
portion_us(struct store *store, const struct operation *operation)
{
	int64_t longest_us = 0;
	bool ready;

	operation->start(store);
	ban_query_refill(store->query, 0);
	operation->run(store);
	do {
		int64_t began_us = cpu_us();

		ban_query_refill(store->query, BAN_QUERY_STEPS);
		ready = ban_query_update(store->query, store->list, NOW_S);
		began_us = cpu_us() - began_us;
		longest_us = longest_us > began_us ? longest_us : began_us;
	} while (!ready);
	ban_query_refill(store->query, SIZE_MAX);
	return longest_us;
}

static void
scale(size_t rows)
{
	int64_t began_kib = stage_resident_kib(getpid());
	int64_t began_us = cpu_us();
	struct store store;
	size_t i;

	open_store(&store, rows);
	(void)printf("%zu\tmerge\t%" PRId64 "\tus\n", rows,
	    cpu_us() - began_us);
	(void)printf("%zu\tbytes\t%.1f\tbytes a row\n", rows,
	    (double)ban_list_bytes(store.list) / (double)rows);
	(void)printf("%zu\tresident\t%" PRId64 "\tKiB\n", rows,
	    stage_resident_kib(getpid()) - began_kib);
	for (i = 0; i < OPERATIONS; i++)
		(void)printf("%zu\t%s\t%" PRId64 "\tus\n", rows,
		    operations[i].name, median_us(&store, &operations[i]));
	for (i = 0; i < PORTIONED; i++)
		(void)printf("%zu\t%s, portion\t%" PRId64 "\tus\n", rows,
		    operations[i].name, portion_us(&store, &operations[i]));
	(void)fflush(stdout);
	close_store(&store);
}

/* -- one page from its bytes ----------------------------------------------- */

static void
write_reply(struct store *store, struct buf *out)
{
	struct err err;
	size_t i;
	bool ok = buf_add_text(out,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
	    "\"BannedAccountList\":[",
	    &err);

	fill_page(store);
	for (i = 0; i < store->page.count; i++) {
		struct ban ban = ban_page_at(&store->page, i);

		ok = ok &&
		    buf_add_format(out, &err,
		        "%s{\"Member_Account\":\"%.*s\",\"BannedUntil\":%lld}",
		        i > 0 ? "," : "", (int)ban.account_len, ban.account,
		        (long long)ban.until_s);
	}
	if (!ok || !buf_add_text(out, "],\"NextOffset\":100}", &err))
		stage_fail("a page is too long");
}

static void
decode(struct store *store, const struct buf *reply)
{
	struct json_document *document;
	struct err err;

	document = json_parse(buf_text(reply), reply->len, &err);
	if (document == NULL ||
	    !ban_reply_read(json_root(document), 0, NOW_S, &store->page, &err))
		stage_fail(err.text);
	json_destroy(document);
}

static void
decode_pages(size_t pages)
{
	struct store store;
	struct buf reply;
	int64_t began_us;
	size_t i;

	open_store(&store, 0);
	buf_init(&reply, REPLY_MAX);
	write_reply(&store, &reply);
	began_us = cpu_us();
	for (i = 0; i < pages; i++)
		decode(&store, &reply);
	(void)printf("page\tdecode\t%.1f\tus\n",
	    (double)(cpu_us() - began_us) / (double)pages);
	buf_release(&reply);
	close_store(&store);
}

/* What stays resident after orders: the list, and its rows in one of them. */
static void
hold(size_t rows)
{
	int64_t began_kib = stage_resident_kib(getpid());
	struct store store;

	open_store(&store, rows);
	sort_until(&store);
	sort_account(&store);
	sort_until(&store);
	(void)printf("held\t%" PRId64 "\tKiB\n",
	    stage_resident_kib(getpid()) - began_kib);
	close_store(&store);
}

static void
run_one(const char *name, size_t rows)
{
	struct store store;
	size_t i;

	if (strcmp(name, "decode") == 0) {
		decode_pages(rows / PAGE);
		return;
	}
	if (strcmp(name, "held") == 0) {
		hold(rows);
		return;
	}
	open_store(&store, rows);
	for (i = 0; i < OPERATIONS; i++)
		if (strcmp(operations[i].name, name) == 0) {
			operations[i].start(&store);
			operations[i].run(&store);
		}
	close_store(&store);
}

int
main(int argc, char **argv)
{
	size_t rows;

	mem_return_freed();
	if (argc == 3) {
		run_one(argv[1], (size_t)strtoul(argv[2], NULL, 10));
		return 0;
	}
	decode_pages(1000);
	for (rows = 1000; rows <= 1000000; rows *= 10)
		scale(rows);
	return 0;
}
