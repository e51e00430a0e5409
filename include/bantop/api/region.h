/*
 * The data centres: an application lives in exactly one of them, and only its
 * host answers for it. Source: the service's overview page; see the notes.
 */
#ifndef BANTOP_API_REGION_H
#define BANTOP_API_REGION_H

#include <stddef.h>

#include "bantop/base/err.h"

enum {
	REGION_KEY_MAX = 32,
	REGION_NAME_MAX = 64,
	REGION_HOST_MAX = 256,
	REGION_COUNT_MAX = 64,
};

enum region_state {
	REGION_CURRENT,
	REGION_LEGACY,     /* was documented until mid 2024 */
	REGION_UNVERIFIED, /* seen in public code only */
	REGION_CONFIGURED, /* added or overridden by configuration */
	REGION_ENDPOINT,   /* stands for --endpoint */
};

struct region {
	char key[REGION_KEY_MAX];
	char name[REGION_NAME_MAX];
	char host[REGION_HOST_MAX];   /* may carry :port */
	char backup[REGION_HOST_MAX]; /* "" for none */
	enum region_state state;
};

/* All regions that can be chosen; a plain value. */
struct region_set {
	size_t count;
	struct region regions[REGION_COUNT_MAX];
};

/** The nine built-in ones, in the order of DESIGN section 4. */
void region_set_init(struct region_set *set);

/** Adds @p region, or puts it in the place of the one with its key.
 *  @return false with ERR_CONFIG for a bad key or host, or when full. */
MUST_CHECK bool region_set_put(struct region_set *set,
    const struct region *region, struct err *err);

/** By key or alias (country code, city), case-blind.
 *  @return borrowed; NULL with ERR_USAGE that lists the keys. */
MUST_CHECK const struct region *region_find(const struct region_set *set,
    const char *name, struct err *err);

/** "https://HOST[:PORT]" with nothing behind it.
 *  @return false with ERR_USAGE: http:, a path, a user, a bad port. */
MUST_CHECK bool region_from_endpoint(const char *url, struct region *out,
    struct err *err);

/** HOST or HOST:PORT, or [v6]:PORT. */
bool region_host_is_valid(const char *host);

const char *region_state_name(enum region_state state);

#endif
