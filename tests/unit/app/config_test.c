/*
 * The configuration: order of the files, profiles, regions, and what is said
 * of mistakes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "bantop/app/config.h"
#include "bantop/app/config_write.h"
#include "bantop/base/file.h"
#include "scratch.h"

enum { LINES_MAX = 16 };

static struct settings *settings;
static struct err err;
static char told[LINES_MAX][512];
static size_t told_count;

static void
keep_line(const char *line, void *user)
{
	(void)user;
	assert_true(told_count < LINES_MAX);
	snprintf(told[told_count++], sizeof(told[0]), "%s", line);
}

static void
write_file(const char *path, const char *text)
{
	struct file_new file;

	assert_true(file_new_open(&file, path, true, &err));
	assert_true(file_new_write(&file, text, strlen(text), &err));
	assert_true(file_new_commit(&file, &err));
}

static bool
load(const char *profile)
{
	const struct config_request request = {
		.path = "conf",
		.profile = profile,
		.tell = keep_line,
	};

	told_count = 0;
	settings_destroy(settings);
	settings = settings_create();
	return config_load(settings, &request, &err);
}

static int
leave(void **state)
{
	settings_destroy(settings);
	settings = NULL;
	return scratch_leave(state);
}

static const char two_profiles[] =
    "rate = 20\n"
    "profile live {\n"
    "  region = \"sgp\"\n"
    "  app_id = 1400000123\n"
    "  admin = \"administrator\"\n"
    "  secret_key_command = \"pass show bantop/live\"\n"
    "  marker = \"LIVE\"\n"
    "  rate = 5\n"
    "  groups = { \"@TGS#aDEMO00001\", \"friday-live\" }\n"
    "}\n"
    "profile test { region = \"kr\" usersig_file = \"~/sig\" }\n";

static void
a_profile_stands_over_the_top_level(void **state)
{
	(void)state;
	write_file("conf", two_profiles);
	assert_true(load("live"));
	assert_int_equal(settings->rate, 5);
	assert_string_equal(settings->region_name, "sgp");
	assert_int_equal(settings->app_id, 1400000123);
	assert_string_equal(settings->marker, "LIVE");
	assert_string_equal(settings->secret.key_command,
	    "pass show bantop/live");
	assert_int_equal(settings->group_count, 2);
	assert_string_equal(settings->groups[0], "@TGS#aDEMO00001");
	assert_int_equal(told_count, 0);
}

static void
another_profile_leaves_no_trace(void **state)
{
	(void)state;
	write_file("conf", two_profiles);
	setenv("HOME", "/nonexistent", 1);
	assert_true(load("test"));
	assert_int_equal(settings->rate, 20);
	assert_int_equal(settings->app_id, 0);
	assert_null(settings->secret.key_command);
	assert_string_equal(settings->secret.usersig_file, "/nonexistent/sig");
}

static void
without_a_profile_the_top_level_holds(void **state)
{
	(void)state;
	write_file("conf", two_profiles);
	assert_true(load(NULL));
	assert_int_equal(settings->rate, 20);
	assert_null(settings->region_name);
}

static void
an_unknown_profile_is_refused_with_those_there_are(void **state)
{
	(void)state;
	write_file("conf", two_profiles);
	assert_false(load("prod"));
	assert_int_equal(err.kind, ERR_CONFIG);
	assert_string_equal(err.text,
	    "--profile prod: no such profile: there is live, test");
}

static void
all_problems_are_told_with_line_and_remedy(void **state)
{
	(void)state;
	write_file("conf",
	    "rate = 500\n"
	    "colour = 1\n"
	    "profile a {\n"
	    "  endpoint = \"http://x\"\n"
	    "  app_id = \"none\"\n"
	    "}\n"
	    "region hk { name = \"Hong Kong\" }\n");
	assert_false(load(NULL));
	assert_int_equal(told_count, 4);
	assert_string_equal(told[0],
	    "conf:1: rate = 500: a number from 1 to 200");
	assert_string_equal(told[1],
	    "conf:2: warning: colour: unknown, ignored");
	assert_non_null(strstr(told[2], "conf:4: endpoint = http://x: "));
	assert_string_equal(told[3],
	    "conf:5: app_id = none: a number from 1 to 4294967295");
	assert_string_equal(err.text,
	    "conf:7: hk: region without host = \"...\"");
}

static void
regions_are_added_and_overridden(void **state)
{
	const struct region *region;
	struct err why;

	(void)state;
	write_file("conf",
	    "region hk { name = \"Hong Kong\" host = \"hk.example:8443\" }\n"
	    "region sgp { host = \"sgp.example\" }\n");
	assert_true(load(NULL));
	region = region_find(&settings->regions, "hk", &why);
	assert_non_null(region);
	assert_string_equal(region->host, "hk.example:8443");
	assert_int_equal(region->state, REGION_CONFIGURED);
	region = region_find(&settings->regions, "sgp", &why);
	assert_string_equal(region->host, "sgp.example");
	assert_string_equal(region->name, "Singapore");
}

static void
names_are_checked_where_they_stand(void **state)
{
	(void)state;
	write_file("conf",
	    "zone = \"Nowhere/City\"\n"
	    "profile live { region = \"mars\" }\n"
	    "profile test { region = \"hk\"\n zone = \"Asia/Tokyo\" }\n"
	    "region hk { host = \"hk.example\" }\n");
	assert_false(load(NULL));
	assert_int_equal(told_count, 1);
	assert_non_null(strstr(told[0], "conf:1: zone = Nowhere/City: "));
	assert_non_null(strstr(err.text, "conf:2: region = mars: "));
	assert_non_null(strstr(err.text, "sgp"));
}

static void
a_profile_that_stands_twice_is_told(void **state)
{
	(void)state;
	write_file("conf",
	    "profile live { rate = 5 }\n\n"
	    "profile live { parallel = 2 }\n");
	assert_false(load(NULL));
	assert_int_equal(told_count, 0);
	assert_non_null(strstr(err.text, "conf:3: "));
	assert_non_null(strstr(err.text, "'live'"));
}

static void
a_quotation_without_an_end_is_told(void **state)
{
	(void)state;
	write_file("conf", "rate = 5\nmarker = \"LIVE\n");
	assert_false(load(NULL));
	assert_string_equal(err.text,
	    "conf:2: a quotation mark without its other one");
}

static void
a_syntax_error_is_told(void **state)
{
	(void)state;
	write_file("conf", "rate = 5\nprofile live {\n");
	assert_false(load(NULL));
	assert_string_equal(err.text, "conf:2: { without its }");
}

static void
a_file_that_was_named_must_be_there(void **state)
{
	(void)state;
	assert_false(load(NULL));
	assert_int_equal(err.kind, ERR_CONFIG);
}

static void
what_is_printed_can_be_read_back(void **state)
{
	struct buf page;

	(void)state;
	write_file("conf", two_profiles);
	assert_true(load("live"));
	buf_init(&page, (size_t)1 << 20);
	config_write(settings, &page);
	assert_non_null(strstr(buf_text(&page), "rate = 5\t# conf:8\n"));
	assert_non_null(strstr(buf_text(&page),
	    "page_size = 100\t# default\n"));
	write_file("conf", buf_text(&page));
	buf_release(&page);
	assert_true(load(NULL));
	assert_int_equal(told_count, 0);
	assert_int_equal(settings->rate, 5);
	assert_int_equal(settings->group_count, 2);
	assert_string_equal(settings->marker, "LIVE");
}

#define IN_SCRATCH(test) \
	cmocka_unit_test_setup_teardown(test, scratch_enter, leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_profile_stands_over_the_top_level),
		IN_SCRATCH(another_profile_leaves_no_trace),
		IN_SCRATCH(without_a_profile_the_top_level_holds),
		IN_SCRATCH(an_unknown_profile_is_refused_with_those_there_are),
		IN_SCRATCH(all_problems_are_told_with_line_and_remedy),
		IN_SCRATCH(regions_are_added_and_overridden),
		IN_SCRATCH(names_are_checked_where_they_stand),
		IN_SCRATCH(a_profile_that_stands_twice_is_told),
		IN_SCRATCH(a_quotation_without_an_end_is_told),
		IN_SCRATCH(a_syntax_error_is_told),
		IN_SCRATCH(a_file_that_was_named_must_be_there),
		IN_SCRATCH(what_is_printed_can_be_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
