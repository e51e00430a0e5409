/*
 * bantop groups: the application's own groups with type and name. A row goes
 * out when its names are in, in the service's order.
 */
#include "bantop/app/commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bantop/api/group_fetch.h"
#include "bantop/api/json.h"
#include "bantop/app/ban_writer.h"
#include "bantop/app/message.h"
#include "bantop/app/progress.h"
#include "bantop/app/pump.h"
#include "bantop/app/signals.h"

static const struct record_field fields[] = {
	{ .name = "group_id", .width_cols = 24 },
	{ .name = "type", .width_cols = 10 },
	{ .name = "name", .width_cols = 24, .is_stretchy = true },
	{ .name = "member_num", .width_cols = 10, .is_number = true },
	{ .name = "error", .width_cols = 5 },
};

enum { FIELD_COUNT = sizeof(fields) / sizeof(fields[0]), HEAD_MAX = 4096 };

struct groups_run {
	const struct settings *settings;
	struct pump pump;
	struct output *output;
	struct record_writer *writer;
	struct group_fetch *fetch;
	struct progress progress;
	enum output_format format;
	struct group_fetch_status status;
	size_t written;
	struct err write_err; /* ERR_NONE: all could be written */
};

/* -- rows ---------------------------------------------------------------- */

static void
write_group(struct groups_run *run, const struct group *group)
{
	char error[160];
	struct cell cells[FIELD_COUNT] = {
		cell_of(group->id),
		group->type[0] == '\0' ? cell_empty() : cell_of(group->type),
		group->filled && group->code == 0 ? cell_of(group->name)
		                                  : cell_empty(),
		group->member_num < 0 ? cell_empty()
		                      : cell_number(group->member_num),
		cell_empty(),
	};

	if (group->code != 0) {
		snprintf(error, sizeof(error), "E%d %s", group->code,
		    group->code_text);
		cells[4] = cell_of(error);
	}
	if (!record_writer_row(run->writer, cells, &run->write_err))
		return;
	run->written++;
}

/* The names come in fifties, so what is filled is a run from the start; at the
 * end the rest goes out as it is. */
static void
write_ready(struct groups_run *run, bool all)
{
	size_t before = run->written;

	if (run->format == OUTPUT_JSON && !all)
		return;
	progress_hide(&run->progress);
	while (run->written < run->status.count &&
	    run->write_err.kind == ERR_NONE) {
		const struct group *group =
		    group_fetch_at(run->fetch, run->written);

		if (!all && !group->filled)
			break;
		write_group(run, group);
	}
	if (run->written != before && run->write_err.kind == ERR_NONE &&
	    !output_flush(run->output, &run->write_err))
		return;
}

/* -- the head of json ---------------------------------------------------- */

static bool
is_complete(const struct groups_run *run)
{
	return run->status.state == GROUP_FETCH_COMPLETE;
}

static struct err
reason(const struct groups_run *run)
{
	return pump_reason(&run->pump, is_complete(run), &run->status.err);
}

static bool
write_head(struct groups_run *run)
{
	const char *region = run->settings->region->key;
	const struct err why = reason(run);
	struct err *err = &run->write_err;
	struct buf head;
	bool ok;

	buf_init(&head, HEAD_MAX);
	ok = buf_add_text(&head, "{\"region\":", err) &&
	    json_add_text(&head, region, strlen(region), err) &&
	    buf_add_format(&head, err, ",\"app_id\":%lu,\"complete\":%s,",
	        (unsigned long)credential_app_id(run->pump.credential),
	        is_complete(run) ? "true" : "false") &&
	    buf_add_text(&head, "\"error\":", err) &&
	    ban_writer_put_err(&head, &why, err) &&
	    buf_add_text(&head, ",\"groups\":", err) &&
	    output_write(run->output, buf_text(&head), head.len, err);
	buf_release(&head);
	return ok;
}

/* -- the run ------------------------------------------------------------- */

static bool
open_run(struct groups_run *run, const struct clock *clock, struct err *err)
{
	const struct settings *settings = run->settings;

	if (!pump_open(&run->pump, settings, clock, err))
		return false;
	run->output = session_open_output(settings, signals_fd(), err);
	if (run->output == NULL)
		return false;
	run->format = record_choose_format(settings->format, run->output);
	run->writer = record_writer_create(fields, FIELD_COUNT, run->format,
	    settings_text_mode(settings), run->output);
	run->fetch = group_fetch_create(run->pump.client, clock,
	    settings->group_type, NULL, NULL);
	progress_init(&run->progress,
	    isatty(STDERR_FILENO) != 0 && !output_is_terminal(run->output),
	    clock_mono_ms(clock));
	return true;
}

static void
release_run(struct groups_run *run)
{
	group_fetch_destroy(run->fetch);
	record_writer_destroy(run->writer);
	output_destroy(run->output);
	pump_release(&run->pump);
}

static bool
is_running(const struct groups_run *run)
{
	return run->status.state == GROUP_FETCH_LISTING ||
	    run->status.state == GROUP_FETCH_FILLING;
}

static int64_t
next_deadline(const struct groups_run *run)
{
	int64_t fetch_ms = group_fetch_deadline_ms(run->fetch);
	int64_t progress_ms = progress_deadline_ms(&run->progress);

	return fetch_ms < progress_ms ? fetch_ms : progress_ms;
}

static void
walk(struct groups_run *run)
{
	group_fetch_start(run->fetch);
	group_fetch_run(run->fetch);
	group_fetch_status(run->fetch, &run->status);
	while (is_running(run) && run->write_err.kind == ERR_NONE) {
		if (!pump_turn(&run->pump, next_deadline(run)))
			break;
		group_fetch_run(run->fetch);
		group_fetch_status(run->fetch, &run->status);
		write_ready(run, false);
		progress_show(&run->progress, clock_mono_ms(run->pump.clock),
		    run->status.filled / 50, run->status.count, "");
	}
	group_fetch_stop(run->fetch);
	group_fetch_status(run->fetch, &run->status);
	progress_hide(&run->progress);
}

static void
finish(struct groups_run *run)
{
	struct err *err = &run->write_err;

	if (err->kind == ERR_NONE && run->format == OUTPUT_JSON &&
	    (!write_head(run) || !record_writer_begin(run->writer, err)))
		return;
	write_ready(run, true);
	if (err->kind != ERR_NONE || !record_writer_end(run->writer, err))
		return;
	if (run->format == OUTPUT_JSON &&
	    !output_write(run->output, "}\n", 2, err))
		return;
	if (is_complete(run) ? !output_finish(run->output, err)
	                     : !output_finish_partial(run->output, err))
		return;
}

static int
sum_up(const struct groups_run *run)
{
	struct err why = reason(run);
	const char *path = run->settings->output;

	if (run->write_err.kind == ERR_CANCELLED)
		why = run->write_err;
	else if (run->write_err.kind != ERR_NONE)
		return pump_say_unwritten(&run->write_err);
	pump_say_remarks(&run->pump);
	if (run->status.unusable > 0)
		message_print("%zu entr%s without a usable id",
		    run->status.unusable,
		    run->status.unusable == 1 ? "y" : "ies");
	if (is_complete(run))
		return run->status.unusable > 0 ? EXIT_INCOMPLETE
		                                : EXIT_COMPLETE;
	message_error(&why);
	message_print("incomplete: %zu groups", run->status.count);
	if (path != NULL)
		message_print("what came is in %.200s.partial", path);
	if (why.kind == ERR_CANCELLED)
		return EXIT_INTERRUPTED;
	return run->status.count > 0 ? EXIT_INCOMPLETE
	                             : (int)exit_status_of(&why);
}

int
groups_command_run(const struct settings *settings, const struct clock *clock)
{
	struct groups_run run = { .settings = settings };
	struct err err;
	int status;

	if (!open_run(&run, clock, &err)) {
		status = pump_end_unopened(&run.pump, &err);
		release_run(&run);
		return status;
	}
	if (run.format == OUTPUT_JSON ||
	    record_writer_begin(run.writer, &run.write_err))
		walk(&run);
	finish(&run);
	status = pump_end(&run.pump, &run.write_err, sum_up(&run));
	release_run(&run);
	return status;
}
