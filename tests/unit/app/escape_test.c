/*
 * Texts as fields of tsv and csv: what stays, what is escaped, what is quoted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/escape.h"

typedef void (*escape_fn)(const char *text, size_t len, struct buf *out);

static void
expect(escape_fn escape, const char *text, size_t len, const char *expected)
{
	struct buf out;

	buf_init(&out, 4096);
	escape(text, len, &out);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
}

static void
expect_tsv(const char *text, const char *expected)
{
	expect(escape_tsv, text, strlen(text), expected);
}

static void
expect_csv(const char *text, const char *expected)
{
	expect(escape_csv, text, strlen(text), expected);
}

static void
tsv_keeps_plain_text_and_utf8(void **state)
{
	(void)state;
	expect_tsv("guest_0017", "guest_0017");
	expect_tsv("\xe4\xb8\xad \"q\"", "\xe4\xb8\xad \"q\"");
	expect_tsv("", "");
}

static void
tsv_escapes_what_ends_a_field_or_a_line(void **state)
{
	(void)state;
	expect_tsv("a\tb\nc\rd\\e", "a\\tb\\nc\\rd\\\\e");
}

static void
tsv_escapes_c0_del_c1_and_nul_as_bytes(void **state)
{
	(void)state;
	expect_tsv("\x1b[31m", "\\x1b[31m");
	expect_tsv("\x7f", "\\x7f");
	expect_tsv("\xc2\x9b", "\\xc2\\x9b");
	expect(escape_tsv, "a\0b", 3, "a\\x00b");
}

static void
bytes_that_are_no_utf8_are_escaped_in_both(void **state)
{
	(void)state;
	expect_tsv("\xff\xfe", "\\xff\\xfe");
	expect_tsv("a\xe4\xb8", "a\\xe4\\xb8");
	expect_csv("\xff", "\"\\xff\"");
}

static void
csv_quotes_and_doubles_quotes(void **state)
{
	(void)state;
	expect_csv("a\"b,c", "\"a\"\"b,c\"");
	expect_csv("", "\"\"");
	expect_csv("two\nlines\tand a tab", "\"two\nlines\tand a tab\"");
}

static void
csv_escapes_what_drives_a_terminal(void **state)
{
	(void)state;
	expect_csv("a\x1b]52;c;\x07", "\"a\\x1b]52;c;\\x07\"");
	expect_csv("a\xc2\x9b", "\"a\\xc2\\x9b\"");
}

static void
csv_puts_a_quote_before_what_begins_like_a_formula(void **state)
{
	(void)state;
	expect_csv("=1+1", "\"'=1+1\"");
	expect_csv("+1", "\"'+1\"");
	expect_csv("-1", "\"'-1\"");
	expect_csv("@TGS#a", "\"'@TGS#a\"");
	expect_csv("\tx", "\"'\tx\"");
	expect_csv("\rx", "\"'\rx\"");
	expect_csv("\nx", "\"'\nx\"");
	expect_csv("\xef\xbc\x9d"
	           "1",
	    "\"'\xef\xbc\x9d"
	    "1\"");
	expect_csv("\xef\xbc\x8b", "\"'\xef\xbc\x8b\"");
	expect_csv("\xef\xbc\x8d", "\"'\xef\xbc\x8d\"");
	expect_csv("\xef\xbc\xa0", "\"'\xef\xbc\xa0\"");
	expect_csv("a=1", "\"a=1\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tsv_keeps_plain_text_and_utf8),
		cmocka_unit_test(tsv_escapes_what_ends_a_field_or_a_line),
		cmocka_unit_test(tsv_escapes_c0_del_c1_and_nul_as_bytes),
		cmocka_unit_test(bytes_that_are_no_utf8_are_escaped_in_both),
		cmocka_unit_test(csv_quotes_and_doubles_quotes),
		cmocka_unit_test(csv_escapes_what_drives_a_terminal),
		cmocka_unit_test(
		    csv_puts_a_quote_before_what_begins_like_a_formula),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
