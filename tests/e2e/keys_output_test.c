/*
 * Marks, and what leaves the screen: the clipboard, the ticket, files and the
 * plain-text screen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "e2e/support/story.h"

enum { FILE_BYTES_MAX = 1024 * 1024 };

/* The first rows of 60 members. */
static const char first[] = "annak.comet+59";
static const char second[] = "ingrid.badger+58";

static void
begin(struct story *story)
{
	story_begin_bans(story, "60");
	story_wait(story, "60 loaded, complete");
}

/* -- marks ----------------------------------------------------------------- */

static void
a_blank_marks_and_moves_on(void **state)
{
	struct story *story = *state;

	begin(story);
	story_type(story, "  ");
	story_wait(story, "2 marked");
	story_wait(story, " *annak.comet+59");
	story_wait(story, " *ingrid.badger+58");
	story_type(story, "k ");
	story_wait(story, "1 marked");
	story_wait(story, "  ingrid.badger+58");
	story_type(story, "U");
	story_wait_gone(story, "marked");
	assert_false(term_has(&story->term, "*annak"));
	story_quit(story);
}

static void
a_range_is_marked_between_two_presses(void **state)
{
	struct story *story = *state;

	begin(story);
	story_type(story, "jv");
	story_wait(story, "range begins here: move, then v marks it");
	story_type(story, "jjjv");
	story_wait(story, "4 marked");
	assert_false(term_has(&story->term, "*annak"));
	story_type(story, "jjvkkkkv"); /* upwards, over some of them */
	story_wait(story, "6 marked");
	story_quit(story);
}

static void
all_that_match_are_marked_and_stay_so(void **state)
{
	struct story *story = *state;

	begin(story);
	story_type(story, "&otter\r");
	story_wait(story, "4 of 60 loaded");
	story_type(story, "a");
	story_wait(story, "4 marked");
	story_escape(story);
	story_wait_gone(story, "4 of 60");
	assert_true(term_has(&story->term, "4 marked"));
	story_type(story, ">"); /* marks go with their accounts */
	story_type(story, "/otter\r");
	story_wait_cursor(story, ">*");
	assert_true(term_has(&story->term, "4 marked"));
	story_quit(story);
}

/* -- the clipboard --------------------------------------------------------- */

static void
the_account_is_copied_by_osc_52(void **state)
{
	struct story *story = *state;

	begin(story);
	story_type(story, "y"); /* annak.comet+59 */
	story_wait(story, "sent 1 account to the terminal's clipboard");
	term_wait_raw(&story->term, "\x1b]52;c;YW5uYWsuY29tZXQrNTk=\a");
	story_type(story, "jc"); /* ingrid.badger+58 */
	term_wait_raw(&story->term, "\x1b]52;c;aW5ncmlkLmJhZGdlcis1OA==\a");
	assert_false(term_has(&story->term, "copied"));
	story_quit(story);
}

static void
the_marked_accounts_are_copied_one_a_line(void **state)
{
	struct story *story = *state;

	begin(story);
	story_type(story, "  y");
	story_wait(story, "sent 2 accounts to the terminal's clipboard");
	/* Between them a newline, and none behind the last. */
	term_wait_raw(&story->term,
	    "\x1b]52;c;YW5uYWsuY29tZXQrNTkKaW5ncmlkLmJhZGdlcis1OA==\a");
	story_quit(story);
}

static void
tmux_gets_the_copy_wrapped(void **state)
{
	static const char *const sim[] = { "--members", "60", "--now",
		STORY_FAR, NULL };
	static const char *const environment[] = { "TMUX=/tmp/t,1,0", NULL };
	const struct story_options options = {
		.sim = sim, .environment = environment, .group = STORY_GROUP
	};
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "60 loaded, complete");
	story_type(story, "y");
	term_wait_raw(&story->term,
	    "\x1bPtmux;\x1b\x1b]52;c;YW5uYWsuY29tZXQrNTk=\a\x1b\\");
	story_quit(story);
}

static void
the_ticket_is_shown_and_copied_plain_and_in_markdown(void **state)
{
	struct story *story = *state;

	begin(story);
	story_type(story, "  Y");
	story_wait(story, "Banned members of " STORY_GROUP);
	story_wait(story, "sent the ticket text to");
	assert_true(term_has(&story->term, "60 rows"));
	term_wait_raw(&story->term, "\x1b]52;c;QmFubmVkIG1lbWJlcnMgb2Yg");
	story_type(story, "Y");
	story_wait(story, "**Banned members of** `" STORY_GROUP "`");
	story_wait(story, "sent the ticket text in Markdown to");
	story_type(story, "G"); /* it is longer than the pane */
	story_wait(story, "`ingrid.badger+58`");
	story_escape(story);
	story_wait_gone(story, "Banned members of");
	/* No secret is in it, nor in anything that was written. */
	assert_null(strstr(buf_text(&story->term.raw), "usersig"));
	story_quit(story);
}

/* -- files ----------------------------------------------------------------- */

static void
read_all(const struct story *story, const char *name, struct buf *out)
{
	char path[HOME_PATH_MAX];
	struct stat info;
	struct err err;

	home_path(&story->home, name, path);
	buf_init(out, FILE_BYTES_MAX);
	if (!file_read(path, out, &err))
		fail_msg("%s", err.text);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
}

static size_t
count_lines(const struct buf *text)
{
	const char *at = buf_text(text);
	size_t count = 0;

	for (; *at != '\0'; at++)
		count += *at == '\n' ? 1 : 0;
	return count;
}

/* Answers the prompt of w with a name in the home. */
static void
write_to(struct story *story, const char *name)
{
	char path[HOME_PATH_MAX];

	story_type(story, "w");
	story_wait(story, "write to: bans-_TGS_aDEMO00001-2");
	story_control(story, 'u');
	home_path(&story->home, name, path);
	story_type(story, path);
	story_type(story, "\r");
}

static void
wait_written(struct story *story, const char *rows, const char *name)
{
	char path[HOME_PATH_MAX], notice[HOME_PATH_MAX + 64];

	home_path(&story->home, name, path);
	(void)snprintf(notice, sizeof(notice), "%s written to %s", rows, path);
	story_wait(story, notice);
}

struct format_case {
	const char *name;
	size_t lines;
	const char *begins;
};

static void
rows_are_written_in_every_format(void **state)
{
	static const struct format_case cases[] = {
		{ "a.csv", 61, "\"account\"," },
		{ "a.tsv", 61, "account\tbanned_until\t" },
		{ "a.json", 0, "{\"region\":\"endpoint\"," },
		{ "a.jsonl", 60, "{\"account\":\"annak.comet+59\"," },
		{ "a.txt", 61, "ACCOUNT" },
	};
	struct story *story = *state;
	struct buf text;
	size_t i;

	begin(story);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		write_to(story, cases[i].name);
		wait_written(story, "60 rows", cases[i].name);
		read_all(story, cases[i].name, &text);
		if (strncmp(buf_text(&text), cases[i].begins,
		        strlen(cases[i].begins)) != 0)
			fail_msg("%s: %.80s", cases[i].name, buf_text(&text));
		assert_non_null(strstr(buf_text(&text), first));
		if (cases[i].lines > 0)
			assert_int_equal(count_lines(&text), cases[i].lines);
		buf_release(&text);
		story_wait_gone(story, "write to:");
	}
	assert_int_equal(story_pages(story), 1);
	story_quit(story);
}

static void
marked_rows_are_written_else_those_in_view(void **state)
{
	struct story *story = *state;
	struct buf text;

	begin(story);
	story_type(story, "&otter\r");
	story_wait(story, "4 of 60 loaded");
	write_to(story, "view.tsv");
	wait_written(story, "4 rows", "view.tsv");
	read_all(story, "view.tsv", &text);
	assert_int_equal(count_lines(&text), 5);
	assert_null(strstr(buf_text(&text), first));
	buf_release(&text);
	story_escape(story);
	story_wait_gone(story, "4 of 60");
	story_type(story, "gj ");
	story_wait(story, "1 marked");
	write_to(story, "marked.tsv");
	wait_written(story, "1 row", "marked.tsv");
	read_all(story, "marked.tsv", &text);
	assert_int_equal(count_lines(&text), 2);
	assert_non_null(strstr(buf_text(&text), second));
	buf_release(&text);
	story_quit(story);
}

static void
an_existing_file_is_asked_about(void **state)
{
	struct story *story = *state;
	struct buf text;

	begin(story);
	home_write_text(&story->home, "old.csv", "mine\n");
	write_to(story, "old.csv");
	story_wait(story, "old.csv?");
	story_type(story, "\r"); /* no */
	story_wait_gone(story, "old.csv?");
	read_all(story, "old.csv", &text);
	assert_string_equal(buf_text(&text), "mine\n");
	buf_release(&text);
	write_to(story, "old.csv");
	story_wait(story, "old.csv?");
	story_type(story, "y");
	wait_written(story, "60 rows", "old.csv");
	read_all(story, "old.csv", &text);
	assert_int_equal(count_lines(&text), 61);
	buf_release(&text);
	story_quit(story);
}

static void
a_name_that_will_not_do_stays_with_what_is_wrong(void **state)
{
	struct story *story = *state;

	begin(story);
	write_to(story, "a.pdf");
	story_wait(story, "the name must end in .csv");
	assert_true(term_has(&story->term, "write to:"));
	story_escape(story);
	story_wait_gone(story, "write to:");
	write_to(story, "no/such/folder/a.csv");
	story_wait(story, "cannot create ");
	story_escape(story);
	story_wait_gone(story, "write to:");
	story_quit(story);
}

static void
a_part_is_written_as_a_part(void **state)
{
	struct story *story = *state;
	struct buf text;

	story_begin_bans(story, "250");
	write_to(story, "part.json");
	story_wait(story, "(not the whole list)");
	read_all(story, "part.json", &text);
	assert_non_null(strstr(buf_text(&text), "\"complete\":false"));
	assert_non_null(strstr(buf_text(&text), "\"next_offset\":100"));
	buf_release(&text);
	assert_int_equal(story_pages(story), 1);
	story_quit(story);
}

/* -- plain text ------------------------------------------------------------ */

static void
the_plain_screen_is_left_by_any_key(void **state)
{
	static const char keys[] = "xQ ?";
	struct story *story = *state;
	size_t i;

	begin(story);
	for (i = 0; keys[i] != '\0'; i++) {
		story_type(story, "P");
		story_wait(story, "any key returns");
		story_wait(story, "60 rows, complete, as of ");
		story_wait(story, "annak.comet+59 ");
		story_wait(story,
		    "  permanent       2096-10-02 17:13:02  permanent");
		story_wait_gone(story, "ACCOUNT");
		term_char(&story->term, (unsigned char)keys[i], VTERM_MOD_NONE);
		story_wait(story, "ACCOUNT");
		story_wait_gone(story, "any key returns");
	}
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(a_blank_marks_and_moves_on),
		STORY(a_range_is_marked_between_two_presses),
		STORY(all_that_match_are_marked_and_stay_so),
		STORY(the_account_is_copied_by_osc_52),
		STORY(the_marked_accounts_are_copied_one_a_line),
		STORY(tmux_gets_the_copy_wrapped),
		STORY(the_ticket_is_shown_and_copied_plain_and_in_markdown),
		STORY(rows_are_written_in_every_format),
		STORY(marked_rows_are_written_else_those_in_view),
		STORY(an_existing_file_is_asked_about),
		STORY(a_name_that_will_not_do_stays_with_what_is_wrong),
		STORY(a_part_is_written_as_a_part),
		STORY(the_plain_screen_is_left_by_any_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
