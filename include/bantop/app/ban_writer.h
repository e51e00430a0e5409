/*
 * Bans in the output formats: the five fields, and around them in json what
 * is known about the list. For list, check and the UI's write-to-file.
 */
#ifndef BANTOP_APP_BAN_WRITER_H
#define BANTOP_APP_BAN_WRITER_H

#include "bantop/app/record.h"
#include "bantop/model/ban.h"
#include "bantop/model/moment.h"

/* What json says about the list; texts borrowed for the call. */
struct ban_summary {
	const char *region;
	const char *group;
	int64_t offset; /* where it began; said when above 0 */
	bool complete;
	int64_t as_of_s; /* service's clock; 0: no page came */
	bool clock_known;
	int64_t clock_offset_s; /* the service's clock minus ours */
	int64_t next_offset;    /* 0 when complete */
	struct err err;         /* ERR_NONE: none */
};

struct ban_writer;

/** @param output borrowed, outlives the writer. */
struct ban_writer *ban_writer_create(enum output_format format,
    enum text_mode mode, enum moment_zone zone, struct output *output);
void ban_writer_destroy(struct ban_writer *writer);

/** @param summary needed for OUTPUT_JSON, else it may be NULL. */
MUST_CHECK bool ban_writer_begin(struct ban_writer *writer,
    const struct ban_summary *summary, struct err *err);
/** @param now_s the service's clock. */
MUST_CHECK bool ban_writer_row(struct ban_writer *writer, const struct ban *ban,
    int64_t now_s, struct err *err);
/** A row of an account that is not in the list: its state, and nothing. */
MUST_CHECK bool ban_writer_row_without(struct ban_writer *writer,
    const char *account, size_t len, const char *state, struct err *err);
MUST_CHECK bool ban_writer_end(struct ban_writer *writer, struct err *err);

/** Appends {"kind","code","text"}, or null for ERR_NONE. */
MUST_CHECK bool ban_writer_put_err(struct buf *out, const struct err *what,
    struct err *err);

#endif
