/*
 * bantop check: are these accounts banned, and until when. One walk for all of
 * them, over as soon as each is found; that one is not there is said only
 * after a complete list. Every account asked gets its line.
 */
#include "bantop/app/commands.h"

#include <string.h>

#include "bantop/app/ban_run.h"
#include "bantop/app/message.h"

enum { USUAL_ACCOUNT_BYTES = 32 };

struct check_run {
	struct ban_run bans;
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

/* -- the walk ------------------------------------------------------------ */

static size_t
find_account(const struct check_run *run, size_t operand)
{
	const char *account = run->bans.settings->operands[operand];

	return ban_list_find(run->bans.list, account, strlen(account));
}

static bool
has_all(const struct check_run *run)
{
	for (size_t i = 0; i < run->bans.settings->operand_count; i++) {
		if (find_account(run, i) == BAN_ROW_NONE)
			return false;
	}
	return true;
}

static void
walk(struct check_run *run)
{
	struct ban_run *bans = &run->bans;
	uint64_t version = 0;

	ban_run_start(bans);
	while (ban_run_turn(bans)) {
		if (ban_list_version(bans->list) != version && has_all(run))
			break;
		version = ban_list_version(bans->list);
		progress_show(&bans->progress, clock_mono_ms(bans->pump.clock),
		    bans->status.pages, ban_list_count(bans->list), "");
	}
	ban_run_stop(bans);
	run->found_all = has_all(run);
}

static bool
is_known(const struct check_run *run)
{
	return run->found_all || ban_run_is_complete(&run->bans);
}

/* That an account is not there can be said only of a list that was read
 * whole: a row without a usable account might have been its. */
static bool
knows_absent(const struct check_run *run)
{
	return ban_run_is_complete(&run->bans) &&
	    ban_list_unusable(run->bans.list) == 0;
}

/* Why not all is known; ERR_NONE if it is. */
static struct err
reason(const struct check_run *run)
{
	return pump_reason(&run->bans.pump, is_known(run),
	    &run->bans.status.err);
}

/* -- the answer ---------------------------------------------------------- */

static bool
write_account(struct check_run *run, size_t operand, int64_t now_s,
    struct err *err)
{
	const char *account = run->bans.settings->operands[operand];
	size_t row = find_account(run, operand);
	struct ban ban;

	if (row == BAN_ROW_NONE)
		return ban_writer_row_without(run->bans.writer, account,
		    strlen(account), knows_absent(run) ? "absent" : "unknown",
		    err);
	ban = ban_list_at(run->bans.list, row);
	return ban_writer_row(run->bans.writer, &ban, now_s, err);
}

static bool
write_answer(struct check_run *run, int64_t now_s, struct err *err)
{
	const struct err why = reason(run);

	if (!ban_run_begin(&run->bans, &why, err))
		return false;
	for (size_t i = 0; i < run->bans.settings->operand_count; i++) {
		if (!write_account(run, i, now_s, err))
			return false;
	}
	if (!ban_writer_end(run->bans.writer, err))
		return false;
	if (is_known(run))
		return output_finish(run->bans.output, err);
	return output_finish_partial(run->bans.output, err);
}

/* All banned now, one surely not, or not known. */
static int
judge(const struct check_run *run, int64_t now_s)
{
	int status = EXIT_COMPLETE;

	for (size_t i = 0; i < run->bans.settings->operand_count; i++) {
		size_t row = find_account(run, i);
		struct ban ban;

		if (row == BAN_ROW_NONE) {
			status = EXIT_NOT_BANNED;
			continue;
		}
		ban = ban_list_at(run->bans.list, row);
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
	const char *path = run->bans.settings->output;

	pump_say_remarks(&run->bans.pump);
	if (is_known(run)) {
		if (run->found_all || ban_list_unusable(run->bans.list) == 0)
			return judge(run, now_s);
		ban_run_say_unusable(&run->bans);
		return EXIT_INCOMPLETE;
	}
	message_error(&why);
	if (path != NULL)
		message_print("what is known is in %.200s.partial", path);
	if (why.kind == ERR_CANCELLED)
		return EXIT_INTERRUPTED;
	message_print("not known: %zu rows were looked through",
	    ban_list_count(run->bans.list));
	return ban_list_count(run->bans.list) > 0 ? EXIT_INCOMPLETE
	                                          : (int)exit_status_of(&why);
}

int
check_command_run(const struct settings *settings, const struct clock *clock)
{
	struct check_run run = { .found_all = false };
	struct err err = { .kind = ERR_NONE };
	int64_t now_s;
	int status;

	if (!check_accounts(settings, &err) ||
	    !ban_run_open(&run.bans, settings, clock, NULL, NULL, &err)) {
		status = pump_end_unopened(&run.bans.pump, &err);
		ban_run_release(&run.bans);
		return status;
	}
	walk(&run);
	now_s = client_service_now_s(run.bans.pump.client);
	if (write_answer(&run, now_s, &err))
		status = sum_up(&run, now_s);
	else
		status = pump_say_unwritten(&err);
	status = pump_end(&run.bans.pump, &err, status);
	ban_run_release(&run.bans);
	return status;
}
