/*
 * The last step: what the layers gave is put together and checked as a whole,
 * and against what the command needs.
 */
#ifndef BANTOP_APP_SETTINGS_CHECK_H
#define BANTOP_APP_SETTINGS_CHECK_H

#include "bantop/app/settings.h"

/**
 * Puts together what the layers gave: region, endpoint, group; and checks
 * what one value alone cannot show.
 * @return false with ERR_USAGE or ERR_CONFIG.
 */
MUST_CHECK bool settings_finish(struct settings *settings, struct err *err);

/** Of a value from a file: is there a region, a zone of that name? Any other
 *  @p key is good. @return false with ERR_USAGE: what would be right. */
MUST_CHECK bool settings_check_name(const struct settings *settings,
    const char *key, const char *value, struct err *err);

/** Is it known who asks? @return false with ERR_USAGE. */
MUST_CHECK bool settings_check_application(const struct settings *settings,
    struct err *err);
/** Checks what the command needs before any request: region, group,
 *  application, operands. @return false with ERR_USAGE. */
MUST_CHECK bool settings_check_command(const struct settings *settings,
    struct err *err);

#endif
