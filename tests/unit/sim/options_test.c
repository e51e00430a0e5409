#include "bantop/sim/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS_MAX = 16, WHY_MAX = 4096 };

/* Parses the words of a NULL-ended list. */
static bool
parse(struct sim_options *options, struct buf *why, const char *const *words)
{
	char copies[WORDS_MAX][64];
	char *argv[WORDS_MAX + 1] = { NULL };
	int argc = 1;

	buf_reset(why);
	memcpy(copies[0], "bantop-sim", sizeof("bantop-sim"));
	argv[0] = copies[0];
	for (; words[argc - 1] != NULL; argc++) {
		assert_true(argc < WORDS_MAX);
		assert_true(strlen(words[argc - 1]) < sizeof(copies[0]));
		memcpy(copies[argc], words[argc - 1],
		    strlen(words[argc - 1]) + 1);
		argv[argc] = copies[argc];
	}
	return sim_options_parse(options, argc, argv, why);
}

static void
without_options_all_is_as_documented(void **state)
{
	static const char *const words[] = { NULL };
	struct sim_options options;
	struct buf why;

	(void)state;
	buf_init(&why, WHY_MAX);
	assert_true(parse(&options, &why, words));
	assert_int_equal(options.port, 0);
	assert_int_equal(options.members, 137);
	assert_int_equal(options.groups, 12);
	assert_int_equal(options.rate, 200);
	assert_int_equal(options.latency_ms, 0);
	assert_int_equal(options.skew_s, 0);
	assert_int_equal(options.faults.count, 0);
	assert_false(options.exit_with_stdin);
	buf_release(&why);
}

static void
every_value_arrives_where_it_belongs(void **state)
{
	static const char *const words[] = { "--port", "8443", "--members=9",
		"--groups", "0", "--seed=77", "--latency", "100", "--jitter=20",
		"--skew=-7200", "--exit-with-stdin", "--fault", "drop@2x1",
		"--fault=bom", NULL };
	struct sim_options options;
	struct buf why;

	(void)state;
	buf_init(&why, WHY_MAX);
	assert_true(parse(&options, &why, words));
	assert_int_equal(options.port, 8443);
	assert_int_equal(options.members, 9);
	assert_int_equal(options.groups, 0);
	assert_int_equal(options.seed, 77);
	assert_int_equal(options.latency_ms, 100);
	assert_int_equal(options.jitter_ms, 20);
	assert_int_equal(options.skew_s, -7200);
	assert_true(options.exit_with_stdin);
	assert_false(options.print_members);
	assert_int_equal(options.faults.count, 2);
	buf_release(&why);
}

static void
bad_values_are_refused_in_one_line(void **state)
{
	static const char *const bad[][4] = { { "--port", "65536", NULL },
		{ "--port", "x", NULL }, { "--port", NULL },
		{ "--members", "-1", NULL }, { "--members", "10000001", NULL },
		{ "--latency", "1.5", NULL }, { "--rate", "", NULL },
		{ "--odd", NULL }, { "word", NULL },
		{ "--fault", "nonsense", NULL },
		{ "--fault", "body:/no/such/file", NULL },
		{ "--now", "0", NULL }, { "-x", NULL } };
	struct sim_options options;
	struct buf why;
	size_t i;

	(void)state;
	buf_init(&why, WHY_MAX);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(parse(&options, &why, bad[i]));
		assert_true(why.len > 0);
		assert_null(strchr(buf_text(&why), '\n'));
	}
	buf_release(&why);
}

static void
the_help_names_every_option_and_fits_the_screen(void **state)
{
	static const char *const names[] = { "--port", "--members", "--groups",
		"--seed", "--latency", "--jitter", "--rate", "--skew",
		"--fault", "--exit-with-stdin", "--print-members", "--now",
		"--help", "--version", "hostile", "cert:KIND" };
	struct buf help;
	size_t i, start = 0;

	(void)state;
	buf_init(&help, 65536);
	sim_options_write_help(&help);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_non_null(strstr(buf_text(&help), names[i]));
	for (i = 0; i < help.len; i++) {
		if (help.data[i] != '\n')
			continue;
		assert_true(i - start <= 80);
		start = i + 1;
	}
	buf_release(&help);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_options_all_is_as_documented),
		cmocka_unit_test(every_value_arrives_where_it_belongs),
		cmocka_unit_test(bad_values_are_refused_in_one_line),
		cmocka_unit_test(
		    the_help_names_every_option_and_fits_the_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
