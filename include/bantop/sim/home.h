/*
 * The private directory of one run: the certificate and the made-up secret,
 * readable by their owner alone, gone when the run ends.
 */
#ifndef BANTOP_SIM_HOME_H
#define BANTOP_SIM_HOME_H

#include <stddef.h>

#include "bantop/base/err.h"

enum { SIM_PATH_MAX = 1024 };

struct sim_home {
	char dir[SIM_PATH_MAX];    /* "" when there is none */
	char cacert[SIM_PATH_MAX]; /* "" until it is written */
	char secret[SIM_PATH_MAX];
};

/** Makes the directory under TMPDIR or /tmp. @return false with ERR_FILE. */
MUST_CHECK bool sim_home_make(struct sim_home *home, struct err *err);

/** Write the two files, mode 0600. @return false with ERR_FILE. */
MUST_CHECK bool sim_home_write_cacert(struct sim_home *home, const char *pem,
    size_t len, struct err *err);
MUST_CHECK bool sim_home_write_secret(struct sim_home *home, const char *key,
    size_t len, struct err *err);

/** Removes files and directory; takes a zeroed or released one too. */
void sim_home_release(struct sim_home *home);

#endif
