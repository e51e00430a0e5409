/*
 * What list and check have in common. The walk reads on until the list ends, a
 * signal comes or the command has seen enough.
 */
#include "bantop/app/ban_run.h"

#include <unistd.h>

#include "bantop/app/message.h"
#include "bantop/app/signals.h"

bool
ban_run_open(struct ban_run *run, const struct settings *settings,
    const struct clock *clock, ban_fetch_page_fn on_page, void *user,
    struct err *err)
{
	struct ban_fetch_config config = {
		.clock = clock,
		.group = settings->group,
		.offset = settings->offset,
		.page_size = settings->page_size,
		.parallel = settings->parallel,
		.on_page = on_page,
		.user = user,
	};

	run->settings = settings;
	if (!pump_open(&run->pump, settings, clock, err))
		return false;
	run->output = session_open_output(settings, signals_fd(), err);
	if (run->output == NULL)
		return false;
	run->format = record_choose_format(settings->format, run->output);
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

void
ban_run_release(struct ban_run *run)
{
	ban_fetch_destroy(run->fetch);
	ban_list_destroy(run->list);
	ban_writer_destroy(run->writer);
	output_destroy(run->output);
	pump_release(&run->pump);
}

/* -- the walk ------------------------------------------------------------ */

void
ban_run_start(struct ban_run *run)
{
	ban_fetch_all(run->fetch);
	ban_fetch_status(run->fetch, &run->status);
}

static bool
is_running(const struct ban_fetch_status *status)
{
	return status->state == BAN_FETCH_LOADING ||
	    (status->state == BAN_FETCH_MORE && status->all);
}

bool
ban_run_turn(struct ban_run *run)
{
	if (!is_running(&run->status) ||
	    !pump_turn(&run->pump, progress_deadline_ms(&run->progress)))
		return false;
	ban_fetch_status(run->fetch, &run->status);
	return true;
}

void
ban_run_stop(struct ban_run *run)
{
	ban_fetch_stop(run->fetch);
	ban_fetch_status(run->fetch, &run->status);
	progress_hide(&run->progress);
	run->pump.signals |= signals_take();
}

bool
ban_run_is_complete(const struct ban_run *run)
{
	return run->status.state == BAN_FETCH_COMPLETE;
}

/* -- what is said of it -------------------------------------------------- */

bool
ban_run_begin(struct ban_run *run, const struct err *why, struct err *err)
{
	const struct service_clock *clock =
	    client_service_clock(run->pump.client);
	int64_t offset_s = service_clock_offset_s(clock);
	int64_t as_of = ban_list_as_of(run->list);
	const struct ban_summary summary = {
		.region = run->settings->region->key,
		.group = run->settings->group,
		.offset = run->settings->offset,
		.complete = ban_run_is_complete(run),
		.as_of_s = as_of == 0 ? 0 : as_of + offset_s,
		.clock_known = service_clock_is_known(clock),
		.clock_offset_s = offset_s,
		.next_offset =
		    ban_run_is_complete(run) ? 0 : run->status.offset,
		.err = *why,
	};

	return ban_writer_begin(run->writer, &summary, err);
}

void
ban_run_say_unusable(const struct ban_run *run)
{
	size_t unusable = ban_list_unusable(run->list);

	if (unusable > 0)
		message_print("%zu row%s unusable: no account, or one that is "
		              "no text",
		    unusable, unusable == 1 ? "" : "s");
}
