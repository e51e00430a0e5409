/*
 * What the parts of base/file share, and those of base/text.
 */
#ifndef BANTOP_BASE_BASE_PRIV_H
#define BANTOP_BASE_BASE_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "bantop/base/err.h"

/* Of a longer path an error shows the end, so that the reason has room. */
enum { FILE_NAME_SHOWN = 80 };

/** @return borrowed: the end of @p path. */
const char *file_short_name(const char *path);

/** "cannot DID PATH: REASON", ERR_FILE with the errno @p code. @return false */
bool file_fail(struct err *err, int code, const char *did, const char *path);

/** @return one for one, so that a hit is whole characters. */
uint32_t text_fold(uint32_t point);

#endif
