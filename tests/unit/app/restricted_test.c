#include "bantop/app/restricted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

extern char **environ;

/* An environment in memory of its own, as the system hands it over. */
struct given {
	char bytes[2048];
	size_t len;
	char *list[16];
	size_t count;
};

/* The test's own comes back before the one in its memory goes. */
static int
keep_environment(void **state)
{
	*state = environ;
	return 0;
}

static int
give_back_environment(void **state)
{
	environ = *state;
	return 0;
}

static void
give(struct given *given, const char *entry)
{
	size_t size = strlen(entry) + 1;

	assert_true(given->len + size <= sizeof given->bytes);
	memcpy(given->bytes + given->len, entry, size);
	given->list[given->count++] = given->bytes + given->len;
	given->list[given->count] = NULL;
	given->len += size;
	environ = given->list;
}

static bool
begin(const char *word, char peer[RESTRICTED_PEER_MAX])
{
	char program[] = "bantop";
	char argument[32] = "";
	char *argv[] = { program, argument, NULL };

	memcpy(argument, word, strlen(word) + 1);
	return restricted_begin(2, argv, peer);
}

static void
the_flag_counts_in_each_form_that_getopt_takes(void **state)
{
	static const char *const words[] = { "--restricted", "--restrict",
		"--rest", "--res" };
	struct given given = { .len = 0 };
	char peer[RESTRICTED_PEER_MAX];

	(void)state;
	give(&given, "TERM=xterm");
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		assert_true(begin(words[i], peer));
	assert_false(begin("--region", peer));
	assert_false(begin("--restrictedly", peer));
	assert_false(begin("restricted", peer));
}

static void
without_it_the_environment_is_left_alone(void **state)
{
	struct given given = { .len = 0 };
	char peer[RESTRICTED_PEER_MAX];

	(void)state;
	give(&given, "HOME=/nowhere");
	assert_false(begin("--ascii", peer));
	assert_string_equal(getenv("HOME"), "/nowhere");
}

static void
only_terminal_language_and_zone_are_kept(void **state)
{
	struct given given = { .len = 0 };
	char peer[RESTRICTED_PEER_MAX];

	(void)state;
	give(&given, "TERM=xterm-256color");
	give(&given, "HOME=/nowhere");
	give(&given, "LANG=C.UTF-8");
	give(&given, "LC_TIME=de_DE.UTF-8@euro");
	give(&given, "TZ=America/Argentina/Salta");
	give(&given, "SSH_ORIGINAL_COMMAND=bantop --demo");
	give(&given, "BANTOP_ENDPOINT=https://elsewhere.example.com");
	give(&given, "LOCPATH=/nowhere");
	give(&given, "BANTOP_REGION=sgp");
	give(&given, "nothing");
	assert_true(begin("--restricted", peer));
	assert_string_equal(getenv("TERM"), "xterm-256color");
	assert_string_equal(getenv("LANG"), "C.UTF-8");
	assert_string_equal(getenv("LC_TIME"), "de_DE.UTF-8@euro");
	assert_string_equal(getenv("TZ"), "America/Argentina/Salta");
	assert_null(getenv("HOME"));
	assert_null(getenv("SSH_ORIGINAL_COMMAND"));
	assert_null(getenv("BANTOP_ENDPOINT"));
	assert_null(getenv("LOCPATH"));
	assert_null(getenv("BANTOP_REGION"));
}

static void
a_path_in_the_place_of_a_name_is_dropped(void **state)
{
	struct given given = { .len = 0 };
	char peer[RESTRICTED_PEER_MAX];

	(void)state;
	give(&given, "TERM=../../evil");
	give(&given, "LANG=/nowhere");
	give(&given, "LC_ALL=..");
	give(&given, "LC_TIME=a/b");
	give(&given, "LC_PAPER=");
	assert_true(begin("--restricted", peer));
	assert_null(getenv("TERM"));
	assert_null(getenv("LANG"));
	assert_null(getenv("LC_ALL"));
	assert_null(getenv("LC_TIME"));
	assert_null(getenv("LC_PAPER"));
}

static void
a_zone_that_is_a_path_is_dropped(void **state)
{
	static const char *const zones[] = { "TZ=:/etc/passwd",
		"TZ=/etc/passwd", "TZ=Europe/../../etc", "TZ=,/etc" };
	char peer[RESTRICTED_PEER_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof zones / sizeof zones[0]; i++) {
		struct given given = { .len = 0 };

		give(&given, zones[i]);
		assert_true(begin("--restricted", peer));
		assert_null(getenv("TZ"));
	}
}

static void
what_is_dropped_is_wiped_where_it_stood(void **state)
{
	struct given given = { .len = 0 };
	char peer[RESTRICTED_PEER_MAX];

	(void)state;
	give(&given, "BANTOP_SECRET_KEY=canary");
	assert_true(begin("--restricted", peer));
	for (size_t i = 0; i < given.len; i++)
		assert_int_equal(given.bytes[i], 0);
}

static void
the_peer_is_an_address_or_nothing(void **state)
{
	struct given given = { .len = 0 };
	char peer[RESTRICTED_PEER_MAX];

	(void)state;
	give(&given, "SSH_CONNECTION=192.0.2.7 51000 192.0.2.1 22");
	assert_true(begin("--restricted", peer));
	assert_string_equal(peer, "192.0.2.7");
	give(&given, "SSH_CONNECTION=x from=10.0.0.1 session");
	assert_true(begin("--restricted", peer));
	assert_string_equal(peer, "");
	give(&given, "SSH_CONNECTION=10.0.0.1\nroot 1 2 3");
	assert_true(begin("--restricted", peer));
	assert_string_equal(peer, "");
}

#define ENVIRONMENT(name)                                       \
	cmocka_unit_test_setup_teardown(name, keep_environment, \
	    give_back_environment)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ENVIRONMENT(the_flag_counts_in_each_form_that_getopt_takes),
		ENVIRONMENT(without_it_the_environment_is_left_alone),
		ENVIRONMENT(only_terminal_language_and_zone_are_kept),
		ENVIRONMENT(a_path_in_the_place_of_a_name_is_dropped),
		ENVIRONMENT(a_zone_that_is_a_path_is_dropped),
		ENVIRONMENT(what_is_dropped_is_wiped_where_it_stood),
		ENVIRONMENT(the_peer_is_an_address_or_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
