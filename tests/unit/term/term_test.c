#include "bantop/term/term.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>
#include <vterm.h>

#include "term_rig.h"

static int
use_utf8(void **state)
{
	(void)state;
	return setlocale(LC_ALL, "C.UTF-8") == NULL ? -1 : 0;
}

static void
open_rig(struct term_rig *rig, const char *type, int rows, int cols)
{
	struct err err;

	if (!term_rig_open(rig, type, rows, cols, TEXT_UTF8, &err))
		fail_msg("%s: %s", type, err.text);
}

static void
put(struct term_rig *rig, int row, int col, enum style_role role,
    const char *text)
{
	(void)frame_put(rig->frame, row, col, 200, role, text);
}

static const char *const types[] = { "xterm-256color", "xterm",
	"screen-256color", "tmux-256color", "linux", "vt100", "ansi" };

static void
frame_is_shown_by_every_terminal_type(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		struct term_rig rig;

		open_rig(&rig, types[i], 24, 80);
		put(&rig, 0, 0, STYLE_TITLE, "bantop");
		put(&rig, 3, 2, STYLE_ENDING, "\xe4\xb8\xad\xe6\x96\x87 wide");
		put(&rig, 4, 2, STYLE_ERROR, "e\xcc\x81 marked");
		put(&rig, 23, frame_cols(rig.frame) - 1, STYLE_KEY, "x");
		frame_set_cursor(rig.frame, 3, 0);
		(void)term_rig_paint(&rig, NULL);
		term_rig_expect(&rig);
		put(&rig, 3, 3, STYLE_TEXT, "half covered");
		frame_set_cursor(rig.frame, 4, 0);
		(void)term_rig_paint(&rig, NULL);
		term_rig_expect(&rig);
		term_rig_close(&rig);
	}
}

static void
each_frame_is_one_write(void **state)
{
	struct term_rig rig;
	size_t writes;
	int i;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	for (i = 0; i < 24; i++)
		put(&rig, i, i, (enum style_role)(i % STYLE_ROLE_COUNT),
		    "some words in every row");
	assert_true(term_rig_paint(&rig, &writes) > 0);
	assert_int_equal(writes, 1);
	for (i = 0; i < 24; i++)
		put(&rig, i, 30, STYLE_ACCOUNT, "and some more");
	assert_true(term_rig_paint(&rig, &writes) > 0);
	assert_int_equal(writes, 1);
	term_rig_close(&rig);
}

static void
unchanged_frame_writes_nothing(void **state)
{
	struct term_rig rig;
	size_t writes;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	put(&rig, 1, 1, STYLE_TEXT, "still");
	frame_set_cursor(rig.frame, 1, 0);
	(void)term_rig_paint(&rig, NULL);
	assert_int_equal(term_rig_paint(&rig, &writes), 0);
	assert_int_equal(writes, 0);
	frame_clear(rig.frame);
	put(&rig, 1, 1, STYLE_TEXT, "still");
	frame_set_cursor(rig.frame, 1, 0);
	assert_int_equal(term_rig_paint(&rig, &writes), 0);
	assert_int_equal(writes, 0);
	term_rig_close(&rig);
}

static void
repaint_shows_a_spoilt_screen_again(void **state)
{
	static const char spoil[] = "\x1b[5;5Hspoilt\x1b[2;1H\x1b[K";
	struct term_rig rig;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	put(&rig, 1, 1, STYLE_TEXT, "kept");
	frame_set_cursor(rig.frame, 1, 0);
	(void)term_rig_paint(&rig, NULL);
	(void)vterm_input_write(rig.vterm, spoil, sizeof spoil - 1);
	term_repaint(rig.term);
	assert_true(term_rig_paint(&rig, NULL) > 0);
	term_rig_expect(&rig);
	term_rig_close(&rig);
}

static uint64_t
draw_next(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return *seed >> 33;
}

/* A frame with text, wide and marked characters at random. */
static void
scribble(struct term_rig *rig, uint64_t *seed)
{
	static const char *const texts[] = { "plain",
		"\xe4\xb8\xad\xe6\x96\x87", "e\xcc\x81\xcc\x82",
		"a\xe6\x96\x87z", "\xf0\x9f\x98\x80", "                 ",
		"\xe2\x94\x80\xe2\x94\x80" };
	int rows = frame_rows(rig->frame);
	int cols = frame_cols(rig->frame);
	int i;

	for (i = 0; i < 30; i++) {
		uint64_t draw = draw_next(seed);
		int row = (int)(draw % (uint64_t)rows);
		int col = (int)(draw / 7 % (uint64_t)cols);

		/* Not in the last column: libvterm loses marks there. */
		(void)frame_put(rig->frame, row, col, cols - 1 - col,
		    (enum style_role)(draw / 11 % STYLE_ROLE_COUNT),
		    texts[draw / 13 % (sizeof texts / sizeof texts[0])]);
		frame_add_flags(rig->frame, row, col, 5,
		    (unsigned)(draw / 23) & FRAME_FLAGS_ALL);
	}
	frame_set_cursor(rig->frame, (int)(draw_next(seed) % 500) % rows, 0);
}

static void
any_frames_in_any_sizes_are_shown(void **state)
{
	static const struct {
		int rows, cols;
	} sizes[] = { { 24, 80 }, { 1, 1 }, { 10, 40 }, { 5, 20 }, { 2, 3 },
		{ 60, 200 }, { 200, 500 }, { 24, 80 } };
	struct term_rig rig;
	uint64_t seed = 4711;
	size_t i;
	int k;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		term_rig_resize(&rig, sizes[i].rows, sizes[i].cols);
		for (k = 0; k < 20; k++) {
			if (k % 5 == 0)
				frame_clear(rig.frame);
			scribble(&rig, &seed);
			(void)term_rig_paint(&rig, NULL);
			term_rig_expect(&rig);
		}
	}
	term_rig_close(&rig);
}

static void
expect_refused(const char *type, const char *words)
{
	struct term_rig rig;
	struct err err;

	assert_false(term_rig_open(&rig, type, 24, 80, TEXT_UTF8, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_non_null(strstr(err.text, words));
	assert_int_equal(rig.len, 0);
	term_rig_close(&rig);
}

static void
dumb_and_unset_are_refused_in_one_line(void **state)
{
	(void)state;
	expect_refused("dumb", "TERM is dumb");
	expect_refused("", "TERM is not set");
	expect_refused(NULL, "TERM is not set");
}

static void
pipe_is_refused(void **state)
{
	struct term_config config = { .type = "xterm",
		.theme = theme_default() };
	struct err err;
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	config.in_fd = fds[0];
	config.out_fd = fds[1];
	assert_null(term_open(&config, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	(void)close(fds[0]);
	(void)close(fds[1]);
}

static void
unknown_type_is_taken_for_xterm_with_a_notice(void **state)
{
	struct term_rig rig;

	(void)state;
	open_rig(&rig, "no-such-terminal", 24, 80);
	assert_string_equal(term_notice(rig.term),
	    "unknown terminal type: taken for xterm");
	put(&rig, 2, 2, STYLE_TEXT, "shown all the same");
	(void)term_rig_paint(&rig, NULL);
	term_rig_expect(&rig);
	term_rig_close(&rig);
}

static bool
has_bytes(const struct term_rig *rig, size_t from, const char *part)
{
	size_t len = strlen(part);
	size_t at;

	for (at = from; at + len <= rig->len; at++)
		if (memcmp(rig->bytes + at, part, len) == 0)
			return true;
	return false;
}

static void
modes_are_taken_and_given_back(void **state)
{
	struct termios before, during, after;
	struct term_rig rig;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	assert_int_equal(tcgetattr(rig.slave, &during), 0);
	assert_int_equal(during.c_lflag & (ICANON | ECHO), 0);
	assert_int_equal(during.c_lflag & ISIG, ISIG);
	assert_int_equal(during.c_cc[VINTR], _POSIX_VDISABLE);
	assert_int_equal(during.c_cc[VSUSP], _POSIX_VDISABLE);
	assert_int_equal(during.c_cc[VQUIT], 034);
	assert_int_equal(during.c_iflag & IXON, IXON);
	(void)term_rig_paint(&rig, NULL);
	assert_true(has_bytes(&rig, 0, "\x1b[?1049h"));
	assert_true(has_bytes(&rig, 0, "\x1b[?2004h"));
	term_suspend(rig.term);
	assert_int_equal(tcgetattr(rig.slave, &before), 0);
	assert_int_equal(before.c_lflag & (ICANON | ECHO), ICANON | ECHO);
	assert_int_equal(before.c_cc[VINTR], 003);
	term_rig_settle(&rig);
	assert_true(has_bytes(&rig, 0, "\x1b[?1049l"));
	assert_true(has_bytes(&rig, 0, "\x1b[?2004l"));
	term_close(rig.term);
	rig.term = NULL;
	assert_int_equal(tcgetattr(rig.slave, &after), 0);
	assert_memory_equal(after.c_cc, before.c_cc, sizeof after.c_cc);
	assert_int_equal(after.c_lflag, before.c_lflag);
	assert_int_equal(after.c_iflag, before.c_iflag);
	assert_int_equal(after.c_oflag, before.c_oflag);
	term_rig_close(&rig);
}

static void
resume_paints_all_again(void **state)
{
	struct term_rig rig;
	struct termios modes;
	struct err err;
	size_t from;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	put(&rig, 7, 7, STYLE_NOTICE, "here again");
	frame_set_cursor(rig.frame, 7, 0);
	(void)term_rig_paint(&rig, NULL);
	term_suspend(rig.term);
	term_rig_settle(&rig);
	from = rig.len;
	assert_int_equal(term_rig_paint(&rig, NULL), 0);
	assert_true(term_resume(rig.term, &err));
	assert_true(term_rig_paint(&rig, NULL) > 0);
	assert_true(has_bytes(&rig, from, "\x1b[?1049h"));
	assert_true(has_bytes(&rig, from, "\x1b[?2004h"));
	assert_int_equal(tcgetattr(rig.slave, &modes), 0);
	assert_int_equal(modes.c_lflag & ICANON, 0);
	term_rig_expect(&rig);
	term_rig_close(&rig);
}

static void
last_words_restore_the_terminal_once(void **state)
{
	struct term_rig rig;
	struct termios modes;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	(void)term_rig_paint(&rig, NULL);
	term_last_words();
	assert_int_equal(tcgetattr(rig.slave, &modes), 0);
	assert_int_equal(modes.c_lflag & (ICANON | ECHO), ICANON | ECHO);
	term_last_words();
	term_rig_finish(&rig);
	assert_true(has_bytes(&rig, 0, "\x1b[?2004l"));
	assert_true(has_bytes(&rig, 0, "\x1b[?1049l"));
	term_rig_close(&rig);
}

static void
hidden_cursor_is_hidden(void **state)
{
	struct term_rig rig;
	size_t from;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	put(&rig, 0, 0, STYLE_TEXT, "x");
	(void)term_rig_paint(&rig, NULL);
	assert_true(has_bytes(&rig, 0, "\x1b[?25l"));
	from = rig.len;
	frame_set_cursor(rig.frame, 0, 0);
	(void)term_rig_paint(&rig, NULL);
	assert_true(has_bytes(&rig, from, "\x1b[?25h") ||
	    has_bytes(&rig, from, "\x1b[?12;25h") ||
	    has_bytes(&rig, from, "\x1b[?12l\x1b[?25h"));
	term_rig_close(&rig);
}

static void
ascii_mode_writes_no_byte_above_tilde(void **state)
{
	struct term_rig rig;
	struct err err;
	size_t i;

	(void)state;
	assert_true(term_rig_open(&rig, "xterm-256color", 24, 80, TEXT_ASCII,
	    &err));
	put(&rig, 0, 0, STYLE_TEXT, "a\xe2\x80\xa6z \xe2\x94\x82 \xe2\x96\x88");
	(void)term_rig_paint(&rig, NULL);
	for (i = 0; i < rig.len; i++)
		assert_true((unsigned char)rig.bytes[i] < 0x7f);
	assert_true(has_bytes(&rig, 0, "a~z | #"));
	term_rig_close(&rig);
}

static size_t
copied(struct term_rig *rig, const char *text, size_t len, bool tmux,
    bool screen)
{
	size_t from = rig->len;
	struct err err;

	assert_true(term_copy(rig->term, text, len, tmux, screen, &err));
	term_rig_settle(rig);
	return from;
}

static void
copy_is_base64_wrapped_for_what_is_around(void **state)
{
	struct term_rig rig;
	size_t from;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	from = copied(&rig, "M", 1, false, false);
	assert_true(has_bytes(&rig, from, "\x1b]52;c;TQ==\a"));
	from = copied(&rig, "Ma", 2, false, false);
	assert_true(has_bytes(&rig, from, "\x1b]52;c;TWE=\a"));
	from = copied(&rig, "Man", 3, true, false);
	assert_true(has_bytes(&rig, from,
	    "\x1bPtmux;\x1b\x1b]52;c;TWFu\a\x1b\\"));
	from = copied(&rig, "Man", 3, false, true);
	assert_true(has_bytes(&rig, from, "\x1bP\x1b]52;c;TWFu\a\x1b\\"));
	term_rig_close(&rig);
}

static void
copy_has_a_cap(void **state)
{
	struct term_rig rig;
	char *text = calloc(1, TERM_COPY_MAX + 1);
	struct err err;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	memset(text, 'a', TERM_COPY_MAX + 1);
	assert_false(term_copy(rig.term, text, TERM_COPY_MAX + 1, false, false,
	    &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_true(term_copy(rig.term, text, TERM_COPY_MAX, false, true,
	    &err));
	term_rig_close(&rig);
	free(text);
}

static void
keys_of_the_description_are_known(void **state)
{
	struct term_rig rig;
	struct keys *keys = keys_create();
	struct keys_event event;

	(void)state;
	open_rig(&rig, "linux", 24, 80);
	term_define_keys(rig.term, keys);
	assert_int_equal(keys_feed(keys, "\x1b[[B", 4, 0), 4);
	assert_true(keys_next(keys, 0, &event));
	assert_int_equal(event.key.code, KEY_CODE_F1 + 1);
	keys_destroy(keys);
	term_rig_close(&rig);
}

static void
gone_terminal_is_told(void **state)
{
	struct term_rig rig;
	struct err err;

	(void)state;
	open_rig(&rig, "xterm-256color", 24, 80);
	put(&rig, 0, 0, STYLE_TEXT, "nobody reads this");
	term_rig_hang_up(&rig);
	assert_false(term_paint(rig.term, rig.frame, &err));
	assert_int_equal(err.kind, ERR_FILE);
	term_rig_close(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frame_is_shown_by_every_terminal_type),
		cmocka_unit_test(each_frame_is_one_write),
		cmocka_unit_test(unchanged_frame_writes_nothing),
		cmocka_unit_test(repaint_shows_a_spoilt_screen_again),
		cmocka_unit_test(any_frames_in_any_sizes_are_shown),
		cmocka_unit_test(dumb_and_unset_are_refused_in_one_line),
		cmocka_unit_test(pipe_is_refused),
		cmocka_unit_test(unknown_type_is_taken_for_xterm_with_a_notice),
		cmocka_unit_test(modes_are_taken_and_given_back),
		cmocka_unit_test(resume_paints_all_again),
		cmocka_unit_test(last_words_restore_the_terminal_once),
		cmocka_unit_test(hidden_cursor_is_hidden),
		cmocka_unit_test(ascii_mode_writes_no_byte_above_tilde),
		cmocka_unit_test(copy_is_base64_wrapped_for_what_is_around),
		cmocka_unit_test(copy_has_a_cap),
		cmocka_unit_test(keys_of_the_description_are_known),
		cmocka_unit_test(gone_terminal_is_told),
	};

	return cmocka_run_group_tests(tests, use_utf8, NULL);
}
