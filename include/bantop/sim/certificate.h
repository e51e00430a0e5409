/*
 * A certificate authority of a moment's life and a server certificate signed by
 * it, or one with a fault that a client must not overlook. And the secret key.
 */
#ifndef BANTOP_SIM_CERTIFICATE_H
#define BANTOP_SIM_CERTIFICATE_H

#include "bantop/base/buf.h"
#include "bantop/base/err.h"

enum { SIM_PEM_MAX = 65536, SIM_SECRET_LEN = 64 };

struct sim_certificate {
	struct buf authority; /* PEM, what clients should trust */
	struct buf server;    /* PEM, what the server shows */
	struct buf key;       /* PEM, the server's */
};

/**
 * Makes keys (EC P-256) and certificates for 127.0.0.1, ::1 and localhost.
 *
 * @param kind NULL for a good one, or "expired", "notyet", "host" (another
 *             name), "unknown" (another authority), "selfsigned".
 * @return false with ERR_TLS. Owned in either case:
 *         sim_certificate_release().
 */
MUST_CHECK bool sim_certificate_make(struct sim_certificate *certificate,
    const char *kind, struct err *err);

/** Takes a zeroed or released one too. */
void sim_certificate_release(struct sim_certificate *certificate);

/** Makes up a secret key: 64 hexadecimal digits and a NUL. */
MUST_CHECK bool sim_secret_make(char key[SIM_SECRET_LEN + 1], struct err *err);

#endif
