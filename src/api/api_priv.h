/*
 * What the parts of the client share: how a request is addressed, what an
 * answer amounts to, and a call while it lives.
 */
#ifndef BANTOP_API_API_PRIV_H
#define BANTOP_API_API_PRIV_H

#include "bantop/api/client.h"

enum {
	CLIENT_URL_MAX = 16 * 1024,
	CLIENT_REQUEST_ID_MAX = 128,
	/* From start to start, and from an answer to the next start. */
	CLIENT_GROUP_LIST_SPACING_MS = 1100,
	CLIENT_GROUP_LIST_AFTER_MS = 1010,
	CLIENT_BACKUP_KEPT_MS = 5 * 60 * 1000,
};

/* What the address of one attempt is made of; texts borrowed. */
struct client_address {
	const char *host;
	enum client_command command;
	uint32_t app_id;
	const char *admin;
	const char *usersig;
	uint32_t random;
};

/** Appends the URL; it holds the UserSig: wipe it after use. */
void client_url_write(const struct client_address *address, struct buf *out);

/* What an attempt brought. */
struct client_answer {
	struct err err;                 /* ERR_NONE: document is there */
	struct json_document *document; /* owned, or NULL */
	char request_id[CLIENT_REQUEST_ID_MAX];
};

/** Reads a reply of @p command. @p usersig, should the reply quote it, is
 *  taken out of all texts. */
void client_answer_read(enum client_command command,
    const struct transport_reply *reply, const char *usersig,
    struct client_answer *answer);
void client_answer_release(struct client_answer *answer);

/* One call. Its texts and its UserSig are its own; it stands in the client's
 * list until it is answered, given up or cancelled. */
struct client_call {
	struct client_call *next;
	struct client *client;
	uint64_t id;
	struct client_request request; /* its texts stand in texts */
	char *texts;                   /* owned */
	client_done_fn done;
	void *user;

	enum client_phase phase;
	uint64_t transport_id; /* while in flight */
	int attempt;           /* running, or next to run; from 1 */
	int failures;          /* as struct retry_facts has it */
	int waits;
	bool renewed;       /* had its new UserSig */
	bool backup;        /* asks the backup host */
	bool diverted;      /* has tried the other host at once */
	uint64_t signature; /* the client's, when the attempt started */
	struct buf usersig; /* as sent: to be kept out of texts; wiped */
	int64_t next_try_ms;
	int64_t started_ms;
	struct err err; /* of the attempt before */
};

struct client {
	struct client_config config;
	struct client_call *calls;
	uint64_t last_id;
	struct limiter limiter;
	struct service_clock service_clock;
	uint64_t signature; /* grows with each new UserSig asked for */
	uint64_t random;
	int64_t group_list_next_ms; /* may start then */
	int64_t backup_until_ms;    /* the primary host was out of reach */
	int64_t attempts;           /* sent */
};

/** Sends the next attempt of a queued call; without a UserSig the call ends. */
void client_attempt_start(struct client *client, struct client_call *call,
    int64_t mono_ms);
/** Takes @p call, which stands in the list, out of it. */
void client_unlink(struct client *client, const struct client_call *call);
/** Wipes and frees a call that stands in no list. */
void client_call_free(struct client_call *call);
/** The clock that all waits go by. */
int64_t client_mono_ms(const struct client *client);

/* A page of a ban list to ask for. */
struct ban_question {
	const char *group;
	int limit;
	int64_t offset;
	bool quiet; /* asked ahead */
};

/** @return the call's identifier; 0 if the body cannot be written. */
uint64_t client_call_ban_list(struct client *client,
    const struct ban_question *question, client_done_fn done, void *user,
    struct err *err);

#endif
