/*
 * What goes over more rows than one turn can look at: that keys are answered
 * meanwhile and nothing is claimed, that its outcome is right whatever has
 * come in between, and that what builds on it waits for it.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "control_rig.h"
#include "scratch.h"
#include "view_rig.h"

/* In another order than the list's no turn looks at half as many. */
enum { MANY = 90000 };

#define WALK(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

struct walk_rig {
	struct control_rig rig;
	void *scratch;
};

static int
set_up(void **state)
{
	struct walk_rig *walk = calloc(1, sizeof *walk);
	struct control_rig *rig = &walk->rig;

	if (walk == NULL || scratch_enter(&walk->scratch) != 0)
		return -1;
	control_rig_init(rig);
	control_rig_hold_many(rig, MANY);
	*state = walk;
	return 0;
}

static int
tear_down(void **state)
{
	struct walk_rig *walk = *state;
	int left;

	control_rig_release(&walk->rig);
	left = scratch_leave(&walk->scratch);
	free(walk);
	return left;
}

/* Turns, and no time, until @p text is gone. @return how many. */
static int
turn_until_gone(struct control_rig *rig, const char *text)
{
	int turns = 0;

	while (strstr(control_rig_screen(rig), text) != NULL) {
		assert_int_equal(control_timeout_ms(rig->control), 0);
		assert_in_range(turns, 0, 2000);
		control_rig_turn(rig);
		turns++;
	}
	return turns;
}

/* All rows, those that end first on top: g1-89999 down to g1-000. */
static struct control_rig *
open_ordered(void **state)
{
	struct walk_rig *walk = *state;
	struct control_rig *rig = &walk->rig;

	control_rig_open(rig);
	control_rig_resize(rig, 24, 120);
	control_rig_press(rig, "A");
	control_rig_run_ms(rig, 20000);
	control_rig_shows(rig, "90,000 loaded, complete");
	control_rig_press(rig, "X");
	(void)turn_until_gone(rig, "arranging");
	control_rig_press(rig, "g");
	control_rig_cursor(rig, "g1-89999");
	return rig;
}

static void
answer(struct control_rig *rig, const char *key, const char *text)
{
	control_rig_press(rig, key);
	control_rig_press(rig, "C-u");
	control_rig_type(rig, text);
	control_rig_press(rig, "Enter");
}

/* Faster than any turn. */
static void
answer_at_once(struct control_rig *rig, const char *key, const char *text)
{
	char name[2] = "";

	control_rig_press_at_once(rig, key);
	control_rig_press_at_once(rig, "C-u");
	for (; *text != '\0'; text++) {
		name[0] = *text;
		control_rig_press_at_once(rig, name);
	}
	control_rig_press_at_once(rig, "Enter");
}

/* -- searching ------------------------------------------------------------- */

static void
a_search_is_made_between_keys(void **state)
{
	struct control_rig *rig = open_ordered(state);

	answer(rig, "/", "g1-000");
	control_rig_shows(rig, "searching 90,000 rows, Esc stop");
	control_rig_cursor(rig, "g1-89999");
	control_rig_press(rig, "j");
	control_rig_shows(rig, "searching");
	control_rig_cursor(rig, "g1-89998");
	assert_in_range(turn_until_gone(rig, "searching"), 1, 100);
	control_rig_cursor(rig, "g1-000");
	control_rig_hides(rig, "from the other end");
	/* Nothing is left to do. */
	assert_true(control_timeout_ms(rig->control) != 0);
	/* Backwards it is further than one turn goes, too. */
	control_rig_press(rig, "n");
	(void)turn_until_gone(rig, "searching");
	control_rig_shows(rig, "the only match");
	answer(rig, "/", "zz");
	control_rig_hides(rig, "the only match");
	(void)turn_until_gone(rig, "searching");
	control_rig_shows(rig, "no account matches: \"zz\"");
	control_rig_cursor(rig, "g1-000");
}

static void
searches_typed_behind_one_go_on_from_its_match(void **state)
{
	struct control_rig *rig = open_ordered(state);
	int i;

	answer(rig, "/", "g1-1234");
	control_rig_press(rig, "n n");
	control_rig_shows(rig, "searching");
	control_rig_cursor(rig, "g1-89999");
	(void)turn_until_gone(rig, "searching");
	control_rig_cursor(rig, "g1-12347");
	/* What is typed behind one that waits is not done before it. */
	answer(rig, "/", "g1-000");
	control_rig_press(rig, "N j");
	(void)turn_until_gone(rig, "searching");
	control_rig_cursor(rig, "g1-000");
	control_rig_shows(rig, "the only match");
	/* However long a key is held down, it comes to an end. */
	control_rig_press(rig, "g");
	for (i = 0; i < 100; i++)
		control_rig_press(rig, "n");
	for (i = 0; i < 1000; i++)
		control_rig_turn(rig);
	control_rig_hides(rig, "searching");
	control_rig_cursor(rig, "g1-000");
}

static void
an_order_typed_behind_a_search_waits_for_it(void **state)
{
	struct control_rig *rig = open_ordered(state);

	answer(rig, "/", "g1-12345");
	control_rig_press(rig, "I j");
	control_rig_shows(rig, "searching");
	control_rig_shows(rig, "UNTIL ^");
	(void)turn_until_gone(rig, "searching");
	(void)turn_until_gone(rig, "arranging");
	control_rig_shows(rig, "UNTIL v");
	control_rig_cursor(rig, "g1-12346");
}

static void
escape_ends_a_search_and_leaves_the_cursor(void **state)
{
	struct control_rig *rig = open_ordered(state);

	answer(rig, "/", "g1-000");
	control_rig_press(rig, "n Esc");
	control_rig_shows(rig, "search stopped");
	control_rig_hides(rig, "searching");
	control_rig_run_ms(rig, 6000);
	control_rig_cursor(rig, "g1-89999");
	control_rig_shows(rig, "find g1-000");
	control_rig_press(rig, "n");
	control_rig_shows(rig, "searching");
	control_rig_press(rig, "C-c");
	control_rig_shows(rig, "stopped; Ctrl-C again leaves");
	control_rig_run_ms(rig, 6000);
	control_rig_cursor(rig, "g1-89999");
}

static void
a_new_search_takes_the_place_of_the_old_one(void **state)
{
	struct control_rig *rig = open_ordered(state);

	answer(rig, "/", "g1-000");
	answer_at_once(rig, "/", "g1-8999");
	control_rig_turn(rig);
	(void)turn_until_gone(rig, "searching");
	control_rig_cursor(rig, "g1-89998");
	control_rig_run_ms(rig, 1000);
	control_rig_cursor(rig, "g1-89998");
}

/* Each row that comes ends before all others, and so stands on top. */
static void
a_search_finds_its_way_while_rows_come(void **state)
{
	struct control_rig *rig = &((struct walk_rig *)*state)->rig;
	int turns = 0;

	control_rig_open(rig);
	control_rig_press(rig, "A");
	control_rig_run_ms(rig, 4000);
	control_rig_press(rig, "X");
	(void)turn_until_gone(rig, "arranging");
	control_rig_press(rig, "g");
	control_rig_shows(rig, "loaded, more");
	answer(rig, "/", "g1-000");
	while (strstr(control_rig_screen(rig), "searching") != NULL) {
		control_rig_run_ms(rig, 20);
		assert_in_range(turns++, 0, 1000);
	}
	control_rig_cursor(rig, "g1-000");
	control_rig_shows(rig, "loaded, more");
	answer(rig, "/", "zz");
	for (turns = 0; strstr(control_rig_screen(rig), "no match") == NULL;
	     turns++) {
		control_rig_run_ms(rig, 20);
		assert_in_range(turns, 0, 1000);
	}
	control_rig_shows(rig, "no match in the rows loaded so far: \"zz\"");
	control_rig_cursor(rig, "g1-000");
	assert_in_range(turns, 1, 1000);
}

/* The refresh is in, and waits until nobody looks at the rows any more. */
static void
a_refresh_takes_over_behind_a_search(void **state)
{
	struct control_rig *rig = open_ordered(state);
	int turns;

	rig->come = 1;
	control_rig_press(rig, "a");
	control_rig_shows(rig, "90,000 marked");
	answer(rig, "/", "g1-000");
	(void)turn_until_gone(rig, "searching");
	control_rig_press(rig, "R");
	for (turns = 0; strstr(control_rig_screen(rig), "STALE") != NULL;
	     turns++) {
		control_rig_run_ms(rig, 1);
		control_rig_press(rig, "n");
		control_rig_cursor(rig, "g1-000");
		control_rig_shows(rig, "90,000 marked");
		assert_in_range(turns, 0, 100000);
	}
	control_rig_shows(rig, "90,001 loaded, complete");
	control_rig_shows(rig, "90,000 marked");
	(void)turn_until_gone(rig, "searching");
	control_rig_cursor(rig, "g1-000");
}

/* -- marking --------------------------------------------------------------- */

static void
nothing_is_marked_before_all_are(void **state)
{
	struct control_rig *rig = open_ordered(state);

	answer(rig, "&", "!zz");
	(void)turn_until_gone(rig, "arranging");
	control_rig_press(rig, "Space a");
	control_rig_shows(rig, "marking 90,000 rows, Esc stop");
	control_rig_shows(rig, "1 marked");
	control_rig_press(rig, "Esc");
	control_rig_shows(rig, "stopped: nothing was marked");
	control_rig_shows(rig, "   1 marked   ");
	control_rig_press_at_once(rig, "a j Space U a Space");
	control_rig_turn(rig);
	control_rig_shows(rig, "   1 marked   ");
	(void)turn_until_gone(rig, "marking");
	control_rig_shows(rig, "89,999 marked");
	control_rig_cursor(rig, "g1-89995");
}

static void
a_range_is_marked_where_its_rows_stand(void **state)
{
	struct control_rig *rig = open_ordered(state);

	control_rig_press(rig, "j v G k v");
	control_rig_shows(rig, "marking 90,000 rows, Esc stop");
	(void)turn_until_gone(rig, "marking");
	control_rig_shows(rig, "89998 marked");
	control_rig_press(rig, "U k k v j v");
	control_rig_shows(rig, "2 marked");
}

static void
what_is_copied_waits_for_the_marks(void **state)
{
	struct control_rig *rig = open_ordered(state);
	int turns = 0;

	answer(rig, "&", "!zz");
	(void)turn_until_gone(rig, "arranging");
	answer(rig, "/", "g1-1234");
	(void)turn_until_gone(rig, "searching");
	control_rig_press(rig, "a y");
	control_rig_shows(rig, "marking");
	assert_int_equal(rig->requested, CONTROL_NOTHING);
	while (rig->requested != CONTROL_COPY) {
		control_rig_turn(rig);
		assert_in_range(turns++, 0, 1000);
	}
	assert_string_equal(rig->context.copied, "11 accounts");
	assert_memory_equal(buf_text(&rig->context.copy), "g1-12349\n", 9);
	control_rig_press(rig, "Esc Esc Esc a");
	control_rig_shows(rig, "90000 marked");
	control_rig_press(rig, "y");
	control_rig_shows(rig,
	    "90000 accounts are more than a terminal copies: w writes them");
}

/* -- counting -------------------------------------------------------------- */

static void
rows_are_counted_between_keys(void **state)
{
	struct control_rig *rig = open_ordered(state);

	answer(rig, "&", "!zz");
	(void)turn_until_gone(rig, "arranging");
	control_rig_press(rig, "s");
	control_rig_shows(rig, "counting the rows");
	control_rig_hides(rig, "ENDS IN");
	control_rig_press(rig, "j");
	control_rig_cursor(rig, "g1-89998");
	assert_in_range(turn_until_gone(rig, "counting"), 1, 100);
	control_rig_shows(rig, "90,000 rows in view, the whole list");
	control_rig_shows(rig, "banned    90,000");
	/* Another second: the counts stay until there are new ones. */
	control_rig_run_ms(rig, 3000);
	control_rig_hides(rig, "counting");
	control_rig_press(rig, "s");
	control_rig_hides(rig, "90,000 rows in view");
}

/* -- writing --------------------------------------------------------------- */

static size_t
lines_of(const char *path)
{
	FILE *file = fopen(path, "r");
	size_t lines = 0;
	int c;

	assert_non_null(file);
	for (c = fgetc(file); c != EOF; c = fgetc(file))
		lines += c == '\n';
	assert_int_equal(fclose(file), 0);
	return lines;
}

static bool
is_empty(const char *path)
{
	DIR *folder = opendir(path);
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder) != NULL)
		count++;
	assert_int_equal(closedir(folder), 0);
	return count == 2; /* itself and the one above */
}

static void
a_file_is_written_between_keys(void **state)
{
	struct control_rig *rig = open_ordered(state);

	answer(rig, "w", "all.tsv");
	control_rig_shows(rig, "writing 90,000 rows, Esc stop");
	assert_int_not_equal(access("all.tsv", F_OK), 0);
	control_rig_press(rig, "j a I");
	(void)turn_until_gone(rig, "arranging");
	control_rig_cursor(rig, "g1-89998");
	answer_at_once(rig, "w", "more.tsv");
	control_rig_turn(rig);
	control_rig_shows(rig, "another file is still being written");
	control_rig_press(rig, "Esc");
	while (strstr(control_rig_screen(rig), "rows written") == NULL) {
		assert_int_equal(control_timeout_ms(rig->control), 0);
		control_rig_turn(rig);
	}
	control_rig_shows(rig, "90000 rows written to all.tsv");
	/* The rows and the order as they were when it was begun. */
	assert_int_equal(lines_of("all.tsv"), MANY + 1);
	assert_int_not_equal(access("more.tsv", F_OK), 0);
}

static void
escape_leaves_nothing_of_a_file(void **state)
{
	struct control_rig *rig = open_ordered(state);

	answer(rig, "w", "all.tsv");
	control_rig_press(rig, "Esc");
	control_rig_shows(rig, "stopped: all.tsv was not written");
	control_rig_run_ms(rig, 1000);
	assert_int_not_equal(access("all.tsv", F_OK), 0);
	assert_true(is_empty("."));
}

static void
who_leaves_by_a_key_waits_for_the_file(void **state)
{
	struct control_rig *rig = open_ordered(state);

	answer(rig, "w", "one.tsv");
	control_rig_shows(rig, "writing");
	control_rig_press(rig, "z");
	assert_int_equal(lines_of("one.tsv"), MANY + 1);
	answer(rig, "w", "two.tsv");
	assert_int_equal(control_rig_press(rig, "Q"), CONTROL_LEAVE);
	assert_int_equal(lines_of("two.tsv"), MANY + 1);
	answer(rig, "w", "three.tsv");
	control_rig_press(rig, "q");
	control_rig_shows(rig, "choose a group");
	assert_int_equal(lines_of("three.tsv"), MANY + 1);
}

static void
a_file_waits_for_the_order_of_its_rows(void **state)
{
	struct control_rig *rig = open_ordered(state);
	char line[64] = "";
	FILE *file;

	control_rig_press_at_once(rig, "I");
	answer_at_once(rig, "w", "all.jsonl");
	control_rig_turn(rig);
	(void)turn_until_gone(rig, "arranging");
	(void)turn_until_gone(rig, "writing");
	file = fopen("all.jsonl", "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	assert_int_equal(fclose(file), 0);
	assert_non_null(strstr(line, "\"g1-000\""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WALK(a_search_is_made_between_keys),
		WALK(searches_typed_behind_one_go_on_from_its_match),
		WALK(an_order_typed_behind_a_search_waits_for_it),
		WALK(escape_ends_a_search_and_leaves_the_cursor),
		WALK(a_new_search_takes_the_place_of_the_old_one),
		WALK(a_search_finds_its_way_while_rows_come),
		WALK(a_refresh_takes_over_behind_a_search),
		WALK(nothing_is_marked_before_all_are),
		WALK(a_range_is_marked_where_its_rows_stand),
		WALK(what_is_copied_waits_for_the_marks),
		WALK(rows_are_counted_between_keys),
		WALK(a_file_is_written_between_keys),
		WALK(escape_leaves_nothing_of_a_file),
		WALK(who_leaves_by_a_key_waits_for_the_file),
		WALK(a_file_waits_for_the_order_of_its_rows),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
