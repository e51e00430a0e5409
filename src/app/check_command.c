/*
 * bantop check: are these accounts banned, and until when. One walk for all of
 * them, over as soon as each is found; that one is not there is said only
 * after a complete list. Every account asked gets its line.
 */
#include "bantop/app/commands.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "bantop/api/ban_fetch.h"
#include "bantop/app/ban_writer.h"
#include "bantop/app/message.h"
#include "bantop/app/progress.h"
#include "bantop/app/pump.h"
#include "bantop/app/signals.h"

enum { USUAL_ACCOUNT_BYTES = 32 };

struct check_run {
	const struct settings *settings;
	struct pump pump;
	struct output *output;
	struct ban_writer *writer;
	struct ban_list *list;
	struct ban_fetch *fetch;
	struct progress progress;
	struct ban_fetch_status status;
	bool found_all;
};

/* -- before -------------------------------------------------------------- */

static bool
check_accounts(const struct settings *settings, struct err *err)
{
	for (size_t i = 0; i < settings->operand_count; i++) {
		const char *account = settings->operands[i];
		size_t len = strlen(account);

		if (len == 0 || len > BAN_ACCOUNT_MAX ||
		    !text_is_utf8(account, len))
			return err_set(err, ERR_USAGE, 0, NULL,
			    "check: %.60s: an account is 1 to %d bytes of "
			    "UTF-8",
			    account, BAN_ACCOUNT_MAX);
		if (len > USUAL_ACCOUNT_BYTES)
			message_print("warning: an account of %zu bytes: the "
			              "service's have %d at most",
			    len, USUAL_ACCOUNT_BYTES);
	}
	return true;
}

static bool
open_output(struct check_run *run, struct err *err)
{
	const struct settings *settings = run->settings;

	if (settings->output == NULL)
		run->output = output_open_stdout(signals_fd());
	else
		run->output =
		    output_open_file(settings->output, settings->force, err);
	return run->output != NULL;
}

static bool
open_run(struct check_run *run, const struct clock *clock, struct err *err)
{
	const struct settings *settings = run->settings;
	struct ban_fetch_config config = {
		.clock = clock,
		.group = settings->group,
		.page_size = settings->page_size,
		.parallel = settings->parallel,
	};

	if (!check_accounts(settings, err) ||
	    !pump_open(&run->pump, settings, clock, err) ||
	    !open_output(run, err))
		return false;
	run->writer = ban_writer_create(record_choose_format(settings->format,
	                                    run->output),
	    settings_text_mode(settings),
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
release_run(struct check_run *run)
{
	ban_fetch_destroy(run->fetch);
	ban_list_destroy(run->list);
	ban_writer_destroy(run->writer);
	output_destroy(run->output);
	pump_release(&run->pump);
}

/* -- the walk ------------------------------------------------------------ */

static size_t
find_account(const struct check_run *run, size_t operand)
{
	const char *account = run->settings->operands[operand];

	return ban_list_find(run->list, account, strlen(account));
}

static bool
has_all(const struct check_run *run)
{
	for (size_t i = 0; i < run->settings->operand_count; i++) {
		if (find_account(run, i) == BAN_ROW_NONE)
			return false;
	}
	return true;
}

static void
walk(struct check_run *run)
{
	uint64_t version = 0;

	ban_fetch_all(run->fetch);
	ban_fetch_status(run->fetch, &run->status);
	while (run->status.state == BAN_FETCH_LOADING ||
	    (run->status.state == BAN_FETCH_MORE && run->status.all)) {
		if (!pump_turn(&run->pump,
		        progress_deadline_ms(&run->progress)))
			break;
		ban_fetch_status(run->fetch, &run->status);
		if (ban_list_version(run->list) != version && has_all(run))
			break;
		version = ban_list_version(run->list);
		progress_show(&run->progress, clock_mono_ms(run->pump.clock),
		    run->status.pages, ban_list_count(run->list), "");
	}
	progress_hide(&run->progress);
	ban_fetch_stop(run->fetch);
	ban_fetch_status(run->fetch, &run->status);
	run->found_all = has_all(run);
}

static bool
is_complete(const struct check_run *run)
{
	return run->status.state == BAN_FETCH_COMPLETE;
}

/* That an account is not there can be said only of a list that was read
 * whole: a row without a usable account might have been its. */
static bool
knows_absent(const struct check_run *run)
{
	return is_complete(run) && ban_list_unusable(run->list) == 0;
}

/* Why not all is known; ERR_NONE if it is. */
static struct err
reason(const struct check_run *run)
{
	struct err why = run->status.err;

	if (is_complete(run) || run->found_all)
		memset(&why, 0, sizeof(why));
	else if (run->pump.signals != 0)
		err_set(&why, ERR_CANCELLED, 0, NULL, "interrupted");
	return why;
}

/* -- the answer ---------------------------------------------------------- */

static bool
write_summary(struct check_run *run, struct err *err)
{
	const struct client *client = run->pump.client;
	const struct service_clock *clock = client_service_clock(client);
	int64_t offset_s = service_clock_offset_s(clock);
	int64_t as_of = ban_list_as_of(run->list);
	const struct ban_summary summary = {
		.region = run->settings->region->key,
		.group = run->settings->group,
		.complete = is_complete(run),
		.as_of_s = as_of == 0 ? 0 : as_of + offset_s,
		.clock_known = service_clock_is_known(clock),
		.clock_offset_s = offset_s,
		.next_offset = is_complete(run) ? 0 : run->status.offset,
		.err = reason(run),
	};

	return ban_writer_begin(run->writer, &summary, err);
}

static bool
write_account(struct check_run *run, size_t operand, int64_t now_s,
    struct err *err)
{
	const char *account = run->settings->operands[operand];
	size_t row = find_account(run, operand);
	struct ban ban;

	if (row == BAN_ROW_NONE)
		return ban_writer_row_without(run->writer, account,
		    strlen(account), knows_absent(run) ? "absent" : "unknown",
		    err);
	ban = ban_list_at(run->list, row);
	return ban_writer_row(run->writer, &ban, now_s, err);
}

static bool
write_answer(struct check_run *run, int64_t now_s, struct err *err)
{
	if (!write_summary(run, err))
		return false;
	for (size_t i = 0; i < run->settings->operand_count; i++) {
		if (!write_account(run, i, now_s, err))
			return false;
	}
	if (!ban_writer_end(run->writer, err))
		return false;
	if (is_complete(run) || run->found_all)
		return output_finish(run->output, err);
	return output_finish_partial(run->output, err);
}

/* All banned now, one surely not, or not known. */
static int
judge(const struct check_run *run, int64_t now_s)
{
	int status = EXIT_COMPLETE;

	for (size_t i = 0; i < run->settings->operand_count; i++) {
		size_t row = find_account(run, i);
		struct ban ban;

		if (row == BAN_ROW_NONE) {
			status = EXIT_NOT_BANNED;
			continue;
		}
		ban = ban_list_at(run->list, row);
		switch (ban_state_at(&ban, now_s)) {
		case BAN_STATE_BANNED:
		case BAN_STATE_ENDING:
		case BAN_STATE_PERMANENT:
			break;
		case BAN_STATE_ENDED:
			status = EXIT_NOT_BANNED;
			break;
		case BAN_STATE_INVALID:
			return EXIT_INCOMPLETE;
		}
	}
	return status;
}

static int
sum_up(struct check_run *run, int64_t now_s)
{
	struct err why = reason(run);
	size_t unusable = ban_list_unusable(run->list);
	const char *path = run->settings->output;

	pump_say_remarks(&run->pump);
	if (is_complete(run) || run->found_all) {
		if (unusable == 0 || run->found_all)
			return judge(run, now_s);
		message_print("%zu row%s unusable: no account, or one that is "
		              "no text",
		    unusable, unusable == 1 ? "" : "s");
		return EXIT_INCOMPLETE;
	}
	message_error(&why);
	if (path != NULL)
		message_print("what is known is in %.200s.partial", path);
	if (why.kind == ERR_CANCELLED)
		return EXIT_INTERRUPTED;
	message_print("not known: %zu rows were looked through",
	    ban_list_count(run->list));
	return ban_list_count(run->list) > 0 ? EXIT_INCOMPLETE
	                                     : (int)exit_status_of(&why);
}

int
check_command_run(const struct settings *settings, const struct clock *clock)
{
	struct check_run run = { .settings = settings };
	struct err err = { .kind = ERR_NONE };
	bool broken_pipe = false;
	unsigned signals;
	int64_t now_s;
	int status;

	if (!open_run(&run, clock, &err)) {
		message_error(&err);
		release_run(&run);
		return (int)exit_status_of(&err);
	}
	walk(&run);
	now_s = client_service_now_s(run.pump.client);
	if (write_answer(&run, now_s, &err)) {
		status = sum_up(&run, now_s);
	} else {
		broken_pipe = err.kind == ERR_FILE && err.code == EPIPE;
		if (!broken_pipe)
			message_error(&err);
		status = (int)exit_status_of(&err);
	}
	signals = run.pump.signals;
	release_run(&run);
	if (broken_pipe)
		signals_die_of(SIGPIPE);
	pump_die_if_told(signals);
	return status;
}
