/*
 * A UserSig that somebody supplied: as its text, or (since almost no bytes are
 * base64 of zlib) as what would be packed in it. The first byte chooses.
 */
#include <stdlib.h>
#include <string.h>

#include "bantop/api/base64.h"
#include "bantop/api/usersig.h"
#include "bantop/base/text.h"
#include "fuzz/fuzz.h"

static const char key[] =
    "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";

static void
check_claims(const struct usersig_claims *claims)
{
	size_t len = strlen(claims->account);

	REQUIRE(memchr(claims->account, 0, sizeof claims->account) != NULL);
	REQUIRE(memchr(claims->userbuf, 0, sizeof claims->userbuf) != NULL);
	REQUIRE(len > 0 && text_is_utf8(claims->account, len));
	REQUIRE(claims->app_id > 0);
}

static void
check_err(const struct err *err)
{
	REQUIRE(err->kind == ERR_CREDENTIAL);
	REQUIRE(text_is_utf8(err->text, strlen(err->text)));
	REQUIRE(strstr(err->text, key) == NULL);
}

static void
check_text(const char *text, size_t len)
{
	const struct usersig_claims anybody = { .app_id = 0 };
	struct err err = { .kind = ERR_NONE };
	struct usersig_claims claims;

	if (!usersig_decode(text, len, &claims, &err)) {
		check_err(&err);
		return;
	}
	check_claims(&claims);
	err.kind = ERR_NONE;
	if (!usersig_verify(text, len, &anybody, key, strlen(key), 1767000000,
	        &err))
		check_err(&err);
}

/* What can be read can be signed, and reads the same again. */
static void
check_made(const struct usersig_claims *claims)
{
	struct err err = { .kind = ERR_NONE };
	struct usersig_claims again;
	struct buf made;

	buf_init(&made, USERSIG_TEXT_MAX);
	if (usersig_make(claims, key, strlen(key), &made, &err)) {
		REQUIRE(usersig_decode(buf_text(&made), made.len, &again,
		    &err));
		REQUIRE(strcmp(again.account, claims->account) == 0);
		REQUIRE(again.app_id == claims->app_id);
		REQUIRE(again.made_at == claims->made_at);
		REQUIRE(again.life_s == claims->life_s);
	} else {
		check_err(&err);
	}
	buf_wipe(&made);
}

static void
check_object(const char *text, size_t len)
{
	unsigned char mac[USERSIG_MAC_SIZE];
	struct err err = { .kind = ERR_NONE };
	struct usersig_claims claims;

	if (!usersig_claims_read(text, len, &claims, mac, &err)) {
		check_err(&err);
		return;
	}
	check_claims(&claims);
	check_made(&claims);
}

static void
check_base64(const char *text, size_t len, enum base64_alphabet alphabet)
{
	unsigned char *bytes = malloc(len + 1);
	char *again = malloc(len + 8);
	size_t byte_count;

	REQUIRE(bytes != NULL && again != NULL);
	if (base64_read(text, len, alphabet, bytes, len + 1, &byte_count)) {
		REQUIRE(base64_size(byte_count) == len);
		base64_write(bytes, byte_count, alphabet, again);
		REQUIRE(memcmp(again, text, len) == 0);
	}
	free(again);
	free(bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned choice = fuzz_take_byte(&data, &size);
	const char *text = (const char *)data;

	if (choice % 2 == 0)
		check_text(text, size);
	else
		check_object(text, size);
	check_base64(text, size, BASE64_USERSIG);
	check_base64(text, size, BASE64_USUAL);
	return 0;
}
