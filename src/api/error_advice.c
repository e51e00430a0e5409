/*
 * Advice put together from the tables: codes, causes, faults. Here stand the
 * words by which a user may ask, and the plain card. What is repeated follows
 * the rules for reads, not the table of all calls.
 */
#include "bantop/api/error_advice.h"

#include <string.h>

#include "bantop/api/error_code.h"
#include "bantop/api/error_fault.h"
#include "bantop/base/num.h"
#include "bantop/base/text.h"

enum {
	CARD_COLS = 79,
	LABEL_COLS = 12,
	WORD_SHOWN_MAX = 40,
	STATUS_FIRST = 100,
	STATUS_LAST = 599,
};

static const char own_source[] = "found by bantop itself";

static const struct {
	const char *word;
	enum err_kind kind;
} words[] = {
	{ "lookup", ERR_LOOKUP },
	{ "dns", ERR_LOOKUP },
	{ "resolve", ERR_LOOKUP },
	{ "connect", ERR_CONNECT },
	{ "connection", ERR_CONNECT },
	{ "refused", ERR_CONNECT },
	{ "tls", ERR_TLS },
	{ "ssl", ERR_TLS },
	{ "certificate", ERR_TLS },
	{ "cacert", ERR_TLS },
	{ "network", ERR_NETWORK },
	{ "timeout", ERR_TIMEOUT },
	{ "http", ERR_HTTP },
	{ "data", ERR_DATA },
	{ "json", ERR_DATA },
	{ "paging", ERR_PAGING },
	{ "limit", ERR_LIMIT },
	{ "credential", ERR_CREDENTIAL },
	{ "credentials", ERR_CREDENTIAL },
	{ "usersig", ERR_CREDENTIAL },
	{ "config", ERR_CONFIG },
	{ "configuration", ERR_CONFIG },
	{ "file", ERR_FILE },
	{ "usage", ERR_USAGE },
	{ "service", ERR_SERVICE },
	{ "cancelled", ERR_CANCELLED },
};

static const char *
repeat_words(int code)
{
	if (code == 70050)
		return "never by itself: each try makes the wait longer";
	switch (error_code_retry(code)) {
	case RETRY_NO:
		break;
	case RETRY_YES:
		return "reads are repeated by themselves, at most twice, "
		       "after about 1 s and 2 s";
	case RETRY_AFTER_WAIT:
		return "reads are repeated by themselves, at most twice, "
		       "and all calls slow down";
	case RETRY_AFTER_REFRESH_USERSIG:
		return "once by itself, with a new UserSig made from the "
		       "secret key";
	}
	return "not repeated by itself";
}

void
error_advice_for_code(int code, struct error_advice *out)
{
	const struct error_code *row = error_code_find(code);

	*out = (struct error_advice){
		.kind = ERR_SERVICE,
		.code = code,
		.name = "",
		.title = error_code_short(code),
		.meaning = "a code that no document of the service names",
		.action = "go by the text that the service gave with it",
		.repeat = repeat_words(code),
		.source = "no source",
	};
	out->cause_count = error_cause_list(code, out->causes);
	if (row != NULL) {
		out->name = row->name;
		out->meaning = row->meaning;
		out->action = row->action;
		out->source = row->source;
	} else if (error_code_is_custom(code)) {
		out->meaning = "a code from the range that the service leaves "
		               "to the application's own webhooks";
		out->action = "ask those who run the application's back end";
	}
}

static void
take_fault(const struct error_fault *fault, enum err_kind kind, int code,
    struct error_advice *out)
{
	*out = (struct error_advice){
		.kind = kind,
		.code = code,
		.name = err_kind_name(kind),
		.title = fault->title,
		.meaning = fault->meaning,
		.action = fault->action,
		.repeat = fault->repeat,
		.source = own_source,
	};
	while (out->cause_count < ERROR_CAUSE_MAX &&
	    fault->causes[out->cause_count] != NULL) {
		out->causes[out->cause_count] = fault->causes[out->cause_count];
		out->cause_count++;
	}
}

void
error_advice_for(const struct err *err, struct error_advice *out)
{
	if (err->kind == ERR_SERVICE)
		error_advice_for_code(err->code, out);
	else if (err->kind == ERR_HTTP)
		take_fault(error_fault_of_status(err->code), ERR_HTTP,
		    err->code, out);
	else
		take_fault(error_fault_of_kind(err->kind), err->kind, 0, out);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* @return what follows the prefix, case-blind; NULL if it is none. */
static const char *
behind(const char *word, const char *prefix)
{
	while (*prefix != '\0') {
		if (lower(*word) != lower(*prefix))
			return NULL;
		word++;
		prefix++;
	}
	return word;
}

static bool
same_word(const char *a, const char *b)
{
	const char *rest = behind(a, b);

	return rest != NULL && *rest == '\0';
}

static bool
parse_status(const char *word, struct error_advice *out)
{
	const char *digits = behind(word, "http");
	int64_t status;

	if (digits == NULL)
		digits = word;
	else if (*digits == ' ' || *digits == '-')
		digits++;
	if (!num_parse(digits, strlen(digits), STATUS_FIRST, STATUS_LAST,
	        &status))
		return false;
	take_fault(error_fault_of_status((int)status), ERR_HTTP, (int)status,
	    out);
	return true;
}

static bool
parse_code(const char *word, struct error_advice *out)
{
	const char *digits = behind(word, "e");
	int64_t code;

	if (digits == NULL)
		digits = word;
	if (!num_parse(digits, strlen(digits), INT32_MIN, INT32_MAX, &code))
		return false;
	error_advice_for_code((int)code, out);
	return true;
}

static bool
parse_name(const char *word, struct error_advice *out)
{
	const char *name = behind(word, "err_svr_");
	size_t i;

	if (name == NULL)
		name = word;
	for (i = 0; i < error_code_count(); i++) {
		const struct error_code *row = error_code_at(i);

		if (!same_word(name, row->name))
			continue;
		error_advice_for_code(row->code, out);
		return true;
	}
	return false;
}

static bool
parse_kind(const char *word, struct error_advice *out)
{
	size_t i;

	for (i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (!same_word(word, words[i].word))
			continue;
		take_fault(error_fault_of_kind(words[i].kind), words[i].kind, 0,
		    out);
		return true;
	}
	return false;
}

bool
error_advice_parse(const char *word, struct error_advice *out, struct err *err)
{
	char shown[WORD_SHOWN_MAX];

	if (parse_status(word, out) || parse_code(word, out) ||
	    parse_name(word, out) || parse_kind(word, out))
		return true;
	text_make_safe(word, strlen(word), TEXT_UTF8, shown, sizeof shown);
	return err_set(err, ERR_USAGE, 0, NULL,
	    "nothing is known of \"%s\": a code (60007), its name, HTTP 502, "
	    "or one of: dns connect tls network timeout http data paging "
	    "limit credential config file usage",
	    shown);
}

void
error_advice_put_causes(const struct error_advice *advice, struct buf *out)
{
	size_t i;

	for (i = 0; i < advice->cause_count; i++)
		buf_put_format(out, "%s%zu) %s", i > 0 ? "; " : "", i + 1,
		    advice->causes[i]);
}

/* A label, and behind it the text, broken between words. */
static void
put_wrapped(struct buf *out, const char *label, const char *text)
{
	size_t room = CARD_COLS - LABEL_COLS;

	buf_put_format(out, "  %-*s", LABEL_COLS - 2, label);
	while (strlen(text) > room) {
		size_t len = room;

		while (len > 0 && text[len] != ' ')
			len--;
		if (len == 0)
			len = strcspn(text, " ");
		buf_put(out, text, len);
		text += len;
		while (*text == ' ')
			text++;
		if (*text != '\0')
			buf_put_format(out, "\n%*s", LABEL_COLS, "");
	}
	buf_put_format(out, "%s\n", text);
}

static void
put_title(const struct error_advice *advice, struct buf *out)
{
	if (advice->kind == ERR_SERVICE && advice->name[0] != '\0')
		buf_put_format(out, "E%d %s: ", advice->code, advice->name);
	else if (advice->kind == ERR_SERVICE)
		buf_put_format(out, "E%d: ", advice->code);
	else if (advice->kind == ERR_HTTP && advice->code != 0)
		buf_put_format(out, "HTTP %d: ", advice->code);
	else
		buf_put_format(out, "%s: ", advice->name);
	buf_put_format(out, "%s\n", advice->title);
}

void
error_advice_put(const struct error_advice *advice, struct buf *out)
{
	size_t i;

	put_title(advice, out);
	put_wrapped(out, "meaning", advice->meaning);
	for (i = 0; i < advice->cause_count; i++)
		put_wrapped(out, i == 0 ? "causes" : "", advice->causes[i]);
	put_wrapped(out, "next step", advice->action);
	put_wrapped(out, "repeated", advice->repeat);
	put_wrapped(out, "source", advice->source);
}
