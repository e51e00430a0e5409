/*
 * Is a UserSig (version 2) genuine? Written from the description of the format
 * alone, so that it judges the maker of bantop from outside.
 */
#ifndef BANTOP_SIM_USERSIG_CHECK_H
#define BANTOP_SIM_USERSIG_CHECK_H

#include <stddef.h>
#include <stdint.h>

/* Whom the signature should be for, and the key it should be made with. */
struct sim_identity {
	const char *account;
	int64_t app_id;
	const char *key; /* the secret as text */
};

enum sim_sig {
	SIM_SIG_GOOD,
	SIM_SIG_EMPTY,   /* 70002 */
	SIM_SIG_BROKEN,  /* 70003: alphabet, base64, zlib, JSON, version */
	SIM_SIG_ACCOUNT, /* 70013 */
	SIM_SIG_APP,     /* 70014 */
	SIM_SIG_EXPIRED, /* 70001 */
	SIM_SIG_FUTURE,  /* 70001: signed more than 10 minutes ahead */
	SIM_SIG_KEY,     /* 70009 */
};

enum { SIM_SIG_AHEAD_S = 600 };

/** @param now_s the service's clock. */
enum sim_sig sim_usersig_check(const char *sig, size_t len,
    const struct sim_identity *identity, int64_t now_s);

/** @return the service's ErrorCode for @p sig; 0 for SIM_SIG_GOOD. */
int sim_sig_code(enum sim_sig sig);

#endif
