/*
 * The terminal's description read through curses' own library; a word is one
 * sequence or control with its numbers made alike.
 */
#include "e2e/support/dialect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NCURSES_NOMACROS 1
#include <curses.h>
#include <term.h>

enum { ESC = 0x1b, PARAMETERS = 9 };

static bool
is_between(char c, char from, char to)
{
	return c >= from && c <= to;
}

/* Up to a bell, or Esc \\. */
static size_t
string_len(const char *at, size_t left)
{
	size_t len = 2;

	while (len < left && at[len] != '\a' && at[len - 1] != ESC)
		len++;
	return len < left ? len + 1 : left;
}

/* @return bytes of the sequence or control at the front; 0 for text. */
static size_t
sequence_len(const char *at, size_t left)
{
	size_t len = 1;

	if ((unsigned char)at[0] >= ' ' && at[0] != 0x7f)
		return 0;
	if (at[0] != ESC || left < 2)
		return 1;
	if (strchr("]P_^X", at[1]) != NULL)
		return string_len(at, left);
	if (at[1] == '[')
		for (len = 2; len < left && is_between(at[len], ' ', '?');)
			len++;
	else
		while (len < left && is_between(at[len], ' ', '/'))
			len++;
	return len < left ? len + 1 : left;
}

static void
append(char *word, size_t *len, char c)
{
	if (*len + 1 < DIALECT_WORD_MAX)
		word[(*len)++] = c;
	word[*len] = '\0';
}

/* Runs of digits as one '#', but for the names of modes. */
static void
make_word(const char *sequence, size_t len, char word[DIALECT_WORD_MAX])
{
	char final = sequence[len - 1];
	bool is_mode = len > 2 && (final == 'h' || final == 'l');
	size_t i, used = 0;

	word[0] = '\0';
	for (i = 0; i < len; i++) {
		if (is_mode || !is_between(sequence[i], '0', '9'))
			append(word, &used, sequence[i]);
		else if (i == 0 || !is_between(sequence[i - 1], '0', '9'))
			append(word, &used, '#');
	}
}

static bool
is_sgr(const char *sequence, size_t len)
{
	return len > 3 && sequence[1] == '[' && sequence[len - 1] == 'm';
}

/* The next word of a sequence, from *at on, which is 0 first: but for SGR it
 * is one. @return false behind the last. */
static bool
next_word(const char *sequence, size_t len, size_t *at,
    char word[DIALECT_WORD_MAX])
{
	size_t digits;

	if (*at >= len)
		return false;
	if (!is_sgr(sequence, len)) {
		make_word(sequence, len, word);
		*at = len;
		return true;
	}
	*at += *at == 0 ? 2 : 0;
	digits = strspn(sequence + *at, "0123456789");
	(void)snprintf(word, DIALECT_WORD_MAX, "SGR %.*s", (int)digits,
	    sequence + *at);
	*at += digits + 1;
	/* A colour of many has its number behind it. */
	if (strcmp(word, "SGR 38") == 0 || strcmp(word, "SGR 48") == 0)
		*at = len;
	return true;
}

static bool
has_word(const struct dialect *dialect, const char *word)
{
	size_t i;

	for (i = 0; i < dialect->count; i++)
		if (strcmp(dialect->words[i], word) == 0)
			return true;
	return false;
}

static void
learn(struct dialect *dialect, const char *sequence, size_t len)
{
	char word[DIALECT_WORD_MAX];
	size_t at = 0;

	while (next_word(sequence, len, &at, word)) {
		if (has_word(dialect, word))
			continue;
		assert_true(dialect->count < DIALECT_WORDS_MAX);
		memcpy(dialect->words[dialect->count++], word, sizeof(word));
	}
}

static void
learn_text(struct dialect *dialect, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		size_t len = sequence_len(text, left);

		if (len > 0)
			learn(dialect, text, len);
		else
			len = 1;
		text += len;
		left -= len;
	}
}

/* With each parameter by itself, and with each colour for one. */
static void
learn_capability(struct dialect *dialect, const char *text)
{
	int colors = dialect->colors > 8 ? dialect->colors : 8;
	int i;

	if (strchr(text, '%') == NULL) {
		learn_text(dialect, text);
		return;
	}
	if (strstr(text, "%s") != NULL) /* takes a text, which we never give */
		return;
	for (i = 0; i < PARAMETERS + colors; i++) {
		long one[PARAMETERS] = { 0 };

		one[i < PARAMETERS ? i : 0] =
		    i < PARAMETERS ? 65 : i - PARAMETERS;
		learn_text(dialect,
		    tparm(text, one[0], one[1], one[2], one[3], one[4], one[5],
		        one[6], one[7], one[8]));
	}
}

void
dialect_read(struct dialect *dialect, const char *type)
{
	int found = 0;
	size_t i;

	memset(dialect, 0, sizeof(*dialect));
	if (setupterm(type, 1, &found) != OK)
		fail_msg("nothing describes %s", type);
	dialect->colors = tigetnum("colors") > 0 ? tigetnum("colors") : 0;
	for (i = 0; strnames[i] != NULL; i++) {
		const char *text = tigetstr(strnames[i]);

		/* Those with a k are what keys send. */
		if (text != NULL && text != (const char *)-1 &&
		    strnames[i][0] != 'k')
			learn_capability(dialect, text);
	}
	/* Bracketed paste: a screen to go back from means that it is known, or
	 * at least passed over. */
	if (tigetstr("smcup") != NULL && tigetstr("smcup") != (char *)-1)
		learn_text(dialect, "\x1b[?2004h\x1b[?2004l");
	(void)del_curterm(cur_term);
}

static bool
understands(const struct dialect *dialect, const char *sequence, size_t len)
{
	char word[DIALECT_WORD_MAX];
	size_t at = 0;

	while (next_word(sequence, len, &at, word))
		if (!has_word(dialect, word))
			return false;
	return true;
}

size_t
dialect_find_foreign(const struct dialect *dialect, const struct buf *raw,
    size_t from)
{
	size_t at = from;

	while (at < raw->len) {
		size_t len = sequence_len(raw->data + at, raw->len - at);

		if (len > 0 && !understands(dialect, raw->data + at, len))
			return at;
		at += len > 0 ? len : 1;
	}
	return SIZE_MAX;
}
