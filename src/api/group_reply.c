/*
 * The application's groups as the service tells of them: ids page by page,
 * types and names fifty at a time, and one account's nickname. An entry that
 * cannot be used is counted or passed over; the others are read.
 */
#include "bantop/api/group_reply.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/api/envelope.h"
#include "bantop/api/error_code.h"
#include "bantop/base/mem.h"
#include "bantop/base/text.h"

enum { VALUE_SHOWN_MAX = 96 };

static const char nick_tag[] = "Tag_Profile_IM_Nick";

bool
group_id_check(const char *id, size_t len, struct err *err)
{
	size_t i;

	if (len == 0)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "the group id is empty");
	if (len > GROUP_ID_MAX)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "the group id has %zu bytes, more than %d", len,
		    GROUP_ID_MAX);
	for (i = 0; i < len; i++) {
		if (id[i] < 0x20 || id[i] >= 0x7f)
			return err_set(err, ERR_USAGE, 0, NULL,
			    "byte %zu of the group id is no printable ASCII",
			    i + 1);
	}
	if (id[0] == ' ' || id[len - 1] == ' ')
		return err_set(err, ERR_USAGE, 0, NULL,
		    "the group id has a space at its %s",
		    id[0] == ' ' ? "beginning" : "end");
	return true;
}

bool
group_list_request_write(int limit, uint64_t next, const char *type,
    struct buf *out, struct err *err)
{
	if (!buf_add_format(out, err, "{\"Limit\":%d,\"Next\":%" PRIu64, limit,
	        next))
		return false;
	if (type[0] != '\0' &&
	    (!buf_add_text(out, ",\"GroupType\":", err) ||
	        !json_add_text(out, type, strlen(type), err)))
		return false;
	return buf_add_text(out, "}", err);
}

void
group_list_page_release(struct group_list_page *page)
{
	free(page->groups);
	*page = (struct group_list_page){ 0 };
}

static bool
refuse_type(const struct json *value, const char *name, const char *wanted,
    struct err *err)
{
	char shown[VALUE_SHOWN_MAX];

	if (value == NULL)
		return err_set(err, ERR_DATA, 0, NULL,
		    "%s is absent from the reply", name);
	json_describe(value, shown, sizeof shown);
	return err_set(err, ERR_DATA, 0, NULL, "%s is %s, not %s", name, shown,
	    wanted);
}

/* A data field that is an array, or null for none. */
static bool
read_array(const struct json *root, const char *name, const struct json **out,
    struct err *err)
{
	if (!envelope_field(root, name, out, err))
		return false;
	if (*out == NULL ||
	    (json_type_of(*out) != JSON_ARRAY &&
	        json_type_of(*out) != JSON_NULL))
		return refuse_type(*out, name, "an array", err);
	return true;
}

/* Copies what fits; half a character at the cut is dropped. */
static void
copy_cut(const char *text, size_t len, char *out, size_t out_size)
{
	if (len >= out_size) {
		len = out_size - 1;
		while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	memcpy(out, text, len);
	out[len] = '\0';
}

static bool
read_id(const struct json *entry, const char **id, size_t *len)
{
	return json_member_count(entry, "GroupId") == 1 &&
	    json_text(json_member(entry, "GroupId"), id, len) && *len > 0 &&
	    *len <= GROUP_ID_SEEN_MAX && text_is_utf8(*id, *len);
}

/* Counted first: a reply of nothing but rubbish may not cost a group's memory
 * for each piece of it. */
static void
add_groups(struct group_list_page *page, const struct json *list)
{
	const struct json *entry;
	const char *id;
	size_t count = 0;
	size_t len;

	for (entry = json_first(list); entry != NULL;
	     entry = json_next(entry)) {
		if (read_id(entry, &id, &len))
			count++;
		else
			page->unusable++;
	}
	if (count > 0)
		page->groups = mem_grow(NULL, count, sizeof page->groups[0]);
	for (entry = json_first(list); entry != NULL;
	     entry = json_next(entry)) {
		struct group *group;

		if (!read_id(entry, &id, &len))
			continue;
		group = &page->groups[page->count++];
		*group = (struct group){ .member_num = -1 };
		memcpy(group->id, id, len + 1);
	}
}

static bool
read_total(const struct json *root, struct group_list_page *page,
    struct err *err)
{
	const struct json *value;

	page->total = -1;
	if (!envelope_field(root, "TotalCount", &value, err))
		return false;
	if (value != NULL && !json_whole(value, 0, INT64_MAX, &page->total))
		return refuse_type(value, "TotalCount", "a whole number", err);
	return true;
}

/* Digits count here: the mark is of 64 bits. Absent means done. */
static bool
read_next(const struct json_document *document, struct group_list_page *page,
    struct err *err)
{
	const struct json *root = json_root(document);
	const struct json *value;
	int64_t next;

	page->next = 0;
	if (!envelope_field(root, "Next", &value, err))
		return false;
	if (value == NULL || json_root_u64(document, "Next", &page->next))
		return true;
	if (!json_whole(value, 0, INT64_MAX, &next))
		return refuse_type(value, "Next", "a whole number of 64 bits",
		    err);
	page->next = (uint64_t)next;
	return true;
}

bool
group_list_reply_read(const struct json_document *document,
    struct group_list_page *page, struct err *err)
{
	const struct json *root = json_root(document);
	const struct json *list;

	*page = (struct group_list_page){ 0 };
	if (!read_array(root, "GroupIdList", &list, err) ||
	    !read_total(root, page, err) || !read_next(document, page, err))
		return false;
	add_groups(page, list);
	return true;
}

bool
group_info_request_write(const struct group *const *groups, size_t count,
    struct buf *out, struct err *err)
{
	size_t i;

	assert(count > 0 && count <= GROUP_INFO_MAX);
	if (!buf_add_text(out, "{\"GroupIdList\":[", err))
		return false;
	for (i = 0; i < count; i++) {
		const char *id = groups[i]->id;

		if (i > 0 && !buf_add_text(out, ",", err))
			return false;
		if (!json_add_text(out, id, strlen(id), err))
			return false;
	}
	return buf_add_text(out,
	    "],\"ResponseFilter\":{\"GroupBaseInfoFilter\":"
	    "[\"Type\",\"Name\",\"MemberNum\"]}}",
	    err);
}

/* Why an entry was refused: the service's words, else the table's. */
static void
write_reason(const struct json *value, int code, char *out, size_t out_size)
{
	const struct error_code *row = error_code_find(code);
	const char *text;
	size_t len;

	if (!json_text(value, &text, &len) || len == 0) {
		text = row != NULL ? row->meaning : "no reason given";
		len = strlen(text);
	}
	text_make_safe(text, len, TEXT_UTF8, out, out_size);
}

static int
read_code(const struct json *entry, const char *name)
{
	int64_t code;

	if (!json_whole(json_member(entry, name), INT32_MIN, INT32_MAX, &code))
		return 0;
	return (int)code;
}

static void
fill_group(struct group *group, const struct json *entry)
{
	const char *text;
	size_t len;

	group->filled = true;
	group->code_text[0] = '\0';
	group->code = read_code(entry, "ErrorCode");
	if (group->code != 0) {
		write_reason(json_member(entry, "ErrorInfo"), group->code,
		    group->code_text, sizeof group->code_text);
		return;
	}
	if (json_text(json_member(entry, "Type"), &text, &len))
		copy_cut(text, len, group->type, sizeof group->type);
	if (json_text(json_member(entry, "Name"), &text, &len))
		copy_cut(text, len, group->name, sizeof group->name);
	if (!json_whole(json_member(entry, "MemberNum"), 0, INT64_MAX,
	        &group->member_num))
		group->member_num = -1;
}

static bool
text_equals(const struct json *value, const char *want, size_t want_len)
{
	const char *text;
	size_t len;

	return json_text(value, &text, &len) && len == want_len &&
	    memcmp(text, want, len) == 0;
}

bool
group_info_reply_read(const struct json *root, struct group *const *groups,
    size_t count, struct err *err)
{
	const struct json *list;
	const struct json *entry;

	if (!envelope_field(root, "GroupInfo", &list, err))
		return false;
	/* The outer fields count only where there is nothing inside. */
	if (list == NULL && !envelope_check(root, err))
		return false;
	if (!read_array(root, "GroupInfo", &list, err))
		return false;
	for (entry = json_first(list); entry != NULL;
	     entry = json_next(entry)) {
		const struct json *id = json_member(entry, "GroupId");
		size_t i;

		for (i = 0; i < count; i++) {
			if (text_equals(id, groups[i]->id,
			        strlen(groups[i]->id)))
				fill_group(groups[i], entry);
		}
	}
	return true;
}

bool
portrait_request_write(const char *account, size_t len, struct buf *out,
    struct err *err)
{
	return buf_add_text(out, "{\"To_Account\":[", err) &&
	    json_add_text(out, account, len, err) &&
	    buf_add_text(out, "],\"TagList\":[\"", err) &&
	    buf_add_text(out, nick_tag, err) && buf_add_text(out, "\"]}", err);
}

/* The entry of @p list whose member @p name is that text; NULL if none. */
static const struct json *
find_entry(const struct json *list, const char *name, const char *text,
    size_t len)
{
	const struct json *entry;

	for (entry = json_first(list); entry != NULL;
	     entry = json_next(entry)) {
		if (text_equals(json_member(entry, name), text, len))
			return entry;
	}
	return NULL;
}

static bool
refuse_item(const struct json *item, int code, struct err *err)
{
	const struct error_code *row = error_code_find(code);
	char reason[ERR_TEXT_MAX];

	write_reason(json_member(item, "ResultInfo"), code, reason,
	    sizeof reason);
	return err_set(err, ERR_SERVICE, code, row != NULL ? row->action : NULL,
	    "%s", reason);
}

bool
portrait_reply_read(const struct json *root, const char *account, size_t len,
    struct buf *nick, struct err *err)
{
	const struct json *list;
	const struct json *item;
	const char *text;
	size_t text_len;
	int code;

	if (!read_array(root, "UserProfileItem", &list, err))
		return false;
	item = find_entry(list, "To_Account", account, len);
	if (item == NULL)
		return err_set(err, ERR_DATA, 0, NULL,
		    "UserProfileItem does not name the account");
	code = read_code(item, "ResultCode");
	if (code != 0)
		return refuse_item(item, code, err);
	item = find_entry(json_member(item, "ProfileItem"), "Tag", nick_tag,
	    sizeof nick_tag - 1);
	if (!json_text(json_member(item, "Value"), &text, &text_len))
		return true;
	return buf_add(nick, text, text_len, err);
}
