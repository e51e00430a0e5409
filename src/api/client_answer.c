/*
 * What an attempt amounts to: a document of the service, or one error that
 * says what came instead. A body that is not the service's is never parsed
 * further than to name it; the first characters of it are shown, harmless.
 */
#include "api_priv.h"

#include <string.h>

#include "bantop/api/envelope.h"
#include "bantop/base/text.h"

enum {
	EXCERPT_MAX = 96,    /* bytes of a foreign body that are looked at */
	SECRET_RUN_MIN = 12, /* characters of a UserSig that give it away */
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* White space becomes one blank: an excerpt is one line. */
static void
write_excerpt(const char *body, size_t len,
    char out[EXCERPT_MAX * TEXT_SAFE_GROWTH])
{
	char squeezed[EXCERPT_MAX];
	size_t used = 0, at;

	for (at = 0; at < len && used < sizeof squeezed; at++) {
		if (!is_space(body[at]))
			squeezed[used++] = body[at];
		else if (used > 0 && squeezed[used - 1] != ' ')
			squeezed[used++] = ' ';
	}
	while (used > 0 && squeezed[used - 1] == ' ')
		used--;
	(void)text_make_safe(squeezed, used, TEXT_UTF8, out,
	    (size_t)EXCERPT_MAX * TEXT_SAFE_GROWTH);
}

static const char *
status_hint(int status)
{
	if (status >= 300 && status <= 399)
		return "redirects are not followed: check the host";
	if (status == 407)
		return "the proxy asks who you are: check the proxy";
	if (status == 429)
		return "too many calls: lower --rate";
	if (status >= 500)
		return "a proxy or the service is in trouble: try later";
	return "that is not the service: check host and proxy";
}

static bool
refuse_status(const struct transport_reply *reply, struct err *err)
{
	char excerpt[EXCERPT_MAX * TEXT_SAFE_GROWTH];

	write_excerpt(reply->body, reply->body_len, excerpt);
	return err_set(err, ERR_HTTP, reply->status, status_hint(reply->status),
	    "HTTP %d%s%s", reply->status,
	    excerpt[0] != '\0' ? ": " : ", empty body", excerpt);
}

/* @param err says why it is no JSON; that is kept if it was meant to be. */
static bool
refuse_body(const struct transport_reply *reply, struct err *err)
{
	static const char hint[] = "a proxy or a login page may stand between";
	const char *guess = envelope_guess(reply->body, reply->body_len);
	char excerpt[EXCERPT_MAX * TEXT_SAFE_GROWTH];

	if (strstr(guess, "JSON") != NULL)
		return false;
	write_excerpt(reply->body, reply->body_len, excerpt);
	if (excerpt[0] == '\0')
		return err_set(err, ERR_DATA, 0, hint,
		    "empty body in place of JSON");
	return err_set(err, ERR_DATA, 0, hint, "%s in place of JSON: %s", guess,
	    excerpt);
}

/* The outer fields of get_group_info mean nothing once there is a GroupInfo. */
static bool
check_envelope(enum client_command command, const struct json *root,
    struct err *err)
{
	if (command == CLIENT_GROUP_INFO) {
		const struct json *info;

		if (!envelope_field(root, "GroupInfo", &info, err))
			return false;
		if (info != NULL)
			return true;
	}
	return envelope_check(root, err);
}

static bool
read_body(enum client_command command, const struct transport_reply *reply,
    struct client_answer *answer, struct err *err)
{
	const struct json *root;

	answer->document = json_parse(reply->body, reply->body_len, err);
	if (answer->document == NULL)
		return refuse_body(reply, err);
	root = json_root(answer->document);
	envelope_request_id(root, answer->request_id,
	    sizeof answer->request_id);
	return check_envelope(command, root, err);
}

/* @return how much of @p text stands somewhere in @p secret. */
static size_t
shared_run(const char *text, const char *secret)
{
	size_t longest = 0;

	for (; *secret != '\0'; secret++) {
		size_t len = 0;

		while (text[len] != '\0' && text[len] == secret[len])
			len++;
		if (len > longest)
			longest = len;
	}
	return longest;
}

/* A proxy may quote the URL, the service its request: whole or cut, the
 * UserSig goes no further. */
static void
hide_secret(char *text, const char *secret)
{
	static const char mask[] = "...";

	for (; *text != '\0'; text++) {
		size_t run = shared_run(text, secret);

		if (run < SECRET_RUN_MIN)
			continue;
		memcpy(text, mask, sizeof mask - 1);
		memmove(text + sizeof mask - 1, text + run,
		    strlen(text + run) + 1);
		text += sizeof mask - 2;
	}
}

void
client_answer_read(enum client_command command,
    const struct transport_reply *reply, const char *usersig,
    struct client_answer *answer)
{
	struct err err = { .kind = ERR_NONE };
	bool ok = false;

	*answer = (struct client_answer){ .document = NULL };
	if (reply->err.kind != ERR_NONE)
		err = reply->err;
	else if (reply->status != 200)
		ok = refuse_status(reply, &err);
	else
		ok = read_body(command, reply, answer, &err);
	hide_secret(answer->request_id, usersig);
	if (ok)
		return;
	hide_secret(err.text, usersig);
	answer->err = err;
	client_answer_release(answer);
}

void
client_answer_release(struct client_answer *answer)
{
	json_destroy(answer->document);
	answer->document = NULL;
}
