/*
 * The one door to JSON: strict documents in, plain values out. A document owns
 * all that is read from it; a value is borrowed until its document goes.
 *
 * Stricter than the library beneath: control bytes in strings, numbers that
 * are no JSON numbers, bytes after the value and nesting above JSON_DEPTH_MAX
 * are refused. More exact too: a text keeps its length across \u0000, a lone
 * surrogate spoils its own string only (it becomes bytes that are no UTF-8).
 */
#ifndef BANTOP_API_JSON_H
#define BANTOP_API_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bantop/base/buf.h"
#include "bantop/base/err.h"

enum { JSON_DEPTH_MAX = 64 };

struct json_document;
struct json; /* a value inside a document */

enum json_type {
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_TEXT,
	JSON_ARRAY,
	JSON_OBJECT,
};

/**
 * Reads one JSON value. A byte-order mark before it is taken.
 * @return owned (destroy); NULL with ERR_DATA: text says what and at which
 *         byte, counted from 1.
 */
MUST_CHECK struct json_document *json_parse(const char *text, size_t len,
    struct err *err);
/** Takes NULL. Overwrites all texts first: there may be a secret in them. */
void json_destroy(struct json_document *document);
const struct json *json_root(const struct json_document *document);

/* The readers below take NULL, as the member that is not there: it is no
 * text, no number, has no member, and counts as JSON_NULL. */

enum json_type json_type_of(const struct json *value);
/** @return static, for messages: "a number", "an object", ... */
const char *json_type_name(enum json_type type);

/** @return the member of exactly that name (the first); NULL if @p object is
 *          none or has none. */
const struct json *json_member(const struct json *object, const char *name);
/** How often the name stands in the object itself. */
size_t json_member_count(const struct json *object, const char *name);

/** First element or member, then the next one; NULL at the end, and of NULL. */
const struct json *json_first(const struct json *container);
const struct json *json_next(const struct json *value);

/** Exact bytes, maybe no UTF-8, maybe with NULs inside.
 *  @return false if it is no text. Borrowed. */
bool json_text(const struct json *value, const char **text, size_t *len);

/** What the value is, harmless and on one line, for messages: "a text
 *  \"x\"", "the number 0.5", "null", "an object". @return its length. */
size_t json_describe(const struct json *value, char *out, size_t out_size);

/** A whole number in range (at most 2^53 - 1 either way), exact. @return false
 *  for anything else (0.5, 1e40, "1", true). -0 is 0. */
bool json_whole(const struct json *value, int64_t min, int64_t max,
    int64_t *out);

/** A number without a fraction, of whatever size. */
bool json_is_whole(const struct json *value);

/** As json_whole() for the full range of unsigned 64 bits, exact where a
 *  double is not: reads the digits of member @p name of the root object. */
bool json_root_u64(const struct json_document *document, const char *name,
    uint64_t *out);

/* Writing. */

/** Appends text as a JSON string with its quotes. Control, format and bidi
 *  characters are escaped; bytes that are no UTF-8 become \\xNN in the text. */
MUST_CHECK bool json_add_text(struct buf *out, const char *text, size_t len,
    struct err *err);

/** The same with everything escaped that is not ASCII. */
MUST_CHECK bool json_add_ascii(struct buf *out, const char *text, size_t len,
    struct err *err);

/** @return static: the version of the library beneath. */
const char *json_library_version(void);

#endif
