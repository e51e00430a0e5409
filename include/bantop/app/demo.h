/*
 * The bundled simulator as a child: started for --demo, told by the end of
 * its standard input when we end, however we end.
 */
#ifndef BANTOP_APP_DEMO_H
#define BANTOP_APP_DEMO_H

#include "bantop/app/settings.h"

struct demo;

bool demo_scenario_is_known(const char *name);

/**
 * Starts the simulator with the scenario that @p settings name, waits until
 * it serves, and points the settings at it: endpoint, CA, application,
 * administrator, key file. A command without a group gets the demo's.
 * @return owned; NULL with ERR_FILE.
 */
MUST_CHECK struct demo *demo_start(struct settings *settings, struct err *err);
/** Ends it and waits until it is gone. Takes NULL. */
void demo_stop(struct demo *demo);

#endif
