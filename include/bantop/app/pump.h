/*
 * What every command needs to talk to the service, and its main turn: wait,
 * run, look for signals. Owns credential, network, client and request log.
 */
#ifndef BANTOP_APP_PUMP_H
#define BANTOP_APP_PUMP_H

#include "bantop/app/request_log.h"
#include "bantop/app/session.h"

struct pump {
	const struct clock *clock; /* borrowed */
	struct credential *credential;
	struct http *http;
	struct transport transport; /* of http; filled with the client */
	struct client *client;
	struct request_log *log;
	const struct region *region; /* borrowed; NULL before the client */
	bool used_backup;
	unsigned signals; /* enum signal_set that came so far */
};

/**
 * Opens all of it by the settings: nothing is sent yet.
 * @param pump  release it in either case.
 * @return false with ERR_CREDENTIAL, ERR_FILE, ERR_USAGE.
 */
MUST_CHECK bool pump_open(struct pump *pump, const struct settings *settings,
    const struct clock *clock, struct err *err);
/** The first half of it: no credential and no client yet. */
MUST_CHECK bool pump_open_network(struct pump *pump,
    const struct settings *settings, const struct clock *clock,
    struct err *err);
/** The second half, once pump->credential is there. */
void pump_open_client(struct pump *pump, const struct settings *settings);
/** Takes a zeroed or a released one too. */
void pump_release(struct pump *pump);

/**
 * One turn: starts what may start, waits for network or signals until
 * @p deadline_ms (monotonic, INT64_MAX for none) at the latest, moves the
 * network. @return false once a signal has come that ends the command.
 */
bool pump_turn(struct pump *pump, int64_t deadline_ms);

/** Says on standard error what the user should know of the way there: the
 *  backup host was asked, the clocks are far apart. */
void pump_say_remarks(const struct pump *pump);

/** Why what was asked for is not there: a signal came, or @p err. ERR_NONE if
 *  it is there: @p done. */
struct err pump_reason(const struct pump *pump, bool done,
    const struct err *err);
/** Says why the output could not be written, but for a reader that has gone:
 *  there is nobody to tell. @return the exit status. */
int pump_say_unwritten(const struct err *err);

/** The end of a command, before the release: says that the request log could
 *  not be written. @param written what became of the writing.
 *  @return what a command returns: @p status, or by which signal to end: the
 *          one that came, if it was not a SIGINT, or that nobody reads. */
int pump_end(struct pump *pump, const struct err *written, int status);
/** The same for one that could not begin: says @p err. */
int pump_end_unopened(struct pump *pump, const struct err *err);

#endif
