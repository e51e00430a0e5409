/*
 * Keys over more rows than the program looks at in one turn: what is typed in
 * the middle of a search, of marking and of a file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "e2e/support/story.h"

enum { FILE_BYTES_MAX = 16 * 1024 * 1024 };

/* Ordered by account: a portion is a fifth of these rows at most. */
static void
begin(struct story *story)
{
	static const char *const sim[] = { "--members", "60000", "--now",
		STORY_FAR, "--rate", "0", NULL };
	static const char *const more[] = { "--rate", "200", "--parallel", "40",
		NULL };
	const struct story_options options = {
		.sim = sim, .more = more, .group = STORY_GROUP, .cols = 120
	};

	story_begin(story, &options);
	story_wait(story, "100 loaded, more");
	story_type(story, "A");
	story_wait(story, "60,000 loaded, complete");
	story_type(story, ">");
	story_wait(story, "ACCOUNT ^");
	story_wait_gone(story, "arranging");
	story_type(story, "g");
}

static bool
is_on_row(const struct term *term, void *user)
{
	const int *wanted = user;
	int row, col;

	term_cursor(term, &row, &col);
	return row == *wanted;
}

static void
wait_row(struct story *story, int row)
{
	term_wait(&story->term, is_on_row, &row, "the cursor on another row");
}

/* All of it comes to the program at once. */
static void
type_at_once(struct story *story, const char *keys)
{
	term_send(&story->term, keys, strlen(keys));
}

static void
keys_are_answered_in_the_middle_of_a_search(void **state)
{
	struct story *story = *state;

	begin(story);
	wait_row(story, STORY_TABLE);
	type_at_once(story, "/no such account\rjj");
	term_wait_raw(&story->term, "searching 60,000 rows, Esc stop");
	story_wait(story, "no account matches: \"no such account\"");
	wait_row(story, STORY_TABLE + 2);
	/* As many presses are as many matches, however fast they come. */
	type_at_once(story, "G/gamer99\rnn");
	story_wait(story, "search went on from the other end");
	story_wait_cursor(story, "gamer99");
	story_wait_gone(story, "searching");
	story_type(story, "NNN");
	story_wait(story, "search went on from the other end");
	story_wait_cursor(story, "gamer99");
	story_quit(story);
}

static void
ctrl_c_ends_a_search(void **state)
{
	struct story *story = *state;

	begin(story);
	wait_row(story, STORY_TABLE);
	type_at_once(story, "/no such account\r\003");
	story_wait(story, "stopped; Ctrl-C again leaves");
	story_expect_rest(story, 600);
	wait_row(story, STORY_TABLE);
	assert_false(term_has(&story->term, "no account matches"));
	story_quit(story);
}

static void
what_is_copied_are_the_marks_that_were_typed_before_it(void **state)
{
	struct story *story = *state;
	char text[TERM_ROW_MAX];
	size_t marked = 0;

	begin(story);
	story_type(story, "&!nobody\r");
	story_wait(story, "60,000 of 60,000 loaded");
	story_type(story, "/gamer99\r");
	story_wait_cursor(story, "gamer99");
	type_at_once(story, "ay");
	story_wait(story, "accounts to the terminal's clipboard");
	term_row(&story->term, 1, text);
	assert_non_null(strstr(text, " marked"));
	/* As many as are marked. */
	marked = (size_t)strtoul(text + strcspn(text, " "), NULL, 10);
	assert_in_range(marked, 2, 1000);
	(void)snprintf(text, sizeof text, "sent %zu accounts", marked);
	assert_true(term_has(&story->term, text));
	story_quit(story);
}

static void
who_leaves_waits_for_the_file(void **state)
{
	struct story *story = *state;
	char path[HOME_PATH_MAX];
	struct buf text;
	struct err err;
	size_t i, lines = 0;

	begin(story);
	home_path(&story->home, "all.tsv", path);
	story_type(story, "w\025");
	story_type(story, path);
	type_at_once(story, "\rjQ");
	story_expect_exit(story, 0);
	buf_init(&text, FILE_BYTES_MAX);
	assert_true(file_read(path, &text, &err));
	for (i = 0; i < text.len; i++)
		lines += text.data[i] == '\n';
	assert_int_equal(lines, 60001);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(keys_are_answered_in_the_middle_of_a_search),
		STORY(ctrl_c_ends_a_search),
		STORY(what_is_copied_are_the_marks_that_were_typed_before_it),
		STORY(who_leaves_waits_for_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
