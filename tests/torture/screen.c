/*
 * One run of a scenario in a terminal. Each step waits for what it shows, for
 * the end of the program, or for a trouble that is told and stays: what a
 * fault leads to is the judge's to say, and here only put down. Then it is
 * left, by Q or, from wherever a trouble has left it, by Ctrl-C.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "e2e/support/deadline.h"
#include "e2e/support/term.h"
#include "torture/torture.h"

/* Less than that of a terminal that is waited for. */
enum { PATIENCE_S = DEADLINE_USUAL_S - 1 };

struct watch {
	const struct torture_stage *stage;
	struct torture_outcome *outcome;
	const char *shows; /* NULL: the end alone */
	int64_t deadline_ms;
	bool came;
};

/* -- what the screen says -------------------------------------------------- */

static bool
is_told(const struct term *term, const char *const *signs)
{
	static const char *const waits[] = { "next try in", "tried again soon",
		", r now" };
	static const char *const usual[] = { "e: card", "e: all",
		"r tries again", "r asks again", "cannot ", NULL };
	size_t i;

	/* What is said behind the screen is said on the way out. */
	if (!term->altscreen)
		return false;
	for (i = 0; i < sizeof waits / sizeof waits[0]; i++)
		if (term_has(term, waits[i]))
			return false;
	for (signs = signs != NULL ? signs : usual; *signs != NULL; signs++)
		if (term_has(term, *signs))
			return true;
	return false;
}

/* "complete" may stand behind the whole number of rows alone. */
static bool
is_lie(const struct term *term, const char *whole)
{
	char row[TERM_ROW_MAX];

	term_row(term, 1, row);
	return whole != NULL && strstr(row, ", complete") != NULL &&
	    strstr(row, whole) == NULL;
}

static bool
is_over(const struct term *term, void *user)
{
	struct watch *watch = user;
	struct torture_outcome *outcome = watch->outcome;

	if (is_lie(term, watch->stage->scenario->complete))
		outcome->lied = true;
	watch->came = watch->shows != NULL && term_has(term, watch->shows);
	if (watch->came || term->fd < 0)
		return true;
	if (watch->shows != NULL &&
	    is_told(term, watch->stage->scenario->told)) {
		outcome->gave_up = true;
		return true;
	}
	return deadline_left_ms(watch->deadline_ms) == 0;
}

/* -- the steps ------------------------------------------------------------- */

static void
wait_for(struct term *term, struct watch *watch, const char *shows)
{
	watch->shows = shows;
	watch->came = false;
	watch->deadline_ms = deadline_in_s(PATIENCE_S);
	/* It looks once more when its own patience is at an end. */
	term_wait(term, is_over, watch, "the end of all patience");
}

static void
take_step(struct term *term, const struct torture_step *step,
    struct watch *watch)
{
	struct torture_outcome *outcome = watch->outcome;

	if (step->rows > 0)
		term_resize(term, step->rows, step->cols);
	term_send(term, step->keys, strlen(step->keys));
	wait_for(term, watch, step->shows);
	if (watch->came || term->fd < 0 || outcome->gave_up ||
	    outcome->missed[0] != '\0')
		return;
	(void)snprintf(outcome->missed, sizeof outcome->missed, "%s",
	    step->shows != NULL ? step->shows : "its end");
	term_text(term, &outcome->err);
}

static void
take_steps(struct term *term, struct watch *watch)
{
	static const struct torture_step away = { "\x03\x03\x03\x03", NULL, 0,
		0 };
	const struct torture_step *step = watch->stage->scenario->steps;
	struct torture_outcome *outcome = watch->outcome;

	for (; term->fd >= 0; step++) {
		take_step(term, step, watch);
		if (outcome->gave_up || outcome->missed[0] != '\0')
			break;
		if (step->shows == NULL)
			return;
	}
	if (term->fd >= 0)
		take_step(term, &away, watch);
}

/* -- the end --------------------------------------------------------------- */

static const char *
last_of(const char *text, const char *wanted)
{
	const char *found = NULL;
	const char *at = text;

	for (at = strstr(at, wanted); at != NULL; at = strstr(at + 1, wanted))
		found = at;
	return found;
}

static bool
marks_pastes(const struct term *term)
{
	const char *raw = buf_text(&term->raw);
	const char *on = last_of(raw, "\x1b[?2004h");
	const char *off = last_of(raw, "\x1b[?2004l");

	return on != NULL && (off == NULL || off < on);
}

static void
look_at_terminal(const struct torture_stage *stage, const struct term *term,
    int terminal, struct torture_outcome *outcome)
{
	struct termios modes;

	memset(&modes, 0, sizeof modes);
	outcome->is_raw = tcgetattr(terminal, &modes) != 0 ||
	    modes.c_iflag != stage->modes.c_iflag ||
	    modes.c_oflag != stage->modes.c_oflag ||
	    modes.c_lflag != stage->modes.c_lflag ||
	    memcmp(modes.c_cc, stage->modes.c_cc, sizeof modes.c_cc) != 0;
	outcome->is_dressed =
	    term->altscreen || !term->cursor_visible || marks_pastes(term);
}

void
torture_run_screen(struct torture_stage *stage, struct torture_outcome *outcome)
{
	const struct term_options options = { .rows = 24,
		.cols = 80,
		.argv = stage->args.list,
		.environment = stage->environment };
	struct watch watch = { .stage = stage, .outcome = outcome };
	struct term term;
	int terminal;

	term_start(&term, &stage->home, &options);
	terminal = fcntl(term.fd, F_DUPFD_CLOEXEC, 0);
	take_steps(&term, &watch);
	outcome->was_killed = term.fd >= 0;
	if (outcome->was_killed) {
		term_text(&term, &outcome->out);
		child_signal(&term.child, SIGKILL);
	}
	child_wait(&term.child, deadline_in_s(PATIENCE_S));
	if (!outcome->was_killed)
		term_text(&term, &outcome->out);
	outcome->exit_code = term.child.exit_code;
	outcome->signal = term.child.signal;
	look_at_terminal(stage, &term, terminal, outcome);
	(void)close(terminal);
	term_release(&term);
}
