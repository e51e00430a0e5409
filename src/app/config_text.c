/*
 * libconfuse counts a line too many for each comment, and takes the end of the
 * file for the end of a section or a quotation; both are seen to here, before
 * it reads.
 */
#include "bantop/app/config_text.h"

#include <stdbool.h>

enum { BRACES_MAX = 16 };

struct scan {
	char *text;
	size_t len;
	size_t at;
	int line;
	int open_lines[BRACES_MAX];
	int open_count;
	const char *what; /* has no end, from cut_line on; NULL: all has */
	int cut_line;
};

static char
peek(const struct scan *scan, size_t ahead)
{
	return scan->at + ahead < scan->len ? scan->text[scan->at + ahead]
	                                    : '\0';
}

static void
step(struct scan *scan)
{
	if (scan->text[scan->at] == '\n')
		scan->line++;
	scan->at++;
}

static void
blank(struct scan *scan)
{
	if (scan->text[scan->at] != '\n')
		scan->text[scan->at] = ' ';
	step(scan);
}

static void
note_cut(struct scan *scan, const char *what, int line)
{
	scan->what = what;
	scan->cut_line = line;
}

static void
skip_quoted(struct scan *scan)
{
	char quote = peek(scan, 0);
	int line = scan->line;

	step(scan);
	while (scan->at < scan->len && peek(scan, 0) != quote) {
		if (peek(scan, 0) == '\\' && scan->at + 1 < scan->len)
			step(scan);
		step(scan);
	}
	if (scan->at < scan->len)
		step(scan);
	else
		note_cut(scan, "a quotation mark without its other one", line);
}

static void
blank_line(struct scan *scan)
{
	while (scan->at < scan->len && peek(scan, 0) != '\n')
		blank(scan);
}

static void
blank_block(struct scan *scan)
{
	int line = scan->line;

	blank(scan);
	blank(scan);
	while (scan->at < scan->len &&
	    !(peek(scan, 0) == '*' && peek(scan, 1) == '/'))
		blank(scan);
	if (scan->at == scan->len)
		note_cut(scan, "a comment without its end", line);
	for (int i = 0; i < 2 && scan->at < scan->len; i++)
		blank(scan);
}

static void
count_brace(struct scan *scan)
{
	if (peek(scan, 0) == '{') {
		if (scan->open_count < BRACES_MAX)
			scan->open_lines[scan->open_count] = scan->line;
		scan->open_count++;
	} else if (scan->open_count > 0) {
		scan->open_count--;
	}
	step(scan);
}

static bool
ends_word(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' ||
	    byte == '=' || byte == '{' || byte == '}' || byte == ',' ||
	    byte == '"' || byte == '\'';
}

/* A slash inside a word, as in an unquoted URL, begins no comment. */
static bool
begins_word(const struct scan *scan)
{
	return scan->at == 0 || ends_word(scan->text[scan->at - 1]);
}

int
config_text_prepare(char *text, size_t len, const char **what)
{
	struct scan scan = { .text = text, .len = len, .line = 1 };
	int last;

	while (scan.at < scan.len) {
		char byte = peek(&scan, 0);

		if (byte == '"' || byte == '\'')
			skip_quoted(&scan);
		else if (byte == '#')
			blank_line(&scan);
		else if (byte == '/' && peek(&scan, 1) == '/' &&
		    begins_word(&scan))
			blank_line(&scan);
		else if (byte == '/' && peek(&scan, 1) == '*' &&
		    begins_word(&scan))
			blank_block(&scan);
		else if (byte == '{' || byte == '}')
			count_brace(&scan);
		else
			step(&scan);
	}
	*what = scan.what == NULL ? "{ without its }" : scan.what;
	if (scan.what != NULL)
		return scan.cut_line;
	if (scan.open_count == 0)
		return 0;
	last = scan.open_count < BRACES_MAX ? scan.open_count : BRACES_MAX;
	return scan.open_lines[last - 1];
}
