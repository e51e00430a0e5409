/*
 * Undoes a UserSig step by step: alphabet, base64, zlib, JSON; then compares
 * whom it is for, until when, and the MAC over the rebuilt text. Every step is
 * strict; nothing of a signature is ever printed.
 */
#include "bantop/sim/usersig_check.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <zlib.h>

#include "bantop/base/buf.h"

enum {
	SIG_MAX = 16384,
	DOCUMENT_MAX = 16384,
	SIGNED_MAX = 32768,
	MAC_LEN = 32,
	MAC_TEXT_LEN = 44,
};

struct claims {
	const char *account;
	const char *userbuf; /* NULL when there is none */
	const char *mac;     /* base64 */
	int64_t app_id;
	int64_t time_s;
	int64_t expire_s;
};

/* The value of a digit of the UserSig's alphabet, or -1. */
static int
digit_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '*')
		return 62;
	return c == '-' ? 63 : -1;
}

/* Base64 with its padding, as strict as can be. */
static bool
decode(const char *sig, size_t len, struct buf *out)
{
	size_t digits = len, i;
	unsigned group = 0;
	int value;
	char byte;

	if (len == 0 || len % 4 != 0)
		return false;
	while (digits > 0 && sig[digits - 1] == '_' && len - digits < 2)
		digits--;
	for (i = 0; i < digits; i++) {
		value = digit_value(sig[i]);
		if (value < 0)
			return false;
		group = (group << 6 | (unsigned)value) & 0xFFFFFU;
		if (i % 4 == 0)
			continue;
		byte = (char)(unsigned char)(group >> (6 - 2 * (i % 4)));
		buf_put(out, &byte, 1);
	}
	/* The bits behind the last byte must be zero. */
	if (digits % 4 == 2)
		return (group & 0xFU) == 0;
	return digits % 4 != 3 || (group & 0x3U) == 0;
}

static bool
unpack(const struct buf *packed, struct buf *out)
{
	char piece[DOCUMENT_MAX];
	z_stream stream = { .next_in = Z_NULL };
	bool ok;

	if (inflateInit(&stream) != Z_OK)
		return false;
	stream.next_in = (unsigned char *)packed->data;
	stream.avail_in = (unsigned)packed->len;
	stream.next_out = (unsigned char *)piece;
	stream.avail_out = sizeof(piece);
	ok = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
	if (ok)
		buf_put(out, piece, sizeof(piece) - stream.avail_out);
	inflateEnd(&stream);
	return ok;
}

static const char *
text_of(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object,
	    name));
}

static bool
number_of(const cJSON *object, const char *name, int64_t *out)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	if (!cJSON_IsNumber(item) || item->valuedouble < 0 ||
	    item->valuedouble > 9007199254740992.0 ||
	    floor(item->valuedouble) != item->valuedouble)
		return false;
	*out = (int64_t)item->valuedouble;
	return true;
}

/* @p claims borrows its texts from @p object. */
static bool
read_claims(const cJSON *object, struct claims *claims)
{
	const char *version = text_of(object, "TLS.ver");

	claims->account = text_of(object, "TLS.identifier");
	claims->userbuf = text_of(object, "TLS.userbuf");
	claims->mac = text_of(object, "TLS.sig");
	if (version == NULL || strcmp(version, "2.0") != 0)
		return false;
	if (claims->account == NULL || claims->mac == NULL)
		return false;
	return number_of(object, "TLS.sdkappid", &claims->app_id) &&
	    number_of(object, "TLS.time", &claims->time_s) &&
	    number_of(object, "TLS.expire", &claims->expire_s);
}

static bool
mac_fits(const struct claims *claims, const char *key)
{
	unsigned char mac[EVP_MAX_MD_SIZE], text[MAC_TEXT_LEN + 1];
	unsigned mac_len = 0;
	struct buf content;
	bool ok;

	buf_init(&content, SIGNED_MAX);
	buf_put_format(&content,
	    "TLS.identifier:%s\nTLS.sdkappid:%" PRId64 "\nTLS.time:%" PRId64
	    "\nTLS.expire:%" PRId64 "\n",
	    claims->account, claims->app_id, claims->time_s, claims->expire_s);
	if (claims->userbuf != NULL)
		buf_put_format(&content, "TLS.userbuf:%s\n", claims->userbuf);
	ok = HMAC(EVP_sha256(), key, (int)strlen(key),
	         (const unsigned char *)buf_text(&content), content.len, mac,
	         &mac_len) != NULL &&
	    mac_len == MAC_LEN &&
	    EVP_EncodeBlock(text, mac, MAC_LEN) == MAC_TEXT_LEN &&
	    strlen(claims->mac) == MAC_TEXT_LEN &&
	    CRYPTO_memcmp(text, claims->mac, MAC_TEXT_LEN) == 0;
	buf_release(&content);
	return ok;
}

static enum sim_sig
judge(const struct claims *claims, const struct sim_identity *identity,
    int64_t now_s)
{
	if (strcmp(claims->account, identity->account) != 0)
		return SIM_SIG_ACCOUNT;
	if (claims->app_id != identity->app_id)
		return SIM_SIG_APP;
	if (!mac_fits(claims, identity->key))
		return SIM_SIG_KEY;
	if (now_s > claims->time_s + claims->expire_s)
		return SIM_SIG_EXPIRED;
	if (claims->time_s > now_s + SIM_SIG_AHEAD_S)
		return SIM_SIG_FUTURE;
	return SIM_SIG_GOOD;
}

static bool
is_blank(const char *text, const char *end)
{
	while (text < end && strchr(" \t\r\n", *text) != NULL && *text != '\0')
		text++;
	return text == end;
}

enum sim_sig
sim_usersig_check(const char *sig, size_t len,
    const struct sim_identity *identity, int64_t now_s)
{
	enum sim_sig result = SIM_SIG_BROKEN;
	struct buf packed, document;
	struct claims claims;
	cJSON *object = NULL;
	const char *end = NULL;

	if (len == 0)
		return SIM_SIG_EMPTY;
	if (len > SIG_MAX)
		return SIM_SIG_BROKEN;
	buf_init(&packed, SIG_MAX);
	buf_init(&document, DOCUMENT_MAX);
	if (!decode(sig, len, &packed) || !unpack(&packed, &document))
		goto done;
	object = cJSON_ParseWithLengthOpts(buf_text(&document), document.len,
	    &end, false);
	if (!cJSON_IsObject(object) ||
	    !is_blank(end, document.data + document.len))
		goto done;
	if (!read_claims(object, &claims))
		goto done;
	result = judge(&claims, identity, now_s);
done:
	cJSON_Delete(object);
	buf_release(&document);
	buf_release(&packed);
	return result;
}

int
sim_sig_code(enum sim_sig sig)
{
	switch (sig) {
	case SIM_SIG_GOOD:
		return 0;
	case SIM_SIG_EMPTY:
		return 70002;
	case SIM_SIG_BROKEN:
		return 70003;
	case SIM_SIG_ACCOUNT:
		return 70013;
	case SIM_SIG_APP:
		return 70014;
	case SIM_SIG_EXPIRED:
	case SIM_SIG_FUTURE:
		return 70001;
	case SIM_SIG_KEY:
		return 70009;
	}
	return 70003;
}
