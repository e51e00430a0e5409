/*
 * An error as a value: filled once where it is found, carried unchanged to
 * the screen, the exit status and the log. Owns nothing.
 */
#ifndef BANTOP_BASE_ERR_H
#define BANTOP_BASE_ERR_H

#include <stdbool.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))

enum { ERR_TEXT_MAX = 192 };

/* What kind of trouble; chooses the headline and the exit status. */
enum err_kind {
	ERR_NONE,       /* no error: a zeroed struct err */
	ERR_USAGE,      /* the command line */
	ERR_CONFIG,     /* a configuration or theme file */
	ERR_FILE,       /* a file of ours; code is errno */
	ERR_CREDENTIAL, /* secret key or UserSig, found before any request */
	ERR_LOOKUP,     /* host name not resolved; code is CURLcode */
	ERR_CONNECT,    /* no connection; code is CURLcode */
	ERR_TLS,        /* handshake or certificate; code is CURLcode */
	ERR_NETWORK,    /* broken off on the way; code is CURLcode */
	ERR_TIMEOUT,    /* no answer in time; code is CURLcode */
	ERR_HTTP,       /* an HTTP status other than 200; code is the status */
	ERR_SERVICE,    /* refused; code is the service's ErrorCode */
	ERR_DATA,       /* a reply that is not the service's format */
	ERR_PAGING,     /* offsets or pages that cannot be a list */
	ERR_LIMIT,      /* one of our caps was passed */
	ERR_CANCELLED,  /* stopped by the user */
};

struct err {
	enum err_kind kind;
	int code;         /* the native one: errno, CURLcode, HTTP, ErrorCode */
	const char *hint; /* static, or NULL: what to do next */
	char text[ERR_TEXT_MAX]; /* one line, made harmless, no secret */
};

/**
 * Fills @p err. Control bytes in the formatted text become '?'; what does not
 * fit is cut at a character's edge.
 *
 * @param hint static text or NULL.
 * @return false, always, so that a failing function can return it.
 */
bool err_set(struct err *err, enum err_kind kind, int code, const char *hint,
    const char *format, ...) PRINTF_LIKE(5, 6);

/** @return a stable short word for scripts: "service", "network", ... */
const char *err_kind_name(enum err_kind kind);

#endif
