#include "bantop/app/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void
a_session_says_who_from_where_and_what(void **state)
{
	struct settings *settings = settings_create();
	char want[AUDIT_LINE_MAX], line[AUDIT_LINE_MAX];

	(void)state;
	settings->profile = "live";
	settings->app_id = 1400000123;
	settings->admin = "administrator";
	settings->region = &settings->regions.regions[1];
	audit_write_session(settings, "192.0.2.7", line);
	snprintf(want, sizeof want,
	    "session uid=%ld from=192.0.2.7 command=ui profile=live "
	    "region=%s app=1400000123 admin=administrator",
	    (long)getuid(), settings->region->key);
	assert_string_equal(line, want);
	settings_destroy(settings);
}

static void
what_is_not_known_is_a_dash(void **state)
{
	struct settings *settings = settings_create();
	char line[AUDIT_LINE_MAX];

	(void)state;
	settings->command = COMMAND_LIST;
	audit_write_session(settings, "", line);
	assert_non_null(strstr(line,
	    " from=- command=list profile=- region=- app=0 admin=-"));
	settings_destroy(settings);
}

static void
a_group_cannot_forge_a_line(void **state)
{
	char line[AUDIT_LINE_MAX];

	(void)state;
	audit_write_group("sgp", "a\nsession uid=0 \x1b[2J\xff%s%n", line);
	assert_null(strchr(line, '\n'));
	assert_null(strchr(line, '\x1b'));
	assert_non_null(strstr(line, "group=a<U+000A>session"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_session_says_who_from_where_and_what),
		cmocka_unit_test(what_is_not_known_is_a_dash),
		cmocka_unit_test(a_group_cannot_forge_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
