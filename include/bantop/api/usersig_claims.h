/*
 * What a UserSig says: who, for which application, from when and how long.
 * Its text to sign and its JSON object, written and read; plain values. The
 * signature itself is made and proven in usersig.
 */
#ifndef BANTOP_API_USERSIG_CLAIMS_H
#define BANTOP_API_USERSIG_CLAIMS_H

#include <stddef.h>
#include <stdint.h>

#include "bantop/base/buf.h"
#include "bantop/base/err.h"

enum {
	USERSIG_ACCOUNT_MAX = 256, /* bytes of identifier we sign for */
	USERSIG_USERBUF_MAX = 512,
	USERSIG_CONTENT_MAX = 2048, /* bytes of the text to sign */
	USERSIG_MAC_SIZE = 32,
};

struct usersig_claims {
	uint32_t app_id;
	char account[USERSIG_ACCOUNT_MAX + 1];
	int64_t made_at;
	int64_t life_s;
	/* Of a sibling product, as its base64 text; this one's have none. */
	char userbuf[USERSIG_USERBUF_MAX + 1];
};

/* Why a UserSig is refused: the code of the ERR_CREDENTIAL. */
enum usersig_fault {
	USERSIG_EMPTY = 1,
	USERSIG_ALPHABET, /* a character that none has */
	USERSIG_BASE64,   /* cut short, or padded wrongly */
	USERSIG_ZLIB,     /* does not unpack, or to too much */
	USERSIG_JSON,     /* no object with the members it needs */
	USERSIG_VERSION,
	USERSIG_IDENTIFIER, /* for another account, or for none */
	USERSIG_SDKAPPID,   /* for another application, or for none */
	USERSIG_USERBUF,
	USERSIG_MAC, /* not signed, or not with this key */
	USERSIG_EXPIRED,
};
/** @return static: "empty", "alphabet", ...; "other" for no fault of these. */
const char *usersig_fault_name(int code);

/** An account that can be signed for: 1 to USERSIG_ACCOUNT_MAX bytes of UTF-8
 *  without control characters. @return false with ERR_CREDENTIAL. */
MUST_CHECK bool usersig_claims_check_account(const char *account, size_t len,
    struct err *err);

/** Are they for this account and application?
 *  @param account "" for any. @param app_id 0 for any.
 *  @return false with ERR_CREDENTIAL that names both sides. */
MUST_CHECK bool usersig_claims_check_owner(const struct usersig_claims *claims,
    const char *account, uint32_t app_id, struct err *err);

/** Good through the last second of their life.
 *  @return false with ERR_CREDENTIAL that says when they ended. */
MUST_CHECK bool usersig_claims_check_end(const struct usersig_claims *claims,
    int64_t now_s, struct err *err);

/** Appends the text to sign; up to USERSIG_CONTENT_MAX bytes. */
void usersig_claims_put_content(const struct usersig_claims *claims,
    struct buf *out);

/** Appends the JSON object; @p out holds a secret then: wipe it. */
MUST_CHECK bool usersig_claims_write(const struct usersig_claims *claims,
    const unsigned char mac[USERSIG_MAC_SIZE], struct buf *out,
    struct err *err);

/** Reads the JSON object, proving nothing.
 *  @return false with ERR_CREDENTIAL, the first fault in the order above. */
MUST_CHECK bool usersig_claims_read(const char *text, size_t len,
    struct usersig_claims *claims, unsigned char mac[USERSIG_MAC_SIZE],
    struct err *err);

#endif
