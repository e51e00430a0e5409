/*
 * The loop of the printing commands. The one wait is http_wait(), over the
 * signal pipe and the network.
 */
#include "bantop/app/pump.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "bantop/app/message.h"
#include "bantop/app/signals.h"

bool
pump_open_network(struct pump *pump, const struct settings *settings,
    const struct clock *clock, struct err *err)
{
	memset(pump, 0, sizeof(*pump));
	pump->clock = clock;
	if (!signals_open(SIGNAL_ENDING | SIGNAL_INTERRUPT, err))
		return false;
	pump->log = request_log_create(clock);
	if (settings->log != NULL &&
	    !request_log_open_file(pump->log, settings->log, err))
		return false;
	pump->http = session_open_http(settings, clock, err);
	return pump->http != NULL;
}

static void
observe(const struct client_attempt *attempt, void *user)
{
	struct pump *pump = user;

	pump->used_backup = pump->used_backup || attempt->backup;
	request_log_observe(attempt, pump->log);
}

void
pump_open_client(struct pump *pump, const struct settings *settings)
{
	pump->transport = http_transport(pump->http);
	pump->client =
	    session_open_client(settings, pump->clock, &pump->transport,
	        pump->credential, settings->region, observe, pump);
	pump->region = settings->region;
}

bool
pump_open(struct pump *pump, const struct settings *settings,
    const struct clock *clock, struct err *err)
{
	if (!pump_open_network(pump, settings, clock, err))
		return false;
	pump->credential = session_open_credential(settings, clock, err);
	if (pump->credential == NULL)
		return false;
	pump_open_client(pump, settings);
	return true;
}

void
pump_release(struct pump *pump)
{
	client_destroy(pump->client);
	http_destroy(pump->http);
	credential_destroy(pump->credential);
	request_log_destroy(pump->log);
	signals_close();
	memset(pump, 0, sizeof(*pump));
}

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

bool
pump_turn(struct pump *pump, int64_t deadline_ms)
{
	struct http_watch watch = { .fd = signals_fd() };
	int64_t until_ms = deadline_ms;
	int64_t timeout_ms = -1;

	/* A call that waits to be started has its deadline now. Starting it
	 * before the wait could end it, and nothing would end the wait. */
	if (pump->client != NULL)
		until_ms =
		    earlier(deadline_ms, client_deadline_ms(pump->client));
	if (until_ms != INT64_MAX) {
		timeout_ms = until_ms - clock_mono_ms(pump->clock);
		timeout_ms = timeout_ms < 0 ? 0 : timeout_ms;
	}
	http_wait(pump->http, &watch, 1, timeout_ms);
	http_run(pump->http);
	if (pump->client != NULL)
		client_run(pump->client);
	pump->signals |= signals_take();
	return (pump->signals & (SIGNAL_ENDING | SIGNAL_INTERRUPT)) == 0;
}

void
pump_say_remarks(const struct pump *pump)
{
	const struct service_clock *clock = client_service_clock(pump->client);
	int64_t offset_s = service_clock_offset_s(clock);

	if (pump->used_backup)
		message_print("%s cannot be reached: its backup %s was asked",
		    pump->region->host, pump->region->backup);
	if (offset_s > SERVICE_CLOCK_WARNED_S ||
	    offset_s < -SERVICE_CLOCK_WARNED_S)
		message_print("warning: the service's clock is %+lld s from "
		              "this machine's; times count by the service's",
		    (long long)offset_s);
}

struct err
pump_reason(const struct pump *pump, bool done, const struct err *err)
{
	struct err why = { .kind = ERR_NONE };

	if (done)
		return why;
	if (pump->signals == 0)
		return *err;
	err_set(&why, ERR_CANCELLED, 0, NULL, "interrupted");
	return why;
}

static bool
has_no_reader(const struct err *err)
{
	return err->kind == ERR_FILE && err->code == EPIPE;
}

int
pump_say_unwritten(const struct err *err)
{
	if (!has_no_reader(err))
		message_error(err);
	return (int)exit_status_of(err);
}

int
pump_end(struct pump *pump, const struct err *written, int status)
{
	int number = signals_number(pump->signals & SIGNAL_ENDING);
	struct err err;

	if (request_log_failed(pump->log, &err)) {
		message_error(&err);
		status = status == EXIT_COMPLETE ? EXIT_USAGE : status;
	}
	if (has_no_reader(written))
		return -SIGPIPE;
	return number != 0 ? -number : status;
}

int
pump_end_unopened(struct pump *pump, const struct err *err)
{
	message_error(err);
	pump->signals |= signals_take();
	return pump_end(pump, err, (int)exit_status_of(err));
}
