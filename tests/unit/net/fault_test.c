#include "net/net_priv.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct http_place place = { "a.example", 8443 };

static const struct http_fault blank = {
	.code = 35,
	.place = &place,
	.detail = "",
	.connect_timeout_s = 5,
	.timeout_s = 15,
	.encoding = "gzip",
};

static void
check_said(const struct http_fault *fault, enum err_kind kind, const char *want)
{
	struct err err = { 0 };

	http_fault_describe(fault, &err);
	assert_string_equal(err.text, want);
	assert_int_equal(err.kind, kind);
	assert_int_equal(err.code, fault->code);
}

static void
every_kind_has_words_and_names_the_host(void **state)
{
	struct http_fault fault = blank;
	struct err err;
	int kind;

	(void)state;
	fault.detail = "words of the library";
	for (kind = 0; kind <= HTTP_FAULT_OTHER; kind++) {
		memset(&err, 0, sizeof(err));
		fault.kind = (enum http_fault_kind)kind;
		http_fault_describe(&fault, &err);
		assert_int_not_equal(err.kind, ERR_NONE);
		assert_non_null(strstr(err.text, "a.example"));
	}
}

static void
a_connect_names_the_port_and_the_reason(void **state)
{
	static const struct http_place v6 = { "::1", 443 };
	struct http_fault fault = blank;

	(void)state;
	fault.kind = HTTP_FAULT_CONNECT;
	fault.os_errno = ECONNREFUSED;
	check_said(&fault, ERR_CONNECT,
	    "cannot connect to a.example:8443: connection refused");
	fault.os_errno = 0;
	fault.place = &v6;
	check_said(&fault, ERR_CONNECT,
	    "cannot connect to [::1]:443: no connection");
}

static void
each_bad_certificate_has_its_own_words(void **state)
{
	static const struct {
		int64_t verify;
		const char *detail;
		const char *want;
	} rows[] = {
		{ 10, "", "expired" },
		{ 9, "", "not yet valid" },
		{ 18, "", "self-signed" },
		{ 19, "", "self-signed authority in its chain" },
		{ 20, "", "its issuer is unknown" },
		{ 21, "", "its issuer is unknown" },
		{ 62, "", "for another host name" },
		{ 0,
		    "SSL: no alternative certificate subject name matches "
		    "target host name 'a.example'",
		    "for another host name" },
		{ 1, "SSL: certificate subject name 'b' does not match",
		    "for another host name" },
		{ 66, "", "its key is too small" },
		{ 4711, "odd", "odd" },
		{ 4711, "", "not valid" },
	};
	struct http_fault fault = blank;
	char want[ERR_TEXT_MAX];
	size_t i;

	(void)state;
	fault.kind = HTTP_FAULT_CERTIFICATE;
	fault.step = HTTP_STEP_TLS;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fault.verify = rows[i].verify;
		fault.detail = rows[i].detail;
		(void)snprintf(want, sizeof(want),
		    "certificate of a.example refused: %s", rows[i].want);
		check_said(&fault, ERR_TLS, want);
	}
}

static void
a_handshake_that_fails_tells_why(void **state)
{
	struct http_fault fault = blank;

	(void)state;
	fault.kind = HTTP_FAULT_HANDSHAKE;
	fault.detail = "error:0A000102:SSL routines::unsupported protocol";
	check_said(&fault, ERR_TLS, "a.example offers only an old TLS version");
	fault.detail = "error:0A00042E:SSL routines::tlsv1 alert protocol "
	               "version";
	check_said(&fault, ERR_TLS, "a.example offers only an old TLS version");
	fault.detail = "error:0A0000BF:SSL routines::no protocols available";
	check_said(&fault, ERR_TLS, "a.example offers only an old TLS version");
	fault.detail = "error:0A00010B:SSL routines::wrong version number";
	check_said(&fault, ERR_TLS, "a.example:8443 does not speak TLS");
	fault.detail = "error:0A0000C6:SSL routines::packet length too long";
	check_said(&fault, ERR_TLS, "a.example:8443 does not speak TLS");
	fault.detail = "error:0A000139:SSL routines::record layer failure";
	check_said(&fault, ERR_TLS, "a.example:8443 does not speak TLS");
	fault.detail = "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection";
	check_said(&fault, ERR_NETWORK,
	    "a.example:8443 broke off the TLS handshake");
	fault.detail = "Connection reset by peer in connection";
	check_said(&fault, ERR_NETWORK,
	    "a.example:8443 broke off the TLS handshake");
	fault.detail = "error:0A000126:SSL routines::unexpected eof";
	check_said(&fault, ERR_NETWORK,
	    "a.example:8443 broke off the TLS handshake");
	fault.detail = "";
	check_said(&fault, ERR_TLS,
	    "TLS handshake with a.example failed: no reason");
	fault.detail = "something new";
	check_said(&fault, ERR_TLS,
	    "TLS handshake with a.example failed: something new");
}

static void
a_timeout_tells_where_it_stood(void **state)
{
	struct http_fault fault = blank;

	(void)state;
	fault.kind = HTTP_FAULT_TIMEOUT;
	fault.step = HTTP_STEP_LOOKUP;
	check_said(&fault, ERR_LOOKUP,
	    "cannot resolve a.example: no answer in 5 s");
	fault.step = HTTP_STEP_CONNECT;
	check_said(&fault, ERR_CONNECT,
	    "cannot connect to a.example:8443: no answer in 5 s");
	fault.step = HTTP_STEP_TLS;
	check_said(&fault, ERR_TIMEOUT,
	    "no TLS handshake with a.example:8443 in 5 s");
	fault.step = HTTP_STEP_REQUEST;
	check_said(&fault, ERR_TIMEOUT, "no answer from a.example in 15 s");
	fault.step = HTTP_STEP_ANSWER;
	check_said(&fault, ERR_TIMEOUT,
	    "the answer of a.example was not whole after 15 s");
	fault.step = HTTP_STEP_CONNECT;
	fault.timeout_s = 3;
	check_said(&fault, ERR_CONNECT,
	    "cannot connect to a.example:8443: no answer in 3 s");
}

static void
caps_and_encodings_are_named(void **state)
{
	struct http_fault fault = blank;

	(void)state;
	fault.kind = HTTP_FAULT_BODY_LIMIT;
	check_said(&fault, ERR_LIMIT,
	    "a.example: the answer is larger than 512 KiB");
	fault.kind = HTTP_FAULT_HEADERS_LIMIT;
	check_said(&fault, ERR_LIMIT,
	    "a.example: the headers of the answer are larger than 64 KiB");
	fault.kind = HTTP_FAULT_ENCODING;
	check_said(&fault, ERR_DATA,
	    "a.example: the answer is encoded (gzip), which was not asked for");
	fault.kind = HTTP_FAULT_CUT;
	check_said(&fault, ERR_NETWORK,
	    "a.example: connection closed before the answer was whole");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_words_and_names_the_host),
		cmocka_unit_test(a_connect_names_the_port_and_the_reason),
		cmocka_unit_test(each_bad_certificate_has_its_own_words),
		cmocka_unit_test(a_handshake_that_fails_tells_why),
		cmocka_unit_test(a_timeout_tells_where_it_stood),
		cmocka_unit_test(caps_and_encodings_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
