/*
 * Whom TLS trusts: the system's bundle and one authority more that the user
 * named, in one run of PEM. Invariant: the user's file holds at least one
 * whole certificate, so that a wrong file is told before any request.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/file.h"
#include "bantop/base/mem.h"
#include "net_priv.h"

static const char begin_mark[] = "-----BEGIN CERTIFICATE-----";
static const char end_mark[] = "-----END CERTIFICATE-----";

static const char *const bundles[] = {
	"/etc/ssl/certs/ca-certificates.crt",
	"/etc/pki/tls/certs/ca-bundle.crt",
	"/etc/ssl/ca-bundle.pem",
	"/etc/ssl/cert.pem",
	"/usr/local/share/certs/ca-root-nss.crt",
};

static bool
is_base64(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	    (byte >= '0' && byte <= '9') || byte == '+' || byte == '/' ||
	    byte == '=';
}

/* A DER sequence of more than 127 bytes begins with "MI" in base64. */
static bool
is_certificate(const char *text, const char *end)
{
	size_t count = 0;

	for (; text < end; text++) {
		if (strchr(" \t\r\n", *text) != NULL)
			continue;
		if (!is_base64(*text) || (count == 0 && *text != 'M') ||
		    (count == 1 && *text != 'I'))
			return false;
		count++;
	}
	return count >= 64;
}

/* Every certificate that begins must be whole. */
static bool
holds_certificates(const char *text)
{
	const char *begin, *end;
	size_t count = 0;

	for (;;) {
		begin = strstr(text, begin_mark);
		if (begin == NULL)
			return count > 0;
		begin += sizeof(begin_mark) - 1;
		end = strstr(begin, end_mark);
		if (end == NULL || !is_certificate(begin, end))
			return false;
		text = end + sizeof(end_mark) - 1;
		count++;
	}
}

static bool
add_extra(struct buf *pem, const char *path, struct err *err)
{
	static const char *const hint =
	    "name a file in PEM form, with BEGIN CERTIFICATE in it";
	struct buf text;
	bool ok = false;

	buf_init(&text, CA_FILE_MAX);
	if (!file_read(path, &text, err)) {
		/* Too large is a bad file too, not a cap of a reply. */
		if (err->kind == ERR_LIMIT)
			err->kind = ERR_FILE;
		goto done;
	}
	if (memchr(buf_text(&text), '\0', text.len) != NULL ||
	    !holds_certificates(buf_text(&text))) {
		(void)err_set(err, ERR_FILE, EINVAL, hint,
		    "%s: holds no certificate", path);
		goto done;
	}
	ok = buf_add(pem, text.data, text.len, err) &&
	    buf_add_text(pem, "\n", err);
done:
	buf_release(&text);
	return ok;
}

/* Not having a bundle is a fact about the system, not a failure. */
static bool
add_bundle(struct buf *pem, const char *path)
{
	struct err ignored = { 0 };
	struct buf text;
	bool ok;

	buf_init(&text, CA_STORE_MAX);
	ok = file_read(path, &text, &ignored) && text.len > 0 &&
	    buf_add(pem, text.data, text.len, &ignored) &&
	    buf_add_text(pem, "\n", &ignored);
	buf_release(&text);
	return ok;
}

static bool
add_system(struct buf *pem, const char *path)
{
	size_t i;

	if (path != NULL)
		return add_bundle(pem, path);
	for (i = 0; i < sizeof(bundles) / sizeof(bundles[0]); i++) {
		if (add_bundle(pem, bundles[i]))
			return true;
	}
	return false;
}

bool
ca_store_init(struct ca_store *store, const char *system, const char *extra,
    struct err *err)
{
	memset(store, 0, sizeof(*store));
	buf_init(&store->pem, CA_STORE_MAX);
	if (extra == NULL) {
		store->has_system =
		    system != NULL && add_bundle(&store->pem, system);
		return true;
	}
	if (!add_extra(&store->pem, extra, err)) {
		ca_store_release(store);
		return false;
	}
	store->extra = mem_copy_text(extra, strlen(extra));
	store->has_system = add_system(&store->pem, system);
	return true;
}

void
ca_store_release(struct ca_store *store)
{
	free(store->extra);
	store->extra = NULL;
	buf_release(&store->pem);
}
