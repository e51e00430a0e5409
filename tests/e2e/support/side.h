/*
 * A script run with hostile texts, and again with their harmless twins: what
 * both have shown has to be the same.
 */
#ifndef BANTOP_TESTS_E2E_SIDE_H
#define BANTOP_TESTS_E2E_SIDE_H

#include "e2e/support/grid.h"
#include "e2e/support/story.h"
#include "e2e/support/twin.h"

enum {
	SIDE_ROWS = 64,
	SIDE_COLS = 160,
	SIDE_SHOTS_MAX = 512,
	SIDE_FAULT_MAX = HOME_PATH_MAX + 64,
};

#define SIDE_HINTS "? help  q back"

struct side {
	struct story *story;
	enum twin_kind kind;
	enum text_mode mode;
	size_t count;
	struct grid shots[SIDE_SHOTS_MAX];
};

typedef void (*side_script_fn)(struct side *side);

/** Runs @p script four times, each time up to where Q leaves: as it is in
 *  UTF-8 and in a C locale on a vt100, and each of them with twins.
 *  @param is_field as grid_compare(). */
void side_run_both(struct story *story, side_script_fn script,
    enum twin_kind twin,
    bool (*is_field)(const struct grid *one, int row, int col));

/** Begins a reply that succeeds; what follows are further members. */
void side_begin_body(struct buf *body);
/** Writes it into a file of that name, and the fault that answers with it at
 *  @p where. Takes the body. */
void side_end_body(struct side *side, struct buf *body, const char *name,
    const char *where, char fault[SIDE_FAULT_MAX]);
/** Starts the simulator with these faults, and the program.
 *  @param group to open; NULL: none. */
void side_begin(struct side *side, char (*faults)[SIDE_FAULT_MAX], size_t count,
    const char *group);

/** Has all of the screen painted: from the top, so that @p last in the last
 *  row means all of it. */
void side_paint(struct side *side, const char *last);
/** Keeps what is shown now, to be compared with the other side. */
void side_take(struct side *side, const char *what, const char *name);

#endif
