/*
 * The printing commands. Each returns the exit status, or minus the number of
 * the signal that the process is to die of; settings are checked before.
 */
#ifndef BANTOP_APP_COMMANDS_H
#define BANTOP_APP_COMMANDS_H

#include "bantop/app/settings.h"
#include "bantop/base/clock.h"

int list_command_run(const struct settings *settings,
    const struct clock *clock);
int check_command_run(const struct settings *settings,
    const struct clock *clock);
int groups_command_run(const struct settings *settings,
    const struct clock *clock);
int doctor_command_run(const struct settings *settings,
    const struct clock *clock);
int explain_command_run(const struct settings *settings);

#endif
