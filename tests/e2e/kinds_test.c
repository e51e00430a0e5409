/*
 * Kinds of terminals: what cannot show a screen is refused in one line, and
 * all others show the same, in UTF-8 and in a C locale.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/run.h"
#include "e2e/support/story.h"

/* -- what cannot show it --------------------------------------------------- */

/* One line on the terminal, no sequence, status 2. */
static void
expect_refusal(struct story *story, const char *words)
{
	const char *raw;

	story_expect_exit(story, 2);
	raw = buf_text(&story->term.raw);
	if (strstr(raw, words) == NULL)
		fail_msg("expected \"%s\": %s", words, raw);
	assert_int_equal(strncmp(raw, "bantop: ", 8), 0);
	assert_null(strchr(raw, '\x1b'));
	assert_ptr_equal(strchr(raw, '\n'), raw + strlen(raw) - 1);
	assert_int_equal(sim_request_count(&story->sim), 0);
}

static void
a_dumb_or_unknown_kind_of_terminal_is_refused(void **state)
{
	static const char *const dumb[] = { "TERM=dumb", NULL };
	static const char *const unset[] = { "TERM", NULL };
	static const char *const empty[] = { "TERM=", NULL };
	struct story_options options = { .environment = dumb,
		.group = STORY_GROUP };
	struct story *story = *state;

	story_begin(story, &options);
	expect_refusal(story, "TERM is dumb");
	options.environment = unset;
	story_begin_again(story, &options);
	expect_refusal(story, "TERM is not set");
	options.environment = empty;
	story_begin_again(story, &options);
	expect_refusal(story, "TERM is not set");
}

static void
an_undescribed_terminal_is_taken_for_another(void **state)
{
	static const char *const environment[] = { "TERM=nobody-has-this",
		NULL };
	const struct story_options options = { .environment = environment,
		.group = "one-ban" };
	struct story *story = *state;

	story_begin(story, &options);
	story_wait(story, "unknown terminal type: taken for xterm");
	story_wait(story, "1 loaded, complete");
	story_quit(story);
}

static void
without_a_terminal_it_names_the_command_to_use(void **state)
{
	struct story *story = *state;
	struct args args;
	struct run run;

	sim_start(&story->sim, &story->home, NULL);
	args_init(&args, "bantop");
	sim_add_args(&story->sim, &args);
	assert_int_equal(run_program(&run, &story->home, args.list, NULL), 2);
	assert_string_equal(run_output(&run), "");
	assert_string_equal(run_error(&run),
	    "bantop: standard output is no terminal: use bantop list "
	    "--group ID\n");
	run_release(&run);
	assert_int_equal(sim_request_count(&story->sim), 0);
}

/* -- kinds of terminals ---------------------------------------------------- */

static const char *const kinds[] = { "TERM=xterm-256color", "TERM=xterm",
	"TERM=screen-256color", "TERM=tmux-256color", "TERM=linux",
	"TERM=vt100", "TERM=ansi" };
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static bool
is_ascii(const struct buf *bytes)
{
	size_t i;

	for (i = 0; i < bytes->len; i++)
		if ((unsigned char)bytes->data[i] >= 0x80)
			return false;
	return true;
}

/* The bans, the details and the help there, as text. */
static void
take_screens(struct story *story, const char *kind, const char *locale,
    struct buf *out)
{
	const char *environment[] = { kind, locale, NULL };
	/* Its last column stays empty, since what comes of it is not known. */
	bool spare = strcmp(kind, "TERM=ansi") == 0;
	const struct story_options options = { .environment = environment,
		.group = STORY_GROUP,
		.cols = spare ? 81 : 80 };

	buf_init(out, TERM_TEXT_MAX);
	story_begin_again(story, &options);
	story_wait(story, "100 loaded, more");
	/* What is painted last: the rest then stands. */
	term_wait_row(&story->term, STORY_ACTIVITY - 1, "permanent");
	story_wait_gone(story, "loading page");
	term_text(&story->term, out);
	story_type(story, "jjj\r");
	story_wait(story, "nickname");
	term_text(&story->term, out);
	story_type(story, "?");
	story_wait(story, "/ narrow");
	term_text(&story->term, out);
	story_take_out_moments(out->data);
	story_quit(story);
}

static void
compare_kinds(struct story *story, const char *locale)
{
	struct buf first, other;
	size_t i;

	for (i = 0; i < KINDS; i++) {
		take_screens(story, kinds[i], locale, i == 0 ? &first : &other);
		if (strcmp(locale, "LC_ALL=C") == 0)
			assert_true(is_ascii(&story->term.raw));
		if (i == 0)
			continue;
		if (strcmp(buf_text(&other), buf_text(&first)) != 0)
			fail_msg("%s shows\n%s\n%s\n%s", kinds[i],
			    buf_text(&other), kinds[0], buf_text(&first));
		buf_release(&other);
	}
	buf_release(&first);
}

static void
every_kind_of_terminal_shows_the_same(void **state)
{
	static const char *const sim[] = { "--members", "250", "--now",
		STORY_FAR, NULL };
	struct story *story = *state;

	sim_start(&story->sim, &story->home, sim);
	compare_kinds(story, "LC_ALL=C.UTF-8");
}

static void
every_kind_of_terminal_shows_ascii_in_a_c_locale(void **state)
{
	static const char *const sim[] = { "--members", "250", "--now",
		STORY_FAR, NULL };
	static const char *const environment[] = { "LC_ALL=C", NULL };
	const struct story_options options = { .environment = environment,
		.group = STORY_GROUP };
	struct story *story = *state;

	sim_start(&story->sim, &story->home, sim);
	compare_kinds(story, "LC_ALL=C");
	story_begin_again(story, &options);
	story_wait(story, "<U+5C0F><U+660E>37");
	story_quit(story);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(a_dumb_or_unknown_kind_of_terminal_is_refused),
		STORY(an_undescribed_terminal_is_taken_for_another),
		STORY(without_a_terminal_it_names_the_command_to_use),
		STORY(every_kind_of_terminal_shows_the_same),
		STORY(every_kind_of_terminal_shows_ascii_in_a_c_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
