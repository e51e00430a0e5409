/*
 * A session as the system's own configuration has it: a simulator, and in /etc
 * the profile live that leads to it. For tests with a system of their own.
 */
#ifndef BANTOP_TESTS_E2E_LIVE_H
#define BANTOP_TESTS_E2E_LIVE_H

#include "e2e/support/story.h"

/* A row of cmocka's table. */
#define LIVE(name) \
	cmocka_unit_test_setup_teardown(name, live_set_up, live_tear_down)

/** *state is a struct story with a home and a simulator. */
int live_set_up(void **state);
int live_tear_down(void **state);

/** Writes the system's file: @p top, and the profile with @p profile in it. */
void live_configure(const struct story *story, const char *top,
    const char *profile);
/** Starts bantop -p live in a terminal, with @p more; both lists are ended by
 *  NULL, or NULL. */
void live_begin(struct story *story, const char *const *more,
    const char *const *environment);

/** Variables that must change nothing, ended by NULL. */
extern const char *const live_hostile_environment[];

#endif
