#include "bantop/api/credential.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { APP = 1400000123 };

static const char key[] =
    "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
/* 2026-11-22 14:03:11 UTC */
static const int64_t now_s = INT64_C(1795356191);

static struct credential *
signer(void)
{
	struct err err = { 0 };
	struct credential *credential;

	credential =
	    credential_create_key(APP, "administrator", key, strlen(key), &err);
	assert_non_null(credential);
	return credential;
}

/* A UserSig for one hour from now_s on. */
static void
write_usersig(struct buf *out)
{
	struct usersig_claims claims = {
		.app_id = APP,
		.account = "administrator",
		.made_at = now_s,
		.life_s = 3600,
	};
	struct err err = { 0 };

	buf_init(out, USERSIG_TEXT_MAX + 4);
	assert_true(usersig_make(&claims, key, 64, out, &err));
}

static struct credential *
supplied(uint32_t app_id, const char *admin, int64_t at_s, struct err *err)
{
	struct credential *credential;
	struct buf usersig;

	write_usersig(&usersig);
	credential = credential_create_usersig(app_id, admin,
	    buf_text(&usersig), usersig.len, at_s, err);
	buf_wipe(&usersig);
	return credential;
}

static void
a_key_makes_a_usersig_that_proves_itself(void **state)
{
	struct credential *credential = signer();
	struct usersig_claims claims = { .app_id = APP };
	struct err err = { 0 };
	const char *usersig;

	(void)state;
	memcpy(claims.account, "administrator", 14);
	assert_int_equal(credential_ends_at(credential), 0);
	usersig = credential_usersig(credential, now_s, &err);
	assert_non_null(usersig);
	assert_true(usersig_verify(usersig, strlen(usersig), &claims, key, 64,
	    now_s + 3600, &err));
	assert_false(usersig_verify(usersig, strlen(usersig), &claims, key, 64,
	    now_s + 3601, &err));
	assert_int_equal(credential_ends_at(credential), now_s + 3600);
	assert_int_equal(credential_app_id(credential), APP);
	assert_string_equal(credential_admin(credential), "administrator");
	assert_true(credential_can_renew(credential));
	credential_destroy(credential);
}

static int64_t
end_when_asked_at(struct credential *credential, int64_t at_s)
{
	struct err err = { 0 };

	assert_non_null(credential_usersig(credential, at_s, &err));
	return credential_ends_at(credential);
}

static void
a_usersig_is_kept_until_its_end_is_near(void **state)
{
	struct credential *credential = signer();

	(void)state;
	assert_int_equal(end_when_asked_at(credential, now_s), now_s + 3600);
	assert_int_equal(end_when_asked_at(credential, now_s + 3299),
	    now_s + 3600);
	assert_int_equal(end_when_asked_at(credential, now_s + 3300),
	    now_s + 3300 + 3600);
	credential_destroy(credential);
}

static void
a_clock_set_back_makes_a_new_one(void **state)
{
	struct credential *credential = signer();

	(void)state;
	assert_int_equal(end_when_asked_at(credential, now_s), now_s + 3600);
	assert_int_equal(end_when_asked_at(credential, now_s - 299),
	    now_s + 3600);
	assert_int_equal(end_when_asked_at(credential, now_s - 300),
	    now_s - 300 + 3600);
	credential_destroy(credential);
}

static void
a_refusal_makes_a_new_one_at_the_next_call(void **state)
{
	struct credential *credential = signer();

	(void)state;
	assert_int_equal(end_when_asked_at(credential, now_s), now_s + 3600);
	assert_true(credential_renew(credential));
	assert_int_equal(credential_ends_at(credential), 0);
	assert_int_equal(end_when_asked_at(credential, now_s + 10),
	    now_s + 3610);
	credential_destroy(credential);
}

static void
blanks_around_a_secret_do_not_matter(void **state)
{
	char text[128];
	struct err err = { 0 };
	struct credential *credential;
	struct buf usersig;

	(void)state;
	snprintf(text, sizeof text, " \t%s\r\n", key);
	credential = credential_create_key(APP, "a", text, strlen(text), &err);
	assert_non_null(credential);
	credential_destroy(credential);
	write_usersig(&usersig);
	assert_true(buf_add_text(&usersig, "\n", &err));
	credential = credential_create_usersig(0, NULL, buf_text(&usersig),
	    usersig.len, now_s, &err);
	assert_non_null(credential);
	assert_null(strchr(credential_usersig(credential, now_s, &err), '\n'));
	credential_destroy(credential);
	buf_wipe(&usersig);
}

static bool
key_refused(uint32_t app_id, const char *admin, const char *secret,
    const char *why)
{
	struct err err = { 0 };
	struct credential *credential;

	credential =
	    credential_create_key(app_id, admin, secret, strlen(secret), &err);
	return credential == NULL && err.kind == ERR_CREDENTIAL &&
	    strstr(err.text, why) != NULL;
}

static void
bad_keys_and_accounts_are_refused(void **state)
{
	char longest[USERSIG_ACCOUNT_MAX + 2];

	(void)state;
	assert_true(key_refused(APP, "a", "", "empty"));
	assert_true(key_refused(APP, "a", "hunter2", "7 characters"));
	assert_true(key_refused(APP, "", key, "no account"));
	assert_true(key_refused(APP, "a\nb", key, "control character"));
	assert_true(key_refused(APP, "\xff", key, "UTF-8"));
	assert_true(key_refused(0, "a", key, "no application"));
	memset(longest, 'a', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	assert_true(key_refused(APP, longest, key, "257 bytes"));
}

static void
a_supplied_usersig_says_whose_it_is(void **state)
{
	static const char *const admins[] = { NULL, "", "administrator" };
	struct err err = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct credential *credential =
		    supplied(i == 2 ? APP : 0, admins[i], now_s, &err);

		assert_non_null(credential);
		assert_int_equal(credential_app_id(credential), APP);
		assert_string_equal(credential_admin(credential),
		    "administrator");
		assert_int_equal(credential_ends_at(credential), now_s + 3600);
		credential_destroy(credential);
	}
}

static void
a_supplied_usersig_of_somebody_else_is_refused(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_null(supplied(APP, "x", now_s, &err));
	assert_int_equal(err.kind, ERR_CREDENTIAL);
	assert_string_equal(err.text,
	    "UserSig is for account \"administrator\", not \"x\"");
	assert_null(supplied(1400000000, NULL, now_s, &err));
	assert_string_equal(err.text,
	    "UserSig is for application 1400000123, not 1400000000");
	assert_null(supplied(0, NULL, now_s + 3600 + 7200, &err));
	assert_string_equal(err.text,
	    "UserSig ended 2026-11-22 15:03:11 UTC, 2 h ago: make a new one");
	assert_null(credential_create_usersig(0, NULL, " \n", 2, now_s, &err));
	assert_string_equal(err.text, "UserSig is empty");
}

static void
a_supplied_usersig_serves_to_its_end(void **state)
{
	struct err err = { 0 };
	struct credential *credential = supplied(0, NULL, now_s, &err);
	struct buf usersig;

	(void)state;
	write_usersig(&usersig);
	assert_false(credential_can_renew(credential));
	assert_false(credential_renew(credential));
	assert_string_equal(credential_usersig(credential, now_s + 3600, &err),
	    buf_text(&usersig));
	assert_null(credential_usersig(credential, now_s + 3601, &err));
	assert_int_equal(err.kind, ERR_CREDENTIAL);
	assert_int_equal(err.code, USERSIG_EXPIRED);
	credential_destroy(credential);
	buf_wipe(&usersig);
}

static void
destroying_nothing_is_fine(void **state)
{
	(void)state;
	credential_destroy(NULL);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_makes_a_usersig_that_proves_itself),
		cmocka_unit_test(a_usersig_is_kept_until_its_end_is_near),
		cmocka_unit_test(a_clock_set_back_makes_a_new_one),
		cmocka_unit_test(a_refusal_makes_a_new_one_at_the_next_call),
		cmocka_unit_test(blanks_around_a_secret_do_not_matter),
		cmocka_unit_test(bad_keys_and_accounts_are_refused),
		cmocka_unit_test(a_supplied_usersig_says_whose_it_is),
		cmocka_unit_test(
		    a_supplied_usersig_of_somebody_else_is_refused),
		cmocka_unit_test(a_supplied_usersig_serves_to_its_end),
		cmocka_unit_test(destroying_nothing_is_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
