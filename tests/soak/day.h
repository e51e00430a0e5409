/*
 * The program behind the screen for a day of the test's time: the real
 * controller, the real network against a simulator in the same time, and a real
 * terminal that nobody looks at.
 */
#ifndef BANTOP_TESTS_DAY_H
#define BANTOP_TESTS_DAY_H

#include "bantop/app/control.h"
#include "soak/counted.h"
#include "soak/soak_service.h"
#include "term_rig.h"

struct day {
	struct soak_service service;
	struct counted net;
	struct http *http;
	struct settings *settings;
	struct ui_context context;
	struct control *control;
	struct keys *keys;
	struct term_rig term;
	struct buf screen; /* as text, by day_shows() */
	size_t refreshes;  /* that came in */
	size_t turns;
};

/** Starts the simulator and the program: the first group is shown. */
void day_open(struct day *day);
void day_close(struct day *day);

int64_t day_now_ms(const struct day *day);
/** Turns until so much time has passed; an answer is always waited for. */
void day_run_ms(struct day *day, int64_t ms);
/** Bytes as a terminal sends them, and the turn behind them. */
void day_type(struct day *day, const char *bytes);
/** A lone Esc, until it is told from a sequence. */
void day_escape(struct day *day);
void day_resize(struct day *day, int rows, int cols);
/** Ctrl-Z, so much time, and on again. */
void day_suspend(struct day *day, int64_t ms);

/** Fails the test unless the screen shows @p text. */
void day_shows(struct day *day, const char *text);

#endif
