/*
 * The last calls that were made, in a ring, and with --log one line for each
 * in a file. Fed by the client's observer; no secret ever comes here.
 */
#ifndef BANTOP_APP_REQUEST_LOG_H
#define BANTOP_APP_REQUEST_LOG_H

#include "bantop/api/client.h"

enum {
	REQUEST_LOG_RING = 500, /* calls kept */
	REQUEST_LOG_FILE_MAX = 5 * 1024 * 1024,
	REQUEST_LOG_BODY_MAX = 512,
	REQUEST_LOG_SUBJECT_MAX = 256,
};

struct request_log_entry {
	uint64_t number;     /* 1 is the first of the program */
	int64_t ended_at_ms; /* wall clock */
	enum client_command command;
	char subject[REQUEST_LOG_SUBJECT_MAX]; /* exact, cut */
	char host[256];
	char body[REQUEST_LOG_BODY_MAX]; /* as sent, cut */
	int64_t offset;
	int limit;
	int attempt;
	bool quiet;  /* asked ahead */
	bool backup; /* sent to the backup host */
	int status;  /* HTTP; 0 when none came */
	int http_version;
	struct transport_timing timing;
	int64_t bytes_sent;
	int64_t bytes_received;
	char peer[64];
	char request_id[64]; /* made harmless */
	struct err err;      /* ERR_NONE: success */
};

struct request_log;

struct request_log *request_log_create(const struct clock *clock);
/** Closes the file. Takes NULL. */
void request_log_destroy(struct request_log *log);

/** Writes from now on a line a call to @p path too: mode 0600, a link is
 *  refused, PATH.1 takes what is older than REQUEST_LOG_FILE_MAX.
 *  @return false with ERR_FILE. */
MUST_CHECK bool request_log_open_file(struct request_log *log, const char *path,
    struct err *err);

/** Has the file failed since the last look? No more is written to it then.
 *  @param err set if so. @param log NULL for none. */
bool request_log_failed(struct request_log *log, struct err *err);

/** A client_observe_fn: @p user is the struct request_log. */
void request_log_observe(const struct client_attempt *attempt, void *user);

/** Calls kept, up to REQUEST_LOG_RING. */
size_t request_log_count(const struct request_log *log);
/** @param index 0 is the newest. @return borrowed until the next call ends. */
const struct request_log_entry *request_log_at(const struct request_log *log,
    size_t index);
/** Grows by one with each call: a cheap "is it new?" */
uint64_t request_log_version(const struct request_log *log);

/** Appends a curl line that repeats the call, with $USERSIG in the place of
 *  the secret; quoted for a shell. */
void request_log_write_curl(const struct request_log_entry *entry,
    uint32_t app_id, const char *admin, struct buf *out);

#endif
