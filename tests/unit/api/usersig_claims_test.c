#include "bantop/api/usersig_claims.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* 2026-11-22 14:03:11 UTC */
static const int64_t end_s = INT64_C(1795356191);

static struct usersig_claims
some_claims(void)
{
	return (struct usersig_claims){
		.app_id = 1400000123,
		.account = "administrator",
		.made_at = end_s - 3600,
		.life_s = 3600,
	};
}

static void
the_text_to_sign_has_four_lines_or_five(void **state)
{
	struct usersig_claims claims = some_claims();
	struct buf out;

	(void)state;
	buf_init(&out, USERSIG_CONTENT_MAX);
	usersig_claims_put_content(&claims, &out);
	assert_string_equal(buf_text(&out),
	    "TLS.identifier:administrator\nTLS.sdkappid:1400000123\n"
	    "TLS.time:1795352591\nTLS.expire:3600\n");
	memcpy(claims.userbuf, "BQ==", 5);
	buf_reset(&out);
	usersig_claims_put_content(&claims, &out);
	assert_non_null(strstr(buf_text(&out),
	    "TLS.expire:3600\nTLS.userbuf:BQ==\n"));
	buf_release(&out);
}

static void
the_longest_text_to_sign_fits(void **state)
{
	struct usersig_claims claims = some_claims();
	struct buf out;

	(void)state;
	memset(claims.account, 'a', USERSIG_ACCOUNT_MAX);
	memset(claims.userbuf, 'b', USERSIG_USERBUF_MAX);
	claims.app_id = UINT32_MAX;
	claims.made_at = INT64_MIN;
	claims.life_s = INT64_MIN;
	buf_init(&out, USERSIG_CONTENT_MAX);
	usersig_claims_put_content(&claims, &out);
	assert_true(out.len < USERSIG_CONTENT_MAX);
	assert_int_equal(out.data[out.len - 1], '\n');
	buf_release(&out);
}

static void
what_is_written_reads_back_the_same(void **state)
{
	struct usersig_claims claims = some_claims();
	struct usersig_claims back;
	unsigned char mac[USERSIG_MAC_SIZE], back_mac[USERSIG_MAC_SIZE];
	struct err err = { 0 };
	struct buf out;

	(void)state;
	memset(mac, 0xa5, sizeof mac);
	memcpy(claims.account, "op\"er\\at\xC3\xA9", 11);
	memcpy(claims.userbuf, "BQ==", 5);
	buf_init(&out, 4096);
	assert_true(usersig_claims_write(&claims, mac, &out, &err));
	assert_non_null(strstr(buf_text(&out), "op\\\"er\\\\at\\u00e9"));
	assert_true(usersig_claims_read(buf_text(&out), out.len, &back,
	    back_mac, &err));
	assert_string_equal(back.account, claims.account);
	assert_string_equal(back.userbuf, "BQ==");
	assert_int_equal(back.app_id, claims.app_id);
	assert_int_equal(back.made_at, claims.made_at);
	assert_int_equal(back.life_s, claims.life_s);
	assert_memory_equal(mac, back_mac, sizeof mac);
	buf_wipe(&out);
}

static void
a_small_buffer_refuses_the_object_wherever_it_ends(void **state)
{
	struct usersig_claims claims = some_claims();
	unsigned char mac[USERSIG_MAC_SIZE] = { 0 };
	struct err err = { 0 };
	struct buf out;
	size_t whole, max;

	(void)state;
	memcpy(claims.userbuf, "BQ==", 5);
	buf_init(&out, 4096);
	assert_true(usersig_claims_write(&claims, mac, &out, &err));
	whole = out.len;
	buf_wipe(&out);
	for (max = 1; max < whole; max++) {
		buf_init(&out, max);
		assert_false(usersig_claims_write(&claims, mac, &out, &err));
		assert_int_equal(err.kind, ERR_LIMIT);
		buf_wipe(&out);
	}
}

#define SIG "\"TLS.sig\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""
#define VER "\"TLS.ver\":\"2.0\","
#define WHO "\"TLS.identifier\":\"a\",\"TLS.sdkappid\":1,"
#define WHEN "\"TLS.time\":1,\"TLS.expire\":2,"

static const char *
fault_of(const char *text)
{
	struct usersig_claims claims;
	unsigned char mac[USERSIG_MAC_SIZE];
	struct err err = { 0 };

	if (usersig_claims_read(text, strlen(text), &claims, mac, &err))
		return "none";
	assert_int_equal(err.kind, ERR_CREDENTIAL);
	return usersig_fault_name(err.code);
}

static void
a_whole_object_is_read(void **state)
{
	(void)state;
	assert_string_equal(fault_of("{" VER WHO WHEN SIG "}"), "none");
	assert_string_equal(fault_of(" {" SIG ",\"x\":[]," WHEN WHO VER
	                             "\"y\":1}\n"),
	    "none");
}

static void
what_is_no_object_is_a_json_fault(void **state)
{
	(void)state;
	assert_string_equal(fault_of(""), "json");
	assert_string_equal(fault_of("[]"), "json");
	assert_string_equal(fault_of("{" VER WHO WHEN SIG "}x"), "json");
	assert_string_equal(fault_of("{" VER WHO SIG "}"), "json");
	assert_string_equal(fault_of("{" VER WHO
	                             "\"TLS.time\":\"1\",\"TLS.expire\":2," SIG
	                             "}"),
	    "json");
	assert_string_equal(fault_of("{" VER WHO
	                             "\"TLS.time\":1,\"TLS.expire\":-2," SIG
	                             "}"),
	    "json");
	assert_string_equal(fault_of("{" VER WHO
	                             "\"TLS.time\":1e300,\"TLS.expire\":2," SIG
	                             "}"),
	    "json");
	assert_string_equal(fault_of("{" VER WHO WHEN "\"TLS.time\":1," SIG
	                             "}"),
	    "json");
}

static void
each_member_has_its_own_fault(void **state)
{
	(void)state;
	assert_string_equal(fault_of("{" WHO WHEN SIG "}"), "version");
	assert_string_equal(fault_of("{\"TLS.ver\":2.0," WHO WHEN SIG "}"),
	    "version");
	assert_string_equal(fault_of("{" VER VER WHO WHEN SIG "}"), "version");
	assert_string_equal(fault_of("{" VER "\"TLS.sdkappid\":1," WHEN SIG
	                             "}"),
	    "identifier");
	assert_string_equal(fault_of("{" VER "\"TLS.identifier\":\"a\\n\","
	                             "\"TLS.sdkappid\":1," WHEN SIG "}"),
	    "identifier");
	assert_string_equal(fault_of("{" VER "\"TLS.identifier\":\"a\\u0000b\","
	                             "\"TLS.sdkappid\":1," WHEN SIG "}"),
	    "identifier");
	assert_string_equal(fault_of("{" VER "\"TLS.identifier\":\"a\",\"TLS."
	                             "sdkappid\":0," WHEN SIG "}"),
	    "sdkappid");
	assert_string_equal(fault_of("{" VER "\"TLS.identifier\":\"a\","
	                             "\"TLS.sdkappid\":4294967296," WHEN SIG
	                             "}"),
	    "sdkappid");
	assert_string_equal(fault_of("{" VER WHO WHEN
	                             "\"TLS.userbuf\":\"?\"," SIG "}"),
	    "userbuf");
	assert_string_equal(fault_of("{" VER WHO WHEN "\"TLS.userbuf\":5," SIG
	                             "}"),
	    "userbuf");
	assert_string_equal(fault_of("{" VER WHO WHEN "\"x\":1}"), "mac");
	assert_string_equal(fault_of("{" VER WHO WHEN "\"TLS.sig\":\"AAAA\"}"),
	    "mac");
	assert_string_equal(fault_of("{" VER WHO WHEN SIG "," SIG "}"), "mac");
}

static void
another_owner_is_told_with_both_sides(void **state)
{
	struct usersig_claims claims = some_claims();
	struct err err = { 0 };

	(void)state;
	assert_true(usersig_claims_check_owner(&claims, "administrator",
	    1400000123, &err));
	assert_true(usersig_claims_check_owner(&claims, "", 0, &err));
	assert_false(usersig_claims_check_owner(&claims, "x", 0, &err));
	assert_int_equal(err.code, USERSIG_IDENTIFIER);
	assert_string_equal(err.text,
	    "UserSig is for account \"administrator\", not \"x\"");
	assert_false(usersig_claims_check_owner(&claims, "", 7, &err));
	assert_int_equal(err.code, USERSIG_SDKAPPID);
	assert_string_equal(err.text,
	    "UserSig is for application 1400000123, not 7");
}

static bool
ended(int64_t ago_s, const char *words)
{
	struct usersig_claims claims = some_claims();
	struct err err = { 0 };
	char want[ERR_TEXT_MAX];

	snprintf(want, sizeof want,
	    "UserSig ended 2026-11-22 14:03:11 UTC, %s ago: make a new one",
	    words);
	return !usersig_claims_check_end(&claims, end_s + ago_s, &err) &&
	    err.code == USERSIG_EXPIRED && strcmp(err.text, want) == 0;
}

static void
the_end_is_told_with_how_long_ago_it_was(void **state)
{
	struct usersig_claims claims = some_claims();
	struct err err = { 0 };

	(void)state;
	assert_true(usersig_claims_check_end(&claims, end_s, &err));
	assert_true(ended(1, "1 s"));
	assert_true(ended(59, "59 s"));
	assert_true(ended(60, "1 min"));
	assert_true(ended(7200, "2 h"));
	assert_true(ended(86400 * 3 + 5, "3 d"));
	claims.life_s = INT64_C(300000000000);
	assert_false(usersig_claims_check_end(&claims, INT64_C(400000000000),
	    &err));
	assert_string_equal(err.text, "UserSig has ended: make a new one");
}

static void
every_fault_has_a_word(void **state)
{
	static const char *const words[] = { "empty", "alphabet", "base64",
		"zlib", "json", "version", "identifier", "sdkappid", "userbuf",
		"mac", "expired" };
	int i;

	(void)state;
	for (i = 0; i < 11; i++)
		assert_string_equal(usersig_fault_name(i + 1), words[i]);
	assert_string_equal(usersig_fault_name(0), "other");
	assert_string_equal(usersig_fault_name(12), "other");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_to_sign_has_four_lines_or_five),
		cmocka_unit_test(the_longest_text_to_sign_fits),
		cmocka_unit_test(what_is_written_reads_back_the_same),
		cmocka_unit_test(
		    a_small_buffer_refuses_the_object_wherever_it_ends),
		cmocka_unit_test(a_whole_object_is_read),
		cmocka_unit_test(what_is_no_object_is_a_json_fault),
		cmocka_unit_test(each_member_has_its_own_fault),
		cmocka_unit_test(another_owner_is_told_with_both_sides),
		cmocka_unit_test(the_end_is_told_with_how_long_ago_it_was),
		cmocka_unit_test(every_fault_has_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
