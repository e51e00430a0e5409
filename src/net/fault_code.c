/*
 * libcurl's codes as the kinds of fault that this room knows. By number: they
 * never change, and some are younger than the oldest libcurl that is good
 * enough. The test holds each number against its name.
 */
#include "net_priv.h"

static const struct {
	int code;
	enum http_fault_kind kind;
} fault_kinds[] = {
	{ 1, HTTP_FAULT_NOT_HTTP },        /* UNSUPPORTED_PROTOCOL: 0.9 */
	{ 3, HTTP_FAULT_URL },             /* URL_MALFORMAT */
	{ 5, HTTP_FAULT_PROXY_LOOKUP },    /* COULDNT_RESOLVE_PROXY */
	{ 6, HTTP_FAULT_LOOKUP },          /* COULDNT_RESOLVE_HOST */
	{ 7, HTTP_FAULT_CONNECT },         /* COULDNT_CONNECT */
	{ 8, HTTP_FAULT_NOT_HTTP },        /* WEIRD_SERVER_REPLY */
	{ 16, HTTP_FAULT_RECEIVE },        /* HTTP2 */
	{ 18, HTTP_FAULT_CUT },            /* PARTIAL_FILE */
	{ 27, HTTP_FAULT_MEMORY },         /* OUT_OF_MEMORY */
	{ 28, HTTP_FAULT_TIMEOUT },        /* OPERATION_TIMEDOUT */
	{ 35, HTTP_FAULT_HANDSHAKE },      /* SSL_CONNECT_ERROR */
	{ 52, HTTP_FAULT_EMPTY },          /* GOT_NOTHING */
	{ 55, HTTP_FAULT_SEND },           /* SEND_ERROR */
	{ 56, HTTP_FAULT_RECEIVE },        /* RECV_ERROR */
	{ 59, HTTP_FAULT_HANDSHAKE },      /* SSL_CIPHER */
	{ 60, HTTP_FAULT_CERTIFICATE },    /* PEER_FAILED_VERIFICATION */
	{ 61, HTTP_FAULT_ENCODING },       /* BAD_CONTENT_ENCODING */
	{ 77, HTTP_FAULT_AUTHORITIES },    /* SSL_CACERT_BADFILE */
	{ 92, HTTP_FAULT_RECEIVE },        /* HTTP2_STREAM */
	{ 97, HTTP_FAULT_PROXY },          /* PROXY, of 7.73 */
	{ 100, HTTP_FAULT_HEADERS_LIMIT }, /* TOO_LARGE, of 8.6 */
};

enum http_fault_kind
http_fault_kind_of(int code)
{
	size_t i;

	for (i = 0; i < sizeof(fault_kinds) / sizeof(fault_kinds[0]); i++) {
		if (fault_kinds[i].code == code)
			return fault_kinds[i].kind;
	}
	return HTTP_FAULT_OTHER;
}
