/*
 * What there is to say of faults that are no code of the service: those found
 * on this side, and HTTP statuses. A table; all texts static.
 */
#ifndef BANTOP_API_ERROR_FAULT_H
#define BANTOP_API_ERROR_FAULT_H

#include "bantop/api/error_cause.h"
#include "bantop/base/err.h"

struct error_fault {
	const char *title; /* a few words */
	const char *meaning;
	const char *causes[ERROR_CAUSE_MAX]; /* NULL behind the last */
	const char *action;
	const char *repeat;
};

const struct error_fault *error_fault_of_kind(enum err_kind kind);

/** For a status other than 200. */
const struct error_fault *error_fault_of_status(int status);

#endif
