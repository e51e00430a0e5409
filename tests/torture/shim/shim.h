/*
 * What the parts of the shim share. It is loaded before the C library: it
 * counts calls of each kind that the program and its libraries make, and fails
 * the one that the page names. It needs glibc.
 */
#ifndef BANTOP_TESTS_TORTURE_SHIM_H
#define BANTOP_TESTS_TORTURE_SHIM_H

#include <stdbool.h>

#include "torture/page.h"

extern struct torture_page *shim_page; /* NULL until it is there */
extern _Thread_local bool shim_busy; /* with what is not the program's doing */

/** Writes what comes behind us under that name into *@p function. */
void shim_find(const char *name, void *function);

/* Once for each function: looking a name up is slow, and may allocate. */
#define REAL(function)                                \
	static __typeof__(&(function)) real;          \
	if (real == NULL) {                           \
		__typeof__(&(function)) found = NULL; \
		shim_find(#function, (void *)&found); \
		real = found;                         \
	}

/** Who called, the innermost first. */
void shim_write_way(void *const *frames, int count, char way[TORTURE_WAY_MAX]);

/** Counts a call. @return 0, or what it fails with. */
int shim_count_call(enum torture_call call, int fd);
/** As count_call, for what only fails or not; sets errno. */
bool shim_fails(enum torture_call call);

#endif
