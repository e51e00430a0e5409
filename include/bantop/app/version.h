/* What --version prints: bantop and the libraries it runs with. */
#ifndef BANTOP_APP_VERSION_H
#define BANTOP_APP_VERSION_H

#include "bantop/base/buf.h"

/** Appends a line each. */
void version_write(struct buf *out);

#endif
