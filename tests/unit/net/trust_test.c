/*
 * Whom trust.c trusts, and that it is whom OpenSSL would trust without it.
 */
#include "net/net_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "trust_rig.h"

static void
one_late_in_the_bundle_is_trusted(void **state)
{
	const struct trust_pki *pki = *state;
	struct buf pem;
	int i;

	trust_begin(&pem);
	for (i = 0; i < 200; i++)
		trust_add(&pem, &pki->other);
	trust_add(&pem, &pki->one);
	trust_check(&pem, &pki->by_one, X509_V_OK);
}

static void
one_that_is_not_there_is_not_trusted(void **state)
{
	const struct trust_pki *pki = *state;
	struct buf pem;

	trust_begin(&pem);
	trust_add(&pem, &pki->other);
	trust_check(&pem, &pki->by_one,
	    X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

static void
of_two_with_one_name_both_count(void **state)
{
	const struct trust_pki *pki = *state;
	const struct trust_pair *servers[] = { &pki->by_one, &pki->by_twin };
	struct buf pem;
	size_t i;

	for (i = 0; i < 2; i++) {
		trust_begin(&pem);
		trust_add(&pem, &pki->one);
		trust_add(&pem, &pki->other);
		trust_add(&pem, &pki->twin);
		trust_check(&pem, servers[i], X509_V_OK);
	}
}

static void
a_name_alone_is_not_enough(void **state)
{
	const struct trust_pki *pki = *state;
	struct buf pem;

	trust_begin(&pem);
	trust_add(&pem, &pki->twin);
	trust_check(&pem, &pki->by_one,
	    X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

/* Capitals, blanks and the kind of text are no difference. */
static void
a_name_may_be_spelled_in_another_way(void **state)
{
	struct trust_pair odd, server;
	struct buf pem;

	(void)state;
	trust_make(&odd, "some  AUTHORITY ", NULL, true);
	trust_make(&server, "server", &odd, false);
	X509_NAME_ENTRY_free(X509_NAME_delete_entry(
	    X509_get_issuer_name(server.certificate), 0));
	trust_name(X509_get_issuer_name(server.certificate), "Some authority",
	    V_ASN1_PRINTABLESTRING);
	assert_true(X509_sign(server.certificate, odd.key, EVP_sha256()) > 0);
	trust_begin(&pem);
	trust_add(&pem, &odd);
	trust_check(&pem, &server, X509_V_OK);
	trust_pair_release(&server);
	trust_pair_release(&odd);
}

static void
one_between_is_trusted_if_it_stands_in_the_bundle(void **state)
{
	const struct trust_pki *pki = *state;
	struct buf pem;

	trust_begin(&pem);
	trust_add(&pem, &pki->between);
	trust_check(&pem, &pki->by_between, X509_V_OK);
	trust_begin(&pem);
	trust_add(&pem, &pki->one);
	trust_check(&pem, &pki->by_between,
	    X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
	trust_begin(&pem);
	trust_add(&pem, &pki->one);
	trust_add(&pem, &pki->between);
	trust_check(&pem, &pki->by_between, X509_V_OK);
}

/* What it may be trusted for is told behind it. */
static void
one_that_is_not_for_servers_is_not_trusted_for_one(void **state)
{
	static const int uses[] = { NID_server_auth, NID_email_protect };
	static const int errors[] = { X509_V_OK, X509_V_ERR_CERT_REJECTED };
	const struct trust_pki *pki = *state;
	struct buf pem;
	size_t i;

	for (i = 0; i < 2; i++) {
		X509 *told = X509_dup(pki->one.certificate);
		unsigned char *der = NULL;
		int len;

		assert_int_equal(X509_add1_trust_object(told,
		                     OBJ_nid2obj(uses[i])),
		    1);
		len = i2d_X509_AUX(told, &der);
		assert_true(len > 0);
		trust_begin(&pem);
		trust_add(&pem, &pki->other);
		trust_add_block(&pem, "TRUSTED CERTIFICATE", der, len);
		trust_check(&pem, &pki->by_one, errors[i]);
		OPENSSL_free(der);
		X509_free(told);
	}
}

static void
a_connection_more_has_the_same_trust(void **state)
{
	const struct trust_pki *pki = *state;
	struct trust *trust;
	SSL_CTX *contexts[3];
	char library[64];
	struct buf pem;
	size_t i;

	trust_begin(&pem);
	trust_add(&pem, &pki->one);
	trust = trust_create(&pem, trust_own_library(library));
	assert_non_null(trust);
	for (i = 0; i < 3; i++) {
		contexts[i] = trust_make_context();
		/* libcurl may keep a store, and hand it out again. */
		assert_true(trust_join(trust, contexts[i]));
		assert_true(trust_join(trust, contexts[i]));
		assert_int_equal(trust_verify(contexts[i], &pki->by_one),
		    X509_V_OK);
		assert_int_not_equal(trust_verify(contexts[i],
		                         &pki->by_between),
		    X509_V_OK);
	}
	for (i = 0; i < 3; i++)
		SSL_CTX_free(contexts[i]);
	trust_destroy(trust);
	buf_release(&pem);
}

static void
another_library_gets_nothing(void **state)
{
	static const char *const libraries[] = { NULL, "", "OpenSSL/",
		"OpenSSL/1.1.1w", "GnuTLS/3.7.9", "LibreSSL/3.8.2",
		"OpenSSL/3.0.0 (GnuTLS/3.7.9)", "BoringSSL" };
	const struct trust_pki *pki = *state;
	struct buf pem;
	size_t i;

	trust_begin(&pem);
	trust_add(&pem, &pki->one);
	for (i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
		assert_null(trust_create(&pem, libraries[i]));
	buf_release(&pem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_late_in_the_bundle_is_trusted),
		cmocka_unit_test(one_that_is_not_there_is_not_trusted),
		cmocka_unit_test(of_two_with_one_name_both_count),
		cmocka_unit_test(a_name_alone_is_not_enough),
		cmocka_unit_test(a_name_may_be_spelled_in_another_way),
		cmocka_unit_test(
		    one_between_is_trusted_if_it_stands_in_the_bundle),
		cmocka_unit_test(
		    one_that_is_not_for_servers_is_not_trusted_for_one),
		cmocka_unit_test(a_connection_more_has_the_same_trust),
		cmocka_unit_test(another_library_gets_nothing),
	};

	return cmocka_run_group_tests(tests, trust_rig_set_up,
	    trust_rig_tear_down);
}
