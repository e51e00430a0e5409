/*
 * A program that reads and prints: started, fed, and read until its end or
 * until it has printed what a test waits for.
 */
#ifndef BANTOP_TESTS_E2E_RUN_H
#define BANTOP_TESTS_E2E_RUN_H

#include "bantop/base/buf.h"
#include "e2e/support/child.h"
#include "e2e/support/home.h"

enum { RUN_OUTPUT_MAX = 256 * 1024 * 1024 };

struct run_options {
	const char *const *argv;
	const char *const *environment; /* on top of the home's, or NULL */
	const char *input;              /* NULL: an empty standard input */
	int output_fd;                  /* in place of our pipe; 0: none */
};

struct run {
	struct child child;
	int out_fd; /* -1 when closed */
	int err_fd;
	struct buf out;
	struct buf err;
};

void run_start(struct run *run, const struct home *home,
    const struct run_options *options);

/** Reads until standard output holds @p text; fails the test if it does not
 *  come, with what came. */
void run_wait_output(struct run *run, const char *text);
/** The same for standard error. */
void run_wait_error(struct run *run, const char *text);
/** Closes our end of its standard output. */
void run_close_output(struct run *run);
/** Reads to the end and waits for it. @return the exit code; -1 when it died
 *  of a signal. */
int run_finish(struct run *run);
/** Kills what still runs. Takes a zeroed one too. */
void run_release(struct run *run);

/** Start and finish. */
int run_program(struct run *run, const struct home *home,
    const char *const *argv, const char *const *environment);

/** @return what it printed, borrowed until the release. */
const char *run_output(const struct run *run);
const char *run_error(const struct run *run);

#endif
