/*
 * Rows as such: cells that are empty or too large, and a table that has to
 * live with the width of a terminal.
 */
#define _XOPEN_SOURCE 700
#include "bantop/app/record.h"

#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "scratch.h"

static const struct record_field fields[] = {
	{ .name = "account", .width_cols = 24, .is_stretchy = true },
	{ .name = "number", .width_cols = 12, .is_number = true },
	{ .name = "note", .width_cols = 5 },
};

enum { FIELD_COUNT = 3, HUGE_LEN = 300 * 1024 };

static void
expect(enum output_format format, const struct cell *rows, size_t count,
    const char *want)
{
	struct err err;
	struct output *output = output_open_file("out", true, &err);
	struct record_writer *writer;
	struct buf text;

	assert_non_null(output);
	writer = record_writer_create(fields, FIELD_COUNT, format, TEXT_UTF8,
	    output);
	assert_true(record_writer_begin(writer, &err));
	for (size_t i = 0; i < count; i++)
		assert_true(record_writer_row(writer, &rows[i * FIELD_COUNT],
		    &err));
	assert_true(record_writer_end(writer, &err));
	assert_true(output_finish(output, &err));
	record_writer_destroy(writer);
	output_destroy(output);
	buf_init(&text, (size_t)1 << 20);
	assert_true(file_read("out", &text, &err));
	assert_string_equal(buf_text(&text), want);
	buf_release(&text);
}

static void
each_format_has_a_way_to_say_nothing(void **state)
{
	const struct cell rows[] = {
		cell_of("a"),
		cell_number(-1),
		cell_empty(),
		cell_empty(),
		cell_empty(),
		cell_of("b"),
	};

	(void)state;
	expect(OUTPUT_TABLE, rows, 2,
	    "ACCOUNT                         NUMBER  NOTE\n"
	    "a                                   -1  -\n"
	    "-                                    -  b\n");
	expect(OUTPUT_TSV, rows, 2, "account\tnumber\tnote\na\t-1\t\n\t\tb\n");
	expect(OUTPUT_CSV, rows, 2,
	    "\"account\",\"number\",\"note\"\r\n\"a\",\"-1\",\"\"\r\n"
	    "\"\",\"\",\"b\"\r\n");
	expect(OUTPUT_JSON, rows, 2,
	    "[\n{\"account\":\"a\",\"number\":-1,\"note\":null},\n"
	    "{\"account\":null,\"number\":null,\"note\":\"b\"}\n]");
	expect(OUTPUT_JSONL, rows, 2,
	    "{\"account\":\"a\",\"number\":-1,\"note\":null}\n"
	    "{\"account\":null,\"number\":null,\"note\":\"b\"}\n");
}

static void
a_row_beyond_the_cap_is_refused_whole(void **state)
{
	struct err err;
	struct output *output = output_open_file("out", true, &err);
	struct record_writer *writer = record_writer_create(fields, FIELD_COUNT,
	    OUTPUT_JSONL, TEXT_UTF8, output);
	char *huge = calloc(1, HUGE_LEN);
	struct cell cells[FIELD_COUNT];
	struct buf text;

	(void)state;
	assert_non_null(huge);
	memset(huge, 'x', HUGE_LEN);
	cells[0] = cell_text(huge, HUGE_LEN);
	cells[1] = cell_number(1);
	cells[2] = cell_of("x");
	assert_false(record_writer_row(writer, cells, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	cells[0] = cell_of("a");
	assert_true(record_writer_row(writer, cells, &err));
	assert_true(output_finish(output, &err));
	record_writer_destroy(writer);
	record_writer_destroy(NULL);
	output_destroy(output);
	free(huge);
	buf_init(&text, 1024);
	assert_true(file_read("out", &text, &err));
	assert_string_equal(buf_text(&text),
	    "{\"account\":\"a\",\"number\":1,\"note\":\"x\"}\n");
	buf_release(&text);
}

static void
a_file_gets_tab_separated_values_unless_asked_otherwise(void **state)
{
	struct err err;
	struct output *output = output_open_file("out", true, &err);

	(void)state;
	assert_non_null(output);
	assert_int_equal(record_choose_format(OUTPUT_DEFAULT, output),
	    OUTPUT_TSV);
	assert_int_equal(record_choose_format(OUTPUT_CSV, output), OUTPUT_CSV);
	output_destroy(output);
}

/* -- a terminal ------------------------------------------------------------ */

struct terminal {
	int fd;   /* its other side */
	int kept; /* what standard output was */
};

static void
begin_terminal(struct terminal *terminal, unsigned short cols)
{
	const struct winsize size = { .ws_row = 24, .ws_col = cols };
	struct termios raw;
	int fd;

	terminal->fd = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(terminal->fd >= 0);
	assert_int_equal(grantpt(terminal->fd), 0);
	assert_int_equal(unlockpt(terminal->fd), 0);
	fd = open(ptsname(terminal->fd), O_RDWR | O_NOCTTY);
	assert_true(fd >= 0);
	assert_int_equal(tcgetattr(fd, &raw), 0);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	assert_int_equal(tcsetattr(fd, TCSANOW, &raw), 0);
	assert_int_equal(ioctl(fd, TIOCSWINSZ, &size), 0);
	terminal->kept = dup(STDOUT_FILENO);
	assert_true(dup2(fd, STDOUT_FILENO) >= 0);
	close(fd);
}

static void
end_terminal(struct terminal *terminal)
{
	assert_true(dup2(terminal->kept, STDOUT_FILENO) >= 0);
	close(terminal->kept);
	close(terminal->fd);
}

/* What a table of one row looks like there. */
static void
show_table(unsigned short cols, const char *account, char *shown, size_t size)
{
	const struct cell cells[] = { cell_of(account), cell_number(7),
		cell_of("note") };
	struct terminal terminal;
	struct record_writer *writer;
	struct output *output;
	enum output_format format;
	struct err err;
	bool ok;
	ssize_t len;

	begin_terminal(&terminal, cols);
	output = output_open_stdout(-1);
	format = record_choose_format(OUTPUT_DEFAULT, output);
	writer = record_writer_create(fields, FIELD_COUNT, format, TEXT_UTF8,
	    output);
	ok = record_writer_row(writer, cells, &err) &&
	    output_finish(output, &err);
	len = read(terminal.fd, shown, size - 1);
	record_writer_destroy(writer);
	output_destroy(output);
	end_terminal(&terminal);
	assert_true(ok);
	assert_int_equal(format, OUTPUT_TABLE);
	assert_true(len > 0);
	shown[len] = '\0';
}

static void
the_stretchy_column_has_what_the_others_leave(void **state)
{
	static const char name[] =
	    "an_account_that_is_a_good_deal_longer_than_any_table_is_wide";
	char shown[256];

	(void)state;
	/* 17 columns for the others, 4 between. */
	show_table(41, name, shown, sizeof(shown));
	assert_string_equal(shown,
	    "an_account\xe2\x80\xa6\x65_is_wide             7  note\n");
	/* Never less than 12, also where that is too much. */
	show_table(10, name, shown, sizeof(shown));
	assert_string_equal(shown,
	    "an_acc\xe2\x80\xa6_wide             7  note\n");
	/* Never more than 40. */
	show_table(200, name, shown, sizeof(shown));
	assert_string_equal(shown,
	    "an_account_that_is_a\xe2\x80\xa6n_any_table_is_wide"
	    "             7  note\n");
	show_table(200, "short", shown, sizeof(shown));
	assert_string_equal(shown,
	    "short                                                7  note\n");
}

/* A terminal that does not know its width gets the table uncut. */
static void
without_a_width_nothing_is_cut(void **state)
{
	static const char name[] = "an_account_that_is_longer_than_its_column";
	char shown[256];

	(void)state;
	show_table(0, name, shown, sizeof(shown));
	assert_non_null(strstr(shown, name));
}

#define IN_SCRATCH(test) \
	cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(each_format_has_a_way_to_say_nothing),
		IN_SCRATCH(a_row_beyond_the_cap_is_refused_whole),
		IN_SCRATCH(
		    a_file_gets_tab_separated_values_unless_asked_otherwise),
		cmocka_unit_test(the_stretchy_column_has_what_the_others_leave),
		cmocka_unit_test(without_a_width_nothing_is_cut),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
