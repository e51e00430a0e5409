/*
 * Whether an answer is a success, and where its fields are. The three status
 * fields stand at the top; data may stand beside them or inside "Response", as
 * sibling services have it. Strict on purpose: an answer that says a thing
 * twice, or says it in another type, is not one to act on.
 */
#include "bantop/api/envelope.h"

#include <assert.h>
#include <string.h>

#include "bantop/api/error_code.h"
#include "bantop/base/text.h"

enum { WORD_SHOWN_MAX = 40, INFO_SHOWN_MAX = 128, GUESS_BYTES = 512 };

struct status {
	const char *word; /* ActionStatus, exact bytes */
	size_t word_len;
	int code;
	char info[ERR_TEXT_MAX]; /* ErrorInfo, harmless; "" when absent */
};

static bool
check_once(const struct json *object, const char *name, struct err *err)
{
	if (json_member_count(object, name) > 1)
		return err_set(err, ERR_DATA, 0, NULL,
		    "%s stands in the reply twice", name);
	return true;
}

static bool
refuse_type(const struct json *value, const char *name, const char *wanted,
    struct err *err)
{
	char shown[INFO_SHOWN_MAX];

	json_describe(value, shown, sizeof shown);
	return err_set(err, ERR_DATA, 0, NULL, "%s is %s, not %s", name, shown,
	    wanted);
}

static bool
read_word(const struct json *root, struct status *status, struct err *err)
{
	const struct json *value = json_member(root, "ActionStatus");

	if (value == NULL)
		return err_set(err, ERR_DATA, 0, NULL,
		    "ActionStatus is absent from the reply");
	if (!json_text(value, &status->word, &status->word_len))
		return refuse_type(value, "ActionStatus", "a text", err);
	return true;
}

static bool
read_code(const struct json *root, struct status *status, struct err *err)
{
	const struct json *value = json_member(root, "ErrorCode");
	int64_t code;

	if (value == NULL)
		return err_set(err, ERR_DATA, 0, NULL,
		    "ErrorCode is absent from the reply");
	if (!json_whole(value, INT32_MIN, INT32_MAX, &code))
		return refuse_type(value, "ErrorCode",
		    "a whole number of 32 bits", err);
	status->code = (int)code;
	return true;
}

static bool
read_info(const struct json *root, struct status *status, struct err *err)
{
	const struct json *value = json_member(root, "ErrorInfo");
	char shown[INFO_SHOWN_MAX];
	const char *text;
	size_t len;

	if (value == NULL)
		return true;
	if (json_text(value, &text, &len)) {
		text_make_safe(text, len, TEXT_UTF8, status->info,
		    sizeof status->info);
		return true;
	}
	json_describe(value, shown, sizeof shown);
	if (status->code == 0)
		return err_set(err, ERR_DATA, 0, NULL,
		    "ErrorInfo is %s, not a text", shown);
	/* Not the format, yet the code is worth knowing. */
	return err_set(err, ERR_DATA, 0, NULL,
	    "ErrorInfo is %s, not a text, beside ErrorCode %d", shown,
	    status->code);
}

static bool
word_is(const struct status *status, const char *word)
{
	return status->word_len == strlen(word) &&
	    memcmp(status->word, word, status->word_len) == 0;
}

static const char *
hint_of(int code)
{
	const struct error_code *row = error_code_find(code);

	if (row != NULL)
		return row->action;
	if (error_code_is_custom(code))
		return "the application's own webhook chose this code: ask its "
		       "back end";
	return NULL;
}

static bool
refuse_pair(const struct status *status, enum err_kind kind, struct err *err)
{
	const char *sep = status->info[0] != '\0' ? ": " : "";
	char word[WORD_SHOWN_MAX];

	text_make_safe(status->word, status->word_len, TEXT_UTF8, word,
	    sizeof word);
	return err_set(err, kind, status->code,
	    kind == ERR_SERVICE ? hint_of(status->code) : NULL,
	    "ActionStatus \"%s\" with ErrorCode %d%s%s", word, status->code,
	    sep, status->info);
}

/* Our words for a known code first, then the service's own. */
static bool
refuse(const struct status *status, struct err *err)
{
	const char *known = "", *sep = "", *said = status->info;

	if (error_code_find(status->code) != NULL)
		known = error_code_short(status->code);
	else if (said[0] == '\0')
		said = "no reason given";
	if (known[0] != '\0' && said[0] != '\0')
		sep = ": ";
	return err_set(err, ERR_SERVICE, status->code, hint_of(status->code),
	    "%s%s%s", known, sep, said);
}

bool
envelope_check(const struct json *root, struct err *err)
{
	struct status status = { 0 };

	if (json_type_of(root) != JSON_OBJECT)
		return err_set(err, ERR_DATA, 0, NULL,
		    "the reply is %s, not an object",
		    json_type_name(json_type_of(root)));
	if (!check_once(root, "ActionStatus", err) ||
	    !check_once(root, "ErrorCode", err) ||
	    !check_once(root, "ErrorInfo", err))
		return false;
	if (!read_word(root, &status, err) || !read_code(root, &status, err) ||
	    !read_info(root, &status, err))
		return false;
	if (word_is(&status, "OK") && status.code == 0)
		return true;
	if (word_is(&status, "FAIL") && status.code != 0)
		return refuse(&status, err);
	return refuse_pair(&status, status.code != 0 ? ERR_SERVICE : ERR_DATA,
	    err);
}

bool
envelope_field(const struct json *root, const char *name,
    const struct json **out, struct err *err)
{
	const struct json *inner;

	*out = NULL;
	if (!check_once(root, name, err))
		return false;
	*out = json_member(root, name);
	if (*out != NULL)
		return true;
	inner = json_member(root, "Response");
	if (inner == NULL)
		return true;
	if (!check_once(root, "Response", err) || !check_once(inner, name, err))
		return false;
	*out = json_member(inner, name);
	return true;
}

void
envelope_request_id(const struct json *root, char *out, size_t out_size)
{
	const struct json *value = json_member(root, "RequestId");
	const char *text;
	size_t len;

	assert(out_size > 0);
	out[0] = '\0';
	if (value == NULL)
		value = json_member(json_member(root, "Response"), "RequestId");
	if (json_text(value, &text, &len))
		text_make_safe(text, len, TEXT_UTF8, out, out_size);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
begins(const char *body, size_t len, const char *word)
{
	size_t i;

	for (i = 0; word[i] != '\0'; i++) {
		char c;

		if (i == len)
			return false;
		c = body[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != word[i])
			return false;
	}
	return true;
}

static bool
holds(const char *body, size_t len, const char *word)
{
	size_t at;

	for (at = 0; at < len && at < GUESS_BYTES; at++) {
		if (begins(body + at, len - at, word))
			return true;
	}
	return false;
}

static bool
is_binary(const char *body, size_t len)
{
	size_t at;

	for (at = 0; at < len && at < GUESS_BYTES; at++) {
		unsigned char c = (unsigned char)body[at];

		if (c < 0x20 && !is_space((char)c))
			return true;
	}
	return false;
}

const char *
envelope_guess(const char *body, size_t len)
{
	if (begins(body, len, "\x1f\x8b"))
		return "compressed data";
	if (begins(body, len, "\xff\xfe") || begins(body, len, "\xfe\xff"))
		return "UTF-16 text";
	if (begins(body, len, "\xef\xbb\xbf")) {
		body += 3;
		len -= 3;
	}
	while (len > 0 && is_space(body[0])) {
		body++;
		len--;
	}
	while (len > 0 && is_space(body[len - 1]))
		len--;
	if (len == 0)
		return "empty";
	if (body[0] == '<')
		return holds(body, len, "<html") ||
		        holds(body, len, "<!doctype html")
		    ? "HTML"
		    : "XML";
	if (body[0] == '{')
		return body[len - 1] == '}' ? "broken JSON" : "JSON cut short";
	if (body[0] == '[')
		return body[len - 1] == ']' ? "broken JSON" : "JSON cut short";
	return is_binary(body, len) ? "binary data" : "plain text";
}
