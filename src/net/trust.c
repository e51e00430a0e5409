/*
 * The authorities by OpenSSL's own means, one at a time. Reading a bundle the
 * usual way decodes the key of each certificate, which takes longer than a
 * whole call to the service, and a chain asks for one or two of them. Here
 * the bundle is taken apart once, and of each certificate only the subject is
 * read; the certificate itself when a chain names it. OpenSSL then has it as
 * if it had been there from the beginning, and judges it by itself.
 *
 * Invariants: what is given to a connection came whole out of OpenSSL's own
 * decoder and stands in the bundle; all authorities of a subject are given
 * together, since OpenSSL asks once for each. What is no certificate by its
 * frame makes the bundle unusable, as it does for libcurl.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include "bantop/base/mem.h"
#include "net_priv.h"

struct authority {
	X509_NAME *subject;
	unsigned char *der; /* of OpenSSL's memory */
	long len;
	bool told; /* a TRUSTED CERTIFICATE: what for is told behind it */
	X509 *certificate; /* NULL until a chain has asked for it */
};

struct trust {
	const char *pem; /* borrowed */
	size_t pem_len;
	X509_LOOKUP_METHOD *method;
	bool read;
	struct authority *authorities;
	size_t count;
};

/* -- one certificate ------------------------------------------------------- */

/* What is left of a piece of DER. */
struct rest {
	const unsigned char *at;
	const unsigned char *end;
};

/* Steps over the next element. @return false unless all of it is there. */
static bool
step(struct rest *rest, int *tag, struct rest *content)
{
	const unsigned char *at = rest->at;
	int what, kind;
	long len;

	what = ASN1_get_object(&at, &len, tag, &kind, rest->end - rest->at);
	/* 0x80: an error; 1: the length is not told. */
	if ((what & 0x81) != 0)
		return false;
	if (kind != V_ASN1_UNIVERSAL)
		*tag = -1;
	content->at = at;
	content->end = at + len;
	rest->at = at + len;
	return true;
}

/* Goes into sequences, each the first of the one around it. */
static bool
enter(struct rest *rest, int levels)
{
	struct rest content;
	int tag;

	for (; levels > 0; levels--) {
		if (!step(rest, &tag, &content) || tag != V_ASN1_SEQUENCE)
			return false;
		*rest = content;
	}
	return true;
}

/* Certificate ::= { { [version], serial number, algorithm, issuer, validity,
 * subject, ... }, ... } */
static X509_NAME *
read_subject(const unsigned char *der, long len)
{
	enum { BEFORE_SUBJECT = 4 }; /* without the version */
	struct rest rest = { der, der + len };
	struct rest content;
	int tag = 0;
	int i;

	if (!enter(&rest, 2) || !step(&rest, &tag, &content))
		return NULL;
	for (i = tag == V_ASN1_INTEGER ? 1 : 0; i < BEFORE_SUBJECT; i++) {
		if (!step(&rest, &tag, &content))
			return NULL;
	}
	return d2i_X509_NAME(NULL, &rest.at, rest.end - rest.at);
}

static X509 *
decode(const struct authority *authority)
{
	const unsigned char *at = authority->der;

	return authority->told ? d2i_X509_AUX(NULL, &at, authority->len)
	                       : d2i_X509(NULL, &at, authority->len);
}

/* What is framed in a way of its own is decoded at once, as a whole. */
static bool
find_subject(struct authority *authority)
{
	authority->subject = read_subject(authority->der, authority->len);
	if (authority->subject != NULL)
		return true;
	authority->certificate = decode(authority);
	if (authority->certificate == NULL)
		return false;
	authority->subject =
	    X509_NAME_dup(X509_get_subject_name(authority->certificate));
	return authority->subject != NULL;
}

static void
release(struct authority *authority)
{
	X509_NAME_free(authority->subject);
	X509_free(authority->certificate);
	OPENSSL_free(authority->der);
}

/* -- the bundle ------------------------------------------------------------ */

/* One block of PEM; what it held was OpenSSL's. */
struct block {
	char *name;
	char *header;
	unsigned char *der;
	long len;
};

/* The bytes become the authority's. @return false if they are none. */
static bool
add(struct trust *trust, struct block *block, bool told)
{
	struct authority *authority;

	trust->authorities = mem_grow(trust->authorities, trust->count + 1,
	    sizeof(*trust->authorities));
	authority = &trust->authorities[trust->count++];
	memset(authority, 0, sizeof(*authority));
	authority->der = block->der;
	authority->len = block->len;
	authority->told = told;
	block->der = NULL;
	return block->header[0] == '\0' && find_subject(authority);
}

/* Lists of revoked ones and keys stand in some bundles. Nobody asks for them
 * here, nor of libcurl. */
static bool
take_block(struct trust *trust, struct block *block)
{
	if (strcmp(block->name, PEM_STRING_X509) == 0 ||
	    strcmp(block->name, PEM_STRING_X509_OLD) == 0)
		return add(trust, block, false);
	if (strcmp(block->name, PEM_STRING_X509_TRUSTED) == 0)
		return add(trust, block, true);
	return true;
}

static bool
read_blocks(struct trust *trust, BIO *pem)
{
	struct block block;
	bool ok = true;

	while (ok) {
		memset(&block, 0, sizeof(block));
		if (PEM_read_bio(pem, &block.name, &block.header, &block.der,
		        &block.len) != 1)
			break;
		ok = take_block(trust, &block);
		OPENSSL_free(block.name);
		OPENSSL_free(block.header);
		OPENSSL_free(block.der);
	}
	return ok &&
	    ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
}

static void
forget(struct trust *trust)
{
	size_t i;

	for (i = 0; i < trust->count; i++)
		release(&trust->authorities[i]);
	free(trust->authorities);
	trust->authorities = NULL;
	trust->count = 0;
}

static bool
read_bundle(struct trust *trust)
{
	BIO *pem;

	if (trust->read)
		return true;
	(void)ERR_set_mark();
	pem = BIO_new_mem_buf(trust->pem, (int)trust->pem_len);
	trust->read =
	    pem != NULL && read_blocks(trust, pem) && trust->count > 0;
	BIO_free(pem);
	(void)ERR_pop_to_mark();
	if (!trust->read)
		forget(trust);
	return trust->read;
}

/* -- what OpenSSL asks ----------------------------------------------------- */

/* The certificate itself has the last word on whose it is. */
static X509 *
get_certificate(struct authority *authority, const X509_NAME *subject)
{
	if (X509_NAME_cmp(authority->subject, subject) != 0)
		return NULL;
	if (authority->certificate == NULL)
		authority->certificate = decode(authority);
	if (authority->certificate == NULL ||
	    X509_NAME_cmp(X509_get_subject_name(authority->certificate),
	        subject) != 0)
		return NULL;
	return authority->certificate;
}

static int
give_subject(X509_LOOKUP *lookup, X509_LOOKUP_TYPE type,
    const X509_NAME *subject, X509_OBJECT *found)
{
	struct trust *trust = X509_LOOKUP_get_method_data(lookup);
	X509_STORE *store = X509_LOOKUP_get_store(lookup);
	X509 *first = NULL;
	size_t i;

	if (type != X509_LU_X509)
		return 0;
	(void)ERR_set_mark();
	for (i = 0; i < trust->count; i++) {
		X509 *one = get_certificate(&trust->authorities[i], subject);

		if (one != NULL && X509_STORE_add_cert(store, one) == 1 &&
		    first == NULL)
			first = one;
	}
	(void)ERR_pop_to_mark();
	if (first == NULL || X509_OBJECT_set1_X509(found, first) != 1)
		return 0;
	/* Who asks counts it again, and the store has it counted. */
	X509_free(first);
	return 1;
}

/* -- the trust ------------------------------------------------------------- */

/* Two copies of OpenSSL in a process would be as good, if they are equal; of
 * another kind or version nothing may be handed over. */
static bool
is_own(const char *library)
{
	char own[64];

	(void)snprintf(own, sizeof(own), "OpenSSL/%s",
	    OpenSSL_version(OPENSSL_VERSION_STRING));
	return library != NULL && strcmp(library, own) == 0;
}

struct trust *
trust_create(const struct buf *pem, const char *library)
{
	struct trust *trust;

	assert(pem->len <= CA_STORE_MAX);
	if (pem->len == 0 || !is_own(library))
		return NULL;
	trust = mem_alloc(sizeof(*trust));
	trust->pem = buf_text(pem);
	trust->pem_len = pem->len;
	trust->method = X509_LOOKUP_meth_new("bantop's authorities");
	if (trust->method == NULL)
		mem_give_up();
	(void)X509_LOOKUP_meth_set_get_by_subject(trust->method, give_subject);
	return trust;
}

void
trust_destroy(struct trust *trust)
{
	if (trust == NULL)
		return;
	forget(trust);
	X509_LOOKUP_meth_free(trust->method);
	free(trust);
}

bool
trust_join(struct trust *trust, void *context)
{
	X509_LOOKUP *lookup;

	if (!read_bundle(trust))
		return false;
	/* The same one again, if the store is one that libcurl has kept. */
	lookup = X509_STORE_add_lookup(SSL_CTX_get_cert_store(context),
	    trust->method);
	return lookup != NULL &&
	    X509_LOOKUP_set_method_data(lookup, trust) == 1;
}
