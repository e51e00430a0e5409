#include "bantop/term/term.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "term_rig.h"

static int
use_utf8(void **state)
{
	(void)state;
	return setlocale(LC_ALL, "C.UTF-8") == NULL ? -1 : 0;
}

static bool
has_bytes(const struct term_rig *rig, const char *part)
{
	size_t len = strlen(part);
	size_t at;

	for (at = 0; at + len <= rig->len; at++)
		if (memcmp(rig->bytes + at, part, len) == 0)
			return true;
	return false;
}

/* Nobody should have put them into the frame; then something stands in. */
static void
ambiguous_characters_are_not_written_where_they_are_wide(void **state)
{
	static const char lines[] = "a\xe2\x80\xa6z \xe2\x94\x82 \xe2\x96\x88";
	static const char texts[] = "\xc2\xb1 \xe4\xb8\xad \xc3\xa5";
	struct term_rig rig;
	struct err err;

	(void)state;
	assert_true(term_rig_open(&rig, "xterm-256color", 24, 80,
	    TEXT_UNAMBIGUOUS, &err));
	(void)frame_put(rig.frame, 0, 0, 80, STYLE_TEXT, lines);
	(void)frame_put(rig.frame, 1, 0, 80, STYLE_TEXT, texts);
	(void)term_rig_paint(&rig, NULL);
	assert_true(has_bytes(&rig, "a~z | #"));
	assert_true(has_bytes(&rig, "? \xe4\xb8\xad \xc3\xa5"));
	term_rig_close(&rig);
	assert_true(term_rig_open(&rig, "xterm-256color", 24, 80, TEXT_UTF8,
	    &err));
	(void)frame_put(rig.frame, 0, 0, 80, STYLE_TEXT, lines);
	(void)term_rig_paint(&rig, NULL);
	assert_true(has_bytes(&rig, lines));
	term_rig_close(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    ambiguous_characters_are_not_written_where_they_are_wide),
	};

	return cmocka_run_group_tests(tests, use_utf8, NULL);
}
