/*
 * Hostile text from the service, and a harmless twin of it: wherever it is
 * shown, both screens are the same, cell by cell, and nothing of the hostile
 * one reaches the terminal. The families are in support/twin.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/side.h"

enum {
	AT_ONCE = 5,
	PASTE_MS = 150, /* keys count again */
	GUTTER = 2,
	LABEL = 11, /* of the details */
};

static const char group_id[] = "some-group";
/* It ends the paste that it stands in, and has a test of its own. */
static const char paste_end[] = "CSI, paste";

/* -- what the service says ------------------------------------------------- */

/* A number before it tells rows apart, whatever they are the twins of. */
static void
put_numbered(struct side *side, size_t index, struct buf *out)
{
	char number[32];

	(void)snprintf(number, sizeof(number), "%02zu", index);
	twin_put_json(index, number, side->kind, side->mode, out);
}

static void
write_bans(struct side *side, char fault[SIDE_FAULT_MAX])
{
	struct buf body;
	size_t i;

	side_begin_body(&body);
	buf_put_text(&body, "\"NextOffset\":0,\"BannedAccountList\":[");
	for (i = 0; i < twin_count(); i++) {
		buf_put_format(&body, "%s{\"Member_Account\":\"",
		    i > 0 ? "," : "");
		put_numbered(side, i, &body);
		buf_put_format(&body, "\",\"BannedUntil\":%zu}",
		    (size_t)4000000000 + i * 86400);
	}
	buf_put_text(&body, "]}");
	side_end_body(side, &body, "bans", "list", fault);
}

static void
write_nicks(struct side *side, char fault[SIDE_FAULT_MAX])
{
	struct buf body;
	size_t i;

	side_begin_body(&body);
	buf_put_text(&body, "\"UserProfileItem\":[");
	for (i = 0; i < twin_count(); i++) {
		buf_put_format(&body, "%s{\"To_Account\":\"", i > 0 ? "," : "");
		put_numbered(side, i, &body);
		buf_put_text(&body,
		    "\",\"ResultCode\":0,\"ProfileItem\":[{\"Tag\":"
		    "\"Tag_Profile_IM_Nick\",\"Value\":\"");
		twin_put_json(i, "nick ",
		    side->kind == TWIN_HOSTILE ? TWIN_HOSTILE : TWIN_SAME_COLS,
		    side->mode, &body);
		buf_put_text(&body, "\"}]}");
	}
	buf_put_text(&body, "]}");
	side_end_body(side, &body, "nicks", "profile", fault);
}

static void
begin_bans(struct side *side)
{
	char faults[2][SIDE_FAULT_MAX];
	char end[64];

	write_bans(side, faults[0]);
	write_nicks(side, faults[1]);
	side_begin(side, faults, 2, group_id);
	(void)snprintf(end, sizeof(end), "end of list: %zu rows", twin_count());
	story_wait(side->story, end);
	story_wait_gone(side->story, "loading");
	story_wait(side->story, " unusable");
}

/* -- the table and what is made of it -------------------------------------- */

/* Some at once, since the program passes keys over for a moment behind each
 * paste. @return the first that is left. */
static size_t
paste(struct side *side, size_t index)
{
	struct term *term = &side->story->term;
	struct buf text;
	size_t i;

	buf_init(&text, AT_ONCE * TWIN_TEXT_MAX);
	for (i = index; i < twin_count() && i < index + AT_ONCE; i++)
		if (!twin_is_long(i) && strcmp(twin_name(i), paste_end) != 0)
			twin_put_paste(i, "zz", side->kind, side->mode, &text);
	buf_put_text(&text, "end");
	term_paste(term, buf_text(&text));
	buf_release(&text);
	story_wait_cursor(side->story, "end");
	return i;
}

/* Typed; found by nobody, and kept only of nobody. */
static void
look_at_prompts(struct side *side)
{
	static const struct {
		const char *key, *prompt;
	} prompts[] = { { "/", "find:" }, { "&", "only:" } };
	size_t i, next, turn = 0;

	for (i = 0; i < twin_count(); i = next, turn++) {
		const char *prompt = prompts[turn % 2].prompt;

		story_type(side->story, prompts[turn % 2].key);
		story_wait_cursor(side->story, prompt);
		next = paste(side, i);
		term_watch_ms(&side->story->term, PASTE_MS);
		side_paint(side, "end");
		side_take(side, prompt, twin_name(i));
		story_escape(side->story);
		story_wait_gone(side->story, prompt);
	}
}

static void
look_at_bans(struct side *side)
{
	struct story *story = side->story;

	begin_bans(side);
	side_paint(side, SIDE_HINTS);
	side_take(side, "bans", "all");
	story_type(story, "a");
	story_wait(story, " marked  ");
	side_paint(side, SIDE_HINTS);
	side_take(side, "bans", "marked");
	story_type(story, "Y");
	story_wait(story, "Banned members of");
	side_paint(side, SIDE_HINTS);
	side_take(side, "ticket", "plain");
	story_type(story, "Y");
	story_wait(story, "ticket, Markdown");
	side_paint(side, SIDE_HINTS);
	side_take(side, "ticket", "Markdown");
	story_escape(story);
	story_wait_gone(story, "ticket, Markdown");
	story_type(story, "U");
	story_wait_gone(story, " marked  ");
	story_type(story, "P");
	story_wait(story, "any key returns");
	side_take(side, "plain screen", "all");
	story_type(story, " ");
	story_wait_gone(story, "any key returns");
	story_wait(story, "ACCOUNT");
	if (side->mode == TEXT_UTF8) /* a vt100 knows no pastes */
		look_at_prompts(side);
}

/* Of the table: a wide character at the cut leaves a column free. */
static bool
is_account(const struct grid *one, int row, int col)
{
	char heading[TERM_ROW_MAX];
	int end;

	grid_row(one, 2, heading);
	end = (int)(strstr(heading, "REMAINING") - heading) - 1;
	return row > 2 && row < one->rows - 3 && col >= GUTTER && col < end;
}

/* Its last wide character may leave a column free before the cut. */
static bool
is_wide_row(const struct grid *one, int row, int col)
{
	char text[TERM_ROW_MAX];

	grid_row(one, row, text);
	return strstr(text, "x????????") != NULL && is_account(one, row, col);
}

static void
in_the_table_the_ticket_and_the_prompts(void **state)
{
	side_run_both(*state, look_at_bans, TWIN_SAME_COLS, is_wide_row);
}

/* -- where it is cut ------------------------------------------------------- */

static void
look_at_cuts(struct side *side)
{
	struct term *term = &side->story->term;
	char name[32];
	int cols;

	begin_bans(side);
	for (cols = 30; cols < 46; cols++) {
		(void)snprintf(name, sizeof(name), "%d columns", cols);
		term_resize(term, SIDE_ROWS - cols % 2, cols);
		term_wait_row(term, term->rows - 1, SIDE_HINTS);
		side_paint(side, SIDE_HINTS);
		side_take(side, "cut", name);
	}
}

static void
at_every_cut(void **state)
{
	side_run_both(*state, look_at_cuts, TWIN_SAME_COLS, is_account);
}

/* -- the details ----------------------------------------------------------- */

/* The account and its characters, in the table and in the pane. */
static bool
is_account_or_points(const struct grid *one, int row, int col)
{
	char text[TERM_ROW_MAX];

	grid_row(one, row, text);
	if (strncmp(text, "account  ", 9) == 0 ||
	    strncmp(text, "points  ", 8) == 0)
		return col >= LABEL;
	return strstr(text, "  permanent   ") != NULL &&
	    is_account(one, row, col);
}

static bool
nick_is_there(const struct term *term, void *user)
{
	const char *number = user;
	char row[TERM_ROW_MAX];
	int at = term_find(term, "account    ");

	if (at < 0)
		return false;
	term_row(term, at, row);
	return strstr(row, number) != NULL &&
	    (term_has(term, "nickname   nick") || term_has(term, "unusable:"));
}

static void
look_at_details(struct side *side)
{
	char number[32];
	size_t i;

	begin_bans(side);
	story_type(side->story, "d");
	for (i = 0; i < twin_count(); i++) {
		(void)snprintf(number, sizeof(number), "account    %02zu", i);
		if (i > 0)
			story_type(side->story, "j");
		if (twin_is_long(i))
			continue;
		story_wait(side->story, number);
		story_type(side->story, "n");
		term_wait(&side->story->term, nick_is_there, number,
		    "the nickname");
		side_paint(side, SIDE_HINTS);
		side_take(side, "details", twin_name(i));
	}
}

static void
in_the_details(void **state)
{
	side_run_both(*state, look_at_details, TWIN_SAME_COUNT,
	    is_account_or_points);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(in_the_table_the_ticket_and_the_prompts),
		STORY(at_every_cut),
		STORY(in_the_details),
	};

	/* Twins are measured as the program does it. */
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
