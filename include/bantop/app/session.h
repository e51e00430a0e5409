/*
 * One application at one data centre: credential and client over a network.
 * A change of region is a new session; the network stays, and so does the
 * output of a command.
 */
#ifndef BANTOP_APP_SESSION_H
#define BANTOP_APP_SESSION_H

#include "bantop/api/client.h"
#include "bantop/app/output.h"
#include "bantop/app/settings.h"
#include "bantop/net/http.h"

/**
 * Reads the secret from where the settings say, once (a file, a descriptor, a
 * command, or a prompt without echo on a terminal), and checks it.
 * @return owned; NULL with ERR_CREDENTIAL.
 */
MUST_CHECK struct credential *session_open_credential(const struct settings
                                                          *settings,
    const struct clock *clock, struct err *err);

/** The one network of the program, by the settings. @return owned. */
MUST_CHECK struct http *session_open_http(const struct settings *settings,
    const struct clock *clock, struct err *err);

/** @param region where the application lives. @return owned; destroy it
 *          before credential and http. */
struct client *session_open_client(const struct settings *settings,
    const struct clock *clock, const struct transport *transport,
    struct credential *credential, const struct region *region,
    client_observe_fn observe, void *user);

/** Where the settings want what is printed.
 *  @param signals_fd as output_open_stdout() has it.
 *  @return owned; NULL with ERR_FILE. */
MUST_CHECK struct output *session_open_output(const struct settings *settings,
    int signals_fd, struct err *err);

#endif
