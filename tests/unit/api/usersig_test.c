#include "bantop/api/usersig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/api/base64.h"
#include "bantop/api/json.h"
#include "bantop/base/file.h"

enum { FILE_MAX = 256 * 1024 };

static const char key[] =
    "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";

/* The vectors, read once for the group. */
static int
read_vectors(void **state)
{
	struct err err = { 0 };
	struct json_document *document;
	struct buf file;

	buf_init(&file, FILE_MAX);
	if (!file_read("tests/data/usersig_vectors.json", &file, &err))
		return -1;
	document = json_parse(buf_text(&file), file.len, &err);
	buf_release(&file);
	*state = document;
	return document != NULL ? 0 : -1;
}

static int
free_vectors(void **state)
{
	json_destroy(*state);
	return 0;
}

static const struct json *
first_of(void **state, const char *list)
{
	const struct json *value;

	value = json_first(json_member(json_root(*state), list));
	assert_non_null(value);
	return value;
}

static const char *
text_of(const struct json *vector, const char *name)
{
	const char *text;
	size_t len;

	if (!json_text(json_member(vector, name), &text, &len))
		fail_msg("no text %s", name);
	return text;
}

static int64_t
number_of(const struct json *vector, const char *name)
{
	int64_t number;

	if (!json_whole(json_member(vector, name), 0, INT64_MAX, &number))
		fail_msg("no number %s", name);
	return number;
}

static unsigned
hex_value(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* The vectors have the userbuf in hexadecimal digits, or null. */
static void
read_userbuf(const struct json *vector, struct usersig_claims *claims)
{
	unsigned char bytes[64];
	const char *hex;
	size_t len, i;

	if (!json_text(json_member(vector, "userbuf_hex"), &hex, &len))
		return;
	assert_true(len / 2 <= sizeof bytes);
	for (i = 0; i < len / 2; i++)
		bytes[i] = (unsigned char)(hex_value(hex[2 * i]) << 4 |
		    hex_value(hex[2 * i + 1]));
	base64_write(bytes, len / 2, BASE64_USUAL, claims->userbuf);
}

static struct usersig_claims
claims_of(const struct json *vector)
{
	struct usersig_claims claims = { 0 };

	claims.app_id = (uint32_t)number_of(vector, "sdkappid");
	snprintf(claims.account, sizeof claims.account, "%s",
	    text_of(vector, "identifier"));
	claims.made_at = number_of(vector, "time");
	claims.life_s = number_of(vector, "expire");
	read_userbuf(vector, &claims);
	return claims;
}

static void
every_vector_is_made_to_the_character(void **state)
{
	const struct json *vector;
	size_t count = 0;

	for (vector = first_of(state, "vectors"); vector != NULL;
	     vector = json_next(vector)) {
		struct usersig_claims claims = claims_of(vector);
		const char *secret = text_of(vector, "key");
		struct err err = { 0 };
		struct buf out;

		buf_init(&out, USERSIG_TEXT_MAX);
		assert_true(usersig_make(&claims, secret, strlen(secret), &out,
		    &err));
		assert_string_equal(buf_text(&out),
		    text_of(vector, "usersig_stored"));
		buf_wipe(&out);
		count++;
	}
	assert_int_equal(count, 14);
}

static void
is_accepted(const struct json *vector, const char *usersig)
{
	struct usersig_claims expected = claims_of(vector);
	struct usersig_claims claims;
	const char *secret = text_of(vector, "key");
	int64_t end = number_of(vector, "expires_at");
	struct err err = { 0 };

	if (!usersig_verify(usersig, strlen(usersig), &expected, secret,
	        strlen(secret), end, &err))
		fail_msg("%s: %s", usersig, err.text);
	assert_true(usersig_decode(usersig, strlen(usersig), &claims, &err));
	assert_int_equal(claims.app_id, expected.app_id);
	assert_string_equal(claims.account, expected.account);
	assert_int_equal(claims.made_at, expected.made_at);
	assert_int_equal(claims.life_s, expected.life_s);
	assert_string_equal(claims.userbuf, expected.userbuf);
	assert_false(usersig_verify(usersig, strlen(usersig), &expected, secret,
	    strlen(secret), end + 1, &err));
	assert_int_equal(err.kind, ERR_CREDENTIAL);
	assert_int_equal(err.code, USERSIG_EXPIRED);
}

static void
every_vectors_string_holds_to_its_last_second(void **state)
{
	const struct json *vector;
	const struct json *variant;
	size_t count = 0;

	for (vector = first_of(state, "vectors"); vector != NULL;
	     vector = json_next(vector)) {
		is_accepted(vector, text_of(vector, "usersig_stored"));
		is_accepted(vector, text_of(vector, "usersig"));
		for (variant = json_first(json_member(vector, "variants"));
		     variant != NULL; variant = json_next(variant)) {
			is_accepted(vector, text_of(variant, "usersig"));
			count++;
		}
	}
	assert_int_equal(count, 14 * 8);
}

static void
every_string_to_refuse_is_refused_for_its_reason(void **state)
{
	const struct json *bad;
	size_t count = 0;

	for (bad = first_of(state, "negative"); bad != NULL;
	     bad = json_next(bad)) {
		const char *usersig = text_of(bad, "usersig");
		const char *secret = text_of(bad, "key");
		struct usersig_claims expected = { 0 };
		struct err err = { 0 };

		expected.app_id = (uint32_t)number_of(bad, "sdkappid");
		snprintf(expected.account, sizeof expected.account, "%s",
		    text_of(bad, "identifier"));
		assert_false(usersig_verify(usersig, strlen(usersig), &expected,
		    secret, strlen(secret), number_of(bad, "now"), &err));
		assert_int_equal(err.kind, ERR_CREDENTIAL);
		assert_string_equal(usersig_fault_name(err.code),
		    text_of(bad, "why"));
		count++;
	}
	assert_int_equal(count, 17);
}

static struct usersig_claims
some_claims(void)
{
	return (struct usersig_claims){
		.app_id = 1400000123,
		.account = "administrator",
		.made_at = 1700000000,
		.life_s = USERSIG_LIFE_S,
	};
}

static enum usersig_fault
make_fault(const struct usersig_claims *claims, size_t key_len)
{
	struct err err = { 0 };
	struct buf out;
	bool made;

	buf_init(&out, USERSIG_TEXT_MAX);
	made = usersig_make(claims, key, key_len, &out, &err);
	assert_false(made);
	assert_int_equal(out.len, 0);
	assert_int_equal(err.kind, ERR_CREDENTIAL);
	buf_wipe(&out);
	return (enum usersig_fault)err.code;
}

static void
what_cannot_be_signed_is_refused(void **state)
{
	struct usersig_claims claims = some_claims();

	(void)state;
	assert_int_equal(make_fault(&claims, 0), USERSIG_MAC);
	claims.account[0] = '\0';
	assert_int_equal(make_fault(&claims, 64), USERSIG_IDENTIFIER);
	memcpy(claims.account, "a\nTLS.sdkappid:1", 17);
	assert_int_equal(make_fault(&claims, 64), USERSIG_IDENTIFIER);
	memcpy(claims.account, "\xff", 2);
	assert_int_equal(make_fault(&claims, 64), USERSIG_IDENTIFIER);
	claims = some_claims();
	memcpy(claims.userbuf, "\"}", 3);
	assert_int_equal(make_fault(&claims, 64), USERSIG_USERBUF);
}

static void
the_longest_account_is_signed_and_read_back(void **state)
{
	struct usersig_claims claims = some_claims();
	struct usersig_claims back;
	struct err err = { 0 };
	struct buf out;

	(void)state;
	memset(claims.account, '"', USERSIG_ACCOUNT_MAX);
	buf_init(&out, USERSIG_TEXT_MAX);
	assert_true(usersig_make(&claims, key, 64, &out, &err));
	assert_true(usersig_verify(buf_text(&out), out.len, &claims, key, 64,
	    claims.made_at, &err));
	assert_true(usersig_decode(buf_text(&out), out.len, &back, &err));
	assert_string_equal(back.account, claims.account);
	buf_wipe(&out);
}

static void
a_full_buffer_is_told(void **state)
{
	struct usersig_claims claims = some_claims();
	struct err err = { 0 };
	struct buf out;

	(void)state;
	buf_init(&out, 16);
	assert_false(usersig_make(&claims, key, 64, &out, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	buf_wipe(&out);
}

static const char *
decode_fault(const char *usersig, size_t len)
{
	struct usersig_claims claims;
	struct err err = { 0 };

	assert_false(usersig_decode(usersig, len, &claims, &err));
	assert_int_equal(err.kind, ERR_CREDENTIAL);
	return usersig_fault_name(err.code);
}

static void
a_bomb_is_not_unpacked(void **state)
{
	/* Some of zlib's best work on 100,000 times the letter a. */
	static const char bomb[] =
	    "eNrtwTEBAAAAwqCs61-CGh5AAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAK8GeWYLTQ__";

	(void)state;
	assert_string_equal(decode_fault(bomb, sizeof bomb - 1), "zlib");
}

static void
every_cut_is_refused(void **state)
{
	struct usersig_claims claims = some_claims();
	struct err err = { 0 };
	struct buf out;
	size_t len;

	(void)state;
	buf_init(&out, USERSIG_TEXT_MAX);
	assert_true(usersig_make(&claims, key, 64, &out, &err));
	for (len = 0; len < out.len; len++)
		assert_true(decode_fault(buf_text(&out), len) != NULL);
	buf_wipe(&out);
}

static void
more_than_any_usersig_has_is_refused(void **state)
{
	char text[USERSIG_TEXT_MAX + 4];

	(void)state;
	memset(text, 'A', sizeof text);
	assert_string_equal(decode_fault(text, sizeof text), "base64");
	assert_string_equal(decode_fault(text, sizeof text - 4), "zlib");
}

static void
no_refusal_shows_the_usersig_or_the_key(void **state)
{
	struct usersig_claims claims = some_claims();
	struct usersig_claims other = some_claims();
	static const char wrong[] =
	    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	struct err err = { 0 };
	struct buf out;

	(void)state;
	buf_init(&out, USERSIG_TEXT_MAX);
	assert_true(usersig_make(&claims, key, 64, &out, &err));
	assert_false(usersig_verify(buf_text(&out), out.len, &other, wrong, 64,
	    claims.made_at, &err));
	assert_int_equal(err.code, USERSIG_MAC);
	assert_string_equal(err.text,
	    "UserSig was not made with this secret key");
	assert_false(usersig_check_key("sesame", 6, &err));
	assert_null(strstr(err.text, "sesame"));
	buf_wipe(&out);
}

static void
a_secret_key_is_64_hexadecimal_digits(void **state)
{
	char bad[sizeof key];
	struct err err = { 0 };

	(void)state;
	assert_true(usersig_check_key(key, 64, &err));
	assert_false(usersig_check_key(key, 63, &err));
	assert_int_equal(err.kind, ERR_CREDENTIAL);
	assert_string_equal(err.text,
	    "the secret key has 63 characters, not 64");
	assert_false(usersig_check_key("", 0, &err));
	assert_string_equal(err.text, "the secret key is empty");
	memcpy(bad, key, sizeof key);
	bad[11] = 'g';
	assert_false(usersig_check_key(bad, 64, &err));
	assert_string_equal(err.text,
	    "character 12 of the secret key is no hexadecimal digit");
	bad[11] = '\0';
	assert_false(usersig_check_key(bad, 64, &err));
}

static void
random_marks_differ(void **state)
{
	uint32_t first = usersig_random();
	int i;

	(void)state;
	for (i = 0; i < 8; i++) {
		if (usersig_random() != first)
			return;
	}
	fail_msg("nine times %u", first);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_vector_is_made_to_the_character),
		cmocka_unit_test(every_vectors_string_holds_to_its_last_second),
		cmocka_unit_test(
		    every_string_to_refuse_is_refused_for_its_reason),
		cmocka_unit_test(what_cannot_be_signed_is_refused),
		cmocka_unit_test(the_longest_account_is_signed_and_read_back),
		cmocka_unit_test(a_full_buffer_is_told),
		cmocka_unit_test(a_bomb_is_not_unpacked),
		cmocka_unit_test(every_cut_is_refused),
		cmocka_unit_test(more_than_any_usersig_has_is_refused),
		cmocka_unit_test(no_refusal_shows_the_usersig_or_the_key),
		cmocka_unit_test(a_secret_key_is_64_hexadecimal_digits),
		cmocka_unit_test(random_marks_differ),
	};

	return cmocka_run_group_tests(tests, read_vectors, free_vectors);
}
