/*
 * The only file that knows libcurl: an easy handle carries one transfer after
 * the other, the multi handle moves them all and is the program's one wait.
 * Invariants: every handle carries all network rules from its making; a
 * handle at rest holds no URL with a UserSig; a transfer ends in http_run()
 * alone. The order of calls, what a fault is called and what a header says
 * are left to the other files of the room.
 */
#include "bantop/net/http.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "bantop/base/mem.h"
#include "net_priv.h"

enum {
	WAIT_MAX_MS = 24 * 60 * 60 * 1000, /* libcurl knows no "for ever" */
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define SET(easy, option, value) \
	(curl_easy_setopt(easy, option, value) == CURLE_OK)

/* An easy handle with its place for the words of a fault. */
struct handle {
	CURL *easy;
	struct http_exchange *exchange; /* of its transfer */
	struct trust *trust;            /* NULL: libcurl's own */
	char detail[CURL_ERROR_SIZE];
};

struct http {
	CURLM *multi;
	CURLSH *sessions; /* of TLS: what one has agreed, all resume */
	const struct clock *clock;
	char *proxy;
	struct ca_store store;
	struct trust *trust; /* of the store; NULL: libcurl reads it itself */
	struct curl_slist *headers;
	struct transfers transfers;
	struct http_sockets sockets;
};

/* -- sockets --------------------------------------------------------------- */

static curl_socket_t
open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *place)
{
	(void)purpose;
	return http_sockets_open(user, place->family, place->socktype,
	    place->protocol);
}

static int
close_socket(void *user, curl_socket_t fd)
{
	return http_sockets_close(user, fd);
}

/* -- the rules ------------------------------------------------------------- */

struct rule {
	CURLoption option;
	long value;
};

/* A handle that does not take one of these is not used. */
static const struct rule rules[] = {
#if LIBCURL_VERSION_NUM < 0x075500
	{ CURLOPT_PROTOCOLS, CURLPROTO_HTTPS },
#endif
	{ CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2 },
	{ CURLOPT_SSL_VERIFYPEER, 1 },
	{ CURLOPT_SSL_VERIFYHOST, 2 },
	{ CURLOPT_FOLLOWLOCATION, 0 },
	{ CURLOPT_NETRC, CURL_NETRC_IGNORED },
	{ CURLOPT_DISALLOW_USERNAME_IN_URL, 1 },
	{ CURLOPT_SUPPRESS_CONNECT_HEADERS, 1 },
	{ CURLOPT_NOSIGNAL, 1 },
	{ CURLOPT_TCP_KEEPALIVE, 1 },
	{ CURLOPT_POST, 1 },
};

/* A libcurl without these does no harm. PIPEWAIT has calls of the same moment
 * share a connection where HTTP/2 allows it. QUICK_EXIT keeps a cancelled
 * lookup from being waited for: its thread ends by itself. */
static const struct rule wishes[] = {
	{ CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS },
	{ CURLOPT_PIPEWAIT, 1 },
#if LIBCURL_VERSION_NUM >= 0x075700
	{ CURLOPT_QUICK_EXIT, 1 },
#endif
};

/* Where our own trust joins each connection, libcurl trusts nobody by itself:
 * a directory that is none keeps it from OpenSSL's own places, too. The
 * system's directory stays where no bundle is at hand. */
static bool
set_authorities(const struct http *http, CURL *easy)
{
	const struct ca_store *store = &http->store;
	const char *directory = http->trust == NULL ? NULL : "/dev/null";
#if LIBCURL_VERSION_NUM >= 0x074d00
	struct curl_blob blob = { .data = store->pem.data,
		.len = store->pem.len,
		.flags = CURL_BLOB_NOCOPY }; /* it outlives the handles */
#endif

	if (store->has_system && !SET(easy, CURLOPT_CAPATH, directory))
		return false;
	if (http->trust != NULL)
		return SET(easy, CURLOPT_CAINFO, NULL);
	if (store->extra == NULL)
		return true;
#if LIBCURL_VERSION_NUM >= 0x074d00
	if (SET(easy, CURLOPT_CAINFO_BLOB, &blob))
		return true;
#endif
	return SET(easy, CURLOPT_CAINFO, store->extra);
}

static bool
set_rules(struct http *http, CURL *easy)
{
	size_t i;

	for (i = 0; i < COUNT(rules); i++) {
		if (!SET(easy, rules[i].option, rules[i].value))
			return false;
	}
	for (i = 0; i < COUNT(wishes); i++)
		(void)curl_easy_setopt(easy, wishes[i].option, wishes[i].value);
#if LIBCURL_VERSION_NUM >= 0x075500
	if (!SET(easy, CURLOPT_PROTOCOLS_STR, "https"))
		return false;
#endif
	return SET(easy, CURLOPT_SHARE, http->sessions) &&
	    SET(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket) &&
	    SET(easy, CURLOPT_OPENSOCKETDATA, &http->sockets) &&
	    SET(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket) &&
	    SET(easy, CURLOPT_CLOSESOCKETDATA, &http->sockets) &&
	    SET(easy, CURLOPT_PROXY, http->proxy == NULL ? "" : http->proxy) &&
	    SET(easy, CURLOPT_NOPROXY, "") &&
	    SET(easy, CURLOPT_USERAGENT, "bantop/" BANTOP_VERSION) &&
	    SET(easy, CURLOPT_HTTPHEADER, http->headers) &&
	    set_authorities(http, easy);
}

/* -- what arrives ---------------------------------------------------------- */

static size_t
take_body(char *data, size_t size, size_t count, void *user)
{
	struct http_exchange *exchange = user;

	if (!http_exchange_take_body(exchange, data, size * count))
		return 0;
	return size * count;
}

static int64_t
parse_date(const char *text)
{
	time_t date = curl_getdate(text, NULL);

	return date < 0 ? -1 : (int64_t)date;
}

static size_t
take_header(char *line, size_t size, size_t count, void *user)
{
	struct http_exchange *exchange = user;

	if (!http_exchange_take_head(exchange, line, size * count, parse_date))
		return 0;
	return size * count;
}

/* That it is called tells that the lower layers have connected. */
static CURLcode
begin_tls(CURL *easy, void *context, void *user)
{
	struct handle *handle = user;

	(void)easy;
	handle->exchange->tls_begun = true;
	if (handle->trust != NULL && !trust_join(handle->trust, context))
		return CURLE_SSL_CACERT_BADFILE;
	return CURLE_OK;
}

static int64_t
info_number(CURL *easy, CURLINFO info)
{
	curl_off_t number = 0;

	(void)curl_easy_getinfo(easy, info, &number);
	return number;
}

static int64_t
info_long(CURL *easy, CURLINFO info)
{
	long number = 0;

	(void)curl_easy_getinfo(easy, info, &number);
	return number;
}

static void
read_times(CURL *easy, struct http_times *times)
{
	times->lookup_us = info_number(easy, CURLINFO_NAMELOOKUP_TIME_T);
	times->connect_us = info_number(easy, CURLINFO_CONNECT_TIME_T);
	times->tls_us = info_number(easy, CURLINFO_APPCONNECT_TIME_T);
	times->sent_us = info_number(easy, CURLINFO_PRETRANSFER_TIME_T);
	times->first_us = info_number(easy, CURLINFO_STARTTRANSFER_TIME_T);
	times->total_us = info_number(easy, CURLINFO_TOTAL_TIME_T);
	times->connects = info_long(easy, CURLINFO_NUM_CONNECTS);
}

static void
read_outcome(struct handle *handle, CURLcode code, struct http_outcome *outcome)
{
	static const int versions[] = { [CURL_HTTP_VERSION_1_0] = 10,
		[CURL_HTTP_VERSION_1_1] = 11,
		[CURL_HTTP_VERSION_2_0] = HTTP_VERSION_2 };
	CURL *easy = handle->easy;
	int64_t version;

	memset(outcome, 0, sizeof(*outcome));
	outcome->failed = code != CURLE_OK;
	outcome->code = (int)code;
	outcome->kind = http_fault_kind_of((int)code);
	outcome->summary = curl_easy_strerror(code);
	outcome->detail = handle->detail;
	outcome->verify = info_long(easy, CURLINFO_SSL_VERIFYRESULT);
	outcome->os_errno = (int)info_long(easy, CURLINFO_OS_ERRNO);
	read_times(easy, &outcome->times);
	outcome->bytes_sent = info_long(easy, CURLINFO_REQUEST_SIZE);
	outcome->bytes_received = info_long(easy, CURLINFO_HEADER_SIZE) +
	    info_number(easy, CURLINFO_SIZE_DOWNLOAD_T);
	version = info_long(easy, CURLINFO_HTTP_VERSION);
	if (version <= CURL_HTTP_VERSION_2_0)
		outcome->http_version = versions[version];
	(void)curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &outcome->peer);
	outcome->fd = CURL_SOCKET_BAD;
	(void)curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &outcome->fd);
}

/* -- transfers ------------------------------------------------------------- */

static void
handle_close(void *self, void *opened)
{
	struct handle *handle = opened;

	(void)self;
	curl_easy_cleanup(handle->easy);
	free(handle);
}

static void *
handle_open(void *self, struct transfer *transfer)
{
	struct http *http = self;
	struct handle *handle = mem_alloc(sizeof(*handle));
	CURL *easy = curl_easy_init();

	handle->easy = easy;
	handle->exchange = &transfer->exchange;
	handle->trust = http->trust;
	if (easy == NULL || !set_rules(http, easy) ||
	    !SET(easy, CURLOPT_PRIVATE, transfer) ||
	    !SET(easy, CURLOPT_ERRORBUFFER, handle->detail) ||
	    !SET(easy, CURLOPT_WRITEDATA, &transfer->exchange) ||
	    !SET(easy, CURLOPT_WRITEFUNCTION, take_body) ||
	    !SET(easy, CURLOPT_HEADERDATA, &transfer->exchange) ||
	    !SET(easy, CURLOPT_SSL_CTX_DATA, handle) ||
	    !SET(easy, CURLOPT_SSL_CTX_FUNCTION, begin_tls) ||
	    !SET(easy, CURLOPT_HEADERFUNCTION, take_header)) {
		handle_close(self, handle);
		return NULL;
	}
	return handle;
}

static bool
handle_send(void *self, void *opened, const struct transport_request *request)
{
	struct http *http = self;
	struct handle *handle = opened;
	CURL *easy = handle->easy;

	handle->detail[0] = '\0';
	return SET(easy, CURLOPT_URL, request->url) &&
	    SET(easy, CURLOPT_POSTFIELDSIZE_LARGE,
	        (curl_off_t)request->body_len) &&
	    SET(easy, CURLOPT_COPYPOSTFIELDS, request->body) &&
	    SET(easy, CURLOPT_CONNECTTIMEOUT,
	        (long)request->connect_timeout_s) &&
	    SET(easy, CURLOPT_TIMEOUT, (long)request->timeout_s) &&
	    curl_multi_add_handle(http->multi, easy) == CURLM_OK;
}

/* Whatever is to be learnt of a transfer is read before. */
static void
handle_stop(void *self, void *opened)
{
	struct http *http = self;
	struct handle *handle = opened;
	struct sigaction before;

	http_sigpipe_ignore(&before);
	(void)curl_multi_remove_handle(http->multi, handle->easy);
	http_sigpipe_restore(&before);
	(void)curl_easy_setopt(handle->easy, CURLOPT_URL, "https://localhost/");
}

static const struct carrier_ops carrier = {
	.open = handle_open,
	.send = handle_send,
	.stop = handle_stop,
	.close = handle_close,
};

/* -- the network ----------------------------------------------------------- */

static void
perform(struct http *http)
{
	struct sigaction before;
	int running;

	http_sigpipe_ignore(&before);
	(void)curl_multi_perform(http->multi, &running);
	http_sigpipe_restore(&before);
}

void
http_run(struct http *http)
{
	struct http_outcome outcome;
	struct transfer *transfer;
	CURLMsg *message;
	int left;

	if (http == NULL)
		return;
	perform(http);
	for (;;) {
		message = curl_multi_info_read(http->multi, &left);
		if (message == NULL)
			break;
		transfer = NULL;
		(void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE,
		    &transfer);
		read_outcome(transfer->handle, message->data.result, &outcome);
		http_sockets_judge(&http->sockets, &outcome,
		    clock_mono_ms(http->clock));
		transfers_finish(&http->transfers, transfer, &outcome);
	}
	transfers_finish_stillborn(&http->transfers);
}

void
http_wait(struct http *http, struct http_watch *watches, size_t count,
    int64_t timeout_ms)
{
	struct curl_waitfd extra[HTTP_WATCHES_MAX];
	int wait_ms = WAIT_MAX_MS;
	size_t i;

	assert(count <= HTTP_WATCHES_MAX);
	if (timeout_ms >= 0 && timeout_ms < WAIT_MAX_MS)
		wait_ms = (int)timeout_ms;
	if (http == NULL) {
		http_watch_poll(watches, count, wait_ms);
		return;
	}
	if (transfers_has_stillborn(&http->transfers))
		wait_ms = 0;
	for (i = 0; i < count; i++) {
		extra[i].fd = watches[i].fd;
		extra[i].events = watches[i].want_write ? CURL_WAIT_POLLOUT
		                                        : CURL_WAIT_POLLIN;
		extra[i].revents = 0;
	}
	(void)curl_multi_poll(http->multi, extra, (unsigned int)count, wait_ms,
	    NULL);
	/* libcurl does not tell a hang-up. */
	http_watch_poll(watches, count, 0);
}

/* As this libcurl was built with it; NULL when it does not tell. */
static const char *
system_bundle(const curl_version_info_data *library)
{
#if LIBCURL_VERSION_NUM >= 0x074600
	if (library->age >= CURLVERSION_SEVENTH)
		return library->cainfo;
#endif
	(void)library;
	return NULL;
}

static bool
open_multi(struct http *http, size_t connections_max)
{
	http->multi = curl_multi_init();
	http->sessions = curl_share_init();
	if (http->sessions == NULL ||
	    curl_share_setopt(http->sessions, CURLSHOPT_SHARE,
	        CURL_LOCK_DATA_SSL_SESSION) != CURLSHE_OK)
		return false;
	http->headers =
	    curl_slist_append(NULL, "Content-Type: application/json");
	if (http->headers == NULL ||
	    curl_slist_append(http->headers, "Expect:") == NULL)
		return false;
	return http->multi != NULL &&
	    curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS,
	        (long)connections_max) == CURLM_OK &&
	    curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS,
	        (long)connections_max) == CURLM_OK;
}

struct http *
http_create(const struct http_config *config, struct err *err)
{
	const curl_version_info_data *library;
	struct http *http;
	bool ok;

	http_clean_environment();
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		(void)err_set(err, ERR_NETWORK, CURLE_FAILED_INIT, NULL,
		    "libcurl does not start");
		return NULL;
	}
	http = mem_alloc(sizeof(*http));
	http->clock = config->clock;
	if (config->proxy != NULL)
		http->proxy =
		    mem_copy_text(config->proxy, strlen(config->proxy));
	transfers_init(&http->transfers, &carrier, http, http->clock);
	library = curl_version_info(CURLVERSION_NOW);
	ok = ca_store_init(&http->store, system_bundle(library), config->cacert,
	    err);
	/* The callback cannot tell a proxy's TLS from the host's, and the
	 * file more is not for a proxy. */
	if (ok && !http_proxy_speaks_tls(http->proxy))
		http->trust =
		    trust_create(&http->store.pem, library->ssl_version);
	if (ok && !open_multi(http, config->connections_max))
		ok = err_set(err, ERR_NETWORK, CURLE_FAILED_INIT, NULL,
		    "libcurl does not start");
	if (!ok) {
		http_destroy(http);
		return NULL;
	}
	return http;
}

void
http_destroy(struct http *http)
{
	struct sigaction before;

	if (http == NULL)
		return;
	transfers_release(&http->transfers);
	http_sigpipe_ignore(&before);
	(void)curl_multi_cleanup(http->multi);
	(void)curl_share_cleanup(http->sessions);
	http_sigpipe_restore(&before);
	curl_slist_free_all(http->headers);
	trust_destroy(http->trust);
	ca_store_release(&http->store);
	free(http->proxy);
	free(http);
	curl_global_cleanup();
}

struct transport
http_transport(struct http *http)
{
	return transfers_transport(&http->transfers);
}

const char *
http_library_version(void)
{
	return curl_version();
}
