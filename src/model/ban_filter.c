/*
 * The little language of find and keep-only. A filter is one term, which may
 * be negated; what an unusable row would say to it is never asked.
 *
 * Regular expressions are the C library's. Two things that POSIX has not, or
 * that can take all time and memory there is, are refused: back-references,
 * and repeats of repeats without measure.
 */
#include "bantop/model/ban_filter.h"

#include <assert.h>
#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "bantop/base/num.h"
#include "bantop/base/text.h"

enum term {
	TERM_TEXT,
	TERM_REGEX,
	TERM_LEFT_BELOW,
	TERM_LEFT_ABOVE,
	TERM_ENDED,
	TERM_PERMANENT,
	TERM_BANNED,
};

enum { REPEATS_MAX = 1000, LEFT_NUMBER_MAX = 1000000000 };
enum { STEPS_OTHER = 4, STEPS_REGEX = 96 };

struct ban_filter {
	enum term term;
	bool negated;
	bool exact;
	const char *needle; /* within text */
	size_t needle_len;
	int64_t left_s;
	bool has_regex;
	regex_t regex;
	char text[BAN_FILTER_TEXT_MAX + 1];
};

static bool
skip_word(const char **at, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*at, word, len) != 0)
		return false;
	*at += len;
	return true;
}

static bool
refuse(struct err *err, const char *why)
{
	return err_set(err, ERR_USAGE, 0, NULL, "%s", why);
}

/* "1h" behind "left<". */
static bool
parse_left(struct ban_filter *filter, const char *text, struct err *err)
{
	static const struct {
		char letter;
		int64_t s;
	} units[] = { { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	size_t len = strlen(text);
	int64_t number;
	size_t i;

	for (i = 0; len > 1 && i < sizeof units / sizeof units[0]; i++)
		if (text[len - 1] == units[i].letter &&
		    num_parse(text, len - 1, 0, LEFT_NUMBER_MAX, &number)) {
			filter->left_s = number * units[i].s;
			return true;
		}
	return refuse(err,
	    "left wants a number and m, h or d: left<1h, left>2d "
	    "(text:left for the letters)");
}

static bool
parse_text(struct ban_filter *filter, const char *text, struct err *err)
{
	filter->term = TERM_TEXT;
	filter->needle = text;
	filter->needle_len = strlen(text);
	filter->exact = text_has_upper(text, filter->needle_len);
	if (filter->needle_len == 0)
		return refuse(err, "nothing to look for");
	return true;
}

/* The larger number of "{2,40}", which begins at @p at. */
static int64_t
repeats_of(const char *at)
{
	int64_t largest = 1;

	while (*at == '{' || *at == ',') {
		size_t digits = strspn(at + 1, "0123456789");
		int64_t number;

		if (digits > 0 &&
		    !num_parse(at + 1, digits, 0, REPEATS_MAX, &number))
			number = REPEATS_MAX + 1;
		else if (digits == 0)
			number = 1;
		if (number > largest)
			largest = number;
		at += 1 + digits;
	}
	return largest;
}

/* Looks over a pattern: is there too much in it, and has it a capital that
 * is no part of an escape? Within brackets this is too strict, not too lax. */
static bool
check_pattern(const char *pattern, bool *has_upper, struct err *err)
{
	size_t len = strlen(pattern);
	int64_t repeats = 1;
	size_t size = 0;
	size_t i;

	*has_upper = false;
	for (i = 0; i < len; i += size) {
		uint32_t point;

		size = text_decode(pattern + i, len - i, &point);
		if (point == '\\') {
			char next = pattern[i + 1];

			if (next >= '1' && next <= '9')
				return refuse(err, "re: no back-references");
			size = next != '\0' ? 2 : 1;
			continue;
		}
		if (point == '{')
			repeats *= repeats_of(pattern + i);
		if (repeats > REPEATS_MAX)
			return refuse(err, "re: repeats too often");
		if (text_has_upper(pattern + i, size))
			*has_upper = true;
	}
	return true;
}

static bool
parse_regex(struct ban_filter *filter, const char *pattern, struct err *err)
{
	int flags = REG_EXTENDED | REG_NOSUB;
	char why[ERR_TEXT_MAX];
	bool has_upper;
	int code;

	filter->term = TERM_REGEX;
	if (pattern[0] == '\0')
		return refuse(err, "nothing behind re:");
	if (!check_pattern(pattern, &has_upper, err))
		return false;
	if (!has_upper)
		flags |= REG_ICASE;
	code = regcomp(&filter->regex, pattern, flags);
	if (code == REG_ESPACE)
		mem_give_up();
	if (code != 0) {
		(void)regerror(code, &filter->regex, why, sizeof why);
		return err_set(err, ERR_USAGE, code, NULL, "re: %s", why);
	}
	filter->has_regex = true;
	return true;
}

static bool
parse_term(struct ban_filter *filter, const char *text, struct err *err)
{
	static const struct {
		const char *word;
		enum term term;
	} states[] = {
		{ "ended", TERM_ENDED },
		{ "permanent", TERM_PERMANENT },
		{ "banned", TERM_BANNED },
	};
	size_t i;

	if (text[0] == '\0')
		return refuse(err, "nothing behind !");
	for (i = 0; i < sizeof states / sizeof states[0]; i++)
		if (strcmp(text, states[i].word) == 0) {
			filter->term = states[i].term;
			return true;
		}
	if (skip_word(&text, "text:"))
		return parse_text(filter, text, err);
	if (skip_word(&text, "re:"))
		return parse_regex(filter, text, err);
	filter->term = TERM_LEFT_BELOW;
	if (skip_word(&text, "left<"))
		return parse_left(filter, text, err);
	filter->term = TERM_LEFT_ABOVE;
	if (skip_word(&text, "left>"))
		return parse_left(filter, text, err);
	return parse_text(filter, text, err);
}

/* @return owned: with the text, but no term yet. */
static struct ban_filter *
begin(const char *text, size_t len, struct err *err)
{
	struct ban_filter *filter;
	const char *why = NULL;

	if (len == 0)
		why = "nothing to look for";
	else if (memchr(text, '\0', len) != NULL || !text_is_utf8(text, len))
		why = "not valid UTF-8, so no account can match";
	if (why != NULL) {
		(void)refuse(err, why);
		return NULL;
	}
	if (len > BAN_FILTER_TEXT_MAX) {
		(void)err_set(err, ERR_USAGE, 0, NULL, "longer than %d bytes",
		    BAN_FILTER_TEXT_MAX);
		return NULL;
	}
	filter = mem_alloc(sizeof *filter);
	memcpy(filter->text, text, len);
	return filter;
}

static struct ban_filter *
finish(struct ban_filter *filter, bool good)
{
	if (good)
		return filter;
	ban_filter_destroy(filter);
	return NULL;
}

struct ban_filter *
ban_filter_create(const char *text, size_t len, struct err *err)
{
	struct ban_filter *filter = begin(text, len, err);
	const char *term;

	if (filter == NULL)
		return NULL;
	term = filter->text;
	filter->negated = skip_word(&term, "!");
	return finish(filter, parse_term(filter, term, err));
}

struct ban_filter *
ban_filter_create_find(const char *text, size_t len, struct err *err)
{
	struct ban_filter *filter = begin(text, len, err);

	if (filter == NULL)
		return NULL;
	return finish(filter, parse_text(filter, filter->text, err));
}

void
ban_filter_destroy(struct ban_filter *filter)
{
	if (filter == NULL)
		return;
	if (filter->has_regex)
		regfree(&filter->regex);
	free(filter);
}

static bool
matches_regex(const struct ban_filter *filter, const struct ban *ban)
{
	char account[BAN_ACCOUNT_MAX + 1];
	int code;

	assert(ban->account_len <= BAN_ACCOUNT_MAX);
	memcpy(account, ban->account, ban->account_len);
	account[ban->account_len] = '\0';
	errno = 0;
	code = regexec(&filter->regex, account, 0, NULL, 0);
	/* A row that could not be looked at is none that does not match, though
	 * glibc says so. */
	if (code == REG_ESPACE || (code != 0 && errno == ENOMEM))
		mem_give_up();
	return code == 0;
}

static bool
is_banned(const struct ban *ban, int64_t now_s)
{
	enum ban_state state = ban_state_at(ban, now_s);

	return state == BAN_STATE_BANNED || state == BAN_STATE_ENDING ||
	    state == BAN_STATE_PERMANENT;
}

static bool
matches_term(const struct ban_filter *filter, const struct ban *ban,
    int64_t now_s)
{
	switch (filter->term) {
	case TERM_TEXT:
		return text_find(ban->account, ban->account_len, filter->needle,
		           filter->needle_len, filter->exact) != SIZE_MAX;
	case TERM_REGEX:
		return matches_regex(filter, ban);
	case TERM_LEFT_BELOW:
		return is_banned(ban, now_s) &&
		    ban_left_s(ban, now_s) < filter->left_s;
	case TERM_LEFT_ABOVE:
		return is_banned(ban, now_s) &&
		    ban_left_s(ban, now_s) > filter->left_s;
	case TERM_ENDED:
		return ban_state_at(ban, now_s) == BAN_STATE_ENDED;
	case TERM_PERMANENT:
		return ban_state_at(ban, now_s) == BAN_STATE_PERMANENT;
	case TERM_BANNED:
		return is_banned(ban, now_s);
	}
	return false;
}

bool
ban_filter_matches(const struct ban_filter *filter, const struct ban *ban,
    int64_t now_s)
{
	if ((ban->flags & BAN_UNUSABLE) != 0)
		return false;
	return matches_term(filter, ban, now_s) != filter->negated;
}

size_t
ban_filter_steps(const struct ban_filter *filter)
{
	return filter->term == TERM_REGEX ? STEPS_REGEX : STEPS_OTHER;
}

bool
ban_filter_is_timed(const struct ban_filter *filter)
{
	return filter->term != TERM_TEXT && filter->term != TERM_REGEX;
}

const char *
ban_filter_text(const struct ban_filter *filter)
{
	return filter->text;
}
