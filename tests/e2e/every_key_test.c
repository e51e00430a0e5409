/*
 * Every key of every action does what its action is for. The keys are read
 * from `bantop --keys`, so that a new one without a row here fails; what an
 * action does in detail has stories of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/run.h"
#include "e2e/support/story.h"

enum where { BANS, REGIONS, GROUPS };

/* The action is pressed there, behind other keys that have shown something.
 * What it then shows, hides or writes: '@' is the key that was pressed. */
struct trial {
	const char *action;
	enum where where;
	const char *before, *is_there, *then, *then_there;
	const char *shows, *hides, *writes;
	bool moves;  /* the cursor comes to another account */
	bool leaves; /* the program ends */
	int pages;   /* further ones are asked for */
	int cols;    /* 0: 80 */
};

static const struct trial trials[] = {
	{ .action = "help", .shows = "this help" },
	{ .action = "back", .shows = "choose a group" },
	{ .action = "quit", .leaves = true },
	{ .action = "escape",
	    .before = "d",
	    .is_there = "came in",
	    .hides = "came in" },
	{ .action = "stop", .shows = "Ctrl-C again leaves" },
	{ .action = "repaint", .writes = "\x1b[H\x1b[2J" },
	{ .action = "suspend", .writes = "\x1b[?1049l" },
	{ .action = "command", .shows = "command:" },
	{ .action = "errors", .shows = "no error since the start" },
	{ .action = "requests", .shows = "get_group_ban_member" },
	{ .action = "theme", .shows = "theme: high-contrast" },

	{ .action = "down", .moves = true },
	{ .action = "up", .before = "G", .moves = true },
	{ .action = "half_down", .moves = true },
	{ .action = "half_up", .before = "G", .moves = true },
	{ .action = "page_down", .moves = true },
	{ .action = "page_up", .before = "G", .moves = true },
	{ .action = "first", .before = "G", .moves = true },
	{ .action = "last", .moves = true },
	{ .action = "left",
	    .before = "l",
	    .is_there = "> \xe2\x80\xa6",
	    .shows = "> gue\xe2\x80\xa6",
	    .cols = 20 },
	{ .action = "right", .shows = "> \xe2\x80\xa6", .cols = 20 },
	{ .action = "window_top", .before = "G", .moves = true },
	{ .action = "window_middle", .moves = true },
	{ .action = "window_bottom", .moves = true },

	{ .action = "narrow", .where = REGIONS, .shows = "narrow:" },
	{ .action = "choose", .where = REGIONS, .shows = "choose a group" },
	{ .action = "type_id", .where = GROUPS, .shows = "group id:" },
	{ .action = "pin",
	    .where = GROUPS,
	    .before = "ione-ban\r",
	    .is_there = "1 loaded, complete",
	    .then = "qG",
	    .then_there = ">    one-ban",
	    .shows = ">*   one-ban" },
	{ .action = "forget",
	    .where = GROUPS,
	    .before = "ione-ban\r",
	    .is_there = "1 loaded, complete",
	    .then = "qG",
	    .then_there = ">    one-ban",
	    .shows = "forget one-ban" },
	{ .action = "fetch_groups", .where = GROUPS, .shows = "friday-live" },
	{ .action = "pinned",
	    .where = GROUPS,
	    .hides = "choose a group",
	    .shows = "pin-@" },

	{ .action = "details", .shows = "came in" },
	{ .action = "nickname",
	    .before = "d",
	    .is_there = "n fetches it",
	    .hides = "n fetches it" },
	{ .action = "find", .shows = "find:" },
	{ .action = "find_next", .before = "/guest\r", .moves = true },
	{ .action = "find_previous", .before = "/guest\r", .moves = true },
	{ .action = "keep_only", .shows = "keep only:" },
	{ .action = "sort_left", .shows = "STATE ^" },
	{ .action = "sort_right", .shows = "ACCOUNT ^" },
	{ .action = "invert",
	    .before = ">",
	    .is_there = "ACCOUNT ^",
	    .shows = "ACCOUNT v" },
	{ .action = "soonest", .shows = "UNTIL ^" },
	{ .action = "time", .before = "t", .hides = "REMAINING" },
	{ .action = "zone", .hides = " +09", .shows = " UTC" },
	{ .action = "refresh", .pages = 1 },
	{ .action = "load_all", .shows = "250 loaded, complete", .pages = 2 },
	{ .action = "retry", .shows = "no failed page to try again" },
	{ .action = "pause", .shows = "PAUSED" },
	{ .action = "summary", .shows = " summary " },
	{ .action = "changes", .shows = "nothing to compare" },
	{ .action = "previous_group",
	    .before = "qione-ban\r",
	    .is_there = "1 loaded, complete",
	    .shows = "100 loaded, more" },

	{ .action = "mark", .shows = "1 marked" },
	{ .action = "range", .shows = "range begins here" },
	{ .action = "mark_all", .shows = "100 marked" },
	{ .action = "mark_none",
	    .before = " ",
	    .is_there = "1 marked",
	    .hides = "1 marked" },

	{ .action = "copy", .writes = "\x1b]52;c;" },
	{ .action = "ticket", .shows = "Banned members of" },
	{ .action = "write", .shows = "write to:" },
	{ .action = "plain", .shows = "any key returns" },
};
enum { TRIALS = sizeof(trials) / sizeof(trials[0]) };

static void
press(struct story *story, const char *name)
{
	static const struct {
		const char *name;
		VTermKey key;
	} named[] = {
		{ "Enter", VTERM_KEY_ENTER },
		{ "Esc", VTERM_KEY_ESCAPE },
		{ "Up", VTERM_KEY_UP },
		{ "Down", VTERM_KEY_DOWN },
		{ "Left", VTERM_KEY_LEFT },
		{ "Right", VTERM_KEY_RIGHT },
		{ "Home", VTERM_KEY_HOME },
		{ "End", VTERM_KEY_END },
		{ "PgUp", VTERM_KEY_PAGEUP },
		{ "PgDn", VTERM_KEY_PAGEDOWN },
		{ "F1", VTERM_KEY_FUNCTION(1) },
		{ "F5", VTERM_KEY_FUNCTION(5) },
	};
	size_t i;

	if (strcmp(name, "Space") == 0)
		story_type(story, " ");
	else if (strncmp(name, "C-", 2) == 0)
		story_control(story, name[2]);
	else if (strlen(name) == 1)
		story_type(story, name);
	else {
		for (i = 0; i < sizeof(named) / sizeof(named[0]); i++)
			if (strcmp(named[i].name, name) == 0)
				break;
		if (i == sizeof(named) / sizeof(named[0]))
			fail_msg("no terminal has a key %s", name);
		term_key(&story->term, named[i].key, VTERM_MOD_NONE);
	}
}

/* The cursor's row, and what stands there. */
static void
take_cursor(const struct term *term, char out[TERM_ROW_MAX])
{
	int row, col;

	term_cursor(term, &row, &col);
	term_row(term, row, out);
}

static bool
has_moved(const struct term *term, void *user)
{
	char row[TERM_ROW_MAX];

	take_cursor(term, row);
	return row[0] == '>' && strcmp(row, user) != 0;
}

static void
begin(struct story *story, const struct trial *trial)
{
	static const char *const environment[] = { "TZ=Asia/Tokyo", NULL };
	const struct story_options options = {
		.environment = environment,
		.group = trial->where == BANS ? STORY_GROUP : NULL,
		.cols = trial->cols,
	};
	char before[TERM_ROW_MAX];

	story_begin_again(story, &options);
	if (trial->where == BANS) {
		story_wait(story, "permanent");
		story_wait_gone(story, "loading");
	} else {
		story_wait(story, "choose a region");
	}
	if (trial->where == GROUPS) {
		story_type(story, "\r");
		story_wait(story, "choose a group");
	}
	take_cursor(&story->term, before);
	if (trial->before != NULL)
		story_type(story, trial->before);
	if (trial->before != NULL && trial->moves)
		term_wait(&story->term, has_moved, before, "another row");
	if (trial->is_there != NULL)
		story_wait(story, trial->is_there);
	if (trial->then != NULL) {
		story_type(story, trial->then);
		story_wait(story, trial->then_there);
	}
}

static void
expect(struct story *story, const struct trial *trial, const char *key)
{
	char shows[64];
	size_t i;

	if (trial->hides != NULL)
		story_wait_gone(story, trial->hides);
	if (trial->shows != NULL) {
		(void)snprintf(shows, sizeof(shows), "%s", trial->shows);
		for (i = 0; shows[i] != '\0'; i++)
			if (shows[i] == '@')
				shows[i] = key[0];
		story_wait(story, shows);
	}
	if (trial->leaves)
		story_expect_exit(story, 0);
}

struct since {
	size_t bytes;
	const char *text;
};

static bool
was_written(const struct term *term, void *user)
{
	const struct since *since = user;

	return strstr(buf_text(&term->raw) + since->bytes, since->text) != NULL;
}

static void
try_key(struct story *story, const struct trial *trial, const char *key)
{
	char before[TERM_ROW_MAX];
	struct since since = { .text = trial->writes };
	size_t pages;

	print_message("%s: %s\n", trial->action, key);
	begin(story, trial);
	term_take(&story->term);
	take_cursor(&story->term, before);
	since.bytes = story->term.raw.len;
	pages = story_pages(story);
	press(story, key);
	if (trial->moves)
		term_wait(&story->term, has_moved, before, "another row");
	if (trial->writes != NULL)
		term_wait(&story->term, was_written, &since, trial->writes);
	if (trial->pages > 0)
		sim_wait_count(&story->sim, STORY_BANS, -1,
		    pages + (size_t)trial->pages);
	expect(story, trial, key);
	term_release(&story->term);
}

static const struct trial *
find_trial(const char *action)
{
	size_t i;

	for (i = 0; i < TRIALS; i++)
		if (strcmp(trials[i].action, action) == 0)
			return &trials[i];
	fail_msg("no trial for the action %s", action);
	return &trials[0];
}

/* "  KEY KEY...  action  what it does" */
static void
try_line(struct story *story, const char *line)
{
	char keys[64], action[64], key[16];
	size_t keys_len, used;
	const char *end = strstr(line + 2, "  ");
	const char *at;
	int read;

	assert_non_null(end);
	keys_len = (size_t)(end - line) - 2;
	assert_true(keys_len < sizeof(keys));
	(void)snprintf(keys, sizeof(keys), "%.*s", (int)keys_len, line + 2);
	assert_int_equal(sscanf(end, " %63s", action), 1);
	for (at = keys; sscanf(at, " %15s%n", key, &read) == 1; at += used) {
		used = (size_t)read;
		try_key(story, find_trial(action), key);
	}
}

static void
every_key_that_is_listed_acts(void **state)
{
	static const char *const sim[] = { "--members", "250", "--now",
		STORY_FAR, NULL };
	struct story *story = *state;
	const char *line;
	struct args args;
	struct run run;
	size_t tried = 0;

	args_init(&args, "bantop");
	args_add(&args, "--keys");
	assert_int_equal(run_program(&run, &story->home, args.list, NULL), 0);
	sim_start(&story->sim, &story->home, sim);
	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "groups = { \"pin-1\", \"pin-2\", \"pin-3\", \"pin-4\", "
	    "\"pin-5\", \"pin-6\", \"pin-7\", \"pin-8\", \"pin-9\", "
	    "\"pin-0\" }\n");
	for (line = run_output(&run); *line != '\0'; line++) {
		if (strncmp(line, "  ", 2) == 0) {
			try_line(story, line);
			tried++;
		}
		line = strchr(line, '\n');
		assert_non_null(line);
	}
	run_release(&run);
	assert_int_equal(tried, TRIALS); /* and none for what is not there */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(every_key_that_is_listed_acts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
