/*
 * What the kernel is asked to take from the process, for good: running other
 * programs, and in restricted mode changing any file.
 */
#ifndef BANTOP_APP_SANDBOX_H
#define BANTOP_APP_SANDBOX_H

#include <stdbool.h>

#include "bantop/base/err.h"

/* What the process needs no more. */
struct sandbox_request {
	bool no_commands; /* no program will be run */
	bool no_files;    /* no file will be made, changed or removed */
	bool required; /* fail where the kernel cannot; else do what it can */
};

/**
 * No new privileges, and Landlock as far as the kernel has it. Open
 * descriptors stay as they are; terminals and /dev/null can still be opened.
 * Once, before threads are started.
 * @return false with ERR_CONFIG if it is required and cannot be had.
 */
MUST_CHECK bool sandbox_enter(const struct sandbox_request *request,
    struct err *err);

#endif
