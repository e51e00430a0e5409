/*
 * The stage of a story: a private home, the simulator, and bantop in a
 * terminal. Set-up and tear-down of cmocka, so that a story that fails leaves
 * nothing behind.
 */
#ifndef BANTOP_TESTS_E2E_STORY_H
#define BANTOP_TESTS_E2E_STORY_H

#include "e2e/support/sim.h"
#include "e2e/support/term.h"

/* The simulator's first group, and a moment so far ahead that every ban that
 * ends after it is a permanent one: nothing ticks. */
#define STORY_GROUP "@TGS#aDEMO00001"
#define STORY_FAR "4000000000"
#define STORY_BANS "get_group_ban_member"

/* Rows of the screen at 80x24. */
enum {
	STORY_TABLE = 3, /* the first row of the table */
	STORY_TABLE_ROWS = 18,
	STORY_ACTIVITY = 21,
	STORY_TROUBLE = 22,
	STORY_HINTS = 23,
};

struct story {
	struct home home;
	struct sim sim;
	struct term term;
	struct args args;
};

/* What is zero is as usual. */
struct story_options {
	const char *const *sim;         /* its options, ended by NULL */
	const char *const *more;        /* further ones of bantop */
	const char *const *environment; /* as term_options */
	const char *group;              /* NULL: none, to be chosen */
	bool state;                     /* without --no-state */
	int rows;
	int cols;
};

/* A row of cmocka's table. */
#define STORY(name) \
	cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)

/** *state is a struct story with a home. */
int story_set_up(void **state);
int story_tear_down(void **state);

/** Starts the simulator and bantop, in this order. */
void story_begin(struct story *story, const struct story_options *options);
/** Another bantop at the same simulator; the one before it must have ended. */
void story_begin_again(struct story *story,
    const struct story_options *options);
/** `--members N`, ends far ahead, and straight on bans: shows the first page
 *  when it returns. */
void story_begin_bans(struct story *story, const char *members);
/** Straight on bans, by a shell whose script has the program and its arguments
 *  as "$@". @param more arguments, or NULL. Waits for nothing. */
void story_start_by_shell(struct story *story, const char *script,
    const char *const *sim, const char *const *more);
/** Straight on bans, 50 of them, under a shell with job control that says
 *  "back" when bantop stops, continues it on Enter, and says "end". */
void story_begin_under_shell(struct story *story);

/** Types an ASCII text. */
void story_type(struct story *story, const char *keys);
void story_escape(struct story *story);
void story_control(struct story *story, char letter);
/** Waits until the screen shows (or shows no more) @p text. */
void story_wait(struct story *story, const char *text);
void story_wait_gone(struct story *story, const char *text);
/** Waits until the cursor's row holds @p text. */
void story_wait_cursor(struct story *story, const char *text);
/** Ends it by Q; fails the test if that is not status 0. */
void story_quit(struct story *story);
/** Waits for the end, reading on; @p how child.exit_code. */
void story_expect_exit(struct story *story, int exit_code);

/** Requests for a page of bans so far. */
size_t story_pages(const struct story *story);
/** Nothing is asked for while nothing is typed: watches for a while. */
void story_expect_rest(struct story *story, size_t pages);

/* What the simulator has, in its order, with these options of its own. */
struct story_members {
	struct buf text; /* owned */
	size_t count;
};

void story_members_read(struct story_members *members,
    const struct story *story, const char *const *options);
void story_members_release(struct story_members *members);
/** Writes an account, as it is. */
void story_members_at(const struct story_members *members, size_t index,
    char out[TERM_ROW_MAX]);

/** Takes out of a screen's text what differs from run to run: "12:34:56"
 *  becomes "00:00:00", "1 of 10/s" blanks. */
void story_take_out_moments(char *text);

#endif
