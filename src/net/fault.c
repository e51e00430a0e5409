/*
 * Faults in words. Each says what happened and to which host; never a URL,
 * which holds the UserSig. The library's own words appear only where ours end,
 * and only for the handshake, where it knows nothing of the request.
 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net_priv.h"

enum { ADDRESS_MAX = HTTP_HOST_MAX + 16, VERIFY_HOST_NAME = 62 };

struct wording {
	int64_t number;
	const char *text;
	const char *hint;
};

static const char hint_issuer[] =
    "if a proxy of yours stands between, name its authority with --cacert";
static const char hint_clock[] = "compare this machine's clock: bantop doctor";
static const char hint_weak[] = "the server needs a stronger certificate";
static const char hint_proxy[] = "check proxy in the configuration";
static const char hint_reach[] =
    "check the region, the firewall, and whether a proxy is needed";

/* By OpenSSL's X509_V_ERR numbers, which are part of its interface. */
static const struct wording certificates[] = {
	{ 2, "its issuer is unknown", hint_issuer },
	{ 9, "not yet valid", hint_clock },
	{ 10, "expired", hint_clock },
	{ 18, "self-signed", hint_issuer },
	{ 19, "self-signed authority in its chain", hint_issuer },
	{ 20, "its issuer is unknown", hint_issuer },
	{ 21, "its issuer is unknown", hint_issuer },
	{ 23, "revoked", NULL },
	{ 24, "issued by what is no authority", hint_issuer },
	{ 26, "not made for a server", NULL },
	{ VERIFY_HOST_NAME, "for another host name",
	    "check the endpoint: another server may answer there" },
	{ 64, "for another address",
	    "check the endpoint: another server may answer there" },
	{ 66, "its key is too small", hint_weak },
	{ 67, "its authority's key is too small", hint_weak },
	{ 68, "its signature is too weak", hint_weak },
	{ 79, "issued by what is no authority", hint_issuer },
};

static const struct wording reasons[] = {
	{ ECONNREFUSED, "connection refused", NULL },
	{ ECONNRESET, "connection reset", NULL },
	{ EHOSTUNREACH, "no route to the host", NULL },
	{ ENETUNREACH, "network is unreachable", NULL },
	{ ETIMEDOUT, "no answer", NULL },
	{ EACCES, "not permitted here", NULL },
	{ EPERM, "not permitted here", NULL },
	{ EADDRNOTAVAIL, "no local address for it", NULL },
	{ EMFILE, "too many open files", NULL },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct wording *
find_wording(const struct wording *table, size_t count, int64_t number)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (table[i].number == number)
			return &table[i];
	}
	return NULL;
}

static void
write_address(const struct http_place *place, char out[ADDRESS_MAX])
{
	bool is_v6 = strchr(place->host, ':') != NULL;

	(void)snprintf(out, ADDRESS_MAX, "%s%s%s:%d", is_v6 ? "[" : "",
	    place->host, is_v6 ? "]" : "", place->port);
}

static bool
contains(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (; *text != '\0'; text++) {
		if (strncasecmp(text, word, len) == 0)
			return true;
	}
	return false;
}

static void
describe_connect(const struct http_fault *fault, struct err *err)
{
	const struct wording *reason =
	    find_wording(reasons, COUNT(reasons), fault->os_errno);
	char address[ADDRESS_MAX];

	write_address(fault->place, address);
	(void)err_set(err, ERR_CONNECT, fault->code, hint_reach,
	    "cannot connect to %s: %s", address,
	    reason == NULL ? "no connection" : reason->text);
}

static void
describe_certificate(const struct http_fault *fault, struct err *err)
{
	const struct wording *wording;

	/* libcurl compares the name by itself, after OpenSSL was content. */
	wording = find_wording(certificates, COUNT(certificates),
	    contains(fault->detail, "subject name") ? VERIFY_HOST_NAME
	                                            : fault->verify);
	if (wording != NULL)
		(void)err_set(err, ERR_TLS, fault->code, wording->hint,
		    "certificate of %s refused: %s", fault->place->host,
		    wording->text);
	else
		(void)err_set(err, ERR_TLS, fault->code, NULL,
		    "certificate of %s refused: %s", fault->place->host,
		    fault->detail[0] != '\0' ? fault->detail : "not valid");
}

static void
describe_handshake(const struct http_fault *fault, struct err *err)
{
	const char *host = fault->place->host;
	char address[ADDRESS_MAX];

	write_address(fault->place, address);
	if (contains(fault->detail, "unsupported protocol") ||
	    contains(fault->detail, "protocol version") ||
	    contains(fault->detail, "no protocols available"))
		(void)err_set(err, ERR_TLS, fault->code,
		    "TLS 1.2 is the oldest that is accepted",
		    "%s offers only an old TLS version", host);
	else if (contains(fault->detail, "wrong version number") ||
	    contains(fault->detail, "packet length too long") ||
	    contains(fault->detail, "record layer failure"))
		(void)err_set(err, ERR_TLS, fault->code,
		    "check the port: https is needed there",
		    "%s does not speak TLS", address);
	else if (contains(fault->detail, "SSL_ERROR_SYSCALL") ||
	    contains(fault->detail, "reset by peer") ||
	    contains(fault->detail, "unexpected eof"))
		/* Says nothing of trust: a front that restarts does this. */
		(void)err_set(err, ERR_NETWORK, fault->code, hint_reach,
		    "%s broke off the TLS handshake", address);
	else
		(void)err_set(err, ERR_TLS, fault->code, NULL,
		    "TLS handshake with %s failed: %s", host,
		    fault->detail[0] != '\0' ? fault->detail : "no reason");
}

/* A lookup or a connect that took too long has failed as such, so that the
 * backup host gets its turn. */
static void
describe_timeout(const struct http_fault *fault, struct err *err)
{
	const char *host = fault->place->host;
	char address[ADDRESS_MAX];
	int connect_s = fault->connect_timeout_s < fault->timeout_s
	    ? fault->connect_timeout_s
	    : fault->timeout_s;

	write_address(fault->place, address);
	switch (fault->step) {
	case HTTP_STEP_LOOKUP:
		(void)err_set(err, ERR_LOOKUP, fault->code,
		    "check the name service of this machine",
		    "cannot resolve %s: no answer in %d s", host, connect_s);
		break;
	case HTTP_STEP_CONNECT:
		(void)err_set(err, ERR_CONNECT, fault->code, hint_reach,
		    "cannot connect to %s: no answer in %d s", address,
		    connect_s);
		break;
	case HTTP_STEP_TLS:
		(void)err_set(err, ERR_TIMEOUT, fault->code, hint_reach,
		    "no TLS handshake with %s in %d s", address, connect_s);
		break;
	case HTTP_STEP_REQUEST:
		(void)err_set(err, ERR_TIMEOUT, fault->code, NULL,
		    "no answer from %s in %d s", host, fault->timeout_s);
		break;
	case HTTP_STEP_ANSWER:
		(void)err_set(err, ERR_TIMEOUT, fault->code, NULL,
		    "the answer of %s was not whole after %d s", host,
		    fault->timeout_s);
		break;
	}
}

static void
describe_encoding(const struct http_fault *fault, struct err *err)
{
	(void)err_set(err, ERR_DATA, fault->code,
	    "something between may have changed the answer",
	    "%s: the answer is encoded (%s), which was not asked for",
	    fault->place->host, fault->encoding);
}

static void
describe_other(const struct http_fault *fault, struct err *err)
{
	(void)err_set(err, ERR_NETWORK, fault->code, NULL, "%s: %s",
	    fault->place->host, fault->detail);
}

/* Either a function, or the words before and after the host's name. */
struct description {
	void (*describe)(const struct http_fault *fault, struct err *err);
	enum err_kind kind;
	const char *before;
	const char *after;
	const char *hint;
};

static const struct description descriptions[] = {
	[HTTP_FAULT_URL] = { .kind = ERR_NETWORK,
	    .before = "",
	    .after = "no https address",
	    .hint = "only https is spoken" },
	[HTTP_FAULT_LOOKUP] = { .kind = ERR_LOOKUP,
	    .before = "cannot resolve ",
	    .after = "",
	    .hint = "check the name, and this machine's name service" },
	[HTTP_FAULT_PROXY_LOOKUP] = { .kind = ERR_LOOKUP,
	    .before = "cannot resolve the proxy on the way to ",
	    .after = "",
	    .hint = hint_proxy },
	[HTTP_FAULT_CONNECT] = { .describe = describe_connect },
	[HTTP_FAULT_PROXY] = { .kind = ERR_CONNECT,
	    .before = "the proxy did not connect to ",
	    .after = "",
	    .hint = hint_proxy },
	[HTTP_FAULT_HANDSHAKE] = { .describe = describe_handshake },
	[HTTP_FAULT_CERTIFICATE] = { .describe = describe_certificate },
	[HTTP_FAULT_AUTHORITIES] = { .kind = ERR_TLS,
	    .before = "cannot check ",
	    .after = ": the file of trusted certificates is not usable",
	    .hint = "check --cacert and the system's certificates" },
	[HTTP_FAULT_TIMEOUT] = { .describe = describe_timeout },
	[HTTP_FAULT_EMPTY] = { .kind = ERR_NETWORK,
	    .before = "",
	    .after = ": connection closed without an answer" },
	[HTTP_FAULT_CUT] = { .kind = ERR_NETWORK,
	    .before = "",
	    .after = ": connection closed before the answer was whole" },
	[HTTP_FAULT_SEND] = { .kind = ERR_NETWORK,
	    .before = "",
	    .after = ": connection closed before the request was sent" },
	[HTTP_FAULT_RECEIVE] = { .kind = ERR_NETWORK,
	    .before = "",
	    .after = ": connection closed before the answer was whole" },
	[HTTP_FAULT_NOT_HTTP] = { .kind = ERR_DATA,
	    .before = "",
	    .after = ": the answer is not HTTP",
	    .hint = "check the endpoint: another service answers there" },
	[HTTP_FAULT_BODY_LIMIT] = { .kind = ERR_LIMIT,
	    .before = "",
	    .after = ": the answer is larger than 512 KiB" },
	[HTTP_FAULT_HEADERS_LIMIT] = { .kind = ERR_LIMIT,
	    .before = "",
	    .after = ": the headers of the answer are larger than 64 KiB" },
	[HTTP_FAULT_ENCODING] = { .describe = describe_encoding },
	[HTTP_FAULT_MEMORY] = { .describe = describe_other },
	[HTTP_FAULT_OTHER] = { .describe = describe_other },
};

void
http_fault_describe(const struct http_fault *fault, struct err *err)
{
	const struct description *row = &descriptions[fault->kind];

	assert(fault->kind < COUNT(descriptions));
	if (row->describe != NULL)
		row->describe(fault, err);
	else
		(void)err_set(err, row->kind, fault->code, row->hint, "%s%s%s",
		    row->before, fault->place->host, row->after);
}
