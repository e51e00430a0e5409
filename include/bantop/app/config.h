/*
 * The configuration: which files there are, in which order, and what their
 * entries mean. Reading a file as such is config_file's.
 */
#ifndef BANTOP_APP_CONFIG_H
#define BANTOP_APP_CONFIG_H

#include "bantop/app/settings.h"

struct config_request {
	const char *path;      /* in the place of the user's file; or NULL */
	const char *profile;   /* or NULL: what the files say, or none */
	settings_tell_fn tell; /* each warning and problem */
	void *user;
	bool themes; /* look for those that are named, and into their files */
};

/**
 * Reads the system's and the user's file into @p settings: top level first,
 * then the profile, whichever file it stands in. All problems are told.
 * @return false with ERR_CONFIG that sums up.
 */
MUST_CHECK bool config_load(struct settings *settings,
    const struct config_request *request, struct err *err);

/** Appends the path of the user's file, "" when there is no home. */
void config_write_user_path(struct buf *out);
/** @return static: the system's. */
const char *config_system_path(void);

#endif
