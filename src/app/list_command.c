/*
 * bantop list: the whole list, printed as it comes. Rows go out with their
 * page unless an order, or json, needs them all; whatever stops the walk, the
 * rows that are in are printed and the offset to go on from is said.
 */
#include "bantop/app/commands.h"

#include <stdio.h>
#include <string.h>

#include "bantop/app/ban_run.h"
#include "bantop/app/message.h"

struct list_run {
	struct ban_run bans;
	struct ban_filter *filter; /* of a stream; NULL for none */
	struct ban_query *query;   /* of the whole; NULL in a stream */
	bool shows_rows;           /* they go to a terminal as they come */
	struct err write_err;      /* ERR_NONE: all could be written */
};

/* -- rows ---------------------------------------------------------------- */

static void
write_row(struct list_run *run, const struct ban *ban, int64_t now_s)
{
	if (run->write_err.kind != ERR_NONE)
		return;
	if (run->filter != NULL && !ban_filter_matches(run->filter, ban, now_s))
		return;
	if (!ban_writer_row(run->bans.writer, ban, now_s, &run->write_err))
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
	int64_t now_s = client_service_now_s(run->bans.pump.client);

	if (run->query != NULL || merge->added == 0)
		return;
	if (run->shows_rows)
		progress_hide(&run->bans.progress);
	for (size_t i = 0; i < merge->added; i++) {
		struct ban ban = ban_list_at(run->bans.list, merge->first + i);

		if (merge->repeated > 0 && (ban.flags & BAN_UNUSABLE) == 0)
			ban = first_of(page, &ban);
		write_row(run, &ban, now_s);
	}
	if (run->write_err.kind == ERR_NONE &&
	    !output_flush(run->bans.output, &run->write_err))
		return;
}

static void
write_whole(struct list_run *run)
{
	int64_t now_s = client_service_now_s(run->bans.pump.client);

	(void)ban_query_update(run->query, run->bans.list, now_s);
	for (size_t i = 0; i < ban_query_count(run->query); i++) {
		const struct ban ban =
		    ban_list_at(run->bans.list, ban_query_row(run->query, i));

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

static void
open_view(struct list_run *run)
{
	const struct settings *settings = run->bans.settings;

	if (run->bans.format != OUTPUT_JSON &&
	    settings->sort == BAN_COLUMN_NONE) {
		run->filter = make_filter(settings);
		return;
	}
	run->query = ban_query_create();
	ban_query_set_sort(run->query, settings->sort,
	    settings->sort_descending);
	ban_query_set_filter(run->query, make_filter(settings));
}

static bool
open_run(struct list_run *run, const struct settings *settings,
    const struct clock *clock, struct err *err)
{
	if (!ban_run_open(&run->bans, settings, clock, stream_page, run, err))
		return false;
	open_view(run);
	run->shows_rows =
	    run->query == NULL && output_is_terminal(run->bans.output);
	return true;
}

static void
release_run(struct list_run *run)
{
	ban_query_destroy(run->query);
	ban_filter_destroy(run->filter);
	ban_run_release(&run->bans);
}

/* -- the walk ------------------------------------------------------------ */

static void
show_progress(struct list_run *run)
{
	const struct ban_fetch_status *status = &run->bans.status;
	int64_t now_ms = clock_mono_ms(run->bans.pump.clock);
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
	progress_show(&run->bans.progress, now_ms, status->pages,
	    ban_list_count(run->bans.list), note);
}

static void
walk(struct list_run *run)
{
	ban_run_start(&run->bans);
	while (run->write_err.kind == ERR_NONE && ban_run_turn(&run->bans))
		show_progress(run);
	ban_run_stop(&run->bans);
}

/* -- the end ------------------------------------------------------------- */

/* Why the list is not complete; ERR_NONE if it is. */
static struct err
reason(const struct list_run *run)
{
	return pump_reason(&run->bans.pump, ban_run_is_complete(&run->bans),
	    &run->bans.status.err);
}

static bool
begin(struct list_run *run)
{
	const struct err why = reason(run);

	return ban_run_begin(&run->bans, &why, &run->write_err);
}

static void
finish(struct list_run *run)
{
	struct err *err = &run->write_err;

	if (err->kind == ERR_NONE && run->query != NULL && begin(run))
		write_whole(run);
	if (err->kind == ERR_NONE && !ban_writer_end(run->bans.writer, err))
		return;
	if (err->kind != ERR_NONE)
		return;
	if (ban_run_is_complete(&run->bans) &&
	    !output_finish(run->bans.output, err))
		return;
	if (!ban_run_is_complete(&run->bans) &&
	    !output_finish_partial(run->bans.output, err))
		return;
}

static void
say_repeats(const struct list_run *run)
{
	size_t repeated = ban_list_repeated(run->bans.list);

	if (run->bans.status.other_group[0] != '\0')
		message_print("warning: the answer names another group: %s",
		    run->bans.status.other_group);
	if (repeated > 0)
		message_print("%zu account%s came again, list changed while "
		              "loading: %s printed",
		    repeated, repeated == 1 ? "" : "s",
		    run->query == NULL ? "the first row is"
		                       : "the later row is");
	ban_run_say_unusable(&run->bans);
}

static void
say_incomplete(const struct list_run *run)
{
	const char *path = run->bans.settings->output;

	if (ban_list_count(run->bans.list) == 0)
		return;
	message_print("incomplete: %zu rows; go on with --offset %lld",
	    ban_list_count(run->bans.list), (long long)run->bans.status.offset);
	if (path != NULL)
		message_print("what came is in %.200s.partial", path);
}

static int
sum_up(const struct list_run *run)
{
	struct err why = reason(run);

	if (run->write_err.kind == ERR_CANCELLED)
		why = run->write_err;
	else if (run->write_err.kind != ERR_NONE)
		return pump_say_unwritten(&run->write_err);
	pump_say_remarks(&run->bans.pump);
	say_repeats(run);
	if (ban_run_is_complete(&run->bans))
		return ban_list_unusable(run->bans.list) > 0 ? EXIT_INCOMPLETE
		                                             : EXIT_COMPLETE;
	message_error(&why);
	say_incomplete(run);
	if (why.kind == ERR_CANCELLED)
		return EXIT_INTERRUPTED;
	return ban_list_count(run->bans.list) > 0 ? EXIT_INCOMPLETE
	                                          : (int)exit_status_of(&why);
}

int
list_command_run(const struct settings *settings, const struct clock *clock)
{
	struct list_run run = { .write_err = { .kind = ERR_NONE } };
	struct err err;
	int status;

	if (!open_run(&run, settings, clock, &err)) {
		status = pump_end_unopened(&run.bans.pump, &err);
		release_run(&run);
		return status;
	}
	if (run.query != NULL ||
	    ban_writer_begin(run.bans.writer, NULL, &run.write_err))
		walk(&run);
	finish(&run);
	status = pump_end(&run.bans.pump, &run.write_err, sum_up(&run));
	release_run(&run);
	return status;
}
