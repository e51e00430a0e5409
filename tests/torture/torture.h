/*
 * The harness: a scenario is bantop doing one thing, a point is that scenario
 * with one call of the system failing, and the judge says what may come of it.
 */
#ifndef BANTOP_TESTS_TORTURE_TORTURE_H
#define BANTOP_TESTS_TORTURE_TORTURE_H

#include <termios.h>

#include "bantop/base/buf.h"
#include "e2e/support/args.h"
#include "e2e/support/sim.h"
#include "torture/page.h"

enum {
	TORTURE_STEPS_MAX = 10,
	TORTURE_WORDS_MAX = 16,
	TORTURE_WHY_MAX = 8192,
	TORTURE_OUTPUT_MAX = 16 * 1024 * 1024,
};

/* -- scenarios ------------------------------------------------------------- */

/* What of a text differs from run to run, and is left out. */
enum torture_text {
	TORTURE_TEXT_SAME,   /* nothing */
	TORTURE_TEXT_ROWS,   /* the fourth field: the time that is left */
	TORTURE_TEXT_DIGITS, /* every number */
};

/* Keys, then what the screen shows when they were obeyed. */
struct torture_step {
	const char *keys;
	const char *shows; /* NULL: the end of the program */
	int rows, cols;    /* a new size; 0: none */
};

struct torture_scenario {
	const char *name;
	const char *sim[TORTURE_WORDS_MAX];   /* options of the simulator */
	const char *words[TORTURE_WORDS_MAX]; /* "~/x" is a file of the home */
	const struct torture_step *steps;     /* in a terminal; NULL: none */
	int status;                           /* if nothing fails */
	enum torture_text text;
	const char *file;        /* of the home: what it leaves; NULL: none */
	const char *may_say;     /* in a line of an answer that is not whole */
	const char *const *told; /* signs of trouble, NULL: the usual ones */
	const char *complete;    /* what a whole list is called on the screen */
	bool tells_itself;       /* its answer is what is right and wrong */
	bool keeps_state;
	bool alone; /* without the simulator */
};

size_t torture_scenario_count(void);
const struct torture_scenario *torture_scenario_at(size_t index);

/* -- points ---------------------------------------------------------------- */

struct torture_fault {
	const char *name;
	enum torture_call call;
	int code; /* as in the page */
	bool lasts;
	bool soft; /* has to be made good: the end is as if it had not been */
};

struct torture_point {
	const struct torture_fault *fault; /* NULL: nothing fails */
	uint64_t nth;
};

struct torture_points {
	struct torture_point *list; /* owned */
	size_t count;
};

/* What is asked for; zeroes and NULL: everything. */
struct torture_choice {
	const char *call;  /* "read" */
	const char *fault; /* "eintr" */
	uint64_t nth;
	uint64_t sample;  /* at most so many of each fault */
	const char *seen; /* a file of the ways that were tried */
	uint64_t share;   /* every so-manyth point */
	bool every; /* also allocations that come by a way that came before */
};

/** @param page of a run in which nothing failed and ways were noted. */
void torture_points_choose(struct torture_points *points,
    const struct torture_page *page, const struct torture_choice *choice);
void torture_points_release(struct torture_points *points);
/** "read:12:eintr" */
void torture_point_write(const struct torture_point *point, char *out,
    size_t size);

/* -- running --------------------------------------------------------------- */

struct torture_stage {
	const struct torture_scenario *scenario;
	struct home home;
	struct sim sim;
	struct torture_page *page;
	struct args args;
	char words[TORTURE_WORDS_MAX][HOME_PATH_MAX];
	const char *environment[6];
	char page_variable[HOME_PATH_MAX + 32];
	char preload_variable[2 * HOME_PATH_MAX];
	struct termios modes; /* of a terminal that nobody has changed */
	char asan_variable[2 * HOME_PATH_MAX];
	char ubsan_variable[2 * HOME_PATH_MAX];
	char lsan_variable[2 * HOME_PATH_MAX];
	uint32_t speed;
};

/* What came of one run. */
struct torture_outcome {
	int exit_code; /* -1: a signal ended it */
	int signal;
	bool was_killed; /* it did not end */
	bool gave_up;    /* on the screen it says what it could not do */
	bool is_raw;     /* the terminal's modes are not as they were */
	bool is_dressed; /* alternate screen, hidden cursor, marked pastes */
	bool lied;       /* called a list complete that was not */
	struct buf out;  /* standard output, or the screen at the end */
	struct buf
	    err; /* standard error, or the screen without what was missed */
	struct buf file; /* what scenario->file holds */
	bool has_file;
	bool has_partial;
	bool has_finding; /* of the sanitizers, leaks too */
	bool has_rest;    /* a file of a name that is nobody's was left */
	int descriptors;  /* open when it ended; 0: not known */
	char missed[160]; /* what did not come; "": all came */
};

void torture_stage_open(struct torture_stage *stage,
    const struct torture_scenario *scenario, const char *shim, uint32_t speed);
void torture_stage_close(struct torture_stage *stage);
/** Home and page as they are before a run. @param point NULL: nothing fails */
void torture_stage_reset(struct torture_stage *stage,
    const struct torture_point *point, bool noting);
/** Takes up what was left in the home. */
void torture_stage_look(const struct torture_stage *stage,
    struct torture_outcome *outcome);

/** Prints what the sanitizers have left there. */
void torture_stage_show_findings(const struct torture_stage *stage);

/** Runs the scenario once. Release the outcome. */
void torture_run(struct torture_stage *stage, struct torture_outcome *outcome);
void torture_run_screen(struct torture_stage *stage,
    struct torture_outcome *outcome);
void torture_outcome_release(struct torture_outcome *outcome);

/* -- judging --------------------------------------------------------------- */

/**
 * @param usual what came when nothing failed.
 * @return false with a reason in @p why.
 */
bool torture_judge(const struct torture_stage *stage,
    const struct torture_point *point, const struct torture_outcome *outcome,
    const struct torture_outcome *usual, char why[TORTURE_WHY_MAX]);

#endif
