/*
 * What goes over all rows: a search, and marking many. Each turn does a
 * portion of it, and nothing is moved or marked before its end. Rows may come
 * or change place meanwhile: a walk goes on with the row that was to be the
 * next one, and ends with the one that was to be the last, wherever these
 * stand by then. Who came behind it is not looked at.
 *
 * What is typed behind a walk and builds on its outcome waits for it, as does
 * what means the rows in an order that is not ready yet.
 */
#include "bantop/app/bans_screen.h"

#include <stdio.h>
#include <string.h>

/* Steps that a row takes: in the list's order it is near the one before, in
 * another one somewhere in the memory. */
enum { STEPS_NEAR = 4, STEPS_FAR = 56 };

enum { WITH_OTHERS = 0, BEHIND_WALK = 1, BEHIND_ORDER = 2 };

/* Once one waits those that are typed behind it do too, so that all is done
 * as it was typed. */
static const struct rule {
	enum action action;
	unsigned waits;
} rules[] = {
	{ ACTION_DOWN, WITH_OTHERS },
	{ ACTION_UP, WITH_OTHERS },
	{ ACTION_HALF_DOWN, WITH_OTHERS },
	{ ACTION_HALF_UP, WITH_OTHERS },
	{ ACTION_PAGE_DOWN, WITH_OTHERS },
	{ ACTION_PAGE_UP, WITH_OTHERS },
	{ ACTION_WINDOW_TOP, WITH_OTHERS },
	{ ACTION_WINDOW_MIDDLE, WITH_OTHERS },
	{ ACTION_WINDOW_BOTTOM, WITH_OTHERS },
	{ ACTION_FIRST, BEHIND_ORDER },
	{ ACTION_LAST, BEHIND_ORDER },
	{ ACTION_SORT_LEFT, BEHIND_WALK },
	{ ACTION_SORT_RIGHT, BEHIND_WALK },
	{ ACTION_SORT_INVERT, BEHIND_WALK },
	{ ACTION_SORT_SOONEST, BEHIND_WALK },
	{ ACTION_MARK, BEHIND_WALK },
	{ ACTION_MARK_NONE, BEHIND_WALK },
	{ ACTION_MARK_RANGE, BEHIND_WALK | BEHIND_ORDER },
	{ ACTION_MARK_ALL, BEHIND_WALK | BEHIND_ORDER },
	{ ACTION_FIND_NEXT, BEHIND_WALK | BEHIND_ORDER },
	{ ACTION_FIND_PREVIOUS, BEHIND_WALK | BEHIND_ORDER },
	{ ACTION_COPY, BEHIND_WALK | BEHIND_ORDER },
	{ ACTION_TICKET, BEHIND_WALK | BEHIND_ORDER },
};

static const struct rule *
rule_of(enum action action)
{
	size_t i;

	for (i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if (rules[i].action == action)
			return &rules[i];
	return NULL;
}

static unsigned
what_runs(const struct bans_screen *screen)
{
	return (screen->walk.kind != BANS_WALK_NONE ? BEHIND_WALK : 0u) |
	    (ban_query_answers(screen->query) ? 0u : BEHIND_ORDER);
}

bool
bans_walk_holds(struct bans_screen *screen, enum action action)
{
	struct bans_waiting *waiting = &screen->waiting;
	const struct rule *rule = rule_of(action);

	if (rule == NULL ||
	    (waiting->count == 0 && (rule->waits & what_runs(screen)) == 0))
		return false;
	/* A key that is held down: more of it would only be a surprise. */
	if (waiting->count < BANS_WAITING_MAX)
		waiting->actions[waiting->count++] = action;
	return true;
}

enum action
bans_walk_next(struct bans_screen *screen)
{
	struct bans_waiting *waiting = &screen->waiting;
	enum action action = waiting->actions[0];

	/* A refresh that only waits for us takes over first: a key that is held
	 * down would keep it off for as long. */
	if (waiting->count == 0 || what_runs(screen) != 0 || screen->preparing)
		return ACTION_NONE;
	waiting->count--;
	memmove(waiting->actions, waiting->actions + 1,
	    waiting->count * sizeof waiting->actions[0]);
	return action;
}

/* -- the walk -------------------------------------------------------------- */

static void
drop(struct bans_screen *screen)
{
	marks_release(&screen->walk.marks);
	screen->walk = (struct bans_walk){ .kind = BANS_WALK_NONE };
}

static bool
is_match(const struct bans_screen *screen, const struct ban *ban)
{
	/* What a search finds is no matter of time. */
	return ban_filter_matches(screen->finder, ban, 0);
}

static size_t
row_at(const struct bans_screen *screen, size_t at)
{
	return screen->walk.by_row ? at : ban_query_row(screen->query, at);
}

/* @return where @p row stands; where it stood, if it does no more. */
static size_t
place_of(const struct bans_screen *screen, size_t row, size_t stood)
{
	size_t count = ban_query_count(screen->query);
	size_t place = ban_query_index(screen->query, row);

	if (place != BAN_ROW_NONE)
		return place;
	return stood < count ? stood : count - 1;
}

static void
follow_rows(struct bans_screen *screen)
{
	struct bans_walk *walk = &screen->walk;
	uint64_t version = ban_query_version(screen->query);

	if (walk->by_row || walk->version == version)
		return;
	walk->version = version;
	walk->at = place_of(screen, walk->at_row, walk->at);
	walk->end = place_of(screen, walk->end_row, walk->end);
}

static void
end_found(struct bans_screen *screen)
{
	const struct bans_walk *walk = &screen->walk;
	size_t at = walk->at;

	if (walk->forward ? at <= walk->end : at >= walk->end)
		ui_context_say(screen->context, false,
		    at == walk->end ? "the only match"
		                    : "search went on from the other end");
	drop(screen);
	bans_table_go(screen, at);
}

static void
end_marked(struct bans_screen *screen)
{
	struct ui_context *context = screen->context;
	struct marks *marks = &screen->marks;
	size_t refused = screen->walk.refused;
	bool matching = screen->walk.matching;

	marks_release(marks);
	*marks = screen->walk.marks;
	screen->walk.marks = (struct marks){ .bits = NULL };
	drop(screen);
	if (matching && marks->count == 0)
		ui_context_say(context, true,
		    "nothing marked: no row matches \"%s\"", screen->find);
	else if (matching)
		ui_context_say(context, false,
		    "%zu marked: all that match \"%s\"", marks->count,
		    screen->find);
	else
		ui_context_say(context, refused > 0,
		    refused > 0 ? "%zu marked, %zu cannot be used"
		                : "%zu marked",
		    marks->count, refused);
}

static void
end_without(struct bans_screen *screen)
{
	if (screen->walk.kind == BANS_WALK_MARK) {
		end_marked(screen);
		return;
	}
	drop(screen);
	ui_context_say(screen->context, true, "%s: \"%s\"",
	    bans_load_is_complete(screen)
	        ? "no account matches"
	        : "no match in the rows loaded so far",
	    screen->find);
}

/* @return true if this row is what was looked for. */
static bool
look_at(struct bans_screen *screen, size_t row)
{
	struct ban ban = ban_list_at(screen->load.list, row);
	struct bans_walk *walk = &screen->walk;

	if (walk->matching && !is_match(screen, &ban))
		return false;
	if (walk->kind == BANS_WALK_FIND)
		return true;
	if (!marks_set(&walk->marks, screen->load.list, row, true))
		walk->refused++;
	return false;
}

static size_t
next_place(const struct bans_screen *screen)
{
	size_t count = ban_query_count(screen->query);
	size_t at = screen->walk.at;

	if (screen->walk.forward)
		return at + 1 < count || screen->walk.by_row ? at + 1 : 0;
	return at > 0 ? at - 1 : count - 1;
}

static size_t
steps_of_row(const struct bans_screen *screen)
{
	return screen->walk.by_row ||
	        ban_query_sort(screen->query, NULL) == BAN_COLUMN_NONE
	    ? STEPS_NEAR
	    : STEPS_FAR;
}

static void
go_on(struct bans_screen *screen, size_t *left)
{
	struct bans_walk *walk = &screen->walk;
	size_t steps = steps_of_row(screen);

	while (*left > 0) {
		ban_query_spend(left, steps);
		if (look_at(screen, row_at(screen, walk->at))) {
			end_found(screen);
			return;
		}
		if (walk->at == walk->end) {
			end_without(screen);
			return;
		}
		walk->at = next_place(screen);
	}
	walk->at_row = row_at(screen, walk->at);
}

void
bans_walk_run(struct bans_screen *screen)
{
	struct bans_walk *walk = &screen->walk;

	if (walk->kind == BANS_WALK_NONE)
		return;
	/* All rows have gone, or those up to the last one: a filter by time. */
	if (ban_query_count(screen->query) == 0) {
		end_without(screen);
		return;
	}
	follow_rows(screen);
	if (walk->kind == BANS_WALK_MARK && walk->at > walk->end)
		end_without(screen);
	else
		go_on(screen, &screen->steps);
}

void
bans_walk_finish(struct bans_screen *screen)
{
	size_t steps = screen->steps;

	screen->steps = SIZE_MAX;
	bans_walk_run(screen);
	screen->steps = steps;
}

void
bans_walk_forget(struct bans_screen *screen)
{
	drop(screen);
	screen->waiting.count = 0;
}

bool
bans_walk_stop(struct bans_screen *screen)
{
	enum bans_walk_kind kind = screen->walk.kind;

	if (!bans_walk_is_busy(screen))
		return false;
	bans_walk_forget(screen);
	ui_context_say(screen->context, false, "%s",
	    kind == BANS_WALK_FIND       ? "search stopped"
	        : kind == BANS_WALK_MARK ? "stopped: nothing was marked"
	                                 : "stopped");
	return true;
}

bool
bans_walk_is_busy(const struct bans_screen *screen)
{
	return screen->walk.kind != BANS_WALK_NONE || screen->waiting.count > 0;
}

const char *
bans_walk_word(const struct bans_screen *screen)
{
	switch (screen->walk.kind) {
	case BANS_WALK_FIND:
		return "searching";
	case BANS_WALK_MARK:
		return "marking";
	case BANS_WALK_NONE:
		break;
	}
	return NULL;
}

/* -- what it is for -------------------------------------------------------- */

static void
begin(struct bans_screen *screen, struct bans_walk walk)
{
	screen->walk = walk;
	screen->walk.version = ban_query_version(screen->query);
	screen->walk.end_row = row_at(screen, walk.end);
	bans_walk_run(screen);
	/* What was said before is about something else. */
	if (screen->walk.kind != BANS_WALK_NONE)
		ui_context_hush(screen->context);
}

void
bans_walk_find(struct bans_screen *screen, bool forward)
{
	size_t count = ban_query_count(screen->query);
	struct bans_walk walk = { .kind = BANS_WALK_FIND,
		.forward = forward,
		.matching = true,
		.at = screen->cursor,
		.end = screen->cursor };

	if (screen->finder == NULL) {
		ui_context_say(screen->context, true, "nothing to find yet: /");
		return;
	}
	if (count == 0) {
		end_without(screen);
		return;
	}
	screen->walk = walk;
	walk.at = next_place(screen);
	begin(screen, walk);
}

bool
bans_walk_search(struct bans_screen *screen, const char *text, struct err *err)
{
	struct ban_filter *finder;

	finder = ban_filter_create_find(text, strlen(text), err);
	if (finder == NULL)
		return false;
	if (screen->walk.kind == BANS_WALK_FIND)
		drop(screen);
	bans_walk_finish(screen);
	ban_filter_destroy(screen->finder);
	screen->finder = finder;
	(void)snprintf(screen->find, sizeof screen->find, "%s", text);
	if (!bans_walk_holds(screen, ACTION_FIND_NEXT))
		bans_walk_find(screen, true);
	return true;
}

/* What is marked so far is there already. */
static void
begin_marking(struct bans_screen *screen, struct bans_walk walk)
{
	walk.kind = BANS_WALK_MARK;
	walk.forward = true;
	marks_copy(&walk.marks, &screen->marks);
	begin(screen, walk);
}

void
bans_walk_mark_range(struct bans_screen *screen, size_t from, size_t to)
{
	struct bans_walk walk = { .at = from, .end = to };

	begin_marking(screen, walk);
}

/* Where all rows are in view the list's order will do, and is faster. */
void
bans_walk_mark_all(struct bans_screen *screen)
{
	size_t count = ban_query_count(screen->query);
	struct bans_walk walk = { .matching = screen->finder != NULL,
		.by_row = ban_query_filter(screen->query) == NULL,
		.end = count - 1 };

	if (count > 0)
		begin_marking(screen, walk);
}
