/*
 * JSON through cJSON, which is lenient and forgets: json_scan has passed every
 * byte before it, and has rewritten what it would spoil. Numbers are doubles
 * here; the digits of those in the root object are still in the scanned text.
 */
#include "bantop/api/json.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "bantop/api/json_scan.h"
#include "bantop/base/mem.h"
#include "bantop/base/num.h"
#include "bantop/base/text.h"

/* Beyond it a double may stand for several numbers. */
static const int64_t EXACT_MAX = (INT64_C(1) << 53) - 1;

enum { SCALAR_SHOWN_MAX = 32, TEXT_SHOWN_MAX = 64 };

struct json_document {
	cJSON *root;
	struct json_scan scan;
};

static const cJSON *
node_of(const struct json *value)
{
	return (const cJSON *)value;
}

static const struct json *
value_of(const cJSON *node)
{
	return (const struct json *)node;
}

static cJSON *
parse(const struct json_scan *scan, struct err *err)
{
	cJSON *root;

	root = cJSON_ParseWithLengthOpts(scan->text, scan->len, NULL, 0);
	if (root == NULL)
		(void)err_set(err, ERR_DATA, 0, NULL,
		    "not JSON: the library refuses %zu bytes", scan->len);
	return root;
}

struct json_document *
json_parse(const char *text, size_t len, struct err *err)
{
	struct json_document *document = mem_alloc(sizeof *document);

	if (!json_scan_read(text, len, JSON_DEPTH_MAX, &document->scan, err))
		goto fail;
	document->root = parse(&document->scan, err);
	if (document->root == NULL)
		goto fail;
	return document;
fail:
	json_destroy(document);
	return NULL;
}

/* As deep as JSON_DEPTH_MAX at most. */
static void
wipe_texts(cJSON *node)
{
	for (; node != NULL; node = node->next) {
		if (node->valuestring != NULL)
			mem_wipe(node->valuestring, strlen(node->valuestring));
		wipe_texts(node->child);
	}
}

void
json_destroy(struct json_document *document)
{
	if (document == NULL)
		return;
	wipe_texts(document->root);
	cJSON_Delete(document->root);
	json_scan_release(&document->scan);
	free(document);
}

const struct json *
json_root(const struct json_document *document)
{
	return value_of(document->root);
}

enum json_type
json_type_of(const struct json *value)
{
	const cJSON *node = node_of(value);

	if (node == NULL || cJSON_IsNull(node))
		return JSON_NULL;
	if (cJSON_IsBool(node))
		return JSON_BOOL;
	if (cJSON_IsNumber(node))
		return JSON_NUMBER;
	if (cJSON_IsString(node))
		return JSON_TEXT;
	if (cJSON_IsArray(node))
		return JSON_ARRAY;
	return JSON_OBJECT;
}

const char *
json_type_name(enum json_type type)
{
	static const char *const names[] = {
		[JSON_NULL] = "null",
		[JSON_BOOL] = "true or false",
		[JSON_NUMBER] = "a number",
		[JSON_TEXT] = "a text",
		[JSON_ARRAY] = "an array",
		[JSON_OBJECT] = "an object",
	};

	return names[type];
}

const struct json *
json_member(const struct json *object, const char *name)
{
	const cJSON *node = node_of(object);

	if (node == NULL || !cJSON_IsObject(node))
		return NULL;
	return value_of(cJSON_GetObjectItemCaseSensitive(node, name));
}

size_t
json_member_count(const struct json *object, const char *name)
{
	const struct json *value;
	size_t count = 0;

	if (json_type_of(object) != JSON_OBJECT)
		return 0;
	for (value = json_first(object); value != NULL;
	     value = json_next(value))
		count += strcmp(node_of(value)->string, name) == 0;
	return count;
}

const struct json *
json_first(const struct json *container)
{
	const cJSON *node = node_of(container);

	return node != NULL ? value_of(node->child) : NULL;
}

const struct json *
json_next(const struct json *value)
{
	const cJSON *node = node_of(value);

	return node != NULL ? value_of(node->next) : NULL;
}

bool
json_text(const struct json *value, const char **text, size_t *len)
{
	const cJSON *node = node_of(value);

	if (node == NULL || !cJSON_IsString(node))
		return false;
	*text = node->valuestring;
	*len = strlen(node->valuestring);
	return true;
}

static size_t
describe_text(const char *text, size_t len, char *out, size_t out_size)
{
	char safe[TEXT_SHOWN_MAX];
	struct buf line;
	size_t used;

	text_make_safe(text, len, TEXT_UTF8, safe, sizeof safe);
	buf_init(&line, 2 * TEXT_SHOWN_MAX);
	buf_put_format(&line, "a text \"%s\"", safe);
	used = text_make_safe(line.data, line.len, TEXT_UTF8, out, out_size);
	buf_release(&line);
	return used;
}

/* The library prints numbers without regard to the locale. */
static size_t
describe_number(const cJSON *node, char *out, size_t out_size)
{
	char printed[SCALAR_SHOWN_MAX] = "";
	cJSON number = { .type = cJSON_Number };
	const char *line = "a number beyond all range";
	struct buf words;
	size_t used;

	buf_init(&words, 2 * SCALAR_SHOWN_MAX);
	number.valuedouble = node->valuedouble;
	number.valueint = node->valueint;
	if (isfinite(node->valuedouble) &&
	    cJSON_PrintPreallocated(&number, printed, sizeof printed, 0)) {
		buf_put_format(&words, "the number %s", printed);
		line = words.data;
	}
	used = text_make_safe(line, strlen(line), TEXT_UTF8, out, out_size);
	buf_release(&words);
	return used;
}

size_t
json_describe(const struct json *value, char *out, size_t out_size)
{
	const cJSON *node = node_of(value);
	const char *words = json_type_name(json_type_of(value));
	const char *text;
	size_t len;

	if (json_text(value, &text, &len))
		return describe_text(text, len, out, out_size);
	if (node != NULL && cJSON_IsNumber(node))
		return describe_number(node, out, out_size);
	if (node != NULL && cJSON_IsBool(node))
		words = cJSON_IsTrue(node) ? "true" : "false";
	return text_make_safe(words, strlen(words), TEXT_UTF8, out, out_size);
}

bool
json_whole(const struct json *value, int64_t min, int64_t max, int64_t *out)
{
	const cJSON *node = node_of(value);
	double number;

	if (node == NULL || !cJSON_IsNumber(node))
		return false;
	number = node->valuedouble;
	if (!isfinite(number) || fabs(number) > (double)EXACT_MAX ||
	    trunc(number) != number)
		return false;
	if ((int64_t)number < min || (int64_t)number > max)
		return false;
	*out = (int64_t)number;
	return true;
}

bool
json_is_whole(const struct json *value)
{
	const cJSON *node = node_of(value);

	return node != NULL && cJSON_IsNumber(node) &&
	    trunc(node->valuedouble) == node->valuedouble;
}

/* @return where the root's member at @p index begins in the scanned text, its
 *         digits counted in @p len; NULL if it does not consist of digits. */
static const char *
digits_at(const struct json_document *document, size_t index, size_t *len)
{
	const char *text = document->scan.text;
	size_t at, end;

	assert(index < document->scan.root_count);
	at = document->scan.root_at[index];
	end = at;
	while (text[end] >= '0' && text[end] <= '9')
		end++;
	*len = end - at;
	return text[end] == ',' || text[end] == '}' ? text + at : NULL;
}

bool
json_root_u64(const struct json_document *document, const char *name,
    uint64_t *out)
{
	const struct json *wanted = json_member(json_root(document), name);
	const struct json *value = json_first(json_root(document));
	const char *digits;
	int64_t whole;
	size_t index = 0;
	size_t len;

	if (json_type_of(wanted) != JSON_NUMBER)
		return false;
	while (value != wanted) {
		value = json_next(value);
		index++;
	}
	digits = digits_at(document, index, &len);
	if (digits != NULL)
		return num_parse_u64(digits, len, out);
	if (!json_whole(wanted, 0, EXACT_MAX, &whole))
		return false;
	*out = (uint64_t)whole;
	return true;
}

static bool
add_unit(struct buf *out, unsigned unit, struct err *err)
{
	return buf_add_format(out, err, "\\u%04x", unit);
}

static bool
add_escaped(struct buf *out, uint32_t point, struct err *err)
{
	static const char plain[] = "\"\\\b\f\n\r\t";
	static const char letters[] = "\"\\bfnrt";
	const char *hit = NULL;

	if (point > 0 && point < 0x80)
		hit = strchr(plain, (int)point);
	if (hit != NULL)
		return buf_add_format(out, err, "\\%c", letters[hit - plain]);
	if (point < 0x10000)
		return add_unit(out, point, err);
	point -= 0x10000;
	return add_unit(out, 0xD800 | point >> 10, err) &&
	    add_unit(out, 0xDC00 | (point & 0x3FF), err);
}

/* @return bytes of @p text taken, 0 with @p err when @p out is full. */
static size_t
add_character(struct buf *out, const char *text, size_t len, bool ascii,
    struct err *err)
{
	uint32_t point;
	size_t size = text_decode(text, len, &point);
	bool added;

	if (size == 0) {
		unsigned byte = (unsigned char)*text;

		added = buf_add_format(out, err, "\\\\x%02X", byte);
		size = 1;
	} else if (point == '"' || point == '\\' || text_is_control(point) ||
	    (ascii && point > 0x7e)) {
		added = add_escaped(out, point, err);
	} else {
		added = buf_add(out, text, size, err);
	}
	return added ? size : 0;
}

/* @return bytes of @p text that stand as they are, up to the first that may
 *         not. */
static size_t
plain_run(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len && text[at] >= ' ' && text[at] < 0x7f &&
	    text[at] != '"' && text[at] != '\\')
		at++;
	return at;
}

static bool
add_string(struct buf *out, const char *text, size_t len, bool ascii,
    struct err *err)
{
	size_t at = 0;

	if (!buf_add(out, "\"", 1, err))
		return false;
	while (at < len) {
		size_t size = plain_run(text + at, len - at);

		if (size == 0)
			size =
			    add_character(out, text + at, len - at, ascii, err);
		else if (!buf_add(out, text + at, size, err))
			return false;
		if (size == 0)
			return false;
		at += size;
	}
	return buf_add(out, "\"", 1, err);
}

bool
json_add_text(struct buf *out, const char *text, size_t len, struct err *err)
{
	return add_string(out, text, len, false, err);
}

bool
json_add_ascii(struct buf *out, const char *text, size_t len, struct err *err)
{
	return add_string(out, text, len, true, err);
}

const char *
json_library_version(void)
{
	return cJSON_Version();
}
