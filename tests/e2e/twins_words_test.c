/*
 * Hostile words of the service, and harmless twins of them: the texts of its
 * errors, and what it calls its groups. As twins_test.c, which has accounts.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/side.h"

enum { TEXTS_MAX = 64 };

/* A blank before it tells the number from a mark. */
static void
put_text(struct side *side, size_t index, struct buf *out)
{
	char number[32];

	(void)snprintf(number, sizeof(number), "%02zu ", index);
	twin_put_json(index, number, side->kind, side->mode, out);
}

/* -- errors ---------------------------------------------------------------- */

static size_t
write_errors(struct side *side, char faults[TEXTS_MAX][SIDE_FAULT_MAX])
{
	size_t i, count = 0;

	for (i = 0; i < twin_count(); i++) {
		char name[32];
		struct buf body;

		if (twin_is_long(i))
			continue;
		assert_true(count < TEXTS_MAX);
		buf_init(&body, TWIN_TEXT_MAX);
		buf_put_text(&body,
		    "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":10010,"
		    "\"ErrorInfo\":\"");
		put_text(side, i, &body);
		buf_put_text(&body, "\"}");
		(void)snprintf(name, sizeof(name), "error%zu", i);
		side_end_body(side, &body, name, "1x1", faults[count++]);
	}
	return count;
}

static void
wait_for_text(struct side *side, const char *before, size_t index)
{
	char text[64];

	(void)snprintf(text, sizeof(text), "%s%02zu", before, index);
	story_wait(side->story, text);
}

/* Each is the last error while its page has failed. */
static void
look_at_errors(struct side *side)
{
	static char faults[TEXTS_MAX][SIDE_FAULT_MAX];
	struct story *story = side->story;
	size_t i, count = write_errors(side, faults);

	side_begin(side, faults, count, STORY_GROUP);
	for (i = 0; i < count; i++) {
		if (i > 0)
			story_type(story, "r");
		wait_for_text(side, "E10010 no such group: ", i);
		story_wait_gone(story, "loading");
		side_paint(side, SIDE_HINTS);
		side_take(side, "error", twin_name(i));
	}
	story_type(story, "e");
	story_wait(story, "WHAT");
	side_paint(side, SIDE_HINTS);
	side_take(side, "errors", "all");
	story_type(story, "\r");
	story_wait(story, "meaning");
	for (i = count; i > 0; i--) {
		wait_for_text(side, "what      E10010 no such group: ", i - 1);
		side_paint(side, SIDE_HINTS);
		side_take(side, "card", twin_name(i - 1));
		if (i > 1)
			story_type(story, "j");
	}
}

static void
in_errors_and_their_cards(void **state)
{
	side_run_both(*state, look_at_errors, TWIN_SAME_COLS, NULL);
}

/* -- groups ---------------------------------------------------------------- */

static size_t
write_groups(struct side *side, char fault[SIDE_FAULT_MAX])
{
	struct buf body;
	size_t i, count = 0;

	side_begin_body(&body);
	buf_put_text(&body, "\"Next\":0,\"GroupIdList\":[");
	for (i = 0; i < twin_count(); i++)
		if (!twin_is_long(i))
			buf_put_format(&body, "%s{\"GroupId\":\"g%02zu\"}",
			    count++ > 0 ? "," : "", i);
	buf_put_format(&body, "],\"TotalCount\":%zu}", count);
	side_end_body(side, &body, "groups", "groups", fault);
	return count;
}

/* Every third cannot be told about, and why is hostile, too. */
static bool
is_refused(size_t index)
{
	return index % 3 == 2;
}

static void
write_names(struct side *side, char fault[SIDE_FAULT_MAX])
{
	struct buf body;
	size_t i;

	side_begin_body(&body);
	buf_put_text(&body, "\"GroupInfo\":[");
	for (i = 0; i < twin_count(); i++) {
		buf_put_format(&body,
		    "%s{\"GroupId\":\"g%02zu\",\"ErrorCode\":%d,"
		    "\"ErrorInfo\":\"",
		    i > 0 ? "," : "", i, is_refused(i) ? 10010 : 0);
		if (is_refused(i))
			put_text(side, i, &body);
		buf_put_text(&body, "\",\"MemberNum\":7,\"Type\":\"");
		put_text(side, i, &body);
		buf_put_text(&body, "\",\"Name\":\"");
		put_text(side, i, &body);
		buf_put_text(&body, "\"}");
	}
	buf_put_text(&body, "]}");
	side_end_body(side, &body, "names", "info", fault);
}

static void
write_nobody(struct side *side, char fault[SIDE_FAULT_MAX])
{
	struct buf body;

	side_begin_body(&body);
	buf_put_text(&body, "\"NextOffset\":0,\"BannedAccountList\":[]}");
	side_end_body(side, &body, "bans", "list", fault);
}

/* Its name is in the header. */
static void
open_group(struct side *side, size_t index)
{
	struct story *story = side->story;
	char group[64];

	if (is_refused(index))
		return;
	(void)snprintf(group, sizeof(group), "ig%02zu\r", index);
	story_type(story, group);
	(void)snprintf(group, sizeof(group), "g%02zu  %02zu", index, index);
	term_wait_row(&story->term, 1, group);
	story_wait(story, "0 loaded, complete");
	side_paint(side, SIDE_HINTS);
	side_take(side, "header", twin_name(index));
	story_type(story, "q");
	story_wait(story, "choose a group");
}

static void
look_at_groups(struct side *side)
{
	char faults[3][SIDE_FAULT_MAX];
	struct story *story = side->story;
	size_t i, count = write_groups(side, faults[0]);

	write_names(side, faults[1]);
	write_nobody(side, faults[2]);
	side_begin(side, faults, 3, NULL);
	story_wait(story, "choose a region");
	story_type(story, "\rR");
	story_wait(story, "g49");
	sim_wait_count(&story->sim, "get_group_info", -1, 1);

	story_wait_gone(story, "loading");
	side_paint(side, "q back");
	side_take(side, "groups", "all");
	for (i = 0; i < count; i++)
		open_group(side, i);
}

static void
in_names_and_types_of_groups(void **state)
{
	side_run_both(*state, look_at_groups, TWIN_SAME_COLS, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(in_errors_and_their_cards),
		STORY(in_names_and_types_of_groups),
	};

	/* Twins are measured as the program does it. */
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
