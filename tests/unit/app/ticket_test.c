/*
 * The ticket text: what it says, in which zones, and that nothing in it can
 * harm who reads it.
 */
#include "bantop/app/ticket.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/model/moment.h"

enum { NOW_S = 1795400000 };

static struct region region = { .key = "sgp", .name = "Singapore" };

static struct ban_list *
list_of(void)
{
	struct ban_list *list = ban_list_create(100);
	struct err err = { .kind = ERR_NONE };
	struct ban_merge merge;
	struct ban_page page;

	ban_page_init(&page);
	page.received_at = NOW_S - 9;
	assert_true(ban_page_add(&page, "mira", 4, NOW_S + 3720, 0, &err));
	assert_true(ban_page_add(&page, "a|b`c", 5, NOW_S + 60, 0, &err));
	assert_true(ban_page_add(&page, "\x1b[2J", 4, 253402300800, 0, &err));
	assert_true(ban_list_merge(list, &page, &merge, &err));
	ban_page_release(&page);
	return list;
}

static void
write_in(const char *zone, bool markdown, struct buf *out)
{
	static const size_t rows[] = { 0, 1, 2 };
	struct err err = { .kind = ERR_NONE };
	struct ban_list *list = list_of();
	const struct ticket ticket = { .region = &region,
		.app_id = 1400000123,
		.group = "friday-live",
		.group_name = "Friday",
		.list = list,
		.complete = true,
		.now_s = NOW_S,
		.wall_s = NOW_S,
		.rows = rows,
		.row_count = 3,
		.markdown = markdown };

	assert_true(moment_use_zone(zone, &err));
	buf_init(out, TICKET_TEXT_MAX);
	ticket_write(&ticket, out);
	ban_list_destroy(list);
}

static void
expect(const char *zone, bool markdown, const char *text)
{
	struct buf out;

	write_in(zone, markdown, &out);
	if (strstr(buf_text(&out), text) == NULL)
		fail_msg("no \"%s\" in\n%s", text, buf_text(&out));
	buf_release(&out);
}

static void
both_zones_are_there(void **state)
{
	(void)state;
	expect("Asia/Singapore", false,
	    "Region sgp Singapore, application 1400000123\n");
	expect("Asia/Singapore", false, "until +08");
	expect("Asia/Singapore", false,
	    "2026-11-23 11:15:20  2026-11-23 03:15:20\n");
	expect("Asia/Singapore", true, "| until +08 | until UTC |\n");
	expect("Asia/Singapore", true,
	    "| `mira` | banned | 1h 02m | 2026-11-23 11:15:20 | "
	    "2026-11-23 03:15:20 |\n");
}

static void
utc_is_said_once_where_the_local_zone_is_utc(void **state)
{
	struct buf out;

	(void)state;
	expect("UTC", false, "List as of 2026-11-23 02:13:11 UTC, 9 s old: ");
	expect("UTC", true, "| account | state | remaining | until UTC |\n");
	expect("UTC", true,
	    "| `mira` | banned | 1h 02m | 2026-11-23 03:15:20 |\n");
	write_in("UTC", false, &out);
	assert_null(strstr(buf_text(&out), "UTC)"));
	buf_release(&out);
}

static void
what_is_hostile_is_made_harmless(void **state)
{
	struct buf out;

	(void)state;
	expect("UTC", true, "| `a\\|b'c` | ");
	expect("UTC", false, "<U+001B>[2J");
	/* A number that is no moment stands as it was received. */
	expect("UTC", false, "253402300800");
	write_in("UTC", true, &out);
	assert_null(strchr(buf_text(&out), '\x1b'));
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_zones_are_there),
		cmocka_unit_test(utc_is_said_once_where_the_local_zone_is_utc),
		cmocka_unit_test(what_is_hostile_is_made_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
