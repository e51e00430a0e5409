/*
 * The log of requests. Rows are asked for one by one, newest first if the
 * caller has them so.
 */
#ifndef BANTOP_VIEW_LOG_VIEW_H
#define BANTOP_VIEW_LOG_VIEW_H

#include "bantop/view/view.h"

/* One attempt of one call; milliseconds below 0 are unknown. */
struct log_row {
	int64_t at; /* wall clock */
	const char *command;
	const char *subject; /* exact; group or account */
	size_t subject_len;
	int64_t offset; /* below 0: none */
	int attempt;
	bool quiet; /* asked ahead */
	bool done;  /* false: under way */
	int32_t lookup_ms, connect_ms, tls_ms, wait_ms, total_ms;
	int64_t bytes;         /* received */
	int status;            /* HTTP; 0: none */
	const struct err *err; /* NULL or ERR_NONE: it went well */
	const char *host;
	const char *request_id; /* "" for none */
	const char *curl; /* a line to repeat it, $USERSIG for the secret; "" */
};
typedef void (*log_view_at_fn)(size_t index, struct log_row *out, void *user);

struct log_view {
	size_t count;
	log_view_at_fn at; /* texts borrowed until it is called again */
	void *user;
	size_t top;
	size_t cursor;
	bool bare; /* the card is drawn by the caller, below */
};

/** Rows that fit: without heading and, unless @p bare, the part about the
 *  selected one. */
int log_view_window(struct frame_area area, bool bare);
void log_view_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct log_view *view);

/** All that there is to say of one request, where the log shows what fits.
 *  @param top first line shown. */
void log_card_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct log_row *log, int top);
/** Lines it takes when @p cols wide, with its border. */
int log_card_lines(const struct log_row *log, const struct view_look *look,
    int cols);

#endif
