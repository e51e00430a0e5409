/*
 * What is said to the user outside the screen: one line each, in one write,
 * so that lines of two programs on one terminal do not mix.
 */
#include "bantop/app/message.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bantop/api/error_code.h"
#include "bantop/app/signals.h"
#include "bantop/base/file.h"

enum { LINE_BYTES = 2048 };

enum exit_status
exit_status_of(const struct err *err)
{
	switch (err->kind) {
	case ERR_NONE:
		return EXIT_COMPLETE;
	case ERR_USAGE:
	case ERR_CONFIG:
	case ERR_FILE:
		return EXIT_USAGE;
	case ERR_CREDENTIAL:
		return EXIT_CREDENTIAL;
	case ERR_LOOKUP:
	case ERR_CONNECT:
	case ERR_TLS:
	case ERR_NETWORK:
	case ERR_TIMEOUT:
	case ERR_HTTP:
		return EXIT_NETWORK;
	case ERR_SERVICE:
		return error_code_is_credential(err->code) ? EXIT_CREDENTIAL
		                                           : EXIT_REFUSED;
	case ERR_DATA:
	case ERR_PAGING:
	case ERR_LIMIT:
		return EXIT_DATA;
	case ERR_CANCELLED:
		return EXIT_INTERRUPTED;
	}
	return EXIT_DATA;
}

/* Another program may have made the terminal non-blocking: it is waited for,
 * unless a signal says that there is no time. */
static bool
is_only_full(void)
{
	struct pollfd ready = { .fd = STDERR_FILENO, .events = POLLOUT };

	if ((errno != EAGAIN && errno != EWOULDBLOCK) || signals_is_ending())
		return false;
	return poll(&ready, 1, -1) >= 0 || errno == EINTR;
}

/* Where standard error is closed or full there is nobody left to tell; nor
 * where a terminal takes nothing and everything must come to an end. */
bool
message_put(const char *text, size_t len)
{
	while (len > 0) {
		ssize_t put = signals_is_ending()
		    ? file_write_now(STDERR_FILENO, text, len)
		    : write(STDERR_FILENO, text, len);

		if (put < 0 && (errno == EINTR || is_only_full()))
			continue;
		if (put <= 0)
			return false;
		text += put;
		len -= (size_t)put;
	}
	return true;
}

/* Names of files and hosts are anybody's: none ends the line or drives the
 * terminal. */
static void
blot_controls(char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if (byte < ' ' || byte == 0x7f)
			*text = '?';
		else if (byte == 0xc2 && (unsigned char)text[1] >= 0x80 &&
		    (unsigned char)text[1] < 0xa0)
			text[0] = text[1] = '?';
	}
}

void
message_print(const char *format, ...)
{
	char line[LINE_BYTES] = "bantop: ";
	size_t len = strlen(line);
	va_list args;

	va_start(args, format);
	if (vsnprintf(line + len, sizeof(line) - len - 1, format, args) < 0)
		line[len] = '\0';
	va_end(args);
	blot_controls(line);
	len = strlen(line);
	line[len++] = '\n';
	(void)message_put(line, len);
}

void
message_error(const struct err *err)
{
	char code[24] = "";
	const char *hint = err->hint;

	if (err->kind == ERR_SERVICE)
		snprintf(code, sizeof(code), "E%d ", err->code);
	message_print("%s%s%s%s",
	    strncmp(err->text, code, strlen(code)) == 0 ? "" : code, err->text,
	    hint == NULL ? "" : "; ", hint == NULL ? "" : hint);
}
