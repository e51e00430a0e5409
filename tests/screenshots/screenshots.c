/*
 * Takes the pictures of the documents: the real program in a terminal against
 * the simulator, driven by keys, each screen written as docs/NAME.svg. Run from
 * the root of the tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "e2e/support/story.h"
#include "screenshots/svg.h"

enum { STEPS_MAX = 6, OPTIONS_MAX = 8 };

/* Keys, then what the screen must show before the next. */
struct step {
	const char *keys;
	const char *shows;
};

struct picture {
	const char *name;
	const char *title;
	const char *group; /* NULL: none, to be chosen */
	const char *more[OPTIONS_MAX];
	const char *sim[OPTIONS_MAX];
	struct step steps[STEPS_MAX];
	int rows;
	int cols;
	bool is_light;
};

static const struct svg_look dark = { "#1c1f24", "#d6d9de" };
static const struct svg_look light = { "#fbfaf6", "#24292f" };

#define SGP                       \
	{                         \
		"--region", "sgp" \
	}
#define THEME(theme)                                \
	{                                           \
		"--region", "sgp", "--theme", theme \
	}
#define MEMBERS                                    \
	{                                          \
		"--members", "437", "--seed", "11" \
	}
#define REFUSED                                               \
	{                                                     \
		"--members", "437", "--fault", "code:10007@2" \
	}

static const struct picture pictures[] = {
	{ .name = "region",
	    .title = "choosing a region",
	    .sim = MEMBERS,
	    .steps = { { "", "choose" } } },
	{ .name = "group",
	    .title = "choosing a group",
	    .more = SGP,
	    .sim = MEMBERS,
	    .steps = { { "R", "all of the application's" } } },
	{ .name = "bans",
	    .title = "the banned members of a group",
	    .group = STORY_GROUP,
	    .more = SGP,
	    .sim = MEMBERS,
	    .steps = { { "", "100 loaded" }, { "X", "PARTIAL" } } },
	{ .name = "details",
	    .title = "details of a ban",
	    .group = STORY_GROUP,
	    .more = SGP,
	    .sim = MEMBERS,
	    .steps = { { "jj", "loaded" }, { "d", "nickname" } } },
	{ .name = "summary",
	    .title = "when bans end",
	    .group = STORY_GROUP,
	    .more = SGP,
	    .sim = MEMBERS,
	    .steps = { { "A", "complete" }, { "s", "ENDS IN" } } },
	{ .name = "errors",
	    .title = "an error and its card",
	    .group = STORY_GROUP,
	    .more = SGP,
	    .sim = REFUSED,
	    .steps = { { "A", "E10007" }, { "e", "TIMES" },
	        { "\r", "do next" } } },
	{ .name = "requests",
	    .title = "the log of requests",
	    .group = STORY_GROUP,
	    .more = SGP,
	    .sim = MEMBERS,
	    .steps = { { "A", "complete" }, { "!", "requests" } } },
	{ .name = "help",
	    .title = "the keys",
	    .group = STORY_GROUP,
	    .more = SGP,
	    .sim = MEMBERS,
	    .steps = { { "?", "everywhere" } } },
	{ .name = "small",
	    .title = "40 columns by 10 rows",
	    .group = STORY_GROUP,
	    .more = SGP,
	    .sim = MEMBERS,
	    .steps = { { "", "loaded" } },
	    .rows = 10,
	    .cols = 40 },
	{ .name = "theme-default",
	    .title = "the theme default",
	    .group = STORY_GROUP,
	    .more = THEME("default"),
	    .sim = MEMBERS,
	    .steps = { { " ", "marked" } } },
	{ .name = "theme-dark",
	    .title = "the theme dark",
	    .group = STORY_GROUP,
	    .more = THEME("dark"),
	    .sim = MEMBERS,
	    .steps = { { " ", "marked" } } },
	{ .name = "theme-light",
	    .title = "the theme light",
	    .group = STORY_GROUP,
	    .more = THEME("light"),
	    .sim = MEMBERS,
	    .steps = { { " ", "marked" } },
	    .is_light = true },
	{ .name = "theme-high-contrast",
	    .title = "the theme high-contrast",
	    .group = STORY_GROUP,
	    .more = THEME("high-contrast"),
	    .sim = MEMBERS,
	    .steps = { { " ", "marked" } } },
	{ .name = "theme-colour-blind",
	    .title = "the theme colour-blind",
	    .group = STORY_GROUP,
	    .more = THEME("colour-blind"),
	    .sim = MEMBERS,
	    .steps = { { " ", "marked" } } },
	{ .name = "theme-mono",
	    .title = "the theme mono",
	    .group = STORY_GROUP,
	    .more = THEME("mono"),
	    .sim = MEMBERS,
	    .steps = { { " ", "marked" } } },
};
enum { COUNT = sizeof pictures / sizeof pictures[0] };

static void
press(struct story *story, const char *keys)
{
	for (; *keys != '\0'; keys++) {
		char one[] = { *keys, '\0' };

		if (*keys == '\r')
			term_key(&story->term, VTERM_KEY_ENTER, VTERM_MOD_NONE);
		else
			story_type(story, one);
	}
}

static void
save(const struct term *term, const struct picture *picture)
{
	struct err err = { .kind = ERR_NONE };
	struct file_new file = { .fd = -1 };
	char path[128];
	struct buf svg;

	buf_init(&svg, SVG_MAX);
	svg_write(term, picture->is_light ? &light : &dark, picture->title,
	    &svg);
	(void)snprintf(path, sizeof path, "docs/%s.svg", picture->name);
	if (!file_new_open(&file, path, true, &err) ||
	    !file_new_write(&file, svg.data, svg.len, &err) ||
	    !file_new_commit(&file, &err))
		fail_msg("%s", err.text);
	buf_release(&svg);
}

static void
take(const struct picture *picture)
{
	const struct story_options options = {
		.sim = picture->sim,
		.more = picture->more,
		.group = picture->group,
		.rows = picture->rows,
		.cols = picture->cols,
	};
	struct story *story;
	void *state;
	size_t i;

	assert_int_equal(story_set_up(&state), 0);
	story = state;
	story_begin(story, &options);
	if (picture->group != NULL)
		story_wait(story, "100 loaded");
	for (i = 0; i < STEPS_MAX && picture->steps[i].keys != NULL; i++) {
		press(story, picture->steps[i].keys);
		story_wait(story, picture->steps[i].shows);
	}
	story_wait_gone(story, "of 10/s");
	save(&story->term, picture);
	story_quit(story);
	assert_int_equal(story_tear_down(&state), 0);
}

static void
every_picture_is_taken(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT; i++)
		take(&pictures[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_picture_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
