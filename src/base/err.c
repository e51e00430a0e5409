/*
 * Errors as values. The text is made harmless here, once, so that whoever
 * prints one later need not think of it: no control, no half character.
 */
#include "bantop/base/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "bantop/base/text.h"

/* Copies what fits, a whole character at a time; a '?' for what could drive a
 * terminal or is no character. */
static void
copy_harmless(const char *raw, size_t len, char out[ERR_TEXT_MAX])
{
	size_t used = 0;
	size_t at = 0;

	while (at < len) {
		uint32_t point;
		size_t size = text_decode(raw + at, len - at, &point);
		bool good = size > 0 && !text_is_control(point);
		size_t room = good ? size : 1;

		if (used + room >= ERR_TEXT_MAX)
			break;
		if (good)
			memcpy(out + used, raw + at, size);
		else
			out[used] = '?';
		used += room;
		at += size > 0 ? size : 1;
	}
	out[used] = '\0';
}

bool
err_set(struct err *err, enum err_kind kind, int code, const char *hint,
    const char *format, ...)
{
	/* A character is 4 bytes at most: what is lost here would not fit. */
	char raw[4 * ERR_TEXT_MAX];
	va_list args;

	assert(err != NULL && kind != ERR_NONE);
	va_start(args, format);
	if (vsnprintf(raw, sizeof raw, format, args) < 0)
		raw[0] = '\0';
	va_end(args);
	err->kind = kind;
	err->code = code;
	err->hint = hint;
	copy_harmless(raw, strlen(raw), err->text);
	return false;
}

const char *
err_kind_name(enum err_kind kind)
{
	static const char *const names[] = {
		[ERR_NONE] = "none",
		[ERR_USAGE] = "usage",
		[ERR_CONFIG] = "config",
		[ERR_FILE] = "file",
		[ERR_CREDENTIAL] = "credential",
		[ERR_LOOKUP] = "lookup",
		[ERR_CONNECT] = "connect",
		[ERR_TLS] = "tls",
		[ERR_NETWORK] = "network",
		[ERR_TIMEOUT] = "timeout",
		[ERR_HTTP] = "http",
		[ERR_SERVICE] = "service",
		[ERR_DATA] = "data",
		[ERR_PAGING] = "paging",
		[ERR_LIMIT] = "limit",
		[ERR_CANCELLED] = "cancelled",
	};

	return names[kind];
}
