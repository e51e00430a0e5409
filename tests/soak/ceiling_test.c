/*
 * How much memory the real program takes in a real terminal: with ten thousand
 * rows, under every reply that was ever found hostile, and under every flood
 * that the simulator knows.
 *
 * With BANTOP_SOAK=full all of them; else the rows, and some of each.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/api/transport.h"
#include "e2e/support/story.h"
#include "soak/process_size.h"

enum {
	AT_ONCE = 40, /* replies told to one simulator */
#ifdef __SANITIZE_ADDRESS__
	ROWS_KIB_MAX = 1024 * 1024, /* shadows and what was freed count too */
	HOSTILE_KIB_MAX = 1024 * 1024,
#else
	ROWS_KIB_MAX = 24 * 1024,
	HOSTILE_KIB_MAX = 48 * 1024,
#endif
};

static const char *const fast[] = { "--rate", "200", "--timeout", "2", NULL };

static bool
is_full(void)
{
	const char *word = getenv("BANTOP_SOAK");

	return word != NULL && strcmp(word, "full") == 0;
}

/* The largest that was seen. */
struct most {
	struct process_size size;
	char what[256];
};

static void
check_size(const struct story *story, const char *what, size_t kib_max,
    struct most *most)
{
	struct process_size size;

	process_size_read(story->term.child.pid, &size);
	if (size.highest > kib_max)
		fail_msg("%s: %zu KiB resident, more than %zu", what,
		    size.highest, kib_max);
	if (size.highest <= most->size.highest)
		return;
	most->size = size;
	(void)snprintf(most->what, sizeof most->what, "%s", what);
}

static void
print_most(const struct most *most, const char *over, size_t count)
{
	print_message("  at most %zu KiB resident (%zu of files, %zu our own) "
	              "over %zu %s: %s\n",
	    most->size.highest, most->size.files, most->size.own, count, over,
	    most->what);
}

/* -- ten thousand rows ----------------------------------------------------- */

/* With the list before, the one shown, and the one that is being read. */
static void
refresh_twice(struct story *story)
{
	size_t i;

	for (i = 2; i <= 3; i++) {
		story_type(story, "R");
		story_wait(story, "STALE");
		story_wait_gone(story, "STALE");
		assert_int_equal(sim_count(&story->sim, STORY_BANS, 9900), i);
	}
}

static void
ten_thousand_rows_fit(void **state)
{
	static const char *const sim[] = { "--members", "10000", "--rate", "0",
		NULL };
	const struct story_options options = {
		.sim = sim, .more = fast, .group = STORY_GROUP
	};
	struct story *story = *state;
	struct most most = { .what = "" };

	story_begin(story, &options);
	story_type(story, "A");
	story_wait(story, "10,000 loaded, complete");
	check_size(story, "10,000 rows", ROWS_KIB_MAX, &most);
	story_type(story, "X&!zz\rs");
	story_wait(story, "the whole list");
	story_type(story, "dnY");
	story_wait(story, "Banned members of");
	story_type(story, "aD?q!qeq");
	refresh_twice(story);
	check_size(story, "10,000 rows three times, all panes", ROWS_KIB_MAX,
	    &most);
	story_quit(story);
	print_most(&most, "refreshes", 2);
}

/* -- every hostile reply --------------------------------------------------- */

static int
is_body(const struct dirent *entry)
{
	const char *suffix = strrchr(entry->d_name, '.');

	return suffix != NULL && strcmp(suffix, ".body") == 0;
}

/* One reply after the other: going back and in again asks for the next. */
static void
show_bodies(struct story *story, struct dirent **entries, size_t count,
    struct most *most)
{
	char faults[AT_ONCE][sizeof entries[0]->d_name + 64];
	const char *sim[2 * AT_ONCE + 1] = { NULL };
	const struct story_options options = {
		.sim = sim, .more = fast, .group = STORY_GROUP
	};
	size_t i;

	assert_true(count <= AT_ONCE);
	for (i = 0; i < count; i++) {
		(void)snprintf(faults[i], sizeof faults[i],
		    "body:tests/data/hostile/%s@1x1", entries[i]->d_name);
		sim[2 * i] = "--fault";
		sim[2 * i + 1] = faults[i];
	}
	story_begin(story, &options);
	for (i = 0; i < count; i++) {
		sim_wait_count(&story->sim, STORY_BANS, 0, i + 1);
		story_wait(story, "ACCOUNT");
		story_wait_gone(story, "loading page");
		check_size(story, entries[i]->d_name, HOSTILE_KIB_MAX, most);
		story_type(story, "q");
		story_wait(story, "choose a group");
		story_type(story, "i" STORY_GROUP "\r");
	}
	story_quit(story);
	sim_stop(&story->sim);
}

static void
every_hostile_reply_fits(void **state)
{
	struct dirent **entries;
	int count = scandir("tests/data/hostile", &entries, is_body, alphasort);
	size_t shown = 0, part;
	int step = is_full() ? AT_ONCE : 2 * AT_ONCE;
	struct most most = { .what = "" };
	int i;

	assert_true(count > 100);
	for (i = 0; i < count; i += step) {
		part = (size_t)(count - i < AT_ONCE ? count - i : AT_ONCE);
		show_bodies(*state, entries + i, part, &most);
		shown += part;
	}
	print_most(&most, "replies", shown);
	for (i = 0; i < count; i++)
		free(entries[i]);
	free(entries);
}

/* -- every flood ----------------------------------------------------------- */

static bool
is_at_rest(const struct term *term, void *user)
{
	static const char *const ends[] = { " loaded, complete",
		" loaded, failed", " loaded, broken off", " loaded, cut",
		"nothing loaded" };
	size_t i;

	(void)user;
	for (i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (term_has(term, ends[i]))
			return true;
	return false;
}

static void
load_all(struct story *story, const char *fault, struct most *most)
{
	const char *const sim[] = { "--members", "10000", "--rate", "0",
		"--fault", fault, NULL };
	const struct story_options options = {
		.sim = sim, .more = fast, .group = STORY_GROUP
	};

	story_begin(story, &options);
	story_wait(story, "ACCOUNT");
	story_type(story, "A");
	term_wait(&story->term, is_at_rest, NULL, fault);
	check_size(story, fault, HOSTILE_KIB_MAX, most);
	story_quit(story);
	sim_stop(&story->sim);
}

static void
every_flood_fits(void **state)
{
	/* The first three in every test run. */
	static const char *const faults[] = { "huge", "headers", "big",
		"endless", "drip:1", "dup", "mutate", "hostile", "empty",
		"short", "opaque", "loop", "back", "gzip", "cut", "trailing",
		"types", "extra", "dupkey", "html", "noaccount", "nountil",
		"code:60007", "retry-after:1" };
	size_t count = is_full() ? sizeof faults / sizeof faults[0] : 3;
	struct most most = { .what = "" };
	size_t i;

	for (i = 0; i < count; i++)
		load_all(*state, faults[i], &most);
	print_most(&most, "floods", count);
}

/* -- the widest reply ------------------------------------------------------ */

/* As many values as a body has room for. */
static void
write_wide(const struct story *story, const char *begin, const char *value,
    const char *end)
{
	struct buf body;

	buf_init(&body, TRANSPORT_BODY_MAX);
	buf_put_text(&body, begin);
	buf_put_text(&body, value);
	while (body.len + 1 + strlen(value) + strlen(end) <= body.max) {
		buf_put_text(&body, ",");
		buf_put_text(&body, value);
	}
	buf_put_text(&body, end);
	home_write(&story->home, "wide.body", body.data, body.len);
	buf_release(&body);
}

static void
the_widest_replies_fit(void **state)
{
	static const char *const wide[][3] = {
		{ "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"Wide\":[", "0",
		    "],\"BannedAccountList\":[],\"NextOffset\":0}" },
		{ "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"NextOffset\":0,"
		  "\"BannedAccountList\":[",
		    "{}", "]}" },
		{ "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"NextOffset\":0,"
		  "\"BannedAccountList\":[],",
		    "\"\":0", "}" },
	};
	struct most most = { .what = "" };
	char path[HOME_PATH_MAX], fault[HOME_PATH_MAX + 16];
	struct story *story = *state;
	size_t i;

	home_path(&story->home, "wide.body", path);
	(void)snprintf(fault, sizeof fault, "body:%s@1", path);
	for (i = 0; i < sizeof wide / sizeof wide[0]; i++) {
		write_wide(story, wide[i][0], wide[i][1], wide[i][2]);
		load_all(story, fault, &most);
	}
	print_most(&most, "widest replies", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(ten_thousand_rows_fit),
		STORY(every_hostile_reply_fits),
		STORY(every_flood_fits),
		STORY(the_widest_replies_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
