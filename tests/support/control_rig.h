/*
 * The controller on a fake clock and a scripted network: keys go in as names,
 * frames come out as text. A turn is as the program's. The service has one
 * list for each group, whose accounts begin with the group's id.
 */
#ifndef BANTOP_TESTS_CONTROL_RIG_H
#define BANTOP_TESTS_CONTROL_RIG_H

#include "bantop/app/control.h"
#include "fake_clock.h"
#include "scripted_transport.h"

enum { CONTROL_RIG_WALL_S = 1700000000 };

struct control_rig {
	struct fake_clock clock;
	struct scripted *scripted;
	struct settings *settings; /* change it before control_rig_open() */
	struct ui_context context;
	struct control *control;
	struct frame *frame;
	struct buf text;                /* of the frame, as last drawn */
	enum control_request requested; /* by the last key, or later */
	size_t paints;                  /* turns that changed the frame */
	size_t turns;

	/* The service; to be changed at any time. */
	size_t rows;      /* of each list */
	int64_t until_s;  /* of its first row */
	int64_t step_s;   /* and so much later the next ones */
	int64_t delay_ms; /* of each answer; or SCRIPTED_NEVER_MS */
	int fail_code;    /* of the next answers */
	int fail_status;  /* of HTTP, in its place; 0: none */
	int fails;        /* how many; -1: all */
	size_t come;      /* rows "GROUP-new0" before the others */
	bool nonext;      /* pages without a NextOffset */
};

/** Region sgp, group "g1", 250 rows that end in 12 days, 100 ms. */
void control_rig_init(struct control_rig *rig);
/** The group has @p rows, each ending a second before the one in front of it,
 *  and they may be loaded as fast as the service allows. */
void control_rig_hold_many(struct control_rig *rig, int rows);
/** The first frame, while there is no network. */
void control_rig_begin(struct control_rig *rig);
/** Starts the program and runs until nothing more happens by itself for a
 *  second. */
void control_rig_open(struct control_rig *rig);
void control_rig_release(struct control_rig *rig);
/** *state is a struct control_rig that is made, and not opened. */
int control_rig_set_up(void **state);
int control_rig_tear_down(void **state);

/** Calls for a page of bans so far. */
size_t control_rig_pages(const struct control_rig *rig);
/** The Offset of call @p index. */
int64_t control_rig_offset(const struct control_rig *rig, size_t index);

/** Keys by name ("j", "C-d", "Esc Enter"), blanks between; a turn each.
 *  @return what the last one asked for. */
enum control_request control_rig_press(struct control_rig *rig,
    const char *names);
/** The same, faster than any turn: none between them, nor behind. */
void control_rig_press_at_once(struct control_rig *rig, const char *names);
/** Each character of an ASCII text; a turn each. */
void control_rig_type(struct control_rig *rig, const char *text);
void control_rig_paste(struct control_rig *rig, const char *text);

/** The terminal has another size. */
void control_rig_resize(struct control_rig *rig, int rows, int cols);

/** What a turn does, without the wait before it. */
void control_rig_turn(struct control_rig *rig);
/** Turns for @p ms, waiting as the program would. */
void control_rig_run_ms(struct control_rig *rig, int64_t ms);

/** The screen as lines; borrowed until the next turn. */
const char *control_rig_screen(struct control_rig *rig);
/** Fails the test, with the screen, if @p text is not there (is there). */
void control_rig_shows(struct control_rig *rig, const char *text);
void control_rig_hides(struct control_rig *rig, const char *text);
/** Fails the test if the cursor's row does not hold @p text. */
void control_rig_cursor(struct control_rig *rig, const char *text);

#endif
