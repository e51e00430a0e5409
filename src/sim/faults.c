/*
 * The table of faults, the reading of a specification and the choice of the
 * rules that strike a request. What a fault does is up to the file that its
 * subject belongs to: answers, walk, damage, server, certificate.
 */
#include "bantop/sim/faults.h"

#include <stdio.h>
#include <string.h>

#include "bantop/base/num.h"

/* What may follow the name behind a colon. */
enum argument { NONE, NUMBER, NUMBER_OR_NONE, TEXT };
/* Whom it can strike: any call, the list of bans, or the program itself. */
enum scope { ANY, LIST, START };

struct fault {
	const char *name;
	enum argument argument;
	enum scope scope;
	const char *sign; /* of the argument, in the help */
	int64_t min, max, usual;
	const char *help;
};

static const struct fault table[SIM_FAULT_COUNT] = {
	[SIM_FAULT_CODE] = { "code", NUMBER, ANY, ":NNNNN", 1, INT32_MAX, 0,
	    "FAIL with that ErrorCode" },
	[SIM_FAULT_HTTP] = { "http", NUMBER, ANY, ":NNN", 200, 599, 0,
	    "that HTTP status with a small HTML page" },
	[SIM_FAULT_RETRY_AFTER] = { "retry-after", NUMBER, ANY, ":S", 0,
	    1000000, 0, "sends Retry-After, beside code and http" },
	[SIM_FAULT_REDIRECT] = { "redirect", TEXT, ANY, ":URL", 0, 0, 0,
	    "status 302 to URL" },
	[SIM_FAULT_HTML] = { "html", NONE, ANY, "", 0, 0, 0,
	    "status 200 with an HTML page" },
	[SIM_FAULT_BODY] = { "body", TEXT, ANY, ":FILE", 0, 0, 0,
	    "the bytes of FILE in place of the JSON" },
	[SIM_FAULT_DROP] = { "drop", NONE, ANY, "", 0, 0, 0,
	    "closes the connection without an answer" },
	[SIM_FAULT_HANG] = { "hang", NONE, ANY, "", 0, 0, 0,
	    "takes the request and never answers" },
	[SIM_FAULT_SLOW] = { "slow", NUMBER_OR_NONE, ANY, "[:MS]", 0, 3600000,
	    2000, "answers later (2000 ms)" },
	[SIM_FAULT_DRIP] = { "drip", NUMBER_OR_NONE, ANY, "[:MS]", 1, 60000,
	    100, "one byte of the body every 100 ms" },
	[SIM_FAULT_CUT] = { "cut", NONE, ANY, "", 0, 0, 0,
	    "closes in the middle of the body" },
	[SIM_FAULT_CLOSE] = { "close", NONE, ANY, "", 0, 0, 0,
	    "closes the connection after each answer" },
	[SIM_FAULT_HEADERS] = { "headers", NONE, ANY, "", 0, 0, 0,
	    "more than 64 KiB of response headers" },
	[SIM_FAULT_NODATE] = { "nodate", NONE, ANY, "", 0, 0, 0,
	    "sends no Date" },
	[SIM_FAULT_GZIP] = { "gzip", NONE, ANY, "", 0, 0, 0,
	    "Content-Encoding gzip, unasked" },
	[SIM_FAULT_RATE] = { "rate", NONE, ANY, "", 0, 0, 0,
	    "60007 for one call in four, chosen by the seed" },
	[SIM_FAULT_BADJSON] = { "badjson", NONE, ANY, "", 0, 0, 0,
	    "a body that is no JSON" },
	[SIM_FAULT_CUTJSON] = { "cutjson", NONE, ANY, "", 0, 0, 0,
	    "half the JSON in a whole HTTP reply" },
	[SIM_FAULT_TRAILING] = { "trailing", NONE, ANY, "", 0, 0, 0,
	    "bytes behind the JSON" },
	[SIM_FAULT_BOM] = { "bom", NONE, ANY, "", 0, 0, 0,
	    "a byte-order mark before the JSON" },
	[SIM_FAULT_HUGE] = { "huge", NONE, ANY, "", 0, 0, 0,
	    "a body of more than 512 KiB" },
	[SIM_FAULT_NOINFO] = { "noinfo", NONE, ANY, "", 0, 0, 0,
	    "no ErrorInfo" },
	[SIM_FAULT_DUPKEY] = { "dupkey", NONE, ANY, "", 0, 0, 0,
	    "ErrorCode twice" },
	[SIM_FAULT_ODDPAIR] = { "oddpair", NONE, ANY, "", 0, 0, 0,
	    "ActionStatus OK with ErrorCode 10002" },
	[SIM_FAULT_EXTRA] = { "extra", NONE, ANY, "", 0, 0, 0,
	    "fields that nobody knows" },
	[SIM_FAULT_RESPONSE] = { "response", NONE, ANY, "", 0, 0, 0,
	    "the data under Response" },
	[SIM_FAULT_NOROWS] = { "norows", NONE, LIST, "", 0, 0, 0,
	    "no list in a reply that succeeds" },
	[SIM_FAULT_NULLROWS] = { "nullrows", NONE, LIST, "", 0, 0, 0,
	    "null for the list" },
	[SIM_FAULT_NONEXT] = { "nonext", NONE, LIST, "", 0, 0, 0,
	    "no NextOffset" },
	[SIM_FAULT_STRNEXT] = { "strnext", NONE, LIST, "", 0, 0, 0,
	    "NextOffset in quotes" },
	[SIM_FAULT_FLOATNEXT] = { "floatnext", NONE, LIST, "", 0, 0, 0,
	    "NextOffset with a half behind the point" },
	[SIM_FAULT_TYPES] = { "types", NONE, LIST, "", 0, 0, 0,
	    "entries of wrong types" },
	[SIM_FAULT_NOUNTIL] = { "nountil", NONE, LIST, "", 0, 0, 0,
	    "every fifth entry without BannedUntil" },
	[SIM_FAULT_NOACCOUNT] = { "noaccount", NONE, LIST, "", 0, 0, 0,
	    "every fifth entry without Member_Account" },
	[SIM_FAULT_LOOP] = { "loop", NONE, LIST, "", 0, 0, 0,
	    "NextOffset is the Offset sent, if that was not 0" },
	[SIM_FAULT_BACK] = { "back", NONE, LIST, "", 0, 0, 0,
	    "NextOffset is smaller than the Offset sent" },
	[SIM_FAULT_EMPTY] = { "empty", NONE, LIST, "", 0, 0, 0,
	    "a page without entries in between; none is lost" },
	[SIM_FAULT_ENDLESS] = { "endless", NONE, LIST, "", 0, 0, 0,
	    "the list never ends, its accounts come again" },
	[SIM_FAULT_DUP] = { "dup", NONE, LIST, "", 0, 0, 0,
	    "a page begins with the last 3 of the page before, ends later" },
	[SIM_FAULT_MUTATE] = { "mutate", NONE, LIST, "", 0, 0, 0,
	    "the list changes after each page" },
	[SIM_FAULT_OPAQUE] = { "opaque", NONE, LIST, "", 0, 0, 0,
	    "offsets that grow but count nothing; guessed ones are 10004" },
	[SIM_FAULT_SHORT] = { "short", NONE, LIST, "", 0, 0, 0,
	    "pages shorter than Limit, each of its own length" },
	[SIM_FAULT_BIG] = { "big", NONE, LIST, "", 0, 0, 0,
	    "pages of 1200 entries" },
	[SIM_FAULT_HOSTILE] = { "hostile", NONE, START, "", 0, 0, 0,
	    "accounts, nicknames and groups that try to do harm" },
	[SIM_FAULT_CERT] = { "cert", TEXT, START, ":KIND", 0, 0, 0,
	    "KIND: expired, notyet, host, unknown, selfsigned" },
	[SIM_FAULT_TLS11] = { "tls11", NONE, START, "", 0, 0, 0,
	    "offers TLS 1.1 only" },
};

static const struct {
	const char *name;
	enum sim_call call;
} places[] = {
	{ "any", SIM_CALL_OTHER },
	{ "list", SIM_CALL_BANS },
	{ "groups", SIM_CALL_GROUPS },
	{ "info", SIM_CALL_INFO },
	{ "profile", SIM_CALL_PROFILE },
};

enum { PLACES = sizeof(places) / sizeof(places[0]) };

static bool
is_word(const char *text, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(text, word, len) == 0;
}

/* WHERE: a page, a call, or nothing for any. */
static bool
find_place(const char *text, size_t len, struct sim_fault_rule *rule)
{
	size_t i;

	if (len == 0)
		return true;
	if (num_parse(text, len, 1, INT32_MAX, &rule->page)) {
		rule->call = SIM_CALL_BANS;
		return true;
	}
	for (i = 0; i < PLACES; i++) {
		if (is_word(text, len, places[i].name)) {
			rule->call = places[i].call;
			return true;
		}
	}
	return false;
}

/* What stands behind the last '@': WHERE, WHERExTIMES or xTIMES. */
static bool
parse_where(const char *text, struct sim_fault_rule *rule)
{
	const char *times = strrchr(text, 'x');

	if (text[0] == '\0')
		return false;
	if (times == NULL)
		return find_place(text, strlen(text), rule);
	return num_parse(times + 1, strlen(times + 1), 1, INT32_MAX,
	           &rule->left) &&
	    find_place(text, (size_t)(times - text), rule);
}

static bool
parse_argument(const struct fault *fault, const char *text, size_t len,
    struct sim_fault_rule *rule)
{
	rule->number = fault->usual;
	if (text == NULL)
		return fault->argument == NONE ||
		    fault->argument == NUMBER_OR_NONE;
	switch (fault->argument) {
	case NONE:
		return false;
	case TEXT:
		if (len == 0 || len >= sizeof(rule->text))
			return false;
		memcpy(rule->text, text, len);
		rule->text[len] = '\0';
		return true;
	case NUMBER:
	case NUMBER_OR_NONE:
		return num_parse(text, len, fault->min, fault->max,
		    &rule->number);
	}
	return false;
}

static const struct fault *
find_fault(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < SIM_FAULT_COUNT; i++) {
		if (is_word(name, len, table[i].name))
			return &table[i];
	}
	return NULL;
}

static bool
fail_name(const char *spec, struct buf *why)
{
	size_t i;

	buf_put_format(why, "unknown fault %s; known:", spec);
	for (i = 0; i < SIM_FAULT_COUNT; i++)
		buf_put_format(why, " %s", table[i].name);
	return false;
}

static bool
fail_shape(const struct fault *fault, const char *spec, struct buf *why)
{
	buf_put_format(why, "bad fault %s: expected %s%s%s", spec, fault->name,
	    fault->sign, fault->scope == START ? "" : "[@WHERE[xTIMES]]");
	return false;
}

static bool
fits_scope(const struct fault *fault, struct sim_fault_rule *rule)
{
	switch (fault->scope) {
	case ANY:
		return true;
	case LIST:
		if (rule->call == SIM_CALL_OTHER)
			rule->call = SIM_CALL_BANS;
		return rule->call == SIM_CALL_BANS;
	case START:
		return rule->call == SIM_CALL_OTHER && rule->left < 0;
	}
	return false;
}

static bool
is_cert_kind(const char *text)
{
	static const char *const kinds[] = { "expired", "notyet", "host",
		"unknown", "selfsigned" };
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i], text) == 0)
			return true;
	}
	return false;
}

bool
sim_faults_add(struct sim_faults *faults, const char *spec, struct buf *why)
{
	struct sim_fault_rule rule = { .spec = spec, .left = -1 };
	const char *where = strrchr(spec, '@');
	size_t len = strlen(spec), name_len = strcspn(spec, ":@");
	const struct fault *fault = find_fault(spec, name_len);
	const char *argument = NULL;

	if (fault == NULL)
		return fail_name(spec, why);
	if (where != NULL && parse_where(where + 1, &rule))
		len = (size_t)(where - spec);
	else if (where != NULL && fault->argument != TEXT)
		return fail_shape(fault, spec, why);
	rule.fault = (enum sim_fault)(fault - table);
	if (name_len < len)
		argument = spec + name_len + 1;
	if (argument != NULL)
		len -= name_len + 1;
	if (!parse_argument(fault, argument, len, &rule) ||
	    !fits_scope(fault, &rule))
		return fail_shape(fault, spec, why);
	if (rule.fault == SIM_FAULT_CERT && !is_cert_kind(rule.text))
		return fail_shape(fault, spec, why);
	if (faults->count == SIM_FAULT_RULES_MAX) {
		buf_put_text(why, "too many faults");
		return false;
	}
	faults->rules[faults->count] = rule;
	faults->count++;
	return true;
}

const struct sim_fault_rule *
sim_faults_find(const struct sim_faults *faults, enum sim_fault fault)
{
	size_t i;

	for (i = 0; i < faults->count; i++) {
		if (faults->rules[i].fault == fault)
			return &faults->rules[i];
	}
	return NULL;
}

static bool
strikes(const struct sim_fault_rule *rule, enum sim_call call, int64_t page)
{
	if (rule->left == 0 || table[rule->fault].scope == START)
		return false;
	if (rule->call != SIM_CALL_OTHER && rule->call != call)
		return false;
	return rule->page == 0 || rule->page == page;
}

void
sim_faults_strike(struct sim_faults *faults, enum sim_call call, int64_t page,
    struct sim_strike *out)
{
	struct sim_fault_rule *rule;
	size_t i;

	*out = (struct sim_strike){ .by = { NULL } };
	for (i = 0; i < faults->count; i++) {
		rule = &faults->rules[i];
		if (out->by[rule->fault] != NULL || !strikes(rule, call, page))
			continue;
		out->by[rule->fault] = rule;
		if (rule->left > 0)
			rule->left--;
	}
}

void
sim_strike_write(const struct sim_strike *strike, struct buf *out)
{
	size_t i;
	size_t before = out->len;

	for (i = 0; i < SIM_FAULT_COUNT; i++) {
		if (strike->by[i] == NULL)
			continue;
		if (out->len > before)
			buf_put(out, ",", 1);
		buf_put_text(out, strike->by[i]->spec);
	}
}

void
sim_faults_write_help(struct buf *out)
{
	char left[32];
	size_t i;

	for (i = 0; i < SIM_FAULT_COUNT; i++) {
		snprintf(left, sizeof(left), "%s%s", table[i].name,
		    table[i].sign);
		buf_put_format(out, "  %-16s %s\n", left, table[i].help);
	}
}
