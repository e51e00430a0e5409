/*
 * The ring of calls and the file beside it. A line of the file is one call,
 * its fields apart by TAB and escaped as in tsv; the URL is not in it, so no
 * secret can be.
 */
#include "bantop/app/request_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bantop/app/escape.h"
#include "bantop/base/file.h"
#include "bantop/base/mem.h"
#include "bantop/model/moment.h"

enum { LOG_LINE_MAX = 8192 };

struct request_log {
	const struct clock *clock;
	struct request_log_entry ring[REQUEST_LOG_RING];
	uint64_t total;
	int fd; /* -1: no file */
	int64_t size;
	char *path;
	struct buf line;
	struct err failure; /* ERR_NONE: all could be written, or it was told */
};

struct request_log *
request_log_create(const struct clock *clock)
{
	struct request_log *log = mem_alloc(sizeof(*log));

	log->clock = clock;
	log->fd = -1;
	buf_init(&log->line, LOG_LINE_MAX);
	return log;
}

void
request_log_destroy(struct request_log *log)
{
	if (log == NULL)
		return;
	if (log->fd >= 0)
		close(log->fd);
	free(log->path);
	buf_release(&log->line);
	free(log);
}

/* -- the file ------------------------------------------------------------ */

static bool
fail_open(const char *path, struct err *err)
{
	return err_set(err, ERR_FILE, errno,
	    errno == ELOOP ? "a link is not written through" : NULL,
	    "--log %.100s: %s", path, strerror(errno));
}

/* The ring goes on alone. */
static void
close_file(struct request_log *log)
{
	if (log->fd >= 0)
		close(log->fd);
	log->fd = -1;
}

/* A line that was cut off, by a kill or a full disk, is ended. */
static bool
end_line(struct request_log *log, struct err *err)
{
	char byte = '\n';

	if (log->size == 0 ||
	    (pread(log->fd, &byte, 1, (off_t)log->size - 1) == 1 &&
	        byte == '\n'))
		return true;
	log->size++;
	return file_write_all(log->fd, log->path, "\n", 1, err);
}

static bool
open_file(struct request_log *log, struct err *err)
{
	struct stat status;

	log->fd = open(log->path,
	    O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK |
	        O_NOCTTY,
	    0600);
	if (log->fd < 0)
		return fail_open(log->path, err);
	if (fstat(log->fd, &status) != 0 || fchmod(log->fd, 0600) != 0)
		return fail_open(log->path, err);
	if (!S_ISREG(status.st_mode))
		return err_set(err, ERR_FILE, 0, NULL,
		    "--log %.100s: no regular file", log->path);
	log->size = status.st_size;
	return end_line(log, err);
}

bool
request_log_open_file(struct request_log *log, const char *path,
    struct err *err)
{
	log->path = mem_copy_text(path, strlen(path));
	if (open_file(log, err))
		return true;
	close_file(log);
	return false;
}

bool
request_log_failed(struct request_log *log, struct err *err)
{
	if (log == NULL || log->failure.kind == ERR_NONE)
		return false;
	*err = log->failure;
	log->failure.kind = ERR_NONE;
	return true;
}

/* What is older goes to PATH.1. */
static void
rotate(struct request_log *log)
{
	struct buf old;

	buf_init(&old, strlen(log->path) + 3);
	buf_put_format(&old, "%s.1", log->path);
	close_file(log);
	if (rename(log->path, buf_text(&old)) != 0)
		(void)fail_open(buf_text(&old), &log->failure);
	else if (!open_file(log, &log->failure))
		close_file(log);
	buf_release(&old);
}

static void
put_field(struct buf *line, const char *name, int64_t number)
{
	if (number >= 0)
		buf_put_format(line, "\t%s=%lld", name, (long long)number);
}

static void
put_text(struct buf *line, const char *name, const char *text)
{
	if (text[0] == '\0')
		return;
	buf_put_format(line, "\t%s=", name);
	escape_tsv(text, strlen(text), line);
}

static void
put_outcome(struct buf *line, const struct request_log_entry *entry)
{
	if (entry->err.kind == ERR_NONE) {
		buf_put_text(line, "\tok");
		return;
	}
	put_text(line, "error", err_kind_name(entry->err.kind));
	buf_put_format(line, "\tcode=%d", entry->err.code);
	put_text(line, "text", entry->err.text);
}

static void
make_line(struct buf *line, const struct request_log_entry *entry)
{
	char moment[MOMENT_TEXT_MAX];

	buf_reset(line);
	moment_write_iso(entry->ended_at_ms / 1000, MOMENT_UTC, moment);
	buf_put_format(line, "%s\t%s", moment,
	    client_command_name(entry->command));
	put_text(line, "host", entry->host);
	put_text(line, "peer", entry->peer);
	put_text(line, "subject", entry->subject);
	if (entry->command == CLIENT_BAN_LIST) {
		put_field(line, "offset", entry->offset);
		put_field(line, "limit", entry->limit);
	}
	put_field(line, "attempt", entry->attempt);
	put_text(line, "ahead", entry->quiet ? "yes" : "");
	put_text(line, "backup", entry->backup ? "yes" : "");
	put_field(line, "http", entry->status);
	put_field(line, "lookup_ms", entry->timing.lookup_ms);
	put_field(line, "connect_ms", entry->timing.connect_ms);
	put_field(line, "tls_ms", entry->timing.tls_ms);
	put_field(line, "wait_ms", entry->timing.wait_ms);
	put_field(line, "total_ms", entry->timing.total_ms);
	put_field(line, "sent", entry->bytes_sent);
	put_field(line, "received", entry->bytes_received);
	put_text(line, "request_id", entry->request_id);
	put_outcome(line, entry);
	buf_put_text(line, "\n");
}

/* Half a line is taken back, unless somebody has written behind it. */
static void
take_back(struct request_log *log)
{
	struct stat status;

	if (fstat(log->fd, &status) == 0 && status.st_size > log->size &&
	    status.st_size < log->size + (int64_t)log->line.len &&
	    ftruncate(log->fd, (off_t)log->size) != 0)
		errno = 0; /* the next one to open it ends the line */
}

static void
write_line(struct request_log *log, const struct request_log_entry *entry)
{
	if (log->fd < 0)
		return;
	make_line(&log->line, entry);
	if (log->size + (int64_t)log->line.len > REQUEST_LOG_FILE_MAX)
		rotate(log);
	if (log->fd < 0)
		return;
	if (!file_write_all(log->fd, log->path, buf_text(&log->line),
	        log->line.len, &log->failure)) {
		take_back(log);
		close_file(log);
		return;
	}
	log->size += (int64_t)log->line.len;
}

/* -- the ring ------------------------------------------------------------ */

static void
copy_cut(char *out, size_t size, const char *text, size_t len)
{
	size_t fits = len < size - 1 ? len : size - 1;

	memcpy(out, text, fits);
	out[fits] = '\0';
}

static void
copy_text(char *out, size_t size, const char *text)
{
	copy_cut(out, size, text == NULL ? "" : text,
	    text == NULL ? 0 : strlen(text));
}

void
request_log_observe(const struct client_attempt *attempt, void *user)
{
	struct request_log *log = user;
	struct request_log_entry *entry =
	    &log->ring[log->total % REQUEST_LOG_RING];

	memset(entry, 0, sizeof(*entry));
	entry->number = ++log->total;
	entry->ended_at_ms = clock_wall_ms(log->clock);
	entry->command = attempt->command;
	copy_text(entry->subject, sizeof(entry->subject), attempt->subject);
	copy_text(entry->host, sizeof(entry->host), attempt->host);
	if (attempt->body != NULL)
		copy_cut(entry->body, sizeof(entry->body), attempt->body,
		    attempt->body_len);
	entry->offset = attempt->offset;
	entry->limit = attempt->limit;
	entry->attempt = attempt->attempt;
	entry->quiet = attempt->quiet;
	entry->backup = attempt->backup;
	entry->status = attempt->reply.status;
	entry->http_version = attempt->reply.http_version;
	entry->timing = attempt->reply.timing;
	entry->bytes_sent = attempt->reply.bytes_sent;
	entry->bytes_received = attempt->reply.bytes_received;
	memcpy(entry->peer, attempt->reply.peer, sizeof(entry->peer));
	copy_text(entry->request_id, sizeof(entry->request_id),
	    attempt->request_id);
	entry->err = attempt->err;
	write_line(log, entry);
}

size_t
request_log_count(const struct request_log *log)
{
	return log->total < REQUEST_LOG_RING ? (size_t)log->total
	                                     : REQUEST_LOG_RING;
}

const struct request_log_entry *
request_log_at(const struct request_log *log, size_t index)
{
	return &log->ring[(log->total - 1 - index) % REQUEST_LOG_RING];
}

uint64_t
request_log_version(const struct request_log *log)
{
	return log->total;
}

/* -- to repeat it by hand ------------------------------------------------ */

static const char *
service_path(enum client_command command)
{
	switch (command) {
	case CLIENT_BAN_LIST:
	case CLIENT_GROUP_LIST:
	case CLIENT_GROUP_INFO:
		return "group_open_http_svc";
	case CLIENT_PORTRAIT:
		return "profile";
	}
	return "";
}

/* For a shell: in single quotes, a ' as '\''. Control bytes leave. */
static void
put_quoted(struct buf *out, const char *text)
{
	for (size_t i = 0; text[i] != '\0'; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (byte == '\'')
			buf_put_text(out, "'\\''");
		else if (byte >= 0x20 && byte != 0x7f)
			buf_put(out, text + i, 1);
	}
}

static void
put_percent(struct buf *out, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                            "abcdefghijklmnopqrstuvwxyz"
	                            "0123456789-_.~";

	for (size_t i = 0; text[i] != '\0'; i++) {
		if (strchr(plain, text[i]) != NULL)
			buf_put(out, text + i, 1);
		else
			buf_put_format(out, "%%%02X", (unsigned char)text[i]);
	}
}

void
request_log_write_curl(const struct request_log_entry *entry, uint32_t app_id,
    const char *admin, struct buf *out)
{
	buf_put_text(out, "curl -H 'Content-Type: application/json' -d '");
	put_quoted(out, entry->body);
	buf_put_text(out, "' 'https://");
	put_quoted(out, entry->host);
	buf_put_format(out,
	    "/v4/%s/%s?sdkappid=%lu&identifier=", service_path(entry->command),
	    client_command_name(entry->command), (unsigned long)app_id);
	put_percent(out, admin);
	buf_put_text(out, "&random=1&contenttype=json&usersig='\"$USERSIG\"");
}
