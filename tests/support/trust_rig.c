#include "trust_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

enum { DAY_S = 24 * 60 * 60 };

/* -- certificates ---------------------------------------------------------- */

void
trust_name(X509_NAME *name, const char *text, int kind)
{
	assert_int_equal(X509_NAME_add_entry_by_txt(name, "CN", kind,
	                     (const unsigned char *)text, -1, -1, 0),
	    1);
}

static void
add_extension(X509 *made, X509V3_CTX *context, int kind, const char *value)
{
	X509_EXTENSION *extension =
	    X509V3_EXT_conf_nid(NULL, context, kind, value);

	assert_non_null(extension);
	assert_int_equal(X509_add_ext(made, extension, -1), 1);
	X509_EXTENSION_free(extension);
}

void
trust_make(struct trust_pair *out, const char *subject,
    const struct trust_pair *issuer, bool is_authority)
{
	X509 *made = X509_new();
	X509V3_CTX context;

	assert_non_null(made);
	out->key = EVP_EC_gen("P-256");
	assert_non_null(out->key);
	out->certificate = made;
	if (issuer == NULL)
		issuer = out;
	assert_int_equal(X509_set_version(made, X509_VERSION_3), 1);
	assert_int_equal(ASN1_INTEGER_set(X509_get_serialNumber(made), 7), 1);
	assert_non_null(X509_gmtime_adj(X509_getm_notBefore(made), -DAY_S));
	assert_non_null(X509_gmtime_adj(X509_getm_notAfter(made), DAY_S));
	trust_name(X509_get_subject_name(made), subject, MBSTRING_UTF8);
	assert_int_equal(X509_set_issuer_name(made,
	                     X509_get_subject_name(issuer->certificate)),
	    1);
	assert_int_equal(X509_set_pubkey(made, out->key), 1);
	X509V3_set_ctx(&context, issuer->certificate, made, NULL, NULL, 0);
	add_extension(made, &context, NID_basic_constraints,
	    is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
	add_extension(made, &context, NID_subject_key_identifier, "hash");
	add_extension(made, &context, NID_authority_key_identifier,
	    "keyid:always");
	assert_true(X509_sign(made, issuer->key, EVP_sha256()) > 0);
}

void
trust_pair_release(struct trust_pair *pair)
{
	EVP_PKEY_free(pair->key);
	X509_free(pair->certificate);
}

int
trust_rig_set_up(void **state)
{
	static struct trust_pki pki;

	trust_make(&pki.one, "One Authority", NULL, true);
	trust_make(&pki.twin, "One Authority", NULL, true);
	trust_make(&pki.other, "Another Authority", NULL, true);
	trust_make(&pki.between, "Between", &pki.one, true);
	trust_make(&pki.by_one, "server", &pki.one, false);
	trust_make(&pki.by_twin, "server", &pki.twin, false);
	trust_make(&pki.by_between, "server", &pki.between, false);
	*state = &pki;
	return 0;
}

int
trust_rig_tear_down(void **state)
{
	struct trust_pki *pki = *state;

	trust_pair_release(&pki->one);
	trust_pair_release(&pki->twin);
	trust_pair_release(&pki->other);
	trust_pair_release(&pki->between);
	trust_pair_release(&pki->by_one);
	trust_pair_release(&pki->by_twin);
	trust_pair_release(&pki->by_between);
	return 0;
}

/* -- bundles --------------------------------------------------------------- */

void
trust_add_block(struct buf *pem, const char *kind, const unsigned char *der,
    long len)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *text = NULL;
	long text_len;

	assert_non_null(bio);
	assert_true(PEM_write_bio(bio, kind, "", der, len) > 0);
	text_len = BIO_get_mem_data(bio, &text);
	buf_put(pem, text, (size_t)text_len);
	BIO_free(bio);
}

void
trust_add(struct buf *pem, const struct trust_pair *pair)
{
	unsigned char *der = NULL;
	int len = i2d_X509(pair->certificate, &der);

	assert_true(len > 0);
	trust_add_block(pem, "CERTIFICATE", der, len);
	OPENSSL_free(der);
}

void
trust_begin(struct buf *pem)
{
	buf_init(pem, CA_STORE_MAX);
}

/* -- the two ways ---------------------------------------------------------- */

SSL_CTX *
trust_make_context(void)
{
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());

	assert_non_null(context);
	/* As libcurl has it. */
	assert_int_equal(X509_STORE_set_flags(SSL_CTX_get_cert_store(context),
	                     X509_V_FLAG_TRUSTED_FIRST |
	                         X509_V_FLAG_PARTIAL_CHAIN),
	    1);
	return context;
}

int
trust_verify(SSL_CTX *context, const struct trust_pair *server)
{
	X509_STORE_CTX *check = X509_STORE_CTX_new();
	int error;

	assert_non_null(check);
	assert_int_equal(X509_STORE_CTX_init(check,
	                     SSL_CTX_get_cert_store(context),
	                     server->certificate, NULL),
	    1);
	assert_int_equal(X509_STORE_CTX_set_default(check, "ssl_server"), 1);
	error = X509_verify_cert(check) == 1 ? X509_V_OK
	                                     : X509_STORE_CTX_get_error(check);
	X509_STORE_CTX_free(check);
	return error;
}

char *
trust_own_library(char text[64])
{
	(void)snprintf(text, 64, "OpenSSL/%s",
	    OpenSSL_version(OPENSSL_VERSION_STRING));
	return text;
}

int
trust_judge(const struct buf *pem, const struct trust_pair *server)
{
	char library[64];
	struct trust *trust = trust_create(pem, trust_own_library(library));
	SSL_CTX *context = trust_make_context();
	int error = TRUST_NOT_USABLE;

	ERR_clear_error();
	if (trust != NULL && trust_join(trust, context)) {
		error = trust_verify(context, server);
		/* Again, with what is decoded by now. */
		assert_int_equal(trust_verify(context, server), error);
	}
	/* Nothing is left behind that another would take for its own. */
	if (error == X509_V_OK || error == TRUST_NOT_USABLE)
		assert_int_equal(ERR_peek_error(), 0);
	SSL_CTX_free(context);
	trust_destroy(trust);
	return error;
}

int
trust_judge_by_openssl(const struct buf *pem, const struct trust_pair *server)
{
	SSL_CTX *context = trust_make_context();
	BIO *bio = BIO_new_mem_buf(buf_text(pem), (int)pem->len);
	STACK_OF(X509_INFO) *all =
	    PEM_X509_INFO_read_bio(bio, NULL, NULL, NULL);
	int error = TRUST_NOT_USABLE;
	int i, count = 0;

	for (i = 0; i < sk_X509_INFO_num(all); i++) {
		X509 *one = sk_X509_INFO_value(all, i)->x509;

		if (one == NULL)
			continue;
		assert_int_equal(
		    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), one),
		    1);
		count++;
	}
	if (count > 0)
		error = trust_verify(context, server);
	sk_X509_INFO_pop_free(all, X509_INFO_free);
	BIO_free(bio);
	SSL_CTX_free(context);
	ERR_clear_error();
	return error;
}

void
trust_check(struct buf *pem, const struct trust_pair *server, int error)
{
	assert_int_equal(trust_judge_by_openssl(pem, server), error);
	assert_int_equal(trust_judge(pem, server), error);
	buf_release(pem);
}
