/*
 * The strict reading before the lenient library's: is every byte JSON? What
 * the library would spoil is rewritten in a private copy on the way, always
 * into something that is no longer: \u0000 into the bytes C0 80, a lone
 * surrogate into its three bytes (neither is UTF-8), a number of more than
 * JSON_SCAN_NUMBER_MAX characters into one beyond all range.
 */
#ifndef BANTOP_API_JSON_SCAN_H
#define BANTOP_API_JSON_SCAN_H

#include <stddef.h>

#include "bantop/base/err.h"

enum { JSON_SCAN_NUMBER_MAX = 60 };

/* A document that is good, without white space. */
struct json_scan {
	char *text; /* owned, NUL-terminated */
	size_t len;
	/* Where in text the values of the root object begin, in their order;
	 * owned. Nothing for another root. */
	size_t *root_at;
	size_t root_count;
	size_t root_cap;
};

/**
 * @param depth_max containers that may stand inside one another.
 * @param out       filled; release it in either case.
 * @return false with ERR_DATA: what is wrong and at which byte, from 1.
 */
MUST_CHECK bool json_scan_read(const char *text, size_t len, int depth_max,
    struct json_scan *out, struct err *err);

/** Overwrites the copy first. Takes a zeroed or released one too. */
void json_scan_release(struct json_scan *scan);

#endif
