/*
 * Restricted mode for an SSH forced command: whether it holds, and an
 * environment that whoever logs in has no say in. What is refused then stands
 * in restricted_rules.h.
 */
#ifndef BANTOP_APP_RESTRICTED_H
#define BANTOP_APP_RESTRICTED_H

#include <stdbool.h>

enum { RESTRICTED_PEER_MAX = 64 };

/**
 * First thing in main(): libraries have started by then, with an environment
 * that somebody else made. If restricted mode holds, the program starts itself
 * again with what it keeps, and does not return; if it holds and there is
 * nothing to drop, or the system does not say which file the program is, it
 * returns, as it does if it does not hold.
 */
void restricted_restart(int argc, char **argv);

/**
 * Next, before any library is used. If the arguments have
 * --restricted, or the system's configuration file restricted = true, the
 * environment is made anew from TERM, LANG, LC_* and TZ, as far as these are
 * names and no paths; the rest is wiped where it stood. A system file that
 * cannot be read does not matter here: reading it again fails the start.
 *
 * @param peer gets the address that sshd says the user came from, "" when it
 *             says none: for the audit alone.
 */
bool restricted_begin(int argc, char **argv, char peer[RESTRICTED_PEER_MAX]);

#endif
