/*
 * The terminal program: five screens on one loop. Owns the terminal while it
 * runs and gives it back on every way out.
 */
#ifndef BANTOP_APP_UI_H
#define BANTOP_APP_UI_H

#include "bantop/app/settings.h"
#include "bantop/base/clock.h"

/** @return the exit status, or minus the number of the signal that the process
 *          is to die of; the terminal is restored. */
int ui_run(const struct settings *settings, const struct clock *clock);

#endif
