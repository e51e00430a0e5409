#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <curl/curl.h>

#include "net/net_priv.h"

/* Each number against the library's name for it. */
static void
each_code_is_the_fault_that_it_names(void **state)
{
	static const struct {
		int code;
		enum http_fault_kind kind;
	} rows[] = {
		{ CURLE_UNSUPPORTED_PROTOCOL, HTTP_FAULT_NOT_HTTP },
		{ CURLE_URL_MALFORMAT, HTTP_FAULT_URL },
		{ CURLE_COULDNT_RESOLVE_PROXY, HTTP_FAULT_PROXY_LOOKUP },
		{ CURLE_COULDNT_RESOLVE_HOST, HTTP_FAULT_LOOKUP },
		{ CURLE_COULDNT_CONNECT, HTTP_FAULT_CONNECT },
		{ CURLE_WEIRD_SERVER_REPLY, HTTP_FAULT_NOT_HTTP },
		{ CURLE_HTTP2, HTTP_FAULT_RECEIVE },
		{ CURLE_PARTIAL_FILE, HTTP_FAULT_CUT },
		{ CURLE_OUT_OF_MEMORY, HTTP_FAULT_MEMORY },
		{ CURLE_OPERATION_TIMEDOUT, HTTP_FAULT_TIMEOUT },
		{ CURLE_SSL_CONNECT_ERROR, HTTP_FAULT_HANDSHAKE },
		{ CURLE_GOT_NOTHING, HTTP_FAULT_EMPTY },
		{ CURLE_SEND_ERROR, HTTP_FAULT_SEND },
		{ CURLE_RECV_ERROR, HTTP_FAULT_RECEIVE },
		{ CURLE_SSL_CIPHER, HTTP_FAULT_HANDSHAKE },
		{ CURLE_PEER_FAILED_VERIFICATION, HTTP_FAULT_CERTIFICATE },
		{ CURLE_BAD_CONTENT_ENCODING, HTTP_FAULT_ENCODING },
		{ CURLE_SSL_CACERT_BADFILE, HTTP_FAULT_AUTHORITIES },
		{ CURLE_HTTP2_STREAM, HTTP_FAULT_RECEIVE },
#if LIBCURL_VERSION_NUM >= 0x074900
		{ CURLE_PROXY, HTTP_FAULT_PROXY },
#endif
#if LIBCURL_VERSION_NUM >= 0x080600
		{ CURLE_TOO_LARGE, HTTP_FAULT_HEADERS_LIMIT },
#endif
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(http_fault_kind_of(rows[i].code),
		    rows[i].kind);
}

static void
any_other_code_is_some_fault(void **state)
{
	(void)state;
	assert_int_equal(http_fault_kind_of(-1), HTTP_FAULT_OTHER);
	assert_int_equal(http_fault_kind_of(CURLE_FTP_PORT_FAILED),
	    HTTP_FAULT_OTHER);
	assert_int_equal(http_fault_kind_of(9999), HTTP_FAULT_OTHER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_code_is_the_fault_that_it_names),
		cmocka_unit_test(any_other_code_is_some_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
