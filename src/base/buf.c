/*
 * A growing run of bytes with a hard cap. data is NULL or holds cap bytes, of
 * which len are in use and one more is the NUL: len < cap <= max + 1. As a
 * buffer may hold a secret, memory that it outgrew is wiped before it is given
 * back, which realloc() would not do.
 */
#include "bantop/base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

enum { CAP_FIRST = 64 };

void
buf_init(struct buf *buf, size_t max)
{
	assert(max < SIZE_MAX);
	*buf = (struct buf){ .max = max };
}

void
buf_release(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){ .max = buf->max };
}

void
buf_wipe(struct buf *buf)
{
	if (buf->data != NULL)
		mem_wipe(buf->data, buf->cap);
	buf_release(buf);
}

void
buf_reset(struct buf *buf)
{
	buf->len = 0;
	if (buf->data != NULL)
		buf->data[0] = '\0';
}

/* @p more must fit below the cap. */
static void
reserve(struct buf *buf, size_t more)
{
	size_t need = buf->len + more + 1;
	size_t cap = buf->cap > 0 ? buf->cap : CAP_FIRST;
	char *data;

	if (need <= buf->cap)
		return;
	while (cap < need)
		cap = cap <= SIZE_MAX / 2 ? 2 * cap : need;
	if (cap > buf->max + 1)
		cap = buf->max + 1;
	data = mem_grow(NULL, cap, 1);
	if (buf->data != NULL) {
		memcpy(data, buf->data, buf->len);
		mem_wipe(buf->data, buf->cap);
		free(buf->data);
	}
	buf->data = data;
	buf->cap = cap;
}

static void
append(struct buf *buf, const char *data, size_t len)
{
	reserve(buf, len);
	if (len > 0)
		memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

static bool
refuse(const struct buf *buf, struct err *err)
{
	return err_set(err, ERR_LIMIT, 0, NULL, "more than %zu bytes",
	    buf->max);
}

bool
buf_add(struct buf *buf, const char *data, size_t len, struct err *err)
{
	if (len > buf->max - buf->len)
		return refuse(buf, err);
	append(buf, data, len);
	return true;
}

bool
buf_add_text(struct buf *buf, const char *text, struct err *err)
{
	return buf_add(buf, text, strlen(text), err);
}

/* @return bytes that the text has in full; what is over the cap is cut. */
static size_t PRINTF_LIKE(2, 0)
    append_format(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	size_t full, len;
	int wanted;

	va_copy(again, args);
	wanted = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (wanted < 0)
		wanted = 0;
	full = (size_t)wanted;
	len = full;
	if (len > buf->max - buf->len)
		len = buf->max - buf->len;
	reserve(buf, len);
	(void)vsnprintf(buf->data + buf->len, len + 1, format, args);
	buf->len += len;
	buf->data[buf->len] = '\0';
	return full;
}

bool
buf_add_format(struct buf *buf, struct err *err, const char *format, ...)
{
	size_t before = buf->len;
	size_t full;
	va_list args;

	va_start(args, format);
	full = append_format(buf, format, args);
	va_end(args);
	if (buf->len - before == full)
		return true;
	buf->len = before;
	buf->data[before] = '\0';
	return refuse(buf, err);
}

void
buf_put(struct buf *buf, const char *data, size_t len)
{
	size_t room = buf->max - buf->len;

	append(buf, data, len < room ? len : room);
}

void
buf_put_text(struct buf *buf, const char *text)
{
	buf_put(buf, text, strlen(text));
}

void
buf_put_format(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)append_format(buf, format, args);
	va_end(args);
}

const char *
buf_text(const struct buf *buf)
{
	return buf->data != NULL ? buf->data : "";
}
