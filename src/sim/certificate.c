/*
 * X.509 with OpenSSL: one authority, one server certificate. Keys live in
 * memory; only the authority's certificate is ever written to a file.
 */
#include "bantop/sim/certificate.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

enum { HOUR_S = 3600, DAY_S = 86400 };

static const char GOOD_NAMES[] = "IP:127.0.0.1,IP:::1,DNS:localhost";
static const char OTHER_NAMES[] = "DNS:another.example";

/* What a certificate says, and who signs it. */
struct plan {
	const char *name;
	const char *hosts; /* NULL: an authority */
	long from_s;       /* from now */
	long to_s;
	EVP_PKEY *key; /* borrowed */
	X509 *issuer;  /* borrowed; NULL: itself */
	EVP_PKEY *issuer_key;
};

/* A key and its certificate. */
struct pair {
	EVP_PKEY *key;
	X509 *certificate;
};

static void
pair_release(struct pair *pair)
{
	X509_free(pair->certificate);
	EVP_PKEY_free(pair->key);
	*pair = (struct pair){ .key = NULL };
}

static bool
add_extension(X509 *certificate, X509 *issuer, int kind, const char *value)
{
	X509_EXTENSION *extension;
	X509V3_CTX context;
	bool ok;

	X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
	if (extension == NULL)
		return false;
	ok = X509_add_ext(certificate, extension, -1) == 1;
	X509_EXTENSION_free(extension);
	return ok;
}

static bool
add_extensions(X509 *certificate, const struct plan *plan)
{
	X509 *issuer = plan->issuer == NULL ? certificate : plan->issuer;

	if (!add_extension(certificate, issuer, NID_subject_key_identifier,
	        "hash"))
		return false;
	if (plan->hosts == NULL)
		return add_extension(certificate, issuer, NID_basic_constraints,
		           "critical,CA:TRUE") &&
		    add_extension(certificate, issuer, NID_key_usage,
		        "critical,keyCertSign,cRLSign");
	return add_extension(certificate, issuer, NID_basic_constraints,
	           "critical,CA:FALSE") &&
	    add_extension(certificate, issuer, NID_key_usage,
	        "critical,digitalSignature") &&
	    add_extension(certificate, issuer, NID_ext_key_usage,
	        "serverAuth") &&
	    add_extension(certificate, issuer, NID_subject_alt_name,
	        plan->hosts);
}

static bool
set_serial(X509 *certificate)
{
	unsigned char bytes[8];
	uint64_t number = 0;
	size_t i;

	if (RAND_bytes(bytes, sizeof(bytes)) != 1)
		return false;
	for (i = 0; i < sizeof(bytes); i++)
		number = number << 8 | bytes[i];
	return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate),
	           number >> 1 | 1) == 1;
}

static bool
set_names(X509 *certificate, const struct plan *plan)
{
	X509_NAME *subject = X509_get_subject_name(certificate);

	if (X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8,
	        (const unsigned char *)"bantop-sim", -1, -1, 0) != 1 ||
	    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
	        (const unsigned char *)plan->name, -1, -1, 0) != 1)
		return false;
	return X509_set_issuer_name(certificate,
	           plan->issuer == NULL
	               ? subject
	               : X509_get_subject_name(plan->issuer)) == 1;
}

static X509 *
make_certificate(const struct plan *plan)
{
	X509 *certificate = X509_new();
	bool ok;

	if (certificate == NULL)
		return NULL;
	ok = X509_set_version(certificate, 2) == 1 && set_serial(certificate) &&
	    set_names(certificate, plan) &&
	    X509_gmtime_adj(X509_getm_notBefore(certificate), plan->from_s) !=
	        NULL &&
	    X509_gmtime_adj(X509_getm_notAfter(certificate), plan->to_s) !=
	        NULL &&
	    X509_set_pubkey(certificate, plan->key) == 1 &&
	    add_extensions(certificate, plan) &&
	    X509_sign(certificate, plan->issuer_key, EVP_sha256()) > 0;
	if (ok)
		return certificate;
	X509_free(certificate);
	return NULL;
}

static bool
make_authority(const char *name, struct pair *out)
{
	struct plan plan = {
		.name = name,
		.from_s = -HOUR_S,
		.to_s = 30 * DAY_S,
	};

	out->key = EVP_EC_gen("P-256");
	if (out->key == NULL)
		return false;
	plan.key = out->key;
	plan.issuer_key = out->key;
	out->certificate = make_certificate(&plan);
	return out->certificate != NULL;
}

static bool
is_kind(const char *kind, const char *name)
{
	return kind != NULL && strcmp(kind, name) == 0;
}

static bool
make_server(struct pair *out, const struct pair *authority, const char *kind)
{
	struct plan plan = {
		.name = "bantop-sim",
		.hosts = is_kind(kind, "host") ? OTHER_NAMES : GOOD_NAMES,
		.from_s = -HOUR_S,
		.to_s = 30 * DAY_S,
		.issuer = authority->certificate,
		.issuer_key = authority->key,
	};

	out->key = EVP_EC_gen("P-256");
	if (out->key == NULL)
		return false;
	plan.key = out->key;
	if (is_kind(kind, "expired"))
		plan.to_s = -60;
	if (is_kind(kind, "notyet"))
		plan.from_s = DAY_S;
	if (is_kind(kind, "selfsigned")) {
		plan.issuer = NULL;
		plan.issuer_key = out->key;
	}
	out->certificate = make_certificate(&plan);
	return out->certificate != NULL;
}

static bool
take_bio(BIO *bio, bool written, struct buf *out)
{
	char *data;
	long len;

	if (bio == NULL)
		return false;
	len = BIO_get_mem_data(bio, &data);
	if (written && len > 0)
		buf_put(out, data, (size_t)len);
	BIO_free(bio);
	return written && len > 0;
}

static bool
write_certificate(X509 *certificate, struct buf *out)
{
	BIO *bio = BIO_new(BIO_s_mem());
	bool ok = bio != NULL && PEM_write_bio_X509(bio, certificate) == 1;

	return take_bio(bio, ok, out);
}

static bool
write_key(EVP_PKEY *key, struct buf *out)
{
	BIO *bio = BIO_new(BIO_s_mem());
	bool ok = bio != NULL &&
	    PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL,
	        NULL) == 1;

	return take_bio(bio, ok, out);
}

bool
sim_certificate_make(struct sim_certificate *certificate, const char *kind,
    struct err *err)
{
	struct pair authority = { .key = NULL }, other = { .key = NULL };
	struct pair server = { .key = NULL };
	bool unknown = is_kind(kind, "unknown");
	bool ok = false;

	buf_init(&certificate->authority, SIM_PEM_MAX);
	buf_init(&certificate->server, SIM_PEM_MAX);
	buf_init(&certificate->key, SIM_PEM_MAX);
	if (!make_authority("bantop-sim authority", &authority))
		goto done;
	if (unknown && !make_authority("nobody knows", &other))
		goto done;
	if (!make_server(&server, unknown ? &other : &authority, kind))
		goto done;
	if (!write_certificate(authority.certificate,
	        &certificate->authority) ||
	    !write_certificate(server.certificate, &certificate->server) ||
	    !write_key(server.key, &certificate->key))
		goto done;
	ok = true;
done:
	if (!ok)
		err_set(err, ERR_TLS, 0, NULL, "cannot make a certificate");
	pair_release(&server);
	pair_release(&other);
	pair_release(&authority);
	return ok;
}

void
sim_certificate_release(struct sim_certificate *certificate)
{
	buf_release(&certificate->authority);
	buf_release(&certificate->server);
	buf_wipe(&certificate->key);
}

bool
sim_secret_make(char key[SIM_SECRET_LEN + 1], struct err *err)
{
	unsigned char bytes[SIM_SECRET_LEN / 2];
	size_t i;

	if (RAND_bytes(bytes, sizeof(bytes)) != 1)
		return err_set(err, ERR_TLS, 0, NULL,
		    "cannot make a secret key");
	for (i = 0; i < sizeof(bytes); i++)
		snprintf(key + 2 * i, 3, "%02x", bytes[i]);
	return true;
}
