/*
 * What a frame costs on the line, in bytes and writes: the table of bans in
 * 80x24, moved as users move it.
 */
#include "bantop/term/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "term_rig.h"
#include "view_rig.h"

enum {
	FIRST_MAX = 1700, /* with what opens the terminal */
	REPAINT_MAX = 1600,
	PAGE_MAX = 1400,
	LINE_MAX_BYTES = 200,
	MOVE_MAX = 180,
	TICK_MAX = 180,
	ROWS = 200,
};

struct screen {
	struct term_rig term;
	struct view_rig view;
};

static void
open_screen(struct screen *screen, const char *type, int64_t left_s,
    int64_t step_s)
{
	struct err err;
	int i;

	assert_true(term_rig_open(&screen->term, type, 24, 80, TEXT_UTF8,
	    &err));
	view_rig_init(&screen->view, 24, 80);
	for (i = 0; i < ROWS; i++) {
		char account[32];

		(void)snprintf(account, sizeof account, "guest_%04d",
		    (i * 7919) % 10000);
		view_rig_add(&screen->view, account, left_s + i * step_s);
	}
}

static void
close_screen(struct screen *screen)
{
	view_rig_release(&screen->view);
	term_rig_close(&screen->term);
}

/* Draws and paints; the terminal shows it. @return bytes. */
static size_t
show(struct screen *screen)
{
	size_t bytes, writes;

	view_rig_draw_bans(&screen->view);
	frame_copy(screen->term.frame, screen->view.frame);
	bytes = term_rig_paint(&screen->term, &writes);
	assert_int_equal(writes, bytes > 0 ? 1 : 0);
	term_rig_expect(&screen->term);
	return bytes;
}

static void
move_to(struct screen *screen, size_t cursor)
{
	struct bans_view *bans = &screen->view.bans;
	size_t window = (size_t)bans_view_window(screen->view.layout.body);

	bans->cursor = cursor;
	bans->top =
	    view_scroll(bans->top, cursor, ROWS, window, BANS_VIEW_TAIL);
}

static void
expect_at_most(size_t bytes, size_t most, const char *what)
{
	print_message("%s: %zu bytes\n", what, bytes);
	if (bytes > most)
		fail_msg("%s: %zu bytes, more than %zu", what, bytes, most);
}

static void
frames_keep_to_their_budgets(void **state)
{
	struct screen screen;

	(void)state;
	open_screen(&screen, "xterm-256color", 86400 * 2, 40000);
	expect_at_most(show(&screen), FIRST_MAX, "first paint");
	term_repaint(screen.term.term);
	expect_at_most(show(&screen), REPAINT_MAX, "full repaint");
	move_to(&screen, 1);
	expect_at_most(show(&screen), MOVE_MAX, "cursor down");
	move_to(&screen, 0);
	expect_at_most(show(&screen), MOVE_MAX, "cursor up");
	move_to(&screen, 17);
	expect_at_most(show(&screen), MOVE_MAX, "cursor to the last row");
	move_to(&screen, 18);
	expect_at_most(show(&screen), LINE_MAX_BYTES, "line down");
	move_to(&screen, 19);
	expect_at_most(show(&screen), LINE_MAX_BYTES, "another line down");
	screen.view.bans.top = 37;
	move_to(&screen, 37);
	expect_at_most(show(&screen), PAGE_MAX, "page down");
	move_to(&screen, 36);
	expect_at_most(show(&screen), LINE_MAX_BYTES, "line up");
	assert_int_equal(show(&screen), 0);
	close_screen(&screen);
}

static void
minute_of_days_writes_nothing(void **state)
{
	struct screen screen;

	(void)state;
	open_screen(&screen, "xterm-256color", 86400 * 2 + 1800, 86400);
	(void)show(&screen);
	screen.view.bans.now_s += 60;
	assert_int_equal(show(&screen), 0);
	close_screen(&screen);
}

static void
second_of_ticking_rows_is_small(void **state)
{
	struct screen screen;
	int i;

	(void)state;
	open_screen(&screen, "xterm-256color", 600, 1);
	(void)show(&screen);
	for (i = 0; i < 8; i++) {
		screen.view.bans.now_s++;
		expect_at_most(show(&screen), TICK_MAX, "tick");
	}
	close_screen(&screen);
}

static void
other_terminals_scroll_as_cheaply(void **state)
{
	static const char *const types[] = { "screen-256color", "tmux-256color",
		"linux", "vt100" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		struct screen screen;

		open_screen(&screen, types[i], 86400 * 2, 40000);
		(void)show(&screen);
		move_to(&screen, 17);
		(void)show(&screen);
		move_to(&screen, 18);
		expect_at_most(show(&screen), LINE_MAX_BYTES, types[i]);
		close_screen(&screen);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_keep_to_their_budgets),
		cmocka_unit_test(minute_of_days_writes_nothing),
		cmocka_unit_test(second_of_ticking_rows_is_small),
		cmocka_unit_test(other_terminals_scroll_as_cheaply),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
