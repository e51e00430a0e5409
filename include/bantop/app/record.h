/*
 * Rows of named fields in each output format: table, tsv, csv, json, jsonl.
 * What the fields are is the command's to say.
 */
#ifndef BANTOP_APP_RECORD_H
#define BANTOP_APP_RECORD_H

#include "bantop/app/output.h"
#include "bantop/app/settings.h"

enum { RECORD_FIELDS_MAX = 8 };

struct record_field {
	const char *name;
	int width_cols;   /* of its column in a table */
	bool is_number;   /* stands at the right */
	bool is_stretchy; /* takes what a wide terminal leaves; is cut in the
			     middle on a narrow one */
};

enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER };

/* One value; the text is borrowed for the call and may hold anything. */
struct cell {
	enum cell_kind kind;
	const char *text;
	size_t len;
	int64_t number;
};

struct cell cell_empty(void);
struct cell cell_of(const char *text);
struct cell cell_text(const char *text, size_t len);
struct cell cell_number(int64_t number);

struct record_writer;

/**
 * @param fields borrowed, outlives the writer.
 * @param output borrowed, outlives the writer.
 * @param format not OUTPUT_DEFAULT: see record_choose_format().
 */
struct record_writer *record_writer_create(const struct record_field *fields,
    size_t field_count, enum output_format format, enum text_mode mode,
    struct output *output);
void record_writer_destroy(struct record_writer *writer);

/** What OUTPUT_DEFAULT means for this output. */
enum output_format record_choose_format(enum output_format asked,
    const struct output *output);
/** By the end of a file's name: .csv .tsv .json .jsonl, .txt is a table.
 *  @return false for any other. */
bool record_format_of_path(const char *path, enum output_format *out);

/** The header, where the format has one; in json what opens the list. */
MUST_CHECK bool record_writer_begin(struct record_writer *writer,
    struct err *err);
/** One row; @p cells as many as there are fields. */
MUST_CHECK bool record_writer_row(struct record_writer *writer,
    const struct cell *cells, struct err *err);
/** In json what closes the list. */
MUST_CHECK bool record_writer_end(struct record_writer *writer,
    struct err *err);

#endif
