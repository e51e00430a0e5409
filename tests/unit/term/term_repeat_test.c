#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "term/term_priv.h"
#include "term_rig.h"

static void
expect(const char *bytes, const char *want)
{
	char out[256];
	size_t len = term_repeat(bytes, strlen(bytes), out);

	assert_int_equal(term_repeat(bytes, strlen(bytes), NULL), len);
	out[len] = '\0';
	assert_string_equal(out, want);
}

static void
what_is_asked_for_is_written(void **state)
{
	(void)state;
	expect("", "");
	expect("text", "text");
	expect("-\x1b[7b-", "---------");
	expect("a\x1b[12bb\x1b[3b", "aaaaaaaaaaaaabbbb");
	expect("\x1b[31m#\x1b[9b\x1b[m.", "\x1b[31m##########\x1b[m.");
}

static void
what_is_no_repetition_is_left(void **state)
{
	(void)state;
	expect("a\x1b[b", "a\x1b[b");
	expect("a\x1b[7", "a\x1b[7");
	expect("a\x1b[7;8b", "a\x1b[7;8b");
	expect("a\x1b[7Bb", "a\x1b[7Bb");
	expect("a\x1b(b", "a\x1b(b");
	expect("a\x1b[99999999999999999999b", "a\x1b[99999999999999999999b");
	expect("\x1b[7b", "\x1b[7b"); /* of what? */
}

/* In a C locale curses asks for it where the description has it. */
static void
no_terminal_is_asked_to_repeat(void **state)
{
	static const char *const types[] = { "xterm-256color", "xterm",
		"ansi" };
	struct term_rig rig;
	struct err err;
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		assert_true(term_rig_open(&rig, types[i], 24, 80, TEXT_ASCII,
		    &err));
		frame_fill(rig.frame, frame_whole(rig.frame), STYLE_BORDER,
		    '-');
		(void)frame_put(rig.frame, 5, 0, 80, STYLE_TEXT, "between");
		(void)term_rig_paint(&rig, NULL);
		term_rig_expect(&rig);
		for (at = 0; at < rig.len; at++)
			assert_false(rig.bytes[at] == 'b' && at > 0 &&
			    rig.bytes[at - 1] >= '0' &&
			    rig.bytes[at - 1] <= '9');
		term_rig_close(&rig);
	}
}

static int
use_c(void **state)
{
	(void)state;
	return setlocale(LC_ALL, "C") == NULL ? -1 : 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_asked_for_is_written),
		cmocka_unit_test(what_is_no_repetition_is_left),
		cmocka_unit_test(no_terminal_is_asked_to_repeat),
	};

	return cmocka_run_group_tests(tests, use_c, NULL);
}
