#include "bantop/view/help_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static const struct help_row rows[] = {
	{ "j Down", "down", "next row", "moving" },
	{ "k Up", "up", "row before", "moving" },
	{ "Enter d", "details", "all that is known of a ban", "bans" },
	{ "/", "find", "go to rows that hold a text", "bans" },
	{ "g Home", "top", "first row", "moving" },
	{ "A", "load_all",
	    "load the rest of the list, first trying a failed page again",
	    "bans" },
};

static struct help_view
view_of(const char *narrow, int top)
{
	struct help_view view = { .rows = rows,
		.count = sizeof rows / sizeof rows[0],
		.narrow = narrow,
		.top = top };

	return view;
}

static void
draw(struct view_rig *rig, struct frame_area body)
{
	struct help_view view = view_of("", 0);

	help_view_draw(rig->frame, body, &rig->look, &view);
}

static void
draw_end(struct view_rig *rig, struct frame_area body)
{
	struct help_view view = view_of("", 4);

	help_view_draw(rig->frame, body, &rig->look, &view);
}

static void
draw_none(struct view_rig *rig, struct frame_area body)
{
	struct help_view view = view_of("zzz", 0);

	help_view_draw(rig->frame, body, &rig->look, &view);
}

static void
keys_are_shown_by_section(void **state)
{
	(void)state;
	view_rig_expect(draw, "help", "help");
	view_rig_expect(draw_end, "help", "help_end");
	view_rig_expect(draw_none, "help", "help_none");
}

static void
typing_narrows_by_key_name_and_words(void **state)
{
	static const struct {
		const char *narrow;
		int lines;
	} table[] = { { "", 8 }, { "ROW", 6 }, { "load_all", 2 },
		{ "enter", 2 }, { "zzz", 0 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct help_view view = view_of(table[i].narrow, 0);

		assert_int_equal(help_view_lines(&view), table[i].lines);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_shown_by_section),
		cmocka_unit_test(typing_narrows_by_key_name_and_words),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
