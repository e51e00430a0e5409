/*
 * Every body under tests/data/hostile, from its bytes to rows: the index there
 * says what becomes of it.
 */
#include "bantop/api/ban_reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/api/envelope.h"
#include "bantop/base/file.h"
#include "bantop/base/num.h"

enum { OFFSET = 200, RECEIVED_AT = 1767000000, BODY_MAX = 512 * 1024 };

/* What became of one body, from its bytes on. */
struct outcome {
	struct err err;
	struct ban_page page;
};

static void
read_body(const char *body, size_t len, struct outcome *out)
{
	struct json_document *document;

	out->err = (struct err){ 0 };
	ban_page_init(&out->page);
	document = json_parse(body, len, &out->err);
	if (document == NULL)
		return;
	if (envelope_check(json_root(document), &out->err) &&
	    ban_reply_read(json_root(document), OFFSET, RECEIVED_AT, &out->page,
	        &out->err))
		assert_int_equal(out->err.kind, ERR_NONE);
	json_destroy(document);
}

/* One line of the index: body, kind of the error, rows kept, unusable ones. */
struct expected {
	char name[64];
	char kind[16];
	int64_t rows;
	int64_t unusable;
};

/* @return what follows the field. */
static const char *
take_field(const char *line, char *out, size_t out_size)
{
	size_t len = strcspn(line, "\t\n");

	assert_true(len < out_size);
	memcpy(out, line, len);
	out[len] = '\0';
	return line + len + 1;
}

static const char *
take_number(const char *line, int64_t *out)
{
	char digits[24];

	line = take_field(line, digits, sizeof digits);
	assert_true(num_parse(digits, strlen(digits), 0, 1000, out));
	return line;
}

static const char *
take_line(const char *line, struct expected *out)
{
	line = take_field(line, out->name, sizeof out->name);
	line = take_field(line, out->kind, sizeof out->kind);
	line = take_number(line, &out->rows);
	return take_number(line, &out->unusable);
}

static void
read_data(const char *name, struct buf *out)
{
	struct err err = { 0 };
	char path[128];

	snprintf(path, sizeof path, "tests/data/hostile/%s", name);
	buf_reset(out);
	if (!file_read(path, out, &err))
		fail_msg("%s: %s", path, err.text);
}

static void
replay(const struct expected *want, struct buf *body)
{
	struct outcome out;
	enum err_kind kind;

	read_data(want->name, body);
	read_body(buf_text(body), body->len, &out);
	kind =
	    out.err.kind != ERR_NONE ? out.err.kind : out.page.next_fault.kind;
	if (strcmp(err_kind_name(kind), want->kind) != 0 ||
	    (int64_t)out.page.count != want->rows ||
	    (int64_t)out.page.unusable != want->unusable)
		fail_msg("%s: %s (%s), %zu rows, %zu unusable", want->name,
		    err_kind_name(kind), out.err.text, out.page.count,
		    out.page.unusable);
	ban_page_release(&out.page);
}

static void
every_hostile_body_ends_as_the_index_says(void **state)
{
	struct buf index, body;
	struct expected want;
	const char *line;
	int count = 0;

	(void)state;
	buf_init(&index, BODY_MAX);
	buf_init(&body, BODY_MAX);
	read_data("index.tsv", &index);
	line = strchr(buf_text(&index), '\n') + 1;
	while (*line != '\0') {
		line = take_line(line, &want);
		replay(&want, &body);
		count++;
	}
	assert_true(count >= 150);
	buf_release(&body);
	buf_release(&index);
}

/* Cut anywhere, a body may not crash the reader nor pass for a whole one. */
static void
no_cut_of_a_page_passes_for_the_page(void **state)
{
	struct outcome out;
	struct buf body;
	size_t len;

	(void)state;
	buf_init(&body, BODY_MAX);
	read_data("order_reversed.body", &body);
	for (len = 0; len < body.len; len++) {
		read_body(buf_text(&body), len, &out);
		assert_int_equal(out.err.kind, ERR_DATA);
		assert_int_equal(out.page.count, 0);
		ban_page_release(&out.page);
	}
	buf_release(&body);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_hostile_body_ends_as_the_index_says),
		cmocka_unit_test(no_cut_of_a_page_passes_for_the_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
