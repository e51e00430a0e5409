/*
 * A terminal that draws ambiguous characters two columns wide: what the
 * program has written is shown once more, by one that does, and the columns
 * are compared.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/text.h"
#include "e2e/support/run.h"
#include "e2e/support/story.h"

enum { BODY_MAX = 64 * 1024, WIDE = 0xff0a };

static const char *const accounts[] = { "plain",
	"\xc2\xb1"
	"1.5\xc2\xb0"
	"C",
	"\xce\xa9\xce\xbc\xce\xad\xce\xb3\xce\xb1",
	"\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82",
	"\xe2\x94\x8c\xe2\x94\x80\xe2\x94\x90\xe2\x94\x82\xe2\x96\x88",
	"dots\xe2\x80\xa6", "r\xc3\xa9sum\xc3\xa9",
	"\xe4\xb8\xad\xe6\x96\x87wide", "\xc3\xa5land", "\xe2\x98\x85 star",
	"a_long_\xe2\x80\x94_\xe2\x80\x94_with_lines_at_the_cut" };
enum { ACCOUNTS = sizeof(accounts) / sizeof(accounts[0]) };

/* -- the other terminal ---------------------------------------------------- */

/* What was written, with a full-width character in the place of each ambiguous
 * one. @return how many there were. */
static size_t
widen(const struct buf *raw, struct buf *out)
{
	size_t at = 0, found = 0;

	buf_init(out, TERM_RAW_MAX);
	while (at < raw->len) {
		char wide[4];
		uint32_t point;
		size_t len = text_decode(raw->data + at, raw->len - at, &point);

		if (len > 0 && text_is_ambiguous(point)) {
			buf_put(out, wide, text_encode(WIDE, wide));
			found++;
		} else {
			len = len > 0 ? len : 1;
			buf_put(out, raw->data + at, len);
		}
		at += len;
	}
	return found;
}

static bool
is_same_row(const struct term *one, VTermScreen *other, int row)
{
	VTermScreenCell a, b = { 0 };
	VTermPos place = { .row = row };

	for (place.col = 0; place.col < one->cols; place.col++) {
		term_cell(one, row, place.col, &a);
		assert_true(vterm_screen_get_cell(other, place, &b) != 0);
		if (memcmp(a.chars, b.chars, sizeof(a.chars)) != 0)
			return false;
	}
	return true;
}

/* @return the rows that such a terminal shows otherwise. */
static int
rows_that_differ(const struct term *term)
{
	VTerm *vterm = vterm_new(term->rows, term->cols);
	VTermScreen *screen = vterm_obtain_screen(vterm);
	int row, count = 0;
	struct buf wide;

	vterm_set_utf8(vterm, 1);
	vterm_screen_enable_altscreen(screen, 1);
	vterm_screen_reset(screen, 1);
	(void)widen(&term->raw, &wide);
	(void)vterm_input_write(vterm, wide.data, wide.len);
	for (row = 0; row < term->rows; row++)
		count += is_same_row(term, screen, row) ? 0 : 1;
	buf_release(&wide);
	vterm_free(vterm);
	return count;
}

static void
expect_even(struct story *story, const char *shown)
{
	story_wait(story, shown);
	assert_int_equal(rows_that_differ(&story->term), 0);
}

/* -- the stories ----------------------------------------------------------- */

static void
begin_sim(struct story *story)
{
	char path[HOME_PATH_MAX], fault[HOME_PATH_MAX + 16];
	const char *sim[] = { "--fault", fault, NULL };
	struct buf body;
	size_t i;

	buf_init(&body, BODY_MAX);
	buf_put_text(&body,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\","
	    "\"BannedAccountList\":[");
	for (i = 0; i < ACCOUNTS; i++)
		buf_put_format(&body,
		    "%s{\"Member_Account\":\"%s\",\"BannedUntil\":4000000000}",
		    i > 0 ? "," : "", accounts[i]);
	buf_put_text(&body, "],\"NextOffset\":0}");
	home_write(&story->home, "body.json", body.data, body.len);
	buf_release(&body);
	home_path(&story->home, "body.json", path);
	(void)snprintf(fault, sizeof(fault), "body:%s@1", path);
	sim_start(&story->sim, &story->home, sim);
}

static void
begin_wide(struct story *story)
{
	static const char *const more[] = { "--ambiguous", "wide", NULL };
	const struct story_options options = { .more = more,
		.group = STORY_GROUP };

	begin_sim(story);
	story_begin_again(story, &options);
	story_wait(story, "11 loaded, complete");
}

/* Or there would be nothing to see in the others. */
static void
as_usual_a_terminal_that_draws_them_wide_is_uneven(void **state)
{
	const struct story_options options = { .group = STORY_GROUP };
	struct story *story = *state;

	begin_sim(story);
	story_begin_again(story, &options);
	story_wait(story, "r\xc3\xa9sum\xc3\xa9");
	story_wait(story, "11 loaded, complete");
	/* All but the plain one and the two that are unambiguous. */
	assert_int_equal(rows_that_differ(&story->term), ACCOUNTS - 3);
	story_quit(story);
}

static void
asked_for_every_row_is_even(void **state)
{
	struct story *story = *state;
	struct buf wide;
	size_t i;

	begin_wide(story);
	expect_even(story, "<U+00B1>1.5<U+00B0>C");
	expect_even(story, "r<U+00E9>sum<U+00E9>");
	expect_even(story, "<U+250C><U+250~2502><U+2588>");
	expect_even(story, accounts[7]);
	expect_even(story, accounts[8]);
	for (i = 0; i < ACCOUNTS; i++)
		term_wait_row(&story->term, STORY_TABLE + (int)i,
		    "  permanent   2096-10-02 07:06:40   permanent");
	/* The cut is ours. */
	term_wait_row(&story->term, STORY_TABLE + 10, "~");
	story_quit(story);
	assert_int_equal(widen(&story->term.raw, &wide), 0);
	buf_release(&wide);
}

static void
nothing_else_has_an_ambiguous_character(void **state)
{
	struct story *story = *state;
	struct buf wide;

	begin_wide(story);
	story_type(story, "j\r");
	expect_even(story, "-- details ---");
	expect_even(story, "account    <U+00B1>1.5<U+00B0>C");
	story_type(story, "qs");
	expect_even(story, "-- summary ---");
	expect_even(story, "permanent 11 ####");
	story_type(story, "q/");
	term_send(&story->term, "\xc2\xb1", 2);
	expect_even(story, "find: <U+00B1>");
	story_type(story, "\r&");
	term_send(&story->term, "\xd1\x80\xd0\xb8", 4);
	expect_even(story, "<U+0440><U+0438>");
	story_type(story, "\r");
	expect_even(story, "1 of 11");
	story_type(story, "Y");
	expect_even(story, "-- ticket ---");
	story_type(story, "q?");
	expect_even(story, "this help");
	story_type(story, "q!");
	expect_even(story, "ABOUT");
	story_type(story, "qP");
	expect_even(story, "any key returns");
	story_type(story, " ");
	expect_even(story, "1 of 11");
	story_quit(story);
	assert_int_equal(widen(&story->term.raw, &wide), 0);
	buf_release(&wide);
}

/* What is looked for is what was typed, not what stands for it. */
static void
codes_are_shown_and_characters_found(void **state)
{
	struct story *story = *state;

	begin_wide(story);
	story_type(story, "/");
	term_send(&story->term, "SUM\xc3\xa9\r", 6);
	story_wait(story, "no account matches: \"SUM<U+00E9>\"");
	story_type(story, "/");
	term_send(&story->term, "sum\xc3\xa9\r", 6);
	story_wait_cursor(story, "r<U+00E9>sum<U+00E9>");
	story_type(story, "y");
	/* The account itself, in base64. */
	term_wait_raw(&story->term, "\x1b]52;c;csOpc3Vtw6k=\a");
	story_quit(story);
}

static void
configuration_and_environment_ask_for_it_too(void **state)
{
	static const char *const environment[] = { "BANTOP_AMBIGUOUS=wide",
		NULL };
	static const char *const narrow[] = { "--ambiguous", "narrow", NULL };
	struct story_options options = { .environment = environment,
		.group = STORY_GROUP };
	struct story *story = *state;

	begin_sim(story);
	story_begin_again(story, &options);
	expect_even(story, "r<U+00E9>sum<U+00E9>");
	story_quit(story);
	options.environment = NULL;
	home_write_text(&story->home, "config/bantop/bantop.conf",
	    "ambiguous = \"wide\"\n");
	story_begin_again(story, &options);
	expect_even(story, "r<U+00E9>sum<U+00E9>");
	story_quit(story);
	options.more = narrow;
	story_begin_again(story, &options);
	story_wait(story, "r\xc3\xa9sum\xc3\xa9");
	story_quit(story);
}

static void
a_printed_table_has_codes_and_data_the_text(void **state)
{
	struct story *story = *state;
	struct args args;
	struct run run;
	static const struct {
		const char *format, *there, *gone;
	} cases[] = {
		{ "table", "r<U+00E9>sum<U+00E9>", "r\xc3\xa9" },
		{ "tsv", "r\xc3\xa9sum\xc3\xa9", "<U+00E9>" },
	};
	size_t i;

	begin_sim(story);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		args_init(&args, "bantop");
		args_add(&args, "list");
		sim_add_args(&story->sim, &args);
		args_add_two(&args, "--group", STORY_GROUP);
		args_add_two(&args, "--ambiguous", "wide");
		args_add_two(&args, "--format", cases[i].format);
		assert_int_equal(run_program(&run, &story->home, args.list,
		                     NULL),
		    0);
		assert_non_null(strstr(run_output(&run), cases[i].there));
		assert_null(strstr(run_output(&run), cases[i].gone));
		run_release(&run);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(as_usual_a_terminal_that_draws_them_wide_is_uneven),
		STORY(asked_for_every_row_is_even),
		STORY(nothing_else_has_an_ambiguous_character),
		STORY(codes_are_shown_and_characters_found),
		STORY(configuration_and_environment_ask_for_it_too),
		STORY(a_printed_table_has_codes_and_data_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
