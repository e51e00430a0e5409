#include "bantop/view/log_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snapshot.h"
#include "view_rig.h"

static void
log_at(size_t index, struct log_row *out, void *user)
{
	struct err *err = user;

	*out = (struct log_row){ .at = VIEW_RIG_NOW_S - (int64_t)index,
		.command = "get_group_ban_member",
		.subject = "@TGS#aDEMO00001",
		.subject_len = 15,
		.offset = (int64_t)index * 100,
		.attempt = index == 1 ? 2 : 1,
		.quiet = index == 2,
		.done = index != 0,
		.lookup_ms = -1,
		.connect_ms = -1,
		.tls_ms = -1,
		.wait_ms = 101,
		.total_ms = 120,
		.bytes = 8123,
		.status = index == 0 ? 0 : 200,
		.err = index == 1 ? err : NULL,
		.host = "adminapisgp.im.qcloud.com",
		.request_id = index == 1 ? "7f2a-1" : "",
		.curl = "curl -d '{\"GroupId\":\"@TGS#aDEMO00001\"}' "
		        "\"https://adminapisgp.im.qcloud.com/v4/"
		        "group_open_http_svc/get_group_ban_member"
		        "?usersig=$USERSIG\"" };
}

static void
draw_at(struct view_rig *rig, struct frame_area body, size_t cursor)
{
	struct err err;
	const struct log_view view = {
		.count = 4, .at = log_at, .user = &err, .cursor = cursor
	};

	(void)err_set(&err, ERR_SERVICE, 60007, NULL, "too many calls");
	log_view_draw(rig->frame, body, &rig->look, &view);
}

static void
draw(struct view_rig *rig, struct frame_area body)
{
	draw_at(rig, body, 1);
}

static void
draw_good(struct view_rig *rig, struct frame_area body)
{
	draw_at(rig, body, 3);
}

static void
draw_whole(struct view_rig *rig, struct frame_area body)
{
	struct err err;
	struct log_view view = { .count = 4,
		.at = log_at,
		.user = &err,
		.cursor = 1,
		.bare = true };
	struct frame_area below;
	struct log_row row;

	(void)err_set(&err, ERR_SERVICE, 60007, NULL, "too many calls");
	log_at(1, &row, &err);
	below =
	    view_pane_area(body, log_card_lines(&row, &rig->look, body.cols));
	body.rows -= below.rows;
	log_view_draw(rig->frame, body, &rig->look, &view);
	log_card_draw(rig->frame, below, &rig->look, &row, 0);
}

static void
draw_none(struct view_rig *rig, struct frame_area body)
{
	const struct log_view view = { .at = log_at };

	log_view_draw(rig->frame, body, &rig->look, &view);
}

static void
requests_are_shown_with_their_times(void **state)
{
	(void)state;
	view_rig_expect(draw, "requests", "log");
	view_rig_expect(draw_good, "requests", "log_good");
}

static void
the_whole_of_a_request_can_be_read(void **state)
{
	(void)state;
	view_rig_expect(draw_whole, "requests", "log_card");
}

static void
no_request_is_said(void **state)
{
	(void)state;
	view_rig_expect(draw_none, "requests", "log_none");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_are_shown_with_their_times),
		cmocka_unit_test(the_whole_of_a_request_can_be_read),
		cmocka_unit_test(no_request_is_said),
	};

	return cmocka_run_group_tests(tests, view_rig_locale, NULL);
}
