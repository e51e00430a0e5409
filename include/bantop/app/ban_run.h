/*
 * One ban list read by a printing command: the way to the service, the walk,
 * and where its rows go. What becomes of a row is the command's to say.
 */
#ifndef BANTOP_APP_BAN_RUN_H
#define BANTOP_APP_BAN_RUN_H

#include "bantop/api/ban_fetch.h"
#include "bantop/app/ban_writer.h"
#include "bantop/app/progress.h"
#include "bantop/app/pump.h"

struct ban_run {
	const struct settings *settings; /* borrowed */
	struct pump pump;
	enum output_format format;
	struct output *output;
	struct ban_writer *writer;
	struct ban_list *list;
	struct ban_fetch *fetch;
	struct progress progress;
	struct ban_fetch_status status; /* after the last turn */
};

/**
 * Opens all of it by the settings; nothing is sent yet.
 * @param run     release it in either case.
 * @param on_page called with @p user as ban_fetch has it; NULL: none.
 * @return false as pump_open() and output_open_file().
 */
MUST_CHECK bool ban_run_open(struct ban_run *run,
    const struct settings *settings, const struct clock *clock,
    ban_fetch_page_fn on_page, void *user, struct err *err);
/** Takes a zeroed one too. */
void ban_run_release(struct ban_run *run);

/** Begins to read the whole list. */
void ban_run_start(struct ban_run *run);
/** Waits for what comes next and takes it.
 *  @return false once the walk has ended, or a signal has come. */
bool ban_run_turn(struct ban_run *run);
/** Stops what still runs; the status is the last one then. */
void ban_run_stop(struct ban_run *run);
/** Was the end of the list seen? */
bool ban_run_is_complete(const struct ban_run *run);

/** Begins the output, with what is known of the list.
 *  @param why it is not all that was wanted; ERR_NONE if it is. */
MUST_CHECK bool ban_run_begin(struct ban_run *run, const struct err *why,
    struct err *err);

/** Says on standard error how many rows have no usable account, if any. */
void ban_run_say_unusable(const struct ban_run *run);

#endif
