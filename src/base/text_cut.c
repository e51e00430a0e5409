/*
 * Safe text measured and fitted into columns. Every cut is at the edge of a
 * cluster; what makes text safe, and what a cluster is, is text.c's to know.
 */
#include "bantop/base/text.h"

#include <assert.h>
#include <string.h>

int
text_width_cols(const char *text, size_t len)
{
	int width;

	(void)text_fit_cols(text, len, INT32_MAX, &width);
	return width;
}

size_t
text_fit_cols(const char *text, size_t len, int cols, int *width_cols)
{
	struct text_cluster cluster;
	size_t at = 0;
	int width = 0;

	for (;;) {
		size_t plain = text_plain_len(text + at, len - at);
		int room = cols > width ? cols - width : 0;

		if (plain > (size_t)room)
			plain = (size_t)room;
		at += plain;
		width += (int)plain;
		if (!text_next_cluster(text + at, len - at, &cluster) ||
		    cluster.width_cols > cols - width)
			break;
		at += cluster.len;
		width += cluster.width_cols;
	}
	if (width_cols != NULL)
		*width_cols = width;
	return at;
}

/* Appends whole clusters of @p text as far as they fit behind @p used. */
static size_t
append(const char *text, size_t len, char *out, size_t used, size_t out_size)
{
	size_t room = out_size - 1 - used;
	struct text_cluster cluster;
	size_t at = len <= room ? len : 0;

	while (at < len) {
		(void)text_next_cluster(text + at, len - at, &cluster);
		if (cluster.len > room - at)
			break;
		at += cluster.len;
	}
	if (at > 0)
		memcpy(out + used, text, at);
	out[used + at] = '\0';
	return used + at;
}

static size_t
append_ellipsis(enum text_mode mode, char *out, size_t used, size_t out_size)
{
	const char *sign = mode == TEXT_UTF8 ? "\xe2\x80\xa6" : "~";

	return append(sign, strlen(sign), out, used, out_size);
}

/* The longest suffix of whole clusters within @p cols. @return its start. */
static size_t
suffix_start(const char *text, size_t len, int cols)
{
	int width = text_width_cols(text, len);
	struct text_cluster cluster;
	size_t at = 0;

	assert(cols >= 0);
	while (width > cols) {
		(void)text_next_cluster(text + at, len - at, &cluster);
		at += cluster.len;
		width -= cluster.width_cols;
	}
	return at;
}

static size_t
cut(const char *text, size_t len, int cols, int tail_cols, enum text_mode mode,
    char *out, size_t out_size)
{
	size_t used, head, tail;
	int head_cols;

	assert(out_size > 0);
	out[0] = '\0';
	if (text_fit_cols(text, len, cols, NULL) == len)
		return append(text, len, out, 0, out_size);
	if (cols < 1)
		return 0;
	head = text_fit_cols(text, len, cols - 1 - tail_cols, &head_cols);
	used = append(text, head, out, 0, out_size);
	used = append_ellipsis(mode, out, used, out_size);
	if (tail_cols == 0)
		return used;
	/* A wide character may have left the head a column short. */
	tail = suffix_start(text, len, cols - 1 - head_cols);
	return append(text + tail, len - tail, out, used, out_size);
}

size_t
text_cut_end(const char *text, size_t len, int cols, enum text_mode mode,
    char *out, size_t out_size)
{
	return cut(text, len, cols, 0, mode, out, out_size);
}

size_t
text_cut_middle(const char *text, size_t len, int cols, enum text_mode mode,
    char *out, size_t out_size)
{
	int tail_cols = cols > 1 ? (cols - 1) / 2 : 0;

	return cut(text, len, cols, tail_cols, mode, out, out_size);
}
