#include "net/net_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
check_place(const char *url, const char *host, int port)
{
	struct http_place place;

	if (!http_place_parse(url, &place))
		fail_msg("refused: %s", url);
	assert_string_equal(place.host, host);
	assert_int_equal(place.port, port);
}

static void
host_and_port_are_found(void **state)
{
	(void)state;
	check_place("https://a.example/v4/x?usersig=s", "a.example", 443);
	check_place("https://a.example", "a.example", 443);
	check_place("https://a.example:8443/", "a.example", 8443);
	check_place("https://a.example:1?x", "a.example", 1);
	check_place("https://127.0.0.1:65535#x", "127.0.0.1", 65535);
	check_place("https://[::1]/", "::1", 443);
	check_place("https://[2001:db8::1]:8443/", "2001:db8::1", 8443);
}

static void
what_is_no_plain_https_address_is_refused(void **state)
{
	static const char *const urls[] = {
		"http://a.example/",
		"HTTPS//a.example/",
		"ftp://a.example/",
		"a.example",
		"",
		"https://",
		"https:///v4",
		"https://user@a.example/",
		"https://user:word@a.example/",
		"https://a.example:0/",
		"https://a.example:65536/",
		"https://a.example:/",
		"https://a.example:8x/",
		"https://[::1/",
		"https://[::1]x/",
		"https://a b/",
		"https://a\nb/",
		"https://a%2f/",
	};
	struct http_place place;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		if (http_place_parse(urls[i], &place))
			fail_msg("taken: %s", urls[i]);
	}
}

static void
only_bytes_of_a_name_are_taken(void **state)
{
	static const char taken[] = "abcdefghijklmnopqrstuvwxyz"
	                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
	char url[] = "https://a?b", v6[] = "https://[a?b]";
	struct http_place place;
	int byte;

	(void)state;
	for (byte = 1; byte <= 0xff; byte++) {
		bool is_one = byte >= 0x80 || strchr(taken, byte) != NULL;

		/* These end a name. */
		if (strchr("/?#", byte) == NULL) {
			url[9] = (char)byte;
			assert_int_equal(http_place_parse(url, &place), is_one);
		}
		if (strchr("/?#]", byte) == NULL) {
			v6[10] = (char)byte;
			assert_int_equal(http_place_parse(v6, &place),
			    is_one || byte == ':');
		}
	}
}

static void
a_host_name_beyond_all_limits_is_refused(void **state)
{
	char url[HTTP_HOST_MAX + 16];
	struct http_place place;

	(void)state;
	memset(url, 'a', sizeof(url));
	memcpy(url, "https://", 8);
	url[8 + HTTP_HOST_MAX - 1] = '\0';
	assert_true(http_place_parse(url, &place));
	url[8 + HTTP_HOST_MAX - 1] = 'a';
	url[8 + HTTP_HOST_MAX] = '\0';
	assert_false(http_place_parse(url, &place));
}

static void
a_proxy_that_speaks_tls_is_known_by_its_scheme(void **state)
{
	(void)state;
	assert_true(http_proxy_speaks_tls("https://a.example:8443"));
	assert_true(http_proxy_speaks_tls("HTTPS://a.example"));
	assert_false(http_proxy_speaks_tls("http://a.example"));
	assert_false(http_proxy_speaks_tls("https.example:3128"));
	assert_false(http_proxy_speaks_tls("socks5h://a.example"));
	assert_false(http_proxy_speaks_tls(""));
	assert_false(http_proxy_speaks_tls(NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(host_and_port_are_found),
		cmocka_unit_test(what_is_no_plain_https_address_is_refused),
		cmocka_unit_test(only_bytes_of_a_name_are_taken),
		cmocka_unit_test(a_host_name_beyond_all_limits_is_refused),
		cmocka_unit_test(
		    a_proxy_that_speaks_tls_is_known_by_its_scheme),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
