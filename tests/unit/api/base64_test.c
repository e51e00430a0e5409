#include "bantop/api/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool
written_as(const char *bytes, size_t len, enum base64_alphabet alphabet,
    const char *want)
{
	char text[64];

	base64_write((const unsigned char *)bytes, len, alphabet, text);
	return strcmp(text, want) == 0 && base64_size(len) == strlen(want);
}

static bool
reads_as(const char *text, enum base64_alphabet alphabet, const char *want,
    size_t want_len)
{
	unsigned char bytes[16];
	size_t len;

	return base64_read(text, strlen(text), alphabet, bytes, sizeof bytes,
	           &len) &&
	    len == want_len && memcmp(bytes, want, len) == 0;
}

static bool
refused(const char *text, size_t len)
{
	unsigned char bytes[16];
	size_t out_len;

	return !base64_read(text, len, BASE64_USUAL, bytes, sizeof bytes,
	    &out_len);
}

static void
bytes_become_the_characters_of_the_standard(void **state)
{
	(void)state;
	assert_true(written_as("", 0, BASE64_USUAL, ""));
	assert_true(written_as("f", 1, BASE64_USUAL, "Zg=="));
	assert_true(written_as("fo", 2, BASE64_USUAL, "Zm8="));
	assert_true(written_as("foo", 3, BASE64_USUAL, "Zm9v"));
	assert_true(written_as("foob", 4, BASE64_USUAL, "Zm9vYg=="));
	assert_true(written_as("foobar", 6, BASE64_USUAL, "Zm9vYmFy"));
	assert_true(written_as("\xfb\xff\0", 3, BASE64_USUAL, "+/8A"));
}

static void
a_usersig_has_three_characters_of_its_own(void **state)
{
	(void)state;
	assert_true(written_as("\xfb\xff", 2, BASE64_USERSIG, "*-8_"));
	assert_true(reads_as("*-8_", BASE64_USERSIG, "\xfb\xff", 2));
	assert_true(reads_as("+/8=", BASE64_USUAL, "\xfb\xff", 2));
	assert_false(reads_as("+/8=", BASE64_USERSIG, "\xfb\xff", 2));
	assert_false(reads_as("*-8_", BASE64_USUAL, "\xfb\xff", 2));
}

static void
characters_become_bytes_again(void **state)
{
	(void)state;
	assert_true(reads_as("", BASE64_USUAL, "", 0));
	assert_true(reads_as("Zg==", BASE64_USUAL, "f", 1));
	assert_true(reads_as("Zm8=", BASE64_USUAL, "fo", 2));
	assert_true(reads_as("Zm9v", BASE64_USUAL, "foo", 3));
	assert_true(reads_as("Zm9vYg==", BASE64_USUAL, "foob", 4));
	assert_true(reads_as("////", BASE64_USUAL, "\xff\xff\xff", 3));
}

static void
what_has_another_reading_is_refused(void **state)
{
	(void)state;
	assert_true(refused("Zg", 2));
	assert_true(refused("Zg=", 3));
	assert_true(refused("Zg===", 5));
	assert_true(refused("Z===", 4));
	assert_true(refused("====", 4));
	assert_true(refused("Zg=v", 4));
	assert_true(refused("Zg==Zg==", 8));
	assert_true(refused("Zh==", 4));
	assert_true(refused("Zm9=", 4));
	assert_true(refused("Zm 9", 4));
	assert_true(refused("Zm9\n", 4));
	assert_true(refused("Zm\0v", 4));
	assert_true(refused("\xffm9v", 4));
}

static void
more_than_fits_is_refused(void **state)
{
	unsigned char bytes[3];
	size_t len;

	(void)state;
	assert_true(base64_read("Zm9v", 4, BASE64_USUAL, bytes, 3, &len));
	assert_false(base64_read("Zm9v", 4, BASE64_USUAL, bytes, 2, &len));
	assert_false(base64_read("Zm9vZg==", 8, BASE64_USUAL, bytes, 3, &len));
}

static void
the_first_foreign_character_is_told(void **state)
{
	(void)state;
	assert_int_equal(base64_span("abc", 3, BASE64_USERSIG), 3);
	assert_int_equal(base64_span("ab+c", 4, BASE64_USERSIG), 2);
	assert_int_equal(base64_span("ab+c", 4, BASE64_USUAL), 4);
	assert_int_equal(base64_span("a\0b", 3, BASE64_USUAL), 1);
	assert_int_equal(base64_span("", 0, BASE64_USUAL), 0);
}

static void
every_byte_survives_both_ways(void **state)
{
	unsigned char bytes[256], back[256];
	char text[400];
	size_t i, len, read;

	(void)state;
	for (i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(i * 167 + 13);
	for (len = 0; len <= sizeof bytes; len++) {
		base64_write(bytes, len, BASE64_USERSIG, text);
		assert_true(base64_read(text, base64_size(len), BASE64_USERSIG,
		    back, sizeof back, &read));
		assert_int_equal(read, len);
		assert_memory_equal(back, bytes, len);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_become_the_characters_of_the_standard),
		cmocka_unit_test(a_usersig_has_three_characters_of_its_own),
		cmocka_unit_test(characters_become_bytes_again),
		cmocka_unit_test(what_has_another_reading_is_refused),
		cmocka_unit_test(more_than_fits_is_refused),
		cmocka_unit_test(the_first_foreign_character_is_told),
		cmocka_unit_test(every_byte_survives_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
