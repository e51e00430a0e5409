/*
 * One line on standard error that says how far long work is: pages, rows,
 * rows a second, elapsed; never a total. Only where it is a terminal, and
 * only once the work is long.
 */
#ifndef BANTOP_APP_PROGRESS_H
#define BANTOP_APP_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A plain value. */
struct progress {
	bool on;
	int shown_cols;     /* 0: no line stands */
	int64_t started_ms; /* monotonic */
	int64_t next_ms;    /* not sooner */
};

/** @param on false: nothing is ever shown. */
void progress_init(struct progress *progress, bool on, int64_t mono_ms);
/** @param note what else there is to say, such as a wait; "" for nothing. */
void progress_show(struct progress *progress, int64_t mono_ms, size_t pages,
    size_t rows, const char *note);
/** Takes the line away, for something else to be printed. */
void progress_hide(struct progress *progress);
/** @return monotonic time of the next change; INT64_MAX while off. */
int64_t progress_deadline_ms(const struct progress *progress);

#endif
