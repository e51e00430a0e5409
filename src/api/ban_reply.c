/*
 * One page of bans, from the service's JSON to rows. Whatever is wrong with an
 * entry stays with that entry; whatever is wrong with the way on stays with
 * next_fault; only a page that is none fails. Which bytes make an account is
 * decided by model/ban_page.
 */
#include "bantop/api/ban_reply.h"

#include <inttypes.h>
#include <string.h>

#include "bantop/api/envelope.h"
#include "bantop/base/text.h"

enum { VALUE_SHOWN_MAX = 96 };

bool
ban_request_write(const char *group, int limit, int64_t offset, struct buf *out,
    struct err *err)
{
	return buf_add_text(out, "{\"GroupId\":", err) &&
	    json_add_text(out, group, strlen(group), err) &&
	    buf_add_format(out, err, ",\"Limit\":%d,\"Offset\":%" PRId64 "}",
	        limit, offset);
}

/* What there is to show where there is no account. */
static bool
add_without_account(struct ban_page *page, const struct json *value,
    int64_t until_s, unsigned flags, struct err *err)
{
	char shown[VALUE_SHOWN_MAX] = "";
	const char *text = shown;
	size_t len = 0;

	if (!json_text(value, &text, &len) &&
	    (json_type_of(value) == JSON_NUMBER ||
	        json_type_of(value) == JSON_BOOL))
		len = json_describe(value, shown, sizeof shown);
	return ban_page_add(page, text, len, until_s, flags | BAN_UNUSABLE,
	    err);
}

static unsigned
read_until(const struct json *entry, int64_t *until_s)
{
	const struct json *value = json_member(entry, "BannedUntil");

	*until_s = 0;
	if (json_member_count(entry, "BannedUntil") != 1)
		return BAN_NO_UNTIL;
	if (!json_whole(value, INT64_MIN, INT64_MAX, until_s))
		return BAN_NO_UNTIL;
	return 0;
}

static bool
read_entry(const struct json *entry, struct ban_page *page, struct err *err)
{
	const struct json *value = json_member(entry, "Member_Account");
	const char *account;
	int64_t until_s;
	unsigned flags = read_until(entry, &until_s);
	size_t len;

	if (json_type_of(entry) != JSON_OBJECT)
		return add_without_account(page, entry, 0, flags, err);
	if (json_member_count(entry, "Member_Account") == 1 &&
	    json_text(value, &account, &len))
		return ban_page_add(page, account, len, until_s, flags, err);
	return add_without_account(page, value, until_s, flags, err);
}

static bool
check_count(const struct json *list, struct err *err)
{
	const struct json *entry;
	size_t count = 0;

	for (entry = json_first(list); entry != NULL; entry = json_next(entry))
		count++;
	if (count <= BAN_PAGE_ROWS_MAX)
		return true;
	return err_set(err, ERR_PAGING, 0, NULL,
	    "BannedAccountList holds %zu entries, no page has more than %d",
	    count, BAN_PAGE_ROWS_MAX);
}

static bool
read_rows(const struct json *root, struct ban_page *page, struct err *err)
{
	const struct json *list;
	const struct json *entry;
	char shown[VALUE_SHOWN_MAX];

	if (!envelope_field(root, "BannedAccountList", &list, err))
		return false;
	if (list == NULL)
		return err_set(err, ERR_DATA, 0, NULL,
		    "BannedAccountList is absent from the reply");
	if (json_type_of(list) == JSON_NULL)
		return true;
	if (json_type_of(list) != JSON_ARRAY) {
		json_describe(list, shown, sizeof shown);
		return err_set(err, ERR_DATA, 0, NULL,
		    "BannedAccountList is %s, not an array", shown);
	}
	if (!check_count(list, err))
		return false;
	for (entry = json_first(list); entry != NULL;
	     entry = json_next(entry)) {
		/* never taken: so many were counted, and the arena fits them */
		if (!read_entry(entry, page, err))
			return false;
	}
	return true;
}

static void
read_next(const struct json *root, struct ban_page *page)
{
	struct err *fault = &page->next_fault;
	const struct json *value;
	char shown[VALUE_SHOWN_MAX];
	int64_t next;

	if (!envelope_field(root, "NextOffset", &value, fault))
		return;
	if (json_whole(value, 0, BAN_OFFSET_MAX, &next)) {
		page->next_offset = next;
		return;
	}
	if (value == NULL) {
		(void)err_set(fault, ERR_DATA, 0, NULL,
		    "NextOffset is absent from the reply");
		return;
	}
	json_describe(value, shown, sizeof shown);
	if (json_is_whole(value))
		(void)err_set(fault, ERR_PAGING, 0, NULL,
		    "NextOffset is %s, no offset of a list", shown);
	else
		(void)err_set(fault, ERR_DATA, 0, NULL,
		    "NextOffset is %s, not a whole number", shown);
}

bool
ban_reply_read(const struct json *root, int64_t offset, int64_t received_at,
    struct ban_page *page, struct err *err)
{
	ban_page_reset(page);
	page->offset = offset;
	page->received_at = received_at;
	if (!read_rows(root, page, err))
		return false;
	read_next(root, page);
	return true;
}

bool
ban_reply_names_other_group(const struct json *root, const char *group,
    char *other, size_t other_size)
{
	const struct json *value = json_member(root, "GroupId");
	const char *text;
	size_t len;

	other[0] = '\0';
	if (value == NULL)
		value = json_member(json_member(root, "Response"), "GroupId");
	if (!json_text(value, &text, &len))
		return false;
	if (len == strlen(group) && memcmp(text, group, len) == 0)
		return false;
	text_make_safe(text, len, TEXT_UTF8, other, other_size);
	return true;
}
