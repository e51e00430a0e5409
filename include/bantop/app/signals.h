/*
 * Signals as bytes in a pipe: a handler writes one byte, and the main turn
 * reads what came. There is one pipe for the process, shared by the commands
 * and the terminal UI.
 */
#ifndef BANTOP_APP_SIGNALS_H
#define BANTOP_APP_SIGNALS_H

#include <stdbool.h>

#include "bantop/base/err.h"

/* What came since the last look; also which ones to catch. */
enum signal_set {
	SIGNAL_INTERRUPT = 1u << 0, /* SIGINT */
	SIGNAL_TERMINATE = 1u << 1, /* SIGTERM */
	SIGNAL_HANGUP = 1u << 2,    /* SIGHUP */
	SIGNAL_QUIT = 1u << 3,      /* SIGQUIT */
	SIGNAL_RESIZE = 1u << 4,    /* SIGWINCH */
	SIGNAL_CONTINUE = 1u << 5,  /* SIGCONT */
	SIGNAL_SUSPEND = 1u << 6,   /* SIGTSTP */
	SIGNAL_ALARM = 1u << 7,     /* SIGALRM: ends it, by no signal */

	/* Those that end the program. */
	SIGNAL_ENDING = SIGNAL_TERMINATE | SIGNAL_HANGUP | SIGNAL_QUIT,
	SIGNAL_ALL = SIGNAL_ENDING | SIGNAL_INTERRUPT | SIGNAL_RESIZE |
	    SIGNAL_CONTINUE | SIGNAL_SUSPEND | SIGNAL_ALARM,
};

/**
 * Makes the pipe and catches the signals of @p which. One that the program
 * was started with as ignored (nohup, a background job) stays ignored.
 * @return false with ERR_FILE if there is no pipe to be had.
 */
MUST_CHECK bool signals_open(unsigned which, struct err *err);
/** Gives every caught signal its old handling back. */
void signals_close(void);

/** @return what to wait for (readable); -1 while not open. */
int signals_fd(void);

/** Empties the pipe. @return a set of enum signal_set; 0 for none. */
unsigned signals_take(void);
/** What was taken can be taken again: it was meant for another. */
void signals_put_back(unsigned set);

/**
 * Stops the process as SIGTSTP would, and comes back when it is continued
 * with SIGTSTP caught as before; that it was continued is not told. The
 * terminal must be restored already.
 */
void signals_suspend(void);

/** From now on @p last_words is called, in a handler, before the process dies
 *  of a fault, an abort, or a signal that nobody here has a use for. NULL: no
 *  more. */
void signals_on_crash(void (*last_words)(void));

/** Has a signal come that ends the program? Also in the middle of a turn, and
 *  without taking it. */
bool signals_is_ending(void);

/** @return the number of the first ending signal in @p set (a SIGINT last);
 *          0 for none. */
int signals_number(unsigned set);

/** Dies of signal @p number as if it had never been caught. */
_Noreturn void signals_die_of(int number);

#endif
