/*
 * A home directory for one test: what the program under test takes for its
 * user's files, and the only environment that it gets. Nothing outside of it
 * is read or written.
 */
#ifndef BANTOP_TESTS_E2E_HOME_H
#define BANTOP_TESTS_E2E_HOME_H

#include <stddef.h>

enum {
	HOME_PATH_MAX = 512,
	HOME_ENVIRONMENT_MAX = 48,
	HOME_ENVIRONMENT_BYTES = 16384,
};

struct home {
	char dir[64]; /* the home; "" when none */
};

/** The environment of a program: borrowed texts, and room for its own. */
struct environment {
	const char *list[HOME_ENVIRONMENT_MAX + 1];
	size_t count;
	char bytes[HOME_ENVIRONMENT_BYTES];
	size_t len;
};

/** Makes it, with config, state and tmp in it. Fails the test if it cannot.
 *  Removed when the test program ends, if not before. */
void home_make(struct home *home);
/** Takes a zeroed one too. */
void home_remove(struct home *home);

/** Set-up and tear-down of cmocka: *state is a struct home. */
int home_set_up(void **state);
int home_tear_down(void **state);

/** Writes DIR/NAME into @p path. */
void home_path(const struct home *home, const char *name,
    char path[HOME_PATH_MAX]);
/** Writes a file of that name, mode 0600, with the folders above it. */
void home_write(const struct home *home, const char *name, const char *data,
    size_t len);
void home_write_text(const struct home *home, const char *name,
    const char *text);

/**
 * PATH, the home, a UTF-8 locale, UTC, a terminal.
 * @param more "NAME=VALUE" that come on top or replace, "NAME" to take out;
 *             ended by NULL; NULL for none.
 */
void home_environment(const struct home *home, const char *const *more,
    struct environment *environment);

/** Writes the path of a program built beside this test: "bantop". */
void home_program(const char *name, char path[HOME_PATH_MAX]);

#endif
