/*
 * The screen of one group's bans: the list and its walk, the order and the
 * filter over it, the cursor, the marks, and the panes over them. Owns the
 * lists and fetches; leaving the group destroys them, so that no late answer
 * finds its way into another.
 *
 * bans_screen.c holds it together, bans_load.c loads, bans_refresh.c replaces
 * what is shown, bans_table.c moves, sorts and marks, bans_walk.c goes over all
 * rows, bans_pane.c has the panes, bans_output.c and bans_file.c let
 * text out.
 */
#ifndef BANTOP_APP_BANS_SCREEN_H
#define BANTOP_APP_BANS_SCREEN_H

#include "bantop/api/ban_fetch.h"
#include "bantop/app/bans_changes.h"
#include "bantop/app/first_seen.h"
#include "bantop/app/marks.h"
#include "bantop/app/refresh_plan.h"
#include "bantop/app/ui_context.h"
#include "bantop/view/bans_view.h"
#include "bantop/view/details_view.h"
#include "bantop/view/pane.h"
#include "bantop/view/summary_view.h"
#include "bantop/view/text_view.h"

enum bans_pane {
	BANS_PANE_NONE,
	BANS_PANE_DETAILS,
	BANS_PANE_SUMMARY,
	BANS_PANE_TICKET,
	BANS_PANE_CHANGES,
};

/* A list with the walk that fills it. */
struct bans_load {
	struct ban_list *list;
	struct ban_fetch *fetch;
	struct err err;   /* of the fetch, when last described */
	int64_t began_ms; /* monotonic: of the load-all, for its rate */
	size_t began_rows;
	bool noted; /* what is wrong with it is in the log of errors */
	struct first_seen seen;
};

enum bans_walk_kind {
	BANS_WALK_NONE,
	BANS_WALK_FIND, /* to the first one that matches */
	BANS_WALK_MARK,
};

/* What goes over all rows, a portion a turn. */
struct bans_walk {
	enum bans_walk_kind kind;
	bool forward;
	bool matching;      /* what the search finds, and no other */
	bool by_row;        /* in the list's order: places are its rows */
	size_t at;          /* the place to be looked at next, */
	size_t end;         /* and the last one, of the view */
	size_t at_row;      /* what stood there when the last portion ended */
	size_t end_row;     /* what stood there at the beginning */
	uint64_t version;   /* of the view that these are places of */
	struct marks marks; /* as they will be */
	size_t refused;     /* that cannot be marked */
};

/* What is typed ahead of a walk, or of an order. */
enum { BANS_WAITING_MAX = 16 };
struct bans_waiting {
	enum action actions[BANS_WAITING_MAX];
	size_t count;
};

/* A file that is being written. */
struct bans_writing;

struct bans_screen {
	struct ui_context *context; /* borrowed */
	char group[GROUP_ID_SEEN_MAX + 1];
	char group_name[GROUP_NAME_MAX + 1]; /* "" until known */
	char previous_group[GROUP_ID_SEEN_MAX + 1];

	bool remembered;         /* the group stands in the state */
	struct bans_load load;   /* what is shown; list NULL: no group open */
	struct bans_load fresh;  /* a refresh beside it; list NULL: none */
	size_t fresh_rows;       /* the refresh is in with so many */
	bool fresh_all;          /* the refresh is in when complete */
	struct ban_list *before; /* the load before this one, or NULL */
	bool before_complete;
	bool stale;
	bool paused;
	bool paused_all; /* in the middle of a load-all */
	struct refresh_plan plan;

	struct ban_query *query;
	uint64_t query_version; /* of the list, when last brought up to date */
	bool behind;       /* the query is still being brought up to date */
	bool preparing;    /* the refresh is in and being put in order */
	size_t cursor;     /* index of the view */
	size_t cursor_row; /* the list's row there; BAN_ROW_NONE: none */
	uint64_t cursor_version; /* of the view, when that was so */
	size_t top;
	int scroll_cols;
	enum bans_time time;

	char find[BAN_FILTER_TEXT_MAX];
	struct ban_filter *finder; /* NULL: nothing to find */

	size_t steps; /* that this turn may still take; see ban_query_refill */
	struct bans_walk walk;
	struct bans_waiting waiting;

	struct marks marks;
	struct marks_move move; /* into the refresh that is in */
	size_t range_row;       /* where a range begins; BAN_ROW_NONE: none */

	enum bans_pane pane;
	size_t pane_top;             /* first line or row shown in it */
	size_t pane_row;             /* whose details, when last drawn */
	struct frame_area pane_area; /* when last drawn */
	struct summary summary;
	int64_t summary_at;      /* service's clock; 0: to be counted */
	struct summary counting; /* as far as it has been counted */
	int64_t counting_at;     /* 0: not being counted */
	size_t counting_next;

	uint64_t nick_call; /* of the client; 0: none */
	enum details_nick nick_state;
	size_t nick_row;
	struct buf nick;
	struct err nick_err;

	struct bans_changes changes;
	int64_t changes_at; /* as of when they were compared */

	struct buf ticket;
	bool ticket_markdown;
	char write_path[PROMPT_TEXT_MAX]; /* of the question about it */
	struct bans_writing *writing;     /* owned; NULL: none */

	struct frame_area area; /* of the table, when last drawn */
};

void bans_screen_init(struct bans_screen *screen, struct ui_context *context);
void bans_screen_release(struct bans_screen *screen);

/** Leaves the group that is open, if one is, and begins to load this one. */
void bans_screen_open(struct bans_screen *screen, const char *group);
/** Leaves the group: nothing of it comes any more. */
void bans_screen_close(struct bans_screen *screen);

enum ui_move bans_screen_act(struct bans_screen *screen, enum action action,
    struct key key);
/** The answer to a prompt that this screen opened.
 *  @return false with ERR_USAGE if it is none: the prompt stays. */
MUST_CHECK bool bans_screen_answer(struct bans_screen *screen,
    enum ui_prompt kind, const char *text, struct err *err);
/** Esc: one step. @return false if there was nothing to undo here. */
bool bans_screen_escape(struct bans_screen *screen);
/** Stops what runs. @return false if nothing does. */
bool bans_screen_stop(struct bans_screen *screen);
/** A suspend or a jump of the clock: stale, and read once. */
void bans_screen_wake(struct bans_screen *screen);

/** Work of the turn: refreshes that are due or in, the query, what goes over
 *  all rows. @return what an action asks for that had to wait until now. */
enum ui_move bans_screen_run(struct bans_screen *screen);
/** Monotonic deadline of that work. */
int64_t bans_screen_deadline_ms(const struct bans_screen *screen);
/** Milliseconds until a visible text changes by itself; INT64_MAX: never. */
int64_t bans_screen_next_change_ms(struct bans_screen *screen);

/** Fills what the header says of the list; @p fetch is its storage. */
void bans_screen_describe(struct bans_screen *screen, struct chrome *chrome,
    struct chrome_list *list, struct view_fetch *fetch);
void bans_screen_draw(struct bans_screen *screen, struct frame *frame,
    struct frame_area area);
/** Fills the activity line. */
void bans_screen_describe_activity(struct bans_screen *screen,
    struct chrome_activity *activity, struct view_fetch *fetch);

/* Between the files of this screen. */

void bans_load_open(struct bans_screen *screen);
void bans_load_close(struct bans_screen *screen);
/** Asks for the next page if the cursor is near the last loaded row. */
void bans_load_seen(struct bans_screen *screen);
void bans_load_all(struct bans_screen *screen);
void bans_load_retry(struct bans_screen *screen);
void bans_load_refresh(struct bans_screen *screen);
void bans_load_pause(struct bans_screen *screen);
bool bans_load_stop(struct bans_screen *screen);
void bans_load_run(struct bans_screen *screen);
/** @return false if no group is open. */
bool bans_load_describe(struct bans_screen *screen, struct view_fetch *out);
/** The same of what runs: the refresh while there is one. */
bool bans_load_describe_running(struct bans_screen *screen,
    struct view_fetch *out);
/** Takes the refresh for what is shown once it is in and all that belongs to
 *  it has been made ready, a portion a turn. */
void bans_refresh_run(struct bans_screen *screen);
/** Is a load-all of the list shown under way? */
bool bans_load_runs_all(const struct bans_screen *screen);
bool bans_load_is_complete(const struct bans_screen *screen);
/** Ordered, filtered or searched over a part of the list. */
bool bans_load_is_partial(const struct bans_screen *screen);

/** Brings the query and the cursor up to date, as far as the turn's steps go:
 *  the rest is for the next turns. */
void bans_table_update(struct bans_screen *screen);
/** Work of the turn: the rows that came, and what was left of an update. */
void bans_table_run(struct bans_screen *screen);
enum ui_move bans_table_act(struct bans_screen *screen, enum action action);
/** Keeps the cursor in sight, in the area that is there now. */
void bans_table_scroll(struct bans_screen *screen);
/** Moves the cursor to @p index of the view. */
void bans_table_go(struct bans_screen *screen, size_t index);
/** Keeps only what @p text says; "" for all. @return false if it says nothing
 *  that there is. */
MUST_CHECK bool bans_table_filter(struct bans_screen *screen, const char *text,
    struct err *err);
/** Puts the cursor on what row @p frame_row of the frame shows, if a ban. */
void bans_table_point(struct bans_screen *screen, int frame_row);
/** The list's row under the cursor; BAN_ROW_NONE if there is none. */
size_t bans_table_row(const struct bans_screen *screen);

/** Is @p action to wait for what goes over all rows? Then it is kept. */
bool bans_walk_holds(struct bans_screen *screen, enum action action);
/** @return an action that need not wait any more, or ACTION_NONE. */
enum action bans_walk_next(struct bans_screen *screen);
/** Moves the cursor to the next match of what was searched last. */
void bans_walk_find(struct bans_screen *screen, bool forward);
/** Another search, in the place of one that runs.
 *  @return false with what is wrong with @p text. */
MUST_CHECK bool bans_walk_search(struct bans_screen *screen, const char *text,
    struct err *err);
/** @param from @param to indexes of the view, both of them marked too. */
void bans_walk_mark_range(struct bans_screen *screen, size_t from, size_t to);
/** Marks what the search finds; without one, all in view. */
void bans_walk_mark_all(struct bans_screen *screen);
/** Work of the turn. */
void bans_walk_run(struct bans_screen *screen);
/** Goes to the end at once: before the rows are other ones. */
void bans_walk_finish(struct bans_screen *screen);
/** Forgets it, and what waits. */
void bans_walk_forget(struct bans_screen *screen);
/** The same, and says so. @return false if there was nothing. */
bool bans_walk_stop(struct bans_screen *screen);
/** Is there more to do, or to wait for? */
bool bans_walk_is_busy(const struct bans_screen *screen);
/** @return static: what it does, "searching"; NULL if there is no walk. */
const char *bans_walk_word(const struct bans_screen *screen);

enum ui_move bans_pane_act(struct bans_screen *screen, enum action action);
void bans_pane_draw(struct bans_screen *screen, struct frame *frame,
    struct frame_area area);
/** The rows in view are others: the summary is of none. */
void bans_pane_forget_counts(struct bans_screen *screen);
/** Rows that the pane wants; 0 without one. */
int bans_pane_rows(const struct bans_screen *screen);
/** Work of the turn: what the pane counts or compares. */
void bans_pane_run(struct bans_screen *screen);
/** Is there more of that to do? */
bool bans_pane_is_behind(const struct bans_screen *screen);
int64_t bans_pane_next_change_s(const struct bans_screen *screen);
void bans_pane_forget_nick(struct bans_screen *screen);
/** The list that is shown has taken the place of @p old: the nickname goes
 *  with its account. */
void bans_pane_follow_nick(struct bans_screen *screen,
    const struct ban_list *old);

/* What leaves as text: always the marked rows, or else the one under the
 * cursor (of a file: all rows in view). */

enum ui_move bans_output_act(struct bans_screen *screen, enum action action);
/** @param all   without marks all rows in view, not the one under the cursor.
 *  @param rows  the first @p max of them, in view order.
 *  @return how many there are. */
size_t bans_output_choose(const struct bans_screen *screen, bool all,
    size_t *rows, size_t max);
/** Draws the rows in sight as nothing but text, for a reader or a mouse. */
void bans_output_draw_plain(struct bans_screen *screen, struct frame *frame);

void bans_file_ask(struct bans_screen *screen);
/** The name of the file to write. @return false with what is wrong. */
MUST_CHECK bool bans_file_answer(struct bans_screen *screen, const char *path,
    struct err *err);
/** The question about the existing file was answered with yes. */
void bans_file_replace(struct bans_screen *screen);
/** Work of the turn: goes on with the file. */
void bans_file_run(struct bans_screen *screen);
/** Writes the rest of it at once: before somebody leaves. */
void bans_file_finish(struct bans_screen *screen);
/** Leaves nothing of the file, and says so. @return false if there is none. */
bool bans_file_stop(struct bans_screen *screen);

#endif
