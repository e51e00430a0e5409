/*
 * The likely causes of each of the service's codes, the first suspect first:
 * knowledge with the shape of a list, apart from those who show it.
 */
#ifndef BANTOP_API_ERROR_CAUSE_H
#define BANTOP_API_ERROR_CAUSE_H

#include <stddef.h>

enum { ERROR_CAUSE_MAX = 5 };

/** @param out gets static texts. @return how many, at least 1. */
size_t error_cause_list(int code, const char *out[ERROR_CAUSE_MAX]);

#endif
