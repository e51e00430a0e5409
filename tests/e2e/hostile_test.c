/*
 * Text from the service cannot drive the terminal. What it says is compared,
 * cell by cell, with a harmless twin, and whatever the program writes is
 * searched for anything that only a payload can have put there.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/mem.h"
#include "e2e/support/story.h"
#include "raw_bytes.h"

enum {
	ACCOUNT_COL = 2,  /* behind the gutter */
	ACCOUNT_END = 32, /* at 80 columns */
	BODY_MAX = 256 * 1024,
	AT_ONCE = 40, /* replies told to one simulator */
};

/* -- what is written ------------------------------------------------------- */

static void
assert_clean(const struct term *term, const char *what)
{
	const struct buf *raw = &term->raw;
	const char *text = buf_text(raw);
	size_t at = raw_bytes_harmful(text, raw->len);

	if (at < raw->len)
		fail_msg("%s: byte %zu is %02x, before \"%.40s\"", what, at,
		    (unsigned)(unsigned char)text[at], text + at + 1);
	assert_int_equal(term->bells, 0);
}

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

/* -- the twin -------------------------------------------------------------- */

/* As they stand in JSON. */
static const char *const payloads[] = {
	"\\u001b[31mred\\u001b[0m",
	"\\u001b[2J\\u001b[Hcleared",
	"\\u001b]0;owned title\\u0007",
	"\\u001b]52;c;cm0gLXJmIH4=\\u0007clip",
	"\\u001bP+q544e\\u001b\\\\dcs\\u001b_Gf=1\\u001b\\\\\\u001b^"
	"p\\u001b\\\\",
	"\\u001bcreset\\u001b#8\\u001b(0lqk\\u000e",
	"\\u009b31mcsi\\u009d0;t\\u009c",
	"back\\b\\b\\b\\b\\rreturn\\nfeed\\ttab\\u000b\\f",
	"\\u202egnp.exe\\u2066isolate",
	"ad\\u200bmin\\u2060\\ufeff\\u00ad",
	"Z\\u0334\\u035d\\u0328\\u0334\\u035d\\u0328\\u0334\\u035d\\u0328\\u033"
	"4"
	"\\u035d\\u0328\\u0334\\u035d\\u0328\\u0334\\u035d\\u0328\\u0334\\u035"
	"d",
	"\\u0301no base",
	"x\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc"
	"\xa2"
	"\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc"
	"\xa2"
	"\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc"
	"\xa2",
	"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7\xf0\x9f\x87\xaf\xf0\x9f"
	"\x87"
	"\xb5 \xe2\x9d\xa4\xef\xb8\x8f",
	"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd9\x85\xd8\xb1\xd8\xad\xd8\xa8",
	"%s%n%1000000x$(reboot)`id`",
	"bell\\u0007\\u0007 null\\u0001\\u007f",
};
enum { PAYLOADS = sizeof(payloads) / sizeof(payloads[0]) };

static void
write_body(const struct story *story, const char *name, bool harmless)
{
	char number[32];
	struct buf body;
	size_t i;

	buf_init(&body, BODY_MAX);
	buf_put_text(&body,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
	    "\"BannedAccountList\":[");
	for (i = 0; i < PAYLOADS; i++) {
		(void)snprintf(number, sizeof(number), "harmless%zu", i);
		buf_put_format(&body,
		    "%s{\"Member_Account\":\"%s\",\"BannedUntil\":%zu}",
		    i > 0 ? "," : "", harmless ? number : payloads[i],
		    (size_t)4000000000 + i * 86400);
	}
	buf_put_text(&body, "],\"NextOffset\":0}");
	home_write(&story->home, name, body.data, body.len);
	buf_release(&body);
}

struct grid {
	int rows;
	int cols;
	VTermScreenCell *cells; /* owned */
};

static void
grid_take(struct grid *grid, const struct term *term)
{
	int row, col;

	grid->rows = term->rows;
	grid->cols = term->cols;
	grid->cells = mem_alloc((size_t)term->rows * (size_t)term->cols *
	    sizeof(*grid->cells));
	for (row = 0; row < term->rows; row++)
		for (col = 0; col < term->cols; col++)
			term_cell(term, row, col,
			    &grid->cells[row * term->cols + col]);
}

static bool
is_blank(const VTermScreenCell *cell)
{
	return (cell->chars[0] == 0 || cell->chars[0] == ' ') &&
	    cell->chars[1] == 0;
}

/* What is seen: a blank has no colour of its own. */
static bool
is_same_cell(const VTermScreenCell *a, const VTermScreenCell *b)
{
	if (a->attrs.underline != b->attrs.underline ||
	    a->attrs.reverse != b->attrs.reverse ||
	    !vterm_color_is_equal(&a->bg, &b->bg))
		return false;
	if (is_blank(a) && is_blank(b))
		return true;
	return memcmp(a->chars, b->chars, sizeof(a->chars)) == 0 &&
	    a->width == b->width && a->attrs.bold == b->attrs.bold &&
	    vterm_color_is_equal(&a->fg, &b->fg);
}

/* The field of the accounts, and the moment in the header. */
static bool
may_differ(int row, int col)
{
	bool in_field = row >= STORY_TABLE && row < STORY_TABLE + PAYLOADS &&
	    col >= ACCOUNT_COL && col < ACCOUNT_END;

	return in_field || (row == 0 && col >= 60) || (row == 1 && col >= 72);
}

static void
compare_grids(const struct grid *one, const struct grid *other)
{
	int row, col, at;

	for (row = 0; row < one->rows; row++)
		for (col = 0; col < one->cols; col++) {
			at = row * one->cols + col;
			if (may_differ(row, col) ||
			    is_same_cell(&one->cells[at], &other->cells[at]))
				continue;
			fail_msg("the cell at row %d, column %d differs", row,
			    col);
		}
}

static bool
rows_are_there(const struct term *term, void *user)
{
	char row[TERM_ROW_MAX];

	(void)user;
	term_row(term, STORY_TABLE + PAYLOADS, row);
	return strstr(row, "end of list: 17 rows") != NULL &&
	    term_find(term, "17 loaded, complete") == 1 &&
	    term_find(term, "loading") < 0;
}

static void
compare_with_twin(struct story *story, const char *kind, const char *locale)
{
	const char *environment[] = { kind, locale, NULL };
	const struct story_options options = { .environment = environment,
		.group = STORY_GROUP };
	struct grid hostile, harmless;

	story_begin_again(story, &options);
	term_wait(&story->term, rows_are_there, NULL, "the payloads");
	grid_take(&hostile, &story->term);
	assert_clean(&story->term, kind);
	story_quit(story);
	story_begin_again(story, &options);
	term_wait(&story->term, rows_are_there, NULL, "the twin");
	assert_true(term_has(&story->term, "harmless0"));
	grid_take(&harmless, &story->term);
	story_quit(story);
	compare_grids(&hostile, &harmless);
	free(hostile.cells);
	free(harmless.cells);
}

static void
outside_its_field_a_payload_changes_no_cell(void **state)
{
	struct story *story = *state;
	char hostile[HOME_PATH_MAX], harmless[HOME_PATH_MAX];
	char faults[4][HOME_PATH_MAX + 16];
	const char *sim[9] = { NULL };
	size_t i;

	write_body(story, "hostile.json", false);
	write_body(story, "harmless.json", true);
	home_path(&story->home, "hostile.json", hostile);
	home_path(&story->home, "harmless.json", harmless);
	for (i = 0; i < 4; i++) { /* by turns */
		(void)snprintf(faults[i], sizeof(faults[i]), "body:%s@1x1",
		    i % 2 == 0 ? hostile : harmless);
		sim[2 * i] = "--fault";
		sim[2 * i + 1] = faults[i];
	}
	sim_start(&story->sim, &story->home, sim);
	compare_with_twin(story, "TERM=xterm-256color", "LC_ALL=C.UTF-8");
	compare_with_twin(story, "TERM=vt100", "LC_ALL=C");
	assert_int_equal(story_pages(story), 4);
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
		assert_clean(&story->term, kinds[i][0]);
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
	assert_clean(&story->term, "groups");
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
	assert_clean(&story->term, "replies");
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
		STORY(outside_its_field_a_payload_changes_no_cell),
		STORY(a_hostile_service_writes_nothing_of_its_own),
		STORY(hostile_groups_write_nothing_of_their_own),
		STORY(no_reply_writes_anything_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
