/*
 * The manual against the tables of the programs: every option, variable, key,
 * setting, region and fault stands in it, with its value, and nothing else
 * does. Run from the root of the tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/app/keymap.h"
#include "bantop/app/option_table.h"
#include "bantop/sim/faults.h"
#include "bantop/sim/options.h"
#include "page.h"

enum { PAGE_MAX = 1 << 20, LINE_MAX_BYTES = 256 };

struct manual {
	struct buf bantop;
	struct buf conf;
	struct buf sim;
};

static int
set_up(void **state)
{
	static struct manual manual;

	buf_init(&manual.bantop, PAGE_MAX);
	buf_init(&manual.conf, PAGE_MAX);
	buf_init(&manual.sim, PAGE_MAX);
	page_read("docs/bantop.1", &manual.bantop);
	page_read("docs/bantop.conf.5", &manual.conf);
	page_read("docs/bantop-sim.1", &manual.sim);
	*state = &manual;
	return 0;
}

static int
tear_down(void **state)
{
	struct manual *manual = *state;

	buf_release(&manual->bantop);
	buf_release(&manual->conf);
	buf_release(&manual->sim);
	return 0;
}

static void
expect(struct span span, const char *line)
{
	if (!page_has(span, line))
		fail_msg("not in the manual: %s", line);
}

/* -- options ------------------------------------------------------------- */

/* ".It Fl p , Fl -profile Ar NAME" */
static void
expect_option(struct span span, const struct option_row *row)
{
	bool optional = (row->where & OPTION_VALUE_OPTIONAL) != 0;
	char line[LINE_MAX_BYTES], letter[16] = "";
	const char *argument = row->argument;

	if (row->short_name != '\0')
		(void)snprintf(letter, sizeof letter, "%c , Fl ",
		    row->short_name);
	(void)snprintf(line, sizeof line, ".It Fl %s-%s%s%.*s", letter,
	    row->name,
	    argument == NULL ? ""
	        : optional   ? " Ns Op = Ns Ar "
	                     : " Ar ",
	    argument == NULL ? 0 : (int)strcspn(argument, "["),
	    argument == NULL ? "" : argument);
	expect(span, line);
}

static void
every_option_is_described_with_its_value_and_no_other(void **state)
{
	const struct manual *manual = *state;
	struct span span = page_section(&manual->bantop, ".Sh OPTIONS");
	size_t count = 0;

	for (size_t i = 0; i < option_count(); i++) {
		if ((option_at(i)->where & OPTION_NO_FLAG) != 0)
			continue;
		expect_option(span, option_at(i));
		count++;
	}
	assert_int_equal(page_count(span, ".It "), count);
}

static void
every_command_is_described_and_no_other(void **state)
{
	const struct manual *manual = *state;
	struct span span = page_section(&manual->bantop, ".Sh DESCRIPTION");
	char line[LINE_MAX_BYTES];

	for (int i = COMMAND_LIST; i < COMMAND_COUNT; i++) {
		(void)snprintf(line, sizeof line, ".It Cm %s",
		    option_command_name((enum command)i));
		expect(span, line);
	}
	assert_int_equal(page_count(span, ".It "),
	    COMMAND_COUNT - COMMAND_LIST);
}

static void
every_variable_of_an_option_is_described(void **state)
{
	const struct manual *manual = *state;
	struct span span = page_section(&manual->bantop, ".Sh ENVIRONMENT");
	char line[LINE_MAX_BYTES];
	size_t count = 0;

	for (size_t i = 0; i < option_count(); i++) {
		if (option_at(i)->environment == NULL)
			continue;
		(void)snprintf(line, sizeof line, ".It Ev %s\nAs\n.Fl -%s .\n",
		    option_at(i)->environment, option_at(i)->name);
		if (strstr(span.text, line) == NULL)
			fail_msg("not in the manual: %s", line);
		count++;
	}
	/* Two more of ours, on two lines: secrets, and where themes are. */
	assert_int_equal(page_count(span, ".It Ev BANTOP_"), count + 2);
}

static void
every_region_is_named(void **state)
{
	const struct manual *manual = *state;
	struct span span =
	    page_between(page_section(&manual->bantop, ".Sh OPTIONS"),
	        "Fl -region Ar KEY\n", ".It ");
	struct region_set set;

	region_set_init(&set);
	for (size_t i = 0; i < set.count; i++) {
		if (!page_has_word(span, set.regions[i].key))
			fail_msg("not in the manual: %s", set.regions[i].key);
	}
}

/* -- keys ---------------------------------------------------------------- */

/* As mdoc wants a word: no sign of it may be taken for punctuation. */
static size_t
put_word(char *out, size_t size, const char *word, size_t len)
{
	size_t used = 0;

	out[0] = '\0';
	if (len == 1 && strchr(".,:;()[]?!|", word[0]) != NULL)
		used += (size_t)snprintf(out, size, "\\&");
	for (size_t i = 0; i < len; i++)
		used += (size_t)snprintf(out + used, size - used,
		    word[i] == '\\'      ? "\\e"
		        : word[i] == '-' ? "\\-"
		                         : "%c",
		    word[i]);
	return used;
}

/* ".It Ic j Down Pq down" */
static void
write_binding(const struct binding *binding, char line[LINE_MAX_BYTES])
{
	const char *at = binding->keys;
	size_t used = (size_t)snprintf(line, LINE_MAX_BYTES, ".It Ic");
	size_t len;

	for (; *at != '\0'; at += len) {
		at += strspn(at, " ");
		len = strcspn(at, " ");
		line[used++] = ' ';
		used += put_word(line + used, LINE_MAX_BYTES - used, at, len);
	}
	(void)snprintf(line + used, LINE_MAX_BYTES - used, " Pq %s",
	    binding->name);
}

static void
every_key_is_described_with_its_action_and_no_other(void **state)
{
	const struct manual *manual = *state;
	struct span span = page_section(&manual->bantop, ".Sh KEYS");
	struct keymap *keymap = keymap_create();
	char line[LINE_MAX_BYTES];

	for (size_t i = 0; i < keymap_count(keymap); i++) {
		struct binding binding = keymap_at(keymap, i);

		write_binding(&binding, line);
		expect(span, line);
	}
	assert_int_equal(page_count(span, ".It "), keymap_count(keymap));
	keymap_destroy(keymap);
}

/* -- configuration ------------------------------------------------------- */

/* Those that may stand exactly there. @return how many they are. */
static size_t
expect_settings(struct span span, unsigned where)
{
	const unsigned both = OPTION_IN_FILE | OPTION_IN_PROFILE;
	char key[32], line[LINE_MAX_BYTES];
	size_t count = 0;

	for (size_t i = 0; i < option_count(); i++) {
		if ((option_at(i)->where & both) != where)
			continue;
		option_write_key(option_at(i), key);
		(void)snprintf(line, sizeof line, ".It Ic %s No =", key);
		expect(span, line);
		count++;
	}
	return count;
}

static void
every_setting_is_described_where_it_may_stand_and_no_other(void **state)
{
	const struct manual *manual = *state;
	const struct {
		const char *heading;
		unsigned where;
	} sections[] = {
		{ ".Ss Everywhere", OPTION_IN_FILE | OPTION_IN_PROFILE },
		{ ".Ss Top level", OPTION_IN_FILE },
		{ ".Ss Profiles", OPTION_IN_PROFILE },
	};

	for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
		struct span span =
		    page_section(&manual->conf, sections[i].heading);

		/* page_section() ends at ".Sh", this one at ".Ss" too. */
		assert_int_equal(page_count(span, ".It Ic "),
		    expect_settings(span, sections[i].where));
	}
}

/* -- the simulator ------------------------------------------------------- */

/* The help says "  --port            N    TCP port ..." */
static void
every_option_of_the_simulator_is_described_and_no_other(void **state)
{
	const struct manual *manual = *state;
	struct span span = page_section(&manual->sim, ".Sh OPTIONS");
	char name[64], line[LINE_MAX_BYTES];
	size_t count = 0;
	const char *at;
	struct buf help;

	buf_init(&help, PAGE_MAX);
	sim_options_write_help(&help);
	at = strstr(buf_text(&help), "\n  --");
	for (; at != NULL; at = strstr(at + 1, "\n  --")) {
		(void)snprintf(name, sizeof name, "%.*s",
		    (int)strcspn(at + 5, " \n"), at + 5);
		(void)snprintf(line, sizeof line, ".It Fl -%s", name);
		expect(span, line);
		count++;
	}
	assert_true(count > 0);
	assert_int_equal(page_count(span, ".It "), count);
	buf_release(&help);
}

/* The help says "  http:NNN         that status ..." */
static void
every_fault_is_described_and_no_other(void **state)
{
	const struct manual *manual = *state;
	struct span span = page_section(&manual->sim, ".Sh FAULTS");
	char line[LINE_MAX_BYTES];
	size_t count = 0;
	struct buf help;
	char *at, *end;

	buf_init(&help, PAGE_MAX);
	sim_faults_write_help(&help);
	buf_put(&help, "", 1);
	for (at = help.data; *at != '\0'; at = end + 1) {
		end = strchr(at, '\n');
		assert_non_null(end);
		at += strspn(at, " ");
		count++;
		(void)snprintf(line, sizeof line, ".It Cm %.*s%s",
		    (int)strcspn(at, " :["), at,
		    at[strcspn(at, " :[")] == ':' ? "\\&:" : "");
		expect(span, line);
	}
	assert_true(count > 0);
	assert_int_equal(page_count(span, ".It "), count);
	buf_release(&help);
}

#define WITH_MANUAL(test) \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_MANUAL(
		    every_option_is_described_with_its_value_and_no_other),
		WITH_MANUAL(every_command_is_described_and_no_other),
		WITH_MANUAL(every_variable_of_an_option_is_described),
		WITH_MANUAL(every_region_is_named),
		WITH_MANUAL(
		    every_key_is_described_with_its_action_and_no_other),
		WITH_MANUAL(
		    every_setting_is_described_where_it_may_stand_and_no_other),
		WITH_MANUAL(
		    every_option_of_the_simulator_is_described_and_no_other),
		WITH_MANUAL(every_fault_is_described_and_no_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
