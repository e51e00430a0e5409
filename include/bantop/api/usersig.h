/*
 * UserSig, version 2: the proof that one knows an application's secret key.
 * Made and decoded locally. Source: the service's UserSig page and libraries.
 * Secrets that pass through are wiped here.
 */
#ifndef BANTOP_API_USERSIG_H
#define BANTOP_API_USERSIG_H

#include <stddef.h>
#include <stdint.h>

#include "bantop/api/usersig_claims.h"
#include "bantop/base/buf.h"
#include "bantop/base/err.h"

enum {
	USERSIG_TEXT_MAX = 4096,
	USERSIG_KEY_MAX = 512,
	USERSIG_LIFE_S = 3600, /* of those that we make */
};

/**
 * Signs. @p key is the secret key as text (64 hexadecimal digits, used as
 * they stand). @p out gets the UserSig; wipe it after use.
 */
MUST_CHECK bool usersig_make(const struct usersig_claims *claims,
    const char *key, size_t key_len, struct buf *out, struct err *err);

/** Reads a UserSig without proving it. @return false with ERR_CREDENTIAL. */
MUST_CHECK bool usersig_decode(const char *text, size_t len,
    struct usersig_claims *claims, struct err *err);

/** Proves it: account ("" for any), application (0 for any), userbuf, the MAC
 *  with @p key, the end. @return false with ERR_CREDENTIAL, whose code is an
 *  enum usersig_fault. */
MUST_CHECK bool usersig_verify(const char *text, size_t len,
    const struct usersig_claims *expected, const char *key, size_t key_len,
    int64_t now_s, struct err *err);

/** 64 hexadecimal digits? @return false with ERR_CREDENTIAL that says what
 *  is wrong, never the key. */
MUST_CHECK bool usersig_check_key(const char *key, size_t len, struct err *err);

/** Appends a line for each library, for --version. */
void usersig_write_versions(struct buf *out);

/** @return 32 random bits, for the parameter "random". */
uint32_t usersig_random(void);

#endif
