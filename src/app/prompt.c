/*
 * A line that is typed. The text is valid UTF-8 without control bytes at any
 * time; the cursor stands at the edge of a character.
 */
#include "bantop/app/prompt.h"

#include <stdio.h>
#include <string.h>

#include "bantop/base/text.h"

void
prompt_open(struct prompt *prompt, const char *label, const char *text,
    struct prompt_history *history)
{
	*prompt = (struct prompt){ .label = label, .history = history };
	(void)prompt_paste(prompt, text, strlen(text));
}

void
prompt_close(struct prompt *prompt)
{
	prompt->label = NULL;
}

bool
prompt_is_open(const struct prompt *prompt)
{
	return prompt->label != NULL;
}

void
prompt_remember(struct prompt_history *history, const char *line)
{
	size_t i;

	if (line[0] == '\0')
		return;
	for (i = 0; i < history->count; i++)
		if (strcmp(history->lines[i], line) == 0)
			break;
	if (i == history->count && history->count < PROMPT_HISTORY_MAX)
		history->count++;
	if (i == PROMPT_HISTORY_MAX)
		i--;
	memmove(history->lines[1], history->lines[0],
	    i * sizeof history->lines[0]);
	(void)snprintf(history->lines[0], sizeof history->lines[0], "%s", line);
}

void
prompt_offer(struct prompt *prompt, const char *whole)
{
	prompt->ghost[0] = '\0';
	if (whole != NULL && prompt->at == prompt->len &&
	    strncmp(whole, prompt->text, prompt->len) == 0)
		(void)snprintf(prompt->ghost, sizeof prompt->ghost, "%s",
		    whole + prompt->len);
}

static size_t
before(const struct prompt *prompt, size_t at)
{
	while (at > 0 && ((unsigned char)prompt->text[at - 1] & 0xc0) == 0x80)
		at--;
	return at > 0 ? at - 1 : 0;
}

static size_t
after(const struct prompt *prompt, size_t at)
{
	uint32_t point;

	return at + text_decode(prompt->text + at, prompt->len - at, &point);
}

/* Takes out the bytes from @p from to @p to; the cursor stands there then. */
static enum prompt_outcome
cut(struct prompt *prompt, size_t from, size_t to)
{
	if (from == to)
		return PROMPT_OPEN;
	memmove(prompt->text + from, prompt->text + to, prompt->len - to + 1);
	prompt->len -= to - from;
	prompt->at = from;
	prompt->note[0] = '\0';
	return PROMPT_CHANGED;
}

static bool
insert(struct prompt *prompt, const char *bytes, size_t len)
{
	if (prompt->len + len >= sizeof prompt->text)
		return false;
	memmove(prompt->text + prompt->at + len, prompt->text + prompt->at,
	    prompt->len - prompt->at + 1);
	memcpy(prompt->text + prompt->at, bytes, len);
	prompt->len += len;
	prompt->at += len;
	prompt->note[0] = '\0';
	return true;
}

static size_t
word_start(const struct prompt *prompt)
{
	size_t at = prompt->at;

	while (at > 0 && prompt->text[at - 1] == ' ')
		at--;
	while (at > 0 && prompt->text[at - 1] != ' ')
		at--;
	return at;
}

static enum prompt_outcome
replace(struct prompt *prompt, const char *line)
{
	(void)snprintf(prompt->text, sizeof prompt->text, "%s", line);
	prompt->len = strlen(prompt->text);
	prompt->at = prompt->len;
	prompt->note[0] = '\0';
	return PROMPT_CHANGED;
}

static enum prompt_outcome
recall(struct prompt *prompt, bool older)
{
	const struct prompt_history *history = prompt->history;

	if (history == NULL)
		return PROMPT_OPEN;
	if (older && prompt->history_at >= history->count)
		return PROMPT_OPEN;
	if (!older && prompt->history_at == 0)
		return PROMPT_OPEN;
	if (prompt->history_at == 0)
		memcpy(prompt->typed, prompt->text, sizeof prompt->typed);
	if (older)
		prompt->history_at++;
	else
		prompt->history_at--;
	if (prompt->history_at == 0)
		return replace(prompt, prompt->typed);
	return replace(prompt, history->lines[prompt->history_at - 1]);
}

static enum prompt_outcome
move_to(struct prompt *prompt, size_t at)
{
	prompt->at = at;
	return PROMPT_OPEN;
}

static enum prompt_outcome
backspace(struct prompt *prompt)
{
	if (prompt->len == 0)
		return PROMPT_CLOSED;
	return cut(prompt, before(prompt, prompt->at), prompt->at);
}

static enum prompt_outcome
control_key(struct prompt *prompt, uint32_t letter)
{
	switch (letter) {
	case 'a':
		return move_to(prompt, 0);
	case 'e':
		return move_to(prompt, prompt->len);
	case 'b':
		return move_to(prompt, before(prompt, prompt->at));
	case 'f':
		return move_to(prompt, after(prompt, prompt->at));
	case 'd':
		return cut(prompt, prompt->at, after(prompt, prompt->at));
	case 'h':
		return backspace(prompt);
	case 'k':
		return cut(prompt, prompt->at, prompt->len);
	case 'u':
		return cut(prompt, 0, prompt->at);
	case 'w':
		return cut(prompt, word_start(prompt), prompt->at);
	case 'p':
		return recall(prompt, true);
	case 'n':
		return recall(prompt, false);
	default:
		return PROMPT_OPEN;
	}
}

static enum prompt_outcome
named_key(struct prompt *prompt, uint32_t code)
{
	switch (code) {
	case KEY_CODE_TAB:
		return prompt_paste(prompt, prompt->ghost,
		    strlen(prompt->ghost));
	case KEY_CODE_ENTER:
		return PROMPT_ACCEPTED;
	case KEY_CODE_ESC:
		return PROMPT_CLOSED;
	case KEY_CODE_BACKSPACE:
		return backspace(prompt);
	case KEY_CODE_DELETE:
		return cut(prompt, prompt->at, after(prompt, prompt->at));
	case KEY_CODE_LEFT:
		return move_to(prompt, before(prompt, prompt->at));
	case KEY_CODE_RIGHT:
		return move_to(prompt, after(prompt, prompt->at));
	case KEY_CODE_HOME:
		return move_to(prompt, 0);
	case KEY_CODE_END:
		return move_to(prompt, prompt->len);
	case KEY_CODE_UP:
		return recall(prompt, true);
	case KEY_CODE_DOWN:
		return recall(prompt, false);
	default:
		return PROMPT_OPEN;
	}
}

enum prompt_outcome
prompt_key(struct prompt *prompt, struct key key)
{
	char bytes[4];

	if (key_is_text(key))
		return insert(prompt, bytes, text_encode(key.code, bytes))
		    ? PROMPT_CHANGED
		    : PROMPT_OPEN;
	if (key.modifiers == KEY_CTRL)
		return control_key(prompt, key.code);
	return named_key(prompt, key.code);
}

enum prompt_outcome
prompt_paste(struct prompt *prompt, const char *text, size_t len)
{
	enum prompt_outcome outcome = PROMPT_OPEN;
	uint32_t point;
	size_t i = 0, used;

	while (i < len) {
		used = text_decode(text + i, len - i, &point);
		if (used == 0) {
			i++;
			continue;
		}
		if (point == '\n' || point == '\r' || point == '\t') {
			if (insert(prompt, " ", 1))
				outcome = PROMPT_CHANGED;
		} else if (point >= 0x20 && point != 0x7f &&
		    (point < 0x80 || point >= 0xa0)) {
			if (insert(prompt, text + i, used))
				outcome = PROMPT_CHANGED;
		}
		i += used;
	}
	return outcome;
}
