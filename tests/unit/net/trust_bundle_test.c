/*
 * Bundles as they are written, and as they are damaged: what is not whole
 * makes nobody trusted who would not be, and is read beyond no end.
 */
#include "net/net_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "trust_rig.h"

static const char begin_line[] = "-----BEGIN CERTIFICATE-----\n";

/* -- as they are written --------------------------------------------------- */

static void
add_text(struct buf *pem, const char *text)
{
	buf_put_text(pem, text);
}

static void
lines_may_end_as_on_another_system(void **state)
{
	const struct trust_pki *pki = *state;
	struct buf unix_pem, pem;
	size_t i;

	trust_begin(&unix_pem);
	trust_add(&unix_pem, &pki->other);
	trust_add(&unix_pem, &pki->one);
	trust_begin(&pem);
	for (i = 0; i < unix_pem.len; i++) {
		if (unix_pem.data[i] == '\n')
			buf_put(&pem, "\r", 1);
		buf_put(&pem, &unix_pem.data[i], 1);
	}
	buf_release(&unix_pem);
	trust_check(&pem, &pki->by_one, X509_V_OK);
}

static void
words_may_stand_between(void **state)
{
	const struct trust_pki *pki = *state;
	struct buf pem;

	trust_begin(&pem);
	add_text(&pem, "# of the system\n\nSubject: CN=Another\n---\n");
	trust_add(&pem, &pki->other);
	add_text(&pem, "-----BEGIN nothing\n\xff\xfe\n");
	trust_add(&pem, &pki->one);
	add_text(&pem, "the end, without its line feed");
	trust_check(&pem, &pki->by_one, X509_V_OK);
}

static void
what_is_no_certificate_is_passed_over(void **state)
{
	static const unsigned char der[] = { 0x30, 0x03, 0x02, 0x01, 0x00 };
	const struct trust_pki *pki = *state;
	struct buf pem;

	trust_begin(&pem);
	trust_add(&pem, &pki->other);
	trust_add_block(&pem, "SOMETHING ELSE", der, sizeof der);
	trust_add(&pem, &pki->one);
	trust_check(&pem, &pki->by_one, X509_V_OK);
}

static void
the_same_one_twice_is_one(void **state)
{
	const struct trust_pki *pki = *state;
	struct buf pem;

	trust_begin(&pem);
	trust_add(&pem, &pki->one);
	trust_add(&pem, &pki->one);
	trust_check(&pem, &pki->by_one, X509_V_OK);
}

/* BER may leave a length open, and close it by two zeros. */
static void
one_without_a_told_length_is_taken_as_openssl_takes_it(void **state)
{
	enum { FRAME = 4 }; /* 30 82 and two bytes of length */
	static const unsigned char open_frame[] = { 0x30, 0x80 };
	const struct trust_pki *pki = *state;
	unsigned char *der = NULL;
	int len = i2d_X509(pki->one.certificate, &der);
	unsigned char ber[4096] = { 0 };
	struct buf pem;

	assert_in_range(len, 0x100, (int)sizeof ber - FRAME);
	assert_int_equal(der[1], 0x82);
	memcpy(ber, open_frame, sizeof open_frame);
	memcpy(ber + sizeof open_frame, der + FRAME, (size_t)len - FRAME);
	OPENSSL_free(der);
	trust_begin(&pem);
	trust_add(&pem, &pki->other);
	trust_add_block(&pem, "CERTIFICATE", ber, len);
	trust_check(&pem, &pki->by_one, X509_V_OK);
}

static void
an_empty_bundle_is_not_usable(void **state)
{
	const struct trust_pki *pki = *state;
	struct buf pem;

	trust_begin(&pem);
	trust_check(&pem, &pki->by_one, TRUST_NOT_USABLE);
	trust_begin(&pem);
	add_text(&pem, "# nobody\n");
	trust_check(&pem, &pki->by_one, TRUST_NOT_USABLE);
}

/* -- as they are damaged --------------------------------------------------- */

/* In the middle of the second of three. */
static void
a_damaged_one_makes_the_bundle_unusable(void **state)
{
	static const char *const damages[] = { "!", "-",
		"*=", "-----END CERTIFICATE-----\n",
		"-----BEGIN CERTIFICATE-----\n" };
	const struct trust_pki *pki = *state;
	struct buf pem, piece;
	size_t i;

	for (i = 0; i < sizeof damages / sizeof damages[0]; i++) {
		trust_begin(&pem);
		trust_begin(&piece);
		trust_add(&pem, &pki->one);
		trust_add(&piece, &pki->other);
		buf_put(&pem, piece.data, piece.len / 2);
		add_text(&pem, damages[i]);
		buf_put(&pem, piece.data + piece.len / 2,
		    piece.len - piece.len / 2);
		buf_release(&piece);
		trust_add(&pem, &pki->twin);
		trust_check(&pem, &pki->by_one, TRUST_NOT_USABLE);
	}
}

static void
one_without_an_end_makes_the_bundle_unusable(void **state)
{
	const struct trust_pki *pki = *state;
	struct buf pem;

	trust_begin(&pem);
	trust_add(&pem, &pki->one);
	add_text(&pem, begin_line);
	add_text(&pem, "MIIB\n");
	trust_check(&pem, &pki->by_one, TRUST_NOT_USABLE);
}

static void
one_with_a_header_makes_the_bundle_unusable(void **state)
{
	const struct trust_pki *pki = *state;
	struct buf pem, piece;

	trust_begin(&pem);
	trust_begin(&piece);
	trust_add(&pem, &pki->other);
	trust_add(&piece, &pki->one);
	add_text(&pem, begin_line);
	add_text(&pem, "Comment: mine\n\n");
	buf_put(&pem, piece.data + sizeof begin_line - 1,
	    piece.len - (sizeof begin_line - 1));
	buf_release(&piece);
	trust_check(&pem, &pki->by_one, TRUST_NOT_USABLE);
}

/* Where its frame is whole only a chain that asks for it finds out. */
static void
one_damaged_within_is_not_trusted(void **state)
{
	static const unsigned char key[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
		0x01 }; /* id-ecPublicKey */
	const struct trust_pki *pki = *state;
	unsigned char *der = NULL;
	int len = i2d_X509(pki->one.certificate, &der);
	struct buf pem;
	int i;

	assert_true(len > 0);
	for (i = 0; i + (int)sizeof key < len; i++) {
		if (memcmp(der + i, key, sizeof key) == 0)
			der[i - 1] = 0xff; /* the length of this name */
	}
	trust_begin(&pem);
	trust_add(&pem, &pki->other);
	trust_add_block(&pem, "CERTIFICATE", der, len);
	trust_add(&pem, &pki->between);
	assert_int_equal(trust_judge(&pem, &pki->by_one),
	    X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
	assert_int_equal(trust_judge(&pem, &pki->by_between), X509_V_OK);
	assert_int_equal(trust_judge_by_openssl(&pem, &pki->by_one),
	    TRUST_NOT_USABLE);
	buf_release(&pem);
	OPENSSL_free(der);
}

/* -- every damage ---------------------------------------------------------- */

static void
judge(const unsigned char *der, int len, const struct trust_pki *pki)
{
	struct buf pem;

	trust_begin(&pem);
	trust_add_block(&pem, "CERTIFICATE", der, len);
	if ((trust_judge(&pem, &pki->by_one) == X509_V_OK) !=
	    (trust_judge_by_openssl(&pem, &pki->by_one) == X509_V_OK))
		fail_msg("one trusts it and one does not:\n%s", buf_text(&pem));
	buf_release(&pem);
}

static void
one_cut_short_is_not_trusted(void **state)
{
	const struct trust_pki *pki = *state;
	unsigned char *der = NULL;
	int len = i2d_X509(pki->one.certificate, &der);
	struct buf pem;
	int i;

	for (i = 1; i < len; i++) {
		trust_begin(&pem);
		trust_add_block(&pem, "CERTIFICATE", der, i);
		trust_check(&pem, &pki->by_one, TRUST_NOT_USABLE);
	}
	judge(der, len, pki);
	OPENSSL_free(der);
}

/* Lengths that are absurd are among them. */
static void
one_with_any_byte_changed_is_trusted_by_both_or_none(void **state)
{
	static const unsigned char changes[] = { 0x00, 0x30, 0x7f, 0x84, 0xff };
	const struct trust_pki *pki = *state;
	unsigned char *der = NULL;
	int len = i2d_X509(pki->one.certificate, &der);
	size_t change;
	int i;

	for (i = 0; i < len; i++) {
		unsigned char before = der[i];

		for (change = 0; change < sizeof changes; change++) {
			der[i] = changes[change];
			judge(der, len, pki);
		}
		der[i] = before;
	}
	OPENSSL_free(der);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_may_end_as_on_another_system),
		cmocka_unit_test(words_may_stand_between),
		cmocka_unit_test(what_is_no_certificate_is_passed_over),
		cmocka_unit_test(the_same_one_twice_is_one),
		cmocka_unit_test(
		    one_without_a_told_length_is_taken_as_openssl_takes_it),
		cmocka_unit_test(an_empty_bundle_is_not_usable),
		cmocka_unit_test(a_damaged_one_makes_the_bundle_unusable),
		cmocka_unit_test(one_without_an_end_makes_the_bundle_unusable),
		cmocka_unit_test(one_with_a_header_makes_the_bundle_unusable),
		cmocka_unit_test(one_damaged_within_is_not_trusted),
		cmocka_unit_test(one_cut_short_is_not_trusted),
		cmocka_unit_test(
		    one_with_any_byte_changed_is_trusted_by_both_or_none),
	};

	return cmocka_run_group_tests(tests, trust_rig_set_up,
	    trust_rig_tear_down);
}
