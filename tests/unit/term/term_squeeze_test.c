#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "term/term_priv.h"

/* What is left of @p bytes on a terminal whose attributes are known. */
static void
expect(bool is_plain, const char *bytes, const char *want)
{
	struct term_squeeze squeeze = { .is_plain = is_plain,
		.is_charset = true };
	char text[256];
	size_t len = strlen(bytes);

	memcpy(text, bytes, len);
	len = term_squeeze(&squeeze, text, len);
	text[len] = '\0';
	assert_string_equal(text, want);
}

static void
usual_characters_are_chosen_once(void **state)
{
	struct term_squeeze squeeze;
	char text[] = "\x1b(Ba\x1b(Bb";

	(void)state;
	term_squeeze_reset(&squeeze);
	assert_int_equal(term_squeeze(&squeeze, text, strlen(text)), 5);
	assert_memory_equal(text, "\x1b(Bab", 5);
}

static void
what_is_reset_is_not_reset_again(void **state)
{
	(void)state;
	expect(true, "a\x1b[mb", "ab");
	expect(true, "\x1b[0;1mb", "\x1b[1mb");
	expect(true, "\x1b[39;49mb", "b");
	expect(true, "\x1b[1ma\x1b[m\x1b[0;4mb", "\x1b[1ma\x1b[0;4mb");
	expect(true, "\x1b[1ma\x1b[mb\x1b[mc", "\x1b[1ma\x1b[mbc");
}

static void
what_is_set_is_reset(void **state)
{
	(void)state;
	expect(false, "\x1b[mb", "\x1b[mb");
	expect(false, "\x1b[0;1mb", "\x1b[0;1mb");
	expect(false, "\x1b[39mb", "\x1b[39mb");
	expect(false, "\x1b[m\x1b[mb", "\x1b[mb");
	expect(true, "\x1b[31ma\x1b[39mb\x1b[mc", "\x1b[31ma\x1b[39mb\x1b[mc");
	expect(true, "\x1b[31ma\x1b[39m\x1b(B\x1b[mc", "\x1b[31ma\x1b[mc");
}

static void
changes_that_follow_each_other_are_one(void **state)
{
	(void)state;
	expect(true, "\x1b[1m\x1b[38;5;80mb", "\x1b[1;38;5;80mb");
	expect(true, "\x1b[1m\x1b(B\x1b[4m\x1b[33mb", "\x1b[1;4;33mb");
	expect(false, "a\x1b[0;1m\x1b[33mb", "a\x1b[0;1;33mb");
	expect(true, "\x1b[1ma\x1b[33mb", "\x1b[1ma\x1b[33mb");
	/* A reset begins anew, and what is behind another sequence too. */
	expect(false, "\x1b[1ma\x1b[m\x1b[4mb", "\x1b[1ma\x1b[m\x1b[4mb");
	expect(true, "\x1b[1m\x1b[5G\x1b[4mb", "\x1b[1m\x1b[5G\x1b[4mb");
}

static void
other_sequences_are_left_alone(void **state)
{
	(void)state;
	expect(true, "\x1b[2J\x1b[5;3Hx\x1b[?25l\x1b=\x1b[38;5;80m",
	    "\x1b[2J\x1b[5;3Hx\x1b[?25l\x1b=\x1b[38;5;80m");
	expect(true, "cut\x1b[", "cut\x1b[");
	expect(true, "cut\x1b[0;", "cut\x1b[0;");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usual_characters_are_chosen_once),
		cmocka_unit_test(what_is_reset_is_not_reset_again),
		cmocka_unit_test(what_is_set_is_reset),
		cmocka_unit_test(changes_that_follow_each_other_are_one),
		cmocka_unit_test(other_sequences_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
