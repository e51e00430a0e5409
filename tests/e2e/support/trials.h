/*
 * bantop list tried with files that may not do, and what it leaves of them.
 */
#ifndef BANTOP_TESTS_E2E_TRIALS_H
#define BANTOP_TESTS_E2E_TRIALS_H

#include "e2e/support/run.h"
#include "e2e/support/story.h"

/** bantop list --force at the story's simulator, with two words more.
 *  @return as run_program(). */
int trials_run_list(struct story *story, struct run *run, const char *option,
    const char *value);
/** The same; fails the test unless that ends with @p status, one line said and
 *  nothing printed. */
void trials_expect_refused(struct story *story, const char *option,
    const char *value, int status);
/** Fails the test unless one line was said, which names the program. */
void trials_expect_one_line(const struct run *run);

/** Fails the test unless the home's file @p name holds @p text. */
void trials_expect_text(const struct home *home, const char *name,
    const char *text);
/** Fails the test if there is anything of that name in the home. */
void trials_expect_absent(const struct home *home, const char *name);

#endif
