/*
 * One account's proof. With a secret key the UserSig is made when it is asked
 * for and none in use is good for a while; a supplied one is only watched for
 * its end. All secrets live in one struct, which is wiped whole.
 */
#include "bantop/api/credential.h"

#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

enum { RENEW_BEFORE_S = 300 };

struct credential {
	uint32_t app_id;
	char admin[USERSIG_ACCOUNT_MAX + 1];
	char key[USERSIG_KEY_MAX];
	size_t key_len;               /* 0: the UserSig was supplied */
	struct buf usersig;           /* empty: to be made */
	struct usersig_claims claims; /* of usersig */
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A file or a command ends its secret with a line feed. */
static void
trim(const char **text, size_t *len)
{
	while (*len > 0 && is_space((*text)[*len - 1]))
		--*len;
	while (*len > 0 && is_space(**text)) {
		++*text;
		--*len;
	}
}

static struct credential *
create(void)
{
	struct credential *credential = mem_alloc(sizeof *credential);

	buf_init(&credential->usersig, USERSIG_TEXT_MAX);
	return credential;
}

static bool
set_admin(struct credential *credential, const char *admin, struct err *err)
{
	size_t len = strlen(admin);

	if (!usersig_claims_check_account(admin, len, err))
		return false;
	memcpy(credential->admin, admin, len + 1);
	return true;
}

struct credential *
credential_create_key(uint32_t app_id, const char *admin, const char *key,
    size_t key_len, struct err *err)
{
	struct credential *credential = create();

	trim(&key, &key_len);
	if (app_id == 0) {
		(void)err_set(err, ERR_CREDENTIAL, USERSIG_SDKAPPID, NULL,
		    "no application to sign for");
		goto fail;
	}
	if (!set_admin(credential, admin, err) ||
	    !usersig_check_key(key, key_len, err))
		goto fail;
	credential->app_id = app_id;
	memcpy(credential->key, key, key_len);
	credential->key_len = key_len;
	return credential;
fail:
	credential_destroy(credential);
	return NULL;
}

struct credential *
credential_create_usersig(uint32_t app_id, const char *admin,
    const char *usersig, size_t len, int64_t now_s, struct err *err)
{
	struct credential *credential = create();
	struct usersig_claims *claims = &credential->claims;

	if (admin == NULL)
		admin = "";
	trim(&usersig, &len);
	if (!usersig_decode(usersig, len, claims, err) ||
	    !usersig_claims_check_owner(claims, admin, app_id, err) ||
	    !usersig_claims_check_end(claims, now_s, err))
		goto fail;
	if (!set_admin(credential, claims->account, err) ||
	    !buf_add(&credential->usersig, usersig, len, err))
		goto fail;
	credential->app_id = claims->app_id;
	return credential;
fail:
	credential_destroy(credential);
	return NULL;
}

void
credential_destroy(struct credential *credential)
{
	if (credential == NULL)
		return;
	buf_wipe(&credential->usersig);
	mem_wipe(credential, sizeof *credential);
	free(credential);
}

uint32_t
credential_app_id(const struct credential *credential)
{
	return credential->app_id;
}

const char *
credential_admin(const struct credential *credential)
{
	return credential->admin;
}

bool
credential_can_renew(const struct credential *credential)
{
	return credential->key_len > 0;
}

int64_t
credential_ends_at(const struct credential *credential)
{
	if (credential->usersig.len == 0)
		return 0;
	return credential->claims.made_at + credential->claims.life_s;
}

/* A clock that was set right may show that a UserSig of ours lies in the
 * future, which the service refuses like one that has ended. */
static bool
is_good_for_a_while(const struct credential *credential, int64_t now_s)
{
	return credential->usersig.len > 0 &&
	    now_s < credential_ends_at(credential) - RENEW_BEFORE_S &&
	    now_s > credential->claims.made_at - RENEW_BEFORE_S;
}

static bool
make(struct credential *credential, int64_t now_s, struct err *err)
{
	struct usersig_claims *claims = &credential->claims;

	*claims = (struct usersig_claims){
		.app_id = credential->app_id,
		.made_at = now_s,
		.life_s = USERSIG_LIFE_S,
	};
	memcpy(claims->account, credential->admin, sizeof claims->account);
	buf_wipe(&credential->usersig);
	return usersig_make(claims, credential->key, credential->key_len,
	    &credential->usersig, err);
}

const char *
credential_usersig(struct credential *credential, int64_t now_s,
    struct err *err)
{
	if (!credential_can_renew(credential)) {
		if (!usersig_claims_check_end(&credential->claims, now_s, err))
			return NULL;
	} else if (!is_good_for_a_while(credential, now_s)) {
		if (!make(credential, now_s, err))
			return NULL;
	}
	return buf_text(&credential->usersig);
}

bool
credential_renew(struct credential *credential)
{
	if (!credential_can_renew(credential))
		return false;
	buf_wipe(&credential->usersig);
	return true;
}
