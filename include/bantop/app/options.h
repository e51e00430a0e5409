/*
 * The command line and the environment, by the one table of options.
 */
#ifndef BANTOP_APP_OPTIONS_H
#define BANTOP_APP_OPTIONS_H

#include "bantop/app/settings.h"

/**
 * Merges defaults, files, environment and the command line into @p settings
 * and checks the whole. If @p settings are restricted from the start, by the
 * rules of restricted mode too.
 *
 * @param tell gets warnings, and every problem of a configuration file.
 * @return false with ERR_USAGE or ERR_CONFIG: err is the (last) problem, not
 *         told yet.
 */
MUST_CHECK bool options_load(struct settings *settings, int argc, char **argv,
    settings_tell_fn tell, void *user, struct err *err);

/** Appends the help page. */
void options_write_help(struct buf *out);

#endif
