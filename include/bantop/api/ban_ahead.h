/*
 * Pages of a ban list that were asked for before anything named their offset,
 * kept until the walk comes to them or turns elsewhere. Knows nothing of the
 * list itself: it hands a page over only to whoever names its offset. Owns its
 * calls and the pages that wait.
 */
#ifndef BANTOP_API_BAN_AHEAD_H
#define BANTOP_API_BAN_AHEAD_H

#include "bantop/api/client.h"
#include "bantop/model/ban_page.h"

struct ban_ahead;

/** The call for @p offset has ended, well or not. From the main turn. */
typedef void (*ban_ahead_done_fn)(int64_t offset, void *user);

struct ban_ahead_config {
	struct client *client; /* borrowed, outlives it */
	const char *group;     /* borrowed, outlives it */
	int page_size;         /* 1 to 100 */
	size_t parallel;       /* 1 to 64; 1: never asks */
	ban_ahead_done_fn done;
	void *user;
};

struct ban_ahead *ban_ahead_create(const struct ban_ahead_config *config);
/** Cancels what runs. Takes NULL. */
void ban_ahead_destroy(struct ban_ahead *ahead);

/** The walk has received @p page (by a call of its own, or from here): learns
 *  from it, and throws away what it proves wrong. */
void ban_ahead_learn(struct ban_ahead *ahead, const struct ban_page *page);
/** A call of the walk's own took so long. */
void ban_ahead_time(struct ban_ahead *ahead, int64_t took_ms);
/** Asks for what should follow @p offset, as far as the window reaches. */
void ban_ahead_ask(struct ban_ahead *ahead, int64_t offset);

enum ban_ahead_found {
	BAN_AHEAD_NONE,  /* not asked, or in vain: ask for it */
	BAN_AHEAD_ASKED, /* done will be called for it */
	BAN_AHEAD_READY, /* here it is */
};
/** Takes the page at @p offset. READY: it is swapped with *page. */
enum ban_ahead_found ban_ahead_take(struct ban_ahead *ahead, int64_t offset,
    struct ban_page *page);

/** Cancels and forgets all. */
void ban_ahead_drop(struct ban_ahead *ahead);

/** @return the call for @p offset; 0 for none. */
uint64_t ban_ahead_call(const struct ban_ahead *ahead, int64_t offset);
/** Calls sent and not answered. */
size_t ban_ahead_in_flight(const struct ban_ahead *ahead);
/** Calls that were sent and came to nothing, since the start. */
size_t ban_ahead_wasted(const struct ban_ahead *ahead);

#endif
