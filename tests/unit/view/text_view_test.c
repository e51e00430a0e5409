#include "bantop/view/text_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static const char ticket[] =
    "Bans of @TGS#aDEMO00001 (sgp Singapore)\n"
    "\n"
    "| account | until |\n"
    "| noisy\x1b[31mname | 2026-11-22 14:07:34 +08, which is 2026-11-22 "
    "06:07:34 UTC |";

static struct text_view
view_of(int top)
{
	struct text_view view = { .title = "ticket",
		.keys = "Y Markdown, Esc closes",
		.text = ticket,
		.len = sizeof ticket - 1,
		.top = top };

	return view;
}

static void
draw(struct view_rig *rig, struct frame_area body)
{
	struct text_view view = view_of(0);

	text_view_draw(rig->frame, view_pane_area(body, 7), &rig->look, &view);
}

static void
text_is_wrapped_and_harmless(void **state)
{
	(void)state;
	view_rig_expect(draw, "", "text");
}

static void
lines_are_counted_as_they_are_drawn(void **state)
{
	struct view_look look = { .mode = TEXT_UTF8 };
	struct text_view view = view_of(0);

	(void)state;
	assert_int_equal(text_view_lines(&view, &look, 200), 4);
	assert_int_equal(text_view_lines(&view, &look, 40), 6);
}

static void
top_hides_the_first_lines(void **state)
{
	struct view_rig rig;
	struct text_view view = view_of(2);
	char *row;

	(void)state;
	view_rig_init(&rig, 24, 80);
	text_view_draw(rig.frame, rig.layout.body, &rig.look, &view);
	row = snapshot_row(rig.frame, 3);
	assert_string_equal(row, "| account | until |");
	free(row);
	view_rig_release(&rig);
}

/* The second blank carries a mark, so it is none. */
static void
a_line_never_begins_with_a_mark(void **state)
{
	static const char text[] = "one two \xcc\x81three";
	struct text_view view = {
		.title = "t", .keys = "", .text = text, .len = sizeof text - 1
	};
	struct view_rig rig;
	int cols;
	char *row;

	(void)state;
	view_rig_init(&rig, 24, 80);
	for (cols = 2; cols < 20; cols++) {
		struct frame_area area = rig.layout.body;

		area.cols = cols;
		frame_clear(rig.frame);
		text_view_draw(rig.frame, area, &rig.look, &view);
		if (cols != 10)
			continue;
		row = snapshot_row(rig.frame, area.row + 1);
		assert_string_equal(row, "one");
		free(row);
		row = snapshot_row(rig.frame, area.row + 2);
		assert_string_equal(row, "two \xcc\x81three");
		free(row);
	}
	view_rig_release(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_wrapped_and_harmless),
		cmocka_unit_test(lines_are_counted_as_they_are_drawn),
		cmocka_unit_test(top_hides_the_first_lines),
		cmocka_unit_test(a_line_never_begins_with_a_mark),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
