/*
 * Authorities, servers that they signed and bundles of them, and two judges of
 * a server: trust.c, and OpenSSL when it reads the same bytes by itself, all
 * of them at once, as libcurl has it do. Neither may trust more than the other.
 */
#ifndef BANTOP_TESTS_SUPPORT_TRUST_RIG_H
#define BANTOP_TESTS_SUPPORT_TRUST_RIG_H

#include <stdbool.h>

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "bantop/base/buf.h"
#include "net/net_priv.h"

/* Instead of an X509_V_ERR number: nobody is trusted, and no server asked. */
enum { TRUST_NOT_USABLE = -1 };

struct trust_pair {
	EVP_PKEY *key;
	X509 *certificate;
};

/* Two authorities of one name, another one, and whom they have signed. */
struct trust_pki {
	struct trust_pair one;
	struct trust_pair twin;
	struct trust_pair other;
	struct trust_pair between; /* an authority, by one */
	struct trust_pair by_one;
	struct trust_pair by_twin;
	struct trust_pair by_between;
};

/** Set-up and tear-down of cmocka: *state is a struct trust_pki. */
int trust_rig_set_up(void **state);
int trust_rig_tear_down(void **state);

/** Valid now. @param issuer NULL: signed by itself. */
void trust_make(struct trust_pair *out, const char *subject,
    const struct trust_pair *issuer, bool is_authority);
void trust_pair_release(struct trust_pair *pair);
/** Appends a common name. @param kind OpenSSL's number of a kind of text. */
void trust_name(X509_NAME *name, const char *text, int kind);

/** An empty bundle. */
void trust_begin(struct buf *pem);
void trust_add(struct buf *pem, const struct trust_pair *pair);
/** @param kind as PEM has it: "CERTIFICATE". */
void trust_add_block(struct buf *pem, const char *kind,
    const unsigned char *der, long len);

/** What libcurl makes for a connection. */
SSL_CTX *trust_make_context(void);
/** @return an X509_V_ERR number. */
int trust_verify(SSL_CTX *context, const struct trust_pair *server);
/** What a libcurl says that has the OpenSSL of this program. */
char *trust_own_library(char text[64]);

/** @return an X509_V_ERR number, or TRUST_NOT_USABLE. */
int trust_judge(const struct buf *pem, const struct trust_pair *server);
int trust_judge_by_openssl(const struct buf *pem,
    const struct trust_pair *server);
/** Fails the test unless both say @p error. Releases @p pem. */
void trust_check(struct buf *pem, const struct trust_pair *server, int error);

#endif
