/*
 * What the writers make of texts is read back: the same cells, and nothing
 * that ends a field, drives a terminal or is a formula. The first byte chooses
 * the format; each cell has a byte for its length before it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bantop/api/json.h"
#include "bantop/app/escape.h"
#include "bantop/app/record.h"
#include "bantop/base/text.h"
#include "fuzz/fuzz.h"

enum { COLUMNS = 3, ROWS_MAX = 8, WRITTEN_MAX = 1 << 20 };

static const struct record_field fields[COLUMNS] = {
	{ .name = "one", .width_cols = 10, .is_stretchy = true },
	{ .name = "two", .width_cols = 10 },
	{ .name = "three", .width_cols = 10 },
};

struct table {
	size_t rows;
	struct cell cells[ROWS_MAX][COLUMNS];
};

static void
take_table(const uint8_t *data, size_t size, struct table *table)
{
	const char *part;
	size_t len;

	table->rows = 0;
	while (size > 0 && table->rows < ROWS_MAX) {
		for (size_t i = 0; i < COLUMNS; i++) {
			len = fuzz_take_byte(&data, &size);
			len = fuzz_take(&data, &size, len, &part);
			table->cells[table->rows][i] = cell_text(part, len);
		}
		table->rows++;
	}
}

static void
write_rows(const struct table *table, enum output_format format)
{
	struct output *output = output_open_stdout(-1);
	struct record_writer *writer =
	    record_writer_create(fields, COLUMNS, format, TEXT_UTF8, output);
	struct err err = { .kind = ERR_NONE };

	REQUIRE(record_writer_begin(writer, &err));
	for (size_t i = 0; i < table->rows; i++)
		REQUIRE(record_writer_row(writer, table->cells[i], &err));
	REQUIRE(record_writer_end(writer, &err));
	REQUIRE(output_finish(output, &err));
	record_writer_destroy(writer);
	output_destroy(output);
}

/* Standard output is a file for as long as the writer is at work. */
static void
write_table(const struct table *table, enum output_format format,
    struct buf *out)
{
	FILE *file = tmpfile();
	char chunk[4096];
	ssize_t n;
	int saved;

	REQUIRE(file != NULL);
	fflush(stdout);
	saved = dup(STDOUT_FILENO);
	REQUIRE(saved >= 0);
	REQUIRE(dup2(fileno(file), STDOUT_FILENO) >= 0);
	write_rows(table, format);
	REQUIRE(dup2(saved, STDOUT_FILENO) >= 0);
	close(saved);
	REQUIRE(lseek(fileno(file), 0, SEEK_SET) == 0);
	for (;;) {
		n = read(fileno(file), chunk, sizeof chunk);
		if (n <= 0)
			break;
		buf_put(out, chunk, (size_t)n);
	}
	REQUIRE(n == 0 && out->len < out->max);
	fclose(file);
}

/* -- reading back -------------------------------------------------------- */

static unsigned
hex_digit(char digit)
{
	REQUIRE((digit >= '0' && digit <= '9') ||
	    (digit >= 'a' && digit <= 'f'));
	return (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/* @return the byte behind a backslash; moves on. */
static char
unescape(const char **at)
{
	const char *text = *at;

	*at += text[0] == 'x' ? 3 : 1;
	switch (text[0]) {
	case 't':
		return '\t';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case '\\':
		return '\\';
	default:
		REQUIRE(text[0] == 'x');
		return (char)(hex_digit(text[1]) * 16 + hex_digit(text[2]));
	}
}

static const char *
read_tsv_field(const char *at, struct buf *field)
{
	char byte;

	while (*at != '\t' && *at != '\n') {
		REQUIRE((unsigned char)*at >= 0x20 && *at != 0x7f);
		byte = *at++;
		if (byte == '\\')
			byte = unescape(&at);
		buf_put(field, &byte, 1);
	}
	return at;
}

static const char *
read_csv_field(const char *at, struct buf *field)
{
	REQUIRE(*at == '"');
	for (at++;; at++) {
		REQUIRE(*at != '\0');
		if (*at == '"' && *++at != '"')
			return at;
		buf_put(field, at, 1);
	}
}

/* In csv a backslash stands for itself: the escapes cannot be undone, but what
 * was good and began as no formula has to come back as it was. */
static void
check_csv_field(const struct buf *field, const struct cell *cell)
{
	const char *text = buf_text(field);
	struct buf again;

	REQUIRE(text_is_utf8(text, field->len));
	REQUIRE(field->len == 0 || strchr("=+-@\t\r\n", text[0]) == NULL);
	for (size_t i = 0; i < field->len; i++)
		REQUIRE((unsigned char)text[i] >= 0x20 || text[i] == '\t' ||
		    text[i] == '\r' || text[i] == '\n');
	buf_init(&again, WRITTEN_MAX);
	escape_tsv(cell->text, cell->len, &again);
	if (again.len == cell->len && cell->len > 0 &&
	    strchr("=+-@", cell->text[0]) == NULL && text[0] != '\'')
		REQUIRE(field->len == cell->len &&
		    memcmp(text, cell->text, cell->len) == 0);
	buf_release(&again);
}

static void
check_delimited(const struct table *table, const char *text, bool csv)
{
	static const char *const heads[] = { "one\ttwo\tthree\n",
		"\"one\",\"two\",\"three\"\r\n" };
	struct buf field;

	REQUIRE(strncmp(text, heads[csv], strlen(heads[csv])) == 0);
	text += strlen(heads[csv]);
	buf_init(&field, WRITTEN_MAX);
	for (size_t i = 0; i < table->rows * COLUMNS; i++) {
		const struct cell *cell =
		    &table->cells[i / COLUMNS][i % COLUMNS];
		bool last = i % COLUMNS == COLUMNS - 1;

		buf_reset(&field);
		text = csv ? read_csv_field(text, &field)
		           : read_tsv_field(text, &field);
		if (csv)
			check_csv_field(&field, cell);
		else
			REQUIRE(field.len == cell->len &&
			    memcmp(buf_text(&field), cell->text, cell->len) ==
			        0);
		if (csv && last)
			REQUIRE(*text++ == '\r');
		REQUIRE(*text++ == (last ? '\n' : csv ? ',' : '\t'));
	}
	REQUIRE(*text == '\0');
	buf_release(&field);
}

/* The reader hands a NUL over as the two bytes that no UTF-8 has for it. */
static bool
is_same(const char *text, size_t len, const struct cell *cell)
{
	size_t at = 0;

	for (size_t i = 0; i < cell->len; i++) {
		size_t size = cell->text[i] == '\0' ? 2 : 1;
		const char *want =
		    cell->text[i] == '\0' ? "\xc0\x80" : &cell->text[i];

		if (len - at < size || memcmp(text + at, want, size) != 0)
			return false;
		at += size;
	}
	return at == len;
}

static void
check_object(const struct json *object, const struct cell *cells)
{
	const char *text = NULL;
	size_t len = 0;

	for (size_t i = 0; i < COLUMNS; i++) {
		REQUIRE(json_text(json_member(object, fields[i].name), &text,
		    &len));
		if (text_is_utf8(cells[i].text, cells[i].len))
			REQUIRE(is_same(text, len, &cells[i]));
	}
}

static void
check_json(const struct table *table, const struct buf *written, bool lines)
{
	const char *text = buf_text(written);
	const char *end = text + written->len;
	struct err err = { .kind = ERR_NONE };
	struct json_document *document = NULL;
	const struct json *object = NULL;

	for (const char *at = text; at < end; at++)
		REQUIRE(*at == '\n' || (unsigned char)*at >= 0x20);
	if (!lines) {
		document = json_parse(text, written->len, &err);
		REQUIRE(document != NULL);
		object = json_first(json_root(document));
	}
	for (size_t i = 0; i < table->rows; i++) {
		if (lines) {
			size_t len = strcspn(text, "\n");

			document = json_parse(text, len, &err);
			REQUIRE(document != NULL);
			check_object(json_root(document), table->cells[i]);
			json_destroy(document);
			text += len + 1;
			continue;
		}
		check_object(object, table->cells[i]);
		object = json_next(object);
	}
	REQUIRE(object == NULL && (!lines || text == end));
	if (!lines)
		json_destroy(document);
}

static void
check_table(const struct table *table, const char *text)
{
	size_t lines = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		REQUIRE(text[len] == '\n' && text_is_safe(text, len));
		text += len + 1;
		lines++;
	}
	REQUIRE(lines == table->rows + 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum output_format format = (enum output_format)(OUTPUT_TABLE +
	    fuzz_take_byte(&data, &size) % 5);
	struct table table;
	struct buf out;

	take_table(data, size, &table);
	buf_init(&out, WRITTEN_MAX);
	write_table(&table, format, &out);
	switch (format) {
	case OUTPUT_TABLE:
		check_table(&table, buf_text(&out));
		break;
	case OUTPUT_TSV:
	case OUTPUT_CSV:
		REQUIRE(strlen(buf_text(&out)) == out.len);
		check_delimited(&table, buf_text(&out), format == OUTPUT_CSV);
		break;
	case OUTPUT_JSON:
	case OUTPUT_JSONL:
		check_json(&table, &out, format == OUTPUT_JSONL);
		break;
	case OUTPUT_DEFAULT:
		break;
	}
	buf_release(&out);
	return 0;
}
