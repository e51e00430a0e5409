/*
 * The audit trail of restricted mode: a line to syslog for each session and
 * each group that is opened. Who, from where, what; never a secret.
 */
#ifndef BANTOP_APP_AUDIT_H
#define BANTOP_APP_AUDIT_H

#include "bantop/app/settings.h"

enum { AUDIT_LINE_MAX = 1024 };

/** The session begins: command, profile, region, application, user, peer.
 *  @param peer address, "" for none. Does nothing if not restricted. */
void audit_session(const struct settings *settings, const char *peer);
/** A group's list is opened. Does nothing if not restricted. */
void audit_group(const struct settings *settings, const char *region,
    const char *group);
/** The session ends. @param status its exit status; minus the number of the
 *  signal that ended it. Does nothing if not restricted. */
void audit_end(const struct settings *settings, int status);

/* What the lines say; in the open for the tests. Each is one harmless line. */
void audit_write_session(const struct settings *settings, const char *peer,
    char out[AUDIT_LINE_MAX]);
void audit_write_group(const char *region, const char *group,
    char out[AUDIT_LINE_MAX]);

#endif
