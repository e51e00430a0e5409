/*
 * Frames against files.
 */
#include "snapshot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/mem.h"

enum { TEXT_MAX = 4 * 1024 * 1024 };

static void
write_file(const char *path, const struct buf *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text->data, 1, text->len, file), text->len);
	assert_int_equal(fclose(file), 0);
}

static void
read_file(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "r");
	char bytes[4096];
	size_t count;

	if (file == NULL)
		fail_msg("%s is not there", path);
	do {
		count = fread(bytes, 1, sizeof bytes, file);
		buf_put(out, bytes, count);
	} while (count > 0);
	(void)fclose(file);
}

void
snapshot_expect(const struct frame *frame, const char *name)
{
	const char *what = getenv("BANTOP_SNAPSHOTS");
	struct buf is, was;
	struct err err;
	char path[256];

	buf_init(&is, TEXT_MAX);
	buf_init(&was, TEXT_MAX);
	assert_true(frame_write_text(frame, &is, &err));
	(void)snprintf(path, sizeof path, "tests/data/frames/%s.txt", name);
	if (what != NULL && strcmp(what, "write") == 0)
		write_file(path, &is);
	read_file(path, &was);
	if (is.len != was.len || memcmp(is.data, was.data, is.len) != 0)
		fail_msg("%s\n-- was\n%s-- is\n%s", path, was.data, is.data);
	buf_release(&is);
	buf_release(&was);
}

char *
snapshot_row(const struct frame *frame, int row)
{
	struct buf text;
	struct err err;
	const char *from, *end;
	char *line;

	buf_init(&text, TEXT_MAX);
	assert_true(frame_write_text(frame, &text, &err));
	from = text.data;
	while (row-- > 0)
		from = strchr(from, '\n') + 1;
	end = strchr(from, '\n');
	line = mem_copy_text(from, (size_t)(end - from));
	buf_release(&text);
	return line;
}
