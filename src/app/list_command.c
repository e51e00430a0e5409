/*
 * bantop list: the whole list, printed as it comes. Rows go out with their
 * page unless an order, or json, needs them all; whatever stops the walk, the
 * rows that are in are printed and the offset to go on from is said.
 */
#include "bantop/app/commands.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bantop/api/ban_fetch.h"
#include "bantop/app/ban_writer.h"
#include "bantop/app/message.h"
#include "bantop/app/progress.h"
#include "bantop/app/pump.h"
#include "bantop/app/signals.h"

struct list_run {
	const struct settings *settings;
	struct pump pump;
	struct output *output;
	struct ban_writer *writer;
	struct ban_list *list;
	struct ban_fetch *fetch;
	struct ban_filter *filter; /* of a stream; NULL for none */
	struct ban_query *query;   /* of the whole; NULL in a stream */
	struct progress progress;
	enum output_format format;
	bool shows_rows;      /* they go to a terminal as they come */
	struct err write_err; /* ERR_NONE: all could be written */
	struct ban_fetch_status status;
};

/* -- rows ---------------------------------------------------------------- */

static void
write_row(struct list_run *run, const struct ban *ban, int64_t now_s)
{
	if (run->write_err.kind != ERR_NONE)
		return;
	if (run->filter != NULL && !ban_filter_matches(run->filter, ban, now_s))
		return;
	if (!ban_writer_row(run->writer, ban, now_s, &run->write_err))
		return;
}

/* In a stream the first row of an account is printed, also when its own page
 * brought it again, and the list has the later one by now. */
static struct ban
first_of(const struct ban_page *page, const struct ban *ban)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct ban first = ban_page_at(page, i);

		if ((first.flags & BAN_UNUSABLE) == 0 &&
		    first.account_len == ban->account_len &&
		    memcmp(first.account, ban->account, ban->account_len) == 0)
			return first;
	}
	return *ban;
}

static void
stream_page(const struct ban_page *page, const struct ban_merge *merge,
    void *user)
{
	struct list_run *run = user;
	int64_t now_s = client_service_now_s(run->pump.client);

	if (run->query != NULL || merge->added == 0)
		return;
	if (run->shows_rows)
		progress_hide(&run->progress);
	for (size_t i = 0; i < merge->added; i++) {
		struct ban ban = ban_list_at(run->list, merge->first + i);

		if (merge->repeated > 0 && (ban.flags & BAN_UNUSABLE) == 0)
			ban = first_of(page, &ban);
		write_row(run, &ban, now_s);
	}
	if (run->write_err.kind == ERR_NONE &&
	    !output_flush(run->output, &run->write_err))
		return;
}

static void
write_whole(struct list_run *run)
{
	int64_t now_s = client_service_now_s(run->pump.client);

	ban_query_update(run->query, run->list, now_s);
	for (size_t i = 0; i < ban_query_count(run->query); i++) {
		const struct ban ban =
		    ban_list_at(run->list, ban_query_row(run->query, i));

		write_row(run, &ban, now_s);
	}
}

/* -- opening ------------------------------------------------------------- */

static struct ban_filter *
make_filter(const struct settings *settings)
{
	struct err checked_before;

	if (settings->filter == NULL)
		return NULL;
	return ban_filter_create(settings->filter, strlen(settings->filter),
	    &checked_before);
}

static bool
open_output(struct list_run *run, struct err *err)
{
	const struct settings *settings = run->settings;

	if (settings->output == NULL)
		run->output = output_open_stdout(signals_fd());
	else
		run->output =
		    output_open_file(settings->output, settings->force, err);
	return run->output != NULL;
}

static void
open_view(struct list_run *run)
{
	const struct settings *settings = run->settings;

	if (run->format != OUTPUT_JSON && settings->sort == BAN_COLUMN_NONE) {
		run->filter = make_filter(settings);
		return;
	}
	run->query = ban_query_create();
	ban_query_set_sort(run->query, settings->sort,
	    settings->sort_descending);
	ban_query_set_filter(run->query, make_filter(settings));
}

static bool
open_run(struct list_run *run, const struct clock *clock, struct err *err)
{
	const struct settings *settings = run->settings;
	struct ban_fetch_config config = {
		.clock = clock,
		.group = settings->group,
		.offset = settings->offset,
		.page_size = settings->page_size,
		.parallel = settings->parallel,
		.on_page = stream_page,
		.user = run,
	};

	if (!pump_open(&run->pump, settings, clock, err) ||
	    !open_output(run, err))
		return false;
	run->format = record_choose_format(settings->format, run->output);
	open_view(run);
	run->shows_rows = run->query == NULL && output_is_terminal(run->output);
	run->writer =
	    ban_writer_create(run->format, settings_text_mode(settings),
	        settings->utc ? MOMENT_UTC : MOMENT_LOCAL, run->output);
	run->list = ban_list_create(settings->max_rows);
	config.client = run->pump.client;
	config.list = run->list;
	run->fetch = ban_fetch_create(&config);
	progress_init(&run->progress, isatty(STDERR_FILENO) != 0,
	    clock_mono_ms(clock));
	return true;
}

static void
release_run(struct list_run *run)
{
	ban_fetch_destroy(run->fetch);
	ban_list_destroy(run->list);
	ban_writer_destroy(run->writer);
	output_destroy(run->output);
	ban_query_destroy(run->query);
	ban_filter_destroy(run->filter);
	pump_release(&run->pump);
}

/* -- the walk ------------------------------------------------------------ */

static void
show_progress(struct list_run *run)
{
	const struct ban_fetch_status *status = &run->status;
	int64_t now_ms = clock_mono_ms(run->pump.clock);
	char note[64] = "";

	if (status->waiting && status->err.kind == ERR_SERVICE)
		snprintf(note, sizeof(note), "E%d, next try in %lld s",
		    status->err.code,
		    (long long)((status->next_try_ms - now_ms + 999) / 1000));
	else if (status->waiting)
		snprintf(note, sizeof(note), "%s, next try in %lld s",
		    err_kind_name(status->err.kind),
		    (long long)((status->next_try_ms - now_ms + 999) / 1000));
	if (run->shows_rows && note[0] == '\0')
		return;
	progress_show(&run->progress, now_ms, status->pages,
	    ban_list_count(run->list), note);
}

static bool
is_running(const struct ban_fetch_status *status)
{
	return status->state == BAN_FETCH_LOADING ||
	    (status->state == BAN_FETCH_MORE && status->all);
}

static void
walk(struct list_run *run)
{
	ban_fetch_all(run->fetch);
	ban_fetch_status(run->fetch, &run->status);
	while (is_running(&run->status) && run->write_err.kind == ERR_NONE) {
		if (!pump_turn(&run->pump,
		        progress_deadline_ms(&run->progress)))
			break;
		ban_fetch_status(run->fetch, &run->status);
		show_progress(run);
	}
	ban_fetch_stop(run->fetch);
	ban_fetch_status(run->fetch, &run->status);
	progress_hide(&run->progress);
	run->pump.signals |= signals_take();
}

static bool
was_interrupted(const struct list_run *run)
{
	return run->pump.signals != 0;
}

/* -- the end ------------------------------------------------------------- */

static bool
is_complete(const struct list_run *run)
{
	return run->status.state == BAN_FETCH_COMPLETE;
}

/* Why the list is not complete; ERR_NONE if it is. */
static struct err
reason(const struct list_run *run)
{
	struct err why = run->status.err;

	if (is_complete(run))
		memset(&why, 0, sizeof(why));
	else if (was_interrupted(run))
		err_set(&why, ERR_CANCELLED, 0, NULL, "interrupted");
	return why;
}

static bool
begin(struct list_run *run)
{
	const struct client *client = run->pump.client;
	const struct service_clock *clock = client_service_clock(client);
	int64_t offset_s = service_clock_offset_s(clock);
	const struct ban_summary summary = {
		.region = run->settings->region->key,
		.group = run->settings->group,
		.offset = run->settings->offset,
		.complete = is_complete(run),
		.as_of_s = ban_list_as_of(run->list) == 0
		    ? 0
		    : ban_list_as_of(run->list) + offset_s,
		.clock_known = service_clock_is_known(clock),
		.clock_offset_s = offset_s,
		.next_offset = is_complete(run) ? 0 : run->status.offset,
		.err = reason(run),
	};

	return ban_writer_begin(run->writer, &summary, &run->write_err);
}

static void
finish(struct list_run *run)
{
	struct err *err = &run->write_err;

	if (err->kind == ERR_NONE && run->query != NULL && begin(run))
		write_whole(run);
	if (err->kind == ERR_NONE && !ban_writer_end(run->writer, err))
		return;
	if (err->kind != ERR_NONE)
		return;
	if (is_complete(run) && !output_finish(run->output, err))
		return;
	if (!is_complete(run) && !output_finish_partial(run->output, err))
		return;
}

static void
say_repeats(const struct list_run *run)
{
	size_t repeated = ban_list_repeated(run->list);
	size_t unusable = ban_list_unusable(run->list);

	if (run->status.other_group[0] != '\0')
		message_print("warning: the answer names another group: %s",
		    run->status.other_group);
	if (repeated > 0)
		message_print("%zu account%s came again, list changed while "
		              "loading: %s printed",
		    repeated, repeated == 1 ? "" : "s",
		    run->query == NULL ? "the first row is"
		                       : "the later row is");
	if (unusable > 0)
		message_print("%zu row%s unusable: no account, or one that is "
		              "no text",
		    unusable, unusable == 1 ? "" : "s");
}

static void
say_incomplete(const struct list_run *run)
{
	const char *path = run->settings->output;

	if (ban_list_count(run->list) == 0)
		return;
	message_print("incomplete: %zu rows; go on with --offset %lld",
	    ban_list_count(run->list), (long long)run->status.offset);
	if (path != NULL)
		message_print("what came is in %.200s.partial", path);
}

static int
sum_up(const struct list_run *run)
{
	struct err why = reason(run);

	if (run->write_err.kind == ERR_CANCELLED)
		why = run->write_err;
	else if (run->write_err.kind != ERR_NONE) {
		if (run->write_err.code != EPIPE)
			message_error(&run->write_err);
		return EXIT_USAGE;
	}
	pump_say_remarks(&run->pump);
	say_repeats(run);
	if (is_complete(run))
		return ban_list_unusable(run->list) > 0 ? EXIT_INCOMPLETE
		                                        : EXIT_COMPLETE;
	message_error(&why);
	say_incomplete(run);
	if (why.kind == ERR_CANCELLED)
		return EXIT_INTERRUPTED;
	return ban_list_count(run->list) > 0 ? EXIT_INCOMPLETE
	                                     : (int)exit_status_of(&why);
}

int
list_command_run(const struct settings *settings, const struct clock *clock)
{
	struct list_run run = { .settings = settings };
	struct err err;
	unsigned signals;
	bool broken_pipe;
	int status;

	if (!open_run(&run, clock, &err)) {
		message_error(&err);
		release_run(&run);
		return (int)exit_status_of(&err);
	}
	if (run.query != NULL ||
	    ban_writer_begin(run.writer, NULL, &run.write_err))
		walk(&run);
	finish(&run);
	status = sum_up(&run);
	signals = run.pump.signals;
	broken_pipe =
	    run.write_err.kind == ERR_FILE && run.write_err.code == EPIPE;
	release_run(&run);
	if (broken_pipe)
		signals_die_of(SIGPIPE);
	pump_die_if_told(signals);
	return status;
}
