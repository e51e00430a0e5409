/*
 * The walk over a group's ban list, page by page, into a list: when to ask,
 * what counts as the end, what cannot be a list, and asking ahead for a
 * load-all. Owns neither client nor list.
 */
#ifndef BANTOP_API_BAN_FETCH_H
#define BANTOP_API_BAN_FETCH_H

#include "bantop/api/client.h"
#include "bantop/model/ban_list.h"

enum ban_fetch_state {
	BAN_FETCH_MORE,     /* rests; the service has named a next page */
	BAN_FETCH_LOADING,  /* a page is asked for (or waits for its turn) */
	BAN_FETCH_FAILED,   /* gave up this page; retry goes on from it */
	BAN_FETCH_STOPPED,  /* the user stopped it; retry or next goes on */
	BAN_FETCH_COMPLETE, /* NextOffset 0 was received */
	BAN_FETCH_BROKEN,   /* a reply that cannot be a list; retry asks again
			       from the same offset */
	BAN_FETCH_FULL,     /* max rows or memory cap reached */
};

struct ban_fetch_status {
	enum ban_fetch_state state;
	struct err err;      /* why FAILED, BROKEN, FULL; else of the attempt
			    before, or ERR_NONE */
	bool waiting;        /* LOADING, but waits until next_try_ms */
	int64_t next_try_ms; /* monotonic */
	int attempt;         /* of the page asked for, from 1 */
	int attempts_max;
	bool all; /* a load-all is under way */
	size_t in_flight;
	size_t pages;       /* merged */
	int64_t offset;     /* of the page asked for, or to be asked next: what
			    --offset would go on from */
	int64_t started_ms; /* monotonic: of the walk */
	size_t wasted;      /* calls asked ahead and thrown away */
	const char *other_group; /* "", or harmless: the GroupId of a reply that
				    was not the one asked for; borrowed */
};

struct ban_fetch;

/** A page was merged (or cut by a cap). Called from the main turn. Neither
 *  may destroy the fetch from inside. @p page borrowed for the call. */
typedef void (*ban_fetch_page_fn)(const struct ban_page *page,
    const struct ban_merge *merge, void *user);
/** The status changed otherwise. */
typedef void (*ban_fetch_change_fn)(void *user);

struct ban_fetch_config {
	struct client *client;     /* borrowed, outlives the fetch */
	struct ban_list *list;     /* borrowed, outlives the fetch */
	const struct clock *clock; /* borrowed */
	const char *group;         /* copied */
	int64_t offset;            /* where to begin, usually 0 */
	int page_size;             /* 1 to 100 */
	size_t parallel;           /* calls in flight for a load-all, 1 to 64 */
	ban_fetch_page_fn on_page; /* or NULL */
	ban_fetch_change_fn on_change; /* or NULL */
	void *user;
};

/** Rests at its offset; asks nothing yet. */
struct ban_fetch *ban_fetch_create(const struct ban_fetch_config *config);
/** Cancels what runs: no callback comes any more. Takes NULL. */
void ban_fetch_destroy(struct ban_fetch *fetch);

/** Asks for one page. Does nothing while loading, failed, broken, complete. */
void ban_fetch_next(struct ban_fetch *fetch);
/** Loads to the end; retries a failed page first. */
void ban_fetch_all(struct ban_fetch *fetch);
/** Loads until at least @p rows rows are in (a refresh), one by one. */
void ban_fetch_rows(struct ban_fetch *fetch, size_t rows);
/**
 * Tries a failed, broken or stopped page again, or ends its wait now. After a
 * failure the walk goes on as far as it was asked to; after a stop by a page.
 */
void ban_fetch_retry(struct ban_fetch *fetch);
/** Stops what runs; what is loaded stays. */
void ban_fetch_stop(struct ban_fetch *fetch);

void ban_fetch_status(const struct ban_fetch *fetch,
    struct ban_fetch_status *out);

#endif
