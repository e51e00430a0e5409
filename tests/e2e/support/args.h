/*
 * A command line under construction: texts borrowed from the test.
 */
#ifndef BANTOP_TESTS_E2E_ARGS_H
#define BANTOP_TESTS_E2E_ARGS_H

#include "e2e/support/home.h"

enum { ARGS_MAX = 256 };

struct args {
	const char *list[ARGS_MAX + 1]; /* ended by NULL */
	size_t count;
	char program[HOME_PATH_MAX];
};

/** "bantop" or "bantop-sim", as built beside this test. */
void args_init(struct args *args, const char *program);
void args_add(struct args *args, const char *text);
void args_add_two(struct args *args, const char *first, const char *second);
/** @param texts ended by NULL; NULL for none. */
void args_add_all(struct args *args, const char *const *texts);

#endif
