/*
 * bantop doctor: looks, asks, and prints what it found. The plain form is
 * made to be read and pasted; the others are for programs.
 */
#include "bantop/app/commands.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "bantop/api/error_advice.h"
#include "bantop/app/doctor.h"
#include "bantop/app/message.h"
#include "bantop/app/record.h"
#include "bantop/app/signals.h"

static const struct record_field fields[] = {
	{ .name = "result", .width_cols = 6 },
	{ .name = "check", .width_cols = 13 },
	{ .name = "text", .width_cols = 40 },
	{ .name = "next", .width_cols = 20 },
};

enum { FIELD_COUNT = sizeof(fields) / sizeof(fields[0]) };

static const char *const results[] = {
	[DOCTOR_OK] = "ok",
	[DOCTOR_WARN] = "warn",
	[DOCTOR_FAIL] = "FAIL",
};

void
doctor_say(struct doctor *doctor, const char *check, enum doctor_result result,
    const char *next, const char *format, ...)
{
	struct doctor_finding *finding;
	va_list args;

	if (doctor->count == DOCTOR_FINDINGS_MAX)
		return;
	finding = &doctor->findings[doctor->count++];
	finding->check = check;
	finding->result = result;
	finding->next = next;
	va_start(args, format);
	if (vsnprintf(finding->text, sizeof(finding->text), format, args) < 0)
		finding->text[0] = '\0';
	va_end(args);
}

void
doctor_say_err(struct doctor *doctor, const char *check, const struct err *why)
{
	struct error_advice advice;

	if (doctor->worst.kind == ERR_NONE)
		doctor->worst = *why;
	error_advice_for(why, &advice);
	if (why->kind == ERR_SERVICE)
		doctor_say(doctor, check, DOCTOR_FAIL, advice.action, "E%d %s",
		    why->code, why->text);
	else
		doctor_say(doctor, check, DOCTOR_FAIL,
		    why->hint == NULL ? advice.action : why->hint, "%s",
		    why->text);
}

/* -- printing ------------------------------------------------------------ */

static bool
write_plain(const struct doctor *doctor, struct output *output, struct err *err)
{
	char line[DOCTOR_TEXT_MAX + 64];
	int len;

	for (size_t i = 0; i < doctor->count; i++) {
		const struct doctor_finding *finding = &doctor->findings[i];

		len = snprintf(line, sizeof(line), "%-4s  %-13s  %s\n",
		    results[finding->result], finding->check, finding->text);
		if (len < 0 || !output_write(output, line, strlen(line), err))
			return false;
		if (finding->next[0] == '\0')
			continue;
		len = snprintf(line, sizeof(line), "%21s-> %s\n", "",
		    finding->next);
		if (len < 0 || !output_write(output, line, strlen(line), err))
			return false;
	}
	return true;
}

static bool
write_records(const struct doctor *doctor, enum output_format format,
    struct output *output, struct err *err)
{
	static const char head[] = "{\"checks\":";
	bool is_json = format == OUTPUT_JSON;
	struct record_writer *writer = record_writer_create(fields, FIELD_COUNT,
	    format, settings_text_mode(doctor->settings), output);
	bool ok = false;

	if (is_json && !output_write(output, head, sizeof(head) - 1, err))
		goto done;
	if (!record_writer_begin(writer, err))
		goto done;
	for (size_t i = 0; i < doctor->count; i++) {
		const struct doctor_finding *finding = &doctor->findings[i];
		const struct cell cells[FIELD_COUNT] = {
			cell_of(results[finding->result]),
			cell_of(finding->check),
			cell_of(finding->text),
			cell_of(finding->next),
		};

		if (!record_writer_row(writer, cells, err))
			goto done;
	}
	if (!record_writer_end(writer, err) ||
	    (is_json && !output_write(output, "}\n", 2, err)))
		goto done;
	ok = true;
done:
	record_writer_destroy(writer);
	return ok;
}

static bool
print(const struct doctor *doctor, struct output *output, struct err *err)
{
	enum output_format format = doctor->settings->format;

	if (format == OUTPUT_DEFAULT || format == OUTPUT_TABLE) {
		if (!write_plain(doctor, output, err))
			return false;
	} else if (!write_records(doctor, format, output, err)) {
		return false;
	}
	return output_finish(output, err);
}

/* -- the command --------------------------------------------------------- */

static int
judge(const struct doctor *doctor)
{
	if (doctor->worst.kind != ERR_NONE)
		return (int)exit_status_of(&doctor->worst);
	for (size_t i = 0; i < doctor->count; i++) {
		if (doctor->findings[i].result == DOCTOR_FAIL)
			return EXIT_USAGE;
	}
	return EXIT_COMPLETE;
}

int
doctor_command_run(const struct settings *settings, const struct clock *clock)
{
	struct doctor doctor = { .settings = settings, .clock = clock };
	struct output *output;
	struct err err = { .kind = ERR_NONE };
	int status;

	output = session_open_output(settings, -1, &err);
	if (output == NULL) {
		message_error(&err);
		return (int)exit_status_of(&err);
	}
	doctor_look_around(&doctor);
	if (!doctor_ask_service(&doctor))
		message_print("interrupted");
	doctor.pump.signals |= signals_take();
	status = doctor.pump.signals != 0 ? EXIT_INTERRUPTED : judge(&doctor);
	if (!print(&doctor, output, &err))
		status = pump_say_unwritten(&err);
	output_destroy(output);
	status = pump_end(&doctor.pump, &err, status);
	pump_release(&doctor.pump);
	return status;
}
