/*
 * What the doctor found: one line for each thing looked at, with the next
 * step where it is not well. No secret is ever in it: it is made to be pasted.
 */
#ifndef BANTOP_APP_DOCTOR_H
#define BANTOP_APP_DOCTOR_H

#include "bantop/app/pump.h"

enum { DOCTOR_FINDINGS_MAX = 32, DOCTOR_TEXT_MAX = 320 };

enum doctor_result { DOCTOR_OK, DOCTOR_WARN, DOCTOR_FAIL };

struct doctor_finding {
	const char *check; /* static: "locale" */
	enum doctor_result result;
	const char *next; /* static: what to do; "" for nothing */
	char text[DOCTOR_TEXT_MAX];
};

struct doctor {
	const struct settings *settings; /* borrowed */
	const struct clock *clock;       /* borrowed */
	struct doctor_finding findings[DOCTOR_FINDINGS_MAX];
	size_t count;
	struct err worst; /* the first failure; ERR_NONE for none */
	struct pump pump;
};

/** Adds a line. Foreign texts must be harmless already. */
void doctor_say(struct doctor *doctor, const char *check,
    enum doctor_result result, const char *next, const char *format, ...)
    PRINTF_LIKE(5, 6);
/** Adds a failure with the error's own text and hint. */
void doctor_say_err(struct doctor *doctor, const char *check,
    const struct err *why);

/** Terminal, multiplexer, locale, glyphs, configuration, state, zone data. */
void doctor_look_around(struct doctor *doctor);
/** Name lookup, connection, TLS and clock of the hosts; credential; one cheap
 *  call. @return false once a signal has come that ends it. */
bool doctor_ask_service(struct doctor *doctor);

#endif
