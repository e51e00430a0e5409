/*
 * A ban as fields. A number that is no moment is printed as it was received;
 * what is not known stays empty.
 */
#include "bantop/app/ban_writer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/api/json.h"
#include "bantop/base/mem.h"

enum { SUMMARY_MAX = 8192 };

static const struct record_field fields[] = {
	{ .name = "account", .width_cols = 24, .is_stretchy = true },
	{ .name = "banned_until", .width_cols = 12, .is_number = true },
	{ .name = "until", .width_cols = 25 },
	{ .name = "remaining_s", .width_cols = 11, .is_number = true },
	{ .name = "state", .width_cols = 9 },
};

enum { FIELD_COUNT = sizeof(fields) / sizeof(fields[0]) };

struct ban_writer {
	enum output_format format;
	enum moment_zone zone;
	struct output *output;
	struct record_writer *records;
};

struct ban_writer *
ban_writer_create(enum output_format format, enum text_mode mode,
    enum moment_zone zone, struct output *output)
{
	struct ban_writer *writer = mem_alloc(sizeof(*writer));

	writer->format = format;
	writer->zone = zone;
	writer->output = output;
	writer->records =
	    record_writer_create(fields, FIELD_COUNT, format, mode, output);
	return writer;
}

void
ban_writer_destroy(struct ban_writer *writer)
{
	if (writer == NULL)
		return;
	record_writer_destroy(writer->records);
	free(writer);
}

bool
ban_writer_put_err(struct buf *out, const struct err *what, struct err *err)
{
	const char *kind = err_kind_name(what->kind);

	if (what->kind == ERR_NONE)
		return buf_add_text(out, "null", err);
	return buf_add_text(out, "{\"kind\":", err) &&
	    json_add_text(out, kind, strlen(kind), err) &&
	    buf_add_format(out, err, ",\"code\":%d,\"text\":", what->code) &&
	    json_add_text(out, what->text, strlen(what->text), err) &&
	    buf_add_text(out, "}", err);
}

static bool
put_text(struct buf *out, const char *name, const char *text, struct err *err)
{
	return buf_add_format(out, err, "\"%s\":", name) &&
	    json_add_text(out, text, strlen(text), err) &&
	    buf_add_text(out, ",", err);
}

static bool
put_known(struct buf *out, const char *name, bool known, int64_t number,
    struct err *err)
{
	if (!known)
		return buf_add_format(out, err, "\"%s\":null,", name);
	return buf_add_format(out, err, "\"%s\":%lld,", name,
	    (long long)number);
}

static bool
put_as_of(const struct ban_writer *writer, const struct ban_summary *summary,
    struct buf *out, struct err *err)
{
	char moment[MOMENT_TEXT_MAX];

	if (summary->as_of_s == 0 ||
	    moment_write_iso(summary->as_of_s, writer->zone, moment) == 0)
		return buf_add_text(out, "\"as_of\":null,", err);
	return put_text(out, "as_of", moment, err);
}

static bool
put_summary(const struct ban_writer *writer, const struct ban_summary *summary,
    struct buf *out, struct err *err)
{
	buf_put_text(out, "{\"region\":");
	return json_add_text(out, summary->region, strlen(summary->region),
	           err) &&
	    buf_add_text(out, ",", err) &&
	    put_text(out, "group", summary->group, err) &&
	    (summary->offset == 0 ||
	        put_known(out, "offset", true, summary->offset, err)) &&
	    buf_add_format(out, err, "\"complete\":%s,",
	        summary->complete ? "true" : "false") &&
	    put_as_of(writer, summary, out, err) &&
	    put_known(out, "clock_offset_s", summary->clock_known,
	        summary->clock_offset_s, err) &&
	    put_known(out, "next_offset", true, summary->next_offset, err) &&
	    buf_add_text(out, "\"error\":", err) &&
	    ban_writer_put_err(out, &summary->err, err) &&
	    buf_add_text(out, ",\"members\":", err);
}

bool
ban_writer_begin(struct ban_writer *writer, const struct ban_summary *summary,
    struct err *err)
{
	struct buf head;
	bool ok = false;

	buf_init(&head, SUMMARY_MAX);
	if (writer->format == OUTPUT_JSON) {
		assert(summary != NULL);
		if (!put_summary(writer, summary, &head, err) ||
		    !output_write(writer->output, buf_text(&head), head.len,
		        err))
			goto done;
	}
	if (!record_writer_begin(writer->records, err))
		goto done;
	ok = true;
done:
	buf_release(&head);
	return ok;
}

static int64_t
remaining_at(const struct ban *ban, int64_t now_s)
{
	return ban->until_s <= now_s ? 0 : ban->until_s - now_s;
}

bool
ban_writer_row(struct ban_writer *writer, const struct ban *ban, int64_t now_s,
    struct err *err)
{
	char until[MOMENT_TEXT_MAX];
	struct cell cells[FIELD_COUNT] = {
		cell_text(ban->account_len == 0 ? "" : ban->account,
		    ban->account_len),
		cell_empty(),
		cell_empty(),
		cell_empty(),
		cell_of(ban_state_name(ban_state_at(ban, now_s))),
	};

	if ((ban->flags & BAN_NO_UNTIL) == 0) {
		cells[1] = cell_number(ban->until_s);
		if (moment_write_iso(ban->until_s, writer->zone, until) > 0)
			cells[2] = cell_of(until);
		cells[3] = cell_number(remaining_at(ban, now_s));
	}
	return record_writer_row(writer->records, cells, err);
}

bool
ban_writer_row_without(struct ban_writer *writer, const char *account,
    size_t len, const char *state, struct err *err)
{
	const struct cell cells[FIELD_COUNT] = {
		cell_text(account, len),
		cell_empty(),
		cell_empty(),
		cell_empty(),
		cell_of(state),
	};

	return record_writer_row(writer->records, cells, err);
}

bool
ban_writer_end(struct ban_writer *writer, struct err *err)
{
	if (!record_writer_end(writer->records, err))
		return false;
	if (writer->format != OUTPUT_JSON)
		return true;
	return output_write(writer->output, "}\n", 2, err);
}
