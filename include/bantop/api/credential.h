/*
 * Who asks, and the UserSig that proves it: made here from a secret key and
 * renewed before its end, or supplied ready-made. Owns its secrets, wipes them.
 */
#ifndef BANTOP_API_CREDENTIAL_H
#define BANTOP_API_CREDENTIAL_H

#include "bantop/api/usersig.h"

struct credential;

/** @param key the secret key's text, copied. @return NULL with ERR_CREDENTIAL
 *  for a bad key or account. Owned (destroy). */
MUST_CHECK struct credential *credential_create_key(uint32_t app_id,
    const char *admin, const char *key, size_t key_len, struct err *err);

/** From a ready-made UserSig, copied; decoded and checked: account,
 *  application, end at @p now_s. @param admin NULL or "": taken from it.
 *  @param app_id 0: taken from it. */
MUST_CHECK struct credential *credential_create_usersig(uint32_t app_id,
    const char *admin, const char *usersig, size_t len, int64_t now_s,
    struct err *err);

/** Wipes. Takes NULL. */
void credential_destroy(struct credential *credential);

uint32_t credential_app_id(const struct credential *credential);
/** @return borrowed. */
const char *credential_admin(const struct credential *credential);
bool credential_can_renew(const struct credential *credential);
/** End of the UserSig in use, Unix seconds; 0 before the first was made. */
int64_t credential_ends_at(const struct credential *credential);

/**
 * @param now_s the service's clock where it is known.
 * @return borrowed until the next call: the UserSig to send; a new one is made
 *         when there is none or its end is near (300 s). NULL with
 *         ERR_CREDENTIAL if a supplied one has ended.
 */
MUST_CHECK const char *credential_usersig(struct credential *credential,
    int64_t now_s, struct err *err);

/** After a 70001-like answer: the next call of credential_usersig() makes a
 *  new one. @return false if none can be made (supplied). */
bool credential_renew(struct credential *credential);

#endif
