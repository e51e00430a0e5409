#include "bantop/sim/certificate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

static X509 *
read_certificate(const struct buf *pem)
{
	BIO *bio = BIO_new_mem_buf(pem->data, (int)pem->len);
	X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);

	BIO_free(bio);
	assert_non_null(certificate);
	return certificate;
}

/* What a client that trusts the printed authority finds: X509_V_OK or why
 * not. */
static int
verify(const char *kind, const char *address, const char *host)
{
	struct sim_certificate made;
	X509_STORE *store = X509_STORE_new();
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	X509_VERIFY_PARAM *wanted;
	X509 *authority, *server;
	struct err err;
	int result;

	assert_true(sim_certificate_make(&made, kind, &err));
	authority = read_certificate(&made.authority);
	server = read_certificate(&made.server);
	assert_int_equal(X509_STORE_add_cert(store, authority), 1);
	assert_int_equal(X509_STORE_CTX_init(context, store, server, NULL), 1);
	wanted = X509_STORE_CTX_get0_param(context);
	if (address != NULL)
		X509_VERIFY_PARAM_set1_ip_asc(wanted, address);
	if (host != NULL)
		X509_VERIFY_PARAM_set1_host(wanted, host, 0);
	X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER);
	result = X509_verify_cert(context) == 1
	    ? X509_V_OK
	    : X509_STORE_CTX_get_error(context);
	X509_STORE_CTX_free(context);
	X509_STORE_free(store);
	X509_free(server);
	X509_free(authority);
	sim_certificate_release(&made);
	return result;
}

static void
a_good_one_holds_for_the_loopback(void **state)
{
	(void)state;
	assert_int_equal(verify(NULL, "127.0.0.1", NULL), X509_V_OK);
	assert_int_equal(verify(NULL, "::1", NULL), X509_V_OK);
	assert_int_equal(verify(NULL, NULL, "localhost"), X509_V_OK);
	assert_int_equal(verify(NULL, NULL, "host.invalid"),
	    X509_V_ERR_HOSTNAME_MISMATCH);
}

static void
each_fault_is_the_one_that_was_asked_for(void **state)
{
	(void)state;
	assert_int_equal(verify("expired", "127.0.0.1", NULL),
	    X509_V_ERR_CERT_HAS_EXPIRED);
	assert_int_equal(verify("notyet", "127.0.0.1", NULL),
	    X509_V_ERR_CERT_NOT_YET_VALID);
	assert_int_equal(verify("host", "127.0.0.1", NULL),
	    X509_V_ERR_IP_ADDRESS_MISMATCH);
	assert_int_equal(verify("unknown", "127.0.0.1", NULL),
	    X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
	assert_int_equal(verify("selfsigned", "127.0.0.1", NULL),
	    X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
}

static void
secrets_are_64_digits_and_differ(void **state)
{
	char one[SIM_SECRET_LEN + 1], other[SIM_SECRET_LEN + 1];
	struct err err;

	(void)state;
	assert_true(sim_secret_make(one, &err));
	assert_true(sim_secret_make(other, &err));
	assert_int_equal(strspn(one, "0123456789abcdef"), SIM_SECRET_LEN);
	assert_int_equal(strlen(one), SIM_SECRET_LEN);
	assert_string_not_equal(one, other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_one_holds_for_the_loopback),
		cmocka_unit_test(each_fault_is_the_one_that_was_asked_for),
		cmocka_unit_test(secrets_are_64_digits_and_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
