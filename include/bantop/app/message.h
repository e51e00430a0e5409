/*
 * Lines for standard error, "bantop: ...", and what a failure means for the
 * exit status.
 */
#ifndef BANTOP_APP_MESSAGE_H
#define BANTOP_APP_MESSAGE_H

#include <stddef.h>

#include "bantop/base/err.h"

enum exit_status {
	EXIT_COMPLETE = 0,
	EXIT_NOT_BANNED = 1,
	EXIT_USAGE = 2,
	EXIT_INCOMPLETE = 3,
	EXIT_NETWORK = 4,
	EXIT_REFUSED = 5,
	EXIT_CREDENTIAL = 6,
	EXIT_DATA = 7,
	EXIT_INTERRUPTED = 130,
};

/** Of a failure before anything was had. */
enum exit_status exit_status_of(const struct err *err);

/** Prints "bantop: E60007 too many calls", and what to do where it is known.
 *  Texts are harmless as the error's are. */
void message_error(const struct err *err);
/** Prints "bantop: " and one line. Foreign texts must be harmless already. */
void message_print(const char *format, ...) PRINTF_LIKE(1, 2);
/** Writes @p text to standard error as it is; a terminal that takes nothing is
 *  not waited for once a signal ends the program. @return false if it could
 *  not be written. */
bool message_put(const char *text, size_t len);

#endif
