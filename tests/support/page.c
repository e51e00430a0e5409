/*
 * Texts of the tree, cut into what a test asks for.
 */
#include "page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/file.h"

void
page_read(const char *path, struct buf *out)
{
	struct err err = { .kind = ERR_NONE };

	if (!file_read(path, out, &err))
		fail_msg("%s", err.text);
}

/* @return the length of the line at @p at, without its end. */
static size_t
line_len(const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	return (size_t)((newline == NULL ? end : newline) - at);
}

static bool
begins_with(const char *at, size_t len, const char *prefix)
{
	size_t prefix_len = strlen(prefix);

	return len >= prefix_len && memcmp(at, prefix, prefix_len) == 0;
}

struct span
page_section(const struct buf *page, const char *heading)
{
	const char *at = page->data;
	const char *end = page->data + page->len;
	const char *begin = NULL;
	size_t len;

	for (; at < end; at += len + 1) {
		len = line_len(at, end);
		if (begin != NULL &&
		    (begins_with(at, len, ".Sh ") ||
		        (heading[2] == 's' && begins_with(at, len, ".Ss "))))
			return (struct span){ begin, (size_t)(at - begin) };
		if (begin == NULL && len == strlen(heading) &&
		    begins_with(at, len, heading))
			begin = at + len;
	}
	if (begin == NULL)
		fail_msg("no heading %s", heading);
	return (struct span){ begin, (size_t)(end - begin) };
}

size_t
page_count(struct span span, const char *prefix)
{
	const char *at = span.text;
	const char *end = span.text + span.len;
	size_t count = 0;
	size_t len;

	for (; at < end; at += len + 1) {
		len = line_len(at, end);
		count += begins_with(at, len, prefix);
	}
	return count;
}

bool
page_has(struct span span, const char *line)
{
	const char *at = span.text;
	const char *end = span.text + span.len;
	size_t wanted = strlen(line);
	size_t len;

	for (; at < end; at += len + 1) {
		len = line_len(at, end);
		if (begins_with(at, len, line) &&
		    (len == wanted || at[wanted] == ' '))
			return true;
	}
	return false;
}

static const char *
find(struct span span, const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i + len <= span.len; i++) {
		if (memcmp(span.text + i, text, len) == 0)
			return span.text + i;
	}
	fail_msg("nowhere: %s", text);
	return span.text;
}

struct span
page_between(struct span span, const char *before, const char *after)
{
	const char *begin = find(span, before) + strlen(before);
	struct span rest = { begin, span.len - (size_t)(begin - span.text) };

	rest.len = (size_t)(find(rest, after) - begin);
	return rest;
}

/* @return the length of the next word, 0 at the end; moves to its begin. */
static size_t
next_word(const char **at, const char *end)
{
	const char *word;

	while (*at < end && strchr(" \t\n\\", **at) != NULL)
		(*at)++;
	word = *at;
	while (word < end && strchr(" \t\n\\", *word) == NULL)
		word++;
	return (size_t)(word - *at);
}

bool
page_has_word(struct span span, const char *word)
{
	const char *at = span.text;
	const char *end = span.text + span.len;
	size_t len;

	for (len = next_word(&at, end); len > 0; len = next_word(&at, end)) {
		if (len == strlen(word) && memcmp(at, word, len) == 0)
			return true;
		at += len;
	}
	return false;
}

size_t
page_count_words(struct span span)
{
	const char *at = span.text;
	const char *end = span.text + span.len;
	size_t count = 0;
	size_t len;

	for (len = next_word(&at, end); len > 0; len = next_word(&at, end)) {
		at += len;
		count++;
	}
	return count;
}
