/*
 * UserSig: text to sign, HMAC-SHA256 with the key as text, a JSON object, a
 * zlib frame, base64 in an alphabet of its own. We write the frame as one
 * stored block, so that no compressor keeps a copy of the signature; what
 * others compressed is inflated under a hard cap, in memory that is wiped.
 *
 * The order of the checks is part of the interface: the first fault is told.
 */
#include "bantop/api/usersig.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <zlib.h>

#include "bantop/api/base64.h"
#include "bantop/base/mem.h"

enum {
	KEY_DIGITS = 64,
	/* Of the JSON object: our own is below it, a sane foreign one too. */
	CLAIMS_MAX = 8192,
	FRAME_EXTRA = 11, /* bytes of a zlib frame around a stored block */
	PACKED_MAX = USERSIG_TEXT_MAX / 4 * 3,
};

/* A UserSig with its armour off. */
struct opened {
	struct usersig_claims claims;
	unsigned char mac[USERSIG_MAC_SIZE];
};

static bool
refuse(struct err *err, enum usersig_fault fault, const char *text)
{
	return err_set(err, ERR_CREDENTIAL, (int)fault, NULL, "%s", text);
}

/* A file that the environment names must not decide how we sign. */
static void
prepare_library(void)
{
	(void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
}

uint32_t
usersig_random(void)
{
	uint32_t bits = 0;

	prepare_library();
	/* Without a source of randomness 0 is as good a mark as any. */
	(void)RAND_bytes((unsigned char *)&bits, (int)sizeof bits);
	return bits;
}

bool
usersig_check_key(const char *key, size_t len, struct err *err)
{
	size_t i;

	if (len == 0)
		return refuse(err, USERSIG_MAC, "the secret key is empty");
	if (len != KEY_DIGITS)
		return err_set(err, ERR_CREDENTIAL, USERSIG_MAC, NULL,
		    "the secret key has %zu characters, not %d", len,
		    KEY_DIGITS);
	for (i = 0; i < len; i++) {
		if (key[i] == '\0' ||
		    strchr("0123456789abcdefABCDEF", key[i]) == NULL)
			return err_set(err, ERR_CREDENTIAL, USERSIG_MAC, NULL,
			    "character %zu of the secret key is no hexadecimal "
			    "digit",
			    i + 1);
	}
	return true;
}

static bool
sign(const struct usersig_claims *claims, const char *key, size_t key_len,
    unsigned char mac[USERSIG_MAC_SIZE], struct err *err)
{
	unsigned size = 0;
	struct buf content;
	bool ok = false;

	buf_init(&content, USERSIG_CONTENT_MAX);
	usersig_claims_put_content(claims, &content);
	prepare_library();
	if (key_len == 0 || key_len > USERSIG_KEY_MAX) {
		(void)refuse(err, USERSIG_MAC, "no usable secret key");
		goto done;
	}
	if (HMAC(EVP_sha256(), key, (int)key_len,
	        (const unsigned char *)content.data, content.len, mac,
	        &size) == NULL ||
	    size != USERSIG_MAC_SIZE) {
		(void)refuse(err, USERSIG_MAC,
		    "the library could not sign with HMAC-SHA256");
		goto done;
	}
	ok = true;
done:
	buf_release(&content);
	return ok;
}

static size_t
put_big_end_first(unsigned char *out, uint32_t value)
{
	out[0] = (unsigned char)(value >> 24);
	out[1] = (unsigned char)(value >> 16 & 0xff);
	out[2] = (unsigned char)(value >> 8 & 0xff);
	out[3] = (unsigned char)(value & 0xff);
	return 4;
}

/* zlib frame with one stored block: RFC 1950 around RFC 1951, 3.2.4. */
static size_t
pack(const struct buf *plain, unsigned char *out)
{
	const unsigned char *data = (const unsigned char *)plain->data;
	size_t len = plain->len;
	size_t at = 0;

	out[at++] = 0x78;
	out[at++] = 0x01;
	out[at++] = 0x01;
	out[at++] = (unsigned char)(len & 0xff);
	out[at++] = (unsigned char)(len >> 8 & 0xff);
	out[at++] = (unsigned char)(~len & 0xff);
	out[at++] = (unsigned char)(~len >> 8 & 0xff);
	memcpy(out + at, data, len);
	at += len;
	return at +
	    put_big_end_first(out + at,
	        (uint32_t)adler32(adler32(0, NULL, 0), data, (uInt)len));
}

bool
usersig_make(const struct usersig_claims *claims, const char *key,
    size_t key_len, struct buf *out, struct err *err)
{
	unsigned char mac[USERSIG_MAC_SIZE];
	unsigned char packed[PACKED_MAX];
	char text[USERSIG_TEXT_MAX + 1];
	struct buf plain;
	size_t packed_len;
	bool ok = false;

	buf_init(&plain, PACKED_MAX - FRAME_EXTRA);
	if (!usersig_claims_check_account(claims->account,
	        strlen(claims->account), err))
		goto done;
	if (base64_span(claims->userbuf, strlen(claims->userbuf),
	        BASE64_USUAL) < strlen(claims->userbuf)) {
		(void)refuse(err, USERSIG_USERBUF, "the userbuf is no base64");
		goto done;
	}
	if (!sign(claims, key, key_len, mac, err) ||
	    !usersig_claims_write(claims, mac, &plain, err))
		goto done;
	packed_len = pack(&plain, packed);
	base64_write(packed, packed_len, BASE64_USERSIG, text);
	if (!buf_add(out, text, base64_size(packed_len), err))
		goto done;
	ok = true;
done:
	mem_wipe(text, sizeof text);
	mem_wipe(packed, sizeof packed);
	mem_wipe(mac, sizeof mac);
	buf_wipe(&plain);
	return ok;
}

/* The library's memory may hold what it unpacked: it is wiped when freed. */
union block {
	size_t size;
	max_align_t align;
};

static void *
block_alloc(void *user, unsigned items, unsigned size)
{
	size_t len = (size_t)items * size;
	union block *block = mem_alloc(sizeof *block + len);

	(void)user;
	block->size = len;
	return block + 1;
}

static void
block_free(void *user, void *memory)
{
	union block *block = (union block *)memory - 1;

	(void)user;
	mem_wipe(memory, block->size);
	free(block);
}

static bool
unpack(unsigned char *packed, size_t packed_len, unsigned char *plain,
    size_t *plain_len)
{
	z_stream stream = { 0 };
	bool ok;

	stream.zalloc = block_alloc;
	stream.zfree = block_free;
	stream.next_in = packed;
	stream.avail_in = (uInt)packed_len;
	stream.next_out = plain;
	stream.avail_out = CLAIMS_MAX;
	if (inflateInit(&stream) != Z_OK)
		return false;
	ok = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
	*plain_len = stream.total_out;
	(void)inflateEnd(&stream);
	return ok;
}

static bool
check_armour(const char *text, size_t len, struct err *err)
{
	size_t span;

	if (len == 0)
		return refuse(err, USERSIG_EMPTY, "UserSig is empty");
	span = base64_span(text, len, BASE64_USERSIG);
	if (span < len)
		return err_set(err, ERR_CREDENTIAL, USERSIG_ALPHABET, NULL,
		    "UserSig holds at %zu what is none of A-Z a-z 0-9 * - _",
		    span + 1);
	if (len > USERSIG_TEXT_MAX)
		return err_set(err, ERR_CREDENTIAL, USERSIG_BASE64, NULL,
		    "UserSig has %zu characters, more than %d", len,
		    USERSIG_TEXT_MAX);
	return true;
}

static bool
open_usersig(const char *text, size_t len, struct opened *opened,
    struct err *err)
{
	unsigned char packed[PACKED_MAX];
	unsigned char plain[CLAIMS_MAX];
	size_t packed_len, plain_len;
	bool ok = false;

	if (!check_armour(text, len, err))
		return false;
	if (!base64_read(text, len, BASE64_USERSIG, packed, sizeof packed,
	        &packed_len)) {
		(void)refuse(err, USERSIG_BASE64,
		    "UserSig is no base64: was it cut short?");
		goto done;
	}
	if (!unpack(packed, packed_len, plain, &plain_len)) {
		(void)refuse(err, USERSIG_ZLIB,
		    "UserSig does not unpack: was it cut short?");
		goto done;
	}
	ok = usersig_claims_read((const char *)plain, plain_len,
	    &opened->claims, opened->mac, err);
done:
	mem_wipe(plain, sizeof plain);
	mem_wipe(packed, sizeof packed);
	return ok;
}

bool
usersig_decode(const char *text, size_t len, struct usersig_claims *claims,
    struct err *err)
{
	struct opened opened = { 0 };
	bool ok = open_usersig(text, len, &opened, err);

	if (ok)
		*claims = opened.claims;
	mem_wipe(&opened, sizeof opened);
	return ok;
}

static bool
check_mac(const struct opened *opened, const char *key, size_t key_len,
    struct err *err)
{
	unsigned char mac[USERSIG_MAC_SIZE];
	bool same;

	if (!sign(&opened->claims, key, key_len, mac, err))
		return false;
	same = CRYPTO_memcmp(mac, opened->mac, sizeof mac) == 0;
	mem_wipe(mac, sizeof mac);
	return same ||
	    refuse(err, USERSIG_MAC,
	        "UserSig was not made with this secret key");
}

bool
usersig_verify(const char *text, size_t len,
    const struct usersig_claims *expected, const char *key, size_t key_len,
    int64_t now_s, struct err *err)
{
	struct opened opened = { 0 };
	bool ok = false;

	if (!open_usersig(text, len, &opened, err) ||
	    !usersig_claims_check_owner(&opened.claims, expected->account,
	        expected->app_id, err))
		goto done;
	if (strcmp(opened.claims.userbuf, expected->userbuf) != 0) {
		(void)refuse(err, USERSIG_USERBUF,
		    "UserSig carries another userbuf than is expected");
		goto done;
	}
	if (!check_mac(&opened, key, key_len, err) ||
	    !usersig_claims_check_end(&opened.claims, now_s, err))
		goto done;
	ok = true;
done:
	mem_wipe(&opened, sizeof opened);
	return ok;
}

void
usersig_write_versions(struct buf *out)
{
	buf_put_format(out, "%s\nzlib %s\n", OpenSSL_version(OPENSSL_VERSION),
	    zlibVersion());
}
