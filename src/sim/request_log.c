/*
 * The line is made whole and then written at once, so that lines of several
 * requests never mix.
 */
#include "bantop/sim/request_log.h"

#include <inttypes.h>
#include <string.h>

#include "bantop/base/file.h"
#include "bantop/sim/json_out.h"

enum { LINE_MAX_BYTES = 8192 };

static void
put_text(struct buf *line, const char *name, const char *text, size_t len)
{
	buf_put_format(line, ",\"%s\":", name);
	sim_json_text(line, text, len);
}

static void
put_int(struct buf *line, const char *name, int64_t value)
{
	if (value < 0)
		buf_put_format(line, ",\"%s\":null", name);
	else
		buf_put_format(line, ",\"%s\":%" PRId64, name, value);
}

static void
put_faults(struct buf *line, const struct sim_strike *strike)
{
	struct buf names;

	buf_init(&names, LINE_MAX_BYTES / 4);
	sim_strike_write(strike, &names);
	if (names.len == 0)
		buf_put_text(line, ",\"fault\":null");
	else
		put_text(line, "fault", names.data, names.len);
	buf_release(&names);
}

/* Nothing at all goes back: then there is no status either. */
static bool
is_silent(const struct sim_strike *strike)
{
	return strike->by[SIM_FAULT_DROP] != NULL ||
	    strike->by[SIM_FAULT_HANG] != NULL;
}

/* Is the code of the note one that the client gets to see? */
static bool
is_json(const struct sim_reply *reply)
{
	return reply->http == 200 && strcmp(reply->type, "text/html") != 0 &&
	    !is_silent(&reply->strike);
}

void
sim_log_write(int fd, const struct sim_log_entry *entry)
{
	const struct sim_note *note = entry->note;
	const char *command = sim_path_command(entry->path);
	struct buf line;
	struct err err;

	buf_init(&line, LINE_MAX_BYTES);
	buf_put_format(&line, "{\"n\":%" PRIu64 ",\"t_ms\":%" PRId64,
	    entry->number, entry->at_ms);
	put_text(&line, "method", entry->method, strnlen(entry->method, 16));
	put_text(&line, "command", command, strnlen(command, 128));
	if (note->has_group)
		put_text(&line, "group", note->group, note->group_len);
	else
		buf_put_text(&line, ",\"group\":null");
	put_int(&line, "offset", note->offset);
	put_int(&line, "limit", note->limit);
	put_int(&line, "page", note->page > 0 ? note->page : -1);
	put_int(&line, "rows", note->rows);
	put_int(&line, "next", note->next);
	put_int(&line, "code", is_json(entry->reply) ? note->code : -1);
	put_int(&line, "http",
	    is_silent(&entry->reply->strike) ? -1 : entry->reply->http);
	put_int(&line, "delay_ms", entry->reply->delay_ms);
	put_int(&line, "open", entry->open);
	put_faults(&line, &entry->reply->strike);
	buf_put_format(&line, ",\"conn\":%" PRIu64 "}\n", entry->connection);
	/* Nobody may be listening any more: that is no reason to stop. */
	if (!file_write_all(fd, "log", line.data, line.len, &err))
		err.kind = ERR_NONE;
	buf_release(&line);
}
