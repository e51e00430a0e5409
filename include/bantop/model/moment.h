/*
 * A moment as text in the zone that the user chose. The C library knows one
 * local zone at a time (TZ), so changing it is a call of its own.
 */
#ifndef BANTOP_MODEL_MOMENT_H
#define BANTOP_MODEL_MOMENT_H

#include <stddef.h>
#include <stdint.h>

#include "bantop/base/err.h"

enum { MOMENT_TEXT_MAX = 40 };

enum moment_zone { MOMENT_LOCAL, MOMENT_UTC };

/**
 * Makes @p name (such as "Asia/Tokyo") the local zone of this process.
 * @return false with ERR_USAGE if the system has no such zone.
 */
MUST_CHECK bool moment_use_zone(const char *name, struct err *err);
/** Back to the zone the program was started in. */
void moment_use_start_zone(void);

/** "2026-11-22 14:07:34". @return length; 0 if it is no moment from 1970 to
 *  year 9999 (out is then empty). */
size_t moment_write(int64_t at_s, enum moment_zone zone,
    char out[MOMENT_TEXT_MAX]);
/** "2026-11-22T14:07:34+08:00"; in UTC "+00:00". */
size_t moment_write_iso(int64_t at_s, enum moment_zone zone,
    char out[MOMENT_TEXT_MAX]);
/** "14:03:11" */
size_t moment_write_time(int64_t at_s, enum moment_zone zone,
    char out[MOMENT_TEXT_MAX]);
/** The zone's offset then, as in the header: "+08", "+0530", "UTC". */
size_t moment_write_offset(int64_t at_s, enum moment_zone zone,
    char out[MOMENT_TEXT_MAX]);

#endif
