/*
 * Secrets on their way in: from the environment (and out of it), a private
 * file, a descriptor, the user's own command, or a prompt without echo.
 * Whoever gets one wipes it.
 */
#ifndef BANTOP_APP_SECRET_H
#define BANTOP_APP_SECRET_H

#include "bantop/app/settings.h"

/** Keeps the environment as it is now for the user's own commands. */
void secret_keep_environment(struct secret_source *source);

/** Moves BANTOP_SECRET_KEY and BANTOP_USERSIG into @p source and wipes them
 *  where they stood in the environment. */
void secret_take_environment(struct secret_source *source);

/** Has the user said where a secret is? Else it is asked for. */
bool secret_is_given(const struct secret_source *source);

/**
 * Reads the one secret that counts, without blanks around it.
 *
 * @param out        wipe it after use.
 * @param is_usersig set: what it is.
 * @return false with ERR_CREDENTIAL that says what to do.
 */
MUST_CHECK bool secret_read(const struct secret_source *source, struct buf *out,
    bool *is_usersig, struct err *err);

#endif
