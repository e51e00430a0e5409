/*
 * Seven kinds of terminals, two locales, five sizes, six themes: of each of
 * the 420 the table and two panes over it are looked at. A theme changes no
 * character, a terminal gets nothing that it does not understand and no colour
 * that it has not, and the selected row is told apart without one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/dialect.h"
#include "e2e/support/story.h"

static const char *const kinds[] = { "xterm-256color", "xterm",
	"screen-256color", "tmux-256color", "linux", "vt100", "ansi" };
/* As T goes through them. */
static const char *const themes[] = { "default", "high-contrast", "light",
	"mono", "colour-blind", "dark" };
/* Each is opened and closed by its key. */
static const struct view {
	const char *key, *shows;
} views[] = { { "", "ACCOUNT" }, { "d", " details " }, { "s", " summary " } };
/* The row that is selected, and those of the table that are looked at. */
static const struct size {
	int rows, cols;
	int selected, first, last;
} sizes[] = { { 24, 80, 3, 3, 20 }, { 40, 120, 3, 3, 36 },
	{ 60, 200, 3, 3, 56 }, { 10, 40, 3, 3, 7 }, { 5, 20, 2, 2, 2 } };
enum {
	KINDS = sizeof(kinds) / sizeof(kinds[0]),
	THEMES = sizeof(themes) / sizeof(themes[0]),
	SIZES = sizeof(sizes) / sizeof(sizes[0]),
	VIEWS = sizeof(views) / sizeof(views[0]),
};

/* One run of the program, and where it is in the matrix. */
struct run_of_screens {
	struct story *story;
	const char *kind;
	const char *theme;
	const struct size *size;
	const struct view *view;
	const char *want; /* the screen's text */
	struct dialect dialect;
	int spare_cols;   /* at the right, kept empty */
	size_t looked_at; /* bytes of the stream */
};

/* -- the text -------------------------------------------------------------- */

/* The rows, but for what is said of the theme, and moments. */
static void
take_text(const struct run_of_screens *run, struct buf *out)
{
	char row[TERM_ROW_MAX];
	int i;

	buf_init(out, TERM_TEXT_MAX);
	for (i = 0; i < run->size->rows; i++) {
		term_row(&run->story->term, i, row);
		if (strncmp(row, "theme: ", 7) != 0)
			buf_put_text(out, row);
		buf_put_text(out, "\n");
	}
	story_take_out_moments(out->data);
}

/* On a screen that was cleared the last row is painted last. */
static bool
is_painted(const struct term *term, void *user)
{
	static const char clear[] = "\x1b[H\x1b[2J";
	const struct run_of_screens *run = user;
	const struct size *size = run->size;
	char first[TERM_ROW_MAX], last[TERM_ROW_MAX];

	if (strstr(buf_text(&term->raw) + run->looked_at, clear) == NULL)
		return false;
	term_row(term, 0, first);
	term_row(term, size->rows - 1, last);
	return strncmp(first, size->rows > 5 ? "bantop" : "@TGS#a", 6) == 0 &&
	    strstr(last, "? help  q back") != NULL &&
	    term_has(term, run->view->shows);
}

static bool
is_as_wanted(const struct term *term, void *user)
{
	const struct run_of_screens *run = user;
	struct buf text;
	int row, col;
	bool is;

	term_cursor(term, &row, &col);
	if (run->view == views && row != run->size->selected)
		return false;
	take_text(run, &text);
	is = strcmp(buf_text(&text), run->want) == 0;
	buf_release(&text);
	return is;
}

/* -- looks ----------------------------------------------------------------- */

static void
complain(const struct run_of_screens *run, const char *what, int row, int col)
{
	fail_msg("%s, %s,%s, %dx%d, row %d, column %d: %s", run->kind,
	    run->theme, run->view->shows, run->size->cols, run->size->rows, row,
	    col, what);
}

static void
check_colors(const struct run_of_screens *run)
{
	bool wanted =
	    run->dialect.colors > 0 && strcmp(run->theme, "mono") != 0;
	VTermScreenCell cell;
	size_t found = 0;
	int row, col;

	for (row = 0; row < run->size->rows; row++)
		for (col = 0; col < run->size->cols; col++) {
			term_cell(&run->story->term, row, col, &cell);
			if (VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) &&
			    VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
				continue;
			if (!wanted)
				complain(run, "a colour", row, col);
			found++;
		}
	if (wanted && found == 0)
		complain(run, "no colour at all", 0, 0);
}

/* Mark, cursor and attribute are on one row, and on it alone. */
static void
check_selected(const struct run_of_screens *run)
{
	const struct term *term = &run->story->term;
	int selected = run->size->selected;
	VTermScreenCell mark, account;
	int row, col;

	term_cursor(term, &row, &col);
	if (row != selected || col != 0 || !term->cursor_visible)
		complain(run, "the cursor is here", row, col);
	for (row = run->size->first; row <= run->size->last; row++) {
		term_cell(term, row, 0, &mark);
		term_cell(term, row, 2, &account);
		if ((mark.chars[0] == '>') != (row == selected))
			complain(run, "mark of the selected row", row, 0);
		if ((account.attrs.reverse != 0) != (row == selected))
			complain(run, "look of the selected row", row, 2);
	}
}

static void
check_stream(struct run_of_screens *run)
{
	const struct buf *raw = &run->story->term.raw;
	size_t at = dialect_find_foreign(&run->dialect, raw, run->looked_at);

	if (at != SIZE_MAX)
		fail_msg("%s does not understand Esc %.12s", run->kind,
		    buf_text(raw) + at + 1);
	run->looked_at = raw->len;
	assert_int_equal(run->story->term.bells, 0);
}

/* -- the matrix ------------------------------------------------------------ */

/* What every kind shows in every theme, by size and view. */
struct wanted {
	struct buf texts[SIZES][VIEWS];
};

static void
look_at_view(struct run_of_screens *run, struct buf *want)
{
	struct term *term = &run->story->term;
	char what[128];

	(void)snprintf(what, sizeof(what), "%s of %s, theme %s",
	    run->view->shows, run->kind, run->theme);
	story_type(run->story, run->view->key);
	if (want->len == 0) {
		story_wait(run->story, run->view->shows);
		run->looked_at = term->raw.len;
		story_control(run->story, 'l');
		term_wait(term, is_painted, run, what);
		take_text(run, want);
	}
	run->want = buf_text(want);
	term_wait(term, is_as_wanted, run, what);
	check_colors(run);
	if (run->view == views)
		check_selected(run);
	check_stream(run);
	story_type(run->story, run->view->key);
}

static void
look_at_sizes(struct run_of_screens *run, struct wanted *wanted)
{
	size_t size, view;

	for (size = 0; size < SIZES; size++) {
		run->size = &sizes[size];
		term_resize(&run->story->term, run->size->rows,
		    run->size->cols + run->spare_cols);
		for (view = 0; view < VIEWS; view++) {
			run->view = &views[view];
			look_at_view(run, &wanted->texts[size][view]);
		}
	}
}

static void
look_at_themes(struct run_of_screens *run, struct wanted *wanted)
{
	char said[64];
	size_t theme;

	for (theme = 0; theme < THEMES; theme++) {
		run->theme = themes[theme];
		if (theme > 0) {
			story_type(run->story, "T");
			(void)snprintf(said, sizeof(said), "theme: %s",
			    run->theme);
			story_wait(run->story, said);
		}
		look_at_sizes(run, wanted);
	}
	story_type(run->story, "T");
	story_wait(run->story, "theme: default"); /* and there are no more */
}

static void
look_at_kind(struct story *story, const char *kind, const char *locale,
    struct wanted *wanted)
{
	char type[64];
	const char *environment[] = { type, locale, NULL };
	struct run_of_screens run = { .story = story, .kind = kind };
	struct story_options options = { .environment = environment,
		.group = STORY_GROUP };

	(void)snprintf(type, sizeof(type), "TERM=%s", kind);
	/* Its last column stays empty, since what comes of it is not known. */
	run.spare_cols = strcmp(kind, "ansi") == 0 ? 1 : 0;
	options.cols = 80 + run.spare_cols;
	dialect_read(&run.dialect, kind);
	story_begin_again(story, &options);
	story_wait(story, "90 loaded, complete");
	look_at_themes(&run, wanted);
	story_quit(story);
	check_stream(&run);
}

/* What the first kind shows in its first theme, all others show too. */
static void
look_at_locale(struct story *story, const char *locale, const char *account)
{
	static const char *const sim[] = { "--members", "90", "--now",
		STORY_FAR, NULL };
	struct wanted wanted;
	size_t i, view;

	for (i = 0; i < SIZES; i++)
		for (view = 0; view < VIEWS; view++)
			buf_init(&wanted.texts[i][view], TERM_TEXT_MAX);
	sim_start(&story->sim, &story->home, sim);
	for (i = 0; i < KINDS; i++)
		look_at_kind(story, kinds[i], locale, &wanted);
	assert_int_equal(story_pages(story), KINDS);
	assert_non_null(strstr(buf_text(&wanted.texts[0][0]), account));
	for (i = 0; i < SIZES; i++)
		for (view = 0; view < VIEWS; view++)
			buf_release(&wanted.texts[i][view]);
}

static void
every_combination_is_right_in_utf8(void **state)
{
	look_at_locale(*state, "LC_ALL=C.UTF-8",
	    "\xe5\xb0\x8f\xe6\x98\x8e"
	    "37 ");
}

static void
every_combination_is_right_in_ascii(void **state)
{
	look_at_locale(*state, "LC_ALL=C", "<U+5C0F><U+660E>37 ");
}

static size_t
find_foreign(const struct dialect *dialect, const char *bytes)
{
	struct buf raw;
	size_t at;

	buf_init(&raw, TERM_TEXT_MAX);
	buf_put_text(&raw, bytes);
	at = dialect_find_foreign(dialect, &raw, 0);
	buf_release(&raw);
	return at;
}

static void
a_foreign_sequence_would_be_noticed(void **state)
{
	struct dialect dialect;

	(void)state;
	dialect_read(&dialect, "vt100");
	assert_int_equal(dialect.colors, 0);
	assert_int_equal(find_foreign(&dialect,
	                     "\x1b[H\x1b[J\x1b[12;34Hplain\x1b[0;1;7mbold"
	                     "\x1b[m\b\r\n"),
	    SIZE_MAX);
	assert_int_equal(find_foreign(&dialect, "a\x1b[31m"), 1);
	assert_int_equal(find_foreign(&dialect, "\x1b[1;3m"), 0);
	assert_int_equal(find_foreign(&dialect, "\x1b[?1049h"), 0);
	assert_int_equal(find_foreign(&dialect, "\x1b[?2004h"), 0);
	assert_int_equal(find_foreign(&dialect, "\x1b[34d"), 0);
	dialect_read(&dialect, "xterm-256color");
	assert_int_equal(dialect.colors, 256);
	assert_int_equal(find_foreign(&dialect,
	                     "\x1b[?1049h\x1b[?2004h\x1b[34d\x1b[38;5;203m"),
	    SIZE_MAX);
	assert_int_equal(find_foreign(&dialect, "\x1b]0;title\a"), 0);
	dialect_read(&dialect, "linux");
	assert_int_equal(find_foreign(&dialect, "\x1b[31m"), SIZE_MAX);
	assert_int_equal(find_foreign(&dialect, "\x1b[38;5;203m"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_foreign_sequence_would_be_noticed),
		STORY(every_combination_is_right_in_utf8),
		STORY(every_combination_is_right_in_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
