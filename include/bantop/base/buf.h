/*
 * A growing run of bytes with a hard cap: the only holder for what the wire
 * decides the size of. Data is always NUL-terminated behind len.
 */
#ifndef BANTOP_BASE_BUF_H
#define BANTOP_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

#include "bantop/base/err.h"

struct buf {
	char *data; /* never NULL after the first byte; NULL or "" before */
	size_t len;
	size_t cap;
	size_t max; /* bytes it may ever hold */
};

/** Empty, without memory yet. @p max is the cap in bytes. */
void buf_init(struct buf *buf, size_t max);
/** Takes a zeroed or released one too. */
void buf_release(struct buf *buf);
/** As release, but overwrites the bytes first. */
void buf_wipe(struct buf *buf);
/** Empty, keeps the memory. */
void buf_reset(struct buf *buf);

/** @return false with ERR_LIMIT past the cap; the bytes are then as before. */
MUST_CHECK bool buf_add(struct buf *buf, const char *data, size_t len,
    struct err *err);
MUST_CHECK bool buf_add_text(struct buf *buf, const char *text,
    struct err *err);
MUST_CHECK bool buf_add_format(struct buf *buf, struct err *err,
    const char *format, ...) PRINTF_LIKE(3, 4);

/**
 * For text of our own whose size is known to fit: past the cap the rest is
 * dropped, and buf->len == buf->max tells.
 */
void buf_put(struct buf *buf, const char *data, size_t len);
void buf_put_text(struct buf *buf, const char *text);
void buf_put_format(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

/** @return borrowed, NUL-terminated, never NULL. */
const char *buf_text(const struct buf *buf);

#endif
