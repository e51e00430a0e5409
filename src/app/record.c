/*
 * One small set of functions for each output format. A row is put together in
 * a buffer of its own and handed over whole.
 */
#include "bantop/app/record.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/api/json.h"
#include "bantop/app/escape.h"
#include "bantop/base/mem.h"
#include "bantop/base/num.h"

enum {
	ROW_MAX = 256 * 1024,
	CELL_COLS_MAX = 512, /* no column of a table is wider */
	STRETCH_MAX_COLS = 40,
	STRETCH_MIN_COLS = 12,
	GAP_COLS = 2,
};

struct record_writer;

struct record_ops {
	void (*begin)(struct record_writer *writer);
	void (*row)(struct record_writer *writer, const struct cell *cells);
	void (*end)(struct record_writer *writer);
};

struct record_writer {
	const struct record_ops *ops;
	const struct record_field *fields;
	size_t field_count;
	enum text_mode mode;
	struct output *output;
	int widths[RECORD_FIELDS_MAX];
	bool cuts; /* a wide cell is cut: the reader is a terminal */
	size_t rows;
	struct buf line;
	struct err *err; /* of the row that is made */
	bool ok;
};

/* -- cells --------------------------------------------------------------- */

struct cell
cell_empty(void)
{
	return (struct cell){ .kind = CELL_EMPTY };
}

struct cell
cell_text(const char *text, size_t len)
{
	return (struct cell){ .kind = CELL_TEXT, .text = text, .len = len };
}

struct cell
cell_of(const char *text)
{
	return cell_text(text, strlen(text));
}

struct cell
cell_number(int64_t number)
{
	return (struct cell){ .kind = CELL_NUMBER, .number = number };
}

static void
put_number(struct buf *out, int64_t number)
{
	char text[NUM_TEXT_MAX];

	buf_put(out, text, num_write(number, text));
}

/* -- table --------------------------------------------------------------- */

static void
pad(struct buf *out, int cols)
{
	for (; cols > 0; cols--)
		buf_put_text(out, " ");
}

/* The last column is not padded: nothing stands behind it. */
static void
put_table_cell(struct record_writer *writer, size_t index, const char *text,
    size_t len)
{
	int width = text_width_cols(text, len);
	int room = writer->widths[index] - width;
	bool is_last = index + 1 == writer->field_count;

	if (writer->fields[index].is_number)
		pad(&writer->line, room);
	buf_put(&writer->line, text, len);
	if (is_last) {
		buf_put_text(&writer->line, "\n");
		return;
	}
	if (!writer->fields[index].is_number)
		pad(&writer->line, room);
	pad(&writer->line, GAP_COLS);
}

static void
table_begin(struct record_writer *writer)
{
	char name[64];
	size_t len;

	for (size_t i = 0; i < writer->field_count; i++) {
		len = strlen(writer->fields[i].name);
		assert(len < sizeof(name));
		for (size_t k = 0; k < len; k++)
			name[k] = (char)
			    toupper((unsigned char)writer->fields[i].name[k]);
		put_table_cell(writer, i, name, len);
	}
}

static void
put_table_text(struct record_writer *writer, size_t index,
    const struct cell *cell)
{
	size_t room = cell->len * TEXT_SAFE_GROWTH + 1;
	char *safe = mem_alloc(room);
	char *cut = mem_alloc(room + 4);
	size_t len =
	    text_make_safe(cell->text, cell->len, writer->mode, safe, room);
	int cols = writer->cuts && writer->fields[index].is_stretchy
	    ? writer->widths[index]
	    : CELL_COLS_MAX;

	len = text_cut_middle(safe, len, cols, writer->mode, cut, room + 4);
	put_table_cell(writer, index, cut, len);
	free(cut);
	free(safe);
}

static void
table_row(struct record_writer *writer, const struct cell *cells)
{
	char number[NUM_TEXT_MAX];
	size_t len;

	for (size_t i = 0; i < writer->field_count; i++) {
		switch (cells[i].kind) {
		case CELL_EMPTY:
			put_table_cell(writer, i, "-", 1);
			break;
		case CELL_TEXT:
			put_table_text(writer, i, &cells[i]);
			break;
		case CELL_NUMBER:
			len = num_write(cells[i].number, number);
			put_table_cell(writer, i, number, len);
			break;
		}
	}
}

static void
no_end(struct record_writer *writer)
{
	(void)writer;
}

/* -- tsv and csv --------------------------------------------------------- */

static void
tsv_begin(struct record_writer *writer)
{
	for (size_t i = 0; i < writer->field_count; i++)
		buf_put_format(&writer->line, "%s%s", i == 0 ? "" : "\t",
		    writer->fields[i].name);
	buf_put_text(&writer->line, "\n");
}

static void
tsv_row(struct record_writer *writer, const struct cell *cells)
{
	for (size_t i = 0; i < writer->field_count; i++) {
		if (i > 0)
			buf_put_text(&writer->line, "\t");
		if (cells[i].kind == CELL_TEXT)
			escape_tsv(cells[i].text, cells[i].len, &writer->line);
		else if (cells[i].kind == CELL_NUMBER)
			put_number(&writer->line, cells[i].number);
	}
	buf_put_text(&writer->line, "\n");
}

static void
csv_begin(struct record_writer *writer)
{
	for (size_t i = 0; i < writer->field_count; i++)
		buf_put_format(&writer->line, "%s\"%s\"", i == 0 ? "" : ",",
		    writer->fields[i].name);
	buf_put_text(&writer->line, "\r\n");
}

static void
csv_row(struct record_writer *writer, const struct cell *cells)
{
	for (size_t i = 0; i < writer->field_count; i++) {
		if (i > 0)
			buf_put_text(&writer->line, ",");
		if (cells[i].kind == CELL_TEXT) {
			escape_csv(cells[i].text, cells[i].len, &writer->line);
			continue;
		}
		buf_put_text(&writer->line, "\"");
		if (cells[i].kind == CELL_NUMBER)
			put_number(&writer->line, cells[i].number);
		buf_put_text(&writer->line, "\"");
	}
	buf_put_text(&writer->line, "\r\n");
}

/* -- json and jsonl ------------------------------------------------------ */

static void
put_json_text(struct record_writer *writer, const char *text, size_t len)
{
	if (writer->ok && !json_add_text(&writer->line, text, len, writer->err))
		writer->ok = false;
}

static void
put_object(struct record_writer *writer, const struct cell *cells)
{
	for (size_t i = 0; i < writer->field_count; i++) {
		const char *name = writer->fields[i].name;

		buf_put_text(&writer->line, i == 0 ? "{" : ",");
		put_json_text(writer, name, strlen(name));
		buf_put_text(&writer->line, ":");
		switch (cells[i].kind) {
		case CELL_EMPTY:
			buf_put_text(&writer->line, "null");
			break;
		case CELL_TEXT:
			put_json_text(writer, cells[i].text, cells[i].len);
			break;
		case CELL_NUMBER:
			put_number(&writer->line, cells[i].number);
			break;
		}
	}
	buf_put_text(&writer->line, "}");
}

static void
no_begin(struct record_writer *writer)
{
	(void)writer;
}

static void
jsonl_row(struct record_writer *writer, const struct cell *cells)
{
	put_object(writer, cells);
	buf_put_text(&writer->line, "\n");
}

static void
json_begin(struct record_writer *writer)
{
	buf_put_text(&writer->line, "[");
}

static void
json_row(struct record_writer *writer, const struct cell *cells)
{
	buf_put_text(&writer->line, writer->rows == 0 ? "\n" : ",\n");
	put_object(writer, cells);
}

static void
json_end(struct record_writer *writer)
{
	buf_put_text(&writer->line, writer->rows == 0 ? "]" : "\n]");
}

static const struct record_ops all_ops[] = {
	[OUTPUT_TABLE] = { table_begin, table_row, no_end },
	[OUTPUT_TSV] = { tsv_begin, tsv_row, no_end },
	[OUTPUT_CSV] = { csv_begin, csv_row, no_end },
	[OUTPUT_JSON] = { json_begin, json_row, json_end },
	[OUTPUT_JSONL] = { no_begin, jsonl_row, no_end },
};

/* -- the public part ----------------------------------------------------- */

/* The one stretchy column gets what the others leave of the terminal. */
static void
set_widths(struct record_writer *writer)
{
	int total = output_width_cols(writer->output);
	int used = GAP_COLS * ((int)writer->field_count - 1);

	writer->cuts = total > 0;
	for (size_t i = 0; i < writer->field_count; i++) {
		writer->widths[i] = writer->fields[i].width_cols;
		if (!writer->fields[i].is_stretchy)
			used += writer->widths[i];
	}
	for (size_t i = 0; i < writer->field_count && total > 0; i++) {
		int room = total - used;

		if (!writer->fields[i].is_stretchy)
			continue;
		room = room > STRETCH_MAX_COLS ? STRETCH_MAX_COLS : room;
		room = room < STRETCH_MIN_COLS ? STRETCH_MIN_COLS : room;
		writer->widths[i] = room;
	}
}

struct record_writer *
record_writer_create(const struct record_field *fields, size_t field_count,
    enum output_format format, enum text_mode mode, struct output *output)
{
	struct record_writer *writer = mem_alloc(sizeof(*writer));

	assert(format != OUTPUT_DEFAULT && field_count <= RECORD_FIELDS_MAX);
	writer->ops = &all_ops[format];
	writer->fields = fields;
	writer->field_count = field_count;
	writer->mode = mode;
	writer->output = output;
	buf_init(&writer->line, ROW_MAX);
	set_widths(writer);
	return writer;
}

void
record_writer_destroy(struct record_writer *writer)
{
	if (writer == NULL)
		return;
	buf_release(&writer->line);
	free(writer);
}

enum output_format
record_choose_format(enum output_format asked, const struct output *output)
{
	if (asked != OUTPUT_DEFAULT)
		return asked;
	return output_is_terminal(output) ? OUTPUT_TABLE : OUTPUT_TSV;
}

bool
record_format_of_path(const char *path, enum output_format *out)
{
	static const struct {
		const char *suffix;
		enum output_format format;
	} suffixes[] = {
		{ ".csv", OUTPUT_CSV },
		{ ".tsv", OUTPUT_TSV },
		{ ".json", OUTPUT_JSON },
		{ ".jsonl", OUTPUT_JSONL },
		{ ".txt", OUTPUT_TABLE },
	};
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (dot != NULL && strcmp(dot, suffixes[i].suffix) == 0) {
			*out = suffixes[i].format;
			return true;
		}
	}
	return false;
}

static bool
hand_over(struct record_writer *writer, struct err *err)
{
	if (!writer->ok)
		return false;
	return output_write(writer->output, buf_text(&writer->line),
	    writer->line.len, err);
}

static void
start_line(struct record_writer *writer, struct err *err)
{
	buf_reset(&writer->line);
	writer->err = err;
	writer->ok = true;
}

bool
record_writer_begin(struct record_writer *writer, struct err *err)
{
	start_line(writer, err);
	writer->ops->begin(writer);
	return hand_over(writer, err);
}

bool
record_writer_row(struct record_writer *writer, const struct cell *cells,
    struct err *err)
{
	start_line(writer, err);
	writer->ops->row(writer, cells);
	writer->rows++;
	return hand_over(writer, err);
}

bool
record_writer_end(struct record_writer *writer, struct err *err)
{
	start_line(writer, err);
	writer->ops->end(writer);
	return hand_over(writer, err);
}
