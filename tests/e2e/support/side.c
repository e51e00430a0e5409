/*
 * A script run twice, and what each side has shown compared.
 */
#include "e2e/support/side.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/stream.h"

enum { BODY_MAX = 256 * 1024, FAULTS_MAX = 128 };

static bool
is_painted_anew(const struct term *term, void *user)
{
	const char *bytes = buf_text(&term->raw) + *(const size_t *)user;

	return strstr(bytes, "\x1b[H\x1b[2J") != NULL ||
	    strstr(bytes, "\x1b[H\x1b[J") != NULL;
}

/* It is where something is typed, or left the last row. */
static bool
cursor_is_put(const struct term *term, void *user)
{
	int row, col;

	(void)user;
	term_cursor(term, &row, &col);
	return row < term->rows - 1;
}

void
side_paint(struct side *side, const char *last)
{
	struct term *term = &side->story->term;
	size_t at = term->raw.len;

	story_control(side->story, 'l');
	term_wait(term, is_painted_anew, &at, "the screen anew");
	term_wait_row(term, term->rows - 1, last);
	if (strcmp(last, SIDE_HINTS) == 0)
		term_wait(term, cursor_is_put, NULL, "the cursor in its place");
}

void
side_take(struct side *side, const char *what, const char *name)
{
	char full[96];

	assert_true(side->count < SIDE_SHOTS_MAX);
	(void)snprintf(full, sizeof(full), "%s, %s", what, name);
	grid_take(&side->shots[side->count++], &side->story->term, full);
}

void
side_begin_body(struct buf *body)
{
	buf_init(body, BODY_MAX);
	buf_put_text(body,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\",");
}

void
side_end_body(struct side *side, struct buf *body, const char *name,
    const char *where, char fault[SIDE_FAULT_MAX])
{
	char path[HOME_PATH_MAX];

	home_write(&side->story->home, name, body->data, body->len);
	home_path(&side->story->home, name, path);
	(void)snprintf(fault, SIDE_FAULT_MAX, "body:%s@%.20s", path, where);
	buf_release(body);
}

static void
compare_sides(struct side *one, struct side *other,
    bool (*is_field)(const struct grid *one, int row, int col))
{
	size_t i;

	assert_int_equal(one->count, other->count);
	for (i = 0; i < one->count; i++) {
		grid_compare(&one->shots[i], &other->shots[i], is_field);
		grid_release(&one->shots[i]);
		grid_release(&other->shots[i]);
	}
}

void
side_run_both(struct story *story, side_script_fn script, enum twin_kind twin,
    bool (*is_field)(const struct grid *one, int row, int col))
{
	static const enum text_mode modes[] = { TEXT_UTF8, TEXT_ASCII };
	static struct side hostile, harmless;
	size_t i;

	for (i = 0; i < 2; i++) {
		hostile = (struct side){
			.story = story, .kind = TWIN_HOSTILE, .mode = modes[i]
		};
		harmless = (struct side){
			.story = story, .kind = twin, .mode = modes[i]
		};
		script(&hostile);
		story_quit(story);
		stream_expect_clean(&story->term, "hostile");
		sim_stop(&story->sim);
		script(&harmless);
		story_quit(story);
		sim_stop(&story->sim);
		compare_sides(&hostile, &harmless, is_field);
	}
}

void
side_begin(struct side *side, char (*faults)[SIDE_FAULT_MAX], size_t count,
    const char *group)
{
	static const char *const utf8[] = { "LC_ALL=C.UTF-8", NULL };
	static const char *const ascii[] = { "LC_ALL=C", "TERM=vt100", NULL };
	const char *sim[2 * FAULTS_MAX + 1] = { NULL };
	const char *const more[] = { "--rate", "200", NULL };
	const struct story_options options = {
		.sim = sim,
		.more = more,
		.environment = side->mode == TEXT_ASCII ? ascii : utf8,
		.group = group,
		.rows = SIDE_ROWS,
		.cols = SIDE_COLS,
	};
	size_t i;

	assert_true(count <= FAULTS_MAX);
	for (i = 0; i < count; i++) {
		sim[2 * i] = "--fault";
		sim[2 * i + 1] = faults[i];
	}
	story_begin(side->story, &options);
}
