#include "bantop/view/error_card.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static struct error_card
card_of(struct err *err, int top)
{
	struct error_card card = { .err = err,
		.name = "COMM_REST_FREQ_LIMIT",
		.meaning = "more REST calls per second than this application "
		           "may make",
		.causes = "another program of yours calls too, or --rate is "
		          "above the limit",
		.action = "slow down; raise the limit in the console",
		.repeat = "yes, after a wait",
		.request = "get_group_ban_member @TGS#aDEMO00001 offset 200",
		.count = 12,
		.at = VIEW_RIG_NOW_S,
		.top = top };

	(void)err_set(err, ERR_SERVICE, 60007, NULL, "too many calls");
	return card;
}

static void
draw(struct view_rig *rig, struct frame_area body)
{
	struct err err;
	struct error_card card = card_of(&err, 0);

	error_card_draw(rig->frame, body, &rig->look, &card);
}

static void
draw_end(struct view_rig *rig, struct frame_area body)
{
	struct err err;
	struct error_card card = card_of(&err, 4);

	error_card_draw(rig->frame, body, &rig->look, &card);
}

static void
draw_unknown(struct view_rig *rig, struct frame_area body)
{
	struct err err;
	struct error_card card = { .err = &err,
		.name = "",
		.meaning = "",
		.causes = "",
		.action = "",
		.repeat = "no",
		.request = "",
		.count = 1,
		.at = VIEW_RIG_NOW_S };

	(void)err_set(&err, ERR_SERVICE, 99999, "look at the request id",
	    "SomethingNew");
	error_card_draw(rig->frame, body, &rig->look, &card);
}

static void
card_says_what_it_means_and_what_to_do(void **state)
{
	(void)state;
	view_rig_expect(draw, "errors", "card");
	view_rig_expect(draw_end, "errors", "card_end");
}

static void
unknown_code_is_shown_raw(void **state)
{
	(void)state;
	view_rig_expect(draw_unknown, "errors", "card_unknown");
}

static void
lines_are_those_that_are_drawn(void **state)
{
	struct view_look look = { .mode = TEXT_UTF8 };
	struct err err;
	struct error_card card = card_of(&err, 0);

	(void)state;
	assert_int_equal(error_card_lines(&card, &look, 200), 9);
	assert_int_equal(error_card_lines(&card, &look, 40), 15);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(card_says_what_it_means_and_what_to_do),
		cmocka_unit_test(unknown_code_is_shown_raw),
		cmocka_unit_test(lines_are_those_that_are_drawn),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
