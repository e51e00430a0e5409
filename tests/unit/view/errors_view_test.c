#include "bantop/view/errors_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static void
error_at(size_t index, struct error_row *out, void *user)
{
	struct err *err = user;

	if (index == 0)
		(void)err_set(err, ERR_SERVICE, 60007, NULL, "too many calls");
	else if (index == 1)
		(void)err_set(err, ERR_TLS, 60, NULL,
		    "the certificate of adminapisgp.im.qcloud.com is not "
		    "trusted: self-signed");
	else
		(void)err_set(err, ERR_PAGING, 0, NULL,
		    "the offset does not grow");
	*out = (struct error_row){ .at = VIEW_RIG_NOW_S - (int64_t)index * 61,
		.err = err,
		.count = index == 0 ? 12 : 1 };
}

static void
draw(struct view_rig *rig, struct frame_area body)
{
	struct err err;
	const struct errors_view view = {
		.count = 3, .at = error_at, .user = &err, .cursor = 1
	};

	errors_view_draw(rig->frame, body, &rig->look, &view);
}

static void
draw_none(struct view_rig *rig, struct frame_area body)
{
	const struct errors_view view = { .at = error_at };

	errors_view_draw(rig->frame, body, &rig->look, &view);
}

static void
errors_are_shown_with_time_and_count(void **state)
{
	(void)state;
	view_rig_expect(draw, "errors", "errors");
}

static void
no_error_is_said(void **state)
{
	(void)state;
	view_rig_expect(draw_none, "errors", "errors_none");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_are_shown_with_time_and_count),
		cmocka_unit_test(no_error_is_said),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
