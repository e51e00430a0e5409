/*
 * UserSig, version 2: the proof that one knows an application's secret key.
 * Made and decoded locally. Source: the service's UserSig page and libraries.
 * Secrets that pass through are wiped here.
 */
#ifndef BANTOP_API_USERSIG_H
#define BANTOP_API_USERSIG_H

#include <stddef.h>
#include <stdint.h>

#include "bantop/base/buf.h"
#include "bantop/base/err.h"

enum {
	USERSIG_ACCOUNT_MAX = 256, /* bytes of identifier we sign for */
	USERSIG_TEXT_MAX = 4096,
	USERSIG_KEY_MAX = 512,
	USERSIG_LIFE_S = 3600, /* of those that we make */
};

struct usersig_claims {
	uint32_t app_id;
	char account[USERSIG_ACCOUNT_MAX + 1];
	int64_t made_at;
	int64_t life_s;
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

/** Proves it: account, application, end, and the MAC with @p key. */
MUST_CHECK bool usersig_verify(const char *text, size_t len,
    const struct usersig_claims *expected, const char *key, size_t key_len,
    int64_t now_s, struct err *err);

/** 64 hexadecimal digits? @return false with ERR_CREDENTIAL that says what
 *  is wrong, never the key. */
MUST_CHECK bool usersig_check_key(
    const char *key, size_t len, struct err *err);

/** @return 32 random bits, for the parameter "random". */
uint32_t usersig_random(void);

#endif
