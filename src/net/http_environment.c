/*
 * The variables by which the libraries below would let the environment decide
 * whom to trust, whom to talk to, or who may listen.
 */
#include <stdlib.h>

#include "bantop/net/http.h"

static const char *const unwanted[] = {
	"SSLKEYLOGFILE",
	"SSL_CERT_FILE",
	"SSL_CERT_DIR",
	"CURL_CA_BUNDLE",
	"CURL_SSL_BACKEND",
	"OPENSSL_CONF",
	"OPENSSL_CONF_INCLUDE",
	"OPENSSL_ENGINES",
	"OPENSSL_MODULES",
	"CTLOG_FILE",
	"NETRC",
	"http_proxy",
	"HTTP_PROXY",
	"https_proxy",
	"HTTPS_PROXY",
	"all_proxy",
	"ALL_PROXY",
	"no_proxy",
	"NO_PROXY",
};

void
http_clean_environment(void)
{
	size_t i;

	for (i = 0; i < sizeof(unwanted) / sizeof(unwanted[0]); i++)
		(void)unsetenv(unwanted[i]);
}
