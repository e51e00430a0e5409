/*
 * Text from the service cannot drive the terminal: whatever the program writes
 * is searched for anything that only a payload can have put there.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/story.h"
#include "e2e/support/stream.h"
#include "raw_bytes.h"

enum { AT_ONCE = 40 }; /* replies told to one simulator */

static void
a_harmful_stream_would_be_noticed(void **state)
{
	static const char *const harmful[] = { "\x1b]0;title\a", "\x1bPq",
		"\x1b_G", "\x1b^p", "\x1bXs", "\033c", "\x9b[", "\xc2\x9b[",
		"\xe2\x80\xae", "\a", "\x01", "\x7f", "\x1b]52;c;YWJj\x1b[" };
	size_t i;

	(void)state;
	assert_int_equal(raw_bytes_allowed("\x1b[31m", 5), 2);
	assert_int_equal(raw_bytes_allowed("\x1b]52;c;YWJj\a", 12), 12);
	assert_int_equal(raw_bytes_allowed("\xe4\xb8\xad", 3), 3);
	for (i = 0; i < sizeof(harmful) / sizeof(harmful[0]); i++)
		assert_int_equal(raw_bytes_allowed(harmful[i],
		                     strlen(harmful[i])),
		    0);
}

/* -- everything hostile at once -------------------------------------------- */

static bool
has_grown(const struct term *term, void *user)
{
	return term->raw.len > *(const size_t *)user;
}

/* Down a row, and what that shows. */
static void
go_down(struct story *story)
{
	size_t len = story->term.raw.len;

	story_type(story, "j");
	term_wait(&story->term, has_grown, &len, "the next row");
}

/* Through the list with the details of each row, then every way out. */
static void
look_at_everything(struct story *story)
{
	int i;

	story_wait(story, "100 loaded, ");
	story_type(story, "A");
	story_wait(story, "loaded, complete");
	story_type(story, "gd");
	story_wait(story, "came in");
	for (i = 0; i < 140; i++)
		go_down(story);
	story_type(story, "n"); /* a hostile nickname */
	story_wait_gone(story, "n fetches it");
	story_escape(story);
	story_wait_gone(story, "came in");
	story_type(story, "ga");
	story_wait(story, " marked");
	story_type(story, "Y");
	story_wait(story, "Banned members of");
	story_type(story, "G");
	story_escape(story);
	story_wait_gone(story, "Y Markdown");
	story_type(story, "y");
	story_wait(story, "terminal's clipboard");
	story_type(story, "U>gP");
	story_wait(story, "any key returns");
	story_type(story, " ");
	story_wait(story, "ACCOUNT ^");
	story_type(story, "GhHlL/a\rnN&!a\r");
	story_wait(story, " of ");
	story_escape(story);
	story_type(story, "!");
	story_wait(story, "portrait_get");
	story_type(story, "j");
}

static void
a_hostile_service_writes_nothing_of_its_own(void **state)
{
	static const char *const kinds[][2] = {
		{ "TERM=xterm-256color", "LC_ALL=C.UTF-8" },
		{ "TERM=linux", "LC_ALL=C.UTF-8" },
		{ "TERM=xterm", "LC_ALL=C" },
	};
	static const char *const sim[] = { "--members", "170", "--groups", "40",
		"--fault", "hostile", NULL };
	struct story *story = *state;
	const char *environment[3] = { NULL };
	const struct story_options options = { .environment = environment,
		.group = STORY_GROUP };
	size_t i;

	sim_start(&story->sim, &story->home, sim);
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		environment[0] = kinds[i][0];
		environment[1] = kinds[i][1];
		story_begin_again(story, &options);
		look_at_everything(story);
		story_quit(story);
		stream_expect_clean(&story->term, kinds[i][0]);
	}
}

static void
hostile_groups_write_nothing_of_their_own(void **state)
{
	static const char *const sim[] = { "--groups", "140", "--fault",
		"hostile", NULL };
	const struct story_options options = { .sim = sim };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "choose a region");
	story_type(story, "\rR");
	story_wait(story, "friday-live");
	sim_wait_count(&story->sim, "get_group_info", -1, 1);
	story_type(story, "G");
	story_wait(story, "all of the application's");
	story_type(story, "k\r"); /* and into one of them */
	story_wait(story, "ACCOUNT");
	story_type(story, "q");
	story_wait(story, "choose a group");
	story_quit(story);
	stream_expect_clean(&story->term, "groups");
}

/* -- every reply that was ever found hostile ------------------------------- */

static int
is_body(const struct dirent *entry)
{
	const char *suffix = strrchr(entry->d_name, '.');

	return suffix != NULL && strcmp(suffix, ".body") == 0;
}

/* One reply after the other, in one run: going back and in again asks for the
 * next. */
static void
show_bodies(struct story *story, struct dirent **entries, size_t count)
{
	char faults[AT_ONCE][sizeof(entries[0]->d_name) + 64];
	const char *sim[2 * AT_ONCE + 1] = { NULL };
	static const char *const more[] = { "--rate", "200", NULL };
	const struct story_options options = {
		.sim = sim, .more = more, .group = STORY_GROUP
	};
	size_t i;

	assert_true(count <= AT_ONCE);
	for (i = 0; i < count; i++) {
		(void)snprintf(faults[i], sizeof(faults[i]),
		    "body:tests/data/hostile/%s@1x1", entries[i]->d_name);
		sim[2 * i] = "--fault";
		sim[2 * i + 1] = faults[i];
	}
	story_begin(story, &options);
	for (i = 0; i < count; i++) {
		sim_wait_count(&story->sim, STORY_BANS, 0, i + 1);
		story_wait(story, "ACCOUNT");
		story_wait_gone(story, "loading page");
		story_type(story, "\r\rq");
		story_wait(story, "choose a group");
		story_type(story, "i" STORY_GROUP "\r");
	}
	story_wait(story, "ACCOUNT");
	story_type(story, "e");
	story_wait(story, "WHAT");
	story_type(story, "G\r");
	story_wait(story, "meaning");
	story_quit(story);
	stream_expect_clean(&story->term, "replies");
	sim_stop(&story->sim);
}

static void
no_reply_writes_anything_of_its_own(void **state)
{
	struct dirent **entries;
	int count = scandir("tests/data/hostile", &entries, is_body, alphasort);
	int i;

	assert_true(count > 100);
	for (i = 0; i < count; i += AT_ONCE)
		show_bodies(*state, entries + i,
		    (size_t)(count - i < AT_ONCE ? count - i : AT_ONCE));
	for (i = 0; i < count; i++)
		free(entries[i]);
	free(entries);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(a_harmful_stream_would_be_noticed),
		STORY(a_hostile_service_writes_nothing_of_its_own),
		STORY(hostile_groups_write_nothing_of_their_own),
		STORY(no_reply_writes_anything_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
