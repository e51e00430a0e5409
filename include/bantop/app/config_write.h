/* --print-config: what holds, and where it comes from. */
#ifndef BANTOP_APP_CONFIG_WRITE_H
#define BANTOP_APP_CONFIG_WRITE_H

#include "bantop/app/settings.h"

/** Appends all that holds as a file, with comments that say where each value
 *  comes from. Secrets are not in it, only where they come from. */
void config_write(const struct settings *settings, struct buf *out);

#endif
