/*
 * What is wrong in files that a person wrote, configurations and themes: kept
 * until all of it is known, then told by file and line.
 */
#ifndef BANTOP_APP_PROBLEMS_H
#define BANTOP_APP_PROBLEMS_H

#include <stddef.h>

#include "bantop/app/settings.h"

enum { PROBLEM_TEXT_MAX = 512 };

struct problem {
	bool is_warning;
	size_t file; /* files are told in the order of their numbers */
	int line;
	size_t number; /* of those in one line the first comes first */
	char text[PROBLEM_TEXT_MAX];
};

/* Zeroed: none. */
struct problems {
	struct problem *list; /* owned */
	size_t count;
	size_t error_count; /* those that are no warnings */
};

void problems_release(struct problems *problems);

/** Adds one as it is to be told; what is too long is cut. */
void problems_add(struct problems *problems, size_t file, int line,
    const char *format, ...) PRINTF_LIKE(4, 5);
void problems_warn(struct problems *problems, size_t file, int line,
    const char *format, ...) PRINTF_LIKE(4, 5);

/** Puts them in order. */
void problems_sort(struct problems *problems);

/**
 * Tells them in order, each as one harmless line, but for the last that is no
 * warning: that one is left in @p last for the caller to tell, or, where it is
 * too long for that, how many there were. @p last stays as it is if all are
 * warnings.
 */
void problems_tell(struct problems *problems, settings_tell_fn tell, void *user,
    struct err *last);

#endif
