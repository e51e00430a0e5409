/*
 * What of that which curses writes never goes out.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "term_rig.h"

static bool
has_bytes(const struct term_rig *rig, const char *part)
{
	size_t len = strlen(part), at;

	for (at = 0; at + len <= rig->len; at++)
		if (memcmp(rig->bytes + at, part, len) == 0)
			return true;
	return false;
}

/* A painted screen, a theme, a suspend, the end. */
static void
use_terminal(struct term_rig *rig, const char *type)
{
	struct err err;

	assert_true(term_rig_open(rig, type, 24, 80, TEXT_UTF8, &err));
	(void)frame_put(rig->frame, 7, 7, 20, STYLE_ERROR, "in colour");
	(void)term_rig_paint(rig, NULL);
	term_set_theme(rig->term, theme_default());
	(void)term_rig_paint(rig, NULL);
	term_suspend(rig->term);
	assert_true(term_resume(rig->term, &err));
	(void)term_rig_paint(rig, NULL);
	term_rig_finish(rig);
}

/* No colour is ever changed, so none is put back: a shell may have chosen
 * others than the terminal began with. */
static void
palette_of_the_terminal_is_left_alone(void **state)
{
	struct term_rig rig;

	(void)state;
	use_terminal(&rig, "xterm-256color");
	assert_true(has_bytes(&rig, "in colour"));
	assert_false(has_bytes(&rig, "\x1b]104"));
	term_rig_close(&rig);
	use_terminal(&rig, "linux");
	assert_true(has_bytes(&rig, "in colour"));
	assert_false(has_bytes(&rig, "\x1b]R"));
	term_rig_close(&rig);
}

static int
use_utf8(void **state)
{
	(void)state;
	return setlocale(LC_ALL, "C.UTF-8") == NULL ? -1 : 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(palette_of_the_terminal_is_left_alone),
	};

	return cmocka_run_group_tests(tests, use_utf8, NULL);
}
